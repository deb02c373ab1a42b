// f16 and bf16 are summed in f32, with the bias, and rounded once.
// RUN: tenon-run %s --inputs %p/Inputs/linear-half-precision.inputs.safetensors \
// RUN:   --expect %p/Inputs/linear-half-precision.expected.safetensors --rtol 0.01 --atol 0.001
// Made by make_nn.py.

func.func @step(
    %x0: tensor<3x64xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<4x64xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<4xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<1x64xf16> {tenon.name = "x3", tenon.dtype = "float16"},
    %x4: tensor<2x64xf16> {tenon.name = "x4", tenon.dtype = "float16"},
    %x5: tensor<2xf16> {tenon.name = "x5", tenon.dtype = "float16"},
    %x6: tensor<3x64xbf16> {tenon.name = "x6", tenon.dtype = "bfloat16"},
    %x7: tensor<4x64xbf16> {tenon.name = "x7", tenon.dtype = "bfloat16"},
    %x8: tensor<4xbf16> {tenon.name = "x8", tenon.dtype = "bfloat16"},
    %x9: tensor<1x64xbf16> {tenon.name = "x9", tenon.dtype = "bfloat16"},
    %x10: tensor<2x64xbf16> {tenon.name = "x10", tenon.dtype = "bfloat16"},
    %x11: tensor<2xbf16> {tenon.name = "x11", tenon.dtype = "bfloat16"})
    -> (
    tensor<3x4xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<1x2xf16> {tenon.name = "y1", tenon.dtype = "float16"},
    tensor<3x4xbf16> {tenon.name = "y2", tenon.dtype = "bfloat16"},
    tensor<1x2xbf16> {tenon.name = "y3", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.linear %x0, %x1, %x2 : (tensor<3x64xf16>, tensor<4x64xf16>, tensor<4xf16>) -> tensor<3x4xf16>
  %y1 = tenon.linear %x3, %x4, %x5 : (tensor<1x64xf16>, tensor<2x64xf16>, tensor<2xf16>) -> tensor<1x2xf16>
  %y2 = tenon.linear %x6, %x7, %x8 : (tensor<3x64xbf16>, tensor<4x64xbf16>, tensor<4xbf16>) -> tensor<3x4xbf16>
  %y3 = tenon.linear %x9, %x10, %x11 : (tensor<1x64xbf16>, tensor<2x64xbf16>, tensor<2xbf16>) -> tensor<1x2xbf16>
  return %y0, %y1, %y2, %y3 : tensor<3x4xf16>, tensor<1x2xf16>, tensor<3x4xbf16>, tensor<1x2xbf16>
}
