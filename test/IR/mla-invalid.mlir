// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// Each constraint of tenon.mla, broken alone. The function is named after it.

func.func @mla_c1_query(%q: tensor<4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<64x10xf32>) {
  // expected-error @+1 {{query must have rank 4}}
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<64x10xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c1_query_rope(%q: tensor<1x4x5x8xf32>, %qr: tensor<4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<64x10xf32>) {
  // expected-error @+1 {{query_rope must have rank 4}}
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x4x5x8xf32>, tensor<4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<64x10xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c1_latent(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<64x10xf32>) {
  // expected-error @+1 {{latent must have rank 3}}
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x1x7x10xf32>, tensor<1x7x6xf32>, tensor<64x10xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c1_key_rope(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x1x7x6xf32>, %w: tensor<64x10xf32>) {
  // expected-error @+1 {{key_rope must have rank 3}}
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x1x7x6xf32>, tensor<64x10xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c1_weight(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<4x16x10xf32>) {
  // expected-error @+1 {{weight must have rank 2}}
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<4x16x10xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c2(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<64x10xf16>) {
  // expected-error @+1 {{weight has elements of type 'f16' but query of 'f32'}}
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<64x10xf16>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c2_cache(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf16>, %w: tensor<64x10xf32>) {
  // expected-error @+1 {{key_rope has elements of type 'f16' but latent of 'f32'}}
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf16>, tensor<64x10xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c3_batch(%q: tensor<1x4x5x8xf32>, %qr: tensor<2x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<64x10xf32>) {
  // expected-error @+1 {{query_rope has batch size 2 where another operand has 1}}
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x4x5x8xf32>, tensor<2x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<64x10xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c3_heads(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x2x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<64x10xf32>) {
  // expected-error @+1 {{query_rope has heads 2 where another operand has 4}}
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x4x5x8xf32>, tensor<1x2x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<64x10xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c3_length(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x4x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<64x10xf32>) {
  // expected-error @+1 {{query_rope has length 4 where another operand has 5}}
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x4x5x8xf32>, tensor<1x4x4x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<64x10xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c4_batch(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<2x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<64x10xf32>) {
  // expected-error @+1 {{latent has batch size 2 where another operand has 1}}
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<2x7x10xf32>, tensor<1x7x6xf32>, tensor<64x10xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c4_rope_batch(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<2x7x6xf32>, %w: tensor<64x10xf32>) {
  // expected-error @+1 {{key_rope has batch size 2 where another operand has 1}}
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<2x7x6xf32>, tensor<64x10xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c4_length(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x8x6xf32>, %w: tensor<64x10xf32>) {
  // expected-error @+1 {{key_rope has length 8 where another operand has 7}}
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x8x6xf32>, tensor<64x10xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c5_rope(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x4xf32>, %w: tensor<64x10xf32>) {
  // expected-error @+1 {{key_rope has size 4 where another operand has 6}}
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x4xf32>, tensor<64x10xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c5_rank(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<64x12xf32>) {
  // expected-error @+1 {{weight has columns 12 where another operand has 10}}
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<64x12xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c6_heads(%q: tensor<1x0x5x8xf32>, %qr: tensor<1x0x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<64x10xf32>) {
  // expected-error @+1 {{query has no heads}}
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x0x5x8xf32>, tensor<1x0x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<64x10xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c6_rows(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<66x10xf32>) {
  // expected-error @+1 {{the 66 rows of weight are no multiple of the 4 heads}}
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<66x10xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c6_values(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<32x10xf32>) {
  // expected-error @+1 {{weight has 8 rows a head, which leaves none for values behind 8 for keys}}
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<32x10xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c7(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<64x10xf32>, %n: tensor<2xi64>) {
  // expected-error @+1 {{valid_lengths has batch size 2 where another operand has 1}}
  %r = tenon.mla %q, %qr, %c, %kr, %w valid_lengths %n : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<64x10xf32>, tensor<2xi64>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c7_rank(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<64x10xf32>, %n: tensor<1x1xi64>) {
  // expected-error @+1 {{valid_lengths must have rank 1}}
  %r = tenon.mla %q, %qr, %c, %kr, %w valid_lengths %n : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<64x10xf32>, tensor<1x1xi64>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c8(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<64x10xf32>) {
  // expected-error @+1 {{causal cached needs valid_lengths}}
  %r = tenon.mla %q, %qr, %c, %kr, %w {causal = #tenon<causal cached>} : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<64x10xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c9(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<64x10xf32>, %m: tensor<5x7xi32>) {
  // expected-error @+1 {{mask must be boolean or float}}
  %r = tenon.mla %q, %qr, %c, %kr, %w mask %m : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<64x10xf32>, tensor<5x7xi32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c10(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<64x10xf32>, %m: tensor<4x7xi1>) {
  // expected-error @+1 {{mask}}
  %r = tenon.mla %q, %qr, %c, %kr, %w mask %m : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<64x10xf32>, tensor<4x7xi1>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c10_long(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<64x10xf32>, %m: tensor<5x8xi1>) {
  // expected-error @+1 {{the last axis of mask, 8, is longer than the 7 keys}}
  %r = tenon.mla %q, %qr, %c, %kr, %w mask %m : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<64x10xf32>, tensor<5x8xi1>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c11(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<64x10xf32>) {
  // expected-error @+1 {{scale is not a finite number}}
  %r = tenon.mla %q, %qr, %c, %kr, %w {scale = 0x7FF0000000000000 : f64} : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<64x10xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c12(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xi8>, %kr: tensor<1x7x6xi8>, %w: tensor<64x10xf32>) {
  // expected-error @+1 {{latents of i8 have scales, others none}}
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xi8>, tensor<1x7x6xi8>, tensor<64x10xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c12_float(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf16>, %kr: tensor<1x7x6xf16>, %w: tensor<64x10xf32>, %s: tensor<1x7x5xf32>, %t: tensor<1x7x3xf32>) {
  // expected-error @+1 {{latents of i8 have scales, others none}}
  %r = tenon.mla %q, %qr, %c, %kr, %w scales %s, %t : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf16>, tensor<1x7x6xf16>, tensor<64x10xf32>, tensor<1x7x5xf32>, tensor<1x7x3xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c13_rank(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xi8>, %kr: tensor<1x7x6xi8>, %w: tensor<64x10xf32>, %s: tensor<1x1x7x5xf32>, %t: tensor<1x7x3xf32>) {
  // expected-error @+1 {{latent_scale must have rank 3}}
  %r = tenon.mla %q, %qr, %c, %kr, %w scales %s, %t : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xi8>, tensor<1x7x6xi8>, tensor<64x10xf32>, tensor<1x1x7x5xf32>, tensor<1x7x3xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c13_batch(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xi8>, %kr: tensor<1x7x6xi8>, %w: tensor<64x10xf32>, %s: tensor<2x7x5xf32>, %t: tensor<1x7x3xf32>) {
  // expected-error @+1 {{latent_scale has batch size 2 where another operand has 1}}
  %r = tenon.mla %q, %qr, %c, %kr, %w scales %s, %t : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xi8>, tensor<1x7x6xi8>, tensor<64x10xf32>, tensor<2x7x5xf32>, tensor<1x7x3xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c13_length(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xi8>, %kr: tensor<1x7x6xi8>, %w: tensor<64x10xf32>, %s: tensor<1x7x5xf32>, %t: tensor<1x8x3xf32>) {
  // expected-error @+1 {{key_rope_scale has length 8 where another operand has 7}}
  %r = tenon.mla %q, %qr, %c, %kr, %w scales %s, %t : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xi8>, tensor<1x7x6xi8>, tensor<64x10xf32>, tensor<1x7x5xf32>, tensor<1x8x3xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c13_groups(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xi8>, %kr: tensor<1x7x6xi8>, %w: tensor<64x10xf32>, %s: tensor<1x7x3xf32>, %t: tensor<1x7x3xf32>) {
  // expected-error @+1 {{latent_scale has 3 groups, which do not divide 10 channels}}
  %r = tenon.mla %q, %qr, %c, %kr, %w scales %s, %t : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xi8>, tensor<1x7x6xi8>, tensor<64x10xf32>, tensor<1x7x3xf32>, tensor<1x7x3xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c13_rope_groups(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xi8>, %kr: tensor<1x7x6xi8>, %w: tensor<64x10xf32>, %s: tensor<1x7x5xf32>, %t: tensor<1x7x4xf32>) {
  // expected-error @+1 {{key_rope_scale has 4 groups, which do not divide 6 channels}}
  %r = tenon.mla %q, %qr, %c, %kr, %w scales %s, %t : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xi8>, tensor<1x7x6xi8>, tensor<64x10xf32>, tensor<1x7x5xf32>, tensor<1x7x4xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c13_type(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xi8>, %kr: tensor<1x7x6xi8>, %w: tensor<64x10xf32>, %s: tensor<1x7x5xf32>, %t: tensor<1x7x3xf16>) {
  // expected-error @+1 {{key_rope_scale has elements of type 'f16' but latent_scale of 'f32'}}
  %r = tenon.mla %q, %qr, %c, %kr, %w scales %s, %t : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xi8>, tensor<1x7x6xi8>, tensor<64x10xf32>, tensor<1x7x5xf32>, tensor<1x7x3xf16>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @mla_c14(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xi8>, %kr: tensor<1x7x6xi8>, %w: tensor<64x10xf32>, %s: tensor<1x7x1xf32>, %t: tensor<1x7x1xf32>) {
  // expected-error @+1 {{groups of latent are 10 wide but those of key_rope 6}}
  %r = tenon.mla %q, %qr, %c, %kr, %w scales %s, %t : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xi8>, tensor<1x7x6xi8>, tensor<64x10xf32>, tensor<1x7x1xf32>, tensor<1x7x1xf32>) -> tensor<1x4x5x8xf32>
  return
}
