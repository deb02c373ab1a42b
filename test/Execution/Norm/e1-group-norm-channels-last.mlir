// E1 with the channels last: blocks of pixels, joined. Several of a divisor's size, one alone, a prime number of them, and a mean far from 0.
// RUN: tenon-run %s --inputs %p/Inputs/e1-group-norm-channels-last.inputs.safetensors \
// RUN:   --expect %p/Inputs/e1-group-norm-channels-last.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x3x5x6xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<6xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<6xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x3x5x6xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<6xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<6xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<2x3x5x6xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<6xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<6xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<2x3x5x6xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<6xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<6xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<2x4xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<4xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<2x2x3x2x4xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<4xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<0x3x4xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<1x32x32x48xf32> {tenon.name = "x17", tenon.dtype = "float32"},
    %x18: tensor<48xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<48xf32> {tenon.name = "x19", tenon.dtype = "float32"},
    %x20: tensor<1x701x64xf32> {tenon.name = "x20", tenon.dtype = "float32"},
    %x21: tensor<1x1024x40xf32> {tenon.name = "x21", tenon.dtype = "float32"},
    %x22: tensor<1x1024x40xf32> {tenon.name = "x22", tenon.dtype = "float32"},
    %x23: tensor<1x20x4xf32> {tenon.name = "x23", tenon.dtype = "float32"},
    %x24: tensor<1x20x4xf16> {tenon.name = "x24", tenon.dtype = "float16"})
    -> (
    tensor<2x3x5x6xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x3x5x6xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x3x5x6xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x3x5x6xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x3x5x6xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x3x5x6xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x3x5x6xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x3x5x6xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x4xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<2x2x3x2x4xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<0x3x4xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<1x32x32x48xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<1x701x64xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<1x1024x40xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<1x20x4xf16> {tenon.name = "y14", tenon.dtype = "float16"}) {
  %y0 = tenon.group_norm %x0 groups 1 epsilon 1.0e-05 channels_last : (tensor<2x3x5x6xf32>) -> tensor<2x3x5x6xf32>
  %y1 = tenon.group_norm %x0 scale %x1 bias %x2 groups 1 epsilon 1.0e-05 channels_last : (tensor<2x3x5x6xf32>, tensor<6xf32>, tensor<6xf32>) -> tensor<2x3x5x6xf32>
  %y2 = tenon.group_norm %x3 groups 2 epsilon 1.0e-05 channels_last : (tensor<2x3x5x6xf32>) -> tensor<2x3x5x6xf32>
  %y3 = tenon.group_norm %x3 scale %x4 bias %x5 groups 2 epsilon 1.0e-05 channels_last : (tensor<2x3x5x6xf32>, tensor<6xf32>, tensor<6xf32>) -> tensor<2x3x5x6xf32>
  %y4 = tenon.group_norm %x6 groups 3 epsilon 1.0e-05 channels_last : (tensor<2x3x5x6xf32>) -> tensor<2x3x5x6xf32>
  %y5 = tenon.group_norm %x6 scale %x7 bias %x8 groups 3 epsilon 1.0e-05 channels_last : (tensor<2x3x5x6xf32>, tensor<6xf32>, tensor<6xf32>) -> tensor<2x3x5x6xf32>
  %y6 = tenon.group_norm %x9 groups 6 epsilon 1.0e-05 channels_last : (tensor<2x3x5x6xf32>) -> tensor<2x3x5x6xf32>
  %y7 = tenon.group_norm %x9 scale %x10 bias %x11 groups 6 epsilon 1.0e-05 channels_last : (tensor<2x3x5x6xf32>, tensor<6xf32>, tensor<6xf32>) -> tensor<2x3x5x6xf32>
  %y8 = tenon.group_norm %x12 scale %x13 groups 2 epsilon 1.0e-05 channels_last : (tensor<2x4xf32>, tensor<4xf32>) -> tensor<2x4xf32>
  %y9 = tenon.group_norm %x14 bias %x15 groups 4 epsilon 1.0e-01 channels_last : (tensor<2x2x3x2x4xf32>, tensor<4xf32>) -> tensor<2x2x3x2x4xf32>
  %y10 = tenon.group_norm %x16 groups 2 epsilon 1.0e-05 channels_last : (tensor<0x3x4xf32>) -> tensor<0x3x4xf32>
  %y11 = tenon.group_norm %x17 scale %x18 bias %x19 groups 6 epsilon 1.0e-05 channels_last : (tensor<1x32x32x48xf32>, tensor<48xf32>, tensor<48xf32>) -> tensor<1x32x32x48xf32>
  %y12 = tenon.group_norm %x20 groups 32 epsilon 1.0e-05 channels_last : (tensor<1x701x64xf32>) -> tensor<1x701x64xf32>
  %y13 = tenon.group_norm %x22 groups 8 epsilon 1.0e-05 channels_last : (tensor<1x1024x40xf32>) -> tensor<1x1024x40xf32>
  %y14 = tenon.group_norm %x24 groups 2 epsilon 1.0e-05 channels_last : (tensor<1x20x4xf16>) -> tensor<1x20x4xf16>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14 : tensor<2x3x5x6xf32>, tensor<2x3x5x6xf32>, tensor<2x3x5x6xf32>, tensor<2x3x5x6xf32>, tensor<2x3x5x6xf32>, tensor<2x3x5x6xf32>, tensor<2x3x5x6xf32>, tensor<2x3x5x6xf32>, tensor<2x4xf32>, tensor<2x2x3x2x4xf32>, tensor<0x3x4xf32>, tensor<1x32x32x48xf32>, tensor<1x701x64xf32>, tensor<1x1024x40xf32>, tensor<1x20x4xf16>
}
