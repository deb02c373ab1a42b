// SEMANTICS H1: no batch, no result.
// RUN: tenon-run %s --inputs %p/Inputs/pool-h1-empty.inputs.safetensors \
// RUN:   --expect %p/Inputs/pool-h1-empty.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<0x3x6x6xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<0x3x6x6xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<0x3x6x6xf32> {tenon.name = "x2", tenon.dtype = "float32"})
    -> (
    tensor<0x3x3x3xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<0x3x3x3xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<0x3x3x3xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<0x3x3x3xi64> {tenon.name = "y3", tenon.dtype = "int64"}) {
  %y0 = tenon.max_pool %x0 kernel [2, 2] strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] : (tensor<0x3x6x6xf32>) -> tensor<0x3x3x3xf32>
  %y1 = tenon.avg_pool %x1 kernel [2, 2] strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] : (tensor<0x3x6x6xf32>) -> tensor<0x3x3x3xf32>
  %y2, %y3 = tenon.max_pool %x2 kernel [2, 2] strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] {with_indices} : (tensor<0x3x6x6xf32>) -> (tensor<0x3x3x3xf32>, tensor<0x3x3x3xi64>)
  return %y0, %y1, %y2, %y3 : tensor<0x3x3x3xf32>, tensor<0x3x3x3xf32>, tensor<0x3x3x3xf32>, tensor<0x3x3x3xi64>
}
