// Depthwise in float16.
// RUN: tenon-run %s --inputs %p/Inputs/depthwise-float16.inputs.safetensors \
// RUN:   --expect %p/Inputs/depthwise-float16.expected.safetensors --rtol 0.001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x6x11x24xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<3x3x24xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<24xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<1x6x11x40xf16> {tenon.name = "x3", tenon.dtype = "float16"},
    %x4: tensor<5x5x40xf16> {tenon.name = "x4", tenon.dtype = "float16"})
    -> (
    tensor<1x6x11x24xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<1x3x6x40xf16> {tenon.name = "y1", tenon.dtype = "float16"}) {
  %y0 = tenon.depthwise_conv %x0, %x1, %x2 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x11x24xf16>, tensor<3x3x24xf16>, tensor<24xf16>) -> tensor<1x6x11x24xf16>
  %y1 = tenon.depthwise_conv %x3, %x4 strides [2, 2] dilations [1, 1] pads [2, 2] [2, 2] : (tensor<1x6x11x40xf16>, tensor<5x5x40xf16>) -> tensor<1x3x6x40xf16>
  return %y0, %y1 : tensor<1x6x11x24xf16>, tensor<1x3x6x40xf16>
}
