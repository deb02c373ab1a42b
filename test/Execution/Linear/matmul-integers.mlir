// Integers are summed in their own type and wrap around.
// RUN: tenon-run %s --inputs %p/Inputs/matmul-integers.inputs.safetensors \
// RUN:   --expect %p/Inputs/matmul-integers.expected.safetensors --rtol 0 --atol 0
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x3x4xi32> {tenon.name = "x0", tenon.dtype = "int32"},
    %x1: tensor<4x5xi32> {tenon.name = "x1", tenon.dtype = "int32"},
    %x2: tensor<2x3x4xi64> {tenon.name = "x2", tenon.dtype = "int64"},
    %x3: tensor<4x5xi64> {tenon.name = "x3", tenon.dtype = "int64"},
    %x4: tensor<2x3x4xi8> {tenon.name = "x4", tenon.dtype = "int8"},
    %x5: tensor<4x5xi8> {tenon.name = "x5", tenon.dtype = "int8"})
    -> (
    tensor<2x3x5xi32> {tenon.name = "y0", tenon.dtype = "int32"},
    tensor<2x3x5xi64> {tenon.name = "y1", tenon.dtype = "int64"},
    tensor<2x3x5xi8> {tenon.name = "y2", tenon.dtype = "int8"}) {
  %y0 = tenon.matmul %x0, %x1 : (tensor<2x3x4xi32>, tensor<4x5xi32>) -> tensor<2x3x5xi32>
  %y1 = tenon.matmul %x2, %x3 : (tensor<2x3x4xi64>, tensor<4x5xi64>) -> tensor<2x3x5xi64>
  %y2 = tenon.matmul %x4, %x5 : (tensor<2x3x4xi8>, tensor<4x5xi8>) -> tensor<2x3x5xi8>
  return %y0, %y1, %y2 : tensor<2x3x5xi32>, tensor<2x3x5xi64>, tensor<2x3x5xi8>
}
