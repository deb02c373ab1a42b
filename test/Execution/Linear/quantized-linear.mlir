// 8 and 4 bits; few rows and many, blocks of them; one group and several; panels one, two and four at once.
// RUN: tenon-run %s --inputs %p/Inputs/quantized-linear.inputs.safetensors \
// RUN:   --expect %p/Inputs/quantized-linear.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x64xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<4x64x8xi8> {tenon.name = "x1", tenon.dtype = "int8"},
    %x2: tensor<4x2x8xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<4x2x8xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<32xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<3x40xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<2x40x16xi8> {tenon.name = "x6", tenon.dtype = "int8"},
    %x7: tensor<2x5x16xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<32xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<12xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<3x12x8xi8> {tenon.name = "x10", tenon.dtype = "int8"},
    %x11: tensor<3x1x8xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<3x1x8xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<2x9x32xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<3x32x8xi8> {tenon.name = "x14", tenon.dtype = "int8"},
    %x15: tensor<3x4x8xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<3x4x8xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<24xf32> {tenon.name = "x17", tenon.dtype = "float32"},
    %x18: tensor<5x32xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<2x32x8xi8> {tenon.name = "x19", tenon.dtype = "int8"},
    %x20: tensor<2x2x8xf32> {tenon.name = "x20", tenon.dtype = "float32"},
    %x21: tensor<2x2x8xf32> {tenon.name = "x21", tenon.dtype = "float32"},
    %x22: tensor<16xf32> {tenon.name = "x22", tenon.dtype = "float32"},
    %x23: tensor<7x24xf32> {tenon.name = "x23", tenon.dtype = "float32"},
    %x24: tensor<4x24x8xi8> {tenon.name = "x24", tenon.dtype = "int8"},
    %x25: tensor<4x3x8xf32> {tenon.name = "x25", tenon.dtype = "float32"},
    %x26: tensor<32xf32> {tenon.name = "x26", tenon.dtype = "float32"},
    %x27: tensor<300x16xf32> {tenon.name = "x27", tenon.dtype = "float32"},
    %x28: tensor<1x16x8xi8> {tenon.name = "x28", tenon.dtype = "int8"},
    %x29: tensor<1x2x8xf32> {tenon.name = "x29", tenon.dtype = "float32"},
    %x30: tensor<8xf32> {tenon.name = "x30", tenon.dtype = "float32"},
    %x31: tensor<257x8xf32> {tenon.name = "x31", tenon.dtype = "float32"},
    %x32: tensor<2x8x2xi8> {tenon.name = "x32", tenon.dtype = "int8"},
    %x33: tensor<2x8x2xf32> {tenon.name = "x33", tenon.dtype = "float32"},
    %x34: tensor<2x8x2xf32> {tenon.name = "x34", tenon.dtype = "float32"},
    %x35: tensor<0x8xf32> {tenon.name = "x35", tenon.dtype = "float32"},
    %x36: tensor<2x8x8xi8> {tenon.name = "x36", tenon.dtype = "int8"},
    %x37: tensor<2x2x8xf32> {tenon.name = "x37", tenon.dtype = "float32"},
    %x38: tensor<2x2x8xf32> {tenon.name = "x38", tenon.dtype = "float32"},
    %x39: tensor<16xf32> {tenon.name = "x39", tenon.dtype = "float32"},
    %x40: tensor<1x64xf32> {tenon.name = "x40", tenon.dtype = "float32"},
    %x41: tensor<4x64x4xi8> {tenon.name = "x41", tenon.dtype = "int8"},
    %x42: tensor<4x2x8xf32> {tenon.name = "x42", tenon.dtype = "float32"},
    %x43: tensor<4x2x8xf32> {tenon.name = "x43", tenon.dtype = "float32"},
    %x44: tensor<32xf32> {tenon.name = "x44", tenon.dtype = "float32"},
    %x45: tensor<3x40xf32> {tenon.name = "x45", tenon.dtype = "float32"},
    %x46: tensor<2x40x8xi8> {tenon.name = "x46", tenon.dtype = "int8"},
    %x47: tensor<2x5x16xf32> {tenon.name = "x47", tenon.dtype = "float32"},
    %x48: tensor<32xf32> {tenon.name = "x48", tenon.dtype = "float32"},
    %x49: tensor<12xf32> {tenon.name = "x49", tenon.dtype = "float32"},
    %x50: tensor<3x12x4xi8> {tenon.name = "x50", tenon.dtype = "int8"},
    %x51: tensor<3x1x8xf32> {tenon.name = "x51", tenon.dtype = "float32"},
    %x52: tensor<3x1x8xf32> {tenon.name = "x52", tenon.dtype = "float32"},
    %x53: tensor<2x9x32xf32> {tenon.name = "x53", tenon.dtype = "float32"},
    %x54: tensor<3x32x4xi8> {tenon.name = "x54", tenon.dtype = "int8"},
    %x55: tensor<3x4x8xf32> {tenon.name = "x55", tenon.dtype = "float32"},
    %x56: tensor<3x4x8xf32> {tenon.name = "x56", tenon.dtype = "float32"},
    %x57: tensor<24xf32> {tenon.name = "x57", tenon.dtype = "float32"},
    %x58: tensor<5x32xf32> {tenon.name = "x58", tenon.dtype = "float32"},
    %x59: tensor<2x32x4xi8> {tenon.name = "x59", tenon.dtype = "int8"},
    %x60: tensor<2x2x8xf32> {tenon.name = "x60", tenon.dtype = "float32"},
    %x61: tensor<2x2x8xf32> {tenon.name = "x61", tenon.dtype = "float32"},
    %x62: tensor<16xf32> {tenon.name = "x62", tenon.dtype = "float32"},
    %x63: tensor<7x24xf32> {tenon.name = "x63", tenon.dtype = "float32"},
    %x64: tensor<4x24x4xi8> {tenon.name = "x64", tenon.dtype = "int8"},
    %x65: tensor<4x3x8xf32> {tenon.name = "x65", tenon.dtype = "float32"},
    %x66: tensor<32xf32> {tenon.name = "x66", tenon.dtype = "float32"},
    %x67: tensor<300x16xf32> {tenon.name = "x67", tenon.dtype = "float32"},
    %x68: tensor<1x16x4xi8> {tenon.name = "x68", tenon.dtype = "int8"},
    %x69: tensor<1x2x8xf32> {tenon.name = "x69", tenon.dtype = "float32"},
    %x70: tensor<8xf32> {tenon.name = "x70", tenon.dtype = "float32"},
    %x71: tensor<257x8xf32> {tenon.name = "x71", tenon.dtype = "float32"},
    %x72: tensor<2x8x1xi8> {tenon.name = "x72", tenon.dtype = "int8"},
    %x73: tensor<2x8x2xf32> {tenon.name = "x73", tenon.dtype = "float32"},
    %x74: tensor<2x8x2xf32> {tenon.name = "x74", tenon.dtype = "float32"},
    %x75: tensor<0x8xf32> {tenon.name = "x75", tenon.dtype = "float32"},
    %x76: tensor<2x8x4xi8> {tenon.name = "x76", tenon.dtype = "int8"},
    %x77: tensor<2x2x8xf32> {tenon.name = "x77", tenon.dtype = "float32"},
    %x78: tensor<2x2x8xf32> {tenon.name = "x78", tenon.dtype = "float32"},
    %x79: tensor<16xf32> {tenon.name = "x79", tenon.dtype = "float32"},
    %x80: tensor<2x0xf32> {tenon.name = "x80", tenon.dtype = "float32"},
    %x81: tensor<1x0x8xi8> {tenon.name = "x81", tenon.dtype = "int8"},
    %x82: tensor<1x1x8xf32> {tenon.name = "x82", tenon.dtype = "float32"},
    %x83: tensor<8xf32> {tenon.name = "x83", tenon.dtype = "float32"})
    -> (
    tensor<1x32xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<3x32xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<24xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x9x24xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<5x16xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<7x32xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<300x8xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<257x4xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<0x16xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<1x32xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<3x32xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<24xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<2x9x24xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<5x16xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<7x32xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<300x8xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<257x4xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<0x16xf32> {tenon.name = "y17", tenon.dtype = "float32"},
    tensor<2x8xf32> {tenon.name = "y18", tenon.dtype = "float32"}) {
  %y0 = tenon.quantized_linear %x0, %x1 scale %x2 offset %x3 bias %x4 bits 8 : (tensor<1x64xf32>, tensor<4x64x8xi8>, tensor<4x2x8xf32>, tensor<4x2x8xf32>, tensor<32xf32>) -> tensor<1x32xf32>
  %y1 = tenon.quantized_linear %x5, %x6 scale %x7 bias %x8 bits 8 : (tensor<3x40xf32>, tensor<2x40x16xi8>, tensor<2x5x16xf32>, tensor<32xf32>) -> tensor<3x32xf32>
  %y2 = tenon.quantized_linear %x9, %x10 scale %x11 offset %x12 bits 8 : (tensor<12xf32>, tensor<3x12x8xi8>, tensor<3x1x8xf32>, tensor<3x1x8xf32>) -> tensor<24xf32>
  %y3 = tenon.quantized_linear %x13, %x14 scale %x15 offset %x16 bias %x17 bits 8 : (tensor<2x9x32xf32>, tensor<3x32x8xi8>, tensor<3x4x8xf32>, tensor<3x4x8xf32>, tensor<24xf32>) -> tensor<2x9x24xf32>
  %y4 = tenon.quantized_linear %x18, %x19 scale %x20 offset %x21 bias %x22 bits 8 : (tensor<5x32xf32>, tensor<2x32x8xi8>, tensor<2x2x8xf32>, tensor<2x2x8xf32>, tensor<16xf32>) -> tensor<5x16xf32>
  %y5 = tenon.quantized_linear %x23, %x24 scale %x25 bias %x26 bits 8 : (tensor<7x24xf32>, tensor<4x24x8xi8>, tensor<4x3x8xf32>, tensor<32xf32>) -> tensor<7x32xf32>
  %y6 = tenon.quantized_linear %x27, %x28 scale %x29 bias %x30 bits 8 : (tensor<300x16xf32>, tensor<1x16x8xi8>, tensor<1x2x8xf32>, tensor<8xf32>) -> tensor<300x8xf32>
  %y7 = tenon.quantized_linear %x31, %x32 scale %x33 offset %x34 bits 8 : (tensor<257x8xf32>, tensor<2x8x2xi8>, tensor<2x8x2xf32>, tensor<2x8x2xf32>) -> tensor<257x4xf32>
  %y8 = tenon.quantized_linear %x35, %x36 scale %x37 offset %x38 bias %x39 bits 8 : (tensor<0x8xf32>, tensor<2x8x8xi8>, tensor<2x2x8xf32>, tensor<2x2x8xf32>, tensor<16xf32>) -> tensor<0x16xf32>
  %y9 = tenon.quantized_linear %x40, %x41 scale %x42 offset %x43 bias %x44 bits 4 : (tensor<1x64xf32>, tensor<4x64x4xi8>, tensor<4x2x8xf32>, tensor<4x2x8xf32>, tensor<32xf32>) -> tensor<1x32xf32>
  %y10 = tenon.quantized_linear %x45, %x46 scale %x47 bias %x48 bits 4 : (tensor<3x40xf32>, tensor<2x40x8xi8>, tensor<2x5x16xf32>, tensor<32xf32>) -> tensor<3x32xf32>
  %y11 = tenon.quantized_linear %x49, %x50 scale %x51 offset %x52 bits 4 : (tensor<12xf32>, tensor<3x12x4xi8>, tensor<3x1x8xf32>, tensor<3x1x8xf32>) -> tensor<24xf32>
  %y12 = tenon.quantized_linear %x53, %x54 scale %x55 offset %x56 bias %x57 bits 4 : (tensor<2x9x32xf32>, tensor<3x32x4xi8>, tensor<3x4x8xf32>, tensor<3x4x8xf32>, tensor<24xf32>) -> tensor<2x9x24xf32>
  %y13 = tenon.quantized_linear %x58, %x59 scale %x60 offset %x61 bias %x62 bits 4 : (tensor<5x32xf32>, tensor<2x32x4xi8>, tensor<2x2x8xf32>, tensor<2x2x8xf32>, tensor<16xf32>) -> tensor<5x16xf32>
  %y14 = tenon.quantized_linear %x63, %x64 scale %x65 bias %x66 bits 4 : (tensor<7x24xf32>, tensor<4x24x4xi8>, tensor<4x3x8xf32>, tensor<32xf32>) -> tensor<7x32xf32>
  %y15 = tenon.quantized_linear %x67, %x68 scale %x69 bias %x70 bits 4 : (tensor<300x16xf32>, tensor<1x16x4xi8>, tensor<1x2x8xf32>, tensor<8xf32>) -> tensor<300x8xf32>
  %y16 = tenon.quantized_linear %x71, %x72 scale %x73 offset %x74 bits 4 : (tensor<257x8xf32>, tensor<2x8x1xi8>, tensor<2x8x2xf32>, tensor<2x8x2xf32>) -> tensor<257x4xf32>
  %y17 = tenon.quantized_linear %x75, %x76 scale %x77 offset %x78 bias %x79 bits 4 : (tensor<0x8xf32>, tensor<2x8x4xi8>, tensor<2x2x8xf32>, tensor<2x2x8xf32>, tensor<16xf32>) -> tensor<0x16xf32>
  %y18 = tenon.quantized_linear %x80, %x81 scale %x82 bias %x83 bits 8 : (tensor<2x0xf32>, tensor<1x0x8xi8>, tensor<1x1x8xf32>, tensor<8xf32>) -> tensor<2x8xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18 : tensor<1x32xf32>, tensor<3x32xf32>, tensor<24xf32>, tensor<2x9x24xf32>, tensor<5x16xf32>, tensor<7x32xf32>, tensor<300x8xf32>, tensor<257x4xf32>, tensor<0x16xf32>, tensor<1x32xf32>, tensor<3x32xf32>, tensor<24xf32>, tensor<2x9x24xf32>, tensor<5x16xf32>, tensor<7x32xf32>, tensor<300x8xf32>, tensor<257x4xf32>, tensor<0x16xf32>, tensor<2x8xf32>
}
