// Along every axis; large values, rows of -inf (zeros), rows with NaN (NaN).
// RUN: tenon-run %s --inputs %p/Inputs/softmax.inputs.safetensors \
// RUN:   --expect %p/Inputs/softmax.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<3x4x5xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<5x3xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x3xf64> {tenon.name = "x2", tenon.dtype = "float64"},
    %x3: tensor<7x1xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<0x3xf32> {tenon.name = "x4", tenon.dtype = "float32"})
    -> (
    tensor<3x4x5xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<5x3xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<5x3xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x3xf64> {tenon.name = "y8", tenon.dtype = "float64"},
    tensor<2x3xf64> {tenon.name = "y9", tenon.dtype = "float64"},
    tensor<7x1xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<7x1xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<0x3xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<0x3xf32> {tenon.name = "y13", tenon.dtype = "float32"}) {
  %y0 = tenon.softmax %x0 axis 0 : tensor<3x4x5xf32>
  %y1 = tenon.softmax %x0 axis 0 log : tensor<3x4x5xf32>
  %y2 = tenon.softmax %x0 axis 1 : tensor<3x4x5xf32>
  %y3 = tenon.softmax %x0 axis 1 log : tensor<3x4x5xf32>
  %y4 = tenon.softmax %x0 axis 2 : tensor<3x4x5xf32>
  %y5 = tenon.softmax %x0 axis 2 log : tensor<3x4x5xf32>
  %y6 = tenon.softmax %x1 axis 1 : tensor<5x3xf32>
  %y7 = tenon.softmax %x1 axis 1 log : tensor<5x3xf32>
  %y8 = tenon.softmax %x2 axis 1 : tensor<2x3xf64>
  %y9 = tenon.softmax %x2 axis 1 log : tensor<2x3xf64>
  %y10 = tenon.softmax %x3 axis 1 : tensor<7x1xf32>
  %y11 = tenon.softmax %x3 axis 1 log : tensor<7x1xf32>
  %y12 = tenon.softmax %x4 axis 1 : tensor<0x3xf32>
  %y13 = tenon.softmax %x4 axis 1 log : tensor<0x3xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13 : tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<5x3xf32>, tensor<5x3xf32>, tensor<2x3xf64>, tensor<2x3xf64>, tensor<7x1xf32>, tensor<7x1xf32>, tensor<0x3xf32>, tensor<0x3xf32>
}
