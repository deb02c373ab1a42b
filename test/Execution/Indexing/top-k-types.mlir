// Bytes by sign, and floats of 16 bits.
// RUN: tenon-run %s --inputs %p/Inputs/top-k-types.inputs.safetensors \
// RUN:   --expect %p/Inputs/top-k-types.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<30xi8> {tenon.name = "x0", tenon.dtype = "int8"},
    %x1: tensor<30xi8> {tenon.name = "x1", tenon.dtype = "uint8"},
    %x2: tensor<30xi8> {tenon.name = "x2", tenon.dtype = "uint8"},
    %x3: tensor<30xf16> {tenon.name = "x3", tenon.dtype = "float16"},
    %x4: tensor<30xbf16> {tenon.name = "x4", tenon.dtype = "bfloat16"})
    -> (
    tensor<9xi8> {tenon.name = "y0", tenon.dtype = "int8"},
    tensor<9xi64> {tenon.name = "y1", tenon.dtype = "int64"},
    tensor<9xi8> {tenon.name = "y2", tenon.dtype = "uint8"},
    tensor<9xi64> {tenon.name = "y3", tenon.dtype = "int64"},
    tensor<9xi8> {tenon.name = "y4", tenon.dtype = "uint8"},
    tensor<9xi64> {tenon.name = "y5", tenon.dtype = "int64"},
    tensor<9xf16> {tenon.name = "y6", tenon.dtype = "float16"},
    tensor<9xi64> {tenon.name = "y7", tenon.dtype = "int64"},
    tensor<9xbf16> {tenon.name = "y8", tenon.dtype = "bfloat16"},
    tensor<9xi64> {tenon.name = "y9", tenon.dtype = "int64"}) {
  %y0, %y1 = tenon.top_k %x0 k 9 axis 0 : (tensor<30xi8>) -> (tensor<9xi8>, tensor<9xi64>)
  %y2, %y3 = tenon.top_k %x1 k 9 axis 0 {unsigned_elements} : (tensor<30xi8>) -> (tensor<9xi8>, tensor<9xi64>)
  %y4, %y5 = tenon.top_k %x2 k 9 axis 0 {smallest, unsigned_elements} : (tensor<30xi8>) -> (tensor<9xi8>, tensor<9xi64>)
  %y6, %y7 = tenon.top_k %x3 k 9 axis 0 : (tensor<30xf16>) -> (tensor<9xf16>, tensor<9xi64>)
  %y8, %y9 = tenon.top_k %x4 k 9 axis 0 {smallest} : (tensor<30xbf16>) -> (tensor<9xbf16>, tensor<9xi64>)
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9 : tensor<9xi8>, tensor<9xi64>, tensor<9xi8>, tensor<9xi64>, tensor<9xi8>, tensor<9xi64>, tensor<9xf16>, tensor<9xi64>, tensor<9xbf16>, tensor<9xi64>
}
