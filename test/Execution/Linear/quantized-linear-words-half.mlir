// Words that meet 16-bit inputs, whose sums are formed in f32.
// RUN: tenon-run %s --inputs %p/Inputs/quantized-linear-words-half.inputs.safetensors \
// RUN:   --expect %p/Inputs/quantized-linear-words-half.expected.safetensors --rtol 0.008 --atol 0.002
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x256xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<2x32x16xi32> {tenon.name = "x1", tenon.dtype = "int32"},
    %x2: tensor<2x2x16xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x2x16xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<32xf16> {tenon.name = "x4", tenon.dtype = "float16"},
    %x5: tensor<1x256xbf16> {tenon.name = "x5", tenon.dtype = "bfloat16"},
    %x6: tensor<2x32x16xi32> {tenon.name = "x6", tenon.dtype = "int32"},
    %x7: tensor<2x2x16xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<2x2x16xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<32xbf16> {tenon.name = "x9", tenon.dtype = "bfloat16"},
    %x10: tensor<1x256xf16> {tenon.name = "x10", tenon.dtype = "float16"},
    %x11: tensor<2x64x16xi32> {tenon.name = "x11", tenon.dtype = "int32"},
    %x12: tensor<2x2x16xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<2x2x16xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<32xf16> {tenon.name = "x14", tenon.dtype = "float16"},
    %x15: tensor<1x256xbf16> {tenon.name = "x15", tenon.dtype = "bfloat16"},
    %x16: tensor<2x64x16xi32> {tenon.name = "x16", tenon.dtype = "int32"},
    %x17: tensor<2x2x16xf32> {tenon.name = "x17", tenon.dtype = "float32"},
    %x18: tensor<2x2x16xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<32xbf16> {tenon.name = "x19", tenon.dtype = "bfloat16"})
    -> (
    tensor<1x32xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<1x32xbf16> {tenon.name = "y1", tenon.dtype = "bfloat16"},
    tensor<1x32xf16> {tenon.name = "y2", tenon.dtype = "float16"},
    tensor<1x32xbf16> {tenon.name = "y3", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.quantized_linear %x0, %x1 scale %x2 offset %x3 bias %x4 bits 4 : (tensor<1x256xf16>, tensor<2x32x16xi32>, tensor<2x2x16xf32>, tensor<2x2x16xf32>, tensor<32xf16>) -> tensor<1x32xf16>
  %y1 = tenon.quantized_linear %x5, %x6 scale %x7 offset %x8 bias %x9 bits 4 : (tensor<1x256xbf16>, tensor<2x32x16xi32>, tensor<2x2x16xf32>, tensor<2x2x16xf32>, tensor<32xbf16>) -> tensor<1x32xbf16>
  %y2 = tenon.quantized_linear %x10, %x11 scale %x12 offset %x13 bias %x14 bits 8 : (tensor<1x256xf16>, tensor<2x64x16xi32>, tensor<2x2x16xf32>, tensor<2x2x16xf32>, tensor<32xf16>) -> tensor<1x32xf16>
  %y3 = tenon.quantized_linear %x15, %x16 scale %x17 offset %x18 bias %x19 bits 8 : (tensor<1x256xbf16>, tensor<2x64x16xi32>, tensor<2x2x16xf32>, tensor<2x2x16xf32>, tensor<32xbf16>) -> tensor<1x32xbf16>
  return %y0, %y1, %y2, %y3 : tensor<1x32xf16>, tensor<1x32xbf16>, tensor<1x32xf16>, tensor<1x32xbf16>
}
