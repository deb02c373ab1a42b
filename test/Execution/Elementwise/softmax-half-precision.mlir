// Sums of f16 exponentials are formed in f32.
// RUN: tenon-run %s --inputs %p/Inputs/softmax-half-precision.inputs.safetensors \
// RUN:   --expect %p/Inputs/softmax-half-precision.expected.safetensors --rtol 0.002 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x300xf16> {tenon.name = "x0", tenon.dtype = "float16"})
    -> (
    tensor<2x300xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<2x300xf16> {tenon.name = "y1", tenon.dtype = "float16"}) {
  %y0 = tenon.softmax %x0 axis 1 : tensor<2x300xf16>
  %y1 = tenon.softmax %x0 axis 1 log : tensor<2x300xf16>
  return %y0, %y1 : tensor<2x300xf16>, tensor<2x300xf16>
}
