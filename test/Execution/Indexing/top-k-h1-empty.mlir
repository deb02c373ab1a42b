// SEMANTICS H1: k 0 and rows that are not there.
// RUN: tenon-run %s --inputs %p/Inputs/top-k-h1-empty.inputs.safetensors \
// RUN:   --expect %p/Inputs/top-k-h1-empty.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<3x4xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<0x4xf32> {tenon.name = "x1", tenon.dtype = "float32"})
    -> (
    tensor<3x0xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<3x0xi64> {tenon.name = "y1", tenon.dtype = "int64"},
    tensor<0x2xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<0x2xi64> {tenon.name = "y3", tenon.dtype = "int64"}) {
  %y0, %y1 = tenon.top_k %x0 k 0 axis 1 : (tensor<3x4xf32>) -> (tensor<3x0xf32>, tensor<3x0xi64>)
  %y2, %y3 = tenon.top_k %x1 k 2 axis 1 : (tensor<0x4xf32>) -> (tensor<0x2xf32>, tensor<0x2xi64>)
  return %y0, %y1, %y2, %y3 : tensor<3x0xf32>, tensor<3x0xi64>, tensor<0x2xf32>, tensor<0x2xi64>
}
