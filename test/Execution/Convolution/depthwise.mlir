// Each channel with its own kernel, the channels last: taps in the padding are left out, rows and columns that have none give the bias; strides, dilations, channels that fill no vector.
// RUN: tenon-run %s --inputs %p/Inputs/depthwise.inputs.safetensors \
// RUN:   --expect %p/Inputs/depthwise.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x9x14x24xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<3x3x24xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<24xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<5x5x24xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<7x9x24xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<2x11x24xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<1x3x24xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<1x1x1x5xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<3x3x5xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<5xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<1x3x9x320xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<3x3x320xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<320xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<1x4x5x1xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<3x3x1xf32> {tenon.name = "x14", tenon.dtype = "float32"})
    -> (
    tensor<2x7x12x24xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x9x14x24xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x5x7x24xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x4x7x24xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x9x5x24xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x16x21x24xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x6x6x24xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x9x14x24xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x9x14x24xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<2x9x14x24xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<2x9x15x24xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<2x9x14x24xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<1x1x1x5xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<1x3x9x320xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<1x4x5x1xf32> {tenon.name = "y14", tenon.dtype = "float32"}) {
  %y0 = tenon.depthwise_conv %x0, %x1 strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] : (tensor<2x9x14x24xf32>, tensor<3x3x24xf32>) -> tensor<2x7x12x24xf32>
  %y1 = tenon.depthwise_conv %x0, %x1, %x2 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<2x9x14x24xf32>, tensor<3x3x24xf32>, tensor<24xf32>) -> tensor<2x9x14x24xf32>
  %y2 = tenon.depthwise_conv %x0, %x1, %x2 strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<2x9x14x24xf32>, tensor<3x3x24xf32>, tensor<24xf32>) -> tensor<2x5x7x24xf32>
  %y3 = tenon.depthwise_conv %x0, %x1, %x2 strides [2, 2] dilations [1, 1] pads [0, 1] [1, 0] : (tensor<2x9x14x24xf32>, tensor<3x3x24xf32>, tensor<24xf32>) -> tensor<2x4x7x24xf32>
  %y4 = tenon.depthwise_conv %x0, %x1, %x2 strides [1, 3] dilations [3, 2] pads [3, 2] [3, 2] : (tensor<2x9x14x24xf32>, tensor<3x3x24xf32>, tensor<24xf32>) -> tensor<2x9x5x24xf32>
  %y5 = tenon.depthwise_conv %x0, %x1, %x2 strides [1, 1] dilations [1, 1] pads [4, 4] [5, 5] : (tensor<2x9x14x24xf32>, tensor<3x3x24xf32>, tensor<24xf32>) -> tensor<2x16x21x24xf32>
  %y6 = tenon.depthwise_conv %x0, %x1, %x2 strides [3, 4] dilations [2, 2] pads [7, 5] [6, 8] : (tensor<2x9x14x24xf32>, tensor<3x3x24xf32>, tensor<24xf32>) -> tensor<2x6x6x24xf32>
  %c8 = tenon.depthwise_conv %x0, %x1, %x2 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<2x9x14x24xf32>, tensor<3x3x24xf32>, tensor<24xf32>) -> tensor<2x9x14x24xf32>
  %y7 = tenon.activation relu %c8 : tensor<2x9x14x24xf32>
  %c10 = tenon.depthwise_conv %x0, %x3, %x2 strides [1, 1] dilations [1, 1] pads [2, 2] [2, 2] : (tensor<2x9x14x24xf32>, tensor<5x5x24xf32>, tensor<24xf32>) -> tensor<2x9x14x24xf32>
  %y8 = tenon.activation relu %c10 : tensor<2x9x14x24xf32>
  %y9 = tenon.depthwise_conv %x0, %x4 strides [1, 1] dilations [1, 1] pads [3, 4] [3, 4] : (tensor<2x9x14x24xf32>, tensor<7x9x24xf32>) -> tensor<2x9x14x24xf32>
  %y10 = tenon.depthwise_conv %x0, %x5 strides [1, 1] dilations [1, 1] pads [1, 6] [0, 5] : (tensor<2x9x14x24xf32>, tensor<2x11x24xf32>) -> tensor<2x9x15x24xf32>
  %y11 = tenon.depthwise_conv %x0, %x6 strides [1, 1] dilations [1, 1] pads [0, 1] [0, 1] : (tensor<2x9x14x24xf32>, tensor<1x3x24xf32>) -> tensor<2x9x14x24xf32>
  %y12 = tenon.depthwise_conv %x7, %x8, %x9 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x1x1x5xf32>, tensor<3x3x5xf32>, tensor<5xf32>) -> tensor<1x1x1x5xf32>
  %c16 = tenon.depthwise_conv %x10, %x11, %x12 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x3x9x320xf32>, tensor<3x3x320xf32>, tensor<320xf32>) -> tensor<1x3x9x320xf32>
  %y13 = tenon.activation relu %c16 : tensor<1x3x9x320xf32>
  %y14 = tenon.depthwise_conv %x13, %x14 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x4x5x1xf32>, tensor<3x3x1xf32>) -> tensor<1x4x5x1xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14 : tensor<2x7x12x24xf32>, tensor<2x9x14x24xf32>, tensor<2x5x7x24xf32>, tensor<2x4x7x24xf32>, tensor<2x9x5x24xf32>, tensor<2x16x21x24xf32>, tensor<2x6x6x24xf32>, tensor<2x9x14x24xf32>, tensor<2x9x14x24xf32>, tensor<2x9x14x24xf32>, tensor<2x9x15x24xf32>, tensor<2x9x14x24xf32>, tensor<1x1x1x5xf32>, tensor<1x3x9x320xf32>, tensor<1x4x5x1xf32>
}
