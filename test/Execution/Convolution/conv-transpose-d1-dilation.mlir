// SEMANTICS D1: the size with dilation; dilation and stride share a factor and do not.
// RUN: tenon-run %s --inputs %p/Inputs/conv-transpose-d1-dilation.inputs.safetensors \
// RUN:   --expect %p/Inputs/conv-transpose-d1-dilation.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x3x5x6xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<3x4x3x3xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<4xf32> {tenon.name = "x2", tenon.dtype = "float32"})
    -> (
    tensor<1x4x7x8xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x4x11x13xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x4x13x15xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x4x15x18xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x4x19x23xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x4x15x7xf32> {tenon.name = "y5", tenon.dtype = "float32"}) {
  %y0 = tenon.conv_transpose %x0, %x1, %x2 strides [1, 1] dilations [2, 2] pads [1, 1] [1, 1] output_padding [0, 0] groups 1 : (tensor<1x3x5x6xf32>, tensor<3x4x3x3xf32>, tensor<4xf32>) -> tensor<1x4x7x8xf32>
  %y1 = tenon.conv_transpose %x0, %x1, %x2 strides [2, 2] dilations [2, 2] pads [1, 1] [1, 1] output_padding [0, 0] groups 1 : (tensor<1x3x5x6xf32>, tensor<3x4x3x3xf32>, tensor<4xf32>) -> tensor<1x4x11x13xf32>
  %y2 = tenon.conv_transpose %x0, %x1, %x2 strides [2, 2] dilations [3, 3] pads [1, 1] [1, 1] output_padding [0, 0] groups 1 : (tensor<1x3x5x6xf32>, tensor<3x4x3x3xf32>, tensor<4xf32>) -> tensor<1x4x13x15xf32>
  %y3 = tenon.conv_transpose %x0, %x1, %x2 strides [3, 3] dilations [2, 2] pads [1, 1] [1, 1] output_padding [0, 0] groups 1 : (tensor<1x3x5x6xf32>, tensor<3x4x3x3xf32>, tensor<4xf32>) -> tensor<1x4x15x18xf32>
  %y4 = tenon.conv_transpose %x0, %x1, %x2 strides [4, 4] dilations [2, 2] pads [1, 1] [1, 1] output_padding [0, 0] groups 1 : (tensor<1x3x5x6xf32>, tensor<3x4x3x3xf32>, tensor<4xf32>) -> tensor<1x4x19x23xf32>
  %y5 = tenon.conv_transpose %x0, %x1, %x2 strides [2, 1] dilations [3, 2] pads [2, 1] [0, 3] output_padding [2, 1] groups 1 : (tensor<1x3x5x6xf32>, tensor<3x4x3x3xf32>, tensor<4xf32>) -> tensor<1x4x15x7xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5 : tensor<1x4x7x8xf32>, tensor<1x4x11x13xf32>, tensor<1x4x13x15xf32>, tensor<1x4x15x18xf32>, tensor<1x4x19x23xf32>, tensor<1x4x15x7xf32>
}
