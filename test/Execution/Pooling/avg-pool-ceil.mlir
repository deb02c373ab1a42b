// What ceil_mode adds behind the pads is never counted.
// RUN: tenon-run %s --inputs %p/Inputs/avg-pool-ceil.inputs.safetensors \
// RUN:   --expect %p/Inputs/avg-pool-ceil.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x2x6x7xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<1x2x4x4xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x2x2x3xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x2x4x4xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x2x2x3xf32> {tenon.name = "y3", tenon.dtype = "float32"}) {
  %y0 = tenon.avg_pool %x0 kernel [3, 3] strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] {ceil_mode} : (tensor<1x2x6x7xf32>) -> tensor<1x2x4x4xf32>
  %y1 = tenon.avg_pool %x0 kernel [2, 2] strides [3, 3] dilations [1, 1] pads [0, 0] [0, 0] {ceil_mode} : (tensor<1x2x6x7xf32>) -> tensor<1x2x2x3xf32>
  %y2 = tenon.avg_pool %x0 kernel [3, 3] strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] {ceil_mode, count_include_pad} : (tensor<1x2x6x7xf32>) -> tensor<1x2x4x4xf32>
  %y3 = tenon.avg_pool %x0 kernel [2, 2] strides [3, 3] dilations [1, 1] pads [0, 0] [0, 0] {ceil_mode, count_include_pad} : (tensor<1x2x6x7xf32>) -> tensor<1x2x2x3xf32>
  return %y0, %y1, %y2, %y3 : tensor<1x2x4x4xf32>, tensor<1x2x2x3xf32>, tensor<1x2x4x4xf32>, tensor<1x2x2x3xf32>
}
