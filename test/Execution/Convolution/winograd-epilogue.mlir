// What follows works on the tiles.
// RUN: tenon-run %s --inputs %p/Inputs/winograd-epilogue.inputs.safetensors \
// RUN:   --expect %p/Inputs/winograd-epilogue.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x32x24x8xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<16x8x3x3xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<16xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x16x8x8xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<1x32x24x16xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<2x33x71x8xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<16x8x3x3xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<2x16x8x8xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<2x33x71x16xf32> {tenon.name = "x8", tenon.dtype = "float32"})
    -> (
    tensor<1x32x24x16xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x33x71x16xf32> {tenon.name = "y1", tenon.dtype = "float32"}) {
  %c0 = tenon.winograd_conv %x0, %x3, %x2 pads [1, 1] [1, 1] : (tensor<1x32x24x8xf32>, tensor<2x16x8x8xf32>, tensor<16xf32>) -> tensor<1x32x24x16xf32>
  %s0 = arith.addf %c0, %x4 : tensor<1x32x24x16xf32>
  %y0 = tenon.activation relu %s0 : tensor<1x32x24x16xf32>
  %c3 = tenon.winograd_conv %x5, %x7 pads [1, 1] [1, 1] : (tensor<2x33x71x8xf32>, tensor<2x16x8x8xf32>) -> tensor<2x33x71x16xf32>
  %s3 = arith.addf %c3, %x8 : tensor<2x33x71x16xf32>
  %y1 = tenon.activation relu %s3 : tensor<2x33x71x16xf32>
  return %y0, %y1 : tensor<1x32x24x16xf32>, tensor<2x33x71x16xf32>
}
