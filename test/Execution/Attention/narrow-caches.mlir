// Caches of other floats, and of i8 with scales of a row's groups, are read as they are kept.
// RUN: tenon-run %s --inputs %p/Inputs/narrow-caches.inputs.safetensors \
// RUN:   --expect %p/Inputs/narrow-caches.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x4x1x16xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x2x9x16xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<2x2x9x16xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<2xi64> {tenon.name = "x3", tenon.dtype = "int64"},
    %x4: tensor<2x4x1x16xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<2x2x9x16xbf16> {tenon.name = "x5", tenon.dtype = "bfloat16"},
    %x6: tensor<2x2x9x16xbf16> {tenon.name = "x6", tenon.dtype = "bfloat16"},
    %x7: tensor<2xi64> {tenon.name = "x7", tenon.dtype = "int64"},
    %x8: tensor<2x4x1x16xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<2x2x9x16xf64> {tenon.name = "x9", tenon.dtype = "float64"},
    %x10: tensor<2x2x9x16xf64> {tenon.name = "x10", tenon.dtype = "float64"},
    %x11: tensor<2xi64> {tenon.name = "x11", tenon.dtype = "int64"},
    %x12: tensor<2x4x1x16xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<2x2x9x16xi8> {tenon.name = "x13", tenon.dtype = "int8"},
    %x14: tensor<2x2x9x16xi8> {tenon.name = "x14", tenon.dtype = "int8"},
    %x15: tensor<2xi64> {tenon.name = "x15", tenon.dtype = "int64"},
    %x16: tensor<2x2x9x1xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<2x2x9x1xf32> {tenon.name = "x17", tenon.dtype = "float32"},
    %x18: tensor<2x8x1x16xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<2x2x600x16xf16> {tenon.name = "x19", tenon.dtype = "float16"},
    %x20: tensor<2x2x600x16xf16> {tenon.name = "x20", tenon.dtype = "float16"},
    %x21: tensor<2xi64> {tenon.name = "x21", tenon.dtype = "int64"},
    %x22: tensor<2x8x1x16xf32> {tenon.name = "x22", tenon.dtype = "float32"},
    %x23: tensor<2x2x600x16xbf16> {tenon.name = "x23", tenon.dtype = "bfloat16"},
    %x24: tensor<2x2x600x16xbf16> {tenon.name = "x24", tenon.dtype = "bfloat16"},
    %x25: tensor<2xi64> {tenon.name = "x25", tenon.dtype = "int64"},
    %x26: tensor<2x8x1x16xf32> {tenon.name = "x26", tenon.dtype = "float32"},
    %x27: tensor<2x2x600x16xf64> {tenon.name = "x27", tenon.dtype = "float64"},
    %x28: tensor<2x2x600x16xf64> {tenon.name = "x28", tenon.dtype = "float64"},
    %x29: tensor<2xi64> {tenon.name = "x29", tenon.dtype = "int64"},
    %x30: tensor<2x8x1x16xf32> {tenon.name = "x30", tenon.dtype = "float32"},
    %x31: tensor<2x2x600x16xi8> {tenon.name = "x31", tenon.dtype = "int8"},
    %x32: tensor<2x2x600x16xi8> {tenon.name = "x32", tenon.dtype = "int8"},
    %x33: tensor<2xi64> {tenon.name = "x33", tenon.dtype = "int64"},
    %x34: tensor<2x2x600x1xf32> {tenon.name = "x34", tenon.dtype = "float32"},
    %x35: tensor<2x2x600x4xf32> {tenon.name = "x35", tenon.dtype = "float32"},
    %x36: tensor<2x4x3x16xf32> {tenon.name = "x36", tenon.dtype = "float32"},
    %x37: tensor<2x4x20x16xf16> {tenon.name = "x37", tenon.dtype = "float16"},
    %x38: tensor<2x4x20x16xf16> {tenon.name = "x38", tenon.dtype = "float16"},
    %x39: tensor<2xi64> {tenon.name = "x39", tenon.dtype = "int64"},
    %x40: tensor<2x4x3x16xf32> {tenon.name = "x40", tenon.dtype = "float32"},
    %x41: tensor<2x4x20x16xbf16> {tenon.name = "x41", tenon.dtype = "bfloat16"},
    %x42: tensor<2x4x20x16xbf16> {tenon.name = "x42", tenon.dtype = "bfloat16"},
    %x43: tensor<2xi64> {tenon.name = "x43", tenon.dtype = "int64"},
    %x44: tensor<2x4x3x16xf32> {tenon.name = "x44", tenon.dtype = "float32"},
    %x45: tensor<2x4x20x16xf64> {tenon.name = "x45", tenon.dtype = "float64"},
    %x46: tensor<2x4x20x16xf64> {tenon.name = "x46", tenon.dtype = "float64"},
    %x47: tensor<2xi64> {tenon.name = "x47", tenon.dtype = "int64"},
    %x48: tensor<2x4x3x16xf32> {tenon.name = "x48", tenon.dtype = "float32"},
    %x49: tensor<2x4x20x16xi8> {tenon.name = "x49", tenon.dtype = "int8"},
    %x50: tensor<2x4x20x16xi8> {tenon.name = "x50", tenon.dtype = "int8"},
    %x51: tensor<2xi64> {tenon.name = "x51", tenon.dtype = "int64"},
    %x52: tensor<2x4x20x2xf32> {tenon.name = "x52", tenon.dtype = "float32"},
    %x53: tensor<2x4x20x1xf32> {tenon.name = "x53", tenon.dtype = "float32"},
    %x54: tensor<2x4x20x16xf32> {tenon.name = "x54", tenon.dtype = "float32"},
    %x55: tensor<2x2x150x16xf16> {tenon.name = "x55", tenon.dtype = "float16"},
    %x56: tensor<2x2x150x16xf16> {tenon.name = "x56", tenon.dtype = "float16"},
    %x57: tensor<2xi64> {tenon.name = "x57", tenon.dtype = "int64"},
    %x58: tensor<2x4x20x16xf32> {tenon.name = "x58", tenon.dtype = "float32"},
    %x59: tensor<2x2x150x16xbf16> {tenon.name = "x59", tenon.dtype = "bfloat16"},
    %x60: tensor<2x2x150x16xbf16> {tenon.name = "x60", tenon.dtype = "bfloat16"},
    %x61: tensor<2xi64> {tenon.name = "x61", tenon.dtype = "int64"},
    %x62: tensor<2x4x20x16xf32> {tenon.name = "x62", tenon.dtype = "float32"},
    %x63: tensor<2x2x150x16xf64> {tenon.name = "x63", tenon.dtype = "float64"},
    %x64: tensor<2x2x150x16xf64> {tenon.name = "x64", tenon.dtype = "float64"},
    %x65: tensor<2xi64> {tenon.name = "x65", tenon.dtype = "int64"},
    %x66: tensor<2x4x20x16xf32> {tenon.name = "x66", tenon.dtype = "float32"},
    %x67: tensor<2x2x150x16xi8> {tenon.name = "x67", tenon.dtype = "int8"},
    %x68: tensor<2x2x150x16xi8> {tenon.name = "x68", tenon.dtype = "int8"},
    %x69: tensor<2xi64> {tenon.name = "x69", tenon.dtype = "int64"},
    %x70: tensor<2x2x150x8xf32> {tenon.name = "x70", tenon.dtype = "float32"},
    %x71: tensor<2x2x150x2xf32> {tenon.name = "x71", tenon.dtype = "float32"},
    %x72: tensor<2x2x20x16xf32> {tenon.name = "x72", tenon.dtype = "float32"},
    %x73: tensor<2x2x30x16xf16> {tenon.name = "x73", tenon.dtype = "float16"},
    %x74: tensor<2x2x30x16xf16> {tenon.name = "x74", tenon.dtype = "float16"},
    %x75: tensor<2xi64> {tenon.name = "x75", tenon.dtype = "int64"},
    %x76: tensor<2x2x20x16xf32> {tenon.name = "x76", tenon.dtype = "float32"},
    %x77: tensor<2x2x30x16xbf16> {tenon.name = "x77", tenon.dtype = "bfloat16"},
    %x78: tensor<2x2x30x16xbf16> {tenon.name = "x78", tenon.dtype = "bfloat16"},
    %x79: tensor<2xi64> {tenon.name = "x79", tenon.dtype = "int64"},
    %x80: tensor<2x2x20x16xf32> {tenon.name = "x80", tenon.dtype = "float32"},
    %x81: tensor<2x2x30x16xf64> {tenon.name = "x81", tenon.dtype = "float64"},
    %x82: tensor<2x2x30x16xf64> {tenon.name = "x82", tenon.dtype = "float64"},
    %x83: tensor<2xi64> {tenon.name = "x83", tenon.dtype = "int64"},
    %x84: tensor<2x2x20x16xf32> {tenon.name = "x84", tenon.dtype = "float32"},
    %x85: tensor<2x2x30x16xi8> {tenon.name = "x85", tenon.dtype = "int8"},
    %x86: tensor<2x2x30x16xi8> {tenon.name = "x86", tenon.dtype = "int8"},
    %x87: tensor<2xi64> {tenon.name = "x87", tenon.dtype = "int64"},
    %x88: tensor<2x2x30x1xf32> {tenon.name = "x88", tenon.dtype = "float32"},
    %x89: tensor<2x2x30x1xf32> {tenon.name = "x89", tenon.dtype = "float32"})
    -> (
    tensor<2x4x1x16xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x4x1x16xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x4x1x16xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x4x1x16xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x8x1x16xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x8x1x16xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x8x1x16xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x8x1x16xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x4x3x16xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<2x4x3x16xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<2x4x3x16xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<2x4x3x16xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<2x4x20x16xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<2x4x20x16xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<2x4x20x16xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<2x4x20x16xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<2x2x20x16xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<2x2x20x16xf32> {tenon.name = "y17", tenon.dtype = "float32"},
    tensor<2x2x20x16xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<2x2x20x16xf32> {tenon.name = "y19", tenon.dtype = "float32"}) {
  %y0 = tenon.attention %x0, %x1, %x2 valid_lengths %x3 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x16xf32>, tensor<2x2x9x16xf16>, tensor<2x2x9x16xf16>, tensor<2xi64>) -> tensor<2x4x1x16xf32>
  %y1 = tenon.attention %x4, %x5, %x6 valid_lengths %x7 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x16xf32>, tensor<2x2x9x16xbf16>, tensor<2x2x9x16xbf16>, tensor<2xi64>) -> tensor<2x4x1x16xf32>
  %y2 = tenon.attention %x8, %x9, %x10 valid_lengths %x11 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x16xf32>, tensor<2x2x9x16xf64>, tensor<2x2x9x16xf64>, tensor<2xi64>) -> tensor<2x4x1x16xf32>
  %y3 = tenon.attention %x12, %x13, %x14 valid_lengths %x15 scales %x16, %x17 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x16xf32>, tensor<2x2x9x16xi8>, tensor<2x2x9x16xi8>, tensor<2xi64>, tensor<2x2x9x1xf32>, tensor<2x2x9x1xf32>) -> tensor<2x4x1x16xf32>
  %y4 = tenon.attention %x18, %x19, %x20 valid_lengths %x21 {num_heads = 8, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x8x1x16xf32>, tensor<2x2x600x16xf16>, tensor<2x2x600x16xf16>, tensor<2xi64>) -> tensor<2x8x1x16xf32>
  %y5 = tenon.attention %x22, %x23, %x24 valid_lengths %x25 {num_heads = 8, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x8x1x16xf32>, tensor<2x2x600x16xbf16>, tensor<2x2x600x16xbf16>, tensor<2xi64>) -> tensor<2x8x1x16xf32>
  %y6 = tenon.attention %x26, %x27, %x28 valid_lengths %x29 {num_heads = 8, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x8x1x16xf32>, tensor<2x2x600x16xf64>, tensor<2x2x600x16xf64>, tensor<2xi64>) -> tensor<2x8x1x16xf32>
  %y7 = tenon.attention %x30, %x31, %x32 valid_lengths %x33 scales %x34, %x35 {num_heads = 8, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x8x1x16xf32>, tensor<2x2x600x16xi8>, tensor<2x2x600x16xi8>, tensor<2xi64>, tensor<2x2x600x1xf32>, tensor<2x2x600x4xf32>) -> tensor<2x8x1x16xf32>
  %y8 = tenon.attention %x36, %x37, %x38 valid_lengths %x39 {num_heads = 4, num_kv_heads = 4, causal = #tenon<causal cached>} : (tensor<2x4x3x16xf32>, tensor<2x4x20x16xf16>, tensor<2x4x20x16xf16>, tensor<2xi64>) -> tensor<2x4x3x16xf32>
  %y9 = tenon.attention %x40, %x41, %x42 valid_lengths %x43 {num_heads = 4, num_kv_heads = 4, causal = #tenon<causal cached>} : (tensor<2x4x3x16xf32>, tensor<2x4x20x16xbf16>, tensor<2x4x20x16xbf16>, tensor<2xi64>) -> tensor<2x4x3x16xf32>
  %y10 = tenon.attention %x44, %x45, %x46 valid_lengths %x47 {num_heads = 4, num_kv_heads = 4, causal = #tenon<causal cached>} : (tensor<2x4x3x16xf32>, tensor<2x4x20x16xf64>, tensor<2x4x20x16xf64>, tensor<2xi64>) -> tensor<2x4x3x16xf32>
  %y11 = tenon.attention %x48, %x49, %x50 valid_lengths %x51 scales %x52, %x53 {num_heads = 4, num_kv_heads = 4, causal = #tenon<causal cached>} : (tensor<2x4x3x16xf32>, tensor<2x4x20x16xi8>, tensor<2x4x20x16xi8>, tensor<2xi64>, tensor<2x4x20x2xf32>, tensor<2x4x20x1xf32>) -> tensor<2x4x3x16xf32>
  %y12 = tenon.attention %x54, %x55, %x56 valid_lengths %x57 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x20x16xf32>, tensor<2x2x150x16xf16>, tensor<2x2x150x16xf16>, tensor<2xi64>) -> tensor<2x4x20x16xf32>
  %y13 = tenon.attention %x58, %x59, %x60 valid_lengths %x61 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x20x16xf32>, tensor<2x2x150x16xbf16>, tensor<2x2x150x16xbf16>, tensor<2xi64>) -> tensor<2x4x20x16xf32>
  %y14 = tenon.attention %x62, %x63, %x64 valid_lengths %x65 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x20x16xf32>, tensor<2x2x150x16xf64>, tensor<2x2x150x16xf64>, tensor<2xi64>) -> tensor<2x4x20x16xf32>
  %y15 = tenon.attention %x66, %x67, %x68 valid_lengths %x69 scales %x70, %x71 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x20x16xf32>, tensor<2x2x150x16xi8>, tensor<2x2x150x16xi8>, tensor<2xi64>, tensor<2x2x150x8xf32>, tensor<2x2x150x2xf32>) -> tensor<2x4x20x16xf32>
  %y16 = tenon.attention %x72, %x73, %x74 valid_lengths %x75 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x2x20x16xf32>, tensor<2x2x30x16xf16>, tensor<2x2x30x16xf16>, tensor<2xi64>) -> tensor<2x2x20x16xf32>
  %y17 = tenon.attention %x76, %x77, %x78 valid_lengths %x79 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x2x20x16xf32>, tensor<2x2x30x16xbf16>, tensor<2x2x30x16xbf16>, tensor<2xi64>) -> tensor<2x2x20x16xf32>
  %y18 = tenon.attention %x80, %x81, %x82 valid_lengths %x83 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x2x20x16xf32>, tensor<2x2x30x16xf64>, tensor<2x2x30x16xf64>, tensor<2xi64>) -> tensor<2x2x20x16xf32>
  %y19 = tenon.attention %x84, %x85, %x86 valid_lengths %x87 scales %x88, %x89 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x2x20x16xf32>, tensor<2x2x30x16xi8>, tensor<2x2x30x16xi8>, tensor<2xi64>, tensor<2x2x30x1xf32>, tensor<2x2x30x1xf32>) -> tensor<2x2x20x16xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19 : tensor<2x4x1x16xf32>, tensor<2x4x1x16xf32>, tensor<2x4x1x16xf32>, tensor<2x4x1x16xf32>, tensor<2x8x1x16xf32>, tensor<2x8x1x16xf32>, tensor<2x8x1x16xf32>, tensor<2x8x1x16xf32>, tensor<2x4x3x16xf32>, tensor<2x4x3x16xf32>, tensor<2x4x3x16xf32>, tensor<2x4x3x16xf32>, tensor<2x4x20x16xf32>, tensor<2x4x20x16xf32>, tensor<2x4x20x16xf32>, tensor<2x4x20x16xf32>, tensor<2x2x20x16xf32>, tensor<2x2x20x16xf32>, tensor<2x2x20x16xf32>, tensor<2x2x20x16xf32>
}
