// SEMANTICS H1: batch 0 gives an empty result, no channels give the bias.
// RUN: tenon-run %s --inputs %p/Inputs/conv-h1-empty.inputs.safetensors \
// RUN:   --expect %p/Inputs/conv-h1-empty.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<0x3x6x6xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<4x3x3x3xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<4xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<0x3x6x6xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<4x3x1x1xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<2x0x6x6xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<4x0x3x3xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<4xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<2x4x0x3xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<4x2x3x3xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<0x4x3x3xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<4x2x3x3xf32> {tenon.name = "x11", tenon.dtype = "float32"})
    -> (
    tensor<0x4x6x6xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<0x4x6x6xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x4x6x6xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x2x2x5xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<0x2x7x7xf32> {tenon.name = "y4", tenon.dtype = "float32"}) {
  %y0 = tenon.conv %x0, %x1, %x2 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<0x3x6x6xf32>, tensor<4x3x3x3xf32>, tensor<4xf32>) -> tensor<0x4x6x6xf32>
  %y1 = tenon.conv %x3, %x4 strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<0x3x6x6xf32>, tensor<4x3x1x1xf32>) -> tensor<0x4x6x6xf32>
  %y2 = tenon.conv %x5, %x6, %x7 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<2x0x6x6xf32>, tensor<4x0x3x3xf32>, tensor<4xf32>) -> tensor<2x4x6x6xf32>
  %y3 = tenon.conv_transpose %x8, %x9 strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] output_padding [0, 0] groups 1 : (tensor<2x4x0x3xf32>, tensor<4x2x3x3xf32>) -> tensor<2x2x2x5xf32>
  %y4 = tenon.conv_transpose %x10, %x11 strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] output_padding [0, 0] groups 1 : (tensor<0x4x3x3xf32>, tensor<4x2x3x3xf32>) -> tensor<0x2x7x7xf32>
  return %y0, %y1, %y2, %y3, %y4 : tensor<0x4x6x6xf32>, tensor<0x4x6x6xf32>, tensor<2x4x6x6xf32>, tensor<2x2x2x5xf32>, tensor<0x2x7x7xf32>
}
