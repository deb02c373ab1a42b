// An update outside is dropped; the input itself is left as it was.
// RUN: tenon-run %s --inputs %p/Inputs/scatter-outside.inputs.safetensors \
// RUN:   --expect %p/Inputs/scatter-outside.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<5xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<4xi64> {tenon.name = "x1", tenon.dtype = "int64"},
    %x2: tensor<4xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<4x1xi64> {tenon.name = "x3", tenon.dtype = "int64"})
    -> (
    tensor<5xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<5xf32> {tenon.name = "y1", tenon.dtype = "float32"}) {
  %y0 = tenon.scatter_elements %x0, %x1, %x2 axis 0 : (tensor<5xf32>, tensor<4xi64>, tensor<4xf32>) -> tensor<5xf32>
  %y1 = tenon.scatter_nd %x0, %x3, %x2 : (tensor<5xf32>, tensor<4x1xi64>, tensor<4xf32>) -> tensor<5xf32>
  return %y0, %y1 : tensor<5xf32>, tensor<5xf32>
}
