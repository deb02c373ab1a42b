// The same in float16.
// RUN: tenon-run %s --inputs %p/Inputs/planes-float16.inputs.safetensors \
// RUN:   --expect %p/Inputs/planes-float16.expected.safetensors --rtol 0.001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x3x18x43xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<3x1x3x3xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<3xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<3x1x5x5xf16> {tenon.name = "x3", tenon.dtype = "float16"})
    -> (
    tensor<1x3x18x43xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<1x3x9x22xf16> {tenon.name = "y1", tenon.dtype = "float16"}) {
  %c1 = tenon.conv %x0, %x1, %x2 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 3 : (tensor<1x3x18x43xf16>, tensor<3x1x3x3xf16>, tensor<3xf16>) -> tensor<1x3x18x43xf16>
  %y0 = tenon.activation relu %c1 : tensor<1x3x18x43xf16>
  %y1 = tenon.conv %x0, %x3 strides [2, 2] dilations [1, 1] pads [2, 2] [2, 2] groups 3 : (tensor<1x3x18x43xf16>, tensor<3x1x5x5xf16>) -> tensor<1x3x9x22xf16>
  return %y0, %y1 : tensor<1x3x18x43xf16>, tensor<1x3x9x22xf16>
}
