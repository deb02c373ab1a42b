// Wrapping farther than the axis is long, either way.
// RUN: tenon-run %s --inputs %p/Inputs/pad-wrap-around.inputs.safetensors \
// RUN:   --expect %p/Inputs/pad-wrap-around.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<3xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<21xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<6xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<21xf32> {tenon.name = "y2", tenon.dtype = "float32"}) {
  %y0 = tenon.pad %x0 low [8] high [10] {mode = #tenon<pad_mode wrap>} : (tensor<3xf32>) -> tensor<21xf32>
  %y1 = tenon.pad %x0 low [3] high [0] {mode = #tenon<pad_mode wrap>} : (tensor<3xf32>) -> tensor<6xf32>
  %y2 = tenon.pad %x0 low [8] high [10] {mode = #tenon<pad_mode edge>} : (tensor<3xf32>) -> tensor<21xf32>
  return %y0, %y1, %y2 : tensor<21xf32>, tensor<6xf32>, tensor<21xf32>
}
