// Pixels repeated by whole factors.
// RUN: tenon-run %s --inputs %p/Inputs/upsample.inputs.safetensors \
// RUN:   --expect %p/Inputs/upsample.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x3x4x5xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<1x2x5xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<1x2x2x3x2xf32> {tenon.name = "x2", tenon.dtype = "float32"})
    -> (
    tensor<2x3x8x15xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x2x20xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x2x2x6x6xf32> {tenon.name = "y2", tenon.dtype = "float32"}) {
  %y0 = tenon.upsample %x0 factors [2, 3] : tensor<2x3x4x5xf32> -> tensor<2x3x8x15xf32>
  %y1 = tenon.upsample %x1 factors [4] : tensor<1x2x5xf32> -> tensor<1x2x20xf32>
  %y2 = tenon.upsample %x2 factors [1, 2, 3] : tensor<1x2x2x3x2xf32> -> tensor<1x2x2x6x6xf32>
  return %y0, %y1, %y2 : tensor<2x3x8x15xf32>, tensor<1x2x20xf32>, tensor<1x2x2x6x6xf32>
}
