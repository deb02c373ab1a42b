// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// Each constraint of the family's ops, broken alone. The function is named after it.

func.func @gather_c1(%x: tensor<2x3xf32>, %i: tensor<4xi64>) {
  // expected-error @+1 {{axis 2 is not an axis of a tensor of rank 2}}
  %r = tenon.gather %x, %i axis 2 : (tensor<2x3xf32>, tensor<4xi64>) -> tensor<4x3xf32>
  return
}

// -----

func.func @gather_c2(%x: tensor<0x3xf32>, %i: tensor<4xi64>) {
  // expected-error @+1 {{12 indices read from an axis of size 0}}
  %r = tenon.gather %x, %i axis 0 : (tensor<0x3xf32>, tensor<4xi64>) -> tensor<4x3xf32>
  return
}

// -----

func.func @gather_elements_c1(%x: tensor<2x3xf32>, %i: tensor<2xi64>) {
  // expected-error @+1 {{indices must have rank 2}}
  %r = tenon.gather_elements %x, %i axis 0 : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<2xf32>
  return
}

// -----

func.func @gather_elements_c1_axis(%x: tensor<2x3xf32>, %i: tensor<2x3xi64>) {
  // expected-error @+1 {{axis -1 is not an axis}}
  %r = tenon.gather_elements %x, %i axis -1 : (tensor<2x3xf32>, tensor<2x3xi64>) -> tensor<2x3xf32>
  return
}

// -----

func.func @gather_elements_c2(%x: tensor<2x3xf32>, %i: tensor<2x4xi64>) {
  // expected-error @+1 {{axis 1 of indices has size 4 but that of input only 3}}
  %r = tenon.gather_elements %x, %i axis 0 : (tensor<2x3xf32>, tensor<2x4xi64>) -> tensor<2x4xf32>
  return
}

// -----

func.func @gather_elements_c3(%x: tensor<0x3xf32>, %i: tensor<2x3xi64>) {
  // expected-error @+1 {{6 indices read from an axis of size 0}}
  %r = tenon.gather_elements %x, %i axis 0 : (tensor<0x3xf32>, tensor<2x3xi64>) -> tensor<2x3xf32>
  return
}

// -----

func.func @gather_nd_c1(%x: tensor<2x3xf32>, %i: tensor<i64>) {
  // expected-error @+1 {{indices must have rank 1 or more}}
  %r = tenon.gather_nd %x, %i batch_dims 0 : (tensor<2x3xf32>, tensor<i64>) -> tensor<3xf32>
  return
}

// -----

func.func @gather_nd_c2(%x: tensor<2x3xf32>, %i: tensor<4x?xi64>) {
  // expected-error @+1 {{the last axis of indices must be static}}
  %r = tenon.gather_nd %x, %i batch_dims 0 : (tensor<2x3xf32>, tensor<4x?xi64>) -> tensor<4xf32>
  return
}

// -----

func.func @gather_nd_c3(%x: tensor<2x3xf32>, %i: tensor<4x3xi64>) {
  // expected-error @+1 {{index vectors have 3 coordinates but must have 1 to 2}}
  %r = tenon.gather_nd %x, %i batch_dims 0 : (tensor<2x3xf32>, tensor<4x3xi64>) -> tensor<4xf32>
  return
}

// -----

func.func @gather_nd_c3_batch(%x: tensor<2x3xf32>, %i: tensor<2x2xi64>) {
  // expected-error @+1 {{index vectors have 2 coordinates but must have 1 to 1}}
  %r = tenon.gather_nd %x, %i batch_dims 1 : (tensor<2x3xf32>, tensor<2x2xi64>) -> tensor<2xf32>
  return
}

// -----

func.func @gather_nd_c3_none(%x: tensor<2x3xf32>, %i: tensor<4x0xi64>) {
  // expected-error @+1 {{index vectors have 0 coordinates}}
  %r = tenon.gather_nd %x, %i batch_dims 0 : (tensor<2x3xf32>, tensor<4x0xi64>) -> tensor<4x2x3xf32>
  return
}

// -----

func.func @gather_nd_c4(%x: tensor<2x3xf32>, %i: tensor<2x1xi64>) {
  // expected-error @+1 {{batch_dims 2 is not below the ranks 2 and 2}}
  %r = tenon.gather_nd %x, %i batch_dims 2 : (tensor<2x3xf32>, tensor<2x1xi64>) -> tensor<2xf32>
  return
}

// -----

func.func @gather_nd_c4_negative(%x: tensor<2x3xf32>, %i: tensor<2x1xi64>) {
  // expected-error @+1 {{batch_dims -1 is not below the ranks 2 and 2}}
  %r = tenon.gather_nd %x, %i batch_dims -1 : (tensor<2x3xf32>, tensor<2x1xi64>) -> tensor<2xf32>
  return
}

// -----

func.func @gather_nd_c5(%x: tensor<2x3xf32>, %i: tensor<4x1xi64>) {
  // expected-error @+1 {{axis 0 of indices has size 4 but the batch axis of input is 2}}
  %r = tenon.gather_nd %x, %i batch_dims 1 : (tensor<2x3xf32>, tensor<4x1xi64>) -> tensor<2xf32>
  return
}

// -----

func.func @gather_nd_c6(%x: tensor<0x3xf32>, %i: tensor<4x1xi64>) {
  // expected-error @+1 {{12 indices read from an axis of size 0}}
  %r = tenon.gather_nd %x, %i batch_dims 0 : (tensor<0x3xf32>, tensor<4x1xi64>) -> tensor<4x3xf32>
  return
}

// -----

func.func @scatter_elements_c1(%x: tensor<2x3xf32>, %i: tensor<2xi64>, %u: tensor<2xf32>) {
  // expected-error @+1 {{indices must have rank 2}}
  %r = tenon.scatter_elements %x, %i, %u axis 0 : (tensor<2x3xf32>, tensor<2xi64>, tensor<2xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @scatter_elements_c2(%x: tensor<2x3xf32>, %i: tensor<2x4xi64>, %u: tensor<2x4xf32>) {
  // expected-error @+1 {{axis 1 of indices has size 4 but that of input only 3}}
  %r = tenon.scatter_elements %x, %i, %u axis 0 : (tensor<2x3xf32>, tensor<2x4xi64>, tensor<2x4xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @scatter_elements_c3(%x: tensor<2x3xf32>, %i: tensor<2x3xi64>, %u: tensor<2x3xf16>) {
  // expected-error @+1 {{updates has elements of type 'f16' but input of 'f32'}}
  %r = tenon.scatter_elements %x, %i, %u axis 0 : (tensor<2x3xf32>, tensor<2x3xi64>, tensor<2x3xf16>) -> tensor<2x3xf32>
  return
}

// -----

func.func @scatter_elements_c4(%x: tensor<2x3xf32>, %i: tensor<2x3xi64>, %u: tensor<1x3xf32>) {
  // expected-error @+1 {{axis 0 of updates has size 1 but the size that indices and input ask for is 2}}
  %r = tenon.scatter_elements %x, %i, %u axis 0 : (tensor<2x3xf32>, tensor<2x3xi64>, tensor<1x3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @scatter_elements_c5(%x: tensor<2x3xcomplex<f32>>, %i: tensor<2x3xi64>, %u: tensor<2x3xcomplex<f32>>) {
  // expected-error @+1 {{have no add}}
  %r = tenon.scatter_elements %x, %i, %u axis 0 {reduction = #tenon<scatter_reduction add>} : (tensor<2x3xcomplex<f32>>, tensor<2x3xi64>, tensor<2x3xcomplex<f32>>) -> tensor<2x3xcomplex<f32>>
  return
}

// -----

func.func @scatter_elements_c6(%x: tensor<2x3xf32>, %i: tensor<2x3xi64>, %u: tensor<2x3xf32>) {
  // expected-error @+1 {{unsigned_elements is for integers}}
  %r = tenon.scatter_elements %x, %i, %u axis 0 {unsigned_elements} : (tensor<2x3xf32>, tensor<2x3xi64>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @scatter_nd_c1(%x: tensor<2x3xf32>, %i: tensor<i64>, %u: tensor<3xf32>) {
  // expected-error @+1 {{indices must have rank 1 or more}}
  %r = tenon.scatter_nd %x, %i, %u : (tensor<2x3xf32>, tensor<i64>, tensor<3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @scatter_nd_c2(%x: tensor<2x3xf32>, %i: tensor<4x?xi64>, %u: tensor<4xf32>) {
  // expected-error @+1 {{the last axis of indices must be static}}
  %r = tenon.scatter_nd %x, %i, %u : (tensor<2x3xf32>, tensor<4x?xi64>, tensor<4xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @scatter_nd_c3(%x: tensor<2x3xf32>, %i: tensor<4x3xi64>, %u: tensor<4xf32>) {
  // expected-error @+1 {{index vectors have 3 coordinates but must have 1 to 2}}
  %r = tenon.scatter_nd %x, %i, %u : (tensor<2x3xf32>, tensor<4x3xi64>, tensor<4xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @scatter_nd_c4(%x: tensor<2x3xf32>, %i: tensor<4x1xi64>, %u: tensor<4x3xf64>) {
  // expected-error @+1 {{updates has elements of type 'f64' but input of 'f32'}}
  %r = tenon.scatter_nd %x, %i, %u : (tensor<2x3xf32>, tensor<4x1xi64>, tensor<4x3xf64>) -> tensor<2x3xf32>
  return
}

// -----

func.func @scatter_nd_c5(%x: tensor<2x3xf32>, %i: tensor<4x1xi64>, %u: tensor<4x2xf32>) {
  // expected-error @+1 {{axis 1 of updates has size 2 but the size that indices and input ask for is 3}}
  %r = tenon.scatter_nd %x, %i, %u : (tensor<2x3xf32>, tensor<4x1xi64>, tensor<4x2xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @scatter_nd_c5_rank(%x: tensor<2x3xf32>, %i: tensor<4x1xi64>, %u: tensor<4xf32>) {
  // expected-error @+1 {{updates must have rank 2}}
  %r = tenon.scatter_nd %x, %i, %u : (tensor<2x3xf32>, tensor<4x1xi64>, tensor<4xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @scatter_nd_c6(%x: tensor<2x3xcomplex<f32>>, %i: tensor<4x2xi64>, %u: tensor<4xcomplex<f32>>) {
  // expected-error @+1 {{have no add}}
  %r = tenon.scatter_nd %x, %i, %u {reduction = #tenon<scatter_reduction add>} : (tensor<2x3xcomplex<f32>>, tensor<4x2xi64>, tensor<4xcomplex<f32>>) -> tensor<2x3xcomplex<f32>>
  return
}

// -----

func.func @scatter_nd_c7(%x: tensor<2x3xf32>, %i: tensor<4x2xi64>, %u: tensor<4xf32>) {
  // expected-error @+1 {{unsigned_elements is for integers}}
  %r = tenon.scatter_nd %x, %i, %u {unsigned_elements} : (tensor<2x3xf32>, tensor<4x2xi64>, tensor<4xf32>) -> tensor<2x3xf32>
  return
}
