// Every coordinate mode, up and down, by sizes.
// RUN: tenon-run %s --inputs %p/Inputs/resize-linear.inputs.safetensors \
// RUN:   --expect %p/Inputs/resize-linear.expected.safetensors --rtol 0.0001 --atol 0.0001
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x2x7x9xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<1x2x14x18xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x2x9x5xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x2x3x4xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x2x14x18xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x2x9x5xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x2x3x4xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<1x2x14x18xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<1x2x9x5xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<1x2x3x4xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<1x2x14x18xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<1x2x9x5xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<1x2x3x4xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<1x2x14x18xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<1x2x9x5xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<1x2x3x4xf32> {tenon.name = "y14", tenon.dtype = "float32"}) {
  %y0 = tenon.resize linear %x0 : tensor<1x2x7x9xf32> to tensor<1x2x14x18xf32>
  %y1 = tenon.resize linear %x0 : tensor<1x2x7x9xf32> to tensor<1x2x9x5xf32>
  %y2 = tenon.resize linear %x0 : tensor<1x2x7x9xf32> to tensor<1x2x3x4xf32>
  %y3 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode asymmetric>} : tensor<1x2x7x9xf32> to tensor<1x2x14x18xf32>
  %y4 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode asymmetric>} : tensor<1x2x7x9xf32> to tensor<1x2x9x5xf32>
  %y5 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode asymmetric>} : tensor<1x2x7x9xf32> to tensor<1x2x3x4xf32>
  %y6 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode align_corners>} : tensor<1x2x7x9xf32> to tensor<1x2x14x18xf32>
  %y7 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode align_corners>} : tensor<1x2x7x9xf32> to tensor<1x2x9x5xf32>
  %y8 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode align_corners>} : tensor<1x2x7x9xf32> to tensor<1x2x3x4xf32>
  %y9 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>} : tensor<1x2x7x9xf32> to tensor<1x2x14x18xf32>
  %y10 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>} : tensor<1x2x7x9xf32> to tensor<1x2x9x5xf32>
  %y11 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>} : tensor<1x2x7x9xf32> to tensor<1x2x3x4xf32>
  %y12 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>} : tensor<1x2x7x9xf32> to tensor<1x2x14x18xf32>
  %y13 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>} : tensor<1x2x7x9xf32> to tensor<1x2x9x5xf32>
  %y14 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>} : tensor<1x2x7x9xf32> to tensor<1x2x3x4xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14 : tensor<1x2x14x18xf32>, tensor<1x2x9x5xf32>, tensor<1x2x3x4xf32>, tensor<1x2x14x18xf32>, tensor<1x2x9x5xf32>, tensor<1x2x3x4xf32>, tensor<1x2x14x18xf32>, tensor<1x2x9x5xf32>, tensor<1x2x3x4xf32>, tensor<1x2x14x18xf32>, tensor<1x2x9x5xf32>, tensor<1x2x3x4xf32>, tensor<1x2x14x18xf32>, tensor<1x2x9x5xf32>, tensor<1x2x3x4xf32>
}
