// Integers and booleans move unchanged.
// RUN: tenon-run %s --inputs %p/Inputs/resize-nearest-integer.inputs.safetensors \
// RUN:   --expect %p/Inputs/resize-nearest-integer.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x1x3x4xi64> {tenon.name = "x0", tenon.dtype = "int64"},
    %x1: tensor<1x1x3x4xi8> {tenon.name = "x1", tenon.dtype = "uint8"})
    -> (
    tensor<1x1x6x12xi64> {tenon.name = "y0", tenon.dtype = "int64"},
    tensor<1x1x6x12xi8> {tenon.name = "y1", tenon.dtype = "uint8"}) {
  %y0 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x3x4xi64> to tensor<1x1x6x12xi64>
  %y1 = tenon.resize nearest %x1 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x3x4xi8> to tensor<1x1x6x12xi8>
  return %y0, %y1 : tensor<1x1x6x12xi64>, tensor<1x1x6x12xi8>
}
