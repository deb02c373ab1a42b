// Packed convolutions leave out taps in the padding, and windows that have none give the bias; strides, dilations, kernels that are too wide and channels too few for it.
// RUN: tenon-run %s --inputs %p/Inputs/padded.inputs.safetensors \
// RUN:   --expect %p/Inputs/padded.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x9x14x32xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<16xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x3x3x32x8xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x3x3x32x8xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<2x3x3x32x8xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<2x3x3x32x8xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<1x3x3x32x16xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<2x3x3x32x8xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<1x5x5x32x6xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<2x1x9x32x8xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<2x1x11x32x8xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<2x9x1x32x8xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<1x6x7x31xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<1x3x3x31x8xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<1x1x1x33xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<8xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<1x3x3x33x8xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<1x1x40x32xf32> {tenon.name = "x17", tenon.dtype = "float32"},
    %x18: tensor<6x3x3x32x8xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<3x40x1x32xf32> {tenon.name = "x19", tenon.dtype = "float32"},
    %x20: tensor<2x3x3x32x8xf32> {tenon.name = "x20", tenon.dtype = "float32"})
    -> (
    tensor<2x9x14x16xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x5x7x16xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x4x7x16xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x9x5x16xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x16x21x16xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x6x6x16xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x9x14x6xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x9x14x16xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x11x14x16xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<2x5x7x16xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<1x6x7x8xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<1x1x1x8xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<1x1x40x48xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<3x20x1x16xf32> {tenon.name = "y13", tenon.dtype = "float32"}) {
  %y0 = tenon.packed_conv %x0, %x2 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<2x9x14x32xf32>, tensor<2x3x3x32x8xf32>) -> tensor<2x9x14x16xf32>
  %y1 = tenon.packed_conv %x0, %x3, %x1 strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<2x9x14x32xf32>, tensor<2x3x3x32x8xf32>, tensor<16xf32>) -> tensor<2x5x7x16xf32>
  %c3 = tenon.packed_conv %x0, %x4, %x1 strides [2, 2] dilations [1, 1] pads [0, 1] [1, 0] : (tensor<2x9x14x32xf32>, tensor<2x3x3x32x8xf32>, tensor<16xf32>) -> tensor<2x4x7x16xf32>
  %y2 = tenon.activation relu %c3 : tensor<2x4x7x16xf32>
  %y3 = tenon.packed_conv %x0, %x5, %x1 strides [1, 3] dilations [3, 2] pads [3, 2] [3, 2] : (tensor<2x9x14x32xf32>, tensor<2x3x3x32x8xf32>, tensor<16xf32>) -> tensor<2x9x5x16xf32>
  %y4 = tenon.packed_conv %x0, %x6, %x1 strides [1, 1] dilations [1, 1] pads [4, 4] [5, 5] : (tensor<2x9x14x32xf32>, tensor<1x3x3x32x16xf32>, tensor<16xf32>) -> tensor<2x16x21x16xf32>
  %y5 = tenon.packed_conv %x0, %x7, %x1 strides [3, 4] dilations [2, 2] pads [7, 5] [6, 8] : (tensor<2x9x14x32xf32>, tensor<2x3x3x32x8xf32>, tensor<16xf32>) -> tensor<2x6x6x16xf32>
  %c8 = tenon.packed_conv %x0, %x8 strides [1, 1] dilations [1, 1] pads [2, 2] [2, 2] : (tensor<2x9x14x32xf32>, tensor<1x5x5x32x6xf32>) -> tensor<2x9x14x6xf32>
  %y6 = tenon.activation relu %c8 : tensor<2x9x14x6xf32>
  %y7 = tenon.packed_conv %x0, %x9 strides [1, 1] dilations [1, 1] pads [0, 4] [0, 4] : (tensor<2x9x14x32xf32>, tensor<2x1x9x32x8xf32>) -> tensor<2x9x14x16xf32>
  %y8 = tenon.packed_conv %x0, %x10 strides [1, 1] dilations [1, 1] pads [1, 5] [1, 5] : (tensor<2x9x14x32xf32>, tensor<2x1x11x32x8xf32>) -> tensor<2x11x14x16xf32>
  %y9 = tenon.packed_conv %x0, %x11, %x1 strides [2, 2] dilations [1, 1] pads [4, 0] [4, 0] : (tensor<2x9x14x32xf32>, tensor<2x9x1x32x8xf32>, tensor<16xf32>) -> tensor<2x5x7x16xf32>
  %y10 = tenon.packed_conv %x12, %x13 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x7x31xf32>, tensor<1x3x3x31x8xf32>) -> tensor<1x6x7x8xf32>
  %y11 = tenon.packed_conv %x14, %x16, %x15 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x1x1x33xf32>, tensor<1x3x3x33x8xf32>, tensor<8xf32>) -> tensor<1x1x1x8xf32>
  %y12 = tenon.packed_conv %x17, %x18 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x1x40x32xf32>, tensor<6x3x3x32x8xf32>) -> tensor<1x1x40x48xf32>
  %c16 = tenon.packed_conv %x19, %x20 strides [2, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<3x40x1x32xf32>, tensor<2x3x3x32x8xf32>) -> tensor<3x20x1x16xf32>
  %y13 = tenon.activation relu %c16 : tensor<3x20x1x16xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13 : tensor<2x9x14x16xf32>, tensor<2x5x7x16xf32>, tensor<2x4x7x16xf32>, tensor<2x9x5x16xf32>, tensor<2x16x21x16xf32>, tensor<2x6x6x16xf32>, tensor<2x9x14x6xf32>, tensor<2x9x14x16xf32>, tensor<2x11x14x16xf32>, tensor<2x5x7x16xf32>, tensor<1x6x7x8xf32>, tensor<1x1x1x8xf32>, tensor<1x1x40x48xf32>, tensor<3x20x1x16xf32>
}
