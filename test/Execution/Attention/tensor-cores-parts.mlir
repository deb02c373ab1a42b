// Few heads and many keys there: keys in parts, whose sums are joined.
// RUN: tenon-run %s --inputs %p/Inputs/tensor-cores-parts.inputs.safetensors \
// RUN:   --expect %p/Inputs/tensor-cores-parts.expected.safetensors --rtol 0.02 --atol 0.01
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x4x1x16xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<1x1x1100x16xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<1x1x1100x16xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<1xi64> {tenon.name = "x3", tenon.dtype = "int64"},
    %x4: tensor<1xi64> {tenon.name = "x4", tenon.dtype = "int64"},
    %x5: tensor<1xi64> {tenon.name = "x5", tenon.dtype = "int64"},
    %x6: tensor<1xi64> {tenon.name = "x6", tenon.dtype = "int64"},
    %x7: tensor<1xi64> {tenon.name = "x7", tenon.dtype = "int64"},
    %x8: tensor<1100xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<1x3x32xf16> {tenon.name = "x9", tenon.dtype = "float16"},
    %x10: tensor<1x530x16xf16> {tenon.name = "x10", tenon.dtype = "float16"},
    %x11: tensor<1x530x16xf16> {tenon.name = "x11", tenon.dtype = "float16"},
    %x12: tensor<1x4x1x16xbf16> {tenon.name = "x12", tenon.dtype = "bfloat16"},
    %x13: tensor<1x1x1100x16xbf16> {tenon.name = "x13", tenon.dtype = "bfloat16"},
    %x14: tensor<1x1x1100x16xbf16> {tenon.name = "x14", tenon.dtype = "bfloat16"},
    %x15: tensor<1xi64> {tenon.name = "x15", tenon.dtype = "int64"},
    %x16: tensor<1xi64> {tenon.name = "x16", tenon.dtype = "int64"},
    %x17: tensor<1xi64> {tenon.name = "x17", tenon.dtype = "int64"},
    %x18: tensor<1xi64> {tenon.name = "x18", tenon.dtype = "int64"},
    %x19: tensor<1xi64> {tenon.name = "x19", tenon.dtype = "int64"},
    %x20: tensor<1100xf32> {tenon.name = "x20", tenon.dtype = "float32"},
    %x21: tensor<1x3x32xbf16> {tenon.name = "x21", tenon.dtype = "bfloat16"},
    %x22: tensor<1x530x16xbf16> {tenon.name = "x22", tenon.dtype = "bfloat16"},
    %x23: tensor<1x530x16xbf16> {tenon.name = "x23", tenon.dtype = "bfloat16"})
    -> (
    tensor<1x4x1x16xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<1x4x1x16xf16> {tenon.name = "y1", tenon.dtype = "float16"},
    tensor<1x4x1x16xf16> {tenon.name = "y2", tenon.dtype = "float16"},
    tensor<1x4x1x16xf16> {tenon.name = "y3", tenon.dtype = "float16"},
    tensor<1x4x1x16xf16> {tenon.name = "y4", tenon.dtype = "float16"},
    tensor<1x4x1x16xf16> {tenon.name = "y5", tenon.dtype = "float16"},
    tensor<1x4x1x16xf16> {tenon.name = "y6", tenon.dtype = "float16"},
    tensor<1x4x1x16xf16> {tenon.name = "y7", tenon.dtype = "float16"},
    tensor<1x3x32xf16> {tenon.name = "y8", tenon.dtype = "float16"},
    tensor<1x4x1x16xbf16> {tenon.name = "y9", tenon.dtype = "bfloat16"},
    tensor<1x4x1x16xbf16> {tenon.name = "y10", tenon.dtype = "bfloat16"},
    tensor<1x4x1x16xbf16> {tenon.name = "y11", tenon.dtype = "bfloat16"},
    tensor<1x4x1x16xbf16> {tenon.name = "y12", tenon.dtype = "bfloat16"},
    tensor<1x4x1x16xbf16> {tenon.name = "y13", tenon.dtype = "bfloat16"},
    tensor<1x4x1x16xbf16> {tenon.name = "y14", tenon.dtype = "bfloat16"},
    tensor<1x4x1x16xbf16> {tenon.name = "y15", tenon.dtype = "bfloat16"},
    tensor<1x4x1x16xbf16> {tenon.name = "y16", tenon.dtype = "bfloat16"},
    tensor<1x3x32xbf16> {tenon.name = "y17", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.attention %x0, %x1, %x2 {num_heads = 4, num_kv_heads = 1} : (tensor<1x4x1x16xf16>, tensor<1x1x1100x16xf16>, tensor<1x1x1100x16xf16>) -> tensor<1x4x1x16xf16>
  %y1 = tenon.attention %x0, %x1, %x2 valid_lengths %x3 {num_heads = 4, num_kv_heads = 1, softcap = 3.0 : f64} : (tensor<1x4x1x16xf16>, tensor<1x1x1100x16xf16>, tensor<1x1x1100x16xf16>, tensor<1xi64>) -> tensor<1x4x1x16xf16>
  %y2 = tenon.attention %x0, %x1, %x2 valid_lengths %x4 {num_heads = 4, num_kv_heads = 1, softcap = 3.0 : f64} : (tensor<1x4x1x16xf16>, tensor<1x1x1100x16xf16>, tensor<1x1x1100x16xf16>, tensor<1xi64>) -> tensor<1x4x1x16xf16>
  %y3 = tenon.attention %x0, %x1, %x2 valid_lengths %x5 {num_heads = 4, num_kv_heads = 1, softcap = 3.0 : f64} : (tensor<1x4x1x16xf16>, tensor<1x1x1100x16xf16>, tensor<1x1x1100x16xf16>, tensor<1xi64>) -> tensor<1x4x1x16xf16>
  %y4 = tenon.attention %x0, %x1, %x2 valid_lengths %x6 {num_heads = 4, num_kv_heads = 1, softcap = 3.0 : f64} : (tensor<1x4x1x16xf16>, tensor<1x1x1100x16xf16>, tensor<1x1x1100x16xf16>, tensor<1xi64>) -> tensor<1x4x1x16xf16>
  %y5 = tenon.attention %x0, %x1, %x2 valid_lengths %x7 {num_heads = 4, num_kv_heads = 1, softcap = 3.0 : f64} : (tensor<1x4x1x16xf16>, tensor<1x1x1100x16xf16>, tensor<1x1x1100x16xf16>, tensor<1xi64>) -> tensor<1x4x1x16xf16>
  %y6 = tenon.attention %x0, %x1, %x2 {num_heads = 4, num_kv_heads = 1, causal = #tenon<causal bottom_right>, window = 100} : (tensor<1x4x1x16xf16>, tensor<1x1x1100x16xf16>, tensor<1x1x1100x16xf16>) -> tensor<1x4x1x16xf16>
  %y7 = tenon.attention %x0, %x1, %x2 mask %x8 {num_heads = 4, num_kv_heads = 1} : (tensor<1x4x1x16xf16>, tensor<1x1x1100x16xf16>, tensor<1x1x1100x16xf16>, tensor<1100xf32>) -> tensor<1x4x1x16xf16>
  %y8 = tenon.attention %x9, %x10, %x11 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal bottom_right>} : (tensor<1x3x32xf16>, tensor<1x530x16xf16>, tensor<1x530x16xf16>) -> tensor<1x3x32xf16>
  %y9 = tenon.attention %x12, %x13, %x14 {num_heads = 4, num_kv_heads = 1} : (tensor<1x4x1x16xbf16>, tensor<1x1x1100x16xbf16>, tensor<1x1x1100x16xbf16>) -> tensor<1x4x1x16xbf16>
  %y10 = tenon.attention %x12, %x13, %x14 valid_lengths %x15 {num_heads = 4, num_kv_heads = 1, softcap = 3.0 : f64} : (tensor<1x4x1x16xbf16>, tensor<1x1x1100x16xbf16>, tensor<1x1x1100x16xbf16>, tensor<1xi64>) -> tensor<1x4x1x16xbf16>
  %y11 = tenon.attention %x12, %x13, %x14 valid_lengths %x16 {num_heads = 4, num_kv_heads = 1, softcap = 3.0 : f64} : (tensor<1x4x1x16xbf16>, tensor<1x1x1100x16xbf16>, tensor<1x1x1100x16xbf16>, tensor<1xi64>) -> tensor<1x4x1x16xbf16>
  %y12 = tenon.attention %x12, %x13, %x14 valid_lengths %x17 {num_heads = 4, num_kv_heads = 1, softcap = 3.0 : f64} : (tensor<1x4x1x16xbf16>, tensor<1x1x1100x16xbf16>, tensor<1x1x1100x16xbf16>, tensor<1xi64>) -> tensor<1x4x1x16xbf16>
  %y13 = tenon.attention %x12, %x13, %x14 valid_lengths %x18 {num_heads = 4, num_kv_heads = 1, softcap = 3.0 : f64} : (tensor<1x4x1x16xbf16>, tensor<1x1x1100x16xbf16>, tensor<1x1x1100x16xbf16>, tensor<1xi64>) -> tensor<1x4x1x16xbf16>
  %y14 = tenon.attention %x12, %x13, %x14 valid_lengths %x19 {num_heads = 4, num_kv_heads = 1, softcap = 3.0 : f64} : (tensor<1x4x1x16xbf16>, tensor<1x1x1100x16xbf16>, tensor<1x1x1100x16xbf16>, tensor<1xi64>) -> tensor<1x4x1x16xbf16>
  %y15 = tenon.attention %x12, %x13, %x14 {num_heads = 4, num_kv_heads = 1, causal = #tenon<causal bottom_right>, window = 100} : (tensor<1x4x1x16xbf16>, tensor<1x1x1100x16xbf16>, tensor<1x1x1100x16xbf16>) -> tensor<1x4x1x16xbf16>
  %y16 = tenon.attention %x12, %x13, %x14 mask %x20 {num_heads = 4, num_kv_heads = 1} : (tensor<1x4x1x16xbf16>, tensor<1x1x1100x16xbf16>, tensor<1x1x1100x16xbf16>, tensor<1100xf32>) -> tensor<1x4x1x16xbf16>
  %y17 = tenon.attention %x21, %x22, %x23 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal bottom_right>} : (tensor<1x3x32xbf16>, tensor<1x530x16xbf16>, tensor<1x530x16xbf16>) -> tensor<1x3x32xbf16>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17 : tensor<1x4x1x16xf16>, tensor<1x4x1x16xf16>, tensor<1x4x1x16xf16>, tensor<1x4x1x16xf16>, tensor<1x4x1x16xf16>, tensor<1x4x1x16xf16>, tensor<1x4x1x16xf16>, tensor<1x4x1x16xf16>, tensor<1x3x32xf16>, tensor<1x4x1x16xbf16>, tensor<1x4x1x16xbf16>, tensor<1x4x1x16xbf16>, tensor<1x4x1x16xbf16>, tensor<1x4x1x16xbf16>, tensor<1x4x1x16xbf16>, tensor<1x4x1x16xbf16>, tensor<1x4x1x16xbf16>, tensor<1x3x32xbf16>
}
