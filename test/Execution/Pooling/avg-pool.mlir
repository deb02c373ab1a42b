// The divisor counts the input's elements, or the pads' too.
// RUN: tenon-run %s --inputs %p/Inputs/avg-pool.inputs.safetensors \
// RUN:   --expect %p/Inputs/avg-pool.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x3x9x10xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<1x2x11xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<1x2x5x6x7xf32> {tenon.name = "x2", tenon.dtype = "float32"})
    -> (
    tensor<2x3x5x5xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x3x9x4xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x3x9x10xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x3x5x5xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x3x9x4xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x3x9x10xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x3x1x1xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<1x2x4xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<1x2x2x3x4xf32> {tenon.name = "y8", tenon.dtype = "float32"}) {
  %y0 = tenon.avg_pool %x0 kernel [3, 3] strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<2x3x9x10xf32>) -> tensor<2x3x5x5xf32>
  %y1 = tenon.avg_pool %x0 kernel [2, 4] strides [1, 3] dilations [1, 1] pads [1, 2] [0, 1] : (tensor<2x3x9x10xf32>) -> tensor<2x3x9x4xf32>
  %y2 = tenon.avg_pool %x0 kernel [3, 3] strides [1, 1] dilations [2, 2] pads [2, 2] [2, 2] : (tensor<2x3x9x10xf32>) -> tensor<2x3x9x10xf32>
  %y3 = tenon.avg_pool %x0 kernel [3, 3] strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] {count_include_pad} : (tensor<2x3x9x10xf32>) -> tensor<2x3x5x5xf32>
  %y4 = tenon.avg_pool %x0 kernel [2, 4] strides [1, 3] dilations [1, 1] pads [1, 2] [0, 1] {count_include_pad} : (tensor<2x3x9x10xf32>) -> tensor<2x3x9x4xf32>
  %y5 = tenon.avg_pool %x0 kernel [3, 3] strides [1, 1] dilations [2, 2] pads [2, 2] [2, 2] {count_include_pad} : (tensor<2x3x9x10xf32>) -> tensor<2x3x9x10xf32>
  %y6 = tenon.avg_pool %x0 kernel [9, 10] strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] : (tensor<2x3x9x10xf32>) -> tensor<2x3x1x1xf32>
  %y7 = tenon.avg_pool %x1 kernel [4] strides [3] dilations [1] pads [1] [1] : (tensor<1x2x11xf32>) -> tensor<1x2x4xf32>
  %y8 = tenon.avg_pool %x2 kernel [2, 3, 2] strides [2, 2, 2] dilations [1, 1, 1] pads [0, 1, 1] [0, 1, 1] : (tensor<1x2x5x6x7xf32>) -> tensor<1x2x2x3x4xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8 : tensor<2x3x5x5xf32>, tensor<2x3x9x4xf32>, tensor<2x3x9x10xf32>, tensor<2x3x5x5xf32>, tensor<2x3x9x4xf32>, tensor<2x3x9x10xf32>, tensor<2x3x1x1xf32>, tensor<1x2x4xf32>, tensor<1x2x2x3x4xf32>
}
