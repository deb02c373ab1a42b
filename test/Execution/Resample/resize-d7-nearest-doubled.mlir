// SEMANTICS D7: 1..4 doubled, by coordinates and rounding; the wrong ones are not pixel repetition.
// RUN: tenon-run %s --inputs %p/Inputs/resize-d7-nearest-doubled.inputs.safetensors \
// RUN:   --expect %p/Inputs/resize-d7-nearest-doubled.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x1x1x4xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<1x1x1x8xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x1x1x8xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x1x1x8xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x1x1x8xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x1x1x8xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x1x1x8xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<1x1x1x8xf32> {tenon.name = "y6", tenon.dtype = "float32"}) {
  %y0 = tenon.resize nearest %x0 {nearest = #tenon<nearest_mode floor>} : tensor<1x1x1x4xf32> to tensor<1x1x1x8xf32>
  %y1 = tenon.resize nearest %x0 {nearest = #tenon<nearest_mode ceil>} : tensor<1x1x1x4xf32> to tensor<1x1x1x8xf32>
  %y2 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode ceil>} : tensor<1x1x1x4xf32> to tensor<1x1x1x8xf32>
  %y3 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode round_prefer_ceil>} : tensor<1x1x1x4xf32> to tensor<1x1x1x8xf32>
  %y4 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x1x4xf32> to tensor<1x1x1x8xf32>
  %y5 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>} : tensor<1x1x1x4xf32> to tensor<1x1x1x8xf32>
  %y6 = tenon.resize nearest %x0 : tensor<1x1x1x4xf32> to tensor<1x1x1x8xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6 : tensor<1x1x1x8xf32>, tensor<1x1x1x8xf32>, tensor<1x1x1x8xf32>, tensor<1x1x1x8xf32>, tensor<1x1x1x8xf32>, tensor<1x1x1x8xf32>, tensor<1x1x1x8xf32>
}
