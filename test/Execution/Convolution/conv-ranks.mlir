// Convolutions over one, two and three axes, with and without bias.
// RUN: tenon-run %s --inputs %p/Inputs/conv-ranks.inputs.safetensors \
// RUN:   --expect %p/Inputs/conv-ranks.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x3x11xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<4x3x3xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<4xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x3x8x9xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<4x3x3x3xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<4xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<1x2x5x6x7xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<3x2x3x2x3xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<3xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<1x3x8x9xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<4x3x3x5xf32> {tenon.name = "x10", tenon.dtype = "float32"})
    -> (
    tensor<2x4x11xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x4x8x9xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x3x5x7x7xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x4x6x5xf32> {tenon.name = "y3", tenon.dtype = "float32"}) {
  %y0 = tenon.conv %x0, %x1, %x2 strides [1] dilations [1] pads [1] [1] groups 1 : (tensor<2x3x11xf32>, tensor<4x3x3xf32>, tensor<4xf32>) -> tensor<2x4x11xf32>
  %y1 = tenon.conv %x3, %x4, %x5 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<2x3x8x9xf32>, tensor<4x3x3x3xf32>, tensor<4xf32>) -> tensor<2x4x8x9xf32>
  %y2 = tenon.conv %x6, %x7, %x8 strides [1, 1, 1] dilations [1, 1, 1] pads [1, 1, 1] [1, 1, 1] groups 1 : (tensor<1x2x5x6x7xf32>, tensor<3x2x3x2x3xf32>, tensor<3xf32>) -> tensor<1x3x5x7x7xf32>
  %y3 = tenon.conv %x9, %x10 strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x3x8x9xf32>, tensor<4x3x3x5xf32>) -> tensor<1x4x6x5xf32>
  return %y0, %y1, %y2, %y3 : tensor<2x4x11xf32>, tensor<2x4x8x9xf32>, tensor<1x3x5x7x7xf32>, tensor<1x4x6x5xf32>
}
