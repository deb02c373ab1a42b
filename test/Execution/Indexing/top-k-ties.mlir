// The lower index comes first among equals; NaN counts as largest.
// RUN: tenon-run %s --inputs %p/Inputs/top-k-ties.inputs.safetensors \
// RUN:   --expect %p/Inputs/top-k-ties.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<9xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<40xi64> {tenon.name = "x1", tenon.dtype = "int64"},
    %x2: tensor<10xi1> {tenon.name = "x2", tenon.dtype = "bool"})
    -> (
    tensor<2xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2xi64> {tenon.name = "y1", tenon.dtype = "int64"},
    tensor<4xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<4xi64> {tenon.name = "y3", tenon.dtype = "int64"},
    tensor<9xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<9xi64> {tenon.name = "y5", tenon.dtype = "int64"},
    tensor<2xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2xi64> {tenon.name = "y7", tenon.dtype = "int64"},
    tensor<4xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<4xi64> {tenon.name = "y9", tenon.dtype = "int64"},
    tensor<9xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<9xi64> {tenon.name = "y11", tenon.dtype = "int64"},
    tensor<25xi64> {tenon.name = "y12", tenon.dtype = "int64"},
    tensor<25xi64> {tenon.name = "y13", tenon.dtype = "int64"},
    tensor<6xi1> {tenon.name = "y14", tenon.dtype = "bool"},
    tensor<6xi64> {tenon.name = "y15", tenon.dtype = "int64"}) {
  %y0, %y1 = tenon.top_k %x0 k 2 axis 0 : (tensor<9xf32>) -> (tensor<2xf32>, tensor<2xi64>)
  %y2, %y3 = tenon.top_k %x0 k 4 axis 0 : (tensor<9xf32>) -> (tensor<4xf32>, tensor<4xi64>)
  %y4, %y5 = tenon.top_k %x0 k 9 axis 0 : (tensor<9xf32>) -> (tensor<9xf32>, tensor<9xi64>)
  %y6, %y7 = tenon.top_k %x0 k 2 axis 0 {smallest} : (tensor<9xf32>) -> (tensor<2xf32>, tensor<2xi64>)
  %y8, %y9 = tenon.top_k %x0 k 4 axis 0 {smallest} : (tensor<9xf32>) -> (tensor<4xf32>, tensor<4xi64>)
  %y10, %y11 = tenon.top_k %x0 k 9 axis 0 {smallest} : (tensor<9xf32>) -> (tensor<9xf32>, tensor<9xi64>)
  %y12, %y13 = tenon.top_k %x1 k 25 axis 0 : (tensor<40xi64>) -> (tensor<25xi64>, tensor<25xi64>)
  %y14, %y15 = tenon.top_k %x2 k 6 axis 0 : (tensor<10xi1>) -> (tensor<6xi1>, tensor<6xi64>)
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15 : tensor<2xf32>, tensor<2xi64>, tensor<4xf32>, tensor<4xi64>, tensor<9xf32>, tensor<9xi64>, tensor<2xf32>, tensor<2xi64>, tensor<4xf32>, tensor<4xi64>, tensor<9xf32>, tensor<9xi64>, tensor<25xi64>, tensor<25xi64>, tensor<6xi1>, tensor<6xi64>
}
