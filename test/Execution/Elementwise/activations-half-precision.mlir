// f16 and bf16 are computed in f32 and rounded once: no error beyond that rounding.
// RUN: tenon-run %s --inputs %p/Inputs/activations-half-precision.inputs.safetensors \
// RUN:   --expect %p/Inputs/activations-half-precision.expected.safetensors --rtol 0.001 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<64xf16> {tenon.name = "x0", tenon.dtype = "float16"})
    -> (
    tensor<64xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<64xf16> {tenon.name = "y1", tenon.dtype = "float16"},
    tensor<64xf16> {tenon.name = "y2", tenon.dtype = "float16"},
    tensor<64xf16> {tenon.name = "y3", tenon.dtype = "float16"},
    tensor<64xf16> {tenon.name = "y4", tenon.dtype = "float16"},
    tensor<64xf16> {tenon.name = "y5", tenon.dtype = "float16"},
    tensor<64xf16> {tenon.name = "y6", tenon.dtype = "float16"},
    tensor<64xf16> {tenon.name = "y7", tenon.dtype = "float16"},
    tensor<64xf16> {tenon.name = "y8", tenon.dtype = "float16"},
    tensor<64xf16> {tenon.name = "y9", tenon.dtype = "float16"},
    tensor<64xf16> {tenon.name = "y10", tenon.dtype = "float16"},
    tensor<64xf16> {tenon.name = "y11", tenon.dtype = "float16"},
    tensor<64xf16> {tenon.name = "y12", tenon.dtype = "float16"},
    tensor<64xf16> {tenon.name = "y13", tenon.dtype = "float16"},
    tensor<64xf16> {tenon.name = "y14", tenon.dtype = "float16"},
    tensor<64xf16> {tenon.name = "y15", tenon.dtype = "float16"}) {
  %y0 = tenon.activation relu %x0 : tensor<64xf16>
  %y1 = tenon.activation leaky_relu %x0 : tensor<64xf16>
  %y2 = tenon.activation elu %x0 : tensor<64xf16>
  %y3 = tenon.activation selu %x0 : tensor<64xf16>
  %y4 = tenon.activation celu %x0 : tensor<64xf16>
  %y5 = tenon.activation sigmoid %x0 : tensor<64xf16>
  %y6 = tenon.activation hard_sigmoid %x0 : tensor<64xf16>
  %y7 = tenon.activation silu %x0 : tensor<64xf16>
  %y8 = tenon.activation hard_swish %x0 : tensor<64xf16>
  %y9 = tenon.activation gelu %x0 : tensor<64xf16>
  %y10 = tenon.activation gelu_tanh %x0 : tensor<64xf16>
  %y11 = tenon.activation mish %x0 : tensor<64xf16>
  %y12 = tenon.activation softplus %x0 : tensor<64xf16>
  %y13 = tenon.activation softsign %x0 : tensor<64xf16>
  %y14 = tenon.activation thresholded_relu %x0 : tensor<64xf16>
  %y15 = tenon.activation shrink %x0 : tensor<64xf16>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15 : tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>
}
