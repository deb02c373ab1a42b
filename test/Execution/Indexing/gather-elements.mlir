// Indices longer along the axis, shorter off it.
// RUN: tenon-run %s --inputs %p/Inputs/gather-elements.inputs.safetensors \
// RUN:   --expect %p/Inputs/gather-elements.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<4x5x6xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<7x5x6xi64> {tenon.name = "x1", tenon.dtype = "int64"},
    %x2: tensor<2x3x4xi64> {tenon.name = "x2", tenon.dtype = "int64"},
    %x3: tensor<4x1x6xi64> {tenon.name = "x3", tenon.dtype = "int64"})
    -> (
    tensor<7x5x6xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x3x4xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<4x1x6xf32> {tenon.name = "y2", tenon.dtype = "float32"}) {
  %y0 = tenon.gather_elements %x0, %x1 axis 0 : (tensor<4x5x6xf32>, tensor<7x5x6xi64>) -> tensor<7x5x6xf32>
  %y1 = tenon.gather_elements %x0, %x2 axis 1 : (tensor<4x5x6xf32>, tensor<2x3x4xi64>) -> tensor<2x3x4xf32>
  %y2 = tenon.gather_elements %x0, %x3 axis 2 : (tensor<4x5x6xf32>, tensor<4x1x6xi64>) -> tensor<4x1x6xf32>
  return %y0, %y1, %y2 : tensor<7x5x6xf32>, tensor<2x3x4xf32>, tensor<4x1x6xf32>
}
