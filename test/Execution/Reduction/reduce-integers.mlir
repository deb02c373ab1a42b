// Integers keep their type; a mean truncates; i1 max is or, min is and.
// RUN: tenon-run %s --inputs %p/Inputs/reduce-integers.inputs.safetensors \
// RUN:   --expect %p/Inputs/reduce-integers.expected.safetensors --rtol 0 --atol 0
// Made by make_nn.py.

func.func @step(
    %x0: tensor<3x4xi32> {tenon.name = "x0", tenon.dtype = "int32"},
    %x1: tensor<3x4xi64> {tenon.name = "x1", tenon.dtype = "int64"},
    %x2: tensor<3x4xi8> {tenon.name = "x2", tenon.dtype = "int8"},
    %x3: tensor<3x2xi1> {tenon.name = "x3", tenon.dtype = "bool"},
    %x4: tensor<2x3xi8> {tenon.name = "x4", tenon.dtype = "uint8"})
    -> (
    tensor<3xi32> {tenon.name = "y0", tenon.dtype = "int32"},
    tensor<3xi32> {tenon.name = "y1", tenon.dtype = "int32"},
    tensor<3xi32> {tenon.name = "y2", tenon.dtype = "int32"},
    tensor<3xi32> {tenon.name = "y3", tenon.dtype = "int32"},
    tensor<3xi32> {tenon.name = "y4", tenon.dtype = "int32"},
    tensor<3xi32> {tenon.name = "y5", tenon.dtype = "int32"},
    tensor<3xi32> {tenon.name = "y6", tenon.dtype = "int32"},
    tensor<3xi64> {tenon.name = "y7", tenon.dtype = "int64"},
    tensor<3xi64> {tenon.name = "y8", tenon.dtype = "int64"},
    tensor<3xi64> {tenon.name = "y9", tenon.dtype = "int64"},
    tensor<3xi64> {tenon.name = "y10", tenon.dtype = "int64"},
    tensor<3xi64> {tenon.name = "y11", tenon.dtype = "int64"},
    tensor<3xi64> {tenon.name = "y12", tenon.dtype = "int64"},
    tensor<3xi64> {tenon.name = "y13", tenon.dtype = "int64"},
    tensor<3xi8> {tenon.name = "y14", tenon.dtype = "int8"},
    tensor<3xi8> {tenon.name = "y15", tenon.dtype = "int8"},
    tensor<3xi8> {tenon.name = "y16", tenon.dtype = "int8"},
    tensor<3xi8> {tenon.name = "y17", tenon.dtype = "int8"},
    tensor<3xi8> {tenon.name = "y18", tenon.dtype = "int8"},
    tensor<3xi8> {tenon.name = "y19", tenon.dtype = "int8"},
    tensor<3xi8> {tenon.name = "y20", tenon.dtype = "int8"},
    tensor<3xi1> {tenon.name = "y21", tenon.dtype = "bool"},
    tensor<3xi1> {tenon.name = "y22", tenon.dtype = "bool"},
    tensor<2xi8> {tenon.name = "y23", tenon.dtype = "uint8"},
    tensor<2xi8> {tenon.name = "y24", tenon.dtype = "uint8"}) {
  %y0 = tenon.reduce sum %x0 axes [1] : tensor<3x4xi32> -> tensor<3xi32>
  %y1 = tenon.reduce max %x0 axes [1] : tensor<3x4xi32> -> tensor<3xi32>
  %y2 = tenon.reduce min %x0 axes [1] : tensor<3x4xi32> -> tensor<3xi32>
  %y3 = tenon.reduce l1 %x0 axes [1] : tensor<3x4xi32> -> tensor<3xi32>
  %y4 = tenon.reduce sum_square %x0 axes [1] : tensor<3x4xi32> -> tensor<3xi32>
  %y5 = tenon.reduce prod %x0 axes [1] : tensor<3x4xi32> -> tensor<3xi32>
  %y6 = tenon.reduce mean %x0 axes [1] : tensor<3x4xi32> -> tensor<3xi32>
  %y7 = tenon.reduce sum %x1 axes [1] : tensor<3x4xi64> -> tensor<3xi64>
  %y8 = tenon.reduce max %x1 axes [1] : tensor<3x4xi64> -> tensor<3xi64>
  %y9 = tenon.reduce min %x1 axes [1] : tensor<3x4xi64> -> tensor<3xi64>
  %y10 = tenon.reduce l1 %x1 axes [1] : tensor<3x4xi64> -> tensor<3xi64>
  %y11 = tenon.reduce sum_square %x1 axes [1] : tensor<3x4xi64> -> tensor<3xi64>
  %y12 = tenon.reduce prod %x1 axes [1] : tensor<3x4xi64> -> tensor<3xi64>
  %y13 = tenon.reduce mean %x1 axes [1] : tensor<3x4xi64> -> tensor<3xi64>
  %y14 = tenon.reduce sum %x2 axes [1] : tensor<3x4xi8> -> tensor<3xi8>
  %y15 = tenon.reduce max %x2 axes [1] : tensor<3x4xi8> -> tensor<3xi8>
  %y16 = tenon.reduce min %x2 axes [1] : tensor<3x4xi8> -> tensor<3xi8>
  %y17 = tenon.reduce l1 %x2 axes [1] : tensor<3x4xi8> -> tensor<3xi8>
  %y18 = tenon.reduce sum_square %x2 axes [1] : tensor<3x4xi8> -> tensor<3xi8>
  %y19 = tenon.reduce prod %x2 axes [1] : tensor<3x4xi8> -> tensor<3xi8>
  %y20 = tenon.reduce mean %x2 axes [1] : tensor<3x4xi8> -> tensor<3xi8>
  %y21 = tenon.reduce max %x3 axes [1] : tensor<3x2xi1> -> tensor<3xi1>
  %y22 = tenon.reduce min %x3 axes [1] : tensor<3x2xi1> -> tensor<3xi1>
  %y23 = tenon.reduce max %x4 axes [1] {unsigned_elements} : tensor<2x3xi8> -> tensor<2xi8>
  %y24 = tenon.reduce min %x4 axes [1] {unsigned_elements} : tensor<2x3xi8> -> tensor<2xi8>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24 : tensor<3xi32>, tensor<3xi32>, tensor<3xi32>, tensor<3xi32>, tensor<3xi32>, tensor<3xi32>, tensor<3xi32>, tensor<3xi64>, tensor<3xi64>, tensor<3xi64>, tensor<3xi64>, tensor<3xi64>, tensor<3xi64>, tensor<3xi64>, tensor<3xi8>, tensor<3xi8>, tensor<3xi8>, tensor<3xi8>, tensor<3xi8>, tensor<3xi8>, tensor<3xi8>, tensor<3xi1>, tensor<3xi1>, tensor<2xi8>, tensor<2xi8>
}
