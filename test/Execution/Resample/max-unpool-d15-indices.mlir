// SEMANTICS D15: indices are flat in the final plane (torch) or tensor (ONNX); larger outputs invent no padding.
// RUN: tenon-run %s --inputs %p/Inputs/max-unpool-d15-indices.inputs.safetensors \
// RUN:   --expect %p/Inputs/max-unpool-d15-indices.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x3x6x8xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x3x3x4xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x3x3x4xi64> {tenon.name = "x2", tenon.dtype = "int64"},
    %x3: tensor<2x3x3x4xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<2x3x3x4xi64> {tenon.name = "x4", tenon.dtype = "int64"},
    %x5: tensor<1x1x2x2xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<1x1x2x2xi64> {tenon.name = "x6", tenon.dtype = "int64"},
    %x7: tensor<2x3x3x4xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<2x3x3x4xi64> {tenon.name = "x8", tenon.dtype = "int64"})
    -> (
    tensor<2x3x6x8xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x3x7x9xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x1x4x4xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x1x5x5xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x3x6x8xf32> {tenon.name = "y4", tenon.dtype = "float32"}) {
  %y0 = tenon.max_unpool %x1, %x2 : (tensor<2x3x3x4xf32>, tensor<2x3x3x4xi64>) -> tensor<2x3x6x8xf32>
  %y1 = tenon.max_unpool %x3, %x4 : (tensor<2x3x3x4xf32>, tensor<2x3x3x4xi64>) -> tensor<2x3x7x9xf32>
  %y2 = tenon.max_unpool %x5, %x6 {whole_tensor} : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xi64>) -> tensor<1x1x4x4xf32>
  %y3 = tenon.max_unpool %x5, %x6 {whole_tensor} : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xi64>) -> tensor<1x1x5x5xf32>
  %y4 = tenon.max_unpool %x7, %x8 {whole_tensor} : (tensor<2x3x3x4xf32>, tensor<2x3x3x4xi64>) -> tensor<2x3x6x8xf32>
  return %y0, %y1, %y2, %y3, %y4 : tensor<2x3x6x8xf32>, tensor<2x3x7x9xf32>, tensor<1x1x4x4xf32>, tensor<1x1x5x5xf32>, tensor<2x3x6x8xf32>
}
