// One and three axes.
// RUN: tenon-run %s --inputs %p/Inputs/padded-ranks.inputs.safetensors \
// RUN:   --expect %p/Inputs/padded-ranks.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x23x32xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<16xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x4x32x8xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x3x6x7x32xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<16xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<2x3x3x3x32x8xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<1x4x6x7x40xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<1x2x3x2x40x8xf32> {tenon.name = "x7", tenon.dtype = "float32"})
    -> (
    tensor<2x23x16xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x3x6x7x16xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x4x4x9x8xf32> {tenon.name = "y2", tenon.dtype = "float32"}) {
  %y0 = tenon.packed_conv %x0, %x2, %x1 strides [1] dilations [1] pads [2] [1] : (tensor<2x23x32xf32>, tensor<2x4x32x8xf32>, tensor<16xf32>) -> tensor<2x23x16xf32>
  %y1 = tenon.packed_conv %x3, %x5, %x4 strides [1, 1, 1] dilations [1, 1, 1] pads [1, 1, 1] [1, 1, 1] : (tensor<2x3x6x7x32xf32>, tensor<2x3x3x3x32x8xf32>, tensor<16xf32>) -> tensor<2x3x6x7x16xf32>
  %y2 = tenon.packed_conv %x6, %x7 strides [1, 2, 1] dilations [1, 1, 3] pads [1, 2, 3] [0, 1, 2] : (tensor<1x4x6x7x40xf32>, tensor<1x2x3x2x40x8xf32>) -> tensor<1x4x4x9x8xf32>
  return %y0, %y1, %y2 : tensor<2x23x16xf32>, tensor<2x3x6x7x16xf32>, tensor<1x4x4x9x8xf32>
}
