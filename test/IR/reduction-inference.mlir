// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// The result is declared a type that no inference gives, so that each diagnostic shows the inferred one: sizes
// are static wherever some operand or attribute tells them.

func.func @reduce(%x: tensor<?x3x?xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?xf32>' are incompatible}}
  %r = tenon.reduce sum %x axes [0, 1] : tensor<?x3x?xf32> -> tensor<f32>
  return
}

// -----

func.func @reduce_keep_dims(%x: tensor<?x3x?xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x1x?xf32>' are incompatible}}
  %r = tenon.reduce sum %x axes [0, 1] {keep_dims} : tensor<?x3x?xf32> -> tensor<f32>
  return
}

// -----

func.func @arg_reduce(%x: tensor<?x3xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?xi64>' are incompatible}}
  %r = tenon.arg_reduce %x axis 1 : tensor<?x3xf32> -> tensor<i64>
  return
}

// -----

func.func @arg_reduce_keep_dims(%x: tensor<?x3xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x1xi64>' are incompatible}}
  %r = tenon.arg_reduce %x axis 1 {keep_dims} : tensor<?x3xf32> -> tensor<i64>
  return
}

// -----

func.func @cumulative(%x: tensor<?x3xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x3xf32>' are incompatible}}
  %r = "tenon.cumulative"(%x) <{axis = 0 : i64, kind = #tenon<reduction_kind sum>}> : (tensor<?x3xf32>) -> tensor<f32>
  return
}
