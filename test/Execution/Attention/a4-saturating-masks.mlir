// A4: the lowest f16 plus a negative score stays finite; masks meet in one select.
// RUN: tenon-run %s --inputs %p/Inputs/a4-saturating-masks.inputs.safetensors \
// RUN:   --expect %p/Inputs/a4-saturating-masks.expected.safetensors --rtol 0.002 --atol 0.001
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x2x3x8xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<1x2x4x8xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<1x2x4x8xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<1x1x3x4xf16> {tenon.name = "x3", tenon.dtype = "float16"},
    %x4: tensor<1x1x3x4xf16> {tenon.name = "x4", tenon.dtype = "float16"},
    %x5: tensor<1x2x3x8xbf16> {tenon.name = "x5", tenon.dtype = "bfloat16"},
    %x6: tensor<1x2x4x8xbf16> {tenon.name = "x6", tenon.dtype = "bfloat16"},
    %x7: tensor<1x2x4x8xbf16> {tenon.name = "x7", tenon.dtype = "bfloat16"},
    %x8: tensor<1x1x3x4xbf16> {tenon.name = "x8", tenon.dtype = "bfloat16"},
    %x9: tensor<1x1x3x4xbf16> {tenon.name = "x9", tenon.dtype = "bfloat16"})
    -> (
    tensor<1x2x3x8xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<1x2x3x8xf16> {tenon.name = "y1", tenon.dtype = "float16"},
    tensor<1x2x3x8xbf16> {tenon.name = "y2", tenon.dtype = "bfloat16"},
    tensor<1x2x3x8xbf16> {tenon.name = "y3", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.attention %x0, %x1, %x2 mask %x3 {num_heads = 2, num_kv_heads = 2, scale = 4.0 : f64} : (tensor<1x2x3x8xf16>, tensor<1x2x4x8xf16>, tensor<1x2x4x8xf16>, tensor<1x1x3x4xf16>) -> tensor<1x2x3x8xf16>
  %y1 = tenon.attention %x0, %x1, %x2 mask %x4 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal top_left>, window = 2} : (tensor<1x2x3x8xf16>, tensor<1x2x4x8xf16>, tensor<1x2x4x8xf16>, tensor<1x1x3x4xf16>) -> tensor<1x2x3x8xf16>
  %y2 = tenon.attention %x5, %x6, %x7 mask %x8 {num_heads = 2, num_kv_heads = 2, scale = 4.0 : f64} : (tensor<1x2x3x8xbf16>, tensor<1x2x4x8xbf16>, tensor<1x2x4x8xbf16>, tensor<1x1x3x4xbf16>) -> tensor<1x2x3x8xbf16>
  %y3 = tenon.attention %x5, %x6, %x7 mask %x9 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal top_left>, window = 2} : (tensor<1x2x3x8xbf16>, tensor<1x2x4x8xbf16>, tensor<1x2x4x8xbf16>, tensor<1x1x3x4xbf16>) -> tensor<1x2x3x8xbf16>
  return %y0, %y1, %y2, %y3 : tensor<1x2x3x8xf16>, tensor<1x2x3x8xf16>, tensor<1x2x3x8xbf16>, tensor<1x2x3x8xbf16>
}
