// Words: groups of a block, a part and several of it, of unequal size; rows that share words, and many; panels of a half and a whole vector.
// RUN: tenon-run %s --inputs %p/Inputs/quantized-linear-words.inputs.safetensors \
// RUN:   --expect %p/Inputs/quantized-linear-words.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x256xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<4x32x16xi32> {tenon.name = "x1", tenon.dtype = "int32"},
    %x2: tensor<4x16x16xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<4x16x16xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<1x256xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<4x32x16xi32> {tenon.name = "x5", tenon.dtype = "int32"},
    %x6: tensor<4x2x16xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<64xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<2x512xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<3x64x16xi32> {tenon.name = "x9", tenon.dtype = "int32"},
    %x10: tensor<3x2x16xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<3x2x16xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<1x336xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<2x42x16xi32> {tenon.name = "x13", tenon.dtype = "int32"},
    %x14: tensor<2x1x16xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<2x1x16xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<32xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<7x264xf32> {tenon.name = "x17", tenon.dtype = "float32"},
    %x18: tensor<2x33x8xi32> {tenon.name = "x18", tenon.dtype = "int32"},
    %x19: tensor<2x1x8xf32> {tenon.name = "x19", tenon.dtype = "float32"},
    %x20: tensor<3x64xf32> {tenon.name = "x20", tenon.dtype = "float32"},
    %x21: tensor<1x8x4xi32> {tenon.name = "x21", tenon.dtype = "int32"},
    %x22: tensor<1x2x4xf32> {tenon.name = "x22", tenon.dtype = "float32"},
    %x23: tensor<1x2x4xf32> {tenon.name = "x23", tenon.dtype = "float32"},
    %x24: tensor<2x32xf32> {tenon.name = "x24", tenon.dtype = "float32"},
    %x25: tensor<1x4x6xi32> {tenon.name = "x25", tenon.dtype = "int32"},
    %x26: tensor<1x2x6xf32> {tenon.name = "x26", tenon.dtype = "float32"},
    %x27: tensor<1x2x6xf32> {tenon.name = "x27", tenon.dtype = "float32"},
    %x28: tensor<5x96xf32> {tenon.name = "x28", tenon.dtype = "float32"},
    %x29: tensor<6x12x16xi32> {tenon.name = "x29", tenon.dtype = "int32"},
    %x30: tensor<6x3x16xf32> {tenon.name = "x30", tenon.dtype = "float32"},
    %x31: tensor<6x3x16xf32> {tenon.name = "x31", tenon.dtype = "float32"},
    %x32: tensor<45x96xf32> {tenon.name = "x32", tenon.dtype = "float32"},
    %x33: tensor<4x12x16xi32> {tenon.name = "x33", tenon.dtype = "int32"},
    %x34: tensor<4x3x16xf32> {tenon.name = "x34", tenon.dtype = "float32"},
    %x35: tensor<4x3x16xf32> {tenon.name = "x35", tenon.dtype = "float32"},
    %x36: tensor<64xf32> {tenon.name = "x36", tenon.dtype = "float32"},
    %x37: tensor<1x256xf32> {tenon.name = "x37", tenon.dtype = "float32"},
    %x38: tensor<4x64x16xi32> {tenon.name = "x38", tenon.dtype = "int32"},
    %x39: tensor<4x16x16xf32> {tenon.name = "x39", tenon.dtype = "float32"},
    %x40: tensor<4x16x16xf32> {tenon.name = "x40", tenon.dtype = "float32"},
    %x41: tensor<1x256xf32> {tenon.name = "x41", tenon.dtype = "float32"},
    %x42: tensor<4x64x16xi32> {tenon.name = "x42", tenon.dtype = "int32"},
    %x43: tensor<4x2x16xf32> {tenon.name = "x43", tenon.dtype = "float32"},
    %x44: tensor<64xf32> {tenon.name = "x44", tenon.dtype = "float32"},
    %x45: tensor<2x512xf32> {tenon.name = "x45", tenon.dtype = "float32"},
    %x46: tensor<3x128x16xi32> {tenon.name = "x46", tenon.dtype = "int32"},
    %x47: tensor<3x2x16xf32> {tenon.name = "x47", tenon.dtype = "float32"},
    %x48: tensor<3x2x16xf32> {tenon.name = "x48", tenon.dtype = "float32"},
    %x49: tensor<1x336xf32> {tenon.name = "x49", tenon.dtype = "float32"},
    %x50: tensor<2x84x16xi32> {tenon.name = "x50", tenon.dtype = "int32"},
    %x51: tensor<2x1x16xf32> {tenon.name = "x51", tenon.dtype = "float32"},
    %x52: tensor<2x1x16xf32> {tenon.name = "x52", tenon.dtype = "float32"},
    %x53: tensor<32xf32> {tenon.name = "x53", tenon.dtype = "float32"},
    %x54: tensor<7x264xf32> {tenon.name = "x54", tenon.dtype = "float32"},
    %x55: tensor<2x66x8xi32> {tenon.name = "x55", tenon.dtype = "int32"},
    %x56: tensor<2x1x8xf32> {tenon.name = "x56", tenon.dtype = "float32"},
    %x57: tensor<3x64xf32> {tenon.name = "x57", tenon.dtype = "float32"},
    %x58: tensor<1x16x4xi32> {tenon.name = "x58", tenon.dtype = "int32"},
    %x59: tensor<1x2x4xf32> {tenon.name = "x59", tenon.dtype = "float32"},
    %x60: tensor<1x2x4xf32> {tenon.name = "x60", tenon.dtype = "float32"},
    %x61: tensor<2x32xf32> {tenon.name = "x61", tenon.dtype = "float32"},
    %x62: tensor<1x8x6xi32> {tenon.name = "x62", tenon.dtype = "int32"},
    %x63: tensor<1x2x6xf32> {tenon.name = "x63", tenon.dtype = "float32"},
    %x64: tensor<1x2x6xf32> {tenon.name = "x64", tenon.dtype = "float32"},
    %x65: tensor<5x96xf32> {tenon.name = "x65", tenon.dtype = "float32"},
    %x66: tensor<6x24x16xi32> {tenon.name = "x66", tenon.dtype = "int32"},
    %x67: tensor<6x3x16xf32> {tenon.name = "x67", tenon.dtype = "float32"},
    %x68: tensor<6x3x16xf32> {tenon.name = "x68", tenon.dtype = "float32"},
    %x69: tensor<45x96xf32> {tenon.name = "x69", tenon.dtype = "float32"},
    %x70: tensor<4x24x16xi32> {tenon.name = "x70", tenon.dtype = "int32"},
    %x71: tensor<4x3x16xf32> {tenon.name = "x71", tenon.dtype = "float32"},
    %x72: tensor<4x3x16xf32> {tenon.name = "x72", tenon.dtype = "float32"},
    %x73: tensor<64xf32> {tenon.name = "x73", tenon.dtype = "float32"})
    -> (
    tensor<1x64xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x64xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x48xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x32xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<7x16xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<3x4xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x6xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<5x96xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<45x64xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<1x64xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<1x64xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<2x48xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<1x32xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<7x16xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<3x4xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<2x6xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<5x96xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<45x64xf32> {tenon.name = "y17", tenon.dtype = "float32"}) {
  %y0 = tenon.quantized_linear %x0, %x1 scale %x2 offset %x3 bits 4 : (tensor<1x256xf32>, tensor<4x32x16xi32>, tensor<4x16x16xf32>, tensor<4x16x16xf32>) -> tensor<1x64xf32>
  %y1 = tenon.quantized_linear %x4, %x5 scale %x6 bias %x7 bits 4 : (tensor<1x256xf32>, tensor<4x32x16xi32>, tensor<4x2x16xf32>, tensor<64xf32>) -> tensor<1x64xf32>
  %y2 = tenon.quantized_linear %x8, %x9 scale %x10 offset %x11 bits 4 : (tensor<2x512xf32>, tensor<3x64x16xi32>, tensor<3x2x16xf32>, tensor<3x2x16xf32>) -> tensor<2x48xf32>
  %y3 = tenon.quantized_linear %x12, %x13 scale %x14 offset %x15 bias %x16 bits 4 : (tensor<1x336xf32>, tensor<2x42x16xi32>, tensor<2x1x16xf32>, tensor<2x1x16xf32>, tensor<32xf32>) -> tensor<1x32xf32>
  %y4 = tenon.quantized_linear %x17, %x18 scale %x19 bits 4 : (tensor<7x264xf32>, tensor<2x33x8xi32>, tensor<2x1x8xf32>) -> tensor<7x16xf32>
  %y5 = tenon.quantized_linear %x20, %x21 scale %x22 offset %x23 bits 4 : (tensor<3x64xf32>, tensor<1x8x4xi32>, tensor<1x2x4xf32>, tensor<1x2x4xf32>) -> tensor<3x4xf32>
  %y6 = tenon.quantized_linear %x24, %x25 scale %x26 offset %x27 bits 4 : (tensor<2x32xf32>, tensor<1x4x6xi32>, tensor<1x2x6xf32>, tensor<1x2x6xf32>) -> tensor<2x6xf32>
  %y7 = tenon.quantized_linear %x28, %x29 scale %x30 offset %x31 bits 4 : (tensor<5x96xf32>, tensor<6x12x16xi32>, tensor<6x3x16xf32>, tensor<6x3x16xf32>) -> tensor<5x96xf32>
  %y8 = tenon.quantized_linear %x32, %x33 scale %x34 offset %x35 bias %x36 bits 4 : (tensor<45x96xf32>, tensor<4x12x16xi32>, tensor<4x3x16xf32>, tensor<4x3x16xf32>, tensor<64xf32>) -> tensor<45x64xf32>
  %y9 = tenon.quantized_linear %x37, %x38 scale %x39 offset %x40 bits 8 : (tensor<1x256xf32>, tensor<4x64x16xi32>, tensor<4x16x16xf32>, tensor<4x16x16xf32>) -> tensor<1x64xf32>
  %y10 = tenon.quantized_linear %x41, %x42 scale %x43 bias %x44 bits 8 : (tensor<1x256xf32>, tensor<4x64x16xi32>, tensor<4x2x16xf32>, tensor<64xf32>) -> tensor<1x64xf32>
  %y11 = tenon.quantized_linear %x45, %x46 scale %x47 offset %x48 bits 8 : (tensor<2x512xf32>, tensor<3x128x16xi32>, tensor<3x2x16xf32>, tensor<3x2x16xf32>) -> tensor<2x48xf32>
  %y12 = tenon.quantized_linear %x49, %x50 scale %x51 offset %x52 bias %x53 bits 8 : (tensor<1x336xf32>, tensor<2x84x16xi32>, tensor<2x1x16xf32>, tensor<2x1x16xf32>, tensor<32xf32>) -> tensor<1x32xf32>
  %y13 = tenon.quantized_linear %x54, %x55 scale %x56 bits 8 : (tensor<7x264xf32>, tensor<2x66x8xi32>, tensor<2x1x8xf32>) -> tensor<7x16xf32>
  %y14 = tenon.quantized_linear %x57, %x58 scale %x59 offset %x60 bits 8 : (tensor<3x64xf32>, tensor<1x16x4xi32>, tensor<1x2x4xf32>, tensor<1x2x4xf32>) -> tensor<3x4xf32>
  %y15 = tenon.quantized_linear %x61, %x62 scale %x63 offset %x64 bits 8 : (tensor<2x32xf32>, tensor<1x8x6xi32>, tensor<1x2x6xf32>, tensor<1x2x6xf32>) -> tensor<2x6xf32>
  %y16 = tenon.quantized_linear %x65, %x66 scale %x67 offset %x68 bits 8 : (tensor<5x96xf32>, tensor<6x24x16xi32>, tensor<6x3x16xf32>, tensor<6x3x16xf32>) -> tensor<5x96xf32>
  %y17 = tenon.quantized_linear %x69, %x70 scale %x71 offset %x72 bias %x73 bits 8 : (tensor<45x96xf32>, tensor<4x24x16xi32>, tensor<4x3x16xf32>, tensor<4x3x16xf32>, tensor<64xf32>) -> tensor<45x64xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17 : tensor<1x64xf32>, tensor<1x64xf32>, tensor<2x48xf32>, tensor<1x32xf32>, tensor<7x16xf32>, tensor<3x4xf32>, tensor<2x6xf32>, tensor<5x96xf32>, tensor<45x64xf32>, tensor<1x64xf32>, tensor<1x64xf32>, tensor<2x48xf32>, tensor<1x32xf32>, tensor<7x16xf32>, tensor<3x4xf32>, tensor<2x6xf32>, tensor<5x96xf32>, tensor<45x64xf32>
}
