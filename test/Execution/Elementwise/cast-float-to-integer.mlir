// Truncation towards zero; out of range the bound, NaN gives 0.
// RUN: tenon-run %s --inputs %p/Inputs/cast-float-to-integer.inputs.safetensors \
// RUN:   --expect %p/Inputs/cast-float-to-integer.expected.safetensors --rtol 0 --atol 0
// Made by make_nn.py.

func.func @step(
    %x0: tensor<23xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<23xf64> {tenon.name = "x1", tenon.dtype = "float64"},
    %x2: tensor<23xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<23xbf16> {tenon.name = "x3", tenon.dtype = "bfloat16"})
    -> (
    tensor<23xi8> {tenon.name = "y0", tenon.dtype = "int8"},
    tensor<23xi16> {tenon.name = "y1", tenon.dtype = "int16"},
    tensor<23xi32> {tenon.name = "y2", tenon.dtype = "int32"},
    tensor<23xi64> {tenon.name = "y3", tenon.dtype = "int64"},
    tensor<23xi8> {tenon.name = "y4", tenon.dtype = "uint8"},
    tensor<23xi1> {tenon.name = "y5", tenon.dtype = "bool"},
    tensor<23xi8> {tenon.name = "y6", tenon.dtype = "int8"},
    tensor<23xi16> {tenon.name = "y7", tenon.dtype = "int16"},
    tensor<23xi32> {tenon.name = "y8", tenon.dtype = "int32"},
    tensor<23xi64> {tenon.name = "y9", tenon.dtype = "int64"},
    tensor<23xi8> {tenon.name = "y10", tenon.dtype = "uint8"},
    tensor<23xi1> {tenon.name = "y11", tenon.dtype = "bool"},
    tensor<23xi8> {tenon.name = "y12", tenon.dtype = "int8"},
    tensor<23xi16> {tenon.name = "y13", tenon.dtype = "int16"},
    tensor<23xi32> {tenon.name = "y14", tenon.dtype = "int32"},
    tensor<23xi64> {tenon.name = "y15", tenon.dtype = "int64"},
    tensor<23xi8> {tenon.name = "y16", tenon.dtype = "uint8"},
    tensor<23xi1> {tenon.name = "y17", tenon.dtype = "bool"},
    tensor<23xi8> {tenon.name = "y18", tenon.dtype = "int8"},
    tensor<23xi16> {tenon.name = "y19", tenon.dtype = "int16"},
    tensor<23xi32> {tenon.name = "y20", tenon.dtype = "int32"},
    tensor<23xi64> {tenon.name = "y21", tenon.dtype = "int64"},
    tensor<23xi8> {tenon.name = "y22", tenon.dtype = "uint8"},
    tensor<23xi1> {tenon.name = "y23", tenon.dtype = "bool"}) {
  %y0 = tenon.cast %x0 : tensor<23xf32> to tensor<23xi8>
  %y1 = tenon.cast %x0 : tensor<23xf32> to tensor<23xi16>
  %y2 = tenon.cast %x0 : tensor<23xf32> to tensor<23xi32>
  %y3 = tenon.cast %x0 : tensor<23xf32> to tensor<23xi64>
  %y4 = tenon.cast %x0 {unsigned_result} : tensor<23xf32> to tensor<23xi8>
  %y5 = tenon.cast %x0 : tensor<23xf32> to tensor<23xi1>
  %y6 = tenon.cast %x1 : tensor<23xf64> to tensor<23xi8>
  %y7 = tenon.cast %x1 : tensor<23xf64> to tensor<23xi16>
  %y8 = tenon.cast %x1 : tensor<23xf64> to tensor<23xi32>
  %y9 = tenon.cast %x1 : tensor<23xf64> to tensor<23xi64>
  %y10 = tenon.cast %x1 {unsigned_result} : tensor<23xf64> to tensor<23xi8>
  %y11 = tenon.cast %x1 : tensor<23xf64> to tensor<23xi1>
  %y12 = tenon.cast %x2 : tensor<23xf16> to tensor<23xi8>
  %y13 = tenon.cast %x2 : tensor<23xf16> to tensor<23xi16>
  %y14 = tenon.cast %x2 : tensor<23xf16> to tensor<23xi32>
  %y15 = tenon.cast %x2 : tensor<23xf16> to tensor<23xi64>
  %y16 = tenon.cast %x2 {unsigned_result} : tensor<23xf16> to tensor<23xi8>
  %y17 = tenon.cast %x2 : tensor<23xf16> to tensor<23xi1>
  %y18 = tenon.cast %x3 : tensor<23xbf16> to tensor<23xi8>
  %y19 = tenon.cast %x3 : tensor<23xbf16> to tensor<23xi16>
  %y20 = tenon.cast %x3 : tensor<23xbf16> to tensor<23xi32>
  %y21 = tenon.cast %x3 : tensor<23xbf16> to tensor<23xi64>
  %y22 = tenon.cast %x3 {unsigned_result} : tensor<23xbf16> to tensor<23xi8>
  %y23 = tenon.cast %x3 : tensor<23xbf16> to tensor<23xi1>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23 : tensor<23xi8>, tensor<23xi16>, tensor<23xi32>, tensor<23xi64>, tensor<23xi8>, tensor<23xi1>, tensor<23xi8>, tensor<23xi16>, tensor<23xi32>, tensor<23xi64>, tensor<23xi8>, tensor<23xi1>, tensor<23xi8>, tensor<23xi16>, tensor<23xi32>, tensor<23xi64>, tensor<23xi8>, tensor<23xi1>, tensor<23xi8>, tensor<23xi16>, tensor<23xi32>, tensor<23xi64>, tensor<23xi8>, tensor<23xi1>
}
