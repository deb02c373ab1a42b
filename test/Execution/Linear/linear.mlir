// x W^T + b over any number of leading axes.
// RUN: tenon-run %s --inputs %p/Inputs/linear.inputs.safetensors \
// RUN:   --expect %p/Inputs/linear.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<5xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<4x5xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<5xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<4x5xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<4xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<3x5xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<4x5xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<3x5xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<4x5xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<4xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<2x3x5xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<4x5xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<2x3x5xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<4x5xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<4xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<2x1x3x5xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<4x5xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<2x1x3x5xf32> {tenon.name = "x17", tenon.dtype = "float32"},
    %x18: tensor<4x5xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<4xf32> {tenon.name = "x19", tenon.dtype = "float32"},
    %x20: tensor<0x5xf32> {tenon.name = "x20", tenon.dtype = "float32"},
    %x21: tensor<4x5xf32> {tenon.name = "x21", tenon.dtype = "float32"},
    %x22: tensor<0x5xf32> {tenon.name = "x22", tenon.dtype = "float32"},
    %x23: tensor<4x5xf32> {tenon.name = "x23", tenon.dtype = "float32"},
    %x24: tensor<4xf32> {tenon.name = "x24", tenon.dtype = "float32"},
    %x25: tensor<70x130xf32> {tenon.name = "x25", tenon.dtype = "float32"},
    %x26: tensor<90x130xf32> {tenon.name = "x26", tenon.dtype = "float32"},
    %x27: tensor<90xf32> {tenon.name = "x27", tenon.dtype = "float32"})
    -> (
    tensor<4xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<4xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<3x4xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<3x4xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x3x4xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x3x4xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x1x3x4xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x1x3x4xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<0x4xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<0x4xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<70x90xf32> {tenon.name = "y10", tenon.dtype = "float32"}) {
  %y0 = tenon.linear %x0, %x1 : (tensor<5xf32>, tensor<4x5xf32>) -> tensor<4xf32>
  %y1 = tenon.linear %x2, %x3, %x4 : (tensor<5xf32>, tensor<4x5xf32>, tensor<4xf32>) -> tensor<4xf32>
  %y2 = tenon.linear %x5, %x6 : (tensor<3x5xf32>, tensor<4x5xf32>) -> tensor<3x4xf32>
  %y3 = tenon.linear %x7, %x8, %x9 : (tensor<3x5xf32>, tensor<4x5xf32>, tensor<4xf32>) -> tensor<3x4xf32>
  %y4 = tenon.linear %x10, %x11 : (tensor<2x3x5xf32>, tensor<4x5xf32>) -> tensor<2x3x4xf32>
  %y5 = tenon.linear %x12, %x13, %x14 : (tensor<2x3x5xf32>, tensor<4x5xf32>, tensor<4xf32>) -> tensor<2x3x4xf32>
  %y6 = tenon.linear %x15, %x16 : (tensor<2x1x3x5xf32>, tensor<4x5xf32>) -> tensor<2x1x3x4xf32>
  %y7 = tenon.linear %x17, %x18, %x19 : (tensor<2x1x3x5xf32>, tensor<4x5xf32>, tensor<4xf32>) -> tensor<2x1x3x4xf32>
  %y8 = tenon.linear %x20, %x21 : (tensor<0x5xf32>, tensor<4x5xf32>) -> tensor<0x4xf32>
  %y9 = tenon.linear %x22, %x23, %x24 : (tensor<0x5xf32>, tensor<4x5xf32>, tensor<4xf32>) -> tensor<0x4xf32>
  %y10 = tenon.linear %x25, %x26, %x27 : (tensor<70x130xf32>, tensor<90x130xf32>, tensor<90xf32>) -> tensor<70x90xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10 : tensor<4xf32>, tensor<4xf32>, tensor<3x4xf32>, tensor<3x4xf32>, tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<2x1x3x4xf32>, tensor<2x1x3x4xf32>, tensor<0x4xf32>, tensor<0x4xf32>, tensor<70x90xf32>
}
