// A5: what a key or value holds that no query sees has no influence, NaN included.
// RUN: tenon-run %s --inputs %p/Inputs/a5-unused-slots.inputs.safetensors \
// RUN:   --expect %p/Inputs/a5-unused-slots.expected.safetensors --rtol 0.0001 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x4x2x4xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x2x5x4xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x2x5x4xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x2x5x4xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<2x2x5x4xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<2xi64> {tenon.name = "x5", tenon.dtype = "int64"},
    %x6: tensor<2x1x1x5xi1> {tenon.name = "x6", tenon.dtype = "bool"},
    %x7: tensor<2x1x1x5xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<2x4x2x4xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<2x2x5x4xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<2x2x5x4xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<2x2x5x4xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<2x2x5x4xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<2xi64> {tenon.name = "x13", tenon.dtype = "int64"},
    %x14: tensor<2x1x1x5xi1> {tenon.name = "x14", tenon.dtype = "bool"},
    %x15: tensor<2x1x1x5xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<2x4x2x4xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<2x2x5x4xf32> {tenon.name = "x17", tenon.dtype = "float32"},
    %x18: tensor<2x2x5x4xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<2x2x5x4xf32> {tenon.name = "x19", tenon.dtype = "float32"},
    %x20: tensor<2x2x5x4xf32> {tenon.name = "x20", tenon.dtype = "float32"},
    %x21: tensor<2xi64> {tenon.name = "x21", tenon.dtype = "int64"},
    %x22: tensor<2x1x1x5xi1> {tenon.name = "x22", tenon.dtype = "bool"},
    %x23: tensor<2x1x1x5xf32> {tenon.name = "x23", tenon.dtype = "float32"},
    %x24: tensor<1x2x2x4xf32> {tenon.name = "x24", tenon.dtype = "float32"},
    %x25: tensor<1x2x4x4xf32> {tenon.name = "x25", tenon.dtype = "float32"},
    %x26: tensor<1x2x4x4xf32> {tenon.name = "x26", tenon.dtype = "float32"},
    %x27: tensor<1x2x4x4xf32> {tenon.name = "x27", tenon.dtype = "float32"},
    %x28: tensor<1x2x4x4xf32> {tenon.name = "x28", tenon.dtype = "float32"})
    -> (
    tensor<2x4x2x4xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x4x2x4xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x4x2x4xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x4x2x4xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x4x2x4xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x4x2x4xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x4x2x4xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x4x2x4xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x4x2x4xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<2x4x2x4xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<2x4x2x4xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<2x4x2x4xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<1x2x2x4xf32> {tenon.name = "y12", tenon.dtype = "float32"}) {
  %y0 = tenon.attention %x0, %x3, %x4 valid_lengths %x5 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x2x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2xi64>) -> tensor<2x4x2x4xf32>
  %y1 = tenon.attention %x0, %x3, %x4 valid_lengths %x5 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x2x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2xi64>) -> tensor<2x4x2x4xf32>
  %y2 = tenon.attention %x0, %x3, %x4 mask %x6 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x2x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x1x1x5xi1>) -> tensor<2x4x2x4xf32>
  %y3 = tenon.attention %x0, %x3, %x4 mask %x7 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x2x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x1x1x5xf32>) -> tensor<2x4x2x4xf32>
  %y4 = tenon.attention %x8, %x11, %x12 valid_lengths %x13 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x2x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2xi64>) -> tensor<2x4x2x4xf32>
  %y5 = tenon.attention %x8, %x11, %x12 valid_lengths %x13 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x2x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2xi64>) -> tensor<2x4x2x4xf32>
  %y6 = tenon.attention %x8, %x11, %x12 mask %x14 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x2x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x1x1x5xi1>) -> tensor<2x4x2x4xf32>
  %y7 = tenon.attention %x8, %x11, %x12 mask %x15 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x2x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x1x1x5xf32>) -> tensor<2x4x2x4xf32>
  %y8 = tenon.attention %x16, %x19, %x20 valid_lengths %x21 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x2x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2xi64>) -> tensor<2x4x2x4xf32>
  %y9 = tenon.attention %x16, %x19, %x20 valid_lengths %x21 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x2x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2xi64>) -> tensor<2x4x2x4xf32>
  %y10 = tenon.attention %x16, %x19, %x20 mask %x22 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x2x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x1x1x5xi1>) -> tensor<2x4x2x4xf32>
  %y11 = tenon.attention %x16, %x19, %x20 mask %x23 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x2x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x1x1x5xf32>) -> tensor<2x4x2x4xf32>
  %y12 = tenon.attention %x24, %x27, %x28 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<1x2x2x4xf32>, tensor<1x2x4x4xf32>, tensor<1x2x4x4xf32>) -> tensor<1x2x2x4xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12 : tensor<2x4x2x4xf32>, tensor<2x4x2x4xf32>, tensor<2x4x2x4xf32>, tensor<2x4x2x4xf32>, tensor<2x4x2x4xf32>, tensor<2x4x2x4xf32>, tensor<2x4x2x4xf32>, tensor<2x4x2x4xf32>, tensor<2x4x2x4xf32>, tensor<2x4x2x4xf32>, tensor<2x4x2x4xf32>, tensor<2x4x2x4xf32>, tensor<1x2x2x4xf32>
}
