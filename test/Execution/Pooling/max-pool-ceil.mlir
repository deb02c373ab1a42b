// A last window may reach past the end if it starts before it.
// RUN: tenon-run %s --inputs %p/Inputs/max-pool-ceil.inputs.safetensors \
// RUN:   --expect %p/Inputs/max-pool-ceil.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x2x6x7xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<1x2x3x3xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x2x3x3xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x2x2x2xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x2x2x2xi64> {tenon.name = "y3", tenon.dtype = "int64"}) {
  %y0 = tenon.max_pool %x0 kernel [3, 3] strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] {ceil_mode} : (tensor<1x2x6x7xf32>) -> tensor<1x2x3x3xf32>
  %y1 = tenon.max_pool %x0 kernel [2, 2] strides [3, 3] dilations [1, 1] pads [1, 1] [1, 1] {ceil_mode} : (tensor<1x2x6x7xf32>) -> tensor<1x2x3x3xf32>
  %y2, %y3 = tenon.max_pool %x0 kernel [3, 3] strides [4, 4] dilations [2, 2] pads [1, 1] [1, 1] {ceil_mode, with_indices} : (tensor<1x2x6x7xf32>) -> (tensor<1x2x2x2xf32>, tensor<1x2x2x2xi64>)
  return %y0, %y1, %y2, %y3 : tensor<1x2x3x3xf32>, tensor<1x2x3x3xf32>, tensor<1x2x2x2xf32>, tensor<1x2x2x2xi64>
}
