// E1: statistics over the channels of a group and all pixels together.
// RUN: tenon-run %s --inputs %p/Inputs/e1-group-norm.inputs.safetensors \
// RUN:   --expect %p/Inputs/e1-group-norm.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x4x2xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x6x3x5xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<6xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<6xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<2x6x3x5xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<6xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<6xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<2x6x3x5xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<6xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<6xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<2x6x3x5xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<6xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<6xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<2x4xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<4xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<2x4x2x3x2xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<4xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<0x4x3xf32> {tenon.name = "x17", tenon.dtype = "float32"})
    -> (
    tensor<1x4x2xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x6x3x5xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x6x3x5xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x6x3x5xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x6x3x5xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x6x3x5xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x6x3x5xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x6x3x5xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x6x3x5xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<2x4xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<2x4x2x3x2xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<0x4x3xf32> {tenon.name = "y11", tenon.dtype = "float32"}) {
  %y0 = tenon.group_norm %x0 groups 1 epsilon 1.0e-05 : (tensor<1x4x2xf32>) -> tensor<1x4x2xf32>
  %y1 = tenon.group_norm %x1 groups 1 epsilon 1.0e-05 : (tensor<2x6x3x5xf32>) -> tensor<2x6x3x5xf32>
  %y2 = tenon.group_norm %x1 scale %x2 bias %x3 groups 1 epsilon 1.0e-05 : (tensor<2x6x3x5xf32>, tensor<6xf32>, tensor<6xf32>) -> tensor<2x6x3x5xf32>
  %y3 = tenon.group_norm %x4 groups 2 epsilon 1.0e-05 : (tensor<2x6x3x5xf32>) -> tensor<2x6x3x5xf32>
  %y4 = tenon.group_norm %x4 scale %x5 bias %x6 groups 2 epsilon 1.0e-05 : (tensor<2x6x3x5xf32>, tensor<6xf32>, tensor<6xf32>) -> tensor<2x6x3x5xf32>
  %y5 = tenon.group_norm %x7 groups 3 epsilon 1.0e-05 : (tensor<2x6x3x5xf32>) -> tensor<2x6x3x5xf32>
  %y6 = tenon.group_norm %x7 scale %x8 bias %x9 groups 3 epsilon 1.0e-05 : (tensor<2x6x3x5xf32>, tensor<6xf32>, tensor<6xf32>) -> tensor<2x6x3x5xf32>
  %y7 = tenon.group_norm %x10 groups 6 epsilon 1.0e-05 : (tensor<2x6x3x5xf32>) -> tensor<2x6x3x5xf32>
  %y8 = tenon.group_norm %x10 scale %x11 bias %x12 groups 6 epsilon 1.0e-05 : (tensor<2x6x3x5xf32>, tensor<6xf32>, tensor<6xf32>) -> tensor<2x6x3x5xf32>
  %y9 = tenon.group_norm %x13 scale %x14 groups 2 epsilon 1.0e-05 : (tensor<2x4xf32>, tensor<4xf32>) -> tensor<2x4xf32>
  %y10 = tenon.group_norm %x15 bias %x16 groups 4 epsilon 1.0e-01 : (tensor<2x4x2x3x2xf32>, tensor<4xf32>) -> tensor<2x4x2x3x2xf32>
  %y11 = tenon.group_norm %x17 groups 2 epsilon 1.0e-05 : (tensor<0x4x3xf32>) -> tensor<0x4x3xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11 : tensor<1x4x2xf32>, tensor<2x6x3x5xf32>, tensor<2x6x3x5xf32>, tensor<2x6x3x5xf32>, tensor<2x6x3x5xf32>, tensor<2x6x3x5xf32>, tensor<2x6x3x5xf32>, tensor<2x6x3x5xf32>, tensor<2x6x3x5xf32>, tensor<2x4xf32>, tensor<2x4x2x3x2xf32>, tensor<0x4x3xf32>
}
