// SEMANTICS D4: the weight is [C, O/g, kernel]; C 4, g 2, O/g 2, and depthwise.
// RUN: tenon-run %s --inputs %p/Inputs/conv-transpose-d4-groups.inputs.safetensors \
// RUN:   --expect %p/Inputs/conv-transpose-d4-groups.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x4x5x5xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<4x2x3x3xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<4xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<4x1x4x4xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<4xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<4x3x2x2xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<4x2x3x3xf32> {tenon.name = "x6", tenon.dtype = "float32"})
    -> (
    tensor<2x4x9x9xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x4x10x10xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x12x10x10xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x4x7x7xf32> {tenon.name = "y3", tenon.dtype = "float32"}) {
  %y0 = tenon.conv_transpose %x0, %x1, %x2 strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] output_padding [0, 0] groups 2 : (tensor<2x4x5x5xf32>, tensor<4x2x3x3xf32>, tensor<4xf32>) -> tensor<2x4x9x9xf32>
  %y1 = tenon.conv_transpose %x0, %x3, %x4 strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] output_padding [0, 0] groups 4 : (tensor<2x4x5x5xf32>, tensor<4x1x4x4xf32>, tensor<4xf32>) -> tensor<2x4x10x10xf32>
  %y2 = tenon.conv_transpose %x0, %x5 strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] output_padding [0, 0] groups 4 : (tensor<2x4x5x5xf32>, tensor<4x3x2x2xf32>) -> tensor<2x12x10x10xf32>
  %y3 = tenon.conv_transpose %x0, %x6 strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] output_padding [0, 0] groups 2 : (tensor<2x4x5x5xf32>, tensor<4x2x3x3xf32>) -> tensor<2x4x7x7xf32>
  return %y0, %y1, %y2, %y3 : tensor<2x4x9x9xf32>, tensor<2x4x10x10xf32>, tensor<2x12x10x10xf32>, tensor<2x4x7x7xf32>
}
