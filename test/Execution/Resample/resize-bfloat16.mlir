// Filters of 16-bit floats are summed in f32 and rounded once.
// RUN: tenon-run %s --inputs %p/Inputs/resize-bfloat16.inputs.safetensors \
// RUN:   --expect %p/Inputs/resize-bfloat16.expected.safetensors --rtol 0.008 --atol 0.002
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x2x8x9xbf16> {tenon.name = "x0", tenon.dtype = "bfloat16"})
    -> (
    tensor<1x2x13x21xbf16> {tenon.name = "y0", tenon.dtype = "bfloat16"},
    tensor<1x2x13x21xbf16> {tenon.name = "y1", tenon.dtype = "bfloat16"},
    tensor<1x2x13x21xbf16> {tenon.name = "y2", tenon.dtype = "bfloat16"},
    tensor<1x2x3x4xbf16> {tenon.name = "y3", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.resize nearest %x0 : tensor<1x2x8x9xbf16> to tensor<1x2x13x21xbf16>
  %y1 = tenon.resize linear %x0 : tensor<1x2x8x9xbf16> to tensor<1x2x13x21xbf16>
  %y2 = tenon.resize cubic %x0 : tensor<1x2x8x9xbf16> to tensor<1x2x13x21xbf16>
  %y3 = tenon.resize linear %x0 {exclude_outside, antialias} : tensor<1x2x8x9xbf16> to tensor<1x2x3x4xbf16>
  return %y0, %y1, %y2, %y3 : tensor<1x2x13x21xbf16>, tensor<1x2x13x21xbf16>, tensor<1x2x13x21xbf16>, tensor<1x2x3x4xbf16>
}
