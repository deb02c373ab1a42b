// SEMANTICS H1: without updates the input comes back.
// RUN: tenon-run %s --inputs %p/Inputs/scatter-h1-empty.inputs.safetensors \
// RUN:   --expect %p/Inputs/scatter-h1-empty.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<3x2xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<0x2xi64> {tenon.name = "x1", tenon.dtype = "int64"},
    %x2: tensor<0x2xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<0x1xi64> {tenon.name = "x3", tenon.dtype = "int64"},
    %x4: tensor<0x2xf32> {tenon.name = "x4", tenon.dtype = "float32"})
    -> (
    tensor<3x2xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<3x2xf32> {tenon.name = "y1", tenon.dtype = "float32"}) {
  %y0 = tenon.scatter_elements %x0, %x1, %x2 axis 0 : (tensor<3x2xf32>, tensor<0x2xi64>, tensor<0x2xf32>) -> tensor<3x2xf32>
  %y1 = tenon.scatter_nd %x0, %x3, %x4 : (tensor<3x2xf32>, tensor<0x1xi64>, tensor<0x2xf32>) -> tensor<3x2xf32>
  return %y0, %y1 : tensor<3x2xf32>, tensor<3x2xf32>
}
