// The first place on a tie, or the last; NaN is the extreme where there is one.
// RUN: tenon-run %s --inputs %p/Inputs/arg-reduce.inputs.safetensors \
// RUN:   --expect %p/Inputs/arg-reduce.expected.safetensors --rtol 0 --atol 0
// Made by make_nn.py.

func.func @step(
    %x0: tensor<5x4xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<4x6xi32> {tenon.name = "x1", tenon.dtype = "int32"},
    %x2: tensor<5x7xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<2x3xi8> {tenon.name = "x3", tenon.dtype = "uint8"},
    %x4: tensor<2x3xi1> {tenon.name = "x4", tenon.dtype = "bool"})
    -> (
    tensor<4xi64> {tenon.name = "y0", tenon.dtype = "int64"},
    tensor<1x4xi64> {tenon.name = "y1", tenon.dtype = "int64"},
    tensor<4xi64> {tenon.name = "y2", tenon.dtype = "int64"},
    tensor<1x4xi64> {tenon.name = "y3", tenon.dtype = "int64"},
    tensor<5xi64> {tenon.name = "y4", tenon.dtype = "int64"},
    tensor<5x1xi64> {tenon.name = "y5", tenon.dtype = "int64"},
    tensor<5xi64> {tenon.name = "y6", tenon.dtype = "int64"},
    tensor<5x1xi64> {tenon.name = "y7", tenon.dtype = "int64"},
    tensor<6xi64> {tenon.name = "y8", tenon.dtype = "int64"},
    tensor<1x6xi64> {tenon.name = "y9", tenon.dtype = "int64"},
    tensor<6xi64> {tenon.name = "y10", tenon.dtype = "int64"},
    tensor<1x6xi64> {tenon.name = "y11", tenon.dtype = "int64"},
    tensor<4xi64> {tenon.name = "y12", tenon.dtype = "int64"},
    tensor<4x1xi64> {tenon.name = "y13", tenon.dtype = "int64"},
    tensor<4xi64> {tenon.name = "y14", tenon.dtype = "int64"},
    tensor<4x1xi64> {tenon.name = "y15", tenon.dtype = "int64"},
    tensor<7xi64> {tenon.name = "y16", tenon.dtype = "int64"},
    tensor<1x7xi64> {tenon.name = "y17", tenon.dtype = "int64"},
    tensor<7xi64> {tenon.name = "y18", tenon.dtype = "int64"},
    tensor<1x7xi64> {tenon.name = "y19", tenon.dtype = "int64"},
    tensor<5xi64> {tenon.name = "y20", tenon.dtype = "int64"},
    tensor<5x1xi64> {tenon.name = "y21", tenon.dtype = "int64"},
    tensor<5xi64> {tenon.name = "y22", tenon.dtype = "int64"},
    tensor<5x1xi64> {tenon.name = "y23", tenon.dtype = "int64"},
    tensor<2xi64> {tenon.name = "y24", tenon.dtype = "int64"},
    tensor<2xi64> {tenon.name = "y25", tenon.dtype = "int64"}) {
  %y0 = tenon.arg_reduce %x0 axis 0 : tensor<5x4xf32> -> tensor<4xi64>
  %y1 = tenon.arg_reduce %x0 axis 0 {keep_dims, select_last} : tensor<5x4xf32> -> tensor<1x4xi64>
  %y2 = tenon.arg_reduce %x0 axis 0 {minimum} : tensor<5x4xf32> -> tensor<4xi64>
  %y3 = tenon.arg_reduce %x0 axis 0 {minimum, keep_dims, select_last} : tensor<5x4xf32> -> tensor<1x4xi64>
  %y4 = tenon.arg_reduce %x0 axis 1 : tensor<5x4xf32> -> tensor<5xi64>
  %y5 = tenon.arg_reduce %x0 axis 1 {keep_dims, select_last} : tensor<5x4xf32> -> tensor<5x1xi64>
  %y6 = tenon.arg_reduce %x0 axis 1 {minimum} : tensor<5x4xf32> -> tensor<5xi64>
  %y7 = tenon.arg_reduce %x0 axis 1 {minimum, keep_dims, select_last} : tensor<5x4xf32> -> tensor<5x1xi64>
  %y8 = tenon.arg_reduce %x1 axis 0 : tensor<4x6xi32> -> tensor<6xi64>
  %y9 = tenon.arg_reduce %x1 axis 0 {keep_dims, select_last} : tensor<4x6xi32> -> tensor<1x6xi64>
  %y10 = tenon.arg_reduce %x1 axis 0 {minimum} : tensor<4x6xi32> -> tensor<6xi64>
  %y11 = tenon.arg_reduce %x1 axis 0 {minimum, keep_dims, select_last} : tensor<4x6xi32> -> tensor<1x6xi64>
  %y12 = tenon.arg_reduce %x1 axis 1 : tensor<4x6xi32> -> tensor<4xi64>
  %y13 = tenon.arg_reduce %x1 axis 1 {keep_dims, select_last} : tensor<4x6xi32> -> tensor<4x1xi64>
  %y14 = tenon.arg_reduce %x1 axis 1 {minimum} : tensor<4x6xi32> -> tensor<4xi64>
  %y15 = tenon.arg_reduce %x1 axis 1 {minimum, keep_dims, select_last} : tensor<4x6xi32> -> tensor<4x1xi64>
  %y16 = tenon.arg_reduce %x2 axis 0 : tensor<5x7xf16> -> tensor<7xi64>
  %y17 = tenon.arg_reduce %x2 axis 0 {keep_dims, select_last} : tensor<5x7xf16> -> tensor<1x7xi64>
  %y18 = tenon.arg_reduce %x2 axis 0 {minimum} : tensor<5x7xf16> -> tensor<7xi64>
  %y19 = tenon.arg_reduce %x2 axis 0 {minimum, keep_dims, select_last} : tensor<5x7xf16> -> tensor<1x7xi64>
  %y20 = tenon.arg_reduce %x2 axis 1 : tensor<5x7xf16> -> tensor<5xi64>
  %y21 = tenon.arg_reduce %x2 axis 1 {keep_dims, select_last} : tensor<5x7xf16> -> tensor<5x1xi64>
  %y22 = tenon.arg_reduce %x2 axis 1 {minimum} : tensor<5x7xf16> -> tensor<5xi64>
  %y23 = tenon.arg_reduce %x2 axis 1 {minimum, keep_dims, select_last} : tensor<5x7xf16> -> tensor<5x1xi64>
  %y24 = tenon.arg_reduce %x3 axis 1 {unsigned_elements} : tensor<2x3xi8> -> tensor<2xi64>
  %y25 = tenon.arg_reduce %x4 axis 1 : tensor<2x3xi1> -> tensor<2xi64>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24, %y25 : tensor<4xi64>, tensor<1x4xi64>, tensor<4xi64>, tensor<1x4xi64>, tensor<5xi64>, tensor<5x1xi64>, tensor<5xi64>, tensor<5x1xi64>, tensor<6xi64>, tensor<1x6xi64>, tensor<6xi64>, tensor<1x6xi64>, tensor<4xi64>, tensor<4x1xi64>, tensor<4xi64>, tensor<4x1xi64>, tensor<7xi64>, tensor<1x7xi64>, tensor<7xi64>, tensor<1x7xi64>, tensor<5xi64>, tensor<5x1xi64>, tensor<5xi64>, tensor<5x1xi64>, tensor<2xi64>, tensor<2xi64>
}
