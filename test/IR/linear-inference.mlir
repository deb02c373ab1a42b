// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// The result is declared a type that no inference gives, so that each diagnostic shows the inferred one: sizes
// are static wherever some operand or attribute tells them.

func.func @linear(%x: tensor<?x?x3xf32>, %w: tensor<4x3xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x?x4xf32>' are incompatible}}
  %r = tenon.linear %x, %w : (tensor<?x?x3xf32>, tensor<4x3xf32>) -> tensor<f32>
  return
}

// -----

func.func @linear_bias_tells_size(%x: tensor<2x3xf32>, %w: tensor<?x3xf32>, %b: tensor<4xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<2x4xf32>' are incompatible}}
  %r = tenon.linear %x, %w, %b : (tensor<2x3xf32>, tensor<?x3xf32>, tensor<4xf32>) -> tensor<f32>
  return
}

// -----

func.func @linear_unknown(%x: tensor<?x?xf32>, %w: tensor<?x?xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x?xf32>' are incompatible}}
  %r = tenon.linear %x, %w : (tensor<?x?xf32>, tensor<?x?xf32>) -> tensor<f32>
  return
}

// -----

func.func @linear_contradicts_declared(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<2x4xf32>' are incompatible}}
  %r = tenon.linear %x, %w : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x5xf32>
  return
}

// -----

func.func @matmul_broadcast(%x: tensor<?x1x2x?xf32>, %y: tensor<6x3x?xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x6x2x?xf32>' are incompatible}}
  %r = tenon.matmul %x, %y : (tensor<?x1x2x?xf32>, tensor<6x3x?xf32>) -> tensor<f32>
  return
}

// -----

func.func @matmul_batch_told_by_other(%x: tensor<?x2x3xf32>, %y: tensor<6x3x5xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<6x2x5xf32>' are incompatible}}
  %r = tenon.matmul %x, %y : (tensor<?x2x3xf32>, tensor<6x3x5xf32>) -> tensor<f32>
  return
}

// -----

func.func @matmul_transposed(%x: tensor<3x?xf16>, %y: tensor<5x3xf16>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x5xf16>' are incompatible}}
  %r = tenon.matmul %x transposed, %y transposed : (tensor<3x?xf16>, tensor<5x3xf16>) -> tensor<f16>
  return
}

// -----

func.func @embedding(%t: tensor<?x8xf32>, %i: tensor<2x?xi64>) {
  // expected-error @+1 {{inferred type(s) 'tensor<2x?x8xf32>' are incompatible}}
  %r = tenon.embedding %t, %i : (tensor<?x8xf32>, tensor<2x?xi64>) -> tensor<f32>
  return
}

// -----

func.func @lora_b_tells_size(%x: tensor<5x3xf32>, %w: tensor<?x3xf32>, %a: tensor<?x3xf32>, %b: tensor<4x?xf32>, %s: tensor<f32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<5x4xf32>' are incompatible}}
  %r = tenon.lora %x, %w, %a, %b, %s : (tensor<5x3xf32>, tensor<?x3xf32>, tensor<?x3xf32>, tensor<4x?xf32>, tensor<f32>) -> tensor<f32>
  return
}
