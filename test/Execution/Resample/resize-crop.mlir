// tf_crop_and_resize: a part of each axis; what lies outside takes the value.
// RUN: tenon-run %s --inputs %p/Inputs/resize-crop.inputs.safetensors \
// RUN:   --expect %p/Inputs/resize-crop.expected.safetensors --rtol 0.0001 --atol 0.0001
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x1x4x5xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<1x1x3x3xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x1x1x1xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x1x3x3xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x1x1x1xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<1x1x3x3xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<1x1x3x4xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<1x1x1x1xf32> {tenon.name = "y8", tenon.dtype = "float32"}) {
  %y0 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode tf_crop_and_resize>, roi = array<f64: 0.0, 0.0, 0.4000000059604645, 0.6000000238418579, 1.0, 1.0, 0.699999988079071, 0.800000011920929>} : tensor<1x1x4x5xf32> to tensor<1x1x3x3xf32>
  %y1 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode tf_crop_and_resize>, roi = array<f64: 0.0, 0.0, 0.4000000059604645, -0.30000001192092896, 1.0, 1.0, 1.2000000476837158, 1.7000000476837158>, extrapolation_value = 1.000000e+01 : f64} : tensor<1x1x4x5xf32> to tensor<1x1x3x4xf32>
  %y2 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode tf_crop_and_resize>, roi = array<f64: 0.0, 0.0, 0.4000000059604645, 0.6000000238418579, 1.0, 1.0, 0.699999988079071, 0.800000011920929>} : tensor<1x1x4x5xf32> to tensor<1x1x1x1xf32>
  %y3 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode tf_crop_and_resize>, roi = array<f64: 0.0, 0.0, 0.4000000059604645, 0.6000000238418579, 1.0, 1.0, 0.699999988079071, 0.800000011920929>} : tensor<1x1x4x5xf32> to tensor<1x1x3x3xf32>
  %y4 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode tf_crop_and_resize>, roi = array<f64: 0.0, 0.0, 0.4000000059604645, -0.30000001192092896, 1.0, 1.0, 1.2000000476837158, 1.7000000476837158>, extrapolation_value = 1.000000e+01 : f64} : tensor<1x1x4x5xf32> to tensor<1x1x3x4xf32>
  %y5 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode tf_crop_and_resize>, roi = array<f64: 0.0, 0.0, 0.4000000059604645, 0.6000000238418579, 1.0, 1.0, 0.699999988079071, 0.800000011920929>} : tensor<1x1x4x5xf32> to tensor<1x1x1x1xf32>
  %y6 = tenon.resize cubic %x0 {coordinates = #tenon<coordinate_mode tf_crop_and_resize>, roi = array<f64: 0.0, 0.0, 0.4000000059604645, 0.6000000238418579, 1.0, 1.0, 0.699999988079071, 0.800000011920929>} : tensor<1x1x4x5xf32> to tensor<1x1x3x3xf32>
  %y7 = tenon.resize cubic %x0 {coordinates = #tenon<coordinate_mode tf_crop_and_resize>, roi = array<f64: 0.0, 0.0, 0.4000000059604645, -0.30000001192092896, 1.0, 1.0, 1.2000000476837158, 1.7000000476837158>, extrapolation_value = 1.000000e+01 : f64} : tensor<1x1x4x5xf32> to tensor<1x1x3x4xf32>
  %y8 = tenon.resize cubic %x0 {coordinates = #tenon<coordinate_mode tf_crop_and_resize>, roi = array<f64: 0.0, 0.0, 0.4000000059604645, 0.6000000238418579, 1.0, 1.0, 0.699999988079071, 0.800000011920929>} : tensor<1x1x4x5xf32> to tensor<1x1x1x1xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8 : tensor<1x1x3x3xf32>, tensor<1x1x3x4xf32>, tensor<1x1x1x1xf32>, tensor<1x1x3x3xf32>, tensor<1x1x3x4xf32>, tensor<1x1x1x1xf32>, tensor<1x1x3x3xf32>, tensor<1x1x3x4xf32>, tensor<1x1x1x1xf32>
}
