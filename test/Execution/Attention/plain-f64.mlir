// Attention of f64 keeps its digits.
// RUN: tenon-run %s --inputs %p/Inputs/plain-f64.inputs.safetensors \
// RUN:   --expect %p/Inputs/plain-f64.expected.safetensors --rtol 1e-12 --atol 1e-13
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x2x3x5xf64> {tenon.name = "x0", tenon.dtype = "float64"},
    %x1: tensor<1x1x4x5xf64> {tenon.name = "x1", tenon.dtype = "float64"},
    %x2: tensor<1x1x4x5xf64> {tenon.name = "x2", tenon.dtype = "float64"})
    -> (
    tensor<1x2x3x5xf64> {tenon.name = "y0", tenon.dtype = "float64"}) {
  %y0 = tenon.attention %x0, %x1, %x2 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal top_left>} : (tensor<1x2x3x5xf64>, tensor<1x1x4x5xf64>, tensor<1x1x4x5xf64>) -> tensor<1x2x3x5xf64>
  return %y0 : tensor<1x2x3x5xf64>
}
