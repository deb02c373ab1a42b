// Axes walked backwards where the work is cut into tiles.
// RUN: tenon-run %s --inputs %p/Inputs/slice-backwards-in-tiles.inputs.safetensors \
// RUN:   --expect %p/Inputs/slice-backwards-in-tiles.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<160x210xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<160x210xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<160x210xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<160x210xf32> {tenon.name = "y2", tenon.dtype = "float32"}) {
  %y0 = tenon.slice %x0 starts [159, 0] sizes [160, 210] steps [-1, 1] : tensor<160x210xf32> -> tensor<160x210xf32>
  %y1 = tenon.slice %x0 starts [0, 209] sizes [160, 210] steps [1, -1] : tensor<160x210xf32> -> tensor<160x210xf32>
  %y2 = tenon.slice %x0 starts [159, 209] sizes [160, 210] steps [-1, -1] : tensor<160x210xf32> -> tensor<160x210xf32>
  return %y0, %y1, %y2 : tensor<160x210xf32>, tensor<160x210xf32>, tensor<160x210xf32>
}
