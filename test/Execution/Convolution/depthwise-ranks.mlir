// One and three axes.
// RUN: tenon-run %s --inputs %p/Inputs/depthwise-ranks.inputs.safetensors \
// RUN:   --expect %p/Inputs/depthwise-ranks.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x23x20xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<4x20xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<20xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<1x40x8xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<9x8xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<1x5x6x7x20xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<3x3x3x20xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<20xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<2x4x6x7x9xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<2x3x2x9xf32> {tenon.name = "x9", tenon.dtype = "float32"})
    -> (
    tensor<2x23x20xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x8x8xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x5x6x7x20xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x4x4x9x9xf32> {tenon.name = "y3", tenon.dtype = "float32"}) {
  %y0 = tenon.depthwise_conv %x0, %x1, %x2 strides [1] dilations [1] pads [2] [1] : (tensor<2x23x20xf32>, tensor<4x20xf32>, tensor<20xf32>) -> tensor<2x23x20xf32>
  %y1 = tenon.depthwise_conv %x3, %x4 strides [2] dilations [3] pads [0] [0] : (tensor<1x40x8xf32>, tensor<9x8xf32>) -> tensor<1x8x8xf32>
  %y2 = tenon.depthwise_conv %x5, %x6, %x7 strides [1, 1, 1] dilations [1, 1, 1] pads [1, 1, 1] [1, 1, 1] : (tensor<1x5x6x7x20xf32>, tensor<3x3x3x20xf32>, tensor<20xf32>) -> tensor<1x5x6x7x20xf32>
  %y3 = tenon.depthwise_conv %x8, %x9 strides [1, 2, 1] dilations [1, 1, 3] pads [1, 2, 3] [0, 1, 2] : (tensor<2x4x6x7x9xf32>, tensor<2x3x2x9xf32>) -> tensor<2x4x4x9x9xf32>
  return %y0, %y1, %y2, %y3 : tensor<2x23x20xf32>, tensor<1x8x8xf32>, tensor<1x5x6x7x20xf32>, tensor<2x4x4x9x9xf32>
}
