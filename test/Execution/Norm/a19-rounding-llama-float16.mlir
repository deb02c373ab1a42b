// A19: where a 16-bit RMS norm rounds.
// RUN: tenon-run %s --inputs %p/Inputs/a19-rounding-llama-float16.inputs.safetensors \
// RUN:   --expect %p/Inputs/a19-rounding-llama-float16.expected.safetensors --rtol 0 --atol 0
// Made by make_nn.py.

func.func @step(
    %x0: tensor<8x64xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<64xf16> {tenon.name = "x1", tenon.dtype = "float16"})
    -> (
    tensor<8x64xf16> {tenon.name = "y0", tenon.dtype = "float16"}) {
  %y0 = tenon.rms_norm %x0 weight %x1 axis 1 epsilon 1.0e-06 {rounding = #tenon<rms_rounding llama>} : (tensor<8x64xf16>, tensor<64xf16>) -> tensor<8x64xf16>
  return %y0 : tensor<8x64xf16>
}
