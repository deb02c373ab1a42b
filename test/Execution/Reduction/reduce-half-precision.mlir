// Sums of f16 beyond 65504 and of 4096 ones are formed in f32.
// RUN: tenon-run %s --inputs %p/Inputs/reduce-half-precision.inputs.safetensors \
// RUN:   --expect %p/Inputs/reduce-half-precision.expected.safetensors --rtol 0.001 --atol 0
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x5000xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<2x64xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<2x5000xbf16> {tenon.name = "x2", tenon.dtype = "bfloat16"})
    -> (
    tensor<2xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<2xf16> {tenon.name = "y1", tenon.dtype = "float16"},
    tensor<2xf16> {tenon.name = "y2", tenon.dtype = "float16"},
    tensor<2xf16> {tenon.name = "y3", tenon.dtype = "float16"},
    tensor<2xf16> {tenon.name = "y4", tenon.dtype = "float16"},
    tensor<2xf16> {tenon.name = "y5", tenon.dtype = "float16"},
    tensor<2xf16> {tenon.name = "y6", tenon.dtype = "float16"},
    tensor<2xbf16> {tenon.name = "y7", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.reduce sum %x0 axes [1] : tensor<2x5000xf16> -> tensor<2xf16>
  %y1 = tenon.reduce mean %x0 axes [1] : tensor<2x5000xf16> -> tensor<2xf16>
  %y2 = tenon.reduce l1 %x0 axes [1] : tensor<2x5000xf16> -> tensor<2xf16>
  %y3 = tenon.reduce l2 %x0 axes [1] : tensor<2x5000xf16> -> tensor<2xf16>
  %y4 = tenon.reduce mean %x1 axes [1] : tensor<2x64xf16> -> tensor<2xf16>
  %y5 = tenon.reduce l2 %x1 axes [1] : tensor<2x64xf16> -> tensor<2xf16>
  %y6 = tenon.reduce max %x1 axes [1] : tensor<2x64xf16> -> tensor<2xf16>
  %y7 = tenon.reduce sum %x2 axes [1] : tensor<2x5000xbf16> -> tensor<2xbf16>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7 : tensor<2xf16>, tensor<2xf16>, tensor<2xf16>, tensor<2xf16>, tensor<2xf16>, tensor<2xf16>, tensor<2xf16>, tensor<2xbf16>
}
