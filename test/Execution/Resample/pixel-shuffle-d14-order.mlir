// SEMANTICS D14: CRD is torch's pixel_shuffle, DCR is ONNX DepthToSpace's default; and back.
// RUN: tenon-run %s --inputs %p/Inputs/pixel-shuffle-d14-order.inputs.safetensors \
// RUN:   --expect %p/Inputs/pixel-shuffle-d14-order.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x8x2x3xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x27x2x4xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x3x4x6xf32> {tenon.name = "x2", tenon.dtype = "float32"})
    -> (
    tensor<1x2x4x6xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x2x4x6xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x3x6x12xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x3x6x12xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x3x6x12xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x12x2x3xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x12x2x3xf32> {tenon.name = "y6", tenon.dtype = "float32"}) {
  %y0 = tenon.pixel_shuffle %x0 block 2 : tensor<1x8x2x3xf32> -> tensor<1x2x4x6xf32>
  %y1 = tenon.pixel_shuffle %x0 block 2 {order = #tenon<pixel_order dcr>} : tensor<1x8x2x3xf32> -> tensor<1x2x4x6xf32>
  %y2 = tenon.pixel_shuffle %x1 block 3 : tensor<2x27x2x4xf32> -> tensor<2x3x6x12xf32>
  %y3 = tenon.pixel_shuffle %x1 block 3 {order = #tenon<pixel_order dcr>} : tensor<2x27x2x4xf32> -> tensor<2x3x6x12xf32>
  %y4 = tenon.pixel_shuffle %x1 block 3 : tensor<2x27x2x4xf32> -> tensor<2x3x6x12xf32>
  %y5 = tenon.pixel_unshuffle %x2 block 2 : tensor<2x3x4x6xf32> -> tensor<2x12x2x3xf32>
  %y6 = tenon.pixel_unshuffle %x2 block 2 {order = #tenon<pixel_order dcr>} : tensor<2x3x4x6xf32> -> tensor<2x12x2x3xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6 : tensor<1x2x4x6xf32>, tensor<1x2x4x6xf32>, tensor<2x3x6x12xf32>, tensor<2x3x6x12xf32>, tensor<2x3x6x12xf32>, tensor<2x12x2x3xf32>, tensor<2x12x2x3xf32>
}
