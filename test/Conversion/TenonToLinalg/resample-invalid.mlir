// RUN: tenon-opt %s --convert-tenon-to-linalg --verify-diagnostics --split-input-file

// A scale near 0 would ask for a filter that no table can hold.
func.func @wide_filter(%x: tensor<1x1x4xf32>) -> tensor<1x1x2xf32> {
  // expected-error @+2 {{axis 2 resized from 4 to 2 elements needs too large a table}}
  // expected-error @+1 {{failed to legalize operation}}
  %0 = tenon.resize linear %x {antialias, scales = array<f64: 1.0, 1.0, 1.0e-30>} : tensor<1x1x4xf32> to tensor<1x1x2xf32>
  return %0 : tensor<1x1x2xf32>
}
