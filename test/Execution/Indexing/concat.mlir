// Any axis; inputs without elements in between.
// RUN: tenon-run %s --inputs %p/Inputs/concat.inputs.safetensors \
// RUN:   --expect %p/Inputs/concat.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x3xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<1x3xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<4x3xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x3xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<2x0xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<2x5xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<2x1xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<2x3xf32> {tenon.name = "x7", tenon.dtype = "float32"})
    -> (
    tensor<7x3xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x8xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x1xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<6x3xf32> {tenon.name = "y3", tenon.dtype = "float32"}) {
  %y0 = tenon.concat %x0, %x1, %x2 axis 0 : (tensor<2x3xf32>, tensor<1x3xf32>, tensor<4x3xf32>) -> tensor<7x3xf32>
  %y1 = tenon.concat %x3, %x4, %x5 axis 1 : (tensor<2x3xf32>, tensor<2x0xf32>, tensor<2x5xf32>) -> tensor<2x8xf32>
  %y2 = tenon.concat %x6 axis 1 : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %y3 = tenon.concat %x7, %x7, %x7 axis 0 : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<6x3xf32>
  return %y0, %y1, %y2, %y3 : tensor<7x3xf32>, tensor<2x8xf32>, tensor<2x1xf32>, tensor<6x3xf32>
}
