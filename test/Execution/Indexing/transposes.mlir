// Axes of fewer, exactly and more than the 8 that registers hold; arithmetic on the way.
// RUN: tenon-run %s --inputs %p/Inputs/transposes.inputs.safetensors \
// RUN:   --expect %p/Inputs/transposes.expected.safetensors --rtol 1e-06 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<19x37xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<37x19xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<19x37xi32> {tenon.name = "x2", tenon.dtype = "int32"},
    %x3: tensor<8x16xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<16x8xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<8x16xi32> {tenon.name = "x5", tenon.dtype = "int32"},
    %x6: tensor<2x7x40xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<2x40x7xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<2x7x40xi32> {tenon.name = "x8", tenon.dtype = "int32"},
    %x9: tensor<2x9x3x24xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<2x24x9x3xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<2x9x3x24xi32> {tenon.name = "x11", tenon.dtype = "int32"},
    %x12: tensor<2x33x4x8xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<8x4x2x33xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<2x33x4x8xi32> {tenon.name = "x14", tenon.dtype = "int32"},
    %x15: tensor<5x16x12xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<12x5x16xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<5x16x12xi32> {tenon.name = "x17", tenon.dtype = "int32"})
    -> (
    tensor<37x19xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<37x19xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<37x19xi32> {tenon.name = "y2", tenon.dtype = "int32"},
    tensor<16x8xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<16x8xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<16x8xi32> {tenon.name = "y5", tenon.dtype = "int32"},
    tensor<2x40x7xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x40x7xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x40x7xi32> {tenon.name = "y8", tenon.dtype = "int32"},
    tensor<2x24x9x3xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<2x24x9x3xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<2x24x9x3xi32> {tenon.name = "y11", tenon.dtype = "int32"},
    tensor<8x4x2x33xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<8x4x2x33xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<8x4x2x33xi32> {tenon.name = "y14", tenon.dtype = "int32"},
    tensor<12x5x16xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<12x5x16xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<12x5x16xi32> {tenon.name = "y17", tenon.dtype = "int32"}) {
  %y0 = tenon.transpose %x0 [1, 0] : tensor<19x37xf32> -> tensor<37x19xf32>
  %y1 = arith.addf %y0, %x1 : tensor<37x19xf32>
  %y2 = tenon.transpose %x2 [1, 0] : tensor<19x37xi32> -> tensor<37x19xi32>
  %y3 = tenon.transpose %x3 [1, 0] : tensor<8x16xf32> -> tensor<16x8xf32>
  %y4 = arith.addf %y3, %x4 : tensor<16x8xf32>
  %y5 = tenon.transpose %x5 [1, 0] : tensor<8x16xi32> -> tensor<16x8xi32>
  %y6 = tenon.transpose %x6 [0, 2, 1] : tensor<2x7x40xf32> -> tensor<2x40x7xf32>
  %y7 = arith.addf %y6, %x7 : tensor<2x40x7xf32>
  %y8 = tenon.transpose %x8 [0, 2, 1] : tensor<2x7x40xi32> -> tensor<2x40x7xi32>
  %y9 = tenon.transpose %x9 [0, 3, 1, 2] : tensor<2x9x3x24xf32> -> tensor<2x24x9x3xf32>
  %y10 = arith.addf %y9, %x10 : tensor<2x24x9x3xf32>
  %y11 = tenon.transpose %x11 [0, 3, 1, 2] : tensor<2x9x3x24xi32> -> tensor<2x24x9x3xi32>
  %y12 = tenon.transpose %x12 [3, 2, 0, 1] : tensor<2x33x4x8xf32> -> tensor<8x4x2x33xf32>
  %y13 = arith.addf %y12, %x13 : tensor<8x4x2x33xf32>
  %y14 = tenon.transpose %x14 [3, 2, 0, 1] : tensor<2x33x4x8xi32> -> tensor<8x4x2x33xi32>
  %y15 = tenon.transpose %x15 [2, 0, 1] : tensor<5x16x12xf32> -> tensor<12x5x16xf32>
  %y16 = arith.addf %y15, %x16 : tensor<12x5x16xf32>
  %y17 = tenon.transpose %x17 [2, 0, 1] : tensor<5x16x12xi32> -> tensor<12x5x16xi32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17 : tensor<37x19xf32>, tensor<37x19xf32>, tensor<37x19xi32>, tensor<16x8xf32>, tensor<16x8xf32>, tensor<16x8xi32>, tensor<2x40x7xf32>, tensor<2x40x7xf32>, tensor<2x40x7xi32>, tensor<2x24x9x3xf32>, tensor<2x24x9x3xf32>, tensor<2x24x9x3xi32>, tensor<8x4x2x33xf32>, tensor<8x4x2x33xf32>, tensor<8x4x2x33xi32>, tensor<12x5x16xf32>, tensor<12x5x16xf32>, tensor<12x5x16xi32>
}
