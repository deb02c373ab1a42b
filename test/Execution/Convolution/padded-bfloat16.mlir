// Packed convolutions with pads in bfloat16.
// RUN: tenon-run %s --inputs %p/Inputs/padded-bfloat16.inputs.safetensors \
// RUN:   --expect %p/Inputs/padded-bfloat16.expected.safetensors --rtol 0.008 --atol 0.0001
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x6x11x32xbf16> {tenon.name = "x0", tenon.dtype = "bfloat16"},
    %x1: tensor<16xbf16> {tenon.name = "x1", tenon.dtype = "bfloat16"},
    %x2: tensor<2x3x3x32x8xbf16> {tenon.name = "x2", tenon.dtype = "bfloat16"},
    %x3: tensor<1x6x11x40xbf16> {tenon.name = "x3", tenon.dtype = "bfloat16"},
    %x4: tensor<1x5x5x40x8xbf16> {tenon.name = "x4", tenon.dtype = "bfloat16"})
    -> (
    tensor<1x6x11x16xbf16> {tenon.name = "y0", tenon.dtype = "bfloat16"},
    tensor<1x3x6x8xbf16> {tenon.name = "y1", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.packed_conv %x0, %x2, %x1 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x11x32xbf16>, tensor<2x3x3x32x8xbf16>, tensor<16xbf16>) -> tensor<1x6x11x16xbf16>
  %c2 = tenon.packed_conv %x3, %x4 strides [2, 2] dilations [1, 1] pads [2, 2] [2, 2] : (tensor<1x6x11x40xbf16>, tensor<1x5x5x40x8xbf16>) -> tensor<1x3x6x8xbf16>
  %y1 = tenon.activation relu %c2 : tensor<1x3x6x8xbf16>
  return %y0, %y1 : tensor<1x6x11x16xbf16>, tensor<1x3x6x8xbf16>
}
