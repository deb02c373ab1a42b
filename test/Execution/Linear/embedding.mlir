// Rows by id: a negative one counts from the end, one outside is clamped.
// RUN: tenon-run %s --inputs %p/Inputs/embedding.inputs.safetensors \
// RUN:   --expect %p/Inputs/embedding.expected.safetensors --rtol 0 --atol 0
// Made by make_nn.py.

func.func @step(
    %x0: tensor<7x4xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<7x3xi8> {tenon.name = "x1", tenon.dtype = "int8"},
    %x2: tensor<7x2xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<2x3xi64> {tenon.name = "x3", tenon.dtype = "int64"},
    %x4: tensor<2x3xi32> {tenon.name = "x4", tenon.dtype = "int32"},
    %x5: tensor<2x3xi64> {tenon.name = "x5", tenon.dtype = "int64"},
    %x6: tensor<2x3xi32> {tenon.name = "x6", tenon.dtype = "int32"},
    %x7: tensor<2x3xi64> {tenon.name = "x7", tenon.dtype = "int64"},
    %x8: tensor<2x3xi32> {tenon.name = "x8", tenon.dtype = "int32"},
    %x9: tensor<5xi64> {tenon.name = "x9", tenon.dtype = "int64"},
    %x10: tensor<7x4xf32> {tenon.name = "x10", tenon.dtype = "float32"})
    -> (
    tensor<2x3x4xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x3x4xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x3x3xi8> {tenon.name = "y2", tenon.dtype = "int8"},
    tensor<2x3x3xi8> {tenon.name = "y3", tenon.dtype = "int8"},
    tensor<2x3x2xf16> {tenon.name = "y4", tenon.dtype = "float16"},
    tensor<2x3x2xf16> {tenon.name = "y5", tenon.dtype = "float16"},
    tensor<5x4xf32> {tenon.name = "y6", tenon.dtype = "float32"}) {
  %y0 = tenon.embedding %x0, %x3 : (tensor<7x4xf32>, tensor<2x3xi64>) -> tensor<2x3x4xf32>
  %y1 = tenon.embedding %x0, %x4 : (tensor<7x4xf32>, tensor<2x3xi32>) -> tensor<2x3x4xf32>
  %y2 = tenon.embedding %x1, %x5 : (tensor<7x3xi8>, tensor<2x3xi64>) -> tensor<2x3x3xi8>
  %y3 = tenon.embedding %x1, %x6 : (tensor<7x3xi8>, tensor<2x3xi32>) -> tensor<2x3x3xi8>
  %y4 = tenon.embedding %x2, %x7 : (tensor<7x2xf16>, tensor<2x3xi64>) -> tensor<2x3x2xf16>
  %y5 = tenon.embedding %x2, %x8 : (tensor<7x2xf16>, tensor<2x3xi32>) -> tensor<2x3x2xf16>
  %y6 = tenon.embedding %x10, %x9 : (tensor<7x4xf32>, tensor<5xi64>) -> tensor<5x4xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6 : tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<2x3x3xi8>, tensor<2x3x3xi8>, tensor<2x3x2xf16>, tensor<2x3x2xf16>, tensor<5x4xf32>
}
