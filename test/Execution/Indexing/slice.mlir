// Steps of either sign on every axis.
// RUN: tenon-run %s --inputs %p/Inputs/slice.inputs.safetensors \
// RUN:   --expect %p/Inputs/slice.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<5x6x7xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<3x6x4xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<3x2x4xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<5x3x7xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x5x1xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x1x1xf32> {tenon.name = "y4", tenon.dtype = "float32"}) {
  %y0 = tenon.slice %x0 starts [1, 0, 2] sizes [3, 6, 4] steps [1, 1, 1] : tensor<5x6x7xf32> -> tensor<3x6x4xf32>
  %y1 = tenon.slice %x0 starts [0, 1, 0] sizes [3, 2, 4] steps [2, 3, 2] : tensor<5x6x7xf32> -> tensor<3x2x4xf32>
  %y2 = tenon.slice %x0 starts [4, 5, 6] sizes [5, 3, 7] steps [-1, -2, -1] : tensor<5x6x7xf32> -> tensor<5x3x7xf32>
  %y3 = tenon.slice %x0 starts [4, 1, 0] sizes [2, 5, 1] steps [-3, 1, 5] : tensor<5x6x7xf32> -> tensor<2x5x1xf32>
  %y4 = tenon.slice %x0 starts [2, 5, 3] sizes [1, 1, 1] steps [-9, 7, 1] : tensor<5x6x7xf32> -> tensor<1x1x1xf32>
  return %y0, %y1, %y2, %y3, %y4 : tensor<3x6x4xf32>, tensor<3x2x4xf32>, tensor<5x3x7xf32>, tensor<2x5x1xf32>, tensor<1x1x1xf32>
}
