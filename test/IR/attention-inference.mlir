// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// The result is declared a type that no inference gives, so that each diagnostic shows the inferred one: sizes
// are static wherever some operand or attribute tells them.

func.func @attention_key_tells_batch(%q: tensor<?x?x5x8xf32>, %k: tensor<3x2x?x8xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<3x4x5x8xf32>' are incompatible}}
  %r = tenon.attention %q, %k, %k {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<?x?x5x8xf32>, tensor<3x2x?x8xf32>, tensor<3x2x?x8xf32>) -> tensor<f32>
  return
}

// -----

func.func @attention_packed(%q: tensor<?x5x?xf32>, %k: tensor<?x?x16xf32>, %v: tensor<?x?x14xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x5x28xf32>' are incompatible}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<?x5x?xf32>, tensor<?x?x16xf32>, tensor<?x?x14xf32>) -> tensor<f32>
  return
}

// -----

func.func @attention_packed_unknown(%q: tensor<?x5x32xf32>, %k: tensor<?x?x16xf32>, %v: tensor<?x?x?xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x5x?xf32>' are incompatible}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<?x5x32xf32>, tensor<?x?x16xf32>, tensor<?x?x?xf32>) -> tensor<f32>
  return
}

// -----

func.func @attention_lengths_tell_batch(%q: tensor<?x4x5x8xf32>, %k: tensor<?x2x6x8xf32>, %n: tensor<7xi64>) {
  // expected-error @+1 {{inferred type(s) 'tensor<7x4x5x8xf32>' are incompatible}}
  %r = tenon.attention %q, %k, %k valid_lengths %n {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<?x4x5x8xf32>, tensor<?x2x6x8xf32>, tensor<?x2x6x8xf32>, tensor<7xi64>) -> tensor<f32>
  return
}

// -----

func.func @attention_past_tells_head_size(%q: tensor<1x4x1x?xf32>, %k: tensor<1x2x1x?xf32>, %p: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x4x1x8xf32>', 'tensor<1x4x1x7xf32>' are incompatible}}
  %r:2 = tenon.attention %q, %k, %k past %p, %p {num_heads = 4 : i64, num_kv_heads = 2 : i64, scores = #tenon<scores raw>} : (tensor<1x4x1x?xf32>, tensor<1x2x1x?xf32>, tensor<1x2x1x?xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> (tensor<f32>, tensor<f32>)
  return
}

// -----

func.func @attention_scores_of_open_past(%q: tensor<1x4x1x8xf32>, %k: tensor<1x2x1x8xf32>, %p: tensor<1x2x?x8xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x4x1x8xf32>', 'tensor<1x4x1x?xf32>' are incompatible}}
  %r:2 = tenon.attention %q, %k, %k past %p, %p {num_heads = 4 : i64, num_kv_heads = 2 : i64, scores = #tenon<scores raw>} : (tensor<1x4x1x8xf32>, tensor<1x2x1x8xf32>, tensor<1x2x1x8xf32>, tensor<1x2x?x8xf32>, tensor<1x2x?x8xf32>) -> (tensor<f32>, tensor<f32>)
  return
}

// -----

func.func @attention_scores_not_declared(%q: tensor<1x4x5x8xf16>, %k: tensor<1x2x6x8xf16>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x4x5x8xf16>', 'tensor<1x4x5x6xf16>' are incompatible}}
  %r = tenon.attention %q, %k, %k {num_heads = 4 : i64, num_kv_heads = 2 : i64, scores = #tenon<scores raw>} : (tensor<1x4x5x8xf16>, tensor<1x2x6x8xf16>, tensor<1x2x6x8xf16>) -> tensor<1x4x5x8xf16>
  return
}

// -----

func.func @rope_ids_tell_length(%x: tensor<?x4x?x8xf32>, %c: tensor<?x4xf32>, %i: tensor<1x5xi64>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x4x5x8xf32>' are incompatible}}
  %r = tenon.rope %x, %c, %c positions %i {rotary_dim = 8 : i64} : (tensor<?x4x?x8xf32>, tensor<?x4xf32>, tensor<?x4xf32>, tensor<1x5xi64>) -> tensor<f32>
  return
}

// -----

func.func @rope_table_tells_batch(%x: tensor<?x?x32xf32>, %c: tensor<2x?x4xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<2x?x32xf32>' are incompatible}}
  %r = tenon.rope %x, %c, %c {num_heads = 4 : i64, rotary_dim = 8 : i64} : (tensor<?x?x32xf32>, tensor<2x?x4xf32>, tensor<2x?x4xf32>) -> tensor<f32>
  return
}

// -----

func.func @rope_attribute_tells_heads(%x: tensor<1x?x5x8xf32>, %c: tensor<1x5x4xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x4x5x8xf32>' are incompatible}}
  %r = tenon.rope %x, %c, %c {num_heads = 4 : i64, rotary_dim = 8 : i64} : (tensor<1x?x5x8xf32>, tensor<1x5x4xf32>, tensor<1x5x4xf32>) -> tensor<f32>
  return
}

// -----

// Sums of parts are as wide as scores are summed.
func.func @attention_parts_not_declared(%q: tensor<1x4x5x8xf16>, %k: tensor<1x2x6x8xf16>) {
  // expected-error @+2 {{'tenon.attention' op inferred type(s) 'tensor<1x2x3x10x8xf32>', 'tensor<1x2x3x10x2xf32>' are incompatible with return type(s) of operation 'tensor<1x4x5x8xf16>'}}
  // expected-error @+1 {{failed to infer returned types}}
  %r = tenon.attention %q, %k, %k {num_heads = 4 : i64, num_kv_heads = 2 : i64, splits = 3 : i64} : (tensor<1x4x5x8xf16>, tensor<1x2x6x8xf16>, tensor<1x2x6x8xf16>) -> tensor<1x4x5x8xf16>
  return
}
