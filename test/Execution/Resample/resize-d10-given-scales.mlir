// SEMANTICS D10: with scales the size is floor(in scale), but the scale itself places the taps.
// RUN: tenon-run %s --inputs %p/Inputs/resize-d10-given-scales.inputs.safetensors \
// RUN:   --expect %p/Inputs/resize-d10-given-scales.expected.safetensors --rtol 0.0001 --atol 0.0001
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x1x5x7xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<1x1x6x4xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x1x3x16xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x1x6x4xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x1x3x16xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x1x6x4xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x1x3x16xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<1x1x6x4xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<1x1x3x16xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<1x1x6x4xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<1x1x3x16xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<1x1x6x4xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<1x1x3x16xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<1x1x6x4xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<1x1x3x16xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<1x1x6x4xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<1x1x3x16xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<1x1x6x4xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<1x1x3x16xf32> {tenon.name = "y17", tenon.dtype = "float32"},
    tensor<1x1x6x4xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<1x1x3x16xf32> {tenon.name = "y19", tenon.dtype = "float32"},
    tensor<1x1x6x4xf32> {tenon.name = "y20", tenon.dtype = "float32"},
    tensor<1x1x3x16xf32> {tenon.name = "y21", tenon.dtype = "float32"},
    tensor<1x1x6x4xf32> {tenon.name = "y22", tenon.dtype = "float32"},
    tensor<1x1x3x16xf32> {tenon.name = "y23", tenon.dtype = "float32"}) {
  %y0 = tenon.resize nearest %x0 {scales = array<f64: 1.0, 1.0, 1.2999999523162842, 0.6100000143051147>} : tensor<1x1x5x7xf32> to tensor<1x1x6x4xf32>
  %y1 = tenon.resize nearest %x0 {scales = array<f64: 1.0, 1.0, 0.699999988079071, 2.4000000953674316>} : tensor<1x1x5x7xf32> to tensor<1x1x3x16xf32>
  %y2 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>, scales = array<f64: 1.0, 1.0, 1.2999999523162842, 0.6100000143051147>} : tensor<1x1x5x7xf32> to tensor<1x1x6x4xf32>
  %y3 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>, scales = array<f64: 1.0, 1.0, 0.699999988079071, 2.4000000953674316>} : tensor<1x1x5x7xf32> to tensor<1x1x3x16xf32>
  %y4 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>, scales = array<f64: 1.0, 1.0, 1.2999999523162842, 0.6100000143051147>} : tensor<1x1x5x7xf32> to tensor<1x1x6x4xf32>
  %y5 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>, scales = array<f64: 1.0, 1.0, 0.699999988079071, 2.4000000953674316>} : tensor<1x1x5x7xf32> to tensor<1x1x3x16xf32>
  %y6 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>, scales = array<f64: 1.0, 1.0, 1.2999999523162842, 0.6100000143051147>} : tensor<1x1x5x7xf32> to tensor<1x1x6x4xf32>
  %y7 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>, scales = array<f64: 1.0, 1.0, 0.699999988079071, 2.4000000953674316>} : tensor<1x1x5x7xf32> to tensor<1x1x3x16xf32>
  %y8 = tenon.resize linear %x0 {scales = array<f64: 1.0, 1.0, 1.2999999523162842, 0.6100000143051147>} : tensor<1x1x5x7xf32> to tensor<1x1x6x4xf32>
  %y9 = tenon.resize linear %x0 {scales = array<f64: 1.0, 1.0, 0.699999988079071, 2.4000000953674316>} : tensor<1x1x5x7xf32> to tensor<1x1x3x16xf32>
  %y10 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode asymmetric>, scales = array<f64: 1.0, 1.0, 1.2999999523162842, 0.6100000143051147>} : tensor<1x1x5x7xf32> to tensor<1x1x6x4xf32>
  %y11 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode asymmetric>, scales = array<f64: 1.0, 1.0, 0.699999988079071, 2.4000000953674316>} : tensor<1x1x5x7xf32> to tensor<1x1x3x16xf32>
  %y12 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>, scales = array<f64: 1.0, 1.0, 1.2999999523162842, 0.6100000143051147>} : tensor<1x1x5x7xf32> to tensor<1x1x6x4xf32>
  %y13 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>, scales = array<f64: 1.0, 1.0, 0.699999988079071, 2.4000000953674316>} : tensor<1x1x5x7xf32> to tensor<1x1x3x16xf32>
  %y14 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>, scales = array<f64: 1.0, 1.0, 1.2999999523162842, 0.6100000143051147>} : tensor<1x1x5x7xf32> to tensor<1x1x6x4xf32>
  %y15 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>, scales = array<f64: 1.0, 1.0, 0.699999988079071, 2.4000000953674316>} : tensor<1x1x5x7xf32> to tensor<1x1x3x16xf32>
  %y16 = tenon.resize cubic %x0 {scales = array<f64: 1.0, 1.0, 1.2999999523162842, 0.6100000143051147>} : tensor<1x1x5x7xf32> to tensor<1x1x6x4xf32>
  %y17 = tenon.resize cubic %x0 {scales = array<f64: 1.0, 1.0, 0.699999988079071, 2.4000000953674316>} : tensor<1x1x5x7xf32> to tensor<1x1x3x16xf32>
  %y18 = tenon.resize cubic %x0 {coordinates = #tenon<coordinate_mode asymmetric>, scales = array<f64: 1.0, 1.0, 1.2999999523162842, 0.6100000143051147>} : tensor<1x1x5x7xf32> to tensor<1x1x6x4xf32>
  %y19 = tenon.resize cubic %x0 {coordinates = #tenon<coordinate_mode asymmetric>, scales = array<f64: 1.0, 1.0, 0.699999988079071, 2.4000000953674316>} : tensor<1x1x5x7xf32> to tensor<1x1x3x16xf32>
  %y20 = tenon.resize cubic %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>, scales = array<f64: 1.0, 1.0, 1.2999999523162842, 0.6100000143051147>} : tensor<1x1x5x7xf32> to tensor<1x1x6x4xf32>
  %y21 = tenon.resize cubic %x0 {coordinates = #tenon<coordinate_mode half_pixel_symmetric>, scales = array<f64: 1.0, 1.0, 0.699999988079071, 2.4000000953674316>} : tensor<1x1x5x7xf32> to tensor<1x1x3x16xf32>
  %y22 = tenon.resize cubic %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>, scales = array<f64: 1.0, 1.0, 1.2999999523162842, 0.6100000143051147>} : tensor<1x1x5x7xf32> to tensor<1x1x6x4xf32>
  %y23 = tenon.resize cubic %x0 {coordinates = #tenon<coordinate_mode pytorch_half_pixel>, scales = array<f64: 1.0, 1.0, 0.699999988079071, 2.4000000953674316>} : tensor<1x1x5x7xf32> to tensor<1x1x3x16xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23 : tensor<1x1x6x4xf32>, tensor<1x1x3x16xf32>, tensor<1x1x6x4xf32>, tensor<1x1x3x16xf32>, tensor<1x1x6x4xf32>, tensor<1x1x3x16xf32>, tensor<1x1x6x4xf32>, tensor<1x1x3x16xf32>, tensor<1x1x6x4xf32>, tensor<1x1x3x16xf32>, tensor<1x1x6x4xf32>, tensor<1x1x3x16xf32>, tensor<1x1x6x4xf32>, tensor<1x1x3x16xf32>, tensor<1x1x6x4xf32>, tensor<1x1x3x16xf32>, tensor<1x1x6x4xf32>, tensor<1x1x3x16xf32>, tensor<1x1x6x4xf32>, tensor<1x1x3x16xf32>, tensor<1x1x6x4xf32>, tensor<1x1x3x16xf32>, tensor<1x1x6x4xf32>, tensor<1x1x3x16xf32>
}
