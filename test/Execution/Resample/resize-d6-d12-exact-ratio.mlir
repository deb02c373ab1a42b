// SEMANTICS D6, D12: ties and torch's two nearest modes are decided by the exact ratio of the sizes.
// RUN: tenon-run %s --inputs %p/Inputs/resize-d6-d12-exact-ratio.inputs.safetensors \
// RUN:   --expect %p/Inputs/resize-d6-d12-exact-ratio.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x1x6xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<1x1x10xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<1x1x22xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<1x1x49xf32> {tenon.name = "x3", tenon.dtype = "float32"})
    -> (
    tensor<1x1x5xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x1x5xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x1x15xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x1x15xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x1x42xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x1x42xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<1x1x11xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<1x1x11xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<1x1x5xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<1x1x5xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<1x1x15xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<1x1x15xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<1x1x70xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<1x1x70xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<1x1x19xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<1x1x19xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<1x1x5xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<1x1x5xf32> {tenon.name = "y17", tenon.dtype = "float32"},
    tensor<1x1x15xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<1x1x15xf32> {tenon.name = "y19", tenon.dtype = "float32"},
    tensor<1x1x154xf32> {tenon.name = "y20", tenon.dtype = "float32"},
    tensor<1x1x154xf32> {tenon.name = "y21", tenon.dtype = "float32"},
    tensor<1x1x43xf32> {tenon.name = "y22", tenon.dtype = "float32"},
    tensor<1x1x43xf32> {tenon.name = "y23", tenon.dtype = "float32"},
    tensor<1x1x5xf32> {tenon.name = "y24", tenon.dtype = "float32"},
    tensor<1x1x5xf32> {tenon.name = "y25", tenon.dtype = "float32"},
    tensor<1x1x15xf32> {tenon.name = "y26", tenon.dtype = "float32"},
    tensor<1x1x15xf32> {tenon.name = "y27", tenon.dtype = "float32"},
    tensor<1x1x343xf32> {tenon.name = "y28", tenon.dtype = "float32"},
    tensor<1x1x343xf32> {tenon.name = "y29", tenon.dtype = "float32"},
    tensor<1x1x97xf32> {tenon.name = "y30", tenon.dtype = "float32"},
    tensor<1x1x97xf32> {tenon.name = "y31", tenon.dtype = "float32"}) {
  %y0 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x6xf32> to tensor<1x1x5xf32>
  %y1 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x6xf32> to tensor<1x1x5xf32>
  %y2 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x6xf32> to tensor<1x1x15xf32>
  %y3 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x6xf32> to tensor<1x1x15xf32>
  %y4 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x6xf32> to tensor<1x1x42xf32>
  %y5 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x6xf32> to tensor<1x1x42xf32>
  %y6 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x6xf32> to tensor<1x1x11xf32>
  %y7 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x6xf32> to tensor<1x1x11xf32>
  %y8 = tenon.resize nearest %x1 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x10xf32> to tensor<1x1x5xf32>
  %y9 = tenon.resize nearest %x1 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x10xf32> to tensor<1x1x5xf32>
  %y10 = tenon.resize nearest %x1 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x10xf32> to tensor<1x1x15xf32>
  %y11 = tenon.resize nearest %x1 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x10xf32> to tensor<1x1x15xf32>
  %y12 = tenon.resize nearest %x1 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x10xf32> to tensor<1x1x70xf32>
  %y13 = tenon.resize nearest %x1 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x10xf32> to tensor<1x1x70xf32>
  %y14 = tenon.resize nearest %x1 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x10xf32> to tensor<1x1x19xf32>
  %y15 = tenon.resize nearest %x1 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x10xf32> to tensor<1x1x19xf32>
  %y16 = tenon.resize nearest %x2 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x22xf32> to tensor<1x1x5xf32>
  %y17 = tenon.resize nearest %x2 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x22xf32> to tensor<1x1x5xf32>
  %y18 = tenon.resize nearest %x2 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x22xf32> to tensor<1x1x15xf32>
  %y19 = tenon.resize nearest %x2 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x22xf32> to tensor<1x1x15xf32>
  %y20 = tenon.resize nearest %x2 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x22xf32> to tensor<1x1x154xf32>
  %y21 = tenon.resize nearest %x2 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x22xf32> to tensor<1x1x154xf32>
  %y22 = tenon.resize nearest %x2 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x22xf32> to tensor<1x1x43xf32>
  %y23 = tenon.resize nearest %x2 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x22xf32> to tensor<1x1x43xf32>
  %y24 = tenon.resize nearest %x3 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x49xf32> to tensor<1x1x5xf32>
  %y25 = tenon.resize nearest %x3 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x49xf32> to tensor<1x1x5xf32>
  %y26 = tenon.resize nearest %x3 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x49xf32> to tensor<1x1x15xf32>
  %y27 = tenon.resize nearest %x3 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x49xf32> to tensor<1x1x15xf32>
  %y28 = tenon.resize nearest %x3 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x49xf32> to tensor<1x1x343xf32>
  %y29 = tenon.resize nearest %x3 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x49xf32> to tensor<1x1x343xf32>
  %y30 = tenon.resize nearest %x3 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x49xf32> to tensor<1x1x97xf32>
  %y31 = tenon.resize nearest %x3 {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x49xf32> to tensor<1x1x97xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24, %y25, %y26, %y27, %y28, %y29, %y30, %y31 : tensor<1x1x5xf32>, tensor<1x1x5xf32>, tensor<1x1x15xf32>, tensor<1x1x15xf32>, tensor<1x1x42xf32>, tensor<1x1x42xf32>, tensor<1x1x11xf32>, tensor<1x1x11xf32>, tensor<1x1x5xf32>, tensor<1x1x5xf32>, tensor<1x1x15xf32>, tensor<1x1x15xf32>, tensor<1x1x70xf32>, tensor<1x1x70xf32>, tensor<1x1x19xf32>, tensor<1x1x19xf32>, tensor<1x1x5xf32>, tensor<1x1x5xf32>, tensor<1x1x15xf32>, tensor<1x1x15xf32>, tensor<1x1x154xf32>, tensor<1x1x154xf32>, tensor<1x1x43xf32>, tensor<1x1x43xf32>, tensor<1x1x5xf32>, tensor<1x1x5xf32>, tensor<1x1x15xf32>, tensor<1x1x15xf32>, tensor<1x1x343xf32>, tensor<1x1x343xf32>, tensor<1x1x97xf32>, tensor<1x1x97xf32>
}
