// An index outside is clamped: no read leaves the input.
// RUN: tenon-run %s --inputs %p/Inputs/gather-outside.inputs.safetensors \
// RUN:   --expect %p/Inputs/gather-outside.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<5xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<5xi64> {tenon.name = "x1", tenon.dtype = "int64"},
    %x2: tensor<5x1xi64> {tenon.name = "x2", tenon.dtype = "int64"})
    -> (
    tensor<5xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<5xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<5xf32> {tenon.name = "y2", tenon.dtype = "float32"}) {
  %y0 = tenon.gather %x0, %x1 axis 0 : (tensor<5xf32>, tensor<5xi64>) -> tensor<5xf32>
  %y1 = tenon.gather_elements %x0, %x1 axis 0 : (tensor<5xf32>, tensor<5xi64>) -> tensor<5xf32>
  %y2 = tenon.gather_nd %x0, %x2 batch_dims 0 : (tensor<5xf32>, tensor<5x1xi64>) -> tensor<5xf32>
  return %y0, %y1, %y2 : tensor<5xf32>, tensor<5xf32>, tensor<5xf32>
}
