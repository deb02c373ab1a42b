// Integers of 8 bits sum to i32 without wrapping.
// RUN: tenon-run %s --inputs %p/Inputs/conv-integer.inputs.safetensors \
// RUN:   --expect %p/Inputs/conv-integer.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x16x6x6xi8> {tenon.name = "x0", tenon.dtype = "int8"},
    %x1: tensor<4x16x3x3xi8> {tenon.name = "x1", tenon.dtype = "int8"},
    %x2: tensor<1x16x6x6xi32> {tenon.name = "x2", tenon.dtype = "int32"},
    %x3: tensor<4x16x1x1xi32> {tenon.name = "x3", tenon.dtype = "int32"})
    -> (
    tensor<1x4x6x6xi32> {tenon.name = "y0", tenon.dtype = "int32"},
    tensor<1x4x6x6xi32> {tenon.name = "y1", tenon.dtype = "int32"}) {
  %y0 = tenon.conv %x0, %x1 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x16x6x6xi8>, tensor<4x16x3x3xi8>) -> tensor<1x4x6x6xi32>
  %y1 = tenon.conv %x2, %x3 strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x16x6x6xi32>, tensor<4x16x1x1xi32>) -> tensor<1x4x6x6xi32>
  return %y0, %y1 : tensor<1x4x6x6xi32>, tensor<1x4x6x6xi32>
}
