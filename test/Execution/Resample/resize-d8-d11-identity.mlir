// SEMANTICS D8, D11: an axis of equal size and scale 1 is identity whatever the modes.
// RUN: tenon-run %s --inputs %p/Inputs/resize-d8-d11-identity.inputs.safetensors \
// RUN:   --expect %p/Inputs/resize-d8-d11-identity.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x3x4x5xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<1x1x2xf32> {tenon.name = "x1", tenon.dtype = "float32"})
    -> (
    tensor<2x3x4x10xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x3x4x5xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x3x4x10xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x3x4x5xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x3x4x5xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x1x2xf32> {tenon.name = "y5", tenon.dtype = "float32"}) {
  %y0 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<2x3x4x5xf32> to tensor<2x3x4x10xf32>
  %y1 = tenon.resize nearest %x0 {nearest = #tenon<nearest_mode ceil>} : tensor<2x3x4x5xf32> to tensor<2x3x4x5xf32>
  %y2 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<2x3x4x5xf32> to tensor<2x3x4x10xf32>
  %y3 = tenon.resize nearest %x0 {nearest = #tenon<nearest_mode floor>} : tensor<2x3x4x5xf32> to tensor<2x3x4x5xf32>
  %y4 = tenon.resize linear %x0 {antialias} : tensor<2x3x4x5xf32> to tensor<2x3x4x5xf32>
  %y5 = tenon.resize nearest %x1 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x2xf32> to tensor<1x1x2xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5 : tensor<2x3x4x10xf32>, tensor<2x3x4x5xf32>, tensor<2x3x4x10xf32>, tensor<2x3x4x5xf32>, tensor<2x3x4x5xf32>, tensor<1x1x2xf32>
}
