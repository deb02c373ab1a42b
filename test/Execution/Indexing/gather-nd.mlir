// Whole and partial vectors of coordinates, with batch axes.
// RUN: tenon-run %s --inputs %p/Inputs/gather-nd.inputs.safetensors \
// RUN:   --expect %p/Inputs/gather-nd.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x3x4x5xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x4xi64> {tenon.name = "x1", tenon.dtype = "int64"},
    %x2: tensor<2x1x2xi64> {tenon.name = "x2", tenon.dtype = "int64"},
    %x3: tensor<2x1x2xi64> {tenon.name = "x3", tenon.dtype = "int64"},
    %x4: tensor<2x3x1xi64> {tenon.name = "x4", tenon.dtype = "int64"})
    -> (
    tensor<2xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x1x4x5xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x1x5xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x3x5xf32> {tenon.name = "y3", tenon.dtype = "float32"}) {
  %y0 = tenon.gather_nd %x0, %x1 batch_dims 0 : (tensor<2x3x4x5xf32>, tensor<2x4xi64>) -> tensor<2xf32>
  %y1 = tenon.gather_nd %x0, %x2 batch_dims 0 : (tensor<2x3x4x5xf32>, tensor<2x1x2xi64>) -> tensor<2x1x4x5xf32>
  %y2 = tenon.gather_nd %x0, %x3 batch_dims 1 : (tensor<2x3x4x5xf32>, tensor<2x1x2xi64>) -> tensor<2x1x5xf32>
  %y3 = tenon.gather_nd %x0, %x4 batch_dims 2 : (tensor<2x3x4x5xf32>, tensor<2x3x1xi64>) -> tensor<2x3x5xf32>
  return %y0, %y1, %y2, %y3 : tensor<2xf32>, tensor<2x1x4x5xf32>, tensor<2x1x5xf32>, tensor<2x3x5xf32>
}
