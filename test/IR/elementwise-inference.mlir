// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// The result is declared a type that no inference gives, so that each diagnostic shows the inferred one: sizes
// are static wherever some operand or attribute tells them.

func.func @transpose(%x: tensor<2x?x4xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<4x2x?xf32>' are incompatible}}
  %r = tenon.transpose %x [2, 0, 1] : tensor<2x?x4xf32> -> tensor<f32>
  return
}

// -----

func.func @activation(%x: tensor<?x3xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x3xf32>' are incompatible}}
  %r = "tenon.activation"(%x) <{kind = #tenon<activation_kind gelu>}> : (tensor<?x3xf32>) -> tensor<f32>
  return
}

// -----

func.func @softmax(%x: tensor<?x3xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x3xf32>' are incompatible}}
  %r = "tenon.softmax"(%x) <{axis = 0 : i64}> : (tensor<?x3xf32>) -> tensor<f32>
  return
}
