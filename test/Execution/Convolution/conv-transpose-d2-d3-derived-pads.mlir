// SEMANTICS D2, D3: the pads that SAME_UPPER, SAME_LOWER and output_shape lead to.
// RUN: tenon-run %s --inputs %p/Inputs/conv-transpose-d2-d3-derived-pads.inputs.safetensors \
// RUN:   --expect %p/Inputs/conv-transpose-d2-d3-derived-pads.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x2x3x3xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x2x4x4xf32> {tenon.name = "x1", tenon.dtype = "float32"})
    -> (
    tensor<1x2x6x6xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x2x6x6xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x2x6x6xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x2x6x6xf32> {tenon.name = "y3", tenon.dtype = "float32"}) {
  %y0 = tenon.conv_transpose %x0, %x1 strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] output_padding [0, 0] groups 1 : (tensor<1x2x3x3xf32>, tensor<2x2x4x4xf32>) -> tensor<1x2x6x6xf32>
  %y1 = tenon.conv_transpose %x0, %x1 strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] output_padding [0, 0] groups 1 : (tensor<1x2x3x3xf32>, tensor<2x2x4x4xf32>) -> tensor<1x2x6x6xf32>
  %y2 = tenon.conv_transpose %x0, %x1 strides [2, 2] dilations [1, 1] pads [1, 1] [2, 2] output_padding [1, 1] groups 1 : (tensor<1x2x3x3xf32>, tensor<2x2x4x4xf32>) -> tensor<1x2x6x6xf32>
  %y3 = tenon.conv_transpose %x0, %x1 strides [2, 2] dilations [1, 1] pads [2, 2] [1, 1] output_padding [1, 1] groups 1 : (tensor<1x2x3x3xf32>, tensor<2x2x4x4xf32>) -> tensor<1x2x6x6xf32>
  return %y0, %y1, %y2, %y3 : tensor<1x2x6x6xf32>, tensor<1x2x6x6xf32>, tensor<1x2x6x6xf32>, tensor<1x2x6x6xf32>
}
