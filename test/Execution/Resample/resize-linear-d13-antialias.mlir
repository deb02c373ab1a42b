// SEMANTICS D13: the filter widens when an axis shrinks; taps outside clamp, or drop out and the rest is normalised.
// RUN: tenon-run %s --inputs %p/Inputs/resize-linear-d13-antialias.inputs.safetensors \
// RUN:   --expect %p/Inputs/resize-linear-d13-antialias.expected.safetensors --rtol 0.0001 --atol 0.0001
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x2x11x13xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<1x2x4x5xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x2x22x6xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x2x1x13xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x2x4x5xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x2x22x6xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x2x1x13xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<1x2x6x3xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<1x2x4x6xf32> {tenon.name = "y7", tenon.dtype = "float32"}) {
  %y0 = tenon.resize linear %x0 {antialias} : tensor<1x2x11x13xf32> to tensor<1x2x4x5xf32>
  %y1 = tenon.resize linear %x0 {antialias} : tensor<1x2x11x13xf32> to tensor<1x2x22x6xf32>
  %y2 = tenon.resize linear %x0 {antialias} : tensor<1x2x11x13xf32> to tensor<1x2x1x13xf32>
  %y3 = tenon.resize linear %x0 {exclude_outside, antialias} : tensor<1x2x11x13xf32> to tensor<1x2x4x5xf32>
  %y4 = tenon.resize linear %x0 {exclude_outside, antialias} : tensor<1x2x11x13xf32> to tensor<1x2x22x6xf32>
  %y5 = tenon.resize linear %x0 {exclude_outside, antialias} : tensor<1x2x11x13xf32> to tensor<1x2x1x13xf32>
  %y6 = tenon.resize linear %x0 {scales = array<f64: 1.0, 1.0, 0.6000000238418579, 0.30000001192092896>, exclude_outside, antialias} : tensor<1x2x11x13xf32> to tensor<1x2x6x3xf32>
  %y7 = tenon.resize linear %x0 {cubic_coeff = -5.000000e-01 : f64, exclude_outside, antialias} : tensor<1x2x11x13xf32> to tensor<1x2x4x6xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7 : tensor<1x2x4x5xf32>, tensor<1x2x22x6xf32>, tensor<1x2x1x13xf32>, tensor<1x2x4x5xf32>, tensor<1x2x22x6xf32>, tensor<1x2x1x13xf32>, tensor<1x2x6x3xf32>, tensor<1x2x4x6xf32>
}
