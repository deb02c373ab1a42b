// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// The result is declared a type that no inference gives, so that each diagnostic shows the inferred one: sizes
// are static wherever some operand or attribute tells them.

func.func @max_pool_dynamic(%x: tensor<?x?x9x?xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x?x5x?xf32>' are incompatible}}
  %r = tenon.max_pool %x kernel [3, 3] strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<?x?x9x?xf32>) -> tensor<f32>
  return
}

// -----

func.func @max_pool_floor(%x: tensor<1x1x6xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x1x3xf32>' are incompatible}}
  %r = tenon.max_pool %x kernel [3] strides [2] dilations [1] pads [1] [1] : (tensor<1x1x6xf32>) -> tensor<f32>
  return
}

// -----

func.func @max_pool_ceil(%x: tensor<1x1x6xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x1x4xf32>' are incompatible}}
  %r = tenon.max_pool %x kernel [3] strides [2] dilations [1] pads [1] [1] {ceil_mode} : (tensor<1x1x6xf32>) -> tensor<f32>
  return
}

// -----

func.func @max_pool_ceil_not_in_padding(%x: tensor<1x1x1xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x1x1xf32>' are incompatible}}
  %r = tenon.max_pool %x kernel [2] strides [3] dilations [1] pads [1] [1] {ceil_mode} : (tensor<1x1x1xf32>) -> tensor<f32>
  return
}

// -----

func.func @max_pool_indices(%x: tensor<?x1x4xi8>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x1x2xi8>', 'tensor<?x1x2xi64>' are incompatible}}
  %r:2 = tenon.max_pool %x kernel [2] strides [1] dilations [2] pads [0] [0] {with_indices} : (tensor<?x1x4xi8>) -> (tensor<i8>, tensor<i64>)
  return
}

// -----

func.func @max_pool_indices_not_declared(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x1x3xf32>', 'tensor<1x1x3xi64>' are incompatible}}
  %r = tenon.max_pool %x kernel [2] strides [1] dilations [1] pads [0] [0] {with_indices} : (tensor<1x1x4xf32>) -> tensor<1x1x3xf32>
  return
}

// -----

func.func @avg_pool(%x: tensor<1x?x9x9x9xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x?x7x4x3xf32>' are incompatible}}
  %r = tenon.avg_pool %x kernel [3, 3, 3] strides [1, 2, 3] dilations [1, 1, 1] pads [0, 0, 0] [0, 0, 0] : (tensor<1x?x9x9x9xf32>) -> tensor<f32>
  return
}
