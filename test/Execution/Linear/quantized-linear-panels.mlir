// Panels of 16 columns, of which a GPU's threads read whole lines.
// RUN: tenon-run %s --inputs %p/Inputs/quantized-linear-panels.inputs.safetensors \
// RUN:   --expect %p/Inputs/quantized-linear-panels.expected.safetensors --rtol 0.008 --atol 0.002
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x256xbf16> {tenon.name = "x0", tenon.dtype = "bfloat16"},
    %x1: tensor<2x256x16xi8> {tenon.name = "x1", tenon.dtype = "int8"},
    %x2: tensor<2x8x16xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x8x16xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<32xbf16> {tenon.name = "x4", tenon.dtype = "bfloat16"},
    %x5: tensor<1x256xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<3x256x16xi8> {tenon.name = "x6", tenon.dtype = "int8"},
    %x7: tensor<3x1x16xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<48xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<36x256xbf16> {tenon.name = "x9", tenon.dtype = "bfloat16"},
    %x10: tensor<2x256x16xi8> {tenon.name = "x10", tenon.dtype = "int8"},
    %x11: tensor<2x8x16xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<2x8x16xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<32xbf16> {tenon.name = "x13", tenon.dtype = "bfloat16"},
    %x14: tensor<17x96xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<2x96x16xi8> {tenon.name = "x15", tenon.dtype = "int8"},
    %x16: tensor<2x3x16xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<2x3x16xf32> {tenon.name = "x17", tenon.dtype = "float32"},
    %x18: tensor<32xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<1x256xbf16> {tenon.name = "x19", tenon.dtype = "bfloat16"},
    %x20: tensor<2x256x8xi8> {tenon.name = "x20", tenon.dtype = "int8"},
    %x21: tensor<2x8x16xf32> {tenon.name = "x21", tenon.dtype = "float32"},
    %x22: tensor<2x8x16xf32> {tenon.name = "x22", tenon.dtype = "float32"},
    %x23: tensor<32xbf16> {tenon.name = "x23", tenon.dtype = "bfloat16"},
    %x24: tensor<1x256xf32> {tenon.name = "x24", tenon.dtype = "float32"},
    %x25: tensor<3x256x8xi8> {tenon.name = "x25", tenon.dtype = "int8"},
    %x26: tensor<3x1x16xf32> {tenon.name = "x26", tenon.dtype = "float32"},
    %x27: tensor<48xf32> {tenon.name = "x27", tenon.dtype = "float32"},
    %x28: tensor<36x256xbf16> {tenon.name = "x28", tenon.dtype = "bfloat16"},
    %x29: tensor<2x256x8xi8> {tenon.name = "x29", tenon.dtype = "int8"},
    %x30: tensor<2x8x16xf32> {tenon.name = "x30", tenon.dtype = "float32"},
    %x31: tensor<2x8x16xf32> {tenon.name = "x31", tenon.dtype = "float32"},
    %x32: tensor<32xbf16> {tenon.name = "x32", tenon.dtype = "bfloat16"},
    %x33: tensor<17x96xf32> {tenon.name = "x33", tenon.dtype = "float32"},
    %x34: tensor<2x96x8xi8> {tenon.name = "x34", tenon.dtype = "int8"},
    %x35: tensor<2x3x16xf32> {tenon.name = "x35", tenon.dtype = "float32"},
    %x36: tensor<2x3x16xf32> {tenon.name = "x36", tenon.dtype = "float32"},
    %x37: tensor<32xf32> {tenon.name = "x37", tenon.dtype = "float32"})
    -> (
    tensor<1x32xbf16> {tenon.name = "y0", tenon.dtype = "bfloat16"},
    tensor<1x48xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<36x32xbf16> {tenon.name = "y2", tenon.dtype = "bfloat16"},
    tensor<17x32xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x32xbf16> {tenon.name = "y4", tenon.dtype = "bfloat16"},
    tensor<1x48xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<36x32xbf16> {tenon.name = "y6", tenon.dtype = "bfloat16"},
    tensor<17x32xf32> {tenon.name = "y7", tenon.dtype = "float32"}) {
  %y0 = tenon.quantized_linear %x0, %x1 scale %x2 offset %x3 bias %x4 bits 8 : (tensor<1x256xbf16>, tensor<2x256x16xi8>, tensor<2x8x16xf32>, tensor<2x8x16xf32>, tensor<32xbf16>) -> tensor<1x32xbf16>
  %y1 = tenon.quantized_linear %x5, %x6 scale %x7 bias %x8 bits 8 : (tensor<1x256xf32>, tensor<3x256x16xi8>, tensor<3x1x16xf32>, tensor<48xf32>) -> tensor<1x48xf32>
  %y2 = tenon.quantized_linear %x9, %x10 scale %x11 offset %x12 bias %x13 bits 8 : (tensor<36x256xbf16>, tensor<2x256x16xi8>, tensor<2x8x16xf32>, tensor<2x8x16xf32>, tensor<32xbf16>) -> tensor<36x32xbf16>
  %y3 = tenon.quantized_linear %x14, %x15 scale %x16 offset %x17 bias %x18 bits 8 : (tensor<17x96xf32>, tensor<2x96x16xi8>, tensor<2x3x16xf32>, tensor<2x3x16xf32>, tensor<32xf32>) -> tensor<17x32xf32>
  %y4 = tenon.quantized_linear %x19, %x20 scale %x21 offset %x22 bias %x23 bits 4 : (tensor<1x256xbf16>, tensor<2x256x8xi8>, tensor<2x8x16xf32>, tensor<2x8x16xf32>, tensor<32xbf16>) -> tensor<1x32xbf16>
  %y5 = tenon.quantized_linear %x24, %x25 scale %x26 bias %x27 bits 4 : (tensor<1x256xf32>, tensor<3x256x8xi8>, tensor<3x1x16xf32>, tensor<48xf32>) -> tensor<1x48xf32>
  %y6 = tenon.quantized_linear %x28, %x29 scale %x30 offset %x31 bias %x32 bits 4 : (tensor<36x256xbf16>, tensor<2x256x8xi8>, tensor<2x8x16xf32>, tensor<2x8x16xf32>, tensor<32xbf16>) -> tensor<36x32xbf16>
  %y7 = tenon.quantized_linear %x33, %x34 scale %x35 offset %x36 bias %x37 bits 4 : (tensor<17x96xf32>, tensor<2x96x8xi8>, tensor<2x3x16xf32>, tensor<2x3x16xf32>, tensor<32xf32>) -> tensor<17x32xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7 : tensor<1x32xbf16>, tensor<1x48xf32>, tensor<36x32xbf16>, tensor<17x32xf32>, tensor<1x32xbf16>, tensor<1x48xf32>, tensor<36x32xbf16>, tensor<17x32xf32>
}
