// 16 products for 4 outputs: odd and even sizes, borders of every width, images smaller than a tile, blocks inside and across the borders, a last block past the end.
// RUN: tenon-run %s --inputs %p/Inputs/winograd.inputs.safetensors \
// RUN:   --expect %p/Inputs/winograd.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x4x4x3xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<8x3x3x3xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<1x16x3x8xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x5x7x3xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<16x3x3x3xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<16xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<2x16x3x8xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<1x1x1x2xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<8x2x3x3xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<8xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<1x16x2x8xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<1x3x3x4xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<8x4x3x3xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<1x16x4x8xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<1x6x5x4xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<8x4x3x3xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<1x16x4x8xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<1x6x5x4xf32> {tenon.name = "x17", tenon.dtype = "float32"},
    %x18: tensor<8x4x3x3xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<1x16x4x8xf32> {tenon.name = "x19", tenon.dtype = "float32"},
    %x20: tensor<1x8x262x5xf32> {tenon.name = "x20", tenon.dtype = "float32"},
    %x21: tensor<16x5x3x3xf32> {tenon.name = "x21", tenon.dtype = "float32"},
    %x22: tensor<16xf32> {tenon.name = "x22", tenon.dtype = "float32"},
    %x23: tensor<2x16x5x8xf32> {tenon.name = "x23", tenon.dtype = "float32"},
    %x24: tensor<1x41x37x6xf32> {tenon.name = "x24", tenon.dtype = "float32"},
    %x25: tensor<16x6x3x3xf32> {tenon.name = "x25", tenon.dtype = "float32"},
    %x26: tensor<1x16x6x16xf32> {tenon.name = "x26", tenon.dtype = "float32"},
    %x27: tensor<1x16x16x200xf32> {tenon.name = "x27", tenon.dtype = "float32"},
    %x28: tensor<8x200x3x3xf32> {tenon.name = "x28", tenon.dtype = "float32"},
    %x29: tensor<8xf32> {tenon.name = "x29", tenon.dtype = "float32"},
    %x30: tensor<1x16x200x8xf32> {tenon.name = "x30", tenon.dtype = "float32"},
    %x31: tensor<1x9x8x4xf64> {tenon.name = "x31", tenon.dtype = "float64"},
    %x32: tensor<8x4x3x3xf32> {tenon.name = "x32", tenon.dtype = "float32"},
    %x33: tensor<1x16x4x8xf64> {tenon.name = "x33", tenon.dtype = "float64"})
    -> (
    tensor<1x4x4x8xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x5x7x16xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x1x1x8xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x1x1x8xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x6x5x8xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x6x6x8xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<1x8x262x16xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<1x41x37x16xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<1x16x16x8xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<1x9x8x8xf64> {tenon.name = "y9", tenon.dtype = "float64"}) {
  %y0 = tenon.winograd_conv %x0, %x2 pads [1, 1] [1, 1] : (tensor<1x4x4x3xf32>, tensor<1x16x3x8xf32>) -> tensor<1x4x4x8xf32>
  %y1 = tenon.winograd_conv %x3, %x6, %x5 pads [1, 1] [1, 1] : (tensor<2x5x7x3xf32>, tensor<2x16x3x8xf32>, tensor<16xf32>) -> tensor<2x5x7x16xf32>
  %y2 = tenon.winograd_conv %x7, %x10, %x9 pads [1, 1] [1, 1] : (tensor<1x1x1x2xf32>, tensor<1x16x2x8xf32>, tensor<8xf32>) -> tensor<1x1x1x8xf32>
  %y3 = tenon.winograd_conv %x11, %x13 pads [0, 0] [0, 0] : (tensor<1x3x3x4xf32>, tensor<1x16x4x8xf32>) -> tensor<1x1x1x8xf32>
  %y4 = tenon.winograd_conv %x14, %x16 pads [2, 0] [0, 2] : (tensor<1x6x5x4xf32>, tensor<1x16x4x8xf32>) -> tensor<1x6x5x8xf32>
  %y5 = tenon.winograd_conv %x17, %x19 pads [0, 2] [2, 1] : (tensor<1x6x5x4xf32>, tensor<1x16x4x8xf32>) -> tensor<1x6x6x8xf32>
  %y6 = tenon.winograd_conv %x20, %x23, %x22 pads [1, 1] [1, 1] : (tensor<1x8x262x5xf32>, tensor<2x16x5x8xf32>, tensor<16xf32>) -> tensor<1x8x262x16xf32>
  %y7 = tenon.winograd_conv %x24, %x26 pads [1, 1] [1, 1] : (tensor<1x41x37x6xf32>, tensor<1x16x6x16xf32>) -> tensor<1x41x37x16xf32>
  %y8 = tenon.winograd_conv %x27, %x30, %x29 pads [1, 1] [1, 1] : (tensor<1x16x16x200xf32>, tensor<1x16x200x8xf32>, tensor<8xf32>) -> tensor<1x16x16x8xf32>
  %y9 = tenon.winograd_conv %x31, %x33 pads [1, 1] [1, 1] : (tensor<1x9x8x4xf64>, tensor<1x16x4x8xf64>) -> tensor<1x9x8x8xf64>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9 : tensor<1x4x4x8xf32>, tensor<2x5x7x16xf32>, tensor<1x1x1x8xf32>, tensor<1x1x1x8xf32>, tensor<1x6x5x8xf32>, tensor<1x6x6x8xf32>, tensor<1x8x262x16xf32>, tensor<1x41x37x16xf32>, tensor<1x16x16x8xf32>, tensor<1x9x8x8xf64>
}
