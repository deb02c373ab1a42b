// A few queries of three dimensions, with and without a past; f64 keeps its digits.
// RUN: tenon-run %s --inputs %p/Inputs/few-queries-packed.inputs.safetensors \
// RUN:   --expect %p/Inputs/few-queries-packed.expected.safetensors --rtol 0.0001 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x4x30xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x70x15xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x70x15xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x4x30xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<2x70x15xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<2x70x15xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<2x6x4x70xi1> {tenon.name = "x6", tenon.dtype = "bool"},
    %x7: tensor<1x3x16xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<1x700x4xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<1x700x4xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<2x3x16xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<2x3x8xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<2x3x8xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<2x2x80x4xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<2x2x80x4xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<1x2x5x3xf64> {tenon.name = "x15", tenon.dtype = "float64"},
    %x16: tensor<1x1x530x3xf64> {tenon.name = "x16", tenon.dtype = "float64"},
    %x17: tensor<1x1x530x3xf64> {tenon.name = "x17", tenon.dtype = "float64"})
    -> (
    tensor<2x4x30xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x4x30xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x3x16xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x3x16xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x2x5x3xf64> {tenon.name = "y4", tenon.dtype = "float64"}) {
  %y0 = tenon.attention %x0, %x1, %x2 {num_heads = 6, num_kv_heads = 3, causal = #tenon<causal bottom_right>} : (tensor<2x4x30xf32>, tensor<2x70x15xf32>, tensor<2x70x15xf32>) -> tensor<2x4x30xf32>
  %y1 = tenon.attention %x3, %x4, %x5 mask %x6 {num_heads = 6, num_kv_heads = 3} : (tensor<2x4x30xf32>, tensor<2x70x15xf32>, tensor<2x70x15xf32>, tensor<2x6x4x70xi1>) -> tensor<2x4x30xf32>
  %y2 = tenon.attention %x7, %x8, %x9 {num_heads = 4, num_kv_heads = 1} : (tensor<1x3x16xf32>, tensor<1x700x4xf32>, tensor<1x700x4xf32>) -> tensor<1x3x16xf32>
  %y3 = tenon.attention %x10, %x11, %x12 past %x13, %x14 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x3x16xf32>, tensor<2x3x8xf32>, tensor<2x3x8xf32>, tensor<2x2x80x4xf32>, tensor<2x2x80x4xf32>) -> tensor<2x3x16xf32>
  %y4 = tenon.attention %x15, %x16, %x17 {num_heads = 2, num_kv_heads = 1} : (tensor<1x2x5x3xf64>, tensor<1x1x530x3xf64>, tensor<1x1x530x3xf64>) -> tensor<1x2x5x3xf64>
  return %y0, %y1, %y2, %y3, %y4 : tensor<2x4x30xf32>, tensor<2x4x30xf32>, tensor<1x3x16xf32>, tensor<2x3x16xf32>, tensor<1x2x5x3xf64>
}
