// One query of three dimensions, with and without a past; rank-f64 keeps its digits.
// RUN: tenon-run %s --inputs %p/Inputs/one-query-packed.inputs.safetensors \
// RUN:   --expect %p/Inputs/one-query-packed.expected.safetensors --rtol 0.0001 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x1x30xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x70x15xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x70x15xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x1x16xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<2x1x8xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<2x1x8xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<2x2x80x4xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<2x2x80x4xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<1x2x1x3xf64> {tenon.name = "x8", tenon.dtype = "float64"},
    %x9: tensor<1x1x530x3xf64> {tenon.name = "x9", tenon.dtype = "float64"},
    %x10: tensor<1x1x530x3xf64> {tenon.name = "x10", tenon.dtype = "float64"})
    -> (
    tensor<2x1x30xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x1x16xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x2x1x3xf64> {tenon.name = "y2", tenon.dtype = "float64"}) {
  %y0 = tenon.attention %x0, %x1, %x2 {num_heads = 6, num_kv_heads = 3, causal = #tenon<causal bottom_right>} : (tensor<2x1x30xf32>, tensor<2x70x15xf32>, tensor<2x70x15xf32>) -> tensor<2x1x30xf32>
  %y1 = tenon.attention %x3, %x4, %x5 past %x6, %x7 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x1x16xf32>, tensor<2x1x8xf32>, tensor<2x1x8xf32>, tensor<2x2x80x4xf32>, tensor<2x2x80x4xf32>) -> tensor<2x1x16xf32>
  %y2 = tenon.attention %x8, %x9, %x10 {num_heads = 2, num_kv_heads = 1} : (tensor<1x2x1x3xf64>, tensor<1x1x530x3xf64>, tensor<1x1x530x3xf64>) -> tensor<1x2x1x3xf64>
  return %y0, %y1, %y2 : tensor<2x1x30xf32>, tensor<2x1x16xf32>, tensor<1x2x1x3xf64>
}
