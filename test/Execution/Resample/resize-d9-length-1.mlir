// SEMANTICS D9: 5 to 1 reads x[0] with aligned corners and pytorch_half_pixel, x[2] with half_pixel.
// RUN: tenon-run %s --inputs %p/Inputs/resize-d9-length-1.inputs.safetensors \
// RUN:   --expect %p/Inputs/resize-d9-length-1.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x1x5x2xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<1x1x1x3xf32> {tenon.name = "x1", tenon.dtype = "float32"})
    -> (
    tensor<1x1x1x2xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x1x1x2xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x1x1x2xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x1x1x2xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x1x1x2xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x1x1x2xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<1x1x1x2xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<1x1x1x2xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<1x1x1x2xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<1x1x4x5xf32> {tenon.name = "y9", tenon.dtype = "float32"}) {
  %y0 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode align_corners>} : tensor<1x1x5x2xf32> to tensor<1x1x1x2xf32>
  %y1 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode align_corners>} : tensor<1x1x5x2xf32> to tensor<1x1x1x2xf32>
  %y2 = tenon.resize cubic %x0 {coordinates = #tenon<coordinate_mode align_corners>} : tensor<1x1x5x2xf32> to tensor<1x1x1x2xf32>
  %y3 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>} : tensor<1x1x5x2xf32> to tensor<1x1x1x2xf32>
  %y4 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>} : tensor<1x1x5x2xf32> to tensor<1x1x1x2xf32>
  %y5 = tenon.resize cubic %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>} : tensor<1x1x5x2xf32> to tensor<1x1x1x2xf32>
  %y6 = tenon.resize linear %x0 : tensor<1x1x5x2xf32> to tensor<1x1x1x2xf32>
  %y7 = tenon.resize linear %x0 : tensor<1x1x5x2xf32> to tensor<1x1x1x2xf32>
  %y8 = tenon.resize cubic %x0 : tensor<1x1x5x2xf32> to tensor<1x1x1x2xf32>
  %y9 = tenon.resize linear %x1 {coordinates = #tenon<coordinate_mode align_corners>} : tensor<1x1x1x3xf32> to tensor<1x1x4x5xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9 : tensor<1x1x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1x1x4x5xf32>
}
