// Depthwise in float64.
// RUN: tenon-run %s --inputs %p/Inputs/depthwise-float64.inputs.safetensors \
// RUN:   --expect %p/Inputs/depthwise-float64.expected.safetensors --rtol 1e-12 --atol 1e-12
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x6x11x24xf64> {tenon.name = "x0", tenon.dtype = "float64"},
    %x1: tensor<3x3x24xf64> {tenon.name = "x1", tenon.dtype = "float64"},
    %x2: tensor<24xf64> {tenon.name = "x2", tenon.dtype = "float64"},
    %x3: tensor<1x6x11x40xf64> {tenon.name = "x3", tenon.dtype = "float64"},
    %x4: tensor<5x5x40xf64> {tenon.name = "x4", tenon.dtype = "float64"})
    -> (
    tensor<1x6x11x24xf64> {tenon.name = "y0", tenon.dtype = "float64"},
    tensor<1x3x6x40xf64> {tenon.name = "y1", tenon.dtype = "float64"}) {
  %y0 = tenon.depthwise_conv %x0, %x1, %x2 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x11x24xf64>, tensor<3x3x24xf64>, tensor<24xf64>) -> tensor<1x6x11x24xf64>
  %y1 = tenon.depthwise_conv %x3, %x4 strides [2, 2] dilations [1, 1] pads [2, 2] [2, 2] : (tensor<1x6x11x40xf64>, tensor<5x5x40xf64>) -> tensor<1x3x6x40xf64>
  return %y0, %y1 : tensor<1x6x11x24xf64>, tensor<1x3x6x40xf64>
}
