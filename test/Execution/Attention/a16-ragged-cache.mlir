// A16: rows of unequal prompts write behind their own last token, and turn by the position they write.
// RUN: tenon-run %s --inputs %p/Inputs/a16-ragged-cache.inputs.safetensors \
// RUN:   --expect %p/Inputs/a16-ragged-cache.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<8x4xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<8x4xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<3x4xi64> {tenon.name = "x2", tenon.dtype = "int64"},
    %x3: tensor<3x4x4x8xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<3x2x4x8xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<3x2x4x8xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<3x2x8x8xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<3x2x4x3xi64> {tenon.name = "x7", tenon.dtype = "int64"},
    %x8: tensor<3x2x8x8xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<3x2x4x3xi64> {tenon.name = "x9", tenon.dtype = "int64"},
    %x10: tensor<3x1xi64> {tenon.name = "x10", tenon.dtype = "int64"},
    %x11: tensor<3x4x1x8xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<3x2x1x8xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<3x2x1x8xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<3x2x1x3xi64> {tenon.name = "x14", tenon.dtype = "int64"},
    %x15: tensor<3x2x1x3xi64> {tenon.name = "x15", tenon.dtype = "int64"},
    %x16: tensor<3xi64> {tenon.name = "x16", tenon.dtype = "int64"},
    %x17: tensor<3x1xi64> {tenon.name = "x17", tenon.dtype = "int64"},
    %x18: tensor<3x4x1x8xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<3x2x1x8xf32> {tenon.name = "x19", tenon.dtype = "float32"},
    %x20: tensor<3x2x1x8xf32> {tenon.name = "x20", tenon.dtype = "float32"},
    %x21: tensor<3x2x1x3xi64> {tenon.name = "x21", tenon.dtype = "int64"},
    %x22: tensor<3x2x1x3xi64> {tenon.name = "x22", tenon.dtype = "int64"},
    %x23: tensor<3xi64> {tenon.name = "x23", tenon.dtype = "int64"},
    %x24: tensor<3x1xi64> {tenon.name = "x24", tenon.dtype = "int64"},
    %x25: tensor<3x4x1x8xf32> {tenon.name = "x25", tenon.dtype = "float32"},
    %x26: tensor<3x2x1x8xf32> {tenon.name = "x26", tenon.dtype = "float32"},
    %x27: tensor<3x2x1x8xf32> {tenon.name = "x27", tenon.dtype = "float32"},
    %x28: tensor<3x2x8x8xf32> {tenon.name = "x28", tenon.dtype = "float32"},
    %x29: tensor<3x2x1x3xi64> {tenon.name = "x29", tenon.dtype = "int64"},
    %x30: tensor<3x2x8x8xf32> {tenon.name = "x30", tenon.dtype = "float32"},
    %x31: tensor<3x2x1x3xi64> {tenon.name = "x31", tenon.dtype = "int64"},
    %x32: tensor<3x1xi64> {tenon.name = "x32", tenon.dtype = "int64"},
    %x33: tensor<3x4x1x8xf32> {tenon.name = "x33", tenon.dtype = "float32"},
    %x34: tensor<3x2x1x8xf32> {tenon.name = "x34", tenon.dtype = "float32"},
    %x35: tensor<3x2x1x8xf32> {tenon.name = "x35", tenon.dtype = "float32"},
    %x36: tensor<3x2x1x3xi64> {tenon.name = "x36", tenon.dtype = "int64"},
    %x37: tensor<3x2x1x3xi64> {tenon.name = "x37", tenon.dtype = "int64"},
    %x38: tensor<3xi64> {tenon.name = "x38", tenon.dtype = "int64"},
    %x39: tensor<3x1xi64> {tenon.name = "x39", tenon.dtype = "int64"},
    %x40: tensor<3x4x1x8xf32> {tenon.name = "x40", tenon.dtype = "float32"},
    %x41: tensor<3x2x1x8xf32> {tenon.name = "x41", tenon.dtype = "float32"},
    %x42: tensor<3x2x1x8xf32> {tenon.name = "x42", tenon.dtype = "float32"},
    %x43: tensor<3x2x1x3xi64> {tenon.name = "x43", tenon.dtype = "int64"},
    %x44: tensor<3x2x1x3xi64> {tenon.name = "x44", tenon.dtype = "int64"},
    %x45: tensor<3xi64> {tenon.name = "x45", tenon.dtype = "int64"},
    %x46: tensor<3x1xi64> {tenon.name = "x46", tenon.dtype = "int64"},
    %x47: tensor<3x4x1x8xf32> {tenon.name = "x47", tenon.dtype = "float32"},
    %x48: tensor<3x2x1x8xf32> {tenon.name = "x48", tenon.dtype = "float32"},
    %x49: tensor<3x2x1x8xf32> {tenon.name = "x49", tenon.dtype = "float32"},
    %x50: tensor<3x2x1x3xi64> {tenon.name = "x50", tenon.dtype = "int64"},
    %x51: tensor<3x2x1x3xi64> {tenon.name = "x51", tenon.dtype = "int64"},
    %x52: tensor<3xi64> {tenon.name = "x52", tenon.dtype = "int64"},
    %x53: tensor<3x1xi64> {tenon.name = "x53", tenon.dtype = "int64"},
    %x54: tensor<3x4x1x8xf32> {tenon.name = "x54", tenon.dtype = "float32"},
    %x55: tensor<3x2x1x8xf32> {tenon.name = "x55", tenon.dtype = "float32"},
    %x56: tensor<3x2x1x8xf32> {tenon.name = "x56", tenon.dtype = "float32"},
    %x57: tensor<3x2x1x3xi64> {tenon.name = "x57", tenon.dtype = "int64"},
    %x58: tensor<3x2x1x3xi64> {tenon.name = "x58", tenon.dtype = "int64"},
    %x59: tensor<3xi64> {tenon.name = "x59", tenon.dtype = "int64"},
    %x60: tensor<3x1xi64> {tenon.name = "x60", tenon.dtype = "int64"},
    %x61: tensor<3x4x1x8xf32> {tenon.name = "x61", tenon.dtype = "float32"},
    %x62: tensor<3x2x1x8xf32> {tenon.name = "x62", tenon.dtype = "float32"},
    %x63: tensor<3x2x1x8xf32> {tenon.name = "x63", tenon.dtype = "float32"},
    %x64: tensor<3x2x1x3xi64> {tenon.name = "x64", tenon.dtype = "int64"},
    %x65: tensor<3x2x1x3xi64> {tenon.name = "x65", tenon.dtype = "int64"},
    %x66: tensor<3xi64> {tenon.name = "x66", tenon.dtype = "int64"},
    %x67: tensor<3x3xi64> {tenon.name = "x67", tenon.dtype = "int64"},
    %x68: tensor<3x4x3x8xf32> {tenon.name = "x68", tenon.dtype = "float32"},
    %x69: tensor<3x2x3x8xf32> {tenon.name = "x69", tenon.dtype = "float32"},
    %x70: tensor<3x2x3x8xf32> {tenon.name = "x70", tenon.dtype = "float32"},
    %x71: tensor<3x2x8x8xf32> {tenon.name = "x71", tenon.dtype = "float32"},
    %x72: tensor<3x2x3x3xi64> {tenon.name = "x72", tenon.dtype = "int64"},
    %x73: tensor<3x2x8x8xf32> {tenon.name = "x73", tenon.dtype = "float32"},
    %x74: tensor<3x2x3x3xi64> {tenon.name = "x74", tenon.dtype = "int64"},
    %x75: tensor<3x1xi64> {tenon.name = "x75", tenon.dtype = "int64"},
    %x76: tensor<3x4x1x8xf32> {tenon.name = "x76", tenon.dtype = "float32"},
    %x77: tensor<3x2x1x8xf32> {tenon.name = "x77", tenon.dtype = "float32"},
    %x78: tensor<3x2x1x8xf32> {tenon.name = "x78", tenon.dtype = "float32"},
    %x79: tensor<3x2x1x3xi64> {tenon.name = "x79", tenon.dtype = "int64"},
    %x80: tensor<3x2x1x3xi64> {tenon.name = "x80", tenon.dtype = "int64"},
    %x81: tensor<3xi64> {tenon.name = "x81", tenon.dtype = "int64"},
    %x82: tensor<3x1xi64> {tenon.name = "x82", tenon.dtype = "int64"},
    %x83: tensor<3x4x1x8xf32> {tenon.name = "x83", tenon.dtype = "float32"},
    %x84: tensor<3x2x1x8xf32> {tenon.name = "x84", tenon.dtype = "float32"},
    %x85: tensor<3x2x1x8xf32> {tenon.name = "x85", tenon.dtype = "float32"},
    %x86: tensor<3x2x1x3xi64> {tenon.name = "x86", tenon.dtype = "int64"},
    %x87: tensor<3x2x1x3xi64> {tenon.name = "x87", tenon.dtype = "int64"},
    %x88: tensor<3xi64> {tenon.name = "x88", tenon.dtype = "int64"},
    %x89: tensor<3x1xi64> {tenon.name = "x89", tenon.dtype = "int64"},
    %x90: tensor<3x4x1x8xf32> {tenon.name = "x90", tenon.dtype = "float32"},
    %x91: tensor<3x2x1x8xf32> {tenon.name = "x91", tenon.dtype = "float32"},
    %x92: tensor<3x2x1x8xf32> {tenon.name = "x92", tenon.dtype = "float32"},
    %x93: tensor<3x2x1x3xi64> {tenon.name = "x93", tenon.dtype = "int64"},
    %x94: tensor<3x2x1x3xi64> {tenon.name = "x94", tenon.dtype = "int64"},
    %x95: tensor<3xi64> {tenon.name = "x95", tenon.dtype = "int64"})
    -> (
    tensor<3x4x4x8xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<3x2x4x8xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<3x4x4x8xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<3x2x1x8xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<3x2x1x8xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<3x2x1x8xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y17", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y19", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y20", tenon.dtype = "float32"},
    tensor<3x2x1x8xf32> {tenon.name = "y21", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y22", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y23", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y24", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y25", tenon.dtype = "float32"},
    tensor<3x2x1x8xf32> {tenon.name = "y26", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y27", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y28", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y29", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y30", tenon.dtype = "float32"},
    tensor<3x2x1x8xf32> {tenon.name = "y31", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y32", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y33", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y34", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y35", tenon.dtype = "float32"},
    tensor<3x2x1x8xf32> {tenon.name = "y36", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y37", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y38", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y39", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y40", tenon.dtype = "float32"},
    tensor<3x2x1x8xf32> {tenon.name = "y41", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y42", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y43", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y44", tenon.dtype = "float32"},
    tensor<3x4x3x8xf32> {tenon.name = "y45", tenon.dtype = "float32"},
    tensor<3x2x3x8xf32> {tenon.name = "y46", tenon.dtype = "float32"},
    tensor<3x4x3x8xf32> {tenon.name = "y47", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y48", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y49", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y50", tenon.dtype = "float32"},
    tensor<3x2x1x8xf32> {tenon.name = "y51", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y52", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y53", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y54", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y55", tenon.dtype = "float32"},
    tensor<3x2x1x8xf32> {tenon.name = "y56", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y57", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y58", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y59", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y60", tenon.dtype = "float32"},
    tensor<3x2x1x8xf32> {tenon.name = "y61", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y62", tenon.dtype = "float32"},
    tensor<3x2x8x8xf32> {tenon.name = "y63", tenon.dtype = "float32"},
    tensor<3x4x1x8xf32> {tenon.name = "y64", tenon.dtype = "float32"}) {
  %y0 = tenon.rope %x3, %x0, %x1 positions %x2 {rotary_dim = 8} : (tensor<3x4x4x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x4xi64>) -> tensor<3x4x4x8xf32>
  %y1 = tenon.rope %x4, %x0, %x1 positions %x2 {rotary_dim = 8} : (tensor<3x2x4x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x4xi64>) -> tensor<3x2x4x8xf32>
  %y2 = tenon.attention %y0, %y1, %x5 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<3x4x4x8xf32>, tensor<3x2x4x8xf32>, tensor<3x2x4x8xf32>) -> tensor<3x4x4x8xf32>
  %y3 = tenon.scatter_nd %x6, %x7, %y1 : (tensor<3x2x8x8xf32>, tensor<3x2x4x3xi64>, tensor<3x2x4x8xf32>) -> tensor<3x2x8x8xf32>
  %y4 = tenon.scatter_nd %x8, %x9, %x5 : (tensor<3x2x8x8xf32>, tensor<3x2x4x3xi64>, tensor<3x2x4x8xf32>) -> tensor<3x2x8x8xf32>
  %y5 = tenon.rope %x11, %x0, %x1 positions %x10 {rotary_dim = 8} : (tensor<3x4x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x4x1x8xf32>
  %y6 = tenon.rope %x12, %x0, %x1 positions %x10 {rotary_dim = 8} : (tensor<3x2x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x2x1x8xf32>
  %y7 = tenon.scatter_nd %y3, %x14, %y6 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y8 = tenon.scatter_nd %y4, %x15, %x13 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y9 = tenon.attention %y5, %y7, %y8 valid_lengths %x16 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<3x4x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3xi64>) -> tensor<3x4x1x8xf32>
  %y10 = tenon.rope %x18, %x0, %x1 positions %x17 {rotary_dim = 8} : (tensor<3x4x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x4x1x8xf32>
  %y11 = tenon.rope %x19, %x0, %x1 positions %x17 {rotary_dim = 8} : (tensor<3x2x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x2x1x8xf32>
  %y12 = tenon.scatter_nd %y7, %x21, %y11 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y13 = tenon.scatter_nd %y8, %x22, %x20 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y14 = tenon.attention %y10, %y12, %y13 valid_lengths %x23 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<3x4x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3xi64>) -> tensor<3x4x1x8xf32>
  %y15 = tenon.rope %x25, %x0, %x1 positions %x24 {rotary_dim = 8} : (tensor<3x4x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x4x1x8xf32>
  %y16 = tenon.rope %x26, %x0, %x1 positions %x24 {rotary_dim = 8} : (tensor<3x2x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x2x1x8xf32>
  %y17 = tenon.attention %y15, %y16, %x27 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<3x4x1x8xf32>, tensor<3x2x1x8xf32>, tensor<3x2x1x8xf32>) -> tensor<3x4x1x8xf32>
  %y18 = tenon.scatter_nd %x28, %x29, %y16 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y19 = tenon.scatter_nd %x30, %x31, %x27 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y20 = tenon.rope %x33, %x0, %x1 positions %x32 {rotary_dim = 8} : (tensor<3x4x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x4x1x8xf32>
  %y21 = tenon.rope %x34, %x0, %x1 positions %x32 {rotary_dim = 8} : (tensor<3x2x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x2x1x8xf32>
  %y22 = tenon.scatter_nd %y18, %x36, %y21 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y23 = tenon.scatter_nd %y19, %x37, %x35 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y24 = tenon.attention %y20, %y22, %y23 valid_lengths %x38 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<3x4x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3xi64>) -> tensor<3x4x1x8xf32>
  %y25 = tenon.rope %x40, %x0, %x1 positions %x39 {rotary_dim = 8} : (tensor<3x4x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x4x1x8xf32>
  %y26 = tenon.rope %x41, %x0, %x1 positions %x39 {rotary_dim = 8} : (tensor<3x2x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x2x1x8xf32>
  %y27 = tenon.scatter_nd %y22, %x43, %y26 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y28 = tenon.scatter_nd %y23, %x44, %x42 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y29 = tenon.attention %y25, %y27, %y28 valid_lengths %x45 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<3x4x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3xi64>) -> tensor<3x4x1x8xf32>
  %y30 = tenon.rope %x47, %x0, %x1 positions %x46 {rotary_dim = 8} : (tensor<3x4x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x4x1x8xf32>
  %y31 = tenon.rope %x48, %x0, %x1 positions %x46 {rotary_dim = 8} : (tensor<3x2x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x2x1x8xf32>
  %y32 = tenon.scatter_nd %y27, %x50, %y31 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y33 = tenon.scatter_nd %y28, %x51, %x49 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y34 = tenon.attention %y30, %y32, %y33 valid_lengths %x52 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<3x4x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3xi64>) -> tensor<3x4x1x8xf32>
  %y35 = tenon.rope %x54, %x0, %x1 positions %x53 {rotary_dim = 8} : (tensor<3x4x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x4x1x8xf32>
  %y36 = tenon.rope %x55, %x0, %x1 positions %x53 {rotary_dim = 8} : (tensor<3x2x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x2x1x8xf32>
  %y37 = tenon.scatter_nd %y32, %x57, %y36 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y38 = tenon.scatter_nd %y33, %x58, %x56 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y39 = tenon.attention %y35, %y37, %y38 valid_lengths %x59 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<3x4x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3xi64>) -> tensor<3x4x1x8xf32>
  %y40 = tenon.rope %x61, %x0, %x1 positions %x60 {rotary_dim = 8} : (tensor<3x4x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x4x1x8xf32>
  %y41 = tenon.rope %x62, %x0, %x1 positions %x60 {rotary_dim = 8} : (tensor<3x2x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x2x1x8xf32>
  %y42 = tenon.scatter_nd %y37, %x64, %y41 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y43 = tenon.scatter_nd %y38, %x65, %x63 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y44 = tenon.attention %y40, %y42, %y43 valid_lengths %x66 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<3x4x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3xi64>) -> tensor<3x4x1x8xf32>
  %y45 = tenon.rope %x68, %x0, %x1 positions %x67 {rotary_dim = 8} : (tensor<3x4x3x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x3xi64>) -> tensor<3x4x3x8xf32>
  %y46 = tenon.rope %x69, %x0, %x1 positions %x67 {rotary_dim = 8} : (tensor<3x2x3x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x3xi64>) -> tensor<3x2x3x8xf32>
  %y47 = tenon.attention %y45, %y46, %x70 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<3x4x3x8xf32>, tensor<3x2x3x8xf32>, tensor<3x2x3x8xf32>) -> tensor<3x4x3x8xf32>
  %y48 = tenon.scatter_nd %x71, %x72, %y46 : (tensor<3x2x8x8xf32>, tensor<3x2x3x3xi64>, tensor<3x2x3x8xf32>) -> tensor<3x2x8x8xf32>
  %y49 = tenon.scatter_nd %x73, %x74, %x70 : (tensor<3x2x8x8xf32>, tensor<3x2x3x3xi64>, tensor<3x2x3x8xf32>) -> tensor<3x2x8x8xf32>
  %y50 = tenon.rope %x76, %x0, %x1 positions %x75 {rotary_dim = 8} : (tensor<3x4x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x4x1x8xf32>
  %y51 = tenon.rope %x77, %x0, %x1 positions %x75 {rotary_dim = 8} : (tensor<3x2x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x2x1x8xf32>
  %y52 = tenon.scatter_nd %y48, %x79, %y51 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y53 = tenon.scatter_nd %y49, %x80, %x78 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y54 = tenon.attention %y50, %y52, %y53 valid_lengths %x81 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<3x4x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3xi64>) -> tensor<3x4x1x8xf32>
  %y55 = tenon.rope %x83, %x0, %x1 positions %x82 {rotary_dim = 8} : (tensor<3x4x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x4x1x8xf32>
  %y56 = tenon.rope %x84, %x0, %x1 positions %x82 {rotary_dim = 8} : (tensor<3x2x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x2x1x8xf32>
  %y57 = tenon.scatter_nd %y52, %x86, %y56 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y58 = tenon.scatter_nd %y53, %x87, %x85 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y59 = tenon.attention %y55, %y57, %y58 valid_lengths %x88 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<3x4x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3xi64>) -> tensor<3x4x1x8xf32>
  %y60 = tenon.rope %x90, %x0, %x1 positions %x89 {rotary_dim = 8} : (tensor<3x4x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x4x1x8xf32>
  %y61 = tenon.rope %x91, %x0, %x1 positions %x89 {rotary_dim = 8} : (tensor<3x2x1x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>, tensor<3x1xi64>) -> tensor<3x2x1x8xf32>
  %y62 = tenon.scatter_nd %y57, %x93, %y61 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y63 = tenon.scatter_nd %y58, %x94, %x92 : (tensor<3x2x8x8xf32>, tensor<3x2x1x3xi64>, tensor<3x2x1x8xf32>) -> tensor<3x2x8x8xf32>
  %y64 = tenon.attention %y60, %y62, %y63 valid_lengths %x95 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<3x4x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3xi64>) -> tensor<3x4x1x8xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24, %y25, %y26, %y27, %y28, %y29, %y30, %y31, %y32, %y33, %y34, %y35, %y36, %y37, %y38, %y39, %y40, %y41, %y42, %y43, %y44, %y45, %y46, %y47, %y48, %y49, %y50, %y51, %y52, %y53, %y54, %y55, %y56, %y57, %y58, %y59, %y60, %y61, %y62, %y63, %y64 : tensor<3x4x4x8xf32>, tensor<3x2x4x8xf32>, tensor<3x4x4x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3x4x1x8xf32>, tensor<3x2x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3x4x1x8xf32>, tensor<3x4x1x8xf32>, tensor<3x2x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3x4x1x8xf32>, tensor<3x4x1x8xf32>, tensor<3x2x1x8xf32>, tensor<3x4x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3x4x1x8xf32>, tensor<3x2x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3x4x1x8xf32>, tensor<3x4x1x8xf32>, tensor<3x2x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3x4x1x8xf32>, tensor<3x4x1x8xf32>, tensor<3x2x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3x4x1x8xf32>, tensor<3x4x1x8xf32>, tensor<3x2x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3x4x1x8xf32>, tensor<3x4x1x8xf32>, tensor<3x2x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3x4x1x8xf32>, tensor<3x4x3x8xf32>, tensor<3x2x3x8xf32>, tensor<3x4x3x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3x4x1x8xf32>, tensor<3x2x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3x4x1x8xf32>, tensor<3x4x1x8xf32>, tensor<3x2x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3x4x1x8xf32>, tensor<3x4x1x8xf32>, tensor<3x2x1x8xf32>, tensor<3x2x8x8xf32>, tensor<3x2x8x8xf32>, tensor<3x4x1x8xf32>
}
