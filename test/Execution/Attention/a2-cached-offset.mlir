// A2: a query's place follows from the past, or from its own row's valid length.
// RUN: tenon-run %s --inputs %p/Inputs/a2-cached-offset.inputs.safetensors \
// RUN:   --expect %p/Inputs/a2-cached-offset.expected.safetensors --rtol 0.0001 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x2x2x4xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x2x3x4xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x2x3x4xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x2x4x4xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<2x2x4x4xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<3xi64> {tenon.name = "x5", tenon.dtype = "int64"},
    %x6: tensor<3x2x2x4xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<3x1x4x4xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<3x1x4x4xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<3xi32> {tenon.name = "x9", tenon.dtype = "int32"},
    %x10: tensor<3x2x2x4xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<3x1x4x4xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<3x1x4x4xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<2x3x16xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<2x3x8xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<2x3x8xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<2x2x2x4xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<2x2x2x4xf32> {tenon.name = "x17", tenon.dtype = "float32"})
    -> (
    tensor<2x2x2x4xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<3x2x2x4xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<3x2x2x4xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x3x16xf32> {tenon.name = "y3", tenon.dtype = "float32"}) {
  %y0 = tenon.attention %x0, %x1, %x2 past %x3, %x4 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x2x2x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>) -> tensor<2x2x2x4xf32>
  %y1 = tenon.attention %x6, %x7, %x8 valid_lengths %x5 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal cached>} : (tensor<3x2x2x4xf32>, tensor<3x1x4x4xf32>, tensor<3x1x4x4xf32>, tensor<3xi64>) -> tensor<3x2x2x4xf32>
  %y2 = tenon.attention %x10, %x11, %x12 valid_lengths %x9 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal cached>} : (tensor<3x2x2x4xf32>, tensor<3x1x4x4xf32>, tensor<3x1x4x4xf32>, tensor<3xi32>) -> tensor<3x2x2x4xf32>
  %y3 = tenon.attention %x13, %x14, %x15 past %x16, %x17 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x3x16xf32>, tensor<2x3x8xf32>, tensor<2x3x8xf32>, tensor<2x2x2x4xf32>, tensor<2x2x2x4xf32>) -> tensor<2x3x16xf32>
  return %y0, %y1, %y2, %y3 : tensor<2x2x2x4xf32>, tensor<3x2x2x4xf32>, tensor<3x2x2x4xf32>, tensor<2x3x16xf32>
}
