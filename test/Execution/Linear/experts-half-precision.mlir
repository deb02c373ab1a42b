// 16-bit experts, summed in f32.
// RUN: tenon-run %s --inputs %p/Inputs/experts-half-precision.inputs.safetensors \
// RUN:   --expect %p/Inputs/experts-half-precision.expected.safetensors --rtol 0.01 --atol 0.01
// Made by make_nn.py.

func.func @step(
    %x0: tensor<9x2xi64> {tenon.name = "x0", tenon.dtype = "int64"},
    %x1: tensor<9x48xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<4x2x48x16xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<1x2xi64> {tenon.name = "x3", tenon.dtype = "int64"},
    %x4: tensor<1x48xf16> {tenon.name = "x4", tenon.dtype = "float16"},
    %x5: tensor<4x32x48xf16> {tenon.name = "x5", tenon.dtype = "float16"},
    %x6: tensor<9x2xi64> {tenon.name = "x6", tenon.dtype = "int64"},
    %x7: tensor<9x48xbf16> {tenon.name = "x7", tenon.dtype = "bfloat16"},
    %x8: tensor<4x2x48x16xbf16> {tenon.name = "x8", tenon.dtype = "bfloat16"},
    %x9: tensor<1x2xi64> {tenon.name = "x9", tenon.dtype = "int64"},
    %x10: tensor<1x48xbf16> {tenon.name = "x10", tenon.dtype = "bfloat16"},
    %x11: tensor<4x32x48xbf16> {tenon.name = "x11", tenon.dtype = "bfloat16"})
    -> (
    tensor<28xi64> {tenon.name = "y0", tenon.dtype = "int64"},
    tensor<7xi64> {tenon.name = "y1", tenon.dtype = "int64"},
    tensor<9x2xi64> {tenon.name = "y2", tenon.dtype = "int64"},
    tensor<28x48xf16> {tenon.name = "y3", tenon.dtype = "float16"},
    tensor<28x32xf16> {tenon.name = "y4", tenon.dtype = "float16"},
    tensor<2xi64> {tenon.name = "y5", tenon.dtype = "int64"},
    tensor<2xi64> {tenon.name = "y6", tenon.dtype = "int64"},
    tensor<1x2xi64> {tenon.name = "y7", tenon.dtype = "int64"},
    tensor<2x48xf16> {tenon.name = "y8", tenon.dtype = "float16"},
    tensor<2x32xf16> {tenon.name = "y9", tenon.dtype = "float16"},
    tensor<28xi64> {tenon.name = "y10", tenon.dtype = "int64"},
    tensor<7xi64> {tenon.name = "y11", tenon.dtype = "int64"},
    tensor<9x2xi64> {tenon.name = "y12", tenon.dtype = "int64"},
    tensor<28x48xbf16> {tenon.name = "y13", tenon.dtype = "bfloat16"},
    tensor<28x32xbf16> {tenon.name = "y14", tenon.dtype = "bfloat16"},
    tensor<2xi64> {tenon.name = "y15", tenon.dtype = "int64"},
    tensor<2xi64> {tenon.name = "y16", tenon.dtype = "int64"},
    tensor<1x2xi64> {tenon.name = "y17", tenon.dtype = "int64"},
    tensor<2x48xbf16> {tenon.name = "y18", tenon.dtype = "bfloat16"},
    tensor<2x32xbf16> {tenon.name = "y19", tenon.dtype = "bfloat16"}) {
  %y0, %y1, %y2 = tenon.group_rows %x0 experts 4 tile 4 : tensor<9x2xi64> -> tensor<28xi64>, tensor<7xi64>, tensor<9x2xi64>
  %y3 = tenon.gather %x1, %y0 axis 0 : (tensor<9x48xf16>, tensor<28xi64>) -> tensor<28x48xf16>
  %y4 = tenon.grouped_linear %y3, %x2 of %y1 : (tensor<28x48xf16>, tensor<4x2x48x16xf16>, tensor<7xi64>) -> tensor<28x32xf16>
  %y5, %y6, %y7 = tenon.group_rows %x3 experts 4 tile 1 : tensor<1x2xi64> -> tensor<2xi64>, tensor<2xi64>, tensor<1x2xi64>
  %y8 = tenon.gather %x4, %y5 axis 0 : (tensor<1x48xf16>, tensor<2xi64>) -> tensor<2x48xf16>
  %y9 = tenon.grouped_linear %y8, %x5 of %y6 : (tensor<2x48xf16>, tensor<4x32x48xf16>, tensor<2xi64>) -> tensor<2x32xf16>
  %y10, %y11, %y12 = tenon.group_rows %x6 experts 4 tile 4 : tensor<9x2xi64> -> tensor<28xi64>, tensor<7xi64>, tensor<9x2xi64>
  %y13 = tenon.gather %x7, %y10 axis 0 : (tensor<9x48xbf16>, tensor<28xi64>) -> tensor<28x48xbf16>
  %y14 = tenon.grouped_linear %y13, %x8 of %y11 : (tensor<28x48xbf16>, tensor<4x2x48x16xbf16>, tensor<7xi64>) -> tensor<28x32xbf16>
  %y15, %y16, %y17 = tenon.group_rows %x9 experts 4 tile 1 : tensor<1x2xi64> -> tensor<2xi64>, tensor<2xi64>, tensor<1x2xi64>
  %y18 = tenon.gather %x10, %y15 axis 0 : (tensor<1x48xbf16>, tensor<2xi64>) -> tensor<2x48xbf16>
  %y19 = tenon.grouped_linear %y18, %x11 of %y16 : (tensor<2x48xbf16>, tensor<4x32x48xbf16>, tensor<2xi64>) -> tensor<2x32xbf16>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19 : tensor<28xi64>, tensor<7xi64>, tensor<9x2xi64>, tensor<28x48xf16>, tensor<28x32xf16>, tensor<2xi64>, tensor<2xi64>, tensor<1x2xi64>, tensor<2x48xf16>, tensor<2x32xf16>, tensor<28xi64>, tensor<7xi64>, tensor<9x2xi64>, tensor<28x48xbf16>, tensor<28x32xbf16>, tensor<2xi64>, tensor<2xi64>, tensor<1x2xi64>, tensor<2x48xbf16>, tensor<2x32xbf16>
}
