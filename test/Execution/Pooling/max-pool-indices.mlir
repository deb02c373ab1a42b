// Flat indices in the whole tensor, row-major or column-major in space.
// RUN: tenon-run %s --inputs %p/Inputs/max-pool-indices.inputs.safetensors \
// RUN:   --expect %p/Inputs/max-pool-indices.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x3x6x8xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<1x2x4x5x6xf32> {tenon.name = "x1", tenon.dtype = "float32"})
    -> (
    tensor<2x3x3x4xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x3x3x4xi64> {tenon.name = "y1", tenon.dtype = "int64"},
    tensor<2x3x3x4xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x3x3x4xi64> {tenon.name = "y3", tenon.dtype = "int64"},
    tensor<2x3x3x4xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x3x3x4xi64> {tenon.name = "y5", tenon.dtype = "int64"},
    tensor<1x2x2x2x3xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<1x2x2x2x3xi64> {tenon.name = "y7", tenon.dtype = "int64"}) {
  %y0, %y1 = tenon.max_pool %x0 kernel [2, 2] strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] {with_indices} : (tensor<2x3x6x8xf32>) -> (tensor<2x3x3x4xf32>, tensor<2x3x3x4xi64>)
  %y2, %y3 = tenon.max_pool %x0 kernel [3, 3] strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] {with_indices} : (tensor<2x3x6x8xf32>) -> (tensor<2x3x3x4xf32>, tensor<2x3x3x4xi64>)
  %y4, %y5 = tenon.max_pool %x0 kernel [2, 2] strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] {with_indices, column_major} : (tensor<2x3x6x8xf32>) -> (tensor<2x3x3x4xf32>, tensor<2x3x3x4xi64>)
  %y6, %y7 = tenon.max_pool %x1 kernel [2, 2, 2] strides [2, 2, 2] dilations [1, 1, 1] pads [0, 0, 0] [0, 0, 0] {with_indices} : (tensor<1x2x4x5x6xf32>) -> (tensor<1x2x2x2x3xf32>, tensor<1x2x2x2x3xi64>)
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7 : tensor<2x3x3x4xf32>, tensor<2x3x3x4xi64>, tensor<2x3x3x4xf32>, tensor<2x3x3x4xi64>, tensor<2x3x3x4xf32>, tensor<2x3x3x4xi64>, tensor<1x2x2x2x3xf32>, tensor<1x2x2x2x3xi64>
}
