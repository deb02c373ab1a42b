// Running statistics per channel.
// RUN: tenon-run %s --inputs %p/Inputs/batch-norm.inputs.safetensors \
// RUN:   --expect %p/Inputs/batch-norm.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x3xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<3xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<3xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<3xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<3xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<2x3x4xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<3xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<3xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<3xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<3xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<2x3x4x5xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<3xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<3xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<3xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<3xf32> {tenon.name = "x14", tenon.dtype = "float32"})
    -> (
    tensor<2x3xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x3x4xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x3x4x5xf32> {tenon.name = "y2", tenon.dtype = "float32"}) {
  %y0 = tenon.batch_norm %x0, %x1, %x2, %x3, %x4 epsilon 1.0e-5 : (tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %y1 = tenon.batch_norm %x5, %x6, %x7, %x8, %x9 epsilon 1.0e-5 : (tensor<2x3x4xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<2x3x4xf32>
  %y2 = tenon.batch_norm %x10, %x11, %x12, %x13, %x14 epsilon 1.0e-5 : (tensor<2x3x4x5xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<2x3x4x5xf32>
  return %y0, %y1, %y2 : tensor<2x3xf32>, tensor<2x3x4xf32>, tensor<2x3x4x5xf32>
}
