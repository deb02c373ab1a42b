// SEMANTICS D5: an output padding below the dilation is legal: 3 to 8.
// RUN: tenon-run %s --inputs %p/Inputs/conv-transpose-d5-output-padding.inputs.safetensors \
// RUN:   --expect %p/Inputs/conv-transpose-d5-output-padding.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x2x3x3xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x2x3x3xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2xf32> {tenon.name = "x2", tenon.dtype = "float32"})
    -> (
    tensor<1x2x8x8xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x2x11x11xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x2x5x17xf32> {tenon.name = "y2", tenon.dtype = "float32"}) {
  %y0 = tenon.conv_transpose %x0, %x1, %x2 strides [1, 1] dilations [2, 2] pads [0, 0] [0, 0] output_padding [1, 1] groups 1 : (tensor<1x2x3x3xf32>, tensor<2x2x3x3xf32>, tensor<2xf32>) -> tensor<1x2x8x8xf32>
  %y1 = tenon.conv_transpose %x0, %x1, %x2 strides [3, 3] dilations [1, 1] pads [0, 0] [0, 0] output_padding [2, 2] groups 1 : (tensor<1x2x3x3xf32>, tensor<2x2x3x3xf32>, tensor<2xf32>) -> tensor<1x2x11x11xf32>
  %y2 = tenon.conv_transpose %x0, %x1, %x2 strides [1, 1] dilations [5, 5] pads [12, 0] [0, 0] output_padding [4, 4] groups 1 : (tensor<1x2x3x3xf32>, tensor<2x2x3x3xf32>, tensor<2xf32>) -> tensor<1x2x5x17xf32>
  return %y0, %y1, %y2 : tensor<1x2x8x8xf32>, tensor<1x2x11x11xf32>, tensor<1x2x5x17xf32>
}
