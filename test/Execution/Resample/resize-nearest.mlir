// Every coordinate mode and rounding, up and down, by sizes.
// RUN: tenon-run %s --inputs %p/Inputs/resize-nearest.inputs.safetensors \
// RUN:   --expect %p/Inputs/resize-nearest.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x1x7x9xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<1x1x14x27xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y17", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y19", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y20", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y21", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y22", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y23", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y24", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y25", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y26", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y27", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y28", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y29", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y30", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y31", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y32", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y33", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y34", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y35", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y36", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y37", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y38", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y39", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y40", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y41", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y42", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y43", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y44", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y45", tenon.dtype = "float32"},
    tensor<1x1x14x27xf32> {tenon.name = "y46", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y47", tenon.dtype = "float32"}) {
  %y0 = tenon.resize nearest %x0 : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y1 = tenon.resize nearest %x0 : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y2 = tenon.resize nearest %x0 {nearest = #tenon<nearest_mode round_prefer_ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y3 = tenon.resize nearest %x0 {nearest = #tenon<nearest_mode round_prefer_ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y4 = tenon.resize nearest %x0 {nearest = #tenon<nearest_mode floor>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y5 = tenon.resize nearest %x0 {nearest = #tenon<nearest_mode floor>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y6 = tenon.resize nearest %x0 {nearest = #tenon<nearest_mode ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y7 = tenon.resize nearest %x0 {nearest = #tenon<nearest_mode ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y8 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y9 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y10 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode round_prefer_ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y11 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode round_prefer_ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y12 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y13 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y14 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y15 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y16 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode align_corners>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y17 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode align_corners>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y18 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode align_corners>, nearest = #tenon<nearest_mode round_prefer_ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y19 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode align_corners>, nearest = #tenon<nearest_mode round_prefer_ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y20 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode align_corners>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y21 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode align_corners>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y22 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode align_corners>, nearest = #tenon<nearest_mode ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y23 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode align_corners>, nearest = #tenon<nearest_mode ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y24 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y25 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y26 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>, nearest = #tenon<nearest_mode round_prefer_ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y27 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>, nearest = #tenon<nearest_mode round_prefer_ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y28 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y29 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y30 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>, nearest = #tenon<nearest_mode ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y31 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>, nearest = #tenon<nearest_mode ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y32 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y33 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y34 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>, nearest = #tenon<nearest_mode round_prefer_ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y35 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>, nearest = #tenon<nearest_mode round_prefer_ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y36 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y37 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y38 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>, nearest = #tenon<nearest_mode ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y39 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>, nearest = #tenon<nearest_mode ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y40 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y41 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y42 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode round_prefer_ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y43 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode round_prefer_ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y44 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y45 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  %y46 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x14x27xf32>
  %y47 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode ceil>} : tensor<1x1x7x9xf32> to tensor<1x1x3x4xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24, %y25, %y26, %y27, %y28, %y29, %y30, %y31, %y32, %y33, %y34, %y35, %y36, %y37, %y38, %y39, %y40, %y41, %y42, %y43, %y44, %y45, %y46, %y47 : tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>, tensor<1x1x14x27xf32>, tensor<1x1x3x4xf32>
}
