// One query: blocks of keys, the last one short or not, all that may hide keys; enough of them to be split.
// RUN: tenon-run %s --inputs %p/Inputs/one-query-half.inputs.safetensors \
// RUN:   --expect %p/Inputs/one-query-half.expected.safetensors --rtol 0.002 --atol 0.002
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x4x1x4xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<2x2x1x4xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<2x2x1x6xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<2xi64> {tenon.name = "x3", tenon.dtype = "int64"},
    %x4: tensor<2xi64> {tenon.name = "x4", tenon.dtype = "int64"},
    %x5: tensor<2x4x1x1xi1> {tenon.name = "x5", tenon.dtype = "bool"},
    %x6: tensor<1x1x1x1xf16> {tenon.name = "x6", tenon.dtype = "float16"},
    %x7: tensor<2x4x1x4xf16> {tenon.name = "x7", tenon.dtype = "float16"},
    %x8: tensor<2x2x63x4xf16> {tenon.name = "x8", tenon.dtype = "float16"},
    %x9: tensor<2x2x63x6xf16> {tenon.name = "x9", tenon.dtype = "float16"},
    %x10: tensor<2xi64> {tenon.name = "x10", tenon.dtype = "int64"},
    %x11: tensor<2xi64> {tenon.name = "x11", tenon.dtype = "int64"},
    %x12: tensor<2x4x1x63xi1> {tenon.name = "x12", tenon.dtype = "bool"},
    %x13: tensor<1x1x1x63xf16> {tenon.name = "x13", tenon.dtype = "float16"},
    %x14: tensor<2x4x1x4xf16> {tenon.name = "x14", tenon.dtype = "float16"},
    %x15: tensor<2x2x64x4xf16> {tenon.name = "x15", tenon.dtype = "float16"},
    %x16: tensor<2x2x64x6xf16> {tenon.name = "x16", tenon.dtype = "float16"},
    %x17: tensor<2xi64> {tenon.name = "x17", tenon.dtype = "int64"},
    %x18: tensor<2xi64> {tenon.name = "x18", tenon.dtype = "int64"},
    %x19: tensor<2x4x1x64xi1> {tenon.name = "x19", tenon.dtype = "bool"},
    %x20: tensor<1x1x1x64xf16> {tenon.name = "x20", tenon.dtype = "float16"},
    %x21: tensor<2x4x1x4xf16> {tenon.name = "x21", tenon.dtype = "float16"},
    %x22: tensor<2x2x150x4xf16> {tenon.name = "x22", tenon.dtype = "float16"},
    %x23: tensor<2x2x150x6xf16> {tenon.name = "x23", tenon.dtype = "float16"},
    %x24: tensor<2xi64> {tenon.name = "x24", tenon.dtype = "int64"},
    %x25: tensor<2xi64> {tenon.name = "x25", tenon.dtype = "int64"},
    %x26: tensor<2x4x1x150xi1> {tenon.name = "x26", tenon.dtype = "bool"},
    %x27: tensor<1x1x1x150xf16> {tenon.name = "x27", tenon.dtype = "float16"},
    %x28: tensor<1x4x1x4xf16> {tenon.name = "x28", tenon.dtype = "float16"},
    %x29: tensor<1x1x1030x4xf16> {tenon.name = "x29", tenon.dtype = "float16"},
    %x30: tensor<1x1x1030x6xf16> {tenon.name = "x30", tenon.dtype = "float16"},
    %x31: tensor<1xi64> {tenon.name = "x31", tenon.dtype = "int64"},
    %x32: tensor<1xi64> {tenon.name = "x32", tenon.dtype = "int64"},
    %x33: tensor<1x4x1x1030xi1> {tenon.name = "x33", tenon.dtype = "bool"},
    %x34: tensor<1x1x1x1030xf16> {tenon.name = "x34", tenon.dtype = "float16"})
    -> (
    tensor<2x4x1x6xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y1", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y2", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y3", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y4", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y5", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y6", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y7", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y8", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y9", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y10", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y11", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y12", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y13", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y14", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y15", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y16", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y17", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y18", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y19", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y20", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y21", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y22", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y23", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y24", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y25", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y26", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y27", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y28", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y29", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y30", tenon.dtype = "float16"},
    tensor<2x4x1x6xf16> {tenon.name = "y31", tenon.dtype = "float16"},
    tensor<1x4x1x6xf16> {tenon.name = "y32", tenon.dtype = "float16"},
    tensor<1x4x1x6xf16> {tenon.name = "y33", tenon.dtype = "float16"},
    tensor<1x4x1x6xf16> {tenon.name = "y34", tenon.dtype = "float16"},
    tensor<1x4x1x6xf16> {tenon.name = "y35", tenon.dtype = "float16"},
    tensor<1x4x1x6xf16> {tenon.name = "y36", tenon.dtype = "float16"},
    tensor<1x4x1x6xf16> {tenon.name = "y37", tenon.dtype = "float16"},
    tensor<1x4x1x6xf16> {tenon.name = "y38", tenon.dtype = "float16"},
    tensor<1x4x1x6xf16> {tenon.name = "y39", tenon.dtype = "float16"}) {
  %y0 = tenon.attention %x0, %x1, %x2 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x4xf16>, tensor<2x2x1x4xf16>, tensor<2x2x1x6xf16>) -> tensor<2x4x1x6xf16>
  %y1 = tenon.attention %x0, %x1, %x2 valid_lengths %x3 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x4xf16>, tensor<2x2x1x4xf16>, tensor<2x2x1x6xf16>, tensor<2xi64>) -> tensor<2x4x1x6xf16>
  %y2 = tenon.attention %x0, %x1, %x2 valid_lengths %x4 {num_heads = 4, num_kv_heads = 2, softcap = 2.0 : f64} : (tensor<2x4x1x4xf16>, tensor<2x2x1x4xf16>, tensor<2x2x1x6xf16>, tensor<2xi64>) -> tensor<2x4x1x6xf16>
  %y3 = tenon.attention %x0, %x1, %x2 valid_lengths %x4 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>, window = 1} : (tensor<2x4x1x4xf16>, tensor<2x2x1x4xf16>, tensor<2x2x1x6xf16>, tensor<2xi64>) -> tensor<2x4x1x6xf16>
  %y4 = tenon.attention %x0, %x1, %x2 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>, window = 3, scale = -0.5 : f64} : (tensor<2x4x1x4xf16>, tensor<2x2x1x4xf16>, tensor<2x2x1x6xf16>) -> tensor<2x4x1x6xf16>
  %y5 = tenon.attention %x0, %x1, %x2 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x4x1x4xf16>, tensor<2x2x1x4xf16>, tensor<2x2x1x6xf16>) -> tensor<2x4x1x6xf16>
  %y6 = tenon.attention %x0, %x1, %x2 mask %x5 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x4xf16>, tensor<2x2x1x4xf16>, tensor<2x2x1x6xf16>, tensor<2x4x1x1xi1>) -> tensor<2x4x1x6xf16>
  %y7 = tenon.attention %x0, %x1, %x2 mask %x6 valid_lengths %x4 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x4xf16>, tensor<2x2x1x4xf16>, tensor<2x2x1x6xf16>, tensor<1x1x1x1xf16>, tensor<2xi64>) -> tensor<2x4x1x6xf16>
  %y8 = tenon.attention %x7, %x8, %x9 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x4xf16>, tensor<2x2x63x4xf16>, tensor<2x2x63x6xf16>) -> tensor<2x4x1x6xf16>
  %y9 = tenon.attention %x7, %x8, %x9 valid_lengths %x10 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x4xf16>, tensor<2x2x63x4xf16>, tensor<2x2x63x6xf16>, tensor<2xi64>) -> tensor<2x4x1x6xf16>
  %y10 = tenon.attention %x7, %x8, %x9 valid_lengths %x11 {num_heads = 4, num_kv_heads = 2, softcap = 2.0 : f64} : (tensor<2x4x1x4xf16>, tensor<2x2x63x4xf16>, tensor<2x2x63x6xf16>, tensor<2xi64>) -> tensor<2x4x1x6xf16>
  %y11 = tenon.attention %x7, %x8, %x9 valid_lengths %x11 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>, window = 31} : (tensor<2x4x1x4xf16>, tensor<2x2x63x4xf16>, tensor<2x2x63x6xf16>, tensor<2xi64>) -> tensor<2x4x1x6xf16>
  %y12 = tenon.attention %x7, %x8, %x9 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>, window = 3, scale = -0.5 : f64} : (tensor<2x4x1x4xf16>, tensor<2x2x63x4xf16>, tensor<2x2x63x6xf16>) -> tensor<2x4x1x6xf16>
  %y13 = tenon.attention %x7, %x8, %x9 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x4x1x4xf16>, tensor<2x2x63x4xf16>, tensor<2x2x63x6xf16>) -> tensor<2x4x1x6xf16>
  %y14 = tenon.attention %x7, %x8, %x9 mask %x12 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x4xf16>, tensor<2x2x63x4xf16>, tensor<2x2x63x6xf16>, tensor<2x4x1x63xi1>) -> tensor<2x4x1x6xf16>
  %y15 = tenon.attention %x7, %x8, %x9 mask %x13 valid_lengths %x11 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x4xf16>, tensor<2x2x63x4xf16>, tensor<2x2x63x6xf16>, tensor<1x1x1x63xf16>, tensor<2xi64>) -> tensor<2x4x1x6xf16>
  %y16 = tenon.attention %x14, %x15, %x16 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x4xf16>, tensor<2x2x64x4xf16>, tensor<2x2x64x6xf16>) -> tensor<2x4x1x6xf16>
  %y17 = tenon.attention %x14, %x15, %x16 valid_lengths %x17 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x4xf16>, tensor<2x2x64x4xf16>, tensor<2x2x64x6xf16>, tensor<2xi64>) -> tensor<2x4x1x6xf16>
  %y18 = tenon.attention %x14, %x15, %x16 valid_lengths %x18 {num_heads = 4, num_kv_heads = 2, softcap = 2.0 : f64} : (tensor<2x4x1x4xf16>, tensor<2x2x64x4xf16>, tensor<2x2x64x6xf16>, tensor<2xi64>) -> tensor<2x4x1x6xf16>
  %y19 = tenon.attention %x14, %x15, %x16 valid_lengths %x18 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>, window = 32} : (tensor<2x4x1x4xf16>, tensor<2x2x64x4xf16>, tensor<2x2x64x6xf16>, tensor<2xi64>) -> tensor<2x4x1x6xf16>
  %y20 = tenon.attention %x14, %x15, %x16 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>, window = 3, scale = -0.5 : f64} : (tensor<2x4x1x4xf16>, tensor<2x2x64x4xf16>, tensor<2x2x64x6xf16>) -> tensor<2x4x1x6xf16>
  %y21 = tenon.attention %x14, %x15, %x16 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x4x1x4xf16>, tensor<2x2x64x4xf16>, tensor<2x2x64x6xf16>) -> tensor<2x4x1x6xf16>
  %y22 = tenon.attention %x14, %x15, %x16 mask %x19 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x4xf16>, tensor<2x2x64x4xf16>, tensor<2x2x64x6xf16>, tensor<2x4x1x64xi1>) -> tensor<2x4x1x6xf16>
  %y23 = tenon.attention %x14, %x15, %x16 mask %x20 valid_lengths %x18 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x4xf16>, tensor<2x2x64x4xf16>, tensor<2x2x64x6xf16>, tensor<1x1x1x64xf16>, tensor<2xi64>) -> tensor<2x4x1x6xf16>
  %y24 = tenon.attention %x21, %x22, %x23 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x4xf16>, tensor<2x2x150x4xf16>, tensor<2x2x150x6xf16>) -> tensor<2x4x1x6xf16>
  %y25 = tenon.attention %x21, %x22, %x23 valid_lengths %x24 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x4xf16>, tensor<2x2x150x4xf16>, tensor<2x2x150x6xf16>, tensor<2xi64>) -> tensor<2x4x1x6xf16>
  %y26 = tenon.attention %x21, %x22, %x23 valid_lengths %x25 {num_heads = 4, num_kv_heads = 2, softcap = 2.0 : f64} : (tensor<2x4x1x4xf16>, tensor<2x2x150x4xf16>, tensor<2x2x150x6xf16>, tensor<2xi64>) -> tensor<2x4x1x6xf16>
  %y27 = tenon.attention %x21, %x22, %x23 valid_lengths %x25 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>, window = 75} : (tensor<2x4x1x4xf16>, tensor<2x2x150x4xf16>, tensor<2x2x150x6xf16>, tensor<2xi64>) -> tensor<2x4x1x6xf16>
  %y28 = tenon.attention %x21, %x22, %x23 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>, window = 3, scale = -0.5 : f64} : (tensor<2x4x1x4xf16>, tensor<2x2x150x4xf16>, tensor<2x2x150x6xf16>) -> tensor<2x4x1x6xf16>
  %y29 = tenon.attention %x21, %x22, %x23 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x4x1x4xf16>, tensor<2x2x150x4xf16>, tensor<2x2x150x6xf16>) -> tensor<2x4x1x6xf16>
  %y30 = tenon.attention %x21, %x22, %x23 mask %x26 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x4xf16>, tensor<2x2x150x4xf16>, tensor<2x2x150x6xf16>, tensor<2x4x1x150xi1>) -> tensor<2x4x1x6xf16>
  %y31 = tenon.attention %x21, %x22, %x23 mask %x27 valid_lengths %x25 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x1x4xf16>, tensor<2x2x150x4xf16>, tensor<2x2x150x6xf16>, tensor<1x1x1x150xf16>, tensor<2xi64>) -> tensor<2x4x1x6xf16>
  %y32 = tenon.attention %x28, %x29, %x30 {num_heads = 4, num_kv_heads = 1} : (tensor<1x4x1x4xf16>, tensor<1x1x1030x4xf16>, tensor<1x1x1030x6xf16>) -> tensor<1x4x1x6xf16>
  %y33 = tenon.attention %x28, %x29, %x30 valid_lengths %x31 {num_heads = 4, num_kv_heads = 1} : (tensor<1x4x1x4xf16>, tensor<1x1x1030x4xf16>, tensor<1x1x1030x6xf16>, tensor<1xi64>) -> tensor<1x4x1x6xf16>
  %y34 = tenon.attention %x28, %x29, %x30 valid_lengths %x32 {num_heads = 4, num_kv_heads = 1, softcap = 2.0 : f64} : (tensor<1x4x1x4xf16>, tensor<1x1x1030x4xf16>, tensor<1x1x1030x6xf16>, tensor<1xi64>) -> tensor<1x4x1x6xf16>
  %y35 = tenon.attention %x28, %x29, %x30 valid_lengths %x32 {num_heads = 4, num_kv_heads = 1, causal = #tenon<causal cached>, window = 515} : (tensor<1x4x1x4xf16>, tensor<1x1x1030x4xf16>, tensor<1x1x1030x6xf16>, tensor<1xi64>) -> tensor<1x4x1x6xf16>
  %y36 = tenon.attention %x28, %x29, %x30 {num_heads = 4, num_kv_heads = 1, causal = #tenon<causal bottom_right>, window = 3, scale = -0.5 : f64} : (tensor<1x4x1x4xf16>, tensor<1x1x1030x4xf16>, tensor<1x1x1030x6xf16>) -> tensor<1x4x1x6xf16>
  %y37 = tenon.attention %x28, %x29, %x30 {num_heads = 4, num_kv_heads = 1, causal = #tenon<causal top_left>} : (tensor<1x4x1x4xf16>, tensor<1x1x1030x4xf16>, tensor<1x1x1030x6xf16>) -> tensor<1x4x1x6xf16>
  %y38 = tenon.attention %x28, %x29, %x30 mask %x33 {num_heads = 4, num_kv_heads = 1} : (tensor<1x4x1x4xf16>, tensor<1x1x1030x4xf16>, tensor<1x1x1030x6xf16>, tensor<1x4x1x1030xi1>) -> tensor<1x4x1x6xf16>
  %y39 = tenon.attention %x28, %x29, %x30 mask %x34 valid_lengths %x32 {num_heads = 4, num_kv_heads = 1} : (tensor<1x4x1x4xf16>, tensor<1x1x1030x4xf16>, tensor<1x1x1030x6xf16>, tensor<1x1x1x1030xf16>, tensor<1xi64>) -> tensor<1x4x1x6xf16>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24, %y25, %y26, %y27, %y28, %y29, %y30, %y31, %y32, %y33, %y34, %y35, %y36, %y37, %y38, %y39 : tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<2x4x1x6xf16>, tensor<1x4x1x6xf16>, tensor<1x4x1x6xf16>, tensor<1x4x1x6xf16>, tensor<1x4x1x6xf16>, tensor<1x4x1x6xf16>, tensor<1x4x1x6xf16>, tensor<1x4x1x6xf16>, tensor<1x4x1x6xf16>
}
