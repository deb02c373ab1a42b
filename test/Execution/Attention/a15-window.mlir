// A15: a window of W keys counts the query's own.
// RUN: tenon-run %s --inputs %p/Inputs/a15-window.inputs.safetensors \
// RUN:   --expect %p/Inputs/a15-window.expected.safetensors --rtol 0.0001 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x2x6x4xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<1x2x6x4xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<1x2x6x4xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<1x2x2x4xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<1x2x6x4xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<1x2x6x4xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<2x2x2x4xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<2x2x6x4xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<2x2x6x4xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<2xi64> {tenon.name = "x9", tenon.dtype = "int64"})
    -> (
    tensor<1x2x6x4xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x2x6x4xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x2x6x4xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x2x6x4xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x2x6x4xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x2x2x4xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<1x2x2x6xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x2x2x4xf32> {tenon.name = "y7", tenon.dtype = "float32"}) {
  %y0 = tenon.attention %x0, %x1, %x2 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal top_left>, window = 1} : (tensor<1x2x6x4xf32>, tensor<1x2x6x4xf32>, tensor<1x2x6x4xf32>) -> tensor<1x2x6x4xf32>
  %y1 = tenon.attention %x0, %x1, %x2 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal top_left>, window = 2} : (tensor<1x2x6x4xf32>, tensor<1x2x6x4xf32>, tensor<1x2x6x4xf32>) -> tensor<1x2x6x4xf32>
  %y2 = tenon.attention %x0, %x1, %x2 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal top_left>, window = 3} : (tensor<1x2x6x4xf32>, tensor<1x2x6x4xf32>, tensor<1x2x6x4xf32>) -> tensor<1x2x6x4xf32>
  %y3 = tenon.attention %x0, %x1, %x2 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal top_left>, window = 8} : (tensor<1x2x6x4xf32>, tensor<1x2x6x4xf32>, tensor<1x2x6x4xf32>) -> tensor<1x2x6x4xf32>
  %y4 = tenon.attention %x0, %x1, %x2 {num_heads = 2, num_kv_heads = 2, window = 2} : (tensor<1x2x6x4xf32>, tensor<1x2x6x4xf32>, tensor<1x2x6x4xf32>) -> tensor<1x2x6x4xf32>
  %y5, %y6 = tenon.attention %x3, %x4, %x5 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal bottom_right>, window = 3, scores = #tenon<scores masked>} : (tensor<1x2x2x4xf32>, tensor<1x2x6x4xf32>, tensor<1x2x6x4xf32>) -> (tensor<1x2x2x4xf32>, tensor<1x2x2x6xf32>)
  %y7 = tenon.attention %x6, %x7, %x8 valid_lengths %x9 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal cached>, window = 2} : (tensor<2x2x2x4xf32>, tensor<2x2x6x4xf32>, tensor<2x2x6x4xf32>, tensor<2xi64>) -> tensor<2x2x2x4xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7 : tensor<1x2x6x4xf32>, tensor<1x2x6x4xf32>, tensor<1x2x6x4xf32>, tensor<1x2x6x4xf32>, tensor<1x2x6x4xf32>, tensor<1x2x2x4xf32>, tensor<1x2x2x6xf32>, tensor<2x2x2x4xf32>
}
