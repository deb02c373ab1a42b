// Many queries: tiles of them, the last one short, walk over blocks of keys, the last one short.
// RUN: tenon-run %s --inputs %p/Inputs/tiles.inputs.safetensors \
// RUN:   --expect %p/Inputs/tiles.expected.safetensors --rtol 0.0001 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x2x13x4xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<1x1x20x4xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<1x1x20x3xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<1xi64> {tenon.name = "x3", tenon.dtype = "int64"},
    %x4: tensor<1x1x13x20xi1> {tenon.name = "x4", tenon.dtype = "bool"},
    %x5: tensor<2x13x20xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<1x20xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<1x2x70x4xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<1x2x70x4xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<1x2x70x3xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<1xi64> {tenon.name = "x10", tenon.dtype = "int64"},
    %x11: tensor<1x1x70x70xi1> {tenon.name = "x11", tenon.dtype = "bool"},
    %x12: tensor<2x70x70xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<1x70xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<1x4x97x4xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<1x2x259x4xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<1x2x259x3xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<1xi64> {tenon.name = "x17", tenon.dtype = "int64"},
    %x18: tensor<1x1x97x259xi1> {tenon.name = "x18", tenon.dtype = "bool"},
    %x19: tensor<4x97x259xf32> {tenon.name = "x19", tenon.dtype = "float32"},
    %x20: tensor<1x259xf32> {tenon.name = "x20", tenon.dtype = "float32"},
    %x21: tensor<2x30x8xf32> {tenon.name = "x21", tenon.dtype = "float32"},
    %x22: tensor<2x150x8xf32> {tenon.name = "x22", tenon.dtype = "float32"},
    %x23: tensor<2x150x8xf32> {tenon.name = "x23", tenon.dtype = "float32"},
    %x24: tensor<2x2x9x4xf32> {tenon.name = "x24", tenon.dtype = "float32"},
    %x25: tensor<2x2x9x4xf32> {tenon.name = "x25", tenon.dtype = "float32"})
    -> (
    tensor<1x2x13x3xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x2x13x3xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x2x13x3xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x2x13x3xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x2x13x3xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x2x13x3xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<1x2x13x3xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<1x2x13x3xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<1x2x13x3xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<1x2x70x3xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<1x2x70x3xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<1x2x70x3xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<1x2x70x3xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<1x2x70x3xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<1x2x70x3xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<1x2x70x3xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<1x2x70x3xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<1x2x70x3xf32> {tenon.name = "y17", tenon.dtype = "float32"},
    tensor<1x4x97x3xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<1x4x97x3xf32> {tenon.name = "y19", tenon.dtype = "float32"},
    tensor<1x4x97x3xf32> {tenon.name = "y20", tenon.dtype = "float32"},
    tensor<1x4x97x3xf32> {tenon.name = "y21", tenon.dtype = "float32"},
    tensor<1x4x97x3xf32> {tenon.name = "y22", tenon.dtype = "float32"},
    tensor<1x4x97x3xf32> {tenon.name = "y23", tenon.dtype = "float32"},
    tensor<1x4x97x3xf32> {tenon.name = "y24", tenon.dtype = "float32"},
    tensor<1x4x97x3xf32> {tenon.name = "y25", tenon.dtype = "float32"},
    tensor<1x4x97x3xf32> {tenon.name = "y26", tenon.dtype = "float32"},
    tensor<2x30x8xf32> {tenon.name = "y27", tenon.dtype = "float32"}) {
  %y0 = tenon.attention %x0, %x1, %x2 {num_heads = 2, num_kv_heads = 1} : (tensor<1x2x13x4xf32>, tensor<1x1x20x4xf32>, tensor<1x1x20x3xf32>) -> tensor<1x2x13x3xf32>
  %y1 = tenon.attention %x0, %x1, %x2 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal top_left>} : (tensor<1x2x13x4xf32>, tensor<1x1x20x4xf32>, tensor<1x1x20x3xf32>) -> tensor<1x2x13x3xf32>
  %y2 = tenon.attention %x0, %x1, %x2 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal bottom_right>} : (tensor<1x2x13x4xf32>, tensor<1x1x20x4xf32>, tensor<1x1x20x3xf32>) -> tensor<1x2x13x3xf32>
  %y3 = tenon.attention %x0, %x1, %x2 valid_lengths %x3 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal cached>, softcap = 2.0 : f64} : (tensor<1x2x13x4xf32>, tensor<1x1x20x4xf32>, tensor<1x1x20x3xf32>, tensor<1xi64>) -> tensor<1x2x13x3xf32>
  %y4 = tenon.attention %x0, %x1, %x2 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal bottom_right>, window = 7} : (tensor<1x2x13x4xf32>, tensor<1x1x20x4xf32>, tensor<1x1x20x3xf32>) -> tensor<1x2x13x3xf32>
  %y5 = tenon.attention %x0, %x1, %x2 {num_heads = 2, num_kv_heads = 1, window = 5, scale = 0.3 : f64} : (tensor<1x2x13x4xf32>, tensor<1x1x20x4xf32>, tensor<1x1x20x3xf32>) -> tensor<1x2x13x3xf32>
  %y6 = tenon.attention %x0, %x1, %x2 mask %x4 {num_heads = 2, num_kv_heads = 1} : (tensor<1x2x13x4xf32>, tensor<1x1x20x4xf32>, tensor<1x1x20x3xf32>, tensor<1x1x13x20xi1>) -> tensor<1x2x13x3xf32>
  %y7 = tenon.attention %x0, %x1, %x2 mask %x5 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal top_left>} : (tensor<1x2x13x4xf32>, tensor<1x1x20x4xf32>, tensor<1x1x20x3xf32>, tensor<2x13x20xf32>) -> tensor<1x2x13x3xf32>
  %y8 = tenon.attention %x0, %x1, %x2 mask %x6 valid_lengths %x3 {num_heads = 2, num_kv_heads = 1} : (tensor<1x2x13x4xf32>, tensor<1x1x20x4xf32>, tensor<1x1x20x3xf32>, tensor<1x20xf32>, tensor<1xi64>) -> tensor<1x2x13x3xf32>
  %y9 = tenon.attention %x7, %x8, %x9 {num_heads = 2, num_kv_heads = 2} : (tensor<1x2x70x4xf32>, tensor<1x2x70x4xf32>, tensor<1x2x70x3xf32>) -> tensor<1x2x70x3xf32>
  %y10 = tenon.attention %x7, %x8, %x9 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<1x2x70x4xf32>, tensor<1x2x70x4xf32>, tensor<1x2x70x3xf32>) -> tensor<1x2x70x3xf32>
  %y11 = tenon.attention %x7, %x8, %x9 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<1x2x70x4xf32>, tensor<1x2x70x4xf32>, tensor<1x2x70x3xf32>) -> tensor<1x2x70x3xf32>
  %y12 = tenon.attention %x7, %x8, %x9 valid_lengths %x10 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal cached>, softcap = 2.0 : f64} : (tensor<1x2x70x4xf32>, tensor<1x2x70x4xf32>, tensor<1x2x70x3xf32>, tensor<1xi64>) -> tensor<1x2x70x3xf32>
  %y13 = tenon.attention %x7, %x8, %x9 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal bottom_right>, window = 7} : (tensor<1x2x70x4xf32>, tensor<1x2x70x4xf32>, tensor<1x2x70x3xf32>) -> tensor<1x2x70x3xf32>
  %y14 = tenon.attention %x7, %x8, %x9 {num_heads = 2, num_kv_heads = 2, window = 5, scale = 0.3 : f64} : (tensor<1x2x70x4xf32>, tensor<1x2x70x4xf32>, tensor<1x2x70x3xf32>) -> tensor<1x2x70x3xf32>
  %y15 = tenon.attention %x7, %x8, %x9 mask %x11 {num_heads = 2, num_kv_heads = 2} : (tensor<1x2x70x4xf32>, tensor<1x2x70x4xf32>, tensor<1x2x70x3xf32>, tensor<1x1x70x70xi1>) -> tensor<1x2x70x3xf32>
  %y16 = tenon.attention %x7, %x8, %x9 mask %x12 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<1x2x70x4xf32>, tensor<1x2x70x4xf32>, tensor<1x2x70x3xf32>, tensor<2x70x70xf32>) -> tensor<1x2x70x3xf32>
  %y17 = tenon.attention %x7, %x8, %x9 mask %x13 valid_lengths %x10 {num_heads = 2, num_kv_heads = 2} : (tensor<1x2x70x4xf32>, tensor<1x2x70x4xf32>, tensor<1x2x70x3xf32>, tensor<1x70xf32>, tensor<1xi64>) -> tensor<1x2x70x3xf32>
  %y18 = tenon.attention %x14, %x15, %x16 {num_heads = 4, num_kv_heads = 2} : (tensor<1x4x97x4xf32>, tensor<1x2x259x4xf32>, tensor<1x2x259x3xf32>) -> tensor<1x4x97x3xf32>
  %y19 = tenon.attention %x14, %x15, %x16 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<1x4x97x4xf32>, tensor<1x2x259x4xf32>, tensor<1x2x259x3xf32>) -> tensor<1x4x97x3xf32>
  %y20 = tenon.attention %x14, %x15, %x16 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>} : (tensor<1x4x97x4xf32>, tensor<1x2x259x4xf32>, tensor<1x2x259x3xf32>) -> tensor<1x4x97x3xf32>
  %y21 = tenon.attention %x14, %x15, %x16 valid_lengths %x17 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>, softcap = 2.0 : f64} : (tensor<1x4x97x4xf32>, tensor<1x2x259x4xf32>, tensor<1x2x259x3xf32>, tensor<1xi64>) -> tensor<1x4x97x3xf32>
  %y22 = tenon.attention %x14, %x15, %x16 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal bottom_right>, window = 7} : (tensor<1x4x97x4xf32>, tensor<1x2x259x4xf32>, tensor<1x2x259x3xf32>) -> tensor<1x4x97x3xf32>
  %y23 = tenon.attention %x14, %x15, %x16 {num_heads = 4, num_kv_heads = 2, window = 5, scale = 0.3 : f64} : (tensor<1x4x97x4xf32>, tensor<1x2x259x4xf32>, tensor<1x2x259x3xf32>) -> tensor<1x4x97x3xf32>
  %y24 = tenon.attention %x14, %x15, %x16 mask %x18 {num_heads = 4, num_kv_heads = 2} : (tensor<1x4x97x4xf32>, tensor<1x2x259x4xf32>, tensor<1x2x259x3xf32>, tensor<1x1x97x259xi1>) -> tensor<1x4x97x3xf32>
  %y25 = tenon.attention %x14, %x15, %x16 mask %x19 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<1x4x97x4xf32>, tensor<1x2x259x4xf32>, tensor<1x2x259x3xf32>, tensor<4x97x259xf32>) -> tensor<1x4x97x3xf32>
  %y26 = tenon.attention %x14, %x15, %x16 mask %x20 valid_lengths %x17 {num_heads = 4, num_kv_heads = 2} : (tensor<1x4x97x4xf32>, tensor<1x2x259x4xf32>, tensor<1x2x259x3xf32>, tensor<1x259xf32>, tensor<1xi64>) -> tensor<1x4x97x3xf32>
  %y27 = tenon.attention %x21, %x22, %x23 past %x24, %x25 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x30x8xf32>, tensor<2x150x8xf32>, tensor<2x150x8xf32>, tensor<2x2x9x4xf32>, tensor<2x2x9x4xf32>) -> tensor<2x30x8xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24, %y25, %y26, %y27 : tensor<1x2x13x3xf32>, tensor<1x2x13x3xf32>, tensor<1x2x13x3xf32>, tensor<1x2x13x3xf32>, tensor<1x2x13x3xf32>, tensor<1x2x13x3xf32>, tensor<1x2x13x3xf32>, tensor<1x2x13x3xf32>, tensor<1x2x13x3xf32>, tensor<1x2x70x3xf32>, tensor<1x2x70x3xf32>, tensor<1x2x70x3xf32>, tensor<1x2x70x3xf32>, tensor<1x2x70x3xf32>, tensor<1x2x70x3xf32>, tensor<1x2x70x3xf32>, tensor<1x2x70x3xf32>, tensor<1x2x70x3xf32>, tensor<1x4x97x3xf32>, tensor<1x4x97x3xf32>, tensor<1x4x97x3xf32>, tensor<1x4x97x3xf32>, tensor<1x4x97x3xf32>, tensor<1x4x97x3xf32>, tensor<1x4x97x3xf32>, tensor<1x4x97x3xf32>, tensor<1x4x97x3xf32>, tensor<2x30x8xf32>
}
