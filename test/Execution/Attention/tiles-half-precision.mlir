// Tiles of f16 and bf16 sum in f32.
// RUN: tenon-run %s --inputs %p/Inputs/tiles-half-precision.inputs.safetensors \
// RUN:   --expect %p/Inputs/tiles-half-precision.expected.safetensors --rtol 0.02 --atol 0.002
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x2x70x8xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<1x1x70x8xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<1x1x70x8xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<1x2x70x8xbf16> {tenon.name = "x3", tenon.dtype = "bfloat16"},
    %x4: tensor<1x1x70x8xbf16> {tenon.name = "x4", tenon.dtype = "bfloat16"},
    %x5: tensor<1x1x70x8xbf16> {tenon.name = "x5", tenon.dtype = "bfloat16"})
    -> (
    tensor<1x2x70x8xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<1x2x70x8xbf16> {tenon.name = "y1", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.attention %x0, %x1, %x2 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal top_left>} : (tensor<1x2x70x8xf16>, tensor<1x1x70x8xf16>, tensor<1x1x70x8xf16>) -> tensor<1x2x70x8xf16>
  %y1 = tenon.attention %x3, %x4, %x5 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal top_left>} : (tensor<1x2x70x8xbf16>, tensor<1x1x70x8xbf16>, tensor<1x1x70x8xbf16>) -> tensor<1x2x70x8xbf16>
  return %y0, %y1 : tensor<1x2x70x8xf16>, tensor<1x2x70x8xbf16>
}
