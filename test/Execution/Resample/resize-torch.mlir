// As torch interpolates: bilinear and bicubic with both corners, linear and trilinear.
// RUN: tenon-run %s --inputs %p/Inputs/resize-torch.inputs.safetensors \
// RUN:   --expect %p/Inputs/resize-torch.expected.safetensors --rtol 0.0001 --atol 0.0001
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x2x6x5xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<1x3x7xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<1x2x3x4x5xf32> {tenon.name = "x2", tenon.dtype = "float32"})
    -> (
    tensor<1x2x13x8xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x2x13x8xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x2x13x8xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x2x13x8xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x3x11xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x2x6x5x9xf32> {tenon.name = "y5", tenon.dtype = "float32"}) {
  %y0 = tenon.resize linear %x0 : tensor<1x2x6x5xf32> to tensor<1x2x13x8xf32>
  %y1 = tenon.resize cubic %x0 : tensor<1x2x6x5xf32> to tensor<1x2x13x8xf32>
  %y2 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode align_corners>} : tensor<1x2x6x5xf32> to tensor<1x2x13x8xf32>
  %y3 = tenon.resize cubic %x0 {coordinates = #tenon<coordinate_mode align_corners>} : tensor<1x2x6x5xf32> to tensor<1x2x13x8xf32>
  %y4 = tenon.resize linear %x1 : tensor<1x3x7xf32> to tensor<1x3x11xf32>
  %y5 = tenon.resize linear %x2 : tensor<1x2x3x4x5xf32> to tensor<1x2x6x5x9xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5 : tensor<1x2x13x8xf32>, tensor<1x2x13x8xf32>, tensor<1x2x13x8xf32>, tensor<1x2x13x8xf32>, tensor<1x3x11xf32>, tensor<1x2x6x5x9xf32>
}
