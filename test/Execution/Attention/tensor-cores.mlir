// Sizes that a GPU's tensor cores do, which round the weights of values to 16 bits.
// RUN: tenon-run %s --inputs %p/Inputs/tensor-cores.inputs.safetensors \
// RUN:   --expect %p/Inputs/tensor-cores.expected.safetensors --rtol 0.02 --atol 0.01
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x4x70x32xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<1x2x70x32xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<1x2x70x16xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<2x2x33x16xf16> {tenon.name = "x3", tenon.dtype = "float16"},
    %x4: tensor<2x1x150x16xf16> {tenon.name = "x4", tenon.dtype = "float16"},
    %x5: tensor<2x1x150x48xf16> {tenon.name = "x5", tenon.dtype = "float16"},
    %x6: tensor<2xi64> {tenon.name = "x6", tenon.dtype = "int64"},
    %x7: tensor<1x4x70x32xbf16> {tenon.name = "x7", tenon.dtype = "bfloat16"},
    %x8: tensor<1x2x70x32xbf16> {tenon.name = "x8", tenon.dtype = "bfloat16"},
    %x9: tensor<1x2x70x16xbf16> {tenon.name = "x9", tenon.dtype = "bfloat16"},
    %x10: tensor<2x2x33x16xbf16> {tenon.name = "x10", tenon.dtype = "bfloat16"},
    %x11: tensor<2x1x150x16xbf16> {tenon.name = "x11", tenon.dtype = "bfloat16"},
    %x12: tensor<2x1x150x48xbf16> {tenon.name = "x12", tenon.dtype = "bfloat16"},
    %x13: tensor<2xi64> {tenon.name = "x13", tenon.dtype = "int64"},
    %x14: tensor<2x80x32xf16> {tenon.name = "x14", tenon.dtype = "float16"},
    %x15: tensor<2x80x32xf16> {tenon.name = "x15", tenon.dtype = "float16"},
    %x16: tensor<2x80x32xf16> {tenon.name = "x16", tenon.dtype = "float16"})
    -> (
    tensor<1x4x70x16xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<2x2x33x48xf16> {tenon.name = "y1", tenon.dtype = "float16"},
    tensor<2x2x33x48xf16> {tenon.name = "y2", tenon.dtype = "float16"},
    tensor<2x2x33x48xf16> {tenon.name = "y3", tenon.dtype = "float16"},
    tensor<2x2x33x48xf16> {tenon.name = "y4", tenon.dtype = "float16"},
    tensor<2x2x33x48xf16> {tenon.name = "y5", tenon.dtype = "float16"},
    tensor<2x2x33x48xf16> {tenon.name = "y6", tenon.dtype = "float16"},
    tensor<2x2x33x48xf16> {tenon.name = "y7", tenon.dtype = "float16"},
    tensor<1x4x70x16xbf16> {tenon.name = "y8", tenon.dtype = "bfloat16"},
    tensor<2x2x33x48xbf16> {tenon.name = "y9", tenon.dtype = "bfloat16"},
    tensor<2x2x33x48xbf16> {tenon.name = "y10", tenon.dtype = "bfloat16"},
    tensor<2x2x33x48xbf16> {tenon.name = "y11", tenon.dtype = "bfloat16"},
    tensor<2x2x33x48xbf16> {tenon.name = "y12", tenon.dtype = "bfloat16"},
    tensor<2x2x33x48xbf16> {tenon.name = "y13", tenon.dtype = "bfloat16"},
    tensor<2x2x33x48xbf16> {tenon.name = "y14", tenon.dtype = "bfloat16"},
    tensor<2x2x33x48xbf16> {tenon.name = "y15", tenon.dtype = "bfloat16"},
    tensor<2x80x32xf16> {tenon.name = "y16", tenon.dtype = "float16"}) {
  %y0 = tenon.attention %x0, %x1, %x2 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<1x4x70x32xf16>, tensor<1x2x70x32xf16>, tensor<1x2x70x16xf16>) -> tensor<1x4x70x16xf16>
  %y1 = tenon.attention %x3, %x4, %x5 {num_heads = 2, num_kv_heads = 1} : (tensor<2x2x33x16xf16>, tensor<2x1x150x16xf16>, tensor<2x1x150x48xf16>) -> tensor<2x2x33x48xf16>
  %y2 = tenon.attention %x3, %x4, %x5 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal bottom_right>, scale = 0.5 : f64} : (tensor<2x2x33x16xf16>, tensor<2x1x150x16xf16>, tensor<2x1x150x48xf16>) -> tensor<2x2x33x48xf16>
  %y3 = tenon.attention %x3, %x4, %x5 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal bottom_right>, window = 20} : (tensor<2x2x33x16xf16>, tensor<2x1x150x16xf16>, tensor<2x1x150x48xf16>) -> tensor<2x2x33x48xf16>
  %y4 = tenon.attention %x3, %x4, %x5 {num_heads = 2, num_kv_heads = 1, window = 9} : (tensor<2x2x33x16xf16>, tensor<2x1x150x16xf16>, tensor<2x1x150x48xf16>) -> tensor<2x2x33x48xf16>
  %y5 = tenon.attention %x3, %x4, %x5 valid_lengths %x6 {num_heads = 2, num_kv_heads = 1} : (tensor<2x2x33x16xf16>, tensor<2x1x150x16xf16>, tensor<2x1x150x48xf16>, tensor<2xi64>) -> tensor<2x2x33x48xf16>
  %y6 = tenon.attention %x3, %x4, %x5 valid_lengths %x6 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal cached>} : (tensor<2x2x33x16xf16>, tensor<2x1x150x16xf16>, tensor<2x1x150x48xf16>, tensor<2xi64>) -> tensor<2x2x33x48xf16>
  %y7 = tenon.attention %x3, %x4, %x5 valid_lengths %x6 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal cached>, window = 30} : (tensor<2x2x33x16xf16>, tensor<2x1x150x16xf16>, tensor<2x1x150x48xf16>, tensor<2xi64>) -> tensor<2x2x33x48xf16>
  %y8 = tenon.attention %x7, %x8, %x9 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<1x4x70x32xbf16>, tensor<1x2x70x32xbf16>, tensor<1x2x70x16xbf16>) -> tensor<1x4x70x16xbf16>
  %y9 = tenon.attention %x10, %x11, %x12 {num_heads = 2, num_kv_heads = 1} : (tensor<2x2x33x16xbf16>, tensor<2x1x150x16xbf16>, tensor<2x1x150x48xbf16>) -> tensor<2x2x33x48xbf16>
  %y10 = tenon.attention %x10, %x11, %x12 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal bottom_right>, scale = 0.5 : f64} : (tensor<2x2x33x16xbf16>, tensor<2x1x150x16xbf16>, tensor<2x1x150x48xbf16>) -> tensor<2x2x33x48xbf16>
  %y11 = tenon.attention %x10, %x11, %x12 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal bottom_right>, window = 20} : (tensor<2x2x33x16xbf16>, tensor<2x1x150x16xbf16>, tensor<2x1x150x48xbf16>) -> tensor<2x2x33x48xbf16>
  %y12 = tenon.attention %x10, %x11, %x12 {num_heads = 2, num_kv_heads = 1, window = 9} : (tensor<2x2x33x16xbf16>, tensor<2x1x150x16xbf16>, tensor<2x1x150x48xbf16>) -> tensor<2x2x33x48xbf16>
  %y13 = tenon.attention %x10, %x11, %x12 valid_lengths %x13 {num_heads = 2, num_kv_heads = 1} : (tensor<2x2x33x16xbf16>, tensor<2x1x150x16xbf16>, tensor<2x1x150x48xbf16>, tensor<2xi64>) -> tensor<2x2x33x48xbf16>
  %y14 = tenon.attention %x10, %x11, %x12 valid_lengths %x13 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal cached>} : (tensor<2x2x33x16xbf16>, tensor<2x1x150x16xbf16>, tensor<2x1x150x48xbf16>, tensor<2xi64>) -> tensor<2x2x33x48xbf16>
  %y15 = tenon.attention %x10, %x11, %x12 valid_lengths %x13 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal cached>, window = 30} : (tensor<2x2x33x16xbf16>, tensor<2x1x150x16xbf16>, tensor<2x1x150x48xbf16>, tensor<2xi64>) -> tensor<2x2x33x48xbf16>
  %y16 = tenon.attention %x14, %x15, %x16 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x80x32xf16>, tensor<2x80x32xf16>, tensor<2x80x32xf16>) -> tensor<2x80x32xf16>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16 : tensor<1x4x70x16xf16>, tensor<2x2x33x48xf16>, tensor<2x2x33x48xf16>, tensor<2x2x33x48xf16>, tensor<2x2x33x48xf16>, tensor<2x2x33x48xf16>, tensor<2x2x33x48xf16>, tensor<2x2x33x48xf16>, tensor<1x4x70x16xbf16>, tensor<2x2x33x48xbf16>, tensor<2x2x33x48xbf16>, tensor<2x2x33x48xbf16>, tensor<2x2x33x48xbf16>, tensor<2x2x33x48xbf16>, tensor<2x2x33x48xbf16>, tensor<2x2x33x48xbf16>, tensor<2x80x32xf16>
}
