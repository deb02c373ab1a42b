// Kernels that are shorter than, as long as and longer than the stride, whole multiples and not.
// RUN: tenon-run %s --inputs %p/Inputs/conv-transpose-strides.inputs.safetensors \
// RUN:   --expect %p/Inputs/conv-transpose-strides.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x3x5x6xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<4xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<3x4x2x2xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<3x4x4x4xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<3x4x3x3xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<3x4x1x1xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<3x4x2x2xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<3x4x5x5xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<3x4x3x3xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<3x4x1x1xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<3x1x2x4xf32> {tenon.name = "x10", tenon.dtype = "float32"})
    -> (
    tensor<1x4x10x12xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x4x12x14xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x4x11x13xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x4x9x11xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x4x14x17xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x4x17x20xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<1x4x7x8xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<1x4x5x6xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<1x1x10x9xf32> {tenon.name = "y8", tenon.dtype = "float32"}) {
  %y0 = tenon.conv_transpose %x0, %x2, %x1 strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] output_padding [0, 0] groups 1 : (tensor<1x3x5x6xf32>, tensor<3x4x2x2xf32>, tensor<4xf32>) -> tensor<1x4x10x12xf32>
  %y1 = tenon.conv_transpose %x0, %x3, %x1 strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] output_padding [0, 0] groups 1 : (tensor<1x3x5x6xf32>, tensor<3x4x4x4xf32>, tensor<4xf32>) -> tensor<1x4x12x14xf32>
  %y2 = tenon.conv_transpose %x0, %x4, %x1 strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] output_padding [0, 0] groups 1 : (tensor<1x3x5x6xf32>, tensor<3x4x3x3xf32>, tensor<4xf32>) -> tensor<1x4x11x13xf32>
  %y3 = tenon.conv_transpose %x0, %x5, %x1 strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] output_padding [0, 0] groups 1 : (tensor<1x3x5x6xf32>, tensor<3x4x1x1xf32>, tensor<4xf32>) -> tensor<1x4x9x11xf32>
  %y4 = tenon.conv_transpose %x0, %x6, %x1 strides [3, 3] dilations [1, 1] pads [0, 0] [0, 0] output_padding [0, 0] groups 1 : (tensor<1x3x5x6xf32>, tensor<3x4x2x2xf32>, tensor<4xf32>) -> tensor<1x4x14x17xf32>
  %y5 = tenon.conv_transpose %x0, %x7, %x1 strides [3, 3] dilations [1, 1] pads [0, 0] [0, 0] output_padding [0, 0] groups 1 : (tensor<1x3x5x6xf32>, tensor<3x4x5x5xf32>, tensor<4xf32>) -> tensor<1x4x17x20xf32>
  %y6 = tenon.conv_transpose %x0, %x8, %x1 strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] output_padding [0, 0] groups 1 : (tensor<1x3x5x6xf32>, tensor<3x4x3x3xf32>, tensor<4xf32>) -> tensor<1x4x7x8xf32>
  %y7 = tenon.conv_transpose %x0, %x9, %x1 strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] output_padding [0, 0] groups 1 : (tensor<1x3x5x6xf32>, tensor<3x4x1x1xf32>, tensor<4xf32>) -> tensor<1x4x5x6xf32>
  %y8 = tenon.conv_transpose %x0, %x10 strides [2, 1] dilations [1, 1] pads [0, 0] [0, 0] output_padding [0, 0] groups 1 : (tensor<1x3x5x6xf32>, tensor<3x1x2x4xf32>) -> tensor<1x1x10x9xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8 : tensor<1x4x10x12xf32>, tensor<1x4x12x14xf32>, tensor<1x4x11x13xf32>, tensor<1x4x9x11xf32>, tensor<1x4x14x17xf32>, tensor<1x4x17x20xf32>, tensor<1x4x7x8xf32>, tensor<1x4x5x6xf32>, tensor<1x1x10x9xf32>
}
