// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// Each constraint of the family's ops, broken alone. The function is named after it.

func.func @quantized_linear_c1_input(%x: tensor<f32>, %w: tensor<2x8x16xi8>, %s: tensor<2x2x16xf32>) {
  // expected-error @+1 {{input must have rank 1 or more}}
  %r = tenon.quantized_linear %x, %w scale %s bits 8 : (tensor<f32>, tensor<2x8x16xi8>, tensor<2x2x16xf32>) -> tensor<4x32xf32>
  return
}

// -----

func.func @quantized_linear_c1_weight(%x: tensor<4x8xf32>, %w: tensor<8x32xi8>, %s: tensor<2x2x16xf32>) {
  // expected-error @+1 {{weight must have rank 3}}
  %r = tenon.quantized_linear %x, %w scale %s bits 8 : (tensor<4x8xf32>, tensor<8x32xi8>, tensor<2x2x16xf32>) -> tensor<4x32xf32>
  return
}

// -----

func.func @quantized_linear_c1_scale(%x: tensor<4x8xf32>, %w: tensor<2x8x16xi8>, %s: tensor<2x32xf32>) {
  // expected-error @+1 {{scale must have rank 3}}
  %r = tenon.quantized_linear %x, %w scale %s bits 8 : (tensor<4x8xf32>, tensor<2x8x16xi8>, tensor<2x32xf32>) -> tensor<4x32xf32>
  return
}

// -----

func.func @quantized_linear_c1_offset(%x: tensor<4x8xf32>, %w: tensor<2x8x16xi8>, %s: tensor<2x2x16xf32>, %o: tensor<2x32xf32>) {
  // expected-error @+1 {{offset must have rank 3}}
  %r = tenon.quantized_linear %x, %w scale %s offset %o bits 8 : (tensor<4x8xf32>, tensor<2x8x16xi8>, tensor<2x2x16xf32>, tensor<2x32xf32>) -> tensor<4x32xf32>
  return
}

// -----

func.func @quantized_linear_c1_bias(%x: tensor<4x8xf32>, %w: tensor<2x8x16xi8>, %s: tensor<2x2x16xf32>, %b: tensor<2x16xf32>) {
  // expected-error @+1 {{bias must have rank 1}}
  %r = tenon.quantized_linear %x, %w scale %s bias %b bits 8 : (tensor<4x8xf32>, tensor<2x8x16xi8>, tensor<2x2x16xf32>, tensor<2x16xf32>) -> tensor<4x32xf32>
  return
}

// -----

func.func @quantized_linear_c2(%x: tensor<4x8xf32>, %w: tensor<2x8x16xi8>, %s: tensor<2x2x16xf32>) {
  // expected-error @+1 {{bits 2 are neither 8 nor 4}}
  %r = tenon.quantized_linear %x, %w scale %s bits 2 : (tensor<4x8xf32>, tensor<2x8x16xi8>, tensor<2x2x16xf32>) -> tensor<4x32xf32>
  return
}

// -----

func.func @quantized_linear_c3_weight(%x: tensor<4x8xf32>, %w: tensor<2x8x16xi16>, %s: tensor<2x2x16xf32>) {
  // expected-error @+1 {{operand #1 must be}}
  %r = tenon.quantized_linear %x, %w scale %s bits 8 : (tensor<4x8xf32>, tensor<2x8x16xi16>, tensor<2x2x16xf32>) -> tensor<4x32xf32>
  return
}

// -----

func.func @quantized_linear_c3_scale(%x: tensor<4x8xf32>, %w: tensor<2x8x16xi8>, %s: tensor<2x2x16xf16>) {
  // expected-error @+1 {{operand #2 must be}}
  %r = tenon.quantized_linear %x, %w scale %s bits 8 : (tensor<4x8xf32>, tensor<2x8x16xi8>, tensor<2x2x16xf16>) -> tensor<4x32xf32>
  return
}

// -----

func.func @quantized_linear_c3_bias(%x: tensor<4x8xf32>, %w: tensor<2x8x16xi8>, %s: tensor<2x2x16xf32>, %b: tensor<32xf16>) {
  // expected-error @+1 {{bias}}
  %r = tenon.quantized_linear %x, %w scale %s bias %b bits 8 : (tensor<4x8xf32>, tensor<2x8x16xi8>, tensor<2x2x16xf32>, tensor<32xf16>) -> tensor<4x32xf32>
  return
}

// -----

func.func @quantized_linear_c4(%x: tensor<4x8xf32>, %w: tensor<2x6x16xi8>, %s: tensor<2x2x16xf32>) {
  // expected-error @+1 {{axis 1 of weight has size 6 but the last axis of input is 8}}
  %r = tenon.quantized_linear %x, %w scale %s bits 8 : (tensor<4x8xf32>, tensor<2x6x16xi8>, tensor<2x2x16xf32>) -> tensor<4x32xf32>
  return
}

// -----

func.func @quantized_linear_c5_panels(%x: tensor<4x8xf32>, %w: tensor<3x8x16xi8>, %s: tensor<2x2x16xf32>) {
  // expected-error @+1 {{axis 0 of weight has size 3 but the number of panels of scale is 2}}
  %r = tenon.quantized_linear %x, %w scale %s bits 8 : (tensor<4x8xf32>, tensor<3x8x16xi8>, tensor<2x2x16xf32>) -> tensor<4x32xf32>
  return
}

// -----

func.func @quantized_linear_c5_width(%x: tensor<4x8xf32>, %w: tensor<2x8x16xi8>, %s: tensor<2x2x16xf32>) {
  // expected-error @+1 {{axis 2 of weight has size 16 but the bytes of a panel as wide as scale's is 8}}
  %r = tenon.quantized_linear %x, %w scale %s bits 4 : (tensor<4x8xf32>, tensor<2x8x16xi8>, tensor<2x2x16xf32>) -> tensor<4x32xf32>
  return
}

// -----

func.func @quantized_linear_c5_odd(%x: tensor<4x8xf32>, %w: tensor<2x8x16xi8>, %s: tensor<2x2x15xf32>) {
  // expected-error @+1 {{scale has an odd width 15}}
  %r = tenon.quantized_linear %x, %w scale %s bits 4 : (tensor<4x8xf32>, tensor<2x8x16xi8>, tensor<2x2x15xf32>) -> tensor<4x32xf32>
  return
}

// -----

func.func @quantized_linear_c5_offset(%x: tensor<4x8xf32>, %w: tensor<2x8x16xi8>, %s: tensor<2x2x16xf32>, %o: tensor<2x4x16xf32>) {
  // expected-error @+1 {{axis 1 of offset has size 4 but scale's is 2}}
  %r = tenon.quantized_linear %x, %w scale %s offset %o bits 8 : (tensor<4x8xf32>, tensor<2x8x16xi8>, tensor<2x2x16xf32>, tensor<2x4x16xf32>) -> tensor<4x32xf32>
  return
}

// -----

func.func @quantized_linear_c6(%x: tensor<4x8xf32>, %w: tensor<2x8x16xi8>, %s: tensor<2x3x16xf32>) {
  // expected-error @+1 {{8 inputs do not divide into 3 groups}}
  %r = tenon.quantized_linear %x, %w scale %s bits 8 : (tensor<4x8xf32>, tensor<2x8x16xi8>, tensor<2x3x16xf32>) -> tensor<4x32xf32>
  return
}

// -----

func.func @quantized_linear_c6_none(%x: tensor<4x8xf32>, %w: tensor<2x8x16xi8>, %s: tensor<2x0x16xf32>) {
  // expected-error @+1 {{8 inputs do not divide into 0 groups}}
  %r = tenon.quantized_linear %x, %w scale %s bits 8 : (tensor<4x8xf32>, tensor<2x8x16xi8>, tensor<2x0x16xf32>) -> tensor<4x32xf32>
  return
}

// -----

func.func @quantized_linear_c7(%x: tensor<4x8xf32>, %w: tensor<2x8x16xi8>, %s: tensor<2x2x16xf32>, %b: tensor<16xf32>) {
  // expected-error @+1 {{axis 0 of bias has size 16 but the number of outputs of weight is 32}}
  %r = tenon.quantized_linear %x, %w scale %s bias %b bits 8 : (tensor<4x8xf32>, tensor<2x8x16xi8>, tensor<2x2x16xf32>, tensor<16xf32>) -> tensor<4x32xf32>
  return
}

// -----

func.func @quantized_linear_c4_words(%x: tensor<4x32xf32>, %w: tensor<2x3x16xi32>, %s: tensor<2x2x16xf32>) {
  // expected-error @+1 {{weight has 3 words of 8 inputs but the last axis of input is 32}}
  %r = tenon.quantized_linear %x, %w scale %s bits 4 : (tensor<4x32xf32>, tensor<2x3x16xi32>, tensor<2x2x16xf32>) -> tensor<4x32xf32>
  return
}

// -----

func.func @quantized_linear_c5_words(%x: tensor<4x32xf32>, %w: tensor<2x4x8xi32>, %s: tensor<2x2x16xf32>) {
  // expected-error @+1 {{axis 2 of weight has size 8 but the width of scale is 16}}
  %r = tenon.quantized_linear %x, %w scale %s bits 4 : (tensor<4x32xf32>, tensor<2x4x8xi32>, tensor<2x2x16xf32>) -> tensor<4x32xf32>
  return
}

// -----

func.func @quantized_linear_c6_words(%x: tensor<4x24xf32>, %w: tensor<2x6x16xi32>, %s: tensor<2x4x16xf32>) {
  // expected-error @+1 {{groups of 6 inputs are no whole words of 4}}
  %r = tenon.quantized_linear %x, %w scale %s bits 8 : (tensor<4x24xf32>, tensor<2x6x16xi32>, tensor<2x4x16xf32>) -> tensor<4x32xf32>
  return
}
