// A10: in f16 and bf16 the two flavours agree bit for bit.
// RUN: tenon-run %s --inputs %p/Inputs/a10-rope-weights-half-precision.inputs.safetensors \
// RUN:   --expect %p/Inputs/a10-rope-weights-half-precision.expected.safetensors --rtol 0 --atol 0
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x5x4xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<2x5x4xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<2x2x5x8xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<2x2x5x8xf16> {tenon.name = "x3", tenon.dtype = "float16"},
    %x4: tensor<2x5x4xbf16> {tenon.name = "x4", tenon.dtype = "bfloat16"},
    %x5: tensor<2x5x4xbf16> {tenon.name = "x5", tenon.dtype = "bfloat16"},
    %x6: tensor<2x2x5x8xbf16> {tenon.name = "x6", tenon.dtype = "bfloat16"},
    %x7: tensor<2x2x5x8xbf16> {tenon.name = "x7", tenon.dtype = "bfloat16"})
    -> (
    tensor<2x2x5x8xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<2x2x5x8xf16> {tenon.name = "y1", tenon.dtype = "float16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y2", tenon.dtype = "bfloat16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y3", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.rope %x2, %x0, %x1 {rotary_dim = 8, interleaved} : (tensor<2x2x5x8xf16>, tensor<2x5x4xf16>, tensor<2x5x4xf16>) -> tensor<2x2x5x8xf16>
  %y1 = tenon.rope %x3, %x0, %x1 {rotary_dim = 8} : (tensor<2x2x5x8xf16>, tensor<2x5x4xf16>, tensor<2x5x4xf16>) -> tensor<2x2x5x8xf16>
  %y2 = tenon.rope %x6, %x4, %x5 {rotary_dim = 8, interleaved} : (tensor<2x2x5x8xbf16>, tensor<2x5x4xbf16>, tensor<2x5x4xbf16>) -> tensor<2x2x5x8xbf16>
  %y3 = tenon.rope %x7, %x4, %x5 {rotary_dim = 8} : (tensor<2x2x5x8xbf16>, tensor<2x5x4xbf16>, tensor<2x5x4xbf16>) -> tensor<2x2x5x8xbf16>
  return %y0, %y1, %y2, %y3 : tensor<2x2x5x8xf16>, tensor<2x2x5x8xf16>, tensor<2x2x5x8xbf16>, tensor<2x2x5x8xbf16>
}
