// Every axis, largest and smallest, all of them and one.
// RUN: tenon-run %s --inputs %p/Inputs/top-k.inputs.safetensors \
// RUN:   --expect %p/Inputs/top-k.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<4x9x5xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<3x9x5xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<3x9x5xi64> {tenon.name = "y1", tenon.dtype = "int64"},
    tensor<4x9x5xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<4x9x5xi64> {tenon.name = "y3", tenon.dtype = "int64"},
    tensor<3x9x5xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<3x9x5xi64> {tenon.name = "y5", tenon.dtype = "int64"},
    tensor<4x9x5xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<4x9x5xi64> {tenon.name = "y7", tenon.dtype = "int64"},
    tensor<4x3x5xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<4x3x5xi64> {tenon.name = "y9", tenon.dtype = "int64"},
    tensor<4x9x5xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<4x9x5xi64> {tenon.name = "y11", tenon.dtype = "int64"},
    tensor<4x3x5xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<4x3x5xi64> {tenon.name = "y13", tenon.dtype = "int64"},
    tensor<4x9x5xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<4x9x5xi64> {tenon.name = "y15", tenon.dtype = "int64"},
    tensor<4x9x3xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<4x9x3xi64> {tenon.name = "y17", tenon.dtype = "int64"},
    tensor<4x9x5xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<4x9x5xi64> {tenon.name = "y19", tenon.dtype = "int64"},
    tensor<4x9x3xf32> {tenon.name = "y20", tenon.dtype = "float32"},
    tensor<4x9x3xi64> {tenon.name = "y21", tenon.dtype = "int64"},
    tensor<4x9x5xf32> {tenon.name = "y22", tenon.dtype = "float32"},
    tensor<4x9x5xi64> {tenon.name = "y23", tenon.dtype = "int64"},
    tensor<4x1x5xf32> {tenon.name = "y24", tenon.dtype = "float32"},
    tensor<4x1x5xi64> {tenon.name = "y25", tenon.dtype = "int64"}) {
  %y0, %y1 = tenon.top_k %x0 k 3 axis 0 : (tensor<4x9x5xf32>) -> (tensor<3x9x5xf32>, tensor<3x9x5xi64>)
  %y2, %y3 = tenon.top_k %x0 k 4 axis 0 : (tensor<4x9x5xf32>) -> (tensor<4x9x5xf32>, tensor<4x9x5xi64>)
  %y4, %y5 = tenon.top_k %x0 k 3 axis 0 {smallest} : (tensor<4x9x5xf32>) -> (tensor<3x9x5xf32>, tensor<3x9x5xi64>)
  %y6, %y7 = tenon.top_k %x0 k 4 axis 0 {smallest} : (tensor<4x9x5xf32>) -> (tensor<4x9x5xf32>, tensor<4x9x5xi64>)
  %y8, %y9 = tenon.top_k %x0 k 3 axis 1 : (tensor<4x9x5xf32>) -> (tensor<4x3x5xf32>, tensor<4x3x5xi64>)
  %y10, %y11 = tenon.top_k %x0 k 9 axis 1 : (tensor<4x9x5xf32>) -> (tensor<4x9x5xf32>, tensor<4x9x5xi64>)
  %y12, %y13 = tenon.top_k %x0 k 3 axis 1 {smallest} : (tensor<4x9x5xf32>) -> (tensor<4x3x5xf32>, tensor<4x3x5xi64>)
  %y14, %y15 = tenon.top_k %x0 k 9 axis 1 {smallest} : (tensor<4x9x5xf32>) -> (tensor<4x9x5xf32>, tensor<4x9x5xi64>)
  %y16, %y17 = tenon.top_k %x0 k 3 axis 2 : (tensor<4x9x5xf32>) -> (tensor<4x9x3xf32>, tensor<4x9x3xi64>)
  %y18, %y19 = tenon.top_k %x0 k 5 axis 2 : (tensor<4x9x5xf32>) -> (tensor<4x9x5xf32>, tensor<4x9x5xi64>)
  %y20, %y21 = tenon.top_k %x0 k 3 axis 2 {smallest} : (tensor<4x9x5xf32>) -> (tensor<4x9x3xf32>, tensor<4x9x3xi64>)
  %y22, %y23 = tenon.top_k %x0 k 5 axis 2 {smallest} : (tensor<4x9x5xf32>) -> (tensor<4x9x5xf32>, tensor<4x9x5xi64>)
  %y24, %y25 = tenon.top_k %x0 k 1 axis 1 : (tensor<4x9x5xf32>) -> (tensor<4x1x5xf32>, tensor<4x1x5xi64>)
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24, %y25 : tensor<3x9x5xf32>, tensor<3x9x5xi64>, tensor<4x9x5xf32>, tensor<4x9x5xi64>, tensor<3x9x5xf32>, tensor<3x9x5xi64>, tensor<4x9x5xf32>, tensor<4x9x5xi64>, tensor<4x3x5xf32>, tensor<4x3x5xi64>, tensor<4x9x5xf32>, tensor<4x9x5xi64>, tensor<4x3x5xf32>, tensor<4x3x5xi64>, tensor<4x9x5xf32>, tensor<4x9x5xi64>, tensor<4x9x3xf32>, tensor<4x9x3xi64>, tensor<4x9x5xf32>, tensor<4x9x5xi64>, tensor<4x9x3xf32>, tensor<4x9x3xi64>, tensor<4x9x5xf32>, tensor<4x9x5xi64>, tensor<4x1x5xf32>, tensor<4x1x5xi64>
}
