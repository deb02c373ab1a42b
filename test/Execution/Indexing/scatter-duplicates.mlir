// Without reduction the last update stays.
// RUN: tenon-run %s --inputs %p/Inputs/scatter-duplicates.inputs.safetensors \
// RUN:   --expect %p/Inputs/scatter-duplicates.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x3xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x3xi64> {tenon.name = "x1", tenon.dtype = "int64"},
    %x2: tensor<2x3xf32> {tenon.name = "x2", tenon.dtype = "float32"})
    -> (
    tensor<2x3xf32> {tenon.name = "y0", tenon.dtype = "float32"}) {
  %y0 = tenon.scatter_elements %x0, %x1, %x2 axis 1 : (tensor<2x3xf32>, tensor<2x3xi64>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return %y0 : tensor<2x3xf32>
}
