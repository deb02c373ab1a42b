// A few queries: blocks of keys, the last one short or not, all that may hide keys; enough of them to be split.
// RUN: tenon-run %s --inputs %p/Inputs/few-queries.inputs.safetensors \
// RUN:   --expect %p/Inputs/few-queries.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x4x2x4xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x2x64x4xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x2x64x6xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2xi64> {tenon.name = "x3", tenon.dtype = "int64"},
    %x4: tensor<2xi64> {tenon.name = "x4", tenon.dtype = "int64"},
    %x5: tensor<2x4x2x64xi1> {tenon.name = "x5", tenon.dtype = "bool"},
    %x6: tensor<2x4x2x64xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<2x64xi1> {tenon.name = "x7", tenon.dtype = "bool"},
    %x8: tensor<2x64xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<2x4x1x64xi1> {tenon.name = "x9", tenon.dtype = "bool"},
    %x10: tensor<2x4x1x64xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<1x1x2x1xi1> {tenon.name = "x11", tenon.dtype = "bool"},
    %x12: tensor<1x1x2x1xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<2x55xi1> {tenon.name = "x13", tenon.dtype = "bool"},
    %x14: tensor<2x55xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<2x4x5x4xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<2x2x150x4xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<2x2x150x6xf32> {tenon.name = "x17", tenon.dtype = "float32"},
    %x18: tensor<2xi64> {tenon.name = "x18", tenon.dtype = "int64"},
    %x19: tensor<2xi64> {tenon.name = "x19", tenon.dtype = "int64"},
    %x20: tensor<2x4x5x150xi1> {tenon.name = "x20", tenon.dtype = "bool"},
    %x21: tensor<2x4x5x150xf32> {tenon.name = "x21", tenon.dtype = "float32"},
    %x22: tensor<5x150xi1> {tenon.name = "x22", tenon.dtype = "bool"},
    %x23: tensor<5x150xf32> {tenon.name = "x23", tenon.dtype = "float32"},
    %x24: tensor<2x4x1x150xi1> {tenon.name = "x24", tenon.dtype = "bool"},
    %x25: tensor<2x4x1x150xf32> {tenon.name = "x25", tenon.dtype = "float32"},
    %x26: tensor<1x1x5x1xi1> {tenon.name = "x26", tenon.dtype = "bool"},
    %x27: tensor<1x1x5x1xf32> {tenon.name = "x27", tenon.dtype = "float32"},
    %x28: tensor<5x141xi1> {tenon.name = "x28", tenon.dtype = "bool"},
    %x29: tensor<5x141xf32> {tenon.name = "x29", tenon.dtype = "float32"},
    %x30: tensor<2x4x11x4xf32> {tenon.name = "x30", tenon.dtype = "float32"},
    %x31: tensor<2x2x70x4xf32> {tenon.name = "x31", tenon.dtype = "float32"},
    %x32: tensor<2x2x70x6xf32> {tenon.name = "x32", tenon.dtype = "float32"},
    %x33: tensor<2xi64> {tenon.name = "x33", tenon.dtype = "int64"},
    %x34: tensor<2xi64> {tenon.name = "x34", tenon.dtype = "int64"},
    %x35: tensor<2x4x11x70xi1> {tenon.name = "x35", tenon.dtype = "bool"},
    %x36: tensor<2x4x11x70xf32> {tenon.name = "x36", tenon.dtype = "float32"},
    %x37: tensor<11x70xi1> {tenon.name = "x37", tenon.dtype = "bool"},
    %x38: tensor<11x70xf32> {tenon.name = "x38", tenon.dtype = "float32"},
    %x39: tensor<2x4x1x70xi1> {tenon.name = "x39", tenon.dtype = "bool"},
    %x40: tensor<2x4x1x70xf32> {tenon.name = "x40", tenon.dtype = "float32"},
    %x41: tensor<1x1x11x1xi1> {tenon.name = "x41", tenon.dtype = "bool"},
    %x42: tensor<1x1x11x1xf32> {tenon.name = "x42", tenon.dtype = "float32"},
    %x43: tensor<11x61xi1> {tenon.name = "x43", tenon.dtype = "bool"},
    %x44: tensor<11x61xf32> {tenon.name = "x44", tenon.dtype = "float32"},
    %x45: tensor<1x4x3x4xf32> {tenon.name = "x45", tenon.dtype = "float32"},
    %x46: tensor<1x1x1030x4xf32> {tenon.name = "x46", tenon.dtype = "float32"},
    %x47: tensor<1x1x1030x6xf32> {tenon.name = "x47", tenon.dtype = "float32"},
    %x48: tensor<1xi64> {tenon.name = "x48", tenon.dtype = "int64"},
    %x49: tensor<1xi64> {tenon.name = "x49", tenon.dtype = "int64"},
    %x50: tensor<1x4x3x1030xi1> {tenon.name = "x50", tenon.dtype = "bool"},
    %x51: tensor<1x4x3x1030xf32> {tenon.name = "x51", tenon.dtype = "float32"},
    %x52: tensor<3x1030xi1> {tenon.name = "x52", tenon.dtype = "bool"},
    %x53: tensor<3x1030xf32> {tenon.name = "x53", tenon.dtype = "float32"},
    %x54: tensor<1x4x1x1030xi1> {tenon.name = "x54", tenon.dtype = "bool"},
    %x55: tensor<1x4x1x1030xf32> {tenon.name = "x55", tenon.dtype = "float32"},
    %x56: tensor<1x1x3x1xi1> {tenon.name = "x56", tenon.dtype = "bool"},
    %x57: tensor<1x1x3x1xf32> {tenon.name = "x57", tenon.dtype = "float32"},
    %x58: tensor<3x1021xi1> {tenon.name = "x58", tenon.dtype = "bool"},
    %x59: tensor<3x1021xf32> {tenon.name = "x59", tenon.dtype = "float32"})
    -> (
    tensor<2x4x2x6xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x4x2x6xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x4x2x6xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x4x2x6xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x4x2x6xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x4x2x6xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x4x2x6xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x4x2x6xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x4x2x6xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<2x4x2x6xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<2x4x2x6xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<2x4x2x6xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<2x4x2x6xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<2x4x2x6xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<2x4x2x6xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<2x4x2x6xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y17", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y19", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y20", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y21", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y22", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y23", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y24", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y25", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y26", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y27", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y28", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y29", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y30", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y31", tenon.dtype = "float32"},
    tensor<2x4x11x6xf32> {tenon.name = "y32", tenon.dtype = "float32"},
    tensor<2x4x11x6xf32> {tenon.name = "y33", tenon.dtype = "float32"},
    tensor<2x4x11x6xf32> {tenon.name = "y34", tenon.dtype = "float32"},
    tensor<2x4x11x6xf32> {tenon.name = "y35", tenon.dtype = "float32"},
    tensor<2x4x11x6xf32> {tenon.name = "y36", tenon.dtype = "float32"},
    tensor<2x4x11x6xf32> {tenon.name = "y37", tenon.dtype = "float32"},
    tensor<2x4x11x6xf32> {tenon.name = "y38", tenon.dtype = "float32"},
    tensor<2x4x11x6xf32> {tenon.name = "y39", tenon.dtype = "float32"},
    tensor<2x4x11x6xf32> {tenon.name = "y40", tenon.dtype = "float32"},
    tensor<2x4x11x6xf32> {tenon.name = "y41", tenon.dtype = "float32"},
    tensor<2x4x11x6xf32> {tenon.name = "y42", tenon.dtype = "float32"},
    tensor<2x4x11x6xf32> {tenon.name = "y43", tenon.dtype = "float32"},
    tensor<2x4x11x6xf32> {tenon.name = "y44", tenon.dtype = "float32"},
    tensor<2x4x11x6xf32> {tenon.name = "y45", tenon.dtype = "float32"},
    tensor<2x4x11x6xf32> {tenon.name = "y46", tenon.dtype = "float32"},
    tensor<2x4x11x6xf32> {tenon.name = "y47", tenon.dtype = "float32"},
    tensor<1x4x3x6xf32> {tenon.name = "y48", tenon.dtype = "float32"},
    tensor<1x4x3x6xf32> {tenon.name = "y49", tenon.dtype = "float32"},
    tensor<1x4x3x6xf32> {tenon.name = "y50", tenon.dtype = "float32"},
    tensor<1x4x3x6xf32> {tenon.name = "y51", tenon.dtype = "float32"},
    tensor<1x4x3x6xf32> {tenon.name = "y52", tenon.dtype = "float32"},
    tensor<1x4x3x6xf32> {tenon.name = "y53", tenon.dtype = "float32"},
    tensor<1x4x3x6xf32> {tenon.name = "y54", tenon.dtype = "float32"},
    tensor<1x4x3x6xf32> {tenon.name = "y55", tenon.dtype = "float32"},
    tensor<1x4x3x6xf32> {tenon.name = "y56", tenon.dtype = "float32"},
    tensor<1x4x3x6xf32> {tenon.name = "y57", tenon.dtype = "float32"},
    tensor<1x4x3x6xf32> {tenon.name = "y58", tenon.dtype = "float32"},
    tensor<1x4x3x6xf32> {tenon.name = "y59", tenon.dtype = "float32"},
    tensor<1x4x3x6xf32> {tenon.name = "y60", tenon.dtype = "float32"},
    tensor<1x4x3x6xf32> {tenon.name = "y61", tenon.dtype = "float32"},
    tensor<1x4x3x6xf32> {tenon.name = "y62", tenon.dtype = "float32"},
    tensor<1x4x3x6xf32> {tenon.name = "y63", tenon.dtype = "float32"}) {
  %y0 = tenon.attention %x0, %x1, %x2 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x2x4xf32>, tensor<2x2x64x4xf32>, tensor<2x2x64x6xf32>) -> tensor<2x4x2x6xf32>
  %y1 = tenon.attention %x0, %x1, %x2 valid_lengths %x3 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x2x4xf32>, tensor<2x2x64x4xf32>, tensor<2x2x64x6xf32>, tensor<2xi64>) -> tensor<2x4x2x6xf32>
  %y2 = tenon.attention %x0, %x1, %x2 valid_lengths %x4 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>, softcap = 2.0 : f64} : (tensor<2x4x2x4xf32>, tensor<2x2x64x4xf32>, tensor<2x2x64x6xf32>, tensor<2xi64>) -> tensor<2x4x2x6xf32>
  %y3 = tenon.attention %x0, %x1, %x2 valid_lengths %x4 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>, window = 32} : (tensor<2x4x2x4xf32>, tensor<2x2x64x4xf32>, tensor<2x2x64x6xf32>, tensor<2xi64>) -> tensor<2x4x2x6xf32>
  %y4 = tenon.attention %x0, %x1, %x2 valid_lengths %x4 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>, window = 2} : (tensor<2x4x2x4xf32>, tensor<2x2x64x4xf32>, tensor<2x2x64x6xf32>, tensor<2xi64>) -> tensor<2x4x2x6xf32>
  %y5 = tenon.attention %x0, %x1, %x2 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>, window = 3, scale = -0.5 : f64} : (tensor<2x4x2x4xf32>, tensor<2x2x64x4xf32>, tensor<2x2x64x6xf32>) -> tensor<2x4x2x6xf32>
  %y6 = tenon.attention %x0, %x1, %x2 mask %x5 valid_lengths %x4 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x2x4xf32>, tensor<2x2x64x4xf32>, tensor<2x2x64x6xf32>, tensor<2x4x2x64xi1>, tensor<2xi64>) -> tensor<2x4x2x6xf32>
  %y7 = tenon.attention %x0, %x1, %x2 mask %x6 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x2x4xf32>, tensor<2x2x64x4xf32>, tensor<2x2x64x6xf32>, tensor<2x4x2x64xf32>) -> tensor<2x4x2x6xf32>
  %y8 = tenon.attention %x0, %x1, %x2 mask %x7 valid_lengths %x4 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x2x4xf32>, tensor<2x2x64x4xf32>, tensor<2x2x64x6xf32>, tensor<2x64xi1>, tensor<2xi64>) -> tensor<2x4x2x6xf32>
  %y9 = tenon.attention %x0, %x1, %x2 mask %x8 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x2x4xf32>, tensor<2x2x64x4xf32>, tensor<2x2x64x6xf32>, tensor<2x64xf32>) -> tensor<2x4x2x6xf32>
  %y10 = tenon.attention %x0, %x1, %x2 mask %x9 valid_lengths %x4 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x2x4xf32>, tensor<2x2x64x4xf32>, tensor<2x2x64x6xf32>, tensor<2x4x1x64xi1>, tensor<2xi64>) -> tensor<2x4x2x6xf32>
  %y11 = tenon.attention %x0, %x1, %x2 mask %x10 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x2x4xf32>, tensor<2x2x64x4xf32>, tensor<2x2x64x6xf32>, tensor<2x4x1x64xf32>) -> tensor<2x4x2x6xf32>
  %y12 = tenon.attention %x0, %x1, %x2 mask %x11 valid_lengths %x4 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x2x4xf32>, tensor<2x2x64x4xf32>, tensor<2x2x64x6xf32>, tensor<1x1x2x1xi1>, tensor<2xi64>) -> tensor<2x4x2x6xf32>
  %y13 = tenon.attention %x0, %x1, %x2 mask %x12 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x2x4xf32>, tensor<2x2x64x4xf32>, tensor<2x2x64x6xf32>, tensor<1x1x2x1xf32>) -> tensor<2x4x2x6xf32>
  %y14 = tenon.attention %x0, %x1, %x2 mask %x13 valid_lengths %x4 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x2x4xf32>, tensor<2x2x64x4xf32>, tensor<2x2x64x6xf32>, tensor<2x55xi1>, tensor<2xi64>) -> tensor<2x4x2x6xf32>
  %y15 = tenon.attention %x0, %x1, %x2 mask %x14 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x2x4xf32>, tensor<2x2x64x4xf32>, tensor<2x2x64x6xf32>, tensor<2x55xf32>) -> tensor<2x4x2x6xf32>
  %y16 = tenon.attention %x15, %x16, %x17 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x5x4xf32>, tensor<2x2x150x4xf32>, tensor<2x2x150x6xf32>) -> tensor<2x4x5x6xf32>
  %y17 = tenon.attention %x15, %x16, %x17 valid_lengths %x18 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x5x4xf32>, tensor<2x2x150x4xf32>, tensor<2x2x150x6xf32>, tensor<2xi64>) -> tensor<2x4x5x6xf32>
  %y18 = tenon.attention %x15, %x16, %x17 valid_lengths %x19 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>, softcap = 2.0 : f64} : (tensor<2x4x5x4xf32>, tensor<2x2x150x4xf32>, tensor<2x2x150x6xf32>, tensor<2xi64>) -> tensor<2x4x5x6xf32>
  %y19 = tenon.attention %x15, %x16, %x17 valid_lengths %x19 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>, window = 75} : (tensor<2x4x5x4xf32>, tensor<2x2x150x4xf32>, tensor<2x2x150x6xf32>, tensor<2xi64>) -> tensor<2x4x5x6xf32>
  %y20 = tenon.attention %x15, %x16, %x17 valid_lengths %x19 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>, window = 2} : (tensor<2x4x5x4xf32>, tensor<2x2x150x4xf32>, tensor<2x2x150x6xf32>, tensor<2xi64>) -> tensor<2x4x5x6xf32>
  %y21 = tenon.attention %x15, %x16, %x17 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>, window = 3, scale = -0.5 : f64} : (tensor<2x4x5x4xf32>, tensor<2x2x150x4xf32>, tensor<2x2x150x6xf32>) -> tensor<2x4x5x6xf32>
  %y22 = tenon.attention %x15, %x16, %x17 mask %x20 valid_lengths %x19 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x5x4xf32>, tensor<2x2x150x4xf32>, tensor<2x2x150x6xf32>, tensor<2x4x5x150xi1>, tensor<2xi64>) -> tensor<2x4x5x6xf32>
  %y23 = tenon.attention %x15, %x16, %x17 mask %x21 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x5x4xf32>, tensor<2x2x150x4xf32>, tensor<2x2x150x6xf32>, tensor<2x4x5x150xf32>) -> tensor<2x4x5x6xf32>
  %y24 = tenon.attention %x15, %x16, %x17 mask %x22 valid_lengths %x19 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x5x4xf32>, tensor<2x2x150x4xf32>, tensor<2x2x150x6xf32>, tensor<5x150xi1>, tensor<2xi64>) -> tensor<2x4x5x6xf32>
  %y25 = tenon.attention %x15, %x16, %x17 mask %x23 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x5x4xf32>, tensor<2x2x150x4xf32>, tensor<2x2x150x6xf32>, tensor<5x150xf32>) -> tensor<2x4x5x6xf32>
  %y26 = tenon.attention %x15, %x16, %x17 mask %x24 valid_lengths %x19 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x5x4xf32>, tensor<2x2x150x4xf32>, tensor<2x2x150x6xf32>, tensor<2x4x1x150xi1>, tensor<2xi64>) -> tensor<2x4x5x6xf32>
  %y27 = tenon.attention %x15, %x16, %x17 mask %x25 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x5x4xf32>, tensor<2x2x150x4xf32>, tensor<2x2x150x6xf32>, tensor<2x4x1x150xf32>) -> tensor<2x4x5x6xf32>
  %y28 = tenon.attention %x15, %x16, %x17 mask %x26 valid_lengths %x19 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x5x4xf32>, tensor<2x2x150x4xf32>, tensor<2x2x150x6xf32>, tensor<1x1x5x1xi1>, tensor<2xi64>) -> tensor<2x4x5x6xf32>
  %y29 = tenon.attention %x15, %x16, %x17 mask %x27 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x5x4xf32>, tensor<2x2x150x4xf32>, tensor<2x2x150x6xf32>, tensor<1x1x5x1xf32>) -> tensor<2x4x5x6xf32>
  %y30 = tenon.attention %x15, %x16, %x17 mask %x28 valid_lengths %x19 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x5x4xf32>, tensor<2x2x150x4xf32>, tensor<2x2x150x6xf32>, tensor<5x141xi1>, tensor<2xi64>) -> tensor<2x4x5x6xf32>
  %y31 = tenon.attention %x15, %x16, %x17 mask %x29 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x5x4xf32>, tensor<2x2x150x4xf32>, tensor<2x2x150x6xf32>, tensor<5x141xf32>) -> tensor<2x4x5x6xf32>
  %y32 = tenon.attention %x30, %x31, %x32 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x11x4xf32>, tensor<2x2x70x4xf32>, tensor<2x2x70x6xf32>) -> tensor<2x4x11x6xf32>
  %y33 = tenon.attention %x30, %x31, %x32 valid_lengths %x33 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x11x4xf32>, tensor<2x2x70x4xf32>, tensor<2x2x70x6xf32>, tensor<2xi64>) -> tensor<2x4x11x6xf32>
  %y34 = tenon.attention %x30, %x31, %x32 valid_lengths %x34 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>, softcap = 2.0 : f64} : (tensor<2x4x11x4xf32>, tensor<2x2x70x4xf32>, tensor<2x2x70x6xf32>, tensor<2xi64>) -> tensor<2x4x11x6xf32>
  %y35 = tenon.attention %x30, %x31, %x32 valid_lengths %x34 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>, window = 35} : (tensor<2x4x11x4xf32>, tensor<2x2x70x4xf32>, tensor<2x2x70x6xf32>, tensor<2xi64>) -> tensor<2x4x11x6xf32>
  %y36 = tenon.attention %x30, %x31, %x32 valid_lengths %x34 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>, window = 2} : (tensor<2x4x11x4xf32>, tensor<2x2x70x4xf32>, tensor<2x2x70x6xf32>, tensor<2xi64>) -> tensor<2x4x11x6xf32>
  %y37 = tenon.attention %x30, %x31, %x32 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>, window = 3, scale = -0.5 : f64} : (tensor<2x4x11x4xf32>, tensor<2x2x70x4xf32>, tensor<2x2x70x6xf32>) -> tensor<2x4x11x6xf32>
  %y38 = tenon.attention %x30, %x31, %x32 mask %x35 valid_lengths %x34 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x11x4xf32>, tensor<2x2x70x4xf32>, tensor<2x2x70x6xf32>, tensor<2x4x11x70xi1>, tensor<2xi64>) -> tensor<2x4x11x6xf32>
  %y39 = tenon.attention %x30, %x31, %x32 mask %x36 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x11x4xf32>, tensor<2x2x70x4xf32>, tensor<2x2x70x6xf32>, tensor<2x4x11x70xf32>) -> tensor<2x4x11x6xf32>
  %y40 = tenon.attention %x30, %x31, %x32 mask %x37 valid_lengths %x34 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x11x4xf32>, tensor<2x2x70x4xf32>, tensor<2x2x70x6xf32>, tensor<11x70xi1>, tensor<2xi64>) -> tensor<2x4x11x6xf32>
  %y41 = tenon.attention %x30, %x31, %x32 mask %x38 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x11x4xf32>, tensor<2x2x70x4xf32>, tensor<2x2x70x6xf32>, tensor<11x70xf32>) -> tensor<2x4x11x6xf32>
  %y42 = tenon.attention %x30, %x31, %x32 mask %x39 valid_lengths %x34 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x11x4xf32>, tensor<2x2x70x4xf32>, tensor<2x2x70x6xf32>, tensor<2x4x1x70xi1>, tensor<2xi64>) -> tensor<2x4x11x6xf32>
  %y43 = tenon.attention %x30, %x31, %x32 mask %x40 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x11x4xf32>, tensor<2x2x70x4xf32>, tensor<2x2x70x6xf32>, tensor<2x4x1x70xf32>) -> tensor<2x4x11x6xf32>
  %y44 = tenon.attention %x30, %x31, %x32 mask %x41 valid_lengths %x34 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x11x4xf32>, tensor<2x2x70x4xf32>, tensor<2x2x70x6xf32>, tensor<1x1x11x1xi1>, tensor<2xi64>) -> tensor<2x4x11x6xf32>
  %y45 = tenon.attention %x30, %x31, %x32 mask %x42 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x11x4xf32>, tensor<2x2x70x4xf32>, tensor<2x2x70x6xf32>, tensor<1x1x11x1xf32>) -> tensor<2x4x11x6xf32>
  %y46 = tenon.attention %x30, %x31, %x32 mask %x43 valid_lengths %x34 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x11x4xf32>, tensor<2x2x70x4xf32>, tensor<2x2x70x6xf32>, tensor<11x61xi1>, tensor<2xi64>) -> tensor<2x4x11x6xf32>
  %y47 = tenon.attention %x30, %x31, %x32 mask %x44 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x11x4xf32>, tensor<2x2x70x4xf32>, tensor<2x2x70x6xf32>, tensor<11x61xf32>) -> tensor<2x4x11x6xf32>
  %y48 = tenon.attention %x45, %x46, %x47 {num_heads = 4, num_kv_heads = 1} : (tensor<1x4x3x4xf32>, tensor<1x1x1030x4xf32>, tensor<1x1x1030x6xf32>) -> tensor<1x4x3x6xf32>
  %y49 = tenon.attention %x45, %x46, %x47 valid_lengths %x48 {num_heads = 4, num_kv_heads = 1, causal = #tenon<causal cached>} : (tensor<1x4x3x4xf32>, tensor<1x1x1030x4xf32>, tensor<1x1x1030x6xf32>, tensor<1xi64>) -> tensor<1x4x3x6xf32>
  %y50 = tenon.attention %x45, %x46, %x47 valid_lengths %x49 {num_heads = 4, num_kv_heads = 1, causal = #tenon<causal cached>, softcap = 2.0 : f64} : (tensor<1x4x3x4xf32>, tensor<1x1x1030x4xf32>, tensor<1x1x1030x6xf32>, tensor<1xi64>) -> tensor<1x4x3x6xf32>
  %y51 = tenon.attention %x45, %x46, %x47 valid_lengths %x49 {num_heads = 4, num_kv_heads = 1, causal = #tenon<causal cached>, window = 515} : (tensor<1x4x3x4xf32>, tensor<1x1x1030x4xf32>, tensor<1x1x1030x6xf32>, tensor<1xi64>) -> tensor<1x4x3x6xf32>
  %y52 = tenon.attention %x45, %x46, %x47 valid_lengths %x49 {num_heads = 4, num_kv_heads = 1, causal = #tenon<causal top_left>, window = 2} : (tensor<1x4x3x4xf32>, tensor<1x1x1030x4xf32>, tensor<1x1x1030x6xf32>, tensor<1xi64>) -> tensor<1x4x3x6xf32>
  %y53 = tenon.attention %x45, %x46, %x47 {num_heads = 4, num_kv_heads = 1, causal = #tenon<causal bottom_right>, window = 3, scale = -0.5 : f64} : (tensor<1x4x3x4xf32>, tensor<1x1x1030x4xf32>, tensor<1x1x1030x6xf32>) -> tensor<1x4x3x6xf32>
  %y54 = tenon.attention %x45, %x46, %x47 mask %x50 valid_lengths %x49 {num_heads = 4, num_kv_heads = 1} : (tensor<1x4x3x4xf32>, tensor<1x1x1030x4xf32>, tensor<1x1x1030x6xf32>, tensor<1x4x3x1030xi1>, tensor<1xi64>) -> tensor<1x4x3x6xf32>
  %y55 = tenon.attention %x45, %x46, %x47 mask %x51 {num_heads = 4, num_kv_heads = 1, causal = #tenon<causal bottom_right>} : (tensor<1x4x3x4xf32>, tensor<1x1x1030x4xf32>, tensor<1x1x1030x6xf32>, tensor<1x4x3x1030xf32>) -> tensor<1x4x3x6xf32>
  %y56 = tenon.attention %x45, %x46, %x47 mask %x52 valid_lengths %x49 {num_heads = 4, num_kv_heads = 1} : (tensor<1x4x3x4xf32>, tensor<1x1x1030x4xf32>, tensor<1x1x1030x6xf32>, tensor<3x1030xi1>, tensor<1xi64>) -> tensor<1x4x3x6xf32>
  %y57 = tenon.attention %x45, %x46, %x47 mask %x53 {num_heads = 4, num_kv_heads = 1, causal = #tenon<causal bottom_right>} : (tensor<1x4x3x4xf32>, tensor<1x1x1030x4xf32>, tensor<1x1x1030x6xf32>, tensor<3x1030xf32>) -> tensor<1x4x3x6xf32>
  %y58 = tenon.attention %x45, %x46, %x47 mask %x54 valid_lengths %x49 {num_heads = 4, num_kv_heads = 1} : (tensor<1x4x3x4xf32>, tensor<1x1x1030x4xf32>, tensor<1x1x1030x6xf32>, tensor<1x4x1x1030xi1>, tensor<1xi64>) -> tensor<1x4x3x6xf32>
  %y59 = tenon.attention %x45, %x46, %x47 mask %x55 {num_heads = 4, num_kv_heads = 1, causal = #tenon<causal bottom_right>} : (tensor<1x4x3x4xf32>, tensor<1x1x1030x4xf32>, tensor<1x1x1030x6xf32>, tensor<1x4x1x1030xf32>) -> tensor<1x4x3x6xf32>
  %y60 = tenon.attention %x45, %x46, %x47 mask %x56 valid_lengths %x49 {num_heads = 4, num_kv_heads = 1} : (tensor<1x4x3x4xf32>, tensor<1x1x1030x4xf32>, tensor<1x1x1030x6xf32>, tensor<1x1x3x1xi1>, tensor<1xi64>) -> tensor<1x4x3x6xf32>
  %y61 = tenon.attention %x45, %x46, %x47 mask %x57 {num_heads = 4, num_kv_heads = 1, causal = #tenon<causal bottom_right>} : (tensor<1x4x3x4xf32>, tensor<1x1x1030x4xf32>, tensor<1x1x1030x6xf32>, tensor<1x1x3x1xf32>) -> tensor<1x4x3x6xf32>
  %y62 = tenon.attention %x45, %x46, %x47 mask %x58 valid_lengths %x49 {num_heads = 4, num_kv_heads = 1} : (tensor<1x4x3x4xf32>, tensor<1x1x1030x4xf32>, tensor<1x1x1030x6xf32>, tensor<3x1021xi1>, tensor<1xi64>) -> tensor<1x4x3x6xf32>
  %y63 = tenon.attention %x45, %x46, %x47 mask %x59 {num_heads = 4, num_kv_heads = 1, causal = #tenon<causal bottom_right>} : (tensor<1x4x3x4xf32>, tensor<1x1x1030x4xf32>, tensor<1x1x1030x6xf32>, tensor<3x1021xf32>) -> tensor<1x4x3x6xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24, %y25, %y26, %y27, %y28, %y29, %y30, %y31, %y32, %y33, %y34, %y35, %y36, %y37, %y38, %y39, %y40, %y41, %y42, %y43, %y44, %y45, %y46, %y47, %y48, %y49, %y50, %y51, %y52, %y53, %y54, %y55, %y56, %y57, %y58, %y59, %y60, %y61, %y62, %y63 : tensor<2x4x2x6xf32>, tensor<2x4x2x6xf32>, tensor<2x4x2x6xf32>, tensor<2x4x2x6xf32>, tensor<2x4x2x6xf32>, tensor<2x4x2x6xf32>, tensor<2x4x2x6xf32>, tensor<2x4x2x6xf32>, tensor<2x4x2x6xf32>, tensor<2x4x2x6xf32>, tensor<2x4x2x6xf32>, tensor<2x4x2x6xf32>, tensor<2x4x2x6xf32>, tensor<2x4x2x6xf32>, tensor<2x4x2x6xf32>, tensor<2x4x2x6xf32>, tensor<2x4x5x6xf32>, tensor<2x4x5x6xf32>, tensor<2x4x5x6xf32>, tensor<2x4x5x6xf32>, tensor<2x4x5x6xf32>, tensor<2x4x5x6xf32>, tensor<2x4x5x6xf32>, tensor<2x4x5x6xf32>, tensor<2x4x5x6xf32>, tensor<2x4x5x6xf32>, tensor<2x4x5x6xf32>, tensor<2x4x5x6xf32>, tensor<2x4x5x6xf32>, tensor<2x4x5x6xf32>, tensor<2x4x5x6xf32>, tensor<2x4x5x6xf32>, tensor<2x4x11x6xf32>, tensor<2x4x11x6xf32>, tensor<2x4x11x6xf32>, tensor<2x4x11x6xf32>, tensor<2x4x11x6xf32>, tensor<2x4x11x6xf32>, tensor<2x4x11x6xf32>, tensor<2x4x11x6xf32>, tensor<2x4x11x6xf32>, tensor<2x4x11x6xf32>, tensor<2x4x11x6xf32>, tensor<2x4x11x6xf32>, tensor<2x4x11x6xf32>, tensor<2x4x11x6xf32>, tensor<2x4x11x6xf32>, tensor<2x4x11x6xf32>, tensor<1x4x3x6xf32>, tensor<1x4x3x6xf32>, tensor<1x4x3x6xf32>, tensor<1x4x3x6xf32>, tensor<1x4x3x6xf32>, tensor<1x4x3x6xf32>, tensor<1x4x3x6xf32>, tensor<1x4x3x6xf32>, tensor<1x4x3x6xf32>, tensor<1x4x3x6xf32>, tensor<1x4x3x6xf32>, tensor<1x4x3x6xf32>, tensor<1x4x3x6xf32>, tensor<1x4x3x6xf32>, tensor<1x4x3x6xf32>, tensor<1x4x3x6xf32>
}
