// Transposed convolutions over one, two and three axes.
// RUN: tenon-run %s --inputs %p/Inputs/conv-transpose-ranks.inputs.safetensors \
// RUN:   --expect %p/Inputs/conv-transpose-ranks.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x3x6xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<3x4x3xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<4xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x3x4x5xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<3x4x3x3xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<4xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<1x2x3x4x2xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<2x3x3x2x3xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<3xf32> {tenon.name = "x8", tenon.dtype = "float32"})
    -> (
    tensor<2x4x12xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x4x8x10xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x3x5x5x4xf32> {tenon.name = "y2", tenon.dtype = "float32"}) {
  %y0 = tenon.conv_transpose %x0, %x1, %x2 strides [2] dilations [1] pads [1] [1] output_padding [1] groups 1 : (tensor<2x3x6xf32>, tensor<3x4x3xf32>, tensor<4xf32>) -> tensor<2x4x12xf32>
  %y1 = tenon.conv_transpose %x3, %x4, %x5 strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] output_padding [1, 1] groups 1 : (tensor<2x3x4x5xf32>, tensor<3x4x3x3xf32>, tensor<4xf32>) -> tensor<2x4x8x10xf32>
  %y2 = tenon.conv_transpose %x6, %x7, %x8 strides [2, 1, 3] dilations [1, 1, 1] pads [1, 0, 1] [1, 0, 1] output_padding [0, 0, 0] groups 1 : (tensor<1x2x3x4x2xf32>, tensor<2x3x3x2x3xf32>, tensor<3xf32>) -> tensor<1x3x5x5x4xf32>
  return %y0, %y1, %y2 : tensor<2x4x12xf32>, tensor<2x4x8x10xf32>, tensor<1x3x5x5x4xf32>
}
