// SEMANTICS H1: no batch, no result.
// RUN: tenon-run %s --inputs %p/Inputs/resample-h1-empty.inputs.safetensors \
// RUN:   --expect %p/Inputs/resample-h1-empty.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<0x4x3x3xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<0x4x6x6xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<0x4x6x6xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<0x1x6x6xf32> {tenon.name = "y2", tenon.dtype = "float32"}) {
  %y0 = tenon.resize linear %x0 : tensor<0x4x3x3xf32> to tensor<0x4x6x6xf32>
  %y1 = tenon.upsample %x0 factors [2, 2] : tensor<0x4x3x3xf32> -> tensor<0x4x6x6xf32>
  %y2 = tenon.pixel_shuffle %x0 block 2 : tensor<0x4x3x3xf32> -> tensor<0x1x6x6xf32>
  return %y0, %y1, %y2 : tensor<0x4x6x6xf32>, tensor<0x4x6x6xf32>, tensor<0x1x6x6xf32>
}
