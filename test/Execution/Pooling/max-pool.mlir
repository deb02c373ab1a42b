// Windows over one to three axes; pads never win, also where all is negative.
// RUN: tenon-run %s --inputs %p/Inputs/max-pool.inputs.safetensors \
// RUN:   --expect %p/Inputs/max-pool.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x3x9x10xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<1x2x11xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<1x2x5x6x7xf32> {tenon.name = "x2", tenon.dtype = "float32"})
    -> (
    tensor<2x3x5x5xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x3x9x6xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x3x9x10xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x2x4xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x2x2x3x4xf32> {tenon.name = "y4", tenon.dtype = "float32"}) {
  %y0 = tenon.max_pool %x0 kernel [3, 3] strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<2x3x9x10xf32>) -> tensor<2x3x5x5xf32>
  %y1 = tenon.max_pool %x0 kernel [2, 3] strides [1, 2] dilations [1, 1] pads [0, 1] [1, 2] : (tensor<2x3x9x10xf32>) -> tensor<2x3x9x6xf32>
  %y2 = tenon.max_pool %x0 kernel [3, 3] strides [1, 1] dilations [2, 2] pads [2, 2] [2, 2] : (tensor<2x3x9x10xf32>) -> tensor<2x3x9x10xf32>
  %y3 = tenon.max_pool %x1 kernel [4] strides [3] dilations [1] pads [1] [1] : (tensor<1x2x11xf32>) -> tensor<1x2x4xf32>
  %y4 = tenon.max_pool %x2 kernel [2, 3, 2] strides [2, 2, 2] dilations [1, 1, 1] pads [0, 1, 1] [0, 1, 1] : (tensor<1x2x5x6x7xf32>) -> tensor<1x2x2x3x4xf32>
  return %y0, %y1, %y2, %y3, %y4 : tensor<2x3x5x5xf32>, tensor<2x3x9x6xf32>, tensor<2x3x9x10xf32>, tensor<1x2x4xf32>, tensor<1x2x2x3x4xf32>
}
