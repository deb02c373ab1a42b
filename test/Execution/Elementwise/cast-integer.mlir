// Integers keep their low bits, read with or without sign; booleans are 0 and 1.
// RUN: tenon-run %s --inputs %p/Inputs/cast-integer.inputs.safetensors \
// RUN:   --expect %p/Inputs/cast-integer.expected.safetensors --rtol 0 --atol 0
// Made by make_nn.py.

func.func @step(
    %x0: tensor<11xi8> {tenon.name = "x0", tenon.dtype = "int8"},
    %x1: tensor<11xi16> {tenon.name = "x1", tenon.dtype = "int16"},
    %x2: tensor<11xi32> {tenon.name = "x2", tenon.dtype = "int32"},
    %x3: tensor<11xi64> {tenon.name = "x3", tenon.dtype = "int64"},
    %x4: tensor<11xi8> {tenon.name = "x4", tenon.dtype = "uint8"},
    %x5: tensor<2xi1> {tenon.name = "x5", tenon.dtype = "bool"})
    -> (
    tensor<11xi16> {tenon.name = "y0", tenon.dtype = "int16"},
    tensor<11xi32> {tenon.name = "y1", tenon.dtype = "int32"},
    tensor<11xi64> {tenon.name = "y2", tenon.dtype = "int64"},
    tensor<11xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<11xf64> {tenon.name = "y4", tenon.dtype = "float64"},
    tensor<11xf16> {tenon.name = "y5", tenon.dtype = "float16"},
    tensor<11xbf16> {tenon.name = "y6", tenon.dtype = "bfloat16"},
    tensor<11xi1> {tenon.name = "y7", tenon.dtype = "bool"},
    tensor<11xi8> {tenon.name = "y8", tenon.dtype = "int8"},
    tensor<11xi32> {tenon.name = "y9", tenon.dtype = "int32"},
    tensor<11xi64> {tenon.name = "y10", tenon.dtype = "int64"},
    tensor<11xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<11xf64> {tenon.name = "y12", tenon.dtype = "float64"},
    tensor<11xf16> {tenon.name = "y13", tenon.dtype = "float16"},
    tensor<11xbf16> {tenon.name = "y14", tenon.dtype = "bfloat16"},
    tensor<11xi1> {tenon.name = "y15", tenon.dtype = "bool"},
    tensor<11xi8> {tenon.name = "y16", tenon.dtype = "int8"},
    tensor<11xi16> {tenon.name = "y17", tenon.dtype = "int16"},
    tensor<11xi64> {tenon.name = "y18", tenon.dtype = "int64"},
    tensor<11xf32> {tenon.name = "y19", tenon.dtype = "float32"},
    tensor<11xf64> {tenon.name = "y20", tenon.dtype = "float64"},
    tensor<11xf16> {tenon.name = "y21", tenon.dtype = "float16"},
    tensor<11xbf16> {tenon.name = "y22", tenon.dtype = "bfloat16"},
    tensor<11xi1> {tenon.name = "y23", tenon.dtype = "bool"},
    tensor<11xi8> {tenon.name = "y24", tenon.dtype = "int8"},
    tensor<11xi16> {tenon.name = "y25", tenon.dtype = "int16"},
    tensor<11xi32> {tenon.name = "y26", tenon.dtype = "int32"},
    tensor<11xf32> {tenon.name = "y27", tenon.dtype = "float32"},
    tensor<11xf64> {tenon.name = "y28", tenon.dtype = "float64"},
    tensor<11xf16> {tenon.name = "y29", tenon.dtype = "float16"},
    tensor<11xbf16> {tenon.name = "y30", tenon.dtype = "bfloat16"},
    tensor<11xi1> {tenon.name = "y31", tenon.dtype = "bool"},
    tensor<11xi16> {tenon.name = "y32", tenon.dtype = "int16"},
    tensor<11xi64> {tenon.name = "y33", tenon.dtype = "int64"},
    tensor<11xf32> {tenon.name = "y34", tenon.dtype = "float32"},
    tensor<11xf16> {tenon.name = "y35", tenon.dtype = "float16"},
    tensor<2xi8> {tenon.name = "y36", tenon.dtype = "int8"},
    tensor<2xi64> {tenon.name = "y37", tenon.dtype = "int64"},
    tensor<2xf32> {tenon.name = "y38", tenon.dtype = "float32"},
    tensor<2xf16> {tenon.name = "y39", tenon.dtype = "float16"},
    tensor<2xf64> {tenon.name = "y40", tenon.dtype = "float64"}) {
  %y0 = tenon.cast %x0 : tensor<11xi8> to tensor<11xi16>
  %y1 = tenon.cast %x0 : tensor<11xi8> to tensor<11xi32>
  %y2 = tenon.cast %x0 : tensor<11xi8> to tensor<11xi64>
  %y3 = tenon.cast %x0 : tensor<11xi8> to tensor<11xf32>
  %y4 = tenon.cast %x0 : tensor<11xi8> to tensor<11xf64>
  %y5 = tenon.cast %x0 : tensor<11xi8> to tensor<11xf16>
  %y6 = tenon.cast %x0 : tensor<11xi8> to tensor<11xbf16>
  %y7 = tenon.cast %x0 : tensor<11xi8> to tensor<11xi1>
  %y8 = tenon.cast %x1 : tensor<11xi16> to tensor<11xi8>
  %y9 = tenon.cast %x1 : tensor<11xi16> to tensor<11xi32>
  %y10 = tenon.cast %x1 : tensor<11xi16> to tensor<11xi64>
  %y11 = tenon.cast %x1 : tensor<11xi16> to tensor<11xf32>
  %y12 = tenon.cast %x1 : tensor<11xi16> to tensor<11xf64>
  %y13 = tenon.cast %x1 : tensor<11xi16> to tensor<11xf16>
  %y14 = tenon.cast %x1 : tensor<11xi16> to tensor<11xbf16>
  %y15 = tenon.cast %x1 : tensor<11xi16> to tensor<11xi1>
  %y16 = tenon.cast %x2 : tensor<11xi32> to tensor<11xi8>
  %y17 = tenon.cast %x2 : tensor<11xi32> to tensor<11xi16>
  %y18 = tenon.cast %x2 : tensor<11xi32> to tensor<11xi64>
  %y19 = tenon.cast %x2 : tensor<11xi32> to tensor<11xf32>
  %y20 = tenon.cast %x2 : tensor<11xi32> to tensor<11xf64>
  %y21 = tenon.cast %x2 : tensor<11xi32> to tensor<11xf16>
  %y22 = tenon.cast %x2 : tensor<11xi32> to tensor<11xbf16>
  %y23 = tenon.cast %x2 : tensor<11xi32> to tensor<11xi1>
  %y24 = tenon.cast %x3 : tensor<11xi64> to tensor<11xi8>
  %y25 = tenon.cast %x3 : tensor<11xi64> to tensor<11xi16>
  %y26 = tenon.cast %x3 : tensor<11xi64> to tensor<11xi32>
  %y27 = tenon.cast %x3 : tensor<11xi64> to tensor<11xf32>
  %y28 = tenon.cast %x3 : tensor<11xi64> to tensor<11xf64>
  %y29 = tenon.cast %x3 : tensor<11xi64> to tensor<11xf16>
  %y30 = tenon.cast %x3 : tensor<11xi64> to tensor<11xbf16>
  %y31 = tenon.cast %x3 : tensor<11xi64> to tensor<11xi1>
  %y32 = tenon.cast %x4 {unsigned_input} : tensor<11xi8> to tensor<11xi16>
  %y33 = tenon.cast %x4 {unsigned_input} : tensor<11xi8> to tensor<11xi64>
  %y34 = tenon.cast %x4 {unsigned_input} : tensor<11xi8> to tensor<11xf32>
  %y35 = tenon.cast %x4 {unsigned_input} : tensor<11xi8> to tensor<11xf16>
  %y36 = tenon.cast %x5 : tensor<2xi1> to tensor<2xi8>
  %y37 = tenon.cast %x5 : tensor<2xi1> to tensor<2xi64>
  %y38 = tenon.cast %x5 : tensor<2xi1> to tensor<2xf32>
  %y39 = tenon.cast %x5 : tensor<2xi1> to tensor<2xf16>
  %y40 = tenon.cast %x5 : tensor<2xi1> to tensor<2xf64>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24, %y25, %y26, %y27, %y28, %y29, %y30, %y31, %y32, %y33, %y34, %y35, %y36, %y37, %y38, %y39, %y40 : tensor<11xi16>, tensor<11xi32>, tensor<11xi64>, tensor<11xf32>, tensor<11xf64>, tensor<11xf16>, tensor<11xbf16>, tensor<11xi1>, tensor<11xi8>, tensor<11xi32>, tensor<11xi64>, tensor<11xf32>, tensor<11xf64>, tensor<11xf16>, tensor<11xbf16>, tensor<11xi1>, tensor<11xi8>, tensor<11xi16>, tensor<11xi64>, tensor<11xf32>, tensor<11xf64>, tensor<11xf16>, tensor<11xbf16>, tensor<11xi1>, tensor<11xi8>, tensor<11xi16>, tensor<11xi32>, tensor<11xf32>, tensor<11xf64>, tensor<11xf16>, tensor<11xbf16>, tensor<11xi1>, tensor<11xi16>, tensor<11xi64>, tensor<11xf32>, tensor<11xf16>, tensor<2xi8>, tensor<2xi64>, tensor<2xf32>, tensor<2xf16>, tensor<2xf64>
}
