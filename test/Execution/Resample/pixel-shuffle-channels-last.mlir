// Of an image with the channels last, which the result keeps.
// RUN: tenon-run %s --inputs %p/Inputs/pixel-shuffle-channels-last.inputs.safetensors \
// RUN:   --expect %p/Inputs/pixel-shuffle-channels-last.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x3x5x12xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<1x1x4x18xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x3x5x12xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<1x1x4x18xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<2x4x6x5xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<2x3x5x12xf32> {tenon.name = "x5", tenon.dtype = "float32"})
    -> (
    tensor<2x12x3x5xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x3x6x10xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x6x10x3xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x18x1x4xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x2x3x12xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x3x12x2xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x12x3x5xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x3x6x10xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x6x10x3xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<1x18x1x4xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<1x2x3x12xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<1x3x12x2xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<2x5x4x6xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<2x20x2x3xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<2x2x3x20xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<2x12x3x5xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<2x3x4x3x5xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<2x4x3x3x5xf32> {tenon.name = "y17", tenon.dtype = "float32"},
    tensor<2x12x3x5xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<2x3x5x12xf32> {tenon.name = "y19", tenon.dtype = "float32"}) {
  %y0 = tenon.transpose %x0 [0, 3, 1, 2] : tensor<2x3x5x12xf32> -> tensor<2x12x3x5xf32>
  %y1 = tenon.pixel_shuffle %y0 block 2 : tensor<2x12x3x5xf32> -> tensor<2x3x6x10xf32>
  %y2 = tenon.transpose %y1 [0, 2, 3, 1] : tensor<2x3x6x10xf32> -> tensor<2x6x10x3xf32>
  %y3 = tenon.transpose %x1 [0, 3, 1, 2] : tensor<1x1x4x18xf32> -> tensor<1x18x1x4xf32>
  %y4 = tenon.pixel_shuffle %y3 block 3 : tensor<1x18x1x4xf32> -> tensor<1x2x3x12xf32>
  %y5 = tenon.transpose %y4 [0, 2, 3, 1] : tensor<1x2x3x12xf32> -> tensor<1x3x12x2xf32>
  %y6 = tenon.transpose %x2 [0, 3, 1, 2] : tensor<2x3x5x12xf32> -> tensor<2x12x3x5xf32>
  %y7 = tenon.pixel_shuffle %y6 block 2 {order = #tenon<pixel_order dcr>} : tensor<2x12x3x5xf32> -> tensor<2x3x6x10xf32>
  %y8 = tenon.transpose %y7 [0, 2, 3, 1] : tensor<2x3x6x10xf32> -> tensor<2x6x10x3xf32>
  %y9 = tenon.transpose %x3 [0, 3, 1, 2] : tensor<1x1x4x18xf32> -> tensor<1x18x1x4xf32>
  %y10 = tenon.pixel_shuffle %y9 block 3 {order = #tenon<pixel_order dcr>} : tensor<1x18x1x4xf32> -> tensor<1x2x3x12xf32>
  %y11 = tenon.transpose %y10 [0, 2, 3, 1] : tensor<1x2x3x12xf32> -> tensor<1x3x12x2xf32>
  %y12 = tenon.transpose %x4 [0, 3, 1, 2] : tensor<2x4x6x5xf32> -> tensor<2x5x4x6xf32>
  %y13 = tenon.pixel_unshuffle %y12 block 2 : tensor<2x5x4x6xf32> -> tensor<2x20x2x3xf32>
  %y14 = tenon.transpose %y13 [0, 2, 3, 1] : tensor<2x20x2x3xf32> -> tensor<2x2x3x20xf32>
  %y15 = tenon.transpose %x5 [0, 3, 1, 2] : tensor<2x3x5x12xf32> -> tensor<2x12x3x5xf32>
  %y16 = tenon.reshape %y15 : tensor<2x12x3x5xf32> to tensor<2x3x4x3x5xf32>
  %y17 = tenon.transpose %y16 [0, 2, 1, 3, 4] : tensor<2x3x4x3x5xf32> -> tensor<2x4x3x3x5xf32>
  %y18 = tenon.reshape %y17 : tensor<2x4x3x3x5xf32> to tensor<2x12x3x5xf32>
  %y19 = tenon.transpose %y18 [0, 2, 3, 1] : tensor<2x12x3x5xf32> -> tensor<2x3x5x12xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19 : tensor<2x12x3x5xf32>, tensor<2x3x6x10xf32>, tensor<2x6x10x3xf32>, tensor<1x18x1x4xf32>, tensor<1x2x3x12xf32>, tensor<1x3x12x2xf32>, tensor<2x12x3x5xf32>, tensor<2x3x6x10xf32>, tensor<2x6x10x3xf32>, tensor<1x18x1x4xf32>, tensor<1x2x3x12xf32>, tensor<1x3x12x2xf32>, tensor<2x5x4x6xf32>, tensor<2x20x2x3xf32>, tensor<2x2x3x20xf32>, tensor<2x12x3x5xf32>, tensor<2x3x4x3x5xf32>, tensor<2x4x3x3x5xf32>, tensor<2x12x3x5xf32>, tensor<2x3x5x12xf32>
}
