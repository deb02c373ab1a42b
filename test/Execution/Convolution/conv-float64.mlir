// Sums in f32 or wider and one rounding: a bias of 16 bits is added before it.
// RUN: tenon-run %s --inputs %p/Inputs/conv-float64.inputs.safetensors \
// RUN:   --expect %p/Inputs/conv-float64.expected.safetensors --rtol 1e-12 --atol 1e-12
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x32x6x6xf64> {tenon.name = "x0", tenon.dtype = "float64"},
    %x1: tensor<8x32x3x3xf64> {tenon.name = "x1", tenon.dtype = "float64"},
    %x2: tensor<8xf64> {tenon.name = "x2", tenon.dtype = "float64"},
    %x3: tensor<1x32x6x6xf64> {tenon.name = "x3", tenon.dtype = "float64"},
    %x4: tensor<8x32x1x1xf64> {tenon.name = "x4", tenon.dtype = "float64"},
    %x5: tensor<1x16x5x5xf64> {tenon.name = "x5", tenon.dtype = "float64"},
    %x6: tensor<16x4x4x4xf64> {tenon.name = "x6", tenon.dtype = "float64"},
    %x7: tensor<4xf64> {tenon.name = "x7", tenon.dtype = "float64"})
    -> (
    tensor<2x8x6x6xf64> {tenon.name = "y0", tenon.dtype = "float64"},
    tensor<1x8x6x6xf64> {tenon.name = "y1", tenon.dtype = "float64"},
    tensor<1x4x10x10xf64> {tenon.name = "y2", tenon.dtype = "float64"}) {
  %y0 = tenon.conv %x0, %x1, %x2 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<2x32x6x6xf64>, tensor<8x32x3x3xf64>, tensor<8xf64>) -> tensor<2x8x6x6xf64>
  %y1 = tenon.conv %x3, %x4 strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x32x6x6xf64>, tensor<8x32x1x1xf64>) -> tensor<1x8x6x6xf64>
  %y2 = tenon.conv_transpose %x5, %x6, %x7 strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] output_padding [0, 0] groups 1 : (tensor<1x16x5x5xf64>, tensor<16x4x4x4xf64>, tensor<4xf64>) -> tensor<1x4x10x10xf64>
  return %y0, %y1, %y2 : tensor<2x8x6x6xf64>, tensor<1x8x6x6xf64>, tensor<1x4x10x10xf64>
}
