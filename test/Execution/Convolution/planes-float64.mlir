// The same in float64.
// RUN: tenon-run %s --inputs %p/Inputs/planes-float64.inputs.safetensors \
// RUN:   --expect %p/Inputs/planes-float64.expected.safetensors --rtol 1e-12 --atol 1e-12
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x3x18x43xf64> {tenon.name = "x0", tenon.dtype = "float64"},
    %x1: tensor<3x1x3x3xf64> {tenon.name = "x1", tenon.dtype = "float64"},
    %x2: tensor<3xf64> {tenon.name = "x2", tenon.dtype = "float64"},
    %x3: tensor<3x1x5x5xf64> {tenon.name = "x3", tenon.dtype = "float64"})
    -> (
    tensor<1x3x18x43xf64> {tenon.name = "y0", tenon.dtype = "float64"},
    tensor<1x3x9x22xf64> {tenon.name = "y1", tenon.dtype = "float64"}) {
  %c1 = tenon.conv %x0, %x1, %x2 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 3 : (tensor<1x3x18x43xf64>, tensor<3x1x3x3xf64>, tensor<3xf64>) -> tensor<1x3x18x43xf64>
  %y0 = tenon.activation relu %c1 : tensor<1x3x18x43xf64>
  %y1 = tenon.conv %x0, %x3 strides [2, 2] dilations [1, 1] pads [2, 2] [2, 2] groups 3 : (tensor<1x3x18x43xf64>, tensor<3x1x5x5xf64>) -> tensor<1x3x9x22xf64>
  return %y0, %y1 : tensor<1x3x18x43xf64>, tensor<1x3x9x22xf64>
}
