// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// Each constraint of the family's ops, broken alone. The function is named after it.

func.func @reduce_c1_range(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axis 2 is not an axis of a tensor of rank 2}}
  %r = tenon.reduce sum %x axes [2] : tensor<2x3xf32> -> tensor<1xf32>
  return
}

// -----

func.func @reduce_c1_order(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axis 0 follows axis 1: axes must be sorted and distinct}}
  %r = tenon.reduce sum %x axes [1, 0] : tensor<2x3xf32> -> tensor<1xf32>
  return
}

// -----

func.func @reduce_c1_twice(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axis 1 follows axis 1: axes must be sorted and distinct}}
  %r = tenon.reduce sum %x axes [1, 1] : tensor<2x3xf32> -> tensor<1xf32>
  return
}

// -----

func.func @reduce_c2_bool(%x: tensor<2x3xi1>) {
  // expected-error @+1 {{elements of type 'i1' have no sum}}
  %r = tenon.reduce sum %x axes [1] : tensor<2x3xi1> -> tensor<2xi1>
  return
}

// -----

func.func @reduce_c2_root(%x: tensor<2x3xi32>) {
  // expected-error @+1 {{elements of type 'i32' have no l2}}
  %r = tenon.reduce l2 %x axes [1] : tensor<2x3xi32> -> tensor<2xi32>
  return
}

// -----

func.func @reduce_c2_log(%x: tensor<2x3xi32>) {
  // expected-error @+1 {{elements of type 'i32' have no log_sum_exp}}
  %r = tenon.reduce log_sum_exp %x axes [1] : tensor<2x3xi32> -> tensor<2xi32>
  return
}

// -----

func.func @reduce_c3(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{unsigned_elements is for integers}}
  %r = tenon.reduce max %x axes [1] {unsigned_elements} : tensor<2x3xf32> -> tensor<1xf32>
  return
}

// -----

func.func @arg_reduce_c1(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axis 2 is not an axis of a tensor of rank 2}}
  %r = tenon.arg_reduce %x axis 2 : tensor<2x3xf32> -> tensor<1xi64>
  return
}

// -----

func.func @arg_reduce_c2(%x: tensor<2x3xcomplex<f32>>) {
  // expected-error @+1 {{have no order}}
  %r = tenon.arg_reduce %x axis 1 : tensor<2x3xcomplex<f32>> -> tensor<1xi64>
  return
}

// -----

func.func @arg_reduce_c3(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{unsigned_elements is for integers}}
  %r = tenon.arg_reduce %x axis 1 {unsigned_elements} : tensor<2x3xf32> -> tensor<1xi64>
  return
}

// -----

func.func @arg_reduce_c4(%x: tensor<2x0xf32>) {
  // expected-error @+1 {{axis 1 is empty: no element stands anywhere on it}}
  %r = tenon.arg_reduce %x axis 1 : tensor<2x0xf32> -> tensor<2xi64>
  return
}

// -----

func.func @cumulative_c1(%x: tensor<3xf32>) {
  // expected-error @+1 {{axis 1 is not an axis of a tensor of rank 1}}
  %r = tenon.cumulative sum %x axis 1 : tensor<3xf32>
  return
}

// -----

func.func @cumulative_c2(%x: tensor<3xf32>) {
  // expected-error @+1 {{a running max is not defined, only sum and prod are}}
  %r = tenon.cumulative max %x axis 0 : tensor<3xf32>
  return
}

// -----

func.func @cumulative_c3(%x: tensor<3xi1>) {
  // expected-error @+1 {{elements of type 'i1' have no sum}}
  %r = tenon.cumulative sum %x axis 0 : tensor<3xi1>
  return
}
