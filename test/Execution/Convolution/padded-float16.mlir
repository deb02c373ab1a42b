// Packed convolutions with pads in float16.
// RUN: tenon-run %s --inputs %p/Inputs/padded-float16.inputs.safetensors \
// RUN:   --expect %p/Inputs/padded-float16.expected.safetensors --rtol 0.001 --atol 0.0001
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x6x11x32xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<16xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<2x3x3x32x8xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<1x6x11x40xf16> {tenon.name = "x3", tenon.dtype = "float16"},
    %x4: tensor<1x5x5x40x8xf16> {tenon.name = "x4", tenon.dtype = "float16"})
    -> (
    tensor<1x6x11x16xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<1x3x6x8xf16> {tenon.name = "y1", tenon.dtype = "float16"}) {
  %y0 = tenon.packed_conv %x0, %x2, %x1 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x11x32xf16>, tensor<2x3x3x32x8xf16>, tensor<16xf16>) -> tensor<1x6x11x16xf16>
  %c2 = tenon.packed_conv %x3, %x4 strides [2, 2] dilations [1, 1] pads [2, 2] [2, 2] : (tensor<1x6x11x40xf16>, tensor<1x5x5x40x8xf16>) -> tensor<1x3x6x8xf16>
  %y1 = tenon.activation relu %c2 : tensor<1x3x6x8xf16>
  return %y0, %y1 : tensor<1x6x11x16xf16>, tensor<1x3x6x8xf16>
}
