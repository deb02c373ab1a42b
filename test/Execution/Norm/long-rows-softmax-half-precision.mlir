// A warp to a row, a block to a row; -inf; lengths that no vector divides.
// RUN: tenon-run %s --inputs %p/Inputs/long-rows-softmax-half-precision.inputs.safetensors \
// RUN:   --expect %p/Inputs/long-rows-softmax-half-precision.expected.safetensors --rtol 0.002 --atol 1e-07
// Made by make_nn.py.

func.func @step(
    %x0: tensor<3x300xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<3x2050xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<2x2x1024xf16> {tenon.name = "x2", tenon.dtype = "float16"})
    -> (
    tensor<3x300xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<3x300xf16> {tenon.name = "y1", tenon.dtype = "float16"},
    tensor<3x2050xf16> {tenon.name = "y2", tenon.dtype = "float16"},
    tensor<3x2050xf16> {tenon.name = "y3", tenon.dtype = "float16"},
    tensor<2x2x1024xf16> {tenon.name = "y4", tenon.dtype = "float16"},
    tensor<2x2x1024xf16> {tenon.name = "y5", tenon.dtype = "float16"}) {
  %y0 = tenon.softmax %x0 axis 1 : tensor<3x300xf16>
  %y1 = tenon.softmax %x0 axis 1 log : tensor<3x300xf16>
  %y2 = tenon.softmax %x1 axis 1 : tensor<3x2050xf16>
  %y3 = tenon.softmax %x1 axis 1 log : tensor<3x2050xf16>
  %y4 = tenon.softmax %x2 axis 2 : tensor<2x2x1024xf16>
  %y5 = tenon.softmax %x2 axis 2 log : tensor<2x2x1024xf16>
  return %y0, %y1, %y2, %y3, %y4, %y5 : tensor<3x300xf16>, tensor<3x300xf16>, tensor<3x2050xf16>, tensor<3x2050xf16>, tensor<2x2x1024xf16>, tensor<2x2x1024xf16>
}
