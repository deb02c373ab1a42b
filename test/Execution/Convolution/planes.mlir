// Each channel with its own kernel, the channels first, in rows that fill vectors: strips of rows, whole and with a rest, rows and columns in the padding; strides, dilations, steps that are too long for it.
// RUN: tenon-run %s --inputs %p/Inputs/planes.inputs.safetensors \
// RUN:   --expect %p/Inputs/planes.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x5x19x21xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<5x1x3x3xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<5xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<1x5x4x6xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<5x1x7x5xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<5x1x1x3xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<5x1x9x1xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<5x1x19x2xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<5x1x3x24xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<1x2x35x260xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<2x1x3x3xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<2x1x5x5xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<2xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<1x3x47x40xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<3x1x3x3xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<1x3x1x16xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<3x1x3x3xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<3xf32> {tenon.name = "x17", tenon.dtype = "float32"},
    %x18: tensor<1x2x1x20xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<2x1x1x3xf32> {tenon.name = "x19", tenon.dtype = "float32"},
    %x20: tensor<2xf32> {tenon.name = "x20", tenon.dtype = "float32"},
    %x21: tensor<1x2x3x250xf32> {tenon.name = "x21", tenon.dtype = "float32"},
    %x22: tensor<2x1x3x3xf32> {tenon.name = "x22", tenon.dtype = "float32"},
    %x23: tensor<10x1x3x3xf32> {tenon.name = "x23", tenon.dtype = "float32"})
    -> (
    tensor<2x5x17x19xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x5x19x21xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x5x7x21xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x5x18x16xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x5x19x21xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x5x17x24xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x5x19x21xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x5x19x21xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x5x19x21xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<2x5x10x20xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<2x5x19x38xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<2x5x19x19xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<1x2x35x260xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<1x2x18x130xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<1x3x47x40xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<1x3x1x16xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<1x2x1x20xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<1x2x3x254xf32> {tenon.name = "y17", tenon.dtype = "float32"},
    tensor<2x10x19x21xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<2x5x13x17xf32> {tenon.name = "y19", tenon.dtype = "float32"}) {
  %y0 = tenon.conv %x0, %x1 strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 5 : (tensor<2x5x19x21xf32>, tensor<5x1x3x3xf32>) -> tensor<2x5x17x19xf32>
  %y1 = tenon.conv %x0, %x1, %x2 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 5 : (tensor<2x5x19x21xf32>, tensor<5x1x3x3xf32>, tensor<5xf32>) -> tensor<2x5x19x21xf32>
  %y2 = tenon.conv %x0, %x1, %x2 strides [3, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 5 : (tensor<2x5x19x21xf32>, tensor<5x1x3x3xf32>, tensor<5xf32>) -> tensor<2x5x7x21xf32>
  %c4 = tenon.conv %x0, %x1, %x2 strides [1, 2] dilations [1, 1] pads [0, 6] [1, 7] groups 5 : (tensor<2x5x19x21xf32>, tensor<5x1x3x3xf32>, tensor<5xf32>) -> tensor<2x5x18x16xf32>
  %y3 = tenon.activation relu %c4 : tensor<2x5x18x16xf32>
  %c6 = tenon.conv %x0, %x1, %x2 strides [1, 1] dilations [3, 2] pads [3, 2] [3, 2] groups 5 : (tensor<2x5x19x21xf32>, tensor<5x1x3x3xf32>, tensor<5xf32>) -> tensor<2x5x19x21xf32>
  %y4 = tenon.activation relu %c6 : tensor<2x5x19x21xf32>
  %y5 = tenon.conv %x3, %x1, %x2 strides [1, 1] dilations [1, 1] pads [7, 9] [8, 11] groups 5 : (tensor<1x5x4x6xf32>, tensor<5x1x3x3xf32>, tensor<5xf32>) -> tensor<1x5x17x24xf32>
  %y6 = tenon.conv %x0, %x4 strides [1, 1] dilations [1, 1] pads [3, 2] [3, 2] groups 5 : (tensor<2x5x19x21xf32>, tensor<5x1x7x5xf32>) -> tensor<2x5x19x21xf32>
  %y7 = tenon.conv %x0, %x5 strides [1, 1] dilations [1, 1] pads [0, 1] [0, 1] groups 5 : (tensor<2x5x19x21xf32>, tensor<5x1x1x3xf32>) -> tensor<2x5x19x21xf32>
  %y8 = tenon.conv %x0, %x6, %x2 strides [1, 1] dilations [1, 1] pads [4, 0] [4, 0] groups 5 : (tensor<2x5x19x21xf32>, tensor<5x1x9x1xf32>, tensor<5xf32>) -> tensor<2x5x19x21xf32>
  %y9 = tenon.conv %x0, %x7 strides [2, 1] dilations [1, 1] pads [9, 0] [9, 0] groups 5 : (tensor<2x5x19x21xf32>, tensor<5x1x19x2xf32>) -> tensor<2x5x10x20xf32>
  %y10 = tenon.conv %x0, %x8 strides [1, 1] dilations [1, 1] pads [1, 20] [1, 20] groups 5 : (tensor<2x5x19x21xf32>, tensor<5x1x3x24xf32>) -> tensor<2x5x19x38xf32>
  %y11 = tenon.conv %x0, %x1 strides [1, 3] dilations [1, 1] pads [1, 18] [1, 18] groups 5 : (tensor<2x5x19x21xf32>, tensor<5x1x3x3xf32>) -> tensor<2x5x19x19xf32>
  %c15 = tenon.conv %x9, %x10 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 2 : (tensor<1x2x35x260xf32>, tensor<2x1x3x3xf32>) -> tensor<1x2x35x260xf32>
  %y12 = tenon.activation relu %c15 : tensor<1x2x35x260xf32>
  %y13 = tenon.conv %x9, %x11, %x12 strides [2, 2] dilations [1, 1] pads [2, 2] [2, 2] groups 2 : (tensor<1x2x35x260xf32>, tensor<2x1x5x5xf32>, tensor<2xf32>) -> tensor<1x2x18x130xf32>
  %y14 = tenon.conv %x13, %x14 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 3 : (tensor<1x3x47x40xf32>, tensor<3x1x3x3xf32>) -> tensor<1x3x47x40xf32>
  %y15 = tenon.conv %x15, %x16, %x17 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 3 : (tensor<1x3x1x16xf32>, tensor<3x1x3x3xf32>, tensor<3xf32>) -> tensor<1x3x1x16xf32>
  %y16 = tenon.conv %x18, %x19, %x20 strides [4, 1] dilations [1, 1] pads [3, 1] [0, 1] groups 2 : (tensor<1x2x1x20xf32>, tensor<2x1x1x3xf32>, tensor<2xf32>) -> tensor<1x2x1x20xf32>
  %y17 = tenon.conv %x21, %x22 strides [1, 1] dilations [1, 1] pads [1, 3] [1, 3] groups 2 : (tensor<1x2x3x250xf32>, tensor<2x1x3x3xf32>) -> tensor<1x2x3x254xf32>
  %y18 = tenon.conv %x0, %x23 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 5 : (tensor<2x5x19x21xf32>, tensor<10x1x3x3xf32>) -> tensor<2x10x19x21xf32>
  %y19 = tenon.conv_transpose %x0, %x1, %x2 strides [1, 1] dilations [1, 1] pads [4, 3] [4, 3] output_padding [0, 0] groups 5 : (tensor<2x5x19x21xf32>, tensor<5x1x3x3xf32>, tensor<5xf32>) -> tensor<2x5x13x17xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19 : tensor<2x5x17x19xf32>, tensor<2x5x19x21xf32>, tensor<2x5x7x21xf32>, tensor<2x5x18x16xf32>, tensor<2x5x19x21xf32>, tensor<1x5x17x24xf32>, tensor<2x5x19x21xf32>, tensor<2x5x19x21xf32>, tensor<2x5x19x21xf32>, tensor<2x5x10x20xf32>, tensor<2x5x19x38xf32>, tensor<2x5x19x19xf32>, tensor<1x2x35x260xf32>, tensor<1x2x18x130xf32>, tensor<1x3x47x40xf32>, tensor<1x3x1x16xf32>, tensor<1x2x1x20xf32>, tensor<1x2x3x254xf32>, tensor<2x10x19x21xf32>, tensor<2x5x13x17xf32>
}
