// Weights in 16 bits under inputs in f32: few rows and many, one panel and several.
// RUN: tenon-run %s --inputs %p/Inputs/packed-narrow-weights.inputs.safetensors \
// RUN:   --expect %p/Inputs/packed-narrow-weights.expected.safetensors --rtol 0.0001 --atol 0.0001
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x96xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<4x96x16xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<64xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<1x37xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<3x37x8xf16> {tenon.name = "x4", tenon.dtype = "float16"},
    %x5: tensor<7x64xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<1x64x16xf16> {tenon.name = "x6", tenon.dtype = "float16"},
    %x7: tensor<16xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<13x33xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<5x33x16xf16> {tenon.name = "x9", tenon.dtype = "float16"},
    %x10: tensor<80xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<100x64xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<3x64x16xf16> {tenon.name = "x12", tenon.dtype = "float16"},
    %x13: tensor<25x300xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<2x300x8xf16> {tenon.name = "x14", tenon.dtype = "float16"},
    %x15: tensor<16xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<1x96xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<4x96x16xbf16> {tenon.name = "x17", tenon.dtype = "bfloat16"},
    %x18: tensor<64xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<1x37xf32> {tenon.name = "x19", tenon.dtype = "float32"},
    %x20: tensor<3x37x8xbf16> {tenon.name = "x20", tenon.dtype = "bfloat16"},
    %x21: tensor<7x64xf32> {tenon.name = "x21", tenon.dtype = "float32"},
    %x22: tensor<1x64x16xbf16> {tenon.name = "x22", tenon.dtype = "bfloat16"},
    %x23: tensor<16xf32> {tenon.name = "x23", tenon.dtype = "float32"},
    %x24: tensor<13x33xf32> {tenon.name = "x24", tenon.dtype = "float32"},
    %x25: tensor<5x33x16xbf16> {tenon.name = "x25", tenon.dtype = "bfloat16"},
    %x26: tensor<80xf32> {tenon.name = "x26", tenon.dtype = "float32"},
    %x27: tensor<100x64xf32> {tenon.name = "x27", tenon.dtype = "float32"},
    %x28: tensor<3x64x16xbf16> {tenon.name = "x28", tenon.dtype = "bfloat16"},
    %x29: tensor<25x300xf32> {tenon.name = "x29", tenon.dtype = "float32"},
    %x30: tensor<2x300x8xbf16> {tenon.name = "x30", tenon.dtype = "bfloat16"},
    %x31: tensor<16xf32> {tenon.name = "x31", tenon.dtype = "float32"})
    -> (
    tensor<1x64xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x24xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<7x16xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<13x80xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<100x48xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<25x16xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<1x64xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<1x24xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<7x16xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<13x80xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<100x48xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<25x16xf32> {tenon.name = "y11", tenon.dtype = "float32"}) {
  %y0 = tenon.packed_linear %x0, %x1, %x2 : (tensor<1x96xf32>, tensor<4x96x16xf16>, tensor<64xf32>) -> tensor<1x64xf32>
  %y1 = tenon.packed_linear %x3, %x4 : (tensor<1x37xf32>, tensor<3x37x8xf16>) -> tensor<1x24xf32>
  %y2 = tenon.packed_linear %x5, %x6, %x7 : (tensor<7x64xf32>, tensor<1x64x16xf16>, tensor<16xf32>) -> tensor<7x16xf32>
  %y3 = tenon.packed_linear %x8, %x9, %x10 : (tensor<13x33xf32>, tensor<5x33x16xf16>, tensor<80xf32>) -> tensor<13x80xf32>
  %y4 = tenon.packed_linear %x11, %x12 : (tensor<100x64xf32>, tensor<3x64x16xf16>) -> tensor<100x48xf32>
  %y5 = tenon.packed_linear %x13, %x14, %x15 : (tensor<25x300xf32>, tensor<2x300x8xf16>, tensor<16xf32>) -> tensor<25x16xf32>
  %y6 = tenon.packed_linear %x16, %x17, %x18 : (tensor<1x96xf32>, tensor<4x96x16xbf16>, tensor<64xf32>) -> tensor<1x64xf32>
  %y7 = tenon.packed_linear %x19, %x20 : (tensor<1x37xf32>, tensor<3x37x8xbf16>) -> tensor<1x24xf32>
  %y8 = tenon.packed_linear %x21, %x22, %x23 : (tensor<7x64xf32>, tensor<1x64x16xbf16>, tensor<16xf32>) -> tensor<7x16xf32>
  %y9 = tenon.packed_linear %x24, %x25, %x26 : (tensor<13x33xf32>, tensor<5x33x16xbf16>, tensor<80xf32>) -> tensor<13x80xf32>
  %y10 = tenon.packed_linear %x27, %x28 : (tensor<100x64xf32>, tensor<3x64x16xbf16>) -> tensor<100x48xf32>
  %y11 = tenon.packed_linear %x29, %x30, %x31 : (tensor<25x300xf32>, tensor<2x300x8xbf16>, tensor<16xf32>) -> tensor<25x16xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11 : tensor<1x64xf32>, tensor<1x24xf32>, tensor<7x16xf32>, tensor<13x80xf32>, tensor<100x48xf32>, tensor<25x16xf32>, tensor<1x64xf32>, tensor<1x24xf32>, tensor<7x16xf32>, tensor<13x80xf32>, tensor<100x48xf32>, tensor<25x16xf32>
}
