// A10: a half-split rotation of rows permuted head by head is the interleaved rotation, permuted.
// RUN: tenon-run %s --inputs %p/Inputs/a10-rope-weights.inputs.safetensors \
// RUN:   --expect %p/Inputs/a10-rope-weights.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x5x16xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x5x4xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x5x4xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<32x16xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<32x16xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<16x16xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<16x16xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<2x5x16xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<2x5x16xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<2x5x2xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<2x5x2xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<32x16xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<32x16xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<16x16xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<16x16xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<2x5x16xf32> {tenon.name = "x15", tenon.dtype = "float32"})
    -> (
    tensor<2x5x32xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x5x32xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x5x32xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x5x32xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x5x16xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x5x16xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x5x16xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x5x16xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x5x32xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<2x5x32xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<2x5x32xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<2x5x32xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<2x5x32xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<2x5x32xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<2x5x16xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<2x5x16xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<2x5x16xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<2x5x16xf32> {tenon.name = "y17", tenon.dtype = "float32"},
    tensor<2x5x32xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<2x5x32xf32> {tenon.name = "y19", tenon.dtype = "float32"}) {
  %y0 = tenon.linear %x0, %x3 : (tensor<2x5x16xf32>, tensor<32x16xf32>) -> tensor<2x5x32xf32>
  %y1 = tenon.rope %y0, %x1, %x2 {rotary_dim = 8, num_heads = 4, interleaved} : (tensor<2x5x32xf32>, tensor<2x5x4xf32>, tensor<2x5x4xf32>) -> tensor<2x5x32xf32>
  %y2 = tenon.linear %x0, %x4 : (tensor<2x5x16xf32>, tensor<32x16xf32>) -> tensor<2x5x32xf32>
  %y3 = tenon.rope %y2, %x1, %x2 {rotary_dim = 8, num_heads = 4} : (tensor<2x5x32xf32>, tensor<2x5x4xf32>, tensor<2x5x4xf32>) -> tensor<2x5x32xf32>
  %y4 = tenon.linear %x0, %x5 : (tensor<2x5x16xf32>, tensor<16x16xf32>) -> tensor<2x5x16xf32>
  %y5 = tenon.rope %y4, %x1, %x2 {rotary_dim = 8, num_heads = 2, interleaved} : (tensor<2x5x16xf32>, tensor<2x5x4xf32>, tensor<2x5x4xf32>) -> tensor<2x5x16xf32>
  %y6 = tenon.linear %x0, %x6 : (tensor<2x5x16xf32>, tensor<16x16xf32>) -> tensor<2x5x16xf32>
  %y7 = tenon.rope %y6, %x1, %x2 {rotary_dim = 8, num_heads = 2} : (tensor<2x5x16xf32>, tensor<2x5x4xf32>, tensor<2x5x4xf32>) -> tensor<2x5x16xf32>
  %y8 = tenon.attention %y1, %y5, %x7 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x5x32xf32>, tensor<2x5x16xf32>, tensor<2x5x16xf32>) -> tensor<2x5x32xf32>
  %y9 = tenon.attention %y3, %y7, %x7 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x5x32xf32>, tensor<2x5x16xf32>, tensor<2x5x16xf32>) -> tensor<2x5x32xf32>
  %y10 = tenon.linear %x8, %x11 : (tensor<2x5x16xf32>, tensor<32x16xf32>) -> tensor<2x5x32xf32>
  %y11 = tenon.rope %y10, %x9, %x10 {rotary_dim = 4, num_heads = 4, interleaved} : (tensor<2x5x32xf32>, tensor<2x5x2xf32>, tensor<2x5x2xf32>) -> tensor<2x5x32xf32>
  %y12 = tenon.linear %x8, %x12 : (tensor<2x5x16xf32>, tensor<32x16xf32>) -> tensor<2x5x32xf32>
  %y13 = tenon.rope %y12, %x9, %x10 {rotary_dim = 4, num_heads = 4} : (tensor<2x5x32xf32>, tensor<2x5x2xf32>, tensor<2x5x2xf32>) -> tensor<2x5x32xf32>
  %y14 = tenon.linear %x8, %x13 : (tensor<2x5x16xf32>, tensor<16x16xf32>) -> tensor<2x5x16xf32>
  %y15 = tenon.rope %y14, %x9, %x10 {rotary_dim = 4, num_heads = 2, interleaved} : (tensor<2x5x16xf32>, tensor<2x5x2xf32>, tensor<2x5x2xf32>) -> tensor<2x5x16xf32>
  %y16 = tenon.linear %x8, %x14 : (tensor<2x5x16xf32>, tensor<16x16xf32>) -> tensor<2x5x16xf32>
  %y17 = tenon.rope %y16, %x9, %x10 {rotary_dim = 4, num_heads = 2} : (tensor<2x5x16xf32>, tensor<2x5x2xf32>, tensor<2x5x2xf32>) -> tensor<2x5x16xf32>
  %y18 = tenon.attention %y11, %y15, %x15 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x5x32xf32>, tensor<2x5x16xf32>, tensor<2x5x16xf32>) -> tensor<2x5x32xf32>
  %y19 = tenon.attention %y13, %y17, %x15 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x5x32xf32>, tensor<2x5x16xf32>, tensor<2x5x16xf32>) -> tensor<2x5x32xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19 : tensor<2x5x32xf32>, tensor<2x5x32xf32>, tensor<2x5x32xf32>, tensor<2x5x32xf32>, tensor<2x5x16xf32>, tensor<2x5x16xf32>, tensor<2x5x16xf32>, tensor<2x5x16xf32>, tensor<2x5x32xf32>, tensor<2x5x32xf32>, tensor<2x5x32xf32>, tensor<2x5x32xf32>, tensor<2x5x32xf32>, tensor<2x5x32xf32>, tensor<2x5x16xf32>, tensor<2x5x16xf32>, tensor<2x5x16xf32>, tensor<2x5x16xf32>, tensor<2x5x32xf32>, tensor<2x5x32xf32>
}
