// Cubic taps outside drop out and the weights are normalised again.
// RUN: tenon-run %s --inputs %p/Inputs/resize-exclude-outside.inputs.safetensors \
// RUN:   --expect %p/Inputs/resize-exclude-outside.expected.safetensors --rtol 0.0001 --atol 0.0001
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x2x5x6xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<1x2x10x11xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x2x3x4xf32> {tenon.name = "y1", tenon.dtype = "float32"}) {
  %y0 = tenon.resize cubic %x0 {exclude_outside} : tensor<1x2x5x6xf32> to tensor<1x2x10x11xf32>
  %y1 = tenon.resize cubic %x0 {cubic_coeff = -5.000000e-01 : f64, exclude_outside} : tensor<1x2x5x6xf32> to tensor<1x2x3x4xf32>
  return %y0, %y1 : tensor<1x2x10x11xf32>, tensor<1x2x3x4xf32>
}
