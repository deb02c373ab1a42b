// Depthwise in bfloat16.
// RUN: tenon-run %s --inputs %p/Inputs/depthwise-bfloat16.inputs.safetensors \
// RUN:   --expect %p/Inputs/depthwise-bfloat16.expected.safetensors --rtol 0.008 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x6x11x24xbf16> {tenon.name = "x0", tenon.dtype = "bfloat16"},
    %x1: tensor<3x3x24xbf16> {tenon.name = "x1", tenon.dtype = "bfloat16"},
    %x2: tensor<24xbf16> {tenon.name = "x2", tenon.dtype = "bfloat16"},
    %x3: tensor<1x6x11x40xbf16> {tenon.name = "x3", tenon.dtype = "bfloat16"},
    %x4: tensor<5x5x40xbf16> {tenon.name = "x4", tenon.dtype = "bfloat16"})
    -> (
    tensor<1x6x11x24xbf16> {tenon.name = "y0", tenon.dtype = "bfloat16"},
    tensor<1x3x6x40xbf16> {tenon.name = "y1", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.depthwise_conv %x0, %x1, %x2 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x11x24xbf16>, tensor<3x3x24xbf16>, tensor<24xbf16>) -> tensor<1x6x11x24xbf16>
  %y1 = tenon.depthwise_conv %x3, %x4 strides [2, 2] dilations [1, 1] pads [2, 2] [2, 2] : (tensor<1x6x11x40xbf16>, tensor<5x5x40xbf16>) -> tensor<1x3x6x40xbf16>
  return %y0, %y1 : tensor<1x6x11x24xbf16>, tensor<1x3x6x40xbf16>
}
