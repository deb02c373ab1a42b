// The first of equals; a window of -inf names its first element, not its padding; NaN wins.
// RUN: tenon-run %s --inputs %p/Inputs/max-pool-ties.inputs.safetensors \
// RUN:   --expect %p/Inputs/max-pool-ties.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x1x4x4xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<1x1x3x3xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<1x1x2x4xf32> {tenon.name = "x2", tenon.dtype = "float32"})
    -> (
    tensor<1x1x2x2xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x1x2x2xi64> {tenon.name = "y1", tenon.dtype = "int64"},
    tensor<1x1x2x2xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x1x2x2xi64> {tenon.name = "y3", tenon.dtype = "int64"},
    tensor<1x1x1x2xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x1x1x2xi64> {tenon.name = "y5", tenon.dtype = "int64"},
    tensor<1x1x1x2xf32> {tenon.name = "y6", tenon.dtype = "float32"}) {
  %y0, %y1 = tenon.max_pool %x0 kernel [2, 2] strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] {with_indices} : (tensor<1x1x4x4xf32>) -> (tensor<1x1x2x2xf32>, tensor<1x1x2x2xi64>)
  %y2, %y3 = tenon.max_pool %x1 kernel [3, 3] strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] {with_indices} : (tensor<1x1x3x3xf32>) -> (tensor<1x1x2x2xf32>, tensor<1x1x2x2xi64>)
  %y4, %y5 = tenon.max_pool %x2 kernel [2, 2] strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] {with_indices} : (tensor<1x1x2x4xf32>) -> (tensor<1x1x1x2xf32>, tensor<1x1x1x2xi64>)
  %y6 = tenon.max_pool %x2 kernel [2, 2] strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] : (tensor<1x1x2x4xf32>) -> tensor<1x1x1x2xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6 : tensor<1x1x2x2xf32>, tensor<1x1x2x2xi64>, tensor<1x1x2x2xf32>, tensor<1x1x2x2xi64>, tensor<1x1x1x2xf32>, tensor<1x1x1x2xi64>, tensor<1x1x1x2xf32>
}
