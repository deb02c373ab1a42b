// SEMANTICS D18: -0.5 rounds to -1 and is clamped to the edge.
// RUN: tenon-run %s --inputs %p/Inputs/resize-d18-clamp.inputs.safetensors \
// RUN:   --expect %p/Inputs/resize-d18-clamp.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x1x4xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<1x1x3xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x1x18xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x1x11xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x1x3xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x1x18xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x1x11xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<1x1x3xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<1x1x18xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<1x1x11xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<1x1x3xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<1x1x18xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<1x1x11xf32> {tenon.name = "y11", tenon.dtype = "float32"}) {
  %y0 = tenon.resize nearest %x0 : tensor<1x1x4xf32> to tensor<1x1x3xf32>
  %y1 = tenon.resize nearest %x0 {scales = array<f64: 1.0, 1.0, 4.599999904632568>} : tensor<1x1x4xf32> to tensor<1x1x18xf32>
  %y2 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>, scales = array<f64: 1.0, 1.0, 2.9000000953674316>} : tensor<1x1x4xf32> to tensor<1x1x11xf32>
  %y3 = tenon.resize nearest %x0 {nearest = #tenon<nearest_mode floor>} : tensor<1x1x4xf32> to tensor<1x1x3xf32>
  %y4 = tenon.resize nearest %x0 {nearest = #tenon<nearest_mode floor>, scales = array<f64: 1.0, 1.0, 4.599999904632568>} : tensor<1x1x4xf32> to tensor<1x1x18xf32>
  %y5 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>, nearest = #tenon<nearest_mode floor>, scales = array<f64: 1.0, 1.0, 2.9000000953674316>} : tensor<1x1x4xf32> to tensor<1x1x11xf32>
  %y6 = tenon.resize nearest %x0 {nearest = #tenon<nearest_mode round_prefer_ceil>} : tensor<1x1x4xf32> to tensor<1x1x3xf32>
  %y7 = tenon.resize nearest %x0 {nearest = #tenon<nearest_mode round_prefer_ceil>, scales = array<f64: 1.0, 1.0, 4.599999904632568>} : tensor<1x1x4xf32> to tensor<1x1x18xf32>
  %y8 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>, nearest = #tenon<nearest_mode round_prefer_ceil>, scales = array<f64: 1.0, 1.0, 2.9000000953674316>} : tensor<1x1x4xf32> to tensor<1x1x11xf32>
  %y9 = tenon.resize nearest %x0 {nearest = #tenon<nearest_mode ceil>} : tensor<1x1x4xf32> to tensor<1x1x3xf32>
  %y10 = tenon.resize nearest %x0 {nearest = #tenon<nearest_mode ceil>, scales = array<f64: 1.0, 1.0, 4.599999904632568>} : tensor<1x1x4xf32> to tensor<1x1x18xf32>
  %y11 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>, nearest = #tenon<nearest_mode ceil>, scales = array<f64: 1.0, 1.0, 2.9000000953674316>} : tensor<1x1x4xf32> to tensor<1x1x11xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11 : tensor<1x1x3xf32>, tensor<1x1x18xf32>, tensor<1x1x11xf32>, tensor<1x1x3xf32>, tensor<1x1x18xf32>, tensor<1x1x11xf32>, tensor<1x1x3xf32>, tensor<1x1x18xf32>, tensor<1x1x11xf32>, tensor<1x1x3xf32>, tensor<1x1x18xf32>, tensor<1x1x11xf32>
}
