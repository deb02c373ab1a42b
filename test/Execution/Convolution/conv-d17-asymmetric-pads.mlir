// SEMANTICS D17: pads (0, 1) before a stride of 2 give other values than pads (1, 1).
// RUN: tenon-run %s --inputs %p/Inputs/conv-d17-asymmetric-pads.inputs.safetensors \
// RUN:   --expect %p/Inputs/conv-d17-asymmetric-pads.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x4x8x8xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<4x4x3x3xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<4xf32> {tenon.name = "x2", tenon.dtype = "float32"})
    -> (
    tensor<1x4x4x4xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x4x4x4xf32> {tenon.name = "y1", tenon.dtype = "float32"}) {
  %y0 = tenon.conv %x0, %x1, %x2 strides [2, 2] dilations [1, 1] pads [0, 0] [1, 1] groups 1 : (tensor<1x4x8x8xf32>, tensor<4x4x3x3xf32>, tensor<4xf32>) -> tensor<1x4x4x4xf32>
  %y1 = tenon.conv %x0, %x1, %x2 strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x4x8x8xf32>, tensor<4x4x3x3xf32>, tensor<4xf32>) -> tensor<1x4x4x4xf32>
  return %y0, %y1 : tensor<1x4x4x4xf32>, tensor<1x4x4x4xf32>
}
