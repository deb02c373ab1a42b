// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// Each constraint of the family's ops, broken alone. The function is named after it.

func.func @attention_c1(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{num_heads 0 is not positive}}
  %r = tenon.attention %q, %k, %v {num_heads = 0 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c1_kv(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{num_kv_heads -1 is not positive}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = -1 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c2(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{num_heads 4 is not a multiple of num_kv_heads 3}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 3 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c3_query(%q: tensor<4x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{query must have rank 3 to 4}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<4x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<4x8xf32>
  return
}

// -----

func.func @attention_c3_key(%q: tensor<1x4x5x8xf32>, %k: tensor<1x6x16xf32>, %v: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{key must have rank 4}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x6x16xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c3_value(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x6x16xf32>) {
  // expected-error @+1 {{value must have rank 4}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x6x16xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c3_past(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>, %p: tensor<1x3x16xf32>,
    %pv: tensor<1x2x3x8xf32>) {
  // expected-error @+1 {{past_key must have rank 4}}
  %r = tenon.attention %q, %k, %v past %p, %pv {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<1x3x16xf32>, tensor<1x2x3x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c4(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf16>, %v: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{value has elements of type 'f32' but key of 'f16'}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf16>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c4_past(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>, %p: tensor<1x2x3x8xf32>,
    %pv: tensor<1x2x3x8xbf16>) {
  // expected-error @+1 {{past_value has elements of type 'bf16' but key of 'f32'}}
  %r = tenon.attention %q, %k, %v past %p, %pv {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x3x8xf32>, tensor<1x2x3x8xbf16>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c5(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %p: tensor<1x2x3x8xf32>) {
  // expected-error @+1 {{past_key and past_value go together}}
  %r = "tenon.attention"(%q, %k, %k, %p) <{num_heads = 4 : i64, num_kv_heads = 2 : i64, operandSegmentSizes = array<i32: 1, 1, 1, 0, 1, 0, 0, 0, 0>}> : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x3x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c6_heads(%q: tensor<1x3x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{query has 3 heads but num_heads is 4}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x3x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<1x3x5x8xf32>
  return
}

// -----

func.func @attention_c6_key_heads(%q: tensor<1x4x5x8xf32>, %k: tensor<1x4x6x8xf32>, %v: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{key has 4 heads but num_kv_heads is 2}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x4x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c6_packed(%q: tensor<1x5x30xf32>, %k: tensor<1x6x16xf32>, %v: tensor<1x6x16xf32>) {
  // expected-error @+1 {{the last axis of query, 30, is not a multiple of num_heads 4}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x5x30xf32>, tensor<1x6x16xf32>, tensor<1x6x16xf32>) -> tensor<1x5x30xf32>
  return
}

// -----

func.func @attention_c6_batch(%q: tensor<1x4x5x8xf32>, %k: tensor<3x2x6x8xf32>, %v: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{key has batch size 3 where another operand has 1}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<3x2x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c6_length(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x7x8xf32>) {
  // expected-error @+1 {{value has length 7 where another operand has 6}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x7x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c6_size(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x9xf32>, %v: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{key has head size 9 where another operand has 8}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x9xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c7_heads(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>, %p: tensor<1x4x3x8xf32>,
    %pv: tensor<1x4x3x8xf32>) {
  // expected-error @+1 {{past_key has 4 heads but num_kv_heads is 2}}
  %r = tenon.attention %q, %k, %v past %p, %pv {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<1x4x3x8xf32>, tensor<1x4x3x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c7_size(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>, %p: tensor<1x2x3x8xf32>,
    %pv: tensor<1x2x3x7xf32>) {
  // expected-error @+1 {{past_value has head size 7 where another operand has 8}}
  %r = tenon.attention %q, %k, %v past %p, %pv {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x3x8xf32>, tensor<1x2x3x7xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c7_length(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>, %p: tensor<1x2x3x8xf32>,
    %pv: tensor<1x2x4x8xf32>) {
  // expected-error @+1 {{past_value has length 4 where another operand has 3}}
  %r = tenon.attention %q, %k, %v past %p, %pv {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x3x8xf32>, tensor<1x2x4x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c8(%q: tensor<1x4x5x0xf32>, %k: tensor<1x2x6x0xf32>, %v: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{the head size of query is 0}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x0xf32>, tensor<1x2x6x0xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x0xf32>
  return
}

// -----

func.func @attention_c9_rank(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>, %n: tensor<1x1xi64>) {
  // expected-error @+1 {{valid_lengths must have rank 1}}
  %r = tenon.attention %q, %k, %v valid_lengths %n {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<1x1xi64>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c9_batch(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>, %n: tensor<3xi64>) {
  // expected-error @+1 {{valid_lengths has batch size 3 where another operand has 1}}
  %r = tenon.attention %q, %k, %v valid_lengths %n {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<3xi64>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c10(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{causal cached needs past keys or valid_lengths}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64, causal = #tenon<causal cached>} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c11(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{window 0 is not positive}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64, window = 0 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c12(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>, %m: tensor<5x6xi32>) {
  // expected-error @+1 {{mask must be boolean or float}}
  %r = tenon.attention %q, %k, %v mask %m {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<5x6xi32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c13_wide(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>, %m: tensor<5x7xi1>) {
  // expected-error @+1 {{the last axis of mask, 7, is longer than the 6 keys}}
  %r = tenon.attention %q, %k, %v mask %m {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<5x7xi1>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c13_queries(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>, %m: tensor<4x6xi1>) {
  // expected-error @+1 {{does not broadcast to [1, 4, 5, 6]}}
  %r = tenon.attention %q, %k, %v mask %m {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<4x6xi1>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c13_heads(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>, %m: tensor<1x2x5x6xf32>) {
  // expected-error @+1 {{does not broadcast to [1, 4, 5, 6]}}
  %r = tenon.attention %q, %k, %v mask %m {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x5x6xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c13_rank(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>, %m: tensor<i1>) {
  // expected-error @+1 {{mask must have rank 1 to 4}}
  %r = tenon.attention %q, %k, %v mask %m {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<i1>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c14(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{scale is not a finite number}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64, scale = 0x7FF8000000000000 : f64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c15(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{is not a positive number}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64, softcap = -2.0 : f64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c15_zero(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{is not a positive number}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64, softcap = 0.0 : f64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c16(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{softcapped scores need a softcap}}
  %r:2 = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64, scores = #tenon<scores softcapped>} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>)
  return
}

// -----

func.func @cache_update_c1(%c: tensor<4x16x8xf32>, %r: tensor<2x3x32xf32>, %p: tensor<2xi64>) {
  // expected-error @+1 {{cache}}
  %0 = tenon.cache_update %c, %r at %p : (tensor<4x16x8xf32>, tensor<2x3x32xf32>, tensor<2xi64>) -> tensor<4x16x8xf32>
  return
}

// -----

func.func @cache_update_c1_rows(%c: tensor<2x4x16x8xf32>, %r: tensor<3x32xf32>, %p: tensor<2xi64>) {
  // expected-error @+1 {{rows}}
  %0 = tenon.cache_update %c, %r at %p : (tensor<2x4x16x8xf32>, tensor<3x32xf32>, tensor<2xi64>) -> tensor<2x4x16x8xf32>
  return
}

// -----

func.func @cache_update_c2(%c: tensor<2x4x16x8xf32>, %r: tensor<2x3x32xf16>, %p: tensor<2xi64>) {
  // expected-error @+1 {{rows}}
  %0 = tenon.cache_update %c, %r at %p : (tensor<2x4x16x8xf32>, tensor<2x3x32xf16>, tensor<2xi64>) -> tensor<2x4x16x8xf32>
  return
}

// -----

func.func @cache_update_c3(%c: tensor<2x4x16x8xf32>, %r: tensor<2x3x33xf32>, %p: tensor<2xi64>) {
  // expected-error @+1 {{rows}}
  %0 = tenon.cache_update %c, %r at %p : (tensor<2x4x16x8xf32>, tensor<2x3x33xf32>, tensor<2xi64>) -> tensor<2x4x16x8xf32>
  return
}

// -----

func.func @cache_update_c3_heads(%c: tensor<2x4x16x8xf32>, %r: tensor<2x2x3x8xf32>, %p: tensor<2xi64>) {
  // expected-error @+1 {{heads of the cache}}
  %0 = tenon.cache_update %c, %r at %p : (tensor<2x4x16x8xf32>, tensor<2x2x3x8xf32>, tensor<2xi64>) -> tensor<2x4x16x8xf32>
  return
}

// -----

func.func @cache_update_c3_batch(%c: tensor<2x4x16x8xf32>, %r: tensor<1x3x32xf32>, %p: tensor<2xi64>) {
  // expected-error @+1 {{batch}}
  %0 = tenon.cache_update %c, %r at %p : (tensor<2x4x16x8xf32>, tensor<1x3x32xf32>, tensor<2xi64>) -> tensor<2x4x16x8xf32>
  return
}

// -----

func.func @cache_update_c4(%c: tensor<2x4x16x8xf32>, %r: tensor<2x3x32xf32>, %p: tensor<3xi64>) {
  // expected-error @+1 {{positions}}
  %0 = tenon.cache_update %c, %r at %p : (tensor<2x4x16x8xf32>, tensor<2x3x32xf32>, tensor<3xi64>) -> tensor<2x4x16x8xf32>
  return
}

// -----

func.func @cache_update_c4_rank(%c: tensor<2x4x16x8xf32>, %r: tensor<2x3x32xf32>, %p: tensor<2x1xi64>) {
  // expected-error @+1 {{positions}}
  %0 = tenon.cache_update %c, %r at %p : (tensor<2x4x16x8xf32>, tensor<2x3x32xf32>, tensor<2x1xi64>) -> tensor<2x4x16x8xf32>
  return
}

// -----

func.func @attention_c17(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xi8>, %v: tensor<1x2x6x8xi8>) {
  // expected-error @+1 {{keys and values of i8 have scales, others none}}
  %r = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xi8>, tensor<1x2x6x8xi8>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c17_float(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf16>, %v: tensor<1x2x6x8xf16>, %s: tensor<1x2x6x1xf32>) {
  // expected-error @+1 {{keys and values of i8 have scales, others none}}
  %r = tenon.attention %q, %k, %v scales %s, %s {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf16>, tensor<1x2x6x8xf16>, tensor<1x2x6x1xf32>, tensor<1x2x6x1xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c18(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xi8>, %v: tensor<1x2x6x8xi8>, %s: tensor<1x2x6x1xf32>, %t: tensor<1x2x7x1xf32>) {
  // expected-error @+1 {{value_scale has length 7 where another operand has 6}}
  %r = tenon.attention %q, %k, %v scales %s, %t {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xi8>, tensor<1x2x6x8xi8>, tensor<1x2x6x1xf32>, tensor<1x2x7x1xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c18_heads(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xi8>, %v: tensor<1x2x6x8xi8>, %s: tensor<1x4x6x1xf32>) {
  // expected-error @+1 {{key_scale has heads 4 where another operand has 2}}
  %r = tenon.attention %q, %k, %v scales %s, %s {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xi8>, tensor<1x2x6x8xi8>, tensor<1x4x6x1xf32>, tensor<1x4x6x1xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c18_past(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xi8>, %v: tensor<1x2x6x8xi8>, %p: tensor<1x2x3x8xi8>, %s: tensor<1x2x9x1xf32>) {
  // expected-error @+1 {{keys with scales have no past}}
  %r = tenon.attention %q, %k, %v past %p, %p scales %s, %s {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xi8>, tensor<1x2x6x8xi8>, tensor<1x2x3x8xi8>, tensor<1x2x3x8xi8>, tensor<1x2x9x1xf32>, tensor<1x2x9x1xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c18_rank(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xi8>, %v: tensor<1x2x6x8xi8>, %s: tensor<1x2x6xf32>) {
  // expected-error @+1 {{key_scale must have rank 4}}
  %r = tenon.attention %q, %k, %v scales %s, %s {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xi8>, tensor<1x2x6x8xi8>, tensor<1x2x6xf32>, tensor<1x2x6xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c18_groups(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xi8>, %v: tensor<1x2x6x8xi8>, %s: tensor<1x2x6x4xf32>, %t: tensor<1x2x6x3xf32>) {
  // expected-error @+1 {{value_scale has 3 groups, which do not divide 8 channels}}
  %r = tenon.attention %q, %k, %v scales %s, %t {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xi8>, tensor<1x2x6x8xi8>, tensor<1x2x6x4xf32>, tensor<1x2x6x3xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c18_no_groups(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xi8>, %v: tensor<1x2x6x8xi8>, %s: tensor<1x2x6x0xf32>) {
  // expected-error @+1 {{key_scale has 0 groups, which do not divide 8 channels}}
  %r = tenon.attention %q, %k, %v scales %s, %s {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xi8>, tensor<1x2x6x8xi8>, tensor<1x2x6x0xf32>, tensor<1x2x6x0xf32>) -> tensor<1x4x5x8xf32>
  return
}

// -----

func.func @attention_c19_splits(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{splits 0 is not positive}}
  %r:2 = tenon.attention %q, %k, %k {num_heads = 4 : i64, num_kv_heads = 2 : i64, splits = 0 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> (tensor<1x2x0x10x8xf32>, tensor<1x2x0x10x2xf32>)
  return
}

// -----

func.func @attention_c19_scores(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>) {
  // expected-error @+1 {{parts of the keys have no scores}}
  %r:2 = tenon.attention %q, %k, %k {num_heads = 4 : i64, num_kv_heads = 2 : i64, splits = 2 : i64, scores = #tenon<scores raw>} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> (tensor<1x2x2x10x8xf32>, tensor<1x2x2x10x2xf32>)
  return
}
