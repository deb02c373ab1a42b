// Packed convolutions with pads in float64.
// RUN: tenon-run %s --inputs %p/Inputs/padded-float64.inputs.safetensors \
// RUN:   --expect %p/Inputs/padded-float64.expected.safetensors --rtol 1e-11 --atol 1e-12
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x6x11x32xf64> {tenon.name = "x0", tenon.dtype = "float64"},
    %x1: tensor<16xf64> {tenon.name = "x1", tenon.dtype = "float64"},
    %x2: tensor<2x3x3x32x8xf64> {tenon.name = "x2", tenon.dtype = "float64"},
    %x3: tensor<1x6x11x40xf64> {tenon.name = "x3", tenon.dtype = "float64"},
    %x4: tensor<1x5x5x40x8xf64> {tenon.name = "x4", tenon.dtype = "float64"})
    -> (
    tensor<1x6x11x16xf64> {tenon.name = "y0", tenon.dtype = "float64"},
    tensor<1x3x6x8xf64> {tenon.name = "y1", tenon.dtype = "float64"}) {
  %y0 = tenon.packed_conv %x0, %x2, %x1 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x11x32xf64>, tensor<2x3x3x32x8xf64>, tensor<16xf64>) -> tensor<1x6x11x16xf64>
  %c2 = tenon.packed_conv %x3, %x4 strides [2, 2] dilations [1, 1] pads [2, 2] [2, 2] : (tensor<1x6x11x40xf64>, tensor<1x5x5x40x8xf64>) -> tensor<1x3x6x8xf64>
  %y1 = tenon.activation relu %c2 : tensor<1x3x6x8xf64>
  return %y0, %y1 : tensor<1x6x11x16xf64>, tensor<1x3x6x8xf64>
}
