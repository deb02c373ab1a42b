// Signed and unsigned bytes: pads are the lowest of each.
// RUN: tenon-run %s --inputs %p/Inputs/max-pool-integer.inputs.safetensors \
// RUN:   --expect %p/Inputs/max-pool-integer.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x2x6x6xi8> {tenon.name = "x0", tenon.dtype = "int8"},
    %x1: tensor<1x2x6x6xi8> {tenon.name = "x1", tenon.dtype = "uint8"})
    -> (
    tensor<1x2x3x3xi8> {tenon.name = "y0", tenon.dtype = "int8"},
    tensor<1x2x3x3xi8> {tenon.name = "y1", tenon.dtype = "uint8"},
    tensor<1x2x3x3xi8> {tenon.name = "y2", tenon.dtype = "uint8"},
    tensor<1x2x3x3xi64> {tenon.name = "y3", tenon.dtype = "int64"}) {
  %y0 = tenon.max_pool %x0 kernel [3, 3] strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x2x6x6xi8>) -> tensor<1x2x3x3xi8>
  %y1 = tenon.max_pool %x1 kernel [3, 3] strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] {unsigned_elements} : (tensor<1x2x6x6xi8>) -> tensor<1x2x3x3xi8>
  %y2, %y3 = tenon.max_pool %x1 kernel [3, 3] strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] {with_indices, unsigned_elements} : (tensor<1x2x6x6xi8>) -> (tensor<1x2x3x3xi8>, tensor<1x2x3x3xi64>)
  return %y0, %y1, %y2, %y3 : tensor<1x2x3x3xi8>, tensor<1x2x3x3xi8>, tensor<1x2x3x3xi8>, tensor<1x2x3x3xi64>
}
