// Norms of windows for p = 1, 2, 3.
// RUN: tenon-run %s --inputs %p/Inputs/lp-pool.inputs.safetensors \
// RUN:   --expect %p/Inputs/lp-pool.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x2x7x8xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<1x2x4x4xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x2x4x4xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x2x4x4xf32> {tenon.name = "y2", tenon.dtype = "float32"}) {
  %y0 = tenon.avg_pool %x0 kernel [3, 3] strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] {lp = 1 : i64} : (tensor<1x2x7x8xf32>) -> tensor<1x2x4x4xf32>
  %y1 = tenon.avg_pool %x0 kernel [3, 3] strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] {lp = 2 : i64} : (tensor<1x2x7x8xf32>) -> tensor<1x2x4x4xf32>
  %y2 = tenon.avg_pool %x0 kernel [3, 3] strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] {lp = 3 : i64} : (tensor<1x2x7x8xf32>) -> tensor<1x2x4x4xf32>
  return %y0, %y1, %y2 : tensor<1x2x4x4xf32>, tensor<1x2x4x4xf32>, tensor<1x2x4x4xf32>
}
