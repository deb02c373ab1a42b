// E2: squares of f16 values beyond 256 do not overflow.
// RUN: tenon-run %s --inputs %p/Inputs/e2-square-in-f32.inputs.safetensors \
// RUN:   --expect %p/Inputs/e2-square-in-f32.expected.safetensors --rtol 0.002 --atol 0.001
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x64xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<64xf16> {tenon.name = "x1", tenon.dtype = "float16"})
    -> (
    tensor<2x64xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<2x64xf16> {tenon.name = "y1", tenon.dtype = "float16"},
    tensor<2x64xf16> {tenon.name = "y2", tenon.dtype = "float16"}) {
  %y0 = tenon.layer_norm %x0 axis 1 epsilon 1.0e-05 : (tensor<2x64xf16>) -> tensor<2x64xf16>
  %y1 = tenon.rms_norm %x0 weight %x1 axis 1 epsilon 1.0e-06 : (tensor<2x64xf16>, tensor<64xf16>) -> tensor<2x64xf16>
  %y2 = tenon.group_norm %x0 groups 2 epsilon 1.0e-5 : (tensor<2x64xf16>) -> tensor<2x64xf16>
  return %y0, %y1, %y2 : tensor<2x64xf16>, tensor<2x64xf16>, tensor<2x64xf16>
}
