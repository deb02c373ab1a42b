// A18: products beyond f16 are summed and scaled in f32.
// RUN: tenon-run %s --inputs %p/Inputs/a18-half-overflow.inputs.safetensors \
// RUN:   --expect %p/Inputs/a18-half-overflow.expected.safetensors --rtol 0.002 --atol 0.001
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x1x2x64xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<1x1x3x64xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<1x1x3x8xf16> {tenon.name = "x2", tenon.dtype = "float16"})
    -> (
    tensor<1x1x2x8xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<1x1x2x3xf16> {tenon.name = "y1", tenon.dtype = "float16"}) {
  %y0, %y1 = tenon.attention %x0, %x1, %x2 {num_heads = 1, num_kv_heads = 1, scores = #tenon<scores raw>} : (tensor<1x1x2x64xf16>, tensor<1x1x3x64xf16>, tensor<1x1x3x8xf16>) -> (tensor<1x1x2x8xf16>, tensor<1x1x2x3xf16>)
  return %y0, %y1 : tensor<1x1x2x8xf16>, tensor<1x1x2x3xf16>
}
