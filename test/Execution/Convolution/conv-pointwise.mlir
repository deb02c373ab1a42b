// Kernels of one tap: a matrix product where nothing moves, and the near misses.
// RUN: tenon-run %s --inputs %p/Inputs/conv-pointwise.inputs.safetensors \
// RUN:   --expect %p/Inputs/conv-pointwise.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x5x6x7xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<8x5x1x1xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<8xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<3x5x6x7xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<2x5x9xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<8x5x1xf32> {tenon.name = "x5", tenon.dtype = "float32"})
    -> (
    tensor<1x8x6x7xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<3x8x6x7xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x8x3x4xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x8x8x9xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x8x9xf32> {tenon.name = "y4", tenon.dtype = "float32"}) {
  %y0 = tenon.conv %x0, %x1, %x2 strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x5x6x7xf32>, tensor<8x5x1x1xf32>, tensor<8xf32>) -> tensor<1x8x6x7xf32>
  %y1 = tenon.conv %x3, %x1, %x2 strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<3x5x6x7xf32>, tensor<8x5x1x1xf32>, tensor<8xf32>) -> tensor<3x8x6x7xf32>
  %y2 = tenon.conv %x0, %x1, %x2 strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x5x6x7xf32>, tensor<8x5x1x1xf32>, tensor<8xf32>) -> tensor<1x8x3x4xf32>
  %y3 = tenon.conv %x0, %x1, %x2 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x5x6x7xf32>, tensor<8x5x1x1xf32>, tensor<8xf32>) -> tensor<1x8x8x9xf32>
  %y4 = tenon.conv %x4, %x5 strides [1] dilations [1] pads [0] [0] groups 1 : (tensor<2x5x9xf32>, tensor<8x5x1xf32>) -> tensor<2x8x9xf32>
  return %y0, %y1, %y2, %y3, %y4 : tensor<1x8x6x7xf32>, tensor<3x8x6x7xf32>, tensor<1x8x3x4xf32>, tensor<1x8x8x9xf32>, tensor<2x8x9xf32>
}
