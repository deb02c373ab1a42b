// Pads crop: unequal ends, more than the kernel, past whole strides.
// RUN: tenon-run %s --inputs %p/Inputs/conv-transpose-pads.inputs.safetensors \
// RUN:   --expect %p/Inputs/conv-transpose-pads.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x3x5x6xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<3x4x4x3xf32> {tenon.name = "x1", tenon.dtype = "float32"})
    -> (
    tensor<1x4x9x10xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x4x7x6xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x4x11x11xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x4x2x3xf32> {tenon.name = "y3", tenon.dtype = "float32"}) {
  %y0 = tenon.conv_transpose %x0, %x1 strides [2, 2] dilations [1, 1] pads [1, 0] [2, 3] output_padding [0, 0] groups 1 : (tensor<1x3x5x6xf32>, tensor<3x4x4x3xf32>) -> tensor<1x4x9x10xf32>
  %y1 = tenon.conv_transpose %x0, %x1 strides [2, 2] dilations [1, 1] pads [5, 7] [0, 0] output_padding [0, 0] groups 1 : (tensor<1x3x5x6xf32>, tensor<3x4x4x3xf32>) -> tensor<1x4x7x6xf32>
  %y2 = tenon.conv_transpose %x0, %x1 strides [3, 3] dilations [1, 1] pads [0, 4] [6, 5] output_padding [1, 2] groups 1 : (tensor<1x3x5x6xf32>, tensor<3x4x4x3xf32>) -> tensor<1x4x11x11xf32>
  %y3 = tenon.conv_transpose %x0, %x1 strides [1, 1] dilations [1, 1] pads [6, 5] [0, 0] output_padding [0, 0] groups 1 : (tensor<1x3x5x6xf32>, tensor<3x4x4x3xf32>) -> tensor<1x4x2x3xf32>
  return %y0, %y1, %y2, %y3 : tensor<1x4x9x10xf32>, tensor<1x4x7x6xf32>, tensor<1x4x11x11xf32>, tensor<1x4x2x3xf32>
}
