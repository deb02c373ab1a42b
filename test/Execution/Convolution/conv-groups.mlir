// Groups, several outputs a group, and depthwise (also with a multiplier).
// RUN: tenon-run %s --inputs %p/Inputs/conv-groups.inputs.safetensors \
// RUN:   --expect %p/Inputs/conv-groups.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x6x7x8xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<4x3x3x3xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<4xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<6x1x3x3xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<6xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<12x1x3x2xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<9x2x1x1xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<1x4x9xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<4x1x4xf32> {tenon.name = "x8", tenon.dtype = "float32"})
    -> (
    tensor<2x4x7x8xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x6x4x4xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x12x7x9xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x9x7x8xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x4x3xf32> {tenon.name = "y4", tenon.dtype = "float32"}) {
  %y0 = tenon.conv %x0, %x1, %x2 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 2 : (tensor<2x6x7x8xf32>, tensor<4x3x3x3xf32>, tensor<4xf32>) -> tensor<2x4x7x8xf32>
  %y1 = tenon.conv %x0, %x3, %x4 strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] groups 6 : (tensor<2x6x7x8xf32>, tensor<6x1x3x3xf32>, tensor<6xf32>) -> tensor<2x6x4x4xf32>
  %y2 = tenon.conv %x0, %x5 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 6 : (tensor<2x6x7x8xf32>, tensor<12x1x3x2xf32>) -> tensor<2x12x7x9xf32>
  %y3 = tenon.conv %x0, %x6 strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 3 : (tensor<2x6x7x8xf32>, tensor<9x2x1x1xf32>) -> tensor<2x9x7x8xf32>
  %y4 = tenon.conv %x7, %x8 strides [1] dilations [2] pads [0] [0] groups 4 : (tensor<1x4x9xf32>, tensor<4x1x4xf32>) -> tensor<1x4x3xf32>
  return %y0, %y1, %y2, %y3, %y4 : tensor<2x4x7x8xf32>, tensor<2x6x4x4xf32>, tensor<2x12x7x9xf32>, tensor<2x9x7x8xf32>, tensor<1x4x3xf32>
}
