// Rotation of f16 and bf16 rounds once.
// RUN: tenon-run %s --inputs %p/Inputs/rope-half-precision.inputs.safetensors \
// RUN:   --expect %p/Inputs/rope-half-precision.expected.safetensors --rtol 0 --atol 0
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x2x3x8xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<1x3x4xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<1x3x4xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<1x2x3x8xbf16> {tenon.name = "x3", tenon.dtype = "bfloat16"},
    %x4: tensor<1x3x4xbf16> {tenon.name = "x4", tenon.dtype = "bfloat16"},
    %x5: tensor<1x3x4xbf16> {tenon.name = "x5", tenon.dtype = "bfloat16"})
    -> (
    tensor<1x2x3x8xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<1x2x3x8xbf16> {tenon.name = "y1", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.rope %x0, %x1, %x2 {rotary_dim = 8} : (tensor<1x2x3x8xf16>, tensor<1x3x4xf16>, tensor<1x3x4xf16>) -> tensor<1x2x3x8xf16>
  %y1 = tenon.rope %x3, %x4, %x5 {rotary_dim = 8} : (tensor<1x2x3x8xbf16>, tensor<1x3x4xbf16>, tensor<1x3x4xbf16>) -> tensor<1x2x3x8xbf16>
  return %y0, %y1 : tensor<1x2x3x8xf16>, tensor<1x2x3x8xbf16>
}
