// Strides, dilations and pads that differ by axis and end; rests behind the last window.
// RUN: tenon-run %s --inputs %p/Inputs/conv-windows.inputs.safetensors \
// RUN:   --expect %p/Inputs/conv-windows.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x3x10x12xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<4x3x3x2xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<4xf32> {tenon.name = "x2", tenon.dtype = "float32"})
    -> (
    tensor<2x4x6x5xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x4x8x11xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x4x4x4xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x4x2x3xf32> {tenon.name = "y3", tenon.dtype = "float32"}) {
  %y0 = tenon.conv %x0, %x1, %x2 strides [2, 3] dilations [1, 1] pads [0, 2] [3, 1] groups 1 : (tensor<2x3x10x12xf32>, tensor<4x3x3x2xf32>, tensor<4xf32>) -> tensor<2x4x6x5xf32>
  %y1 = tenon.conv %x0, %x1 strides [1, 1] dilations [2, 3] pads [1, 1] [1, 1] groups 1 : (tensor<2x3x10x12xf32>, tensor<4x3x3x2xf32>) -> tensor<2x4x8x11xf32>
  %y2 = tenon.conv %x0, %x1, %x2 strides [3, 3] dilations [2, 2] pads [4, 0] [0, 0] groups 1 : (tensor<2x3x10x12xf32>, tensor<4x3x3x2xf32>, tensor<4xf32>) -> tensor<2x4x4x4xf32>
  %y3 = tenon.conv %x0, %x1 strides [4, 5] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<2x3x10x12xf32>, tensor<4x3x3x2xf32>) -> tensor<2x4x2x3xf32>
  return %y0, %y1, %y2, %y3 : tensor<2x4x6x5xf32>, tensor<2x4x8x11xf32>, tensor<2x4x4x4xf32>, tensor<2x4x2x3xf32>
}
