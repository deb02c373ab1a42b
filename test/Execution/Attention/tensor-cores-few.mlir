// Few queries there: the heads of a group are rows of one tile, which all warps share.
// RUN: tenon-run %s --inputs %p/Inputs/tensor-cores-few.inputs.safetensors \
// RUN:   --expect %p/Inputs/tensor-cores-few.expected.safetensors --rtol 0.02 --atol 0.01
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x4x1x32xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<2x2x70x32xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<2x2x70x16xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<2xi64> {tenon.name = "x3", tenon.dtype = "int64"},
    %x4: tensor<2xi64> {tenon.name = "x4", tenon.dtype = "int64"},
    %x5: tensor<2x4x1x70xi1> {tenon.name = "x5", tenon.dtype = "bool"},
    %x6: tensor<2x4x1x70xf16> {tenon.name = "x6", tenon.dtype = "float16"},
    %x7: tensor<1x1x1x1xi1> {tenon.name = "x7", tenon.dtype = "bool"},
    %x8: tensor<1x1x1x1xf16> {tenon.name = "x8", tenon.dtype = "float16"},
    %x9: tensor<1x61xi1> {tenon.name = "x9", tenon.dtype = "bool"},
    %x10: tensor<1x61xf16> {tenon.name = "x10", tenon.dtype = "float16"},
    %x11: tensor<2x6x5x16xf16> {tenon.name = "x11", tenon.dtype = "float16"},
    %x12: tensor<2x1x130x16xf16> {tenon.name = "x12", tenon.dtype = "float16"},
    %x13: tensor<2x1x130x80xf16> {tenon.name = "x13", tenon.dtype = "float16"},
    %x14: tensor<2xi64> {tenon.name = "x14", tenon.dtype = "int64"},
    %x15: tensor<2xi64> {tenon.name = "x15", tenon.dtype = "int64"},
    %x16: tensor<2x6x5x130xi1> {tenon.name = "x16", tenon.dtype = "bool"},
    %x17: tensor<2x6x5x130xf16> {tenon.name = "x17", tenon.dtype = "float16"},
    %x18: tensor<1x1x5x1xi1> {tenon.name = "x18", tenon.dtype = "bool"},
    %x19: tensor<1x1x5x1xf16> {tenon.name = "x19", tenon.dtype = "float16"},
    %x20: tensor<5x121xi1> {tenon.name = "x20", tenon.dtype = "bool"},
    %x21: tensor<5x121xf16> {tenon.name = "x21", tenon.dtype = "float16"},
    %x22: tensor<2x4x96xf16> {tenon.name = "x22", tenon.dtype = "float16"},
    %x23: tensor<2x70x48xf16> {tenon.name = "x23", tenon.dtype = "float16"},
    %x24: tensor<2x70x48xf16> {tenon.name = "x24", tenon.dtype = "float16"},
    %x25: tensor<1x5x15x48xf16> {tenon.name = "x25", tenon.dtype = "float16"},
    %x26: tensor<1x1x40x48xf16> {tenon.name = "x26", tenon.dtype = "float16"},
    %x27: tensor<1x1x40x16xf16> {tenon.name = "x27", tenon.dtype = "float16"},
    %x28: tensor<2x4x1x32xbf16> {tenon.name = "x28", tenon.dtype = "bfloat16"},
    %x29: tensor<2x2x70x32xbf16> {tenon.name = "x29", tenon.dtype = "bfloat16"},
    %x30: tensor<2x2x70x16xbf16> {tenon.name = "x30", tenon.dtype = "bfloat16"},
    %x31: tensor<2xi64> {tenon.name = "x31", tenon.dtype = "int64"},
    %x32: tensor<2xi64> {tenon.name = "x32", tenon.dtype = "int64"},
    %x33: tensor<2x4x1x70xi1> {tenon.name = "x33", tenon.dtype = "bool"},
    %x34: tensor<2x4x1x70xbf16> {tenon.name = "x34", tenon.dtype = "bfloat16"},
    %x35: tensor<1x1x1x1xi1> {tenon.name = "x35", tenon.dtype = "bool"},
    %x36: tensor<1x1x1x1xbf16> {tenon.name = "x36", tenon.dtype = "bfloat16"},
    %x37: tensor<1x61xi1> {tenon.name = "x37", tenon.dtype = "bool"},
    %x38: tensor<1x61xbf16> {tenon.name = "x38", tenon.dtype = "bfloat16"},
    %x39: tensor<2x6x5x16xbf16> {tenon.name = "x39", tenon.dtype = "bfloat16"},
    %x40: tensor<2x1x130x16xbf16> {tenon.name = "x40", tenon.dtype = "bfloat16"},
    %x41: tensor<2x1x130x80xbf16> {tenon.name = "x41", tenon.dtype = "bfloat16"},
    %x42: tensor<2xi64> {tenon.name = "x42", tenon.dtype = "int64"},
    %x43: tensor<2xi64> {tenon.name = "x43", tenon.dtype = "int64"},
    %x44: tensor<2x6x5x130xi1> {tenon.name = "x44", tenon.dtype = "bool"},
    %x45: tensor<2x6x5x130xbf16> {tenon.name = "x45", tenon.dtype = "bfloat16"},
    %x46: tensor<1x1x5x1xi1> {tenon.name = "x46", tenon.dtype = "bool"},
    %x47: tensor<1x1x5x1xbf16> {tenon.name = "x47", tenon.dtype = "bfloat16"},
    %x48: tensor<5x121xi1> {tenon.name = "x48", tenon.dtype = "bool"},
    %x49: tensor<5x121xbf16> {tenon.name = "x49", tenon.dtype = "bfloat16"},
    %x50: tensor<2x4x96xbf16> {tenon.name = "x50", tenon.dtype = "bfloat16"},
    %x51: tensor<2x70x48xbf16> {tenon.name = "x51", tenon.dtype = "bfloat16"},
    %x52: tensor<2x70x48xbf16> {tenon.name = "x52", tenon.dtype = "bfloat16"},
    %x53: tensor<1x5x15x48xbf16> {tenon.name = "x53", tenon.dtype = "bfloat16"},
    %x54: tensor<1x1x40x48xbf16> {tenon.name = "x54", tenon.dtype = "bfloat16"},
    %x55: tensor<1x1x40x16xbf16> {tenon.name = "x55", tenon.dtype = "bfloat16"})
    -> (
    tensor<2x4x1x16xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<2x4x1x16xf16> {tenon.name = "y1", tenon.dtype = "float16"},
    tensor<2x4x1x16xf16> {tenon.name = "y2", tenon.dtype = "float16"},
    tensor<2x4x1x16xf16> {tenon.name = "y3", tenon.dtype = "float16"},
    tensor<2x4x1x16xf16> {tenon.name = "y4", tenon.dtype = "float16"},
    tensor<2x4x1x16xf16> {tenon.name = "y5", tenon.dtype = "float16"},
    tensor<2x4x1x16xf16> {tenon.name = "y6", tenon.dtype = "float16"},
    tensor<2x4x1x16xf16> {tenon.name = "y7", tenon.dtype = "float16"},
    tensor<2x4x1x16xf16> {tenon.name = "y8", tenon.dtype = "float16"},
    tensor<2x4x1x16xf16> {tenon.name = "y9", tenon.dtype = "float16"},
    tensor<2x4x1x16xf16> {tenon.name = "y10", tenon.dtype = "float16"},
    tensor<2x4x1x16xf16> {tenon.name = "y11", tenon.dtype = "float16"},
    tensor<2x6x5x80xf16> {tenon.name = "y12", tenon.dtype = "float16"},
    tensor<2x6x5x80xf16> {tenon.name = "y13", tenon.dtype = "float16"},
    tensor<2x6x5x80xf16> {tenon.name = "y14", tenon.dtype = "float16"},
    tensor<2x6x5x80xf16> {tenon.name = "y15", tenon.dtype = "float16"},
    tensor<2x6x5x80xf16> {tenon.name = "y16", tenon.dtype = "float16"},
    tensor<2x6x5x80xf16> {tenon.name = "y17", tenon.dtype = "float16"},
    tensor<2x6x5x80xf16> {tenon.name = "y18", tenon.dtype = "float16"},
    tensor<2x6x5x80xf16> {tenon.name = "y19", tenon.dtype = "float16"},
    tensor<2x6x5x80xf16> {tenon.name = "y20", tenon.dtype = "float16"},
    tensor<2x6x5x80xf16> {tenon.name = "y21", tenon.dtype = "float16"},
    tensor<2x6x5x80xf16> {tenon.name = "y22", tenon.dtype = "float16"},
    tensor<2x6x5x80xf16> {tenon.name = "y23", tenon.dtype = "float16"},
    tensor<2x4x96xf16> {tenon.name = "y24", tenon.dtype = "float16"},
    tensor<1x5x15x16xf16> {tenon.name = "y25", tenon.dtype = "float16"},
    tensor<2x4x1x16xbf16> {tenon.name = "y26", tenon.dtype = "bfloat16"},
    tensor<2x4x1x16xbf16> {tenon.name = "y27", tenon.dtype = "bfloat16"},
    tensor<2x4x1x16xbf16> {tenon.name = "y28", tenon.dtype = "bfloat16"},
    tensor<2x4x1x16xbf16> {tenon.name = "y29", tenon.dtype = "bfloat16"},
    tensor<2x4x1x16xbf16> {tenon.name = "y30", tenon.dtype = "bfloat16"},
    tensor<2x4x1x16xbf16> {tenon.name = "y31", tenon.dtype = "bfloat16"},
    tensor<2x4x1x16xbf16> {tenon.name = "y32", tenon.dtype = "bfloat16"},
    tensor<2x4x1x16xbf16> {tenon.name = "y33", tenon.dtype = "bfloat16"},
    tensor<2x4x1x16xbf16> {tenon.name = "y34", tenon.dtype = "bfloat16"},
    tensor<2x4x1x16xbf16> {tenon.name = "y35", tenon.dtype = "bfloat16"},
    tensor<2x4x1x16xbf16> {tenon.name = "y36", tenon.dtype = "bfloat16"},
    tensor<2x4x1x16xbf16> {tenon.name = "y37", tenon.dtype = "bfloat16"},
    tensor<2x6x5x80xbf16> {tenon.name = "y38", tenon.dtype = "bfloat16"},
    tensor<2x6x5x80xbf16> {tenon.name = "y39", tenon.dtype = "bfloat16"},
    tensor<2x6x5x80xbf16> {tenon.name = "y40", tenon.dtype = "bfloat16"},
    tensor<2x6x5x80xbf16> {tenon.name = "y41", tenon.dtype = "bfloat16"},
    tensor<2x6x5x80xbf16> {tenon.name = "y42", tenon.dtype = "bfloat16"},
    tensor<2x6x5x80xbf16> {tenon.name = "y43", tenon.dtype = "bfloat16"},
    tensor<2x6x5x80xbf16> {tenon.name = "y44", tenon.dtype = "bfloat16"},
    tensor<2x6x5x80xbf16> {tenon.name = "y45", tenon.dtype = "bfloat16"},
    tensor<2x6x5x80xbf16> {tenon.name = "y46", tenon.dtype = "bfloat16"},
    tensor<2x6x5x80xbf16> {tenon.name = "y47", tenon.dtype = "bfloat16"},
    tensor<2x6x5x80xbf16> {tenon.name = "y48", tenon.dtype = "bfloat16"},
    tensor<2x6x5x80xbf16> {tenon.name = "y49", tenon.dtype = "bfloat16"},
    tensor<2x4x96xbf16> {tenon.name = "y50", tenon.dtype = "bfloat16"},
    tensor<1x5x15x16xbf16> {tenon.name = "y51", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.attention %x0, %x1, %x2 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x32xf16>, tensor<2x2x70x32xf16>, tensor<2x2x70x16xf16>) -> tensor<2x4x1x16xf16>
  %y1 = tenon.attention %x0, %x1, %x2 valid_lengths %x4 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x32xf16>, tensor<2x2x70x32xf16>, tensor<2x2x70x16xf16>, tensor<2xi64>) -> tensor<2x4x1x16xf16>
  %y2 = tenon.attention %x0, %x1, %x2 valid_lengths %x3 {num_heads = 4, num_kv_heads = 2, softcap = 2.0 : f64} : (tensor<2x4x1x32xf16>, tensor<2x2x70x32xf16>, tensor<2x2x70x16xf16>, tensor<2xi64>) -> tensor<2x4x1x16xf16>
  %y3 = tenon.attention %x0, %x1, %x2 valid_lengths %x4 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>, window = 35} : (tensor<2x4x1x32xf16>, tensor<2x2x70x32xf16>, tensor<2x2x70x16xf16>, tensor<2xi64>) -> tensor<2x4x1x16xf16>
  %y4 = tenon.attention %x0, %x1, %x2 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>, window = 3, scale = -0.5 : f64} : (tensor<2x4x1x32xf16>, tensor<2x2x70x32xf16>, tensor<2x2x70x16xf16>) -> tensor<2x4x1x16xf16>
  %y5 = tenon.attention %x0, %x1, %x2 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x4x1x32xf16>, tensor<2x2x70x32xf16>, tensor<2x2x70x16xf16>) -> tensor<2x4x1x16xf16>
  %y6 = tenon.attention %x0, %x1, %x2 mask %x5 valid_lengths %x3 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x32xf16>, tensor<2x2x70x32xf16>, tensor<2x2x70x16xf16>, tensor<2x4x1x70xi1>, tensor<2xi64>) -> tensor<2x4x1x16xf16>
  %y7 = tenon.attention %x0, %x1, %x2 mask %x6 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x1x32xf16>, tensor<2x2x70x32xf16>, tensor<2x2x70x16xf16>, tensor<2x4x1x70xf16>) -> tensor<2x4x1x16xf16>
  %y8 = tenon.attention %x0, %x1, %x2 mask %x7 valid_lengths %x3 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x32xf16>, tensor<2x2x70x32xf16>, tensor<2x2x70x16xf16>, tensor<1x1x1x1xi1>, tensor<2xi64>) -> tensor<2x4x1x16xf16>
  %y9 = tenon.attention %x0, %x1, %x2 mask %x8 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x1x32xf16>, tensor<2x2x70x32xf16>, tensor<2x2x70x16xf16>, tensor<1x1x1x1xf16>) -> tensor<2x4x1x16xf16>
  %y10 = tenon.attention %x0, %x1, %x2 mask %x9 valid_lengths %x3 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x32xf16>, tensor<2x2x70x32xf16>, tensor<2x2x70x16xf16>, tensor<1x61xi1>, tensor<2xi64>) -> tensor<2x4x1x16xf16>
  %y11 = tenon.attention %x0, %x1, %x2 mask %x10 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x1x32xf16>, tensor<2x2x70x32xf16>, tensor<2x2x70x16xf16>, tensor<1x61xf16>) -> tensor<2x4x1x16xf16>
  %y12 = tenon.attention %x11, %x12, %x13 {num_heads = 6, num_kv_heads = 1} : (tensor<2x6x5x16xf16>, tensor<2x1x130x16xf16>, tensor<2x1x130x80xf16>) -> tensor<2x6x5x80xf16>
  %y13 = tenon.attention %x11, %x12, %x13 valid_lengths %x15 {num_heads = 6, num_kv_heads = 1, causal = #tenon<causal cached>} : (tensor<2x6x5x16xf16>, tensor<2x1x130x16xf16>, tensor<2x1x130x80xf16>, tensor<2xi64>) -> tensor<2x6x5x80xf16>
  %y14 = tenon.attention %x11, %x12, %x13 valid_lengths %x14 {num_heads = 6, num_kv_heads = 1, softcap = 2.0 : f64} : (tensor<2x6x5x16xf16>, tensor<2x1x130x16xf16>, tensor<2x1x130x80xf16>, tensor<2xi64>) -> tensor<2x6x5x80xf16>
  %y15 = tenon.attention %x11, %x12, %x13 valid_lengths %x15 {num_heads = 6, num_kv_heads = 1, causal = #tenon<causal cached>, window = 65} : (tensor<2x6x5x16xf16>, tensor<2x1x130x16xf16>, tensor<2x1x130x80xf16>, tensor<2xi64>) -> tensor<2x6x5x80xf16>
  %y16 = tenon.attention %x11, %x12, %x13 {num_heads = 6, num_kv_heads = 1, causal = #tenon<causal bottom_right>, window = 3, scale = -0.5 : f64} : (tensor<2x6x5x16xf16>, tensor<2x1x130x16xf16>, tensor<2x1x130x80xf16>) -> tensor<2x6x5x80xf16>
  %y17 = tenon.attention %x11, %x12, %x13 {num_heads = 6, num_kv_heads = 1, causal = #tenon<causal top_left>} : (tensor<2x6x5x16xf16>, tensor<2x1x130x16xf16>, tensor<2x1x130x80xf16>) -> tensor<2x6x5x80xf16>
  %y18 = tenon.attention %x11, %x12, %x13 mask %x16 valid_lengths %x14 {num_heads = 6, num_kv_heads = 1} : (tensor<2x6x5x16xf16>, tensor<2x1x130x16xf16>, tensor<2x1x130x80xf16>, tensor<2x6x5x130xi1>, tensor<2xi64>) -> tensor<2x6x5x80xf16>
  %y19 = tenon.attention %x11, %x12, %x13 mask %x17 {num_heads = 6, num_kv_heads = 1, causal = #tenon<causal bottom_right>} : (tensor<2x6x5x16xf16>, tensor<2x1x130x16xf16>, tensor<2x1x130x80xf16>, tensor<2x6x5x130xf16>) -> tensor<2x6x5x80xf16>
  %y20 = tenon.attention %x11, %x12, %x13 mask %x18 valid_lengths %x14 {num_heads = 6, num_kv_heads = 1} : (tensor<2x6x5x16xf16>, tensor<2x1x130x16xf16>, tensor<2x1x130x80xf16>, tensor<1x1x5x1xi1>, tensor<2xi64>) -> tensor<2x6x5x80xf16>
  %y21 = tenon.attention %x11, %x12, %x13 mask %x19 {num_heads = 6, num_kv_heads = 1, causal = #tenon<causal bottom_right>} : (tensor<2x6x5x16xf16>, tensor<2x1x130x16xf16>, tensor<2x1x130x80xf16>, tensor<1x1x5x1xf16>) -> tensor<2x6x5x80xf16>
  %y22 = tenon.attention %x11, %x12, %x13 mask %x20 valid_lengths %x14 {num_heads = 6, num_kv_heads = 1} : (tensor<2x6x5x16xf16>, tensor<2x1x130x16xf16>, tensor<2x1x130x80xf16>, tensor<5x121xi1>, tensor<2xi64>) -> tensor<2x6x5x80xf16>
  %y23 = tenon.attention %x11, %x12, %x13 mask %x21 {num_heads = 6, num_kv_heads = 1, causal = #tenon<causal bottom_right>} : (tensor<2x6x5x16xf16>, tensor<2x1x130x16xf16>, tensor<2x1x130x80xf16>, tensor<5x121xf16>) -> tensor<2x6x5x80xf16>
  %y24 = tenon.attention %x22, %x23, %x24 {num_heads = 6, num_kv_heads = 3, causal = #tenon<causal bottom_right>} : (tensor<2x4x96xf16>, tensor<2x70x48xf16>, tensor<2x70x48xf16>) -> tensor<2x4x96xf16>
  %y25 = tenon.attention %x25, %x26, %x27 {num_heads = 5, num_kv_heads = 1, causal = #tenon<causal bottom_right>} : (tensor<1x5x15x48xf16>, tensor<1x1x40x48xf16>, tensor<1x1x40x16xf16>) -> tensor<1x5x15x16xf16>
  %y26 = tenon.attention %x28, %x29, %x30 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x32xbf16>, tensor<2x2x70x32xbf16>, tensor<2x2x70x16xbf16>) -> tensor<2x4x1x16xbf16>
  %y27 = tenon.attention %x28, %x29, %x30 valid_lengths %x32 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x32xbf16>, tensor<2x2x70x32xbf16>, tensor<2x2x70x16xbf16>, tensor<2xi64>) -> tensor<2x4x1x16xbf16>
  %y28 = tenon.attention %x28, %x29, %x30 valid_lengths %x31 {num_heads = 4, num_kv_heads = 2, softcap = 2.0 : f64} : (tensor<2x4x1x32xbf16>, tensor<2x2x70x32xbf16>, tensor<2x2x70x16xbf16>, tensor<2xi64>) -> tensor<2x4x1x16xbf16>
  %y29 = tenon.attention %x28, %x29, %x30 valid_lengths %x32 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>, window = 35} : (tensor<2x4x1x32xbf16>, tensor<2x2x70x32xbf16>, tensor<2x2x70x16xbf16>, tensor<2xi64>) -> tensor<2x4x1x16xbf16>
  %y30 = tenon.attention %x28, %x29, %x30 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>, window = 3, scale = -0.5 : f64} : (tensor<2x4x1x32xbf16>, tensor<2x2x70x32xbf16>, tensor<2x2x70x16xbf16>) -> tensor<2x4x1x16xbf16>
  %y31 = tenon.attention %x28, %x29, %x30 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x4x1x32xbf16>, tensor<2x2x70x32xbf16>, tensor<2x2x70x16xbf16>) -> tensor<2x4x1x16xbf16>
  %y32 = tenon.attention %x28, %x29, %x30 mask %x33 valid_lengths %x31 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x32xbf16>, tensor<2x2x70x32xbf16>, tensor<2x2x70x16xbf16>, tensor<2x4x1x70xi1>, tensor<2xi64>) -> tensor<2x4x1x16xbf16>
  %y33 = tenon.attention %x28, %x29, %x30 mask %x34 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x1x32xbf16>, tensor<2x2x70x32xbf16>, tensor<2x2x70x16xbf16>, tensor<2x4x1x70xbf16>) -> tensor<2x4x1x16xbf16>
  %y34 = tenon.attention %x28, %x29, %x30 mask %x35 valid_lengths %x31 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x32xbf16>, tensor<2x2x70x32xbf16>, tensor<2x2x70x16xbf16>, tensor<1x1x1x1xi1>, tensor<2xi64>) -> tensor<2x4x1x16xbf16>
  %y35 = tenon.attention %x28, %x29, %x30 mask %x36 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x1x32xbf16>, tensor<2x2x70x32xbf16>, tensor<2x2x70x16xbf16>, tensor<1x1x1x1xbf16>) -> tensor<2x4x1x16xbf16>
  %y36 = tenon.attention %x28, %x29, %x30 mask %x37 valid_lengths %x31 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x32xbf16>, tensor<2x2x70x32xbf16>, tensor<2x2x70x16xbf16>, tensor<1x61xi1>, tensor<2xi64>) -> tensor<2x4x1x16xbf16>
  %y37 = tenon.attention %x28, %x29, %x30 mask %x38 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<2x4x1x32xbf16>, tensor<2x2x70x32xbf16>, tensor<2x2x70x16xbf16>, tensor<1x61xbf16>) -> tensor<2x4x1x16xbf16>
  %y38 = tenon.attention %x39, %x40, %x41 {num_heads = 6, num_kv_heads = 1} : (tensor<2x6x5x16xbf16>, tensor<2x1x130x16xbf16>, tensor<2x1x130x80xbf16>) -> tensor<2x6x5x80xbf16>
  %y39 = tenon.attention %x39, %x40, %x41 valid_lengths %x43 {num_heads = 6, num_kv_heads = 1, causal = #tenon<causal cached>} : (tensor<2x6x5x16xbf16>, tensor<2x1x130x16xbf16>, tensor<2x1x130x80xbf16>, tensor<2xi64>) -> tensor<2x6x5x80xbf16>
  %y40 = tenon.attention %x39, %x40, %x41 valid_lengths %x42 {num_heads = 6, num_kv_heads = 1, softcap = 2.0 : f64} : (tensor<2x6x5x16xbf16>, tensor<2x1x130x16xbf16>, tensor<2x1x130x80xbf16>, tensor<2xi64>) -> tensor<2x6x5x80xbf16>
  %y41 = tenon.attention %x39, %x40, %x41 valid_lengths %x43 {num_heads = 6, num_kv_heads = 1, causal = #tenon<causal cached>, window = 65} : (tensor<2x6x5x16xbf16>, tensor<2x1x130x16xbf16>, tensor<2x1x130x80xbf16>, tensor<2xi64>) -> tensor<2x6x5x80xbf16>
  %y42 = tenon.attention %x39, %x40, %x41 {num_heads = 6, num_kv_heads = 1, causal = #tenon<causal bottom_right>, window = 3, scale = -0.5 : f64} : (tensor<2x6x5x16xbf16>, tensor<2x1x130x16xbf16>, tensor<2x1x130x80xbf16>) -> tensor<2x6x5x80xbf16>
  %y43 = tenon.attention %x39, %x40, %x41 {num_heads = 6, num_kv_heads = 1, causal = #tenon<causal top_left>} : (tensor<2x6x5x16xbf16>, tensor<2x1x130x16xbf16>, tensor<2x1x130x80xbf16>) -> tensor<2x6x5x80xbf16>
  %y44 = tenon.attention %x39, %x40, %x41 mask %x44 valid_lengths %x42 {num_heads = 6, num_kv_heads = 1} : (tensor<2x6x5x16xbf16>, tensor<2x1x130x16xbf16>, tensor<2x1x130x80xbf16>, tensor<2x6x5x130xi1>, tensor<2xi64>) -> tensor<2x6x5x80xbf16>
  %y45 = tenon.attention %x39, %x40, %x41 mask %x45 {num_heads = 6, num_kv_heads = 1, causal = #tenon<causal bottom_right>} : (tensor<2x6x5x16xbf16>, tensor<2x1x130x16xbf16>, tensor<2x1x130x80xbf16>, tensor<2x6x5x130xbf16>) -> tensor<2x6x5x80xbf16>
  %y46 = tenon.attention %x39, %x40, %x41 mask %x46 valid_lengths %x42 {num_heads = 6, num_kv_heads = 1} : (tensor<2x6x5x16xbf16>, tensor<2x1x130x16xbf16>, tensor<2x1x130x80xbf16>, tensor<1x1x5x1xi1>, tensor<2xi64>) -> tensor<2x6x5x80xbf16>
  %y47 = tenon.attention %x39, %x40, %x41 mask %x47 {num_heads = 6, num_kv_heads = 1, causal = #tenon<causal bottom_right>} : (tensor<2x6x5x16xbf16>, tensor<2x1x130x16xbf16>, tensor<2x1x130x80xbf16>, tensor<1x1x5x1xbf16>) -> tensor<2x6x5x80xbf16>
  %y48 = tenon.attention %x39, %x40, %x41 mask %x48 valid_lengths %x42 {num_heads = 6, num_kv_heads = 1} : (tensor<2x6x5x16xbf16>, tensor<2x1x130x16xbf16>, tensor<2x1x130x80xbf16>, tensor<5x121xi1>, tensor<2xi64>) -> tensor<2x6x5x80xbf16>
  %y49 = tenon.attention %x39, %x40, %x41 mask %x49 {num_heads = 6, num_kv_heads = 1, causal = #tenon<causal bottom_right>} : (tensor<2x6x5x16xbf16>, tensor<2x1x130x16xbf16>, tensor<2x1x130x80xbf16>, tensor<5x121xbf16>) -> tensor<2x6x5x80xbf16>
  %y50 = tenon.attention %x50, %x51, %x52 {num_heads = 6, num_kv_heads = 3, causal = #tenon<causal bottom_right>} : (tensor<2x4x96xbf16>, tensor<2x70x48xbf16>, tensor<2x70x48xbf16>) -> tensor<2x4x96xbf16>
  %y51 = tenon.attention %x53, %x54, %x55 {num_heads = 5, num_kv_heads = 1, causal = #tenon<causal bottom_right>} : (tensor<1x5x15x48xbf16>, tensor<1x1x40x48xbf16>, tensor<1x1x40x16xbf16>) -> tensor<1x5x15x16xbf16>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24, %y25, %y26, %y27, %y28, %y29, %y30, %y31, %y32, %y33, %y34, %y35, %y36, %y37, %y38, %y39, %y40, %y41, %y42, %y43, %y44, %y45, %y46, %y47, %y48, %y49, %y50, %y51 : tensor<2x4x1x16xf16>, tensor<2x4x1x16xf16>, tensor<2x4x1x16xf16>, tensor<2x4x1x16xf16>, tensor<2x4x1x16xf16>, tensor<2x4x1x16xf16>, tensor<2x4x1x16xf16>, tensor<2x4x1x16xf16>, tensor<2x4x1x16xf16>, tensor<2x4x1x16xf16>, tensor<2x4x1x16xf16>, tensor<2x4x1x16xf16>, tensor<2x6x5x80xf16>, tensor<2x6x5x80xf16>, tensor<2x6x5x80xf16>, tensor<2x6x5x80xf16>, tensor<2x6x5x80xf16>, tensor<2x6x5x80xf16>, tensor<2x6x5x80xf16>, tensor<2x6x5x80xf16>, tensor<2x6x5x80xf16>, tensor<2x6x5x80xf16>, tensor<2x6x5x80xf16>, tensor<2x6x5x80xf16>, tensor<2x4x96xf16>, tensor<1x5x15x16xf16>, tensor<2x4x1x16xbf16>, tensor<2x4x1x16xbf16>, tensor<2x4x1x16xbf16>, tensor<2x4x1x16xbf16>, tensor<2x4x1x16xbf16>, tensor<2x4x1x16xbf16>, tensor<2x4x1x16xbf16>, tensor<2x4x1x16xbf16>, tensor<2x4x1x16xbf16>, tensor<2x4x1x16xbf16>, tensor<2x4x1x16xbf16>, tensor<2x4x1x16xbf16>, tensor<2x6x5x80xbf16>, tensor<2x6x5x80xbf16>, tensor<2x6x5x80xbf16>, tensor<2x6x5x80xbf16>, tensor<2x6x5x80xbf16>, tensor<2x6x5x80xbf16>, tensor<2x6x5x80xbf16>, tensor<2x6x5x80xbf16>, tensor<2x6x5x80xbf16>, tensor<2x6x5x80xbf16>, tensor<2x6x5x80xbf16>, tensor<2x6x5x80xbf16>, tensor<2x4x96xbf16>, tensor<1x5x15x16xbf16>
}
