// Masks and softcap there: broadcast axes, short masks, hidden blocks and rows, what no query sees.
// RUN: tenon-run %s --inputs %p/Inputs/tensor-cores-masks.inputs.safetensors \
// RUN:   --expect %p/Inputs/tensor-cores-masks.expected.safetensors --rtol 0.02 --atol 0.01
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x4x70x32xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<2x2x140x32xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<2x2x140x16xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<2x1x1x140xi1> {tenon.name = "x3", tenon.dtype = "bool"},
    %x4: tensor<70x140xi1> {tenon.name = "x4", tenon.dtype = "bool"},
    %x5: tensor<4x70x140xi1> {tenon.name = "x5", tenon.dtype = "bool"},
    %x6: tensor<2x1x70x135xi1> {tenon.name = "x6", tenon.dtype = "bool"},
    %x7: tensor<70x140xf16> {tenon.name = "x7", tenon.dtype = "float16"},
    %x8: tensor<70x140xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<1x140xf16> {tenon.name = "x9", tenon.dtype = "float16"},
    %x10: tensor<2x4x70x1xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<2xi64> {tenon.name = "x11", tenon.dtype = "int64"},
    %x12: tensor<70x140xi1> {tenon.name = "x12", tenon.dtype = "bool"},
    %x13: tensor<2x4x70x32xbf16> {tenon.name = "x13", tenon.dtype = "bfloat16"},
    %x14: tensor<2x2x140x32xbf16> {tenon.name = "x14", tenon.dtype = "bfloat16"},
    %x15: tensor<2x2x140x16xbf16> {tenon.name = "x15", tenon.dtype = "bfloat16"},
    %x16: tensor<2x1x1x140xi1> {tenon.name = "x16", tenon.dtype = "bool"},
    %x17: tensor<70x140xi1> {tenon.name = "x17", tenon.dtype = "bool"},
    %x18: tensor<4x70x140xi1> {tenon.name = "x18", tenon.dtype = "bool"},
    %x19: tensor<2x1x70x135xi1> {tenon.name = "x19", tenon.dtype = "bool"},
    %x20: tensor<70x140xbf16> {tenon.name = "x20", tenon.dtype = "bfloat16"},
    %x21: tensor<70x140xf32> {tenon.name = "x21", tenon.dtype = "float32"},
    %x22: tensor<1x140xbf16> {tenon.name = "x22", tenon.dtype = "bfloat16"},
    %x23: tensor<2x4x70x1xf32> {tenon.name = "x23", tenon.dtype = "float32"},
    %x24: tensor<2xi64> {tenon.name = "x24", tenon.dtype = "int64"},
    %x25: tensor<70x140xi1> {tenon.name = "x25", tenon.dtype = "bool"},
    %x26: tensor<2x20x32xf16> {tenon.name = "x26", tenon.dtype = "float16"},
    %x27: tensor<2x80x16xf16> {tenon.name = "x27", tenon.dtype = "float16"},
    %x28: tensor<2x80x16xf16> {tenon.name = "x28", tenon.dtype = "float16"},
    %x29: tensor<2x80x16xf16> {tenon.name = "x29", tenon.dtype = "float16"},
    %x30: tensor<2x80x16xf16> {tenon.name = "x30", tenon.dtype = "float16"},
    %x31: tensor<2x1x1x80xi1> {tenon.name = "x31", tenon.dtype = "bool"},
    %x32: tensor<2x1x1x80xf32> {tenon.name = "x32", tenon.dtype = "float32"},
    %x33: tensor<1x1x20x16xf16> {tenon.name = "x33", tenon.dtype = "float16"},
    %x34: tensor<1x1x40x16xf16> {tenon.name = "x34", tenon.dtype = "float16"},
    %x35: tensor<1x1x40x16xf16> {tenon.name = "x35", tenon.dtype = "float16"},
    %x36: tensor<1x1x40x16xf16> {tenon.name = "x36", tenon.dtype = "float16"},
    %x37: tensor<1x1x40x16xf16> {tenon.name = "x37", tenon.dtype = "float16"})
    -> (
    tensor<2x4x70x16xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<2x4x70x16xf16> {tenon.name = "y1", tenon.dtype = "float16"},
    tensor<2x4x70x16xf16> {tenon.name = "y2", tenon.dtype = "float16"},
    tensor<2x4x70x16xf16> {tenon.name = "y3", tenon.dtype = "float16"},
    tensor<2x4x70x16xf16> {tenon.name = "y4", tenon.dtype = "float16"},
    tensor<2x4x70x16xf16> {tenon.name = "y5", tenon.dtype = "float16"},
    tensor<2x4x70x16xf16> {tenon.name = "y6", tenon.dtype = "float16"},
    tensor<2x4x70x16xf16> {tenon.name = "y7", tenon.dtype = "float16"},
    tensor<2x4x70x16xf16> {tenon.name = "y8", tenon.dtype = "float16"},
    tensor<2x4x70x16xf16> {tenon.name = "y9", tenon.dtype = "float16"},
    tensor<2x4x70x16xf16> {tenon.name = "y10", tenon.dtype = "float16"},
    tensor<2x4x70x16xf16> {tenon.name = "y11", tenon.dtype = "float16"},
    tensor<2x4x70x16xbf16> {tenon.name = "y12", tenon.dtype = "bfloat16"},
    tensor<2x4x70x16xbf16> {tenon.name = "y13", tenon.dtype = "bfloat16"},
    tensor<2x4x70x16xbf16> {tenon.name = "y14", tenon.dtype = "bfloat16"},
    tensor<2x4x70x16xbf16> {tenon.name = "y15", tenon.dtype = "bfloat16"},
    tensor<2x4x70x16xbf16> {tenon.name = "y16", tenon.dtype = "bfloat16"},
    tensor<2x4x70x16xbf16> {tenon.name = "y17", tenon.dtype = "bfloat16"},
    tensor<2x4x70x16xbf16> {tenon.name = "y18", tenon.dtype = "bfloat16"},
    tensor<2x4x70x16xbf16> {tenon.name = "y19", tenon.dtype = "bfloat16"},
    tensor<2x4x70x16xbf16> {tenon.name = "y20", tenon.dtype = "bfloat16"},
    tensor<2x4x70x16xbf16> {tenon.name = "y21", tenon.dtype = "bfloat16"},
    tensor<2x4x70x16xbf16> {tenon.name = "y22", tenon.dtype = "bfloat16"},
    tensor<2x4x70x16xbf16> {tenon.name = "y23", tenon.dtype = "bfloat16"},
    tensor<2x20x32xf16> {tenon.name = "y24", tenon.dtype = "float16"},
    tensor<2x20x32xf16> {tenon.name = "y25", tenon.dtype = "float16"},
    tensor<1x1x20x16xf16> {tenon.name = "y26", tenon.dtype = "float16"}) {
  %y0 = tenon.attention %x0, %x1, %x2 {num_heads = 4, num_kv_heads = 2, softcap = 1.5 : f64} : (tensor<2x4x70x32xf16>, tensor<2x2x140x32xf16>, tensor<2x2x140x16xf16>) -> tensor<2x4x70x16xf16>
  %y1 = tenon.attention %x0, %x1, %x2 {num_heads = 4, num_kv_heads = 2, softcap = 0.5 : f64, causal = #tenon<causal bottom_right>, window = 50} : (tensor<2x4x70x32xf16>, tensor<2x2x140x32xf16>, tensor<2x2x140x16xf16>) -> tensor<2x4x70x16xf16>
  %y2 = tenon.attention %x0, %x1, %x2 {num_heads = 4, num_kv_heads = 2, scale = -0.3 : f64, causal = #tenon<causal top_left>} : (tensor<2x4x70x32xf16>, tensor<2x2x140x32xf16>, tensor<2x2x140x16xf16>) -> tensor<2x4x70x16xf16>
  %y3 = tenon.attention %x0, %x1, %x2 mask %x3 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x70x32xf16>, tensor<2x2x140x32xf16>, tensor<2x2x140x16xf16>, tensor<2x1x1x140xi1>) -> tensor<2x4x70x16xf16>
  %y4 = tenon.attention %x0, %x1, %x2 mask %x4 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x70x32xf16>, tensor<2x2x140x32xf16>, tensor<2x2x140x16xf16>, tensor<70x140xi1>) -> tensor<2x4x70x16xf16>
  %y5 = tenon.attention %x0, %x1, %x2 mask %x5 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x70x32xf16>, tensor<2x2x140x32xf16>, tensor<2x2x140x16xf16>, tensor<4x70x140xi1>) -> tensor<2x4x70x16xf16>
  %y6 = tenon.attention %x0, %x1, %x2 mask %x6 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x70x32xf16>, tensor<2x2x140x32xf16>, tensor<2x2x140x16xf16>, tensor<2x1x70x135xi1>) -> tensor<2x4x70x16xf16>
  %y7 = tenon.attention %x0, %x1, %x2 mask %x7 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x70x32xf16>, tensor<2x2x140x32xf16>, tensor<2x2x140x16xf16>, tensor<70x140xf16>) -> tensor<2x4x70x16xf16>
  %y8 = tenon.attention %x0, %x1, %x2 mask %x8 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x70x32xf16>, tensor<2x2x140x32xf16>, tensor<2x2x140x16xf16>, tensor<70x140xf32>) -> tensor<2x4x70x16xf16>
  %y9 = tenon.attention %x0, %x1, %x2 mask %x9 {num_heads = 4, num_kv_heads = 2, softcap = 2.0 : f64, causal = #tenon<causal bottom_right>} : (tensor<2x4x70x32xf16>, tensor<2x2x140x32xf16>, tensor<2x2x140x16xf16>, tensor<1x140xf16>) -> tensor<2x4x70x16xf16>
  %y10 = tenon.attention %x0, %x1, %x2 mask %x10 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x70x32xf16>, tensor<2x2x140x32xf16>, tensor<2x2x140x16xf16>, tensor<2x4x70x1xf32>) -> tensor<2x4x70x16xf16>
  %y11 = tenon.attention %x0, %x1, %x2 mask %x12 valid_lengths %x11 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x70x32xf16>, tensor<2x2x140x32xf16>, tensor<2x2x140x16xf16>, tensor<70x140xi1>, tensor<2xi64>) -> tensor<2x4x70x16xf16>
  %y12 = tenon.attention %x13, %x14, %x15 {num_heads = 4, num_kv_heads = 2, softcap = 1.5 : f64} : (tensor<2x4x70x32xbf16>, tensor<2x2x140x32xbf16>, tensor<2x2x140x16xbf16>) -> tensor<2x4x70x16xbf16>
  %y13 = tenon.attention %x13, %x14, %x15 {num_heads = 4, num_kv_heads = 2, softcap = 0.5 : f64, causal = #tenon<causal bottom_right>, window = 50} : (tensor<2x4x70x32xbf16>, tensor<2x2x140x32xbf16>, tensor<2x2x140x16xbf16>) -> tensor<2x4x70x16xbf16>
  %y14 = tenon.attention %x13, %x14, %x15 {num_heads = 4, num_kv_heads = 2, scale = -0.3 : f64, causal = #tenon<causal top_left>} : (tensor<2x4x70x32xbf16>, tensor<2x2x140x32xbf16>, tensor<2x2x140x16xbf16>) -> tensor<2x4x70x16xbf16>
  %y15 = tenon.attention %x13, %x14, %x15 mask %x16 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x70x32xbf16>, tensor<2x2x140x32xbf16>, tensor<2x2x140x16xbf16>, tensor<2x1x1x140xi1>) -> tensor<2x4x70x16xbf16>
  %y16 = tenon.attention %x13, %x14, %x15 mask %x17 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x70x32xbf16>, tensor<2x2x140x32xbf16>, tensor<2x2x140x16xbf16>, tensor<70x140xi1>) -> tensor<2x4x70x16xbf16>
  %y17 = tenon.attention %x13, %x14, %x15 mask %x18 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x70x32xbf16>, tensor<2x2x140x32xbf16>, tensor<2x2x140x16xbf16>, tensor<4x70x140xi1>) -> tensor<2x4x70x16xbf16>
  %y18 = tenon.attention %x13, %x14, %x15 mask %x19 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x70x32xbf16>, tensor<2x2x140x32xbf16>, tensor<2x2x140x16xbf16>, tensor<2x1x70x135xi1>) -> tensor<2x4x70x16xbf16>
  %y19 = tenon.attention %x13, %x14, %x15 mask %x20 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x70x32xbf16>, tensor<2x2x140x32xbf16>, tensor<2x2x140x16xbf16>, tensor<70x140xbf16>) -> tensor<2x4x70x16xbf16>
  %y20 = tenon.attention %x13, %x14, %x15 mask %x21 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x70x32xbf16>, tensor<2x2x140x32xbf16>, tensor<2x2x140x16xbf16>, tensor<70x140xf32>) -> tensor<2x4x70x16xbf16>
  %y21 = tenon.attention %x13, %x14, %x15 mask %x22 {num_heads = 4, num_kv_heads = 2, softcap = 2.0 : f64, causal = #tenon<causal bottom_right>} : (tensor<2x4x70x32xbf16>, tensor<2x2x140x32xbf16>, tensor<2x2x140x16xbf16>, tensor<1x140xbf16>) -> tensor<2x4x70x16xbf16>
  %y22 = tenon.attention %x13, %x14, %x15 mask %x23 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x70x32xbf16>, tensor<2x2x140x32xbf16>, tensor<2x2x140x16xbf16>, tensor<2x4x70x1xf32>) -> tensor<2x4x70x16xbf16>
  %y23 = tenon.attention %x13, %x14, %x15 mask %x25 valid_lengths %x24 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x70x32xbf16>, tensor<2x2x140x32xbf16>, tensor<2x2x140x16xbf16>, tensor<70x140xi1>, tensor<2xi64>) -> tensor<2x4x70x16xbf16>
  %y24 = tenon.attention %x26, %x29, %x30 mask %x31 {num_heads = 2, num_kv_heads = 1} : (tensor<2x20x32xf16>, tensor<2x80x16xf16>, tensor<2x80x16xf16>, tensor<2x1x1x80xi1>) -> tensor<2x20x32xf16>
  %y25 = tenon.attention %x26, %x29, %x30 mask %x32 {num_heads = 2, num_kv_heads = 1} : (tensor<2x20x32xf16>, tensor<2x80x16xf16>, tensor<2x80x16xf16>, tensor<2x1x1x80xf32>) -> tensor<2x20x32xf16>
  %y26 = tenon.attention %x33, %x36, %x37 {num_heads = 1, num_kv_heads = 1, causal = #tenon<causal top_left>} : (tensor<1x1x20x16xf16>, tensor<1x1x40x16xf16>, tensor<1x1x40x16xf16>) -> tensor<1x1x20x16xf16>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24, %y25, %y26 : tensor<2x4x70x16xf16>, tensor<2x4x70x16xf16>, tensor<2x4x70x16xf16>, tensor<2x4x70x16xf16>, tensor<2x4x70x16xf16>, tensor<2x4x70x16xf16>, tensor<2x4x70x16xf16>, tensor<2x4x70x16xf16>, tensor<2x4x70x16xf16>, tensor<2x4x70x16xf16>, tensor<2x4x70x16xf16>, tensor<2x4x70x16xf16>, tensor<2x4x70x16xbf16>, tensor<2x4x70x16xbf16>, tensor<2x4x70x16xbf16>, tensor<2x4x70x16xbf16>, tensor<2x4x70x16xbf16>, tensor<2x4x70x16xbf16>, tensor<2x4x70x16xbf16>, tensor<2x4x70x16xbf16>, tensor<2x4x70x16xbf16>, tensor<2x4x70x16xbf16>, tensor<2x4x70x16xbf16>, tensor<2x4x70x16xbf16>, tensor<2x20x32xf16>, tensor<2x20x32xf16>, tensor<1x1x20x16xf16>
}
