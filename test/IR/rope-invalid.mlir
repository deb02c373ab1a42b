// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// Each constraint of the family's ops, broken alone. The function is named after it.

func.func @rope_c1(%x: tensor<4x8xf32>, %c: tensor<9x4xf32>, %s: tensor<9x4xf32>, %i: tensor<1x5xi64>) {
  // expected-error @+1 {{input must have rank 3 to 4}}
  %r = tenon.rope %x, %c, %s positions %i {rotary_dim = 8 : i64} : (tensor<4x8xf32>, tensor<9x4xf32>, tensor<9x4xf32>, tensor<1x5xi64>) -> tensor<4x8xf32>
  return
}

// -----

func.func @rope_c2(%x: tensor<1x4x5x8xf16>, %c: tensor<9x4xf32>, %s: tensor<9x4xf32>, %i: tensor<1x5xi64>) {
  // expected-error @+1 {{cos has elements of type 'f32' but input of 'f16'}}
  %r = tenon.rope %x, %c, %s positions %i {rotary_dim = 8 : i64} : (tensor<1x4x5x8xf16>, tensor<9x4xf32>, tensor<9x4xf32>, tensor<1x5xi64>) -> tensor<1x4x5x8xf16>
  return
}

// -----

func.func @rope_c3_missing(%x: tensor<1x5x32xf32>, %c: tensor<9x4xf32>, %s: tensor<9x4xf32>, %i: tensor<1x5xi64>) {
  // expected-error @+1 {{an input of rank 3 needs num_heads}}
  %r = tenon.rope %x, %c, %s positions %i {rotary_dim = 8 : i64} : (tensor<1x5x32xf32>, tensor<9x4xf32>, tensor<9x4xf32>, tensor<1x5xi64>) -> tensor<1x5x32xf32>
  return
}

// -----

func.func @rope_c3(%x: tensor<1x5x32xf32>, %c: tensor<9x4xf32>, %s: tensor<9x4xf32>, %i: tensor<1x5xi64>) {
  // expected-error @+1 {{num_heads 0 is not positive}}
  %r = tenon.rope %x, %c, %s positions %i {rotary_dim = 8 : i64, num_heads = 0 : i64} : (tensor<1x5x32xf32>, tensor<9x4xf32>, tensor<9x4xf32>, tensor<1x5xi64>) -> tensor<1x5x32xf32>
  return
}

// -----

func.func @rope_c4(%x: tensor<1x5x32xf32>, %c: tensor<9x4xf32>, %s: tensor<9x4xf32>, %i: tensor<1x5xi64>) {
  // expected-error @+1 {{the last axis of input, 32, is not a multiple of num_heads 5}}
  %r = tenon.rope %x, %c, %s positions %i {rotary_dim = 8 : i64, num_heads = 5 : i64} : (tensor<1x5x32xf32>, tensor<9x4xf32>, tensor<9x4xf32>, tensor<1x5xi64>) -> tensor<1x5x32xf32>
  return
}

// -----

func.func @rope_c4_split(%x: tensor<1x4x5x8xf32>, %c: tensor<9x4xf32>, %s: tensor<9x4xf32>, %i: tensor<1x5xi64>) {
  // expected-error @+1 {{input has 4 heads but num_heads is 5}}
  %r = tenon.rope %x, %c, %s positions %i {rotary_dim = 8 : i64, num_heads = 5 : i64} : (tensor<1x4x5x8xf32>, tensor<9x4xf32>, tensor<9x4xf32>, tensor<1x5xi64>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @rope_c5_odd(%x: tensor<1x4x5x8xf32>, %c: tensor<9x3xf32>, %s: tensor<9x3xf32>, %i: tensor<1x5xi64>) {
  // expected-error @+1 {{rotary_dim 7 is not a positive even number}}
  %r = tenon.rope %x, %c, %s positions %i {rotary_dim = 7 : i64} : (tensor<1x4x5x8xf32>, tensor<9x3xf32>, tensor<9x3xf32>, tensor<1x5xi64>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @rope_c5_zero(%x: tensor<1x4x5x8xf32>, %c: tensor<9x0xf32>, %s: tensor<9x0xf32>, %i: tensor<1x5xi64>) {
  // expected-error @+1 {{rotary_dim 0 is not a positive even number}}
  %r = tenon.rope %x, %c, %s positions %i {rotary_dim = 0 : i64} : (tensor<1x4x5x8xf32>, tensor<9x0xf32>, tensor<9x0xf32>, tensor<1x5xi64>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @rope_c5_large(%x: tensor<1x4x5x8xf32>, %c: tensor<9x5xf32>, %s: tensor<9x5xf32>, %i: tensor<1x5xi64>) {
  // expected-error @+1 {{rotary_dim 10 is larger than the head size 8}}
  %r = tenon.rope %x, %c, %s positions %i {rotary_dim = 10 : i64} : (tensor<1x4x5x8xf32>, tensor<9x5xf32>, tensor<9x5xf32>, tensor<1x5xi64>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @rope_c6_ids(%x: tensor<1x4x5x8xf32>, %c: tensor<1x5x4xf32>, %s: tensor<1x5x4xf32>, %i: tensor<1x5xi64>) {
  // expected-error @+1 {{cos must have rank 2}}
  %r = tenon.rope %x, %c, %s positions %i {rotary_dim = 8 : i64} : (tensor<1x4x5x8xf32>, tensor<1x5x4xf32>, tensor<1x5x4xf32>, tensor<1x5xi64>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @rope_c6(%x: tensor<1x4x5x8xf32>, %c: tensor<9x4xf32>, %s: tensor<9x4xf32>) {
  // expected-error @+1 {{cos must have rank 3}}
  %r = tenon.rope %x, %c, %s {rotary_dim = 8 : i64} : (tensor<1x4x5x8xf32>, tensor<9x4xf32>, tensor<9x4xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @rope_c7(%x: tensor<1x4x5x8xf32>, %c: tensor<9x8xf32>, %s: tensor<9x8xf32>, %i: tensor<1x5xi64>) {
  // expected-error @+1 {{cos has 8 angles a position but rotary_dim is 8}}
  %r = tenon.rope %x, %c, %s positions %i {rotary_dim = 8 : i64} : (tensor<1x4x5x8xf32>, tensor<9x8xf32>, tensor<9x8xf32>, tensor<1x5xi64>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @rope_c8_table(%x: tensor<1x4x5x8xf32>, %c: tensor<9x4xf32>, %s: tensor<8x4xf32>, %i: tensor<1x5xi64>) {
  // expected-error @+1 {{sin has positions 8 where another operand has 9}}
  %r = tenon.rope %x, %c, %s positions %i {rotary_dim = 8 : i64} : (tensor<1x4x5x8xf32>, tensor<9x4xf32>, tensor<8x4xf32>, tensor<1x5xi64>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @rope_c8_length(%x: tensor<1x4x5x8xf32>, %c: tensor<1x6x4xf32>, %s: tensor<1x6x4xf32>) {
  // expected-error @+1 {{cos has length 6 where another operand has 5}}
  %r = tenon.rope %x, %c, %s {rotary_dim = 8 : i64} : (tensor<1x4x5x8xf32>, tensor<1x6x4xf32>, tensor<1x6x4xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @rope_c8_batch(%x: tensor<1x4x5x8xf32>, %c: tensor<2x5x4xf32>, %s: tensor<2x5x4xf32>) {
  // expected-error @+1 {{cos has batch size 2 where another operand has 1}}
  %r = tenon.rope %x, %c, %s {rotary_dim = 8 : i64} : (tensor<1x4x5x8xf32>, tensor<2x5x4xf32>, tensor<2x5x4xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @rope_c9_rank(%x: tensor<1x4x5x8xf32>, %c: tensor<9x4xf32>, %s: tensor<9x4xf32>, %i: tensor<5xi64>) {
  // expected-error @+1 {{position_ids must have rank 2}}
  %r = tenon.rope %x, %c, %s positions %i {rotary_dim = 8 : i64} : (tensor<1x4x5x8xf32>, tensor<9x4xf32>, tensor<9x4xf32>, tensor<5xi64>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @rope_c9_length(%x: tensor<1x4x5x8xf32>, %c: tensor<9x4xf32>, %s: tensor<9x4xf32>, %i: tensor<1x6xi64>) {
  // expected-error @+1 {{position_ids has length 6 where another operand has 5}}
  %r = tenon.rope %x, %c, %s positions %i {rotary_dim = 8 : i64} : (tensor<1x4x5x8xf32>, tensor<9x4xf32>, tensor<9x4xf32>, tensor<1x6xi64>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @rope_c10(%x: tensor<1x4x5x8xf32>, %c: tensor<0x4xf32>, %s: tensor<0x4xf32>, %i: tensor<1x5xi64>) {
  // expected-error @+1 {{5 indices read from an axis of size 0}}
  %r = tenon.rope %x, %c, %s positions %i {rotary_dim = 8 : i64} : (tensor<1x4x5x8xf32>, tensor<0x4xf32>, tensor<0x4xf32>, tensor<1x5xi64>) -> tensor<1x4x5x8xf32>
  return
}
