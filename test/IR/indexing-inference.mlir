// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// The result is declared a type that no inference gives, so that each diagnostic shows the inferred one: sizes
// are static wherever some operand or attribute tells them.

func.func @gather(%x: tensor<?x3x4xf32>, %i: tensor<5x?xi64>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x5x?x4xf32>' are incompatible}}
  %r = tenon.gather %x, %i axis 1 : (tensor<?x3x4xf32>, tensor<5x?xi64>) -> tensor<f32>
  return
}

// -----

func.func @gather_scalar_index(%x: tensor<?x3x4xf32>, %i: tensor<i64>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x4xf32>' are incompatible}}
  %r = tenon.gather %x, %i axis 1 : (tensor<?x3x4xf32>, tensor<i64>) -> tensor<f32>
  return
}

// -----

func.func @gather_elements(%x: tensor<2x3xf32>, %i: tensor<?x9xi64>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x9xf32>' are incompatible}}
  %r = tenon.gather_elements %x, %i axis 1 : (tensor<2x3xf32>, tensor<?x9xi64>) -> tensor<f32>
  return
}

// -----

func.func @gather_nd(%x: tensor<?x3x4xf32>, %i: tensor<2x?x1xi64>) {
  // expected-error @+1 {{inferred type(s) 'tensor<2x?x4xf32>' are incompatible}}
  %r = tenon.gather_nd %x, %i batch_dims 1 : (tensor<?x3x4xf32>, tensor<2x?x1xi64>) -> tensor<f32>
  return
}

// -----

func.func @gather_nd_whole_coordinates(%x: tensor<2x3xf32>, %i: tensor<?x2xi64>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?xf32>' are incompatible}}
  %r = tenon.gather_nd %x, %i batch_dims 0 : (tensor<2x3xf32>, tensor<?x2xi64>) -> tensor<f32>
  return
}

// -----

func.func @scatter_elements(%x: tensor<?x3xf32>, %i: tensor<?x9xi64>, %u: tensor<?x9xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x3xf32>' are incompatible}}
  %r = tenon.scatter_elements %x, %i, %u axis 1 : (tensor<?x3xf32>, tensor<?x9xi64>, tensor<?x9xf32>) -> tensor<f32>
  return
}

// -----

func.func @scatter_nd(%x: tensor<?x3xf32>, %i: tensor<?x1xi64>, %u: tensor<?x3xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x3xf32>' are incompatible}}
  %r = tenon.scatter_nd %x, %i, %u : (tensor<?x3xf32>, tensor<?x1xi64>, tensor<?x3xf32>) -> tensor<f32>
  return
}

// -----

func.func @pad(%x: tensor<?x?x4xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x?x5xf32>' are incompatible}}
  %r = tenon.pad %x low [0, 1, 2] high [0, 0, -1] : (tensor<?x?x4xf32>) -> tensor<f32>
  return
}

// -----

func.func @slice(%x: tensor<?x4xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<2x4xf32>' are incompatible}}
  %r = tenon.slice %x starts [3, 3] sizes [2, 4] steps [5, -1] : tensor<?x4xf32> -> tensor<f32>
  return
}

// -----

func.func @concat(%x: tensor<2x?xf32>, %y: tensor<3x4xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<5x4xf32>' are incompatible}}
  %r = tenon.concat %x, %y axis 0 : (tensor<2x?xf32>, tensor<3x4xf32>) -> tensor<f32>
  return
}

// -----

func.func @concat_open(%x: tensor<?x4xf32>, %y: tensor<3x4xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x4xf32>' are incompatible}}
  %r = tenon.concat %y, %x axis 0 : (tensor<3x4xf32>, tensor<?x4xf32>) -> tensor<f32>
  return
}

// -----

func.func @top_k(%x: tensor<?x?xi32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x3xi32>', 'tensor<?x3xi64>' are incompatible}}
  %r:2 = tenon.top_k %x k 3 axis 1 : (tensor<?x?xi32>) -> (tensor<i32>, tensor<i64>)
  return
}
