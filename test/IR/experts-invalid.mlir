// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// Each constraint of the family's ops, broken alone. The function is named after it.

func.func @group_rows_c1(%c: tensor<10xi64>) {
  // expected-error @+1 {{choice must have rank 2}}
  %r, %e, %p = tenon.group_rows %c experts 4 tile 2 : tensor<10xi64> -> tensor<14xi64>, tensor<7xi64>, tensor<5x2xi64>
  return
}

// -----

func.func @group_rows_c2(%c: tensor<5x2xi64>) {
  // expected-error @+1 {{num_experts 0 is not positive}}
  %r, %e, %p = tenon.group_rows %c experts 0 tile 2 : tensor<5x2xi64> -> tensor<14xi64>, tensor<7xi64>, tensor<5x2xi64>
  return
}

// -----

func.func @group_rows_c3(%c: tensor<5x2xi64>) {
  // expected-error @+1 {{tile -1 is not positive}}
  %r, %e, %p = tenon.group_rows %c experts 4 tile -1 : tensor<5x2xi64> -> tensor<14xi64>, tensor<7xi64>, tensor<5x2xi64>
  return
}

// -----

func.func @group_rows_result(%c: tensor<5x2xi64>) {
  // expected-error @+1 {{incompatible with return type}}
  %r, %e, %p = tenon.group_rows %c experts 4 tile 2 : tensor<5x2xi64> -> tensor<14xi64>, tensor<6xi64>, tensor<5x2xi64>
  return
}

// -----

func.func @group_rows_overflow(%c: tensor<4294967296x4294967296xi64>) {
  // expected-error @+1 {{the number of tiles does not fit in 64 bits}}
  %r, %e, %p = tenon.group_rows %c experts 4 tile 2 : tensor<4294967296x4294967296xi64> -> tensor<?xi64>, tensor<?xi64>, tensor<4294967296x4294967296xi64>
  return
}

// -----

func.func @grouped_linear_c1_input(%x: tensor<1x14x32xf32>, %w: tensor<4x48x32xf32>, %e: tensor<7xi64>) {
  // expected-error @+1 {{input must have rank 2}}
  %y = tenon.grouped_linear %x, %w of %e : (tensor<1x14x32xf32>, tensor<4x48x32xf32>, tensor<7xi64>) -> tensor<14x48xf32>
  return
}

// -----

func.func @grouped_linear_c1_weight(%x: tensor<14x32xf32>, %w: tensor<48x32xf32>, %e: tensor<7xi64>) {
  // expected-error @+1 {{weight must have rank 3 to 4}}
  %y = tenon.grouped_linear %x, %w of %e : (tensor<14x32xf32>, tensor<48x32xf32>, tensor<7xi64>) -> tensor<14x48xf32>
  return
}

// -----

func.func @grouped_linear_c1_experts(%x: tensor<14x32xf32>, %w: tensor<4x48x32xf32>, %e: tensor<7x1xi64>) {
  // expected-error @+1 {{experts must have rank 1}}
  %y = tenon.grouped_linear %x, %w of %e : (tensor<14x32xf32>, tensor<4x48x32xf32>, tensor<7x1xi64>) -> tensor<14x48xf32>
  return
}

// -----

func.func @grouped_linear_c2(%x: tensor<14x32xf32>, %w: tensor<4x48x32xf16>, %e: tensor<7xi64>) {
  // expected-error @+1 {{weight has elements of type 'f16' but input of 'f32'}}
  %y = tenon.grouped_linear %x, %w of %e : (tensor<14x32xf32>, tensor<4x48x32xf16>, tensor<7xi64>) -> tensor<14x48xf32>
  return
}

// -----

func.func @grouped_linear_c3(%x: tensor<14x32xf32>, %w: tensor<4x48x31xf32>, %e: tensor<7xi64>) {
  // expected-error @+1 {{weight}}
  %y = tenon.grouped_linear %x, %w of %e : (tensor<14x32xf32>, tensor<4x48x31xf32>, tensor<7xi64>) -> tensor<14x48xf32>
  return
}

// -----

func.func @grouped_linear_c3_packed(%x: tensor<14x32xf32>, %w: tensor<4x3x31x16xf32>, %e: tensor<7xi64>) {
  // expected-error @+1 {{weight}}
  %y = tenon.grouped_linear %x, %w of %e : (tensor<14x32xf32>, tensor<4x3x31x16xf32>, tensor<7xi64>) -> tensor<14x48xf32>
  return
}

// -----

func.func @grouped_linear_c4(%x: tensor<14x32xf32>, %w: tensor<4x48x32xf32>, %e: tensor<4xi64>) {
  // expected-error @+1 {{the 14 rows of input are no multiple of the 4 tiles}}
  %y = tenon.grouped_linear %x, %w of %e : (tensor<14x32xf32>, tensor<4x48x32xf32>, tensor<4xi64>) -> tensor<14x48xf32>
  return
}

// -----

func.func @grouped_linear_c4_none(%x: tensor<14x32xf32>, %w: tensor<4x48x32xf32>, %e: tensor<0xi64>) {
  // expected-error @+1 {{the 14 rows of input are no multiple of the 0 tiles}}
  %y = tenon.grouped_linear %x, %w of %e : (tensor<14x32xf32>, tensor<4x48x32xf32>, tensor<0xi64>) -> tensor<14x48xf32>
  return
}

// -----

func.func @grouped_linear_c5(%x: tensor<14x32xf32>, %w: tensor<0x48x32xf32>, %e: tensor<7xi64>) {
  // expected-error @+1 {{weight has no experts}}
  %y = tenon.grouped_linear %x, %w of %e : (tensor<14x32xf32>, tensor<0x48x32xf32>, tensor<7xi64>) -> tensor<14x48xf32>
  return
}
