// Few tiles: the panels in groups, place by place or not, with blocks at borders and whole.
// RUN: tenon-run %s --inputs %p/Inputs/winograd-groups.inputs.safetensors \
// RUN:   --expect %p/Inputs/winograd-groups.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x8x7x244xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<18x1x1x16xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<1x1x244x1xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<1x16x1x1xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<1x8x8x4xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<192x4x3x3xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<192xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<12x16x4x16xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<1x7x9x4xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<128x4x3x3xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<128xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<8x16x4x16xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<1x7x9x128xf32> {tenon.name = "x12", tenon.dtype = "float32"})
    -> (
    tensor<2x8x7x288xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x8x8x192xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x7x9x128xf32> {tenon.name = "y2", tenon.dtype = "float32"}) {
  %b0_0 = tenon.broadcast %x1 : tensor<18x1x1x16xf32> to tensor<18x16x244x16xf32>
  %b0_1 = tenon.broadcast %x2 : tensor<1x1x244x1xf32> to tensor<18x16x244x16xf32>
  %b0_2 = tenon.broadcast %x3 : tensor<1x16x1x1xf32> to tensor<18x16x244x16xf32>
  %p0 = arith.mulf %b0_0, %b0_1 : tensor<18x16x244x16xf32>
  %w0 = arith.mulf %p0, %b0_2 : tensor<18x16x244x16xf32>
  %y0 = tenon.winograd_conv %x0, %w0 pads [1, 1] [1, 1] : (tensor<2x8x7x244xf32>, tensor<18x16x244x16xf32>) -> tensor<2x8x7x288xf32>
  %y1 = tenon.winograd_conv %x4, %x7, %x6 pads [1, 1] [1, 1] : (tensor<1x8x8x4xf32>, tensor<12x16x4x16xf32>, tensor<192xf32>) -> tensor<1x8x8x192xf32>
  %c7 = tenon.winograd_conv %x8, %x11, %x10 pads [1, 1] [1, 1] : (tensor<1x7x9x4xf32>, tensor<8x16x4x16xf32>, tensor<128xf32>) -> tensor<1x7x9x128xf32>
  %s7 = arith.addf %c7, %x12 : tensor<1x7x9x128xf32>
  %y2 = tenon.activation relu %s7 : tensor<1x7x9x128xf32>
  return %y0, %y1, %y2 : tensor<2x8x7x288xf32>, tensor<1x8x8x192xf32>, tensor<1x7x9x128xf32>
}
