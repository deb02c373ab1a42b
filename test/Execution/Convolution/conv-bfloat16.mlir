// Sums in f32 or wider and one rounding: a bias of 16 bits is added before it.
// RUN: tenon-run %s --inputs %p/Inputs/conv-bfloat16.inputs.safetensors \
// RUN:   --expect %p/Inputs/conv-bfloat16.expected.safetensors --rtol 0.008 --atol 0.001
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x32x6x6xbf16> {tenon.name = "x0", tenon.dtype = "bfloat16"},
    %x1: tensor<8x32x3x3xbf16> {tenon.name = "x1", tenon.dtype = "bfloat16"},
    %x2: tensor<8xbf16> {tenon.name = "x2", tenon.dtype = "bfloat16"},
    %x3: tensor<1x32x6x6xbf16> {tenon.name = "x3", tenon.dtype = "bfloat16"},
    %x4: tensor<8x32x1x1xbf16> {tenon.name = "x4", tenon.dtype = "bfloat16"},
    %x5: tensor<1x16x5x5xbf16> {tenon.name = "x5", tenon.dtype = "bfloat16"},
    %x6: tensor<16x4x4x4xbf16> {tenon.name = "x6", tenon.dtype = "bfloat16"},
    %x7: tensor<4xbf16> {tenon.name = "x7", tenon.dtype = "bfloat16"})
    -> (
    tensor<2x8x6x6xbf16> {tenon.name = "y0", tenon.dtype = "bfloat16"},
    tensor<1x8x6x6xbf16> {tenon.name = "y1", tenon.dtype = "bfloat16"},
    tensor<1x4x10x10xbf16> {tenon.name = "y2", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.conv %x0, %x1, %x2 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<2x32x6x6xbf16>, tensor<8x32x3x3xbf16>, tensor<8xbf16>) -> tensor<2x8x6x6xbf16>
  %y1 = tenon.conv %x3, %x4 strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x32x6x6xbf16>, tensor<8x32x1x1xbf16>) -> tensor<1x8x6x6xbf16>
  %y2 = tenon.conv_transpose %x5, %x6, %x7 strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] output_padding [0, 0] groups 1 : (tensor<1x16x5x5xbf16>, tensor<16x4x4x4xbf16>, tensor<4xbf16>) -> tensor<1x4x10x10xbf16>
  return %y0, %y1, %y2 : tensor<2x8x6x6xbf16>, tensor<1x8x6x6xbf16>, tensor<1x4x10x10xbf16>
}
