// RUN: tenon-opt %s | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --mlir-print-op-generic | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --emit-bytecode | tenon-opt | FileCheck %s

// What is written is what is printed, also from the generic form and from bytecode.

// CHECK-LABEL: func.func @attention_split(
func.func @attention_split(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %v: tensor<1x2x6x7xf32>) {
  // CHECK: tenon.attention %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x7xf32>) -> tensor<1x4x5x7xf32>
  %0 = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x7xf32>) -> tensor<1x4x5x7xf32>
  return
}

// CHECK-LABEL: func.func @attention_packed(
func.func @attention_packed(%q: tensor<1x5x32xf32>, %k: tensor<1x6x16xf32>, %v: tensor<1x6x14xf32>) {
  // CHECK: tenon.attention %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x5x32xf32>, tensor<1x6x16xf32>, tensor<1x6x14xf32>) -> tensor<1x5x28xf32>
  %0 = tenon.attention %q, %k, %v {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x5x32xf32>, tensor<1x6x16xf32>, tensor<1x6x14xf32>) -> tensor<1x5x28xf32>
  return
}

// CHECK-LABEL: func.func @attention_multi_query(
func.func @attention_multi_query(%q: tensor<1x5x32xf32>, %k: tensor<1x6x8xf32>) {
  // CHECK: tenon.attention %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} {num_heads = 4 : i64, num_kv_heads = 1 : i64} : (tensor<1x5x32xf32>, tensor<1x6x8xf32>, tensor<1x6x8xf32>) -> tensor<1x5x32xf32>
  %0 = tenon.attention %q, %k, %k {num_heads = 4 : i64, num_kv_heads = 1 : i64} : (tensor<1x5x32xf32>, tensor<1x6x8xf32>, tensor<1x6x8xf32>) -> tensor<1x5x32xf32>
  return
}

// CHECK-LABEL: func.func @attention_masked(
func.func @attention_masked(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %m: tensor<5x6xi1>, %f: tensor<1x1x5x4xf32>,
    %s: tensor<5x1xi1>) {
  // CHECK: tenon.attention %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} mask %{{[a-z0-9]+}} {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<5x6xi1>) -> tensor<1x4x5x8xf32>
  %0 = tenon.attention %q, %k, %k mask %m {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<5x6xi1>) -> tensor<1x4x5x8xf32>
  // CHECK: tenon.attention %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} mask %{{[a-z0-9]+}} {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<1x1x5x4xf32>) -> tensor<1x4x5x8xf32>
  %1 = tenon.attention %q, %k, %k mask %f {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<1x1x5x4xf32>) -> tensor<1x4x5x8xf32>
  // CHECK: tenon.attention %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} mask %{{[a-z0-9]+}} {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<5x1xi1>) -> tensor<1x4x5x8xf32>
  %2 = tenon.attention %q, %k, %k mask %s {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<5x1xi1>) -> tensor<1x4x5x8xf32>
  return
}

// CHECK-LABEL: func.func @attention_causal(
func.func @attention_causal(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>) {
  // CHECK: tenon.attention %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} {causal = #tenon<causal top_left>, num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x8xf32>
  %0 = tenon.attention %q, %k, %k {causal = #tenon<causal top_left>, num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x8xf32>
  // CHECK: tenon.attention %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} {causal = #tenon<causal bottom_right>, num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x8xf32>
  %1 = tenon.attention %q, %k, %k {causal = #tenon<causal bottom_right>, num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x8xf32>
  // CHECK: tenon.attention %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} {num_heads = 4 : i64, num_kv_heads = 2 : i64, window = 3 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x8xf32>
  %2 = tenon.attention %q, %k, %k {num_heads = 4 : i64, num_kv_heads = 2 : i64, window = 3 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// CHECK-LABEL: func.func @attention_cached(
func.func @attention_cached(%q: tensor<1x4x1x8xf32>, %k: tensor<1x2x1x8xf32>, %pk: tensor<1x2x6x8xf32>, %n: tensor<1xi64>) {
  // CHECK: tenon.attention %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} past %{{[a-z0-9]+}}, %{{[a-z0-9]+}} {causal = #tenon<causal cached>, num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x1x8xf32>, tensor<1x2x1x8xf32>, tensor<1x2x1x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x1x8xf32>
  %0 = tenon.attention %q, %k, %k past %pk, %pk {causal = #tenon<causal cached>, num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x1x8xf32>, tensor<1x2x1x8xf32>, tensor<1x2x1x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>) -> tensor<1x4x1x8xf32>
  // CHECK: tenon.attention %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} valid_lengths %{{[a-z0-9]+}} {causal = #tenon<causal cached>, num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x1x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<1xi64>) -> tensor<1x4x1x8xf32>
  %1 = tenon.attention %q, %pk, %pk valid_lengths %n {causal = #tenon<causal cached>, num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x1x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<1xi64>) -> tensor<1x4x1x8xf32>
  return
}

// CHECK-LABEL: func.func @attention_scores(
func.func @attention_scores(%q: tensor<1x4x5x8xf16>, %k: tensor<1x2x6x8xf16>) {
  // CHECK: tenon.attention %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} {num_heads = 4 : i64, num_kv_heads = 2 : i64, scale = 2.500000e-01 : f64, scores = #tenon<scores raw>, softcap = 3.000000e+01 : f64} : (tensor<1x4x5x8xf16>, tensor<1x2x6x8xf16>, tensor<1x2x6x8xf16>) -> (tensor<1x4x5x8xf16>, tensor<1x4x5x6xf16>)
  %0:2 = tenon.attention %q, %k, %k {num_heads = 4 : i64, num_kv_heads = 2 : i64, scale = 2.500000e-01 : f64, scores = #tenon<scores raw>, softcap = 3.000000e+01 : f64} : (tensor<1x4x5x8xf16>, tensor<1x2x6x8xf16>, tensor<1x2x6x8xf16>) -> (tensor<1x4x5x8xf16>, tensor<1x4x5x6xf16>)
  // CHECK: tenon.attention %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} {num_heads = 4 : i64, num_kv_heads = 2 : i64, scale = 2.500000e-01 : f64, scores = #tenon<scores softcapped>, softcap = 3.000000e+01 : f64} : (tensor<1x4x5x8xf16>, tensor<1x2x6x8xf16>, tensor<1x2x6x8xf16>) -> (tensor<1x4x5x8xf16>, tensor<1x4x5x6xf16>)
  %1:2 = tenon.attention %q, %k, %k {num_heads = 4 : i64, num_kv_heads = 2 : i64, scale = 2.500000e-01 : f64, scores = #tenon<scores softcapped>, softcap = 3.000000e+01 : f64} : (tensor<1x4x5x8xf16>, tensor<1x2x6x8xf16>, tensor<1x2x6x8xf16>) -> (tensor<1x4x5x8xf16>, tensor<1x4x5x6xf16>)
  // CHECK: tenon.attention %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} {num_heads = 4 : i64, num_kv_heads = 2 : i64, scale = 2.500000e-01 : f64, scores = #tenon<scores masked>, softcap = 3.000000e+01 : f64} : (tensor<1x4x5x8xf16>, tensor<1x2x6x8xf16>, tensor<1x2x6x8xf16>) -> (tensor<1x4x5x8xf16>, tensor<1x4x5x6xf16>)
  %2:2 = tenon.attention %q, %k, %k {num_heads = 4 : i64, num_kv_heads = 2 : i64, scale = 2.500000e-01 : f64, scores = #tenon<scores masked>, softcap = 3.000000e+01 : f64} : (tensor<1x4x5x8xf16>, tensor<1x2x6x8xf16>, tensor<1x2x6x8xf16>) -> (tensor<1x4x5x8xf16>, tensor<1x4x5x6xf16>)
  // CHECK: tenon.attention %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} {num_heads = 4 : i64, num_kv_heads = 2 : i64, scale = 2.500000e-01 : f64, scores = #tenon<scores probabilities>, softcap = 3.000000e+01 : f64} : (tensor<1x4x5x8xf16>, tensor<1x2x6x8xf16>, tensor<1x2x6x8xf16>) -> (tensor<1x4x5x8xf16>, tensor<1x4x5x6xf16>)
  %3:2 = tenon.attention %q, %k, %k {num_heads = 4 : i64, num_kv_heads = 2 : i64, scale = 2.500000e-01 : f64, scores = #tenon<scores probabilities>, softcap = 3.000000e+01 : f64} : (tensor<1x4x5x8xf16>, tensor<1x2x6x8xf16>, tensor<1x2x6x8xf16>) -> (tensor<1x4x5x8xf16>, tensor<1x4x5x6xf16>)
  return
}

// CHECK-LABEL: func.func @attention_all_operands(
func.func @attention_all_operands(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xf32>, %m: tensor<1x4x5x9xf32>, %p: tensor<1x2x3x8xf32>,
    %n: tensor<1xi32>) {
  // CHECK: tenon.attention %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} mask %{{[a-z0-9]+}} past %{{[a-z0-9]+}}, %{{[a-z0-9]+}} valid_lengths %{{[a-z0-9]+}} {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<1x4x5x9xf32>, tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>, tensor<1xi32>) -> tensor<1x4x5x8xf32>
  %0 = tenon.attention %q, %k, %k mask %m past %p, %p valid_lengths %n {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xf32>, tensor<1x2x6x8xf32>, tensor<1x4x5x9xf32>, tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>, tensor<1xi32>) -> tensor<1x4x5x8xf32>
  return
}

// CHECK-LABEL: func.func @attention_nothing(
func.func @attention_nothing(%q: tensor<1x4x0x8xf32>, %k: tensor<1x2x0x8xf32>, %p: tensor<1x4x5x8xf32>) {
  // CHECK: tenon.attention %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x0x8xf32>, tensor<1x2x0x8xf32>, tensor<1x2x0x8xf32>) -> tensor<1x4x0x8xf32>
  %0 = tenon.attention %q, %k, %k {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x0x8xf32>, tensor<1x2x0x8xf32>, tensor<1x2x0x8xf32>) -> tensor<1x4x0x8xf32>
  // CHECK: tenon.attention %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x0x8xf32>, tensor<1x2x0x8xf32>) -> tensor<1x4x5x8xf32>
  %1 = tenon.attention %p, %k, %k {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x0x8xf32>, tensor<1x2x0x8xf32>) -> tensor<1x4x5x8xf32>
  return
}

// CHECK-LABEL: func.func @rope(
func.func @rope(%x: tensor<1x4x5x8xf32>, %y: tensor<1x5x32xf32>, %c: tensor<9x4xf32>, %i: tensor<1x5xi64>,
    %d: tensor<1x5x3xf32>) {
  // CHECK: tenon.rope %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} positions %{{[a-z0-9]+}} {rotary_dim = 8 : i64} : (tensor<1x4x5x8xf32>, tensor<9x4xf32>, tensor<9x4xf32>, tensor<1x5xi64>) -> tensor<1x4x5x8xf32>
  %0 = tenon.rope %x, %c, %c positions %i {rotary_dim = 8 : i64} : (tensor<1x4x5x8xf32>, tensor<9x4xf32>, tensor<9x4xf32>, tensor<1x5xi64>) -> tensor<1x4x5x8xf32>
  // CHECK: tenon.rope %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} {interleaved, num_heads = 4 : i64, rotary_dim = 6 : i64} : (tensor<1x5x32xf32>, tensor<1x5x3xf32>, tensor<1x5x3xf32>) -> tensor<1x5x32xf32>
  %1 = tenon.rope %y, %d, %d {interleaved, num_heads = 4 : i64, rotary_dim = 6 : i64} : (tensor<1x5x32xf32>, tensor<1x5x3xf32>, tensor<1x5x3xf32>) -> tensor<1x5x32xf32>
  return
}

// CHECK-LABEL: func.func @cache_update(
func.func @cache_update(%c: tensor<2x4x16x8xf16>, %r: tensor<2x3x32xf16>, %s: tensor<2x4x3x8xf16>, %p: tensor<2xi64>, %q: tensor<2xi32>) {
  // CHECK: tenon.cache_update %{{[a-z0-9]+}}, %{{[a-z0-9]+}} at %{{[a-z0-9]+}} : (tensor<2x4x16x8xf16>, tensor<2x3x32xf16>, tensor<2xi64>) -> tensor<2x4x16x8xf16>
  %0 = tenon.cache_update %c, %r at %p : (tensor<2x4x16x8xf16>, tensor<2x3x32xf16>, tensor<2xi64>) -> tensor<2x4x16x8xf16>
  // CHECK: tenon.cache_update {{.*}} : (tensor<2x4x16x8xf16>, tensor<2x4x3x8xf16>, tensor<2xi32>) -> tensor<2x4x16x8xf16>
  %1 = tenon.cache_update %c, %s at %q : (tensor<2x4x16x8xf16>, tensor<2x4x3x8xf16>, tensor<2xi32>) -> tensor<2x4x16x8xf16>
  return
}

// CHECK-LABEL: func.func @narrow_caches(
func.func @narrow_caches(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x6x8xbf16>, %i: tensor<1x2x6x8xi8>, %s: tensor<1x2x6x1xf32>, %g: tensor<1x2x6x4xf32>, %n: tensor<1xi64>, %r: tensor<1x2x1x8xi8>) {
  // CHECK: tenon.attention {{.*}} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xbf16>, tensor<1x2x6x8xbf16>) -> tensor<1x4x5x8xf32>
  %0 = tenon.attention %q, %k, %k {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xbf16>, tensor<1x2x6x8xbf16>) -> tensor<1x4x5x8xf32>
  // CHECK: tenon.cache_update {{.*}} -> tensor<1x2x6x8xi8>
  %1 = tenon.cache_update %i, %r at %n : (tensor<1x2x6x8xi8>, tensor<1x2x1x8xi8>, tensor<1xi64>) -> tensor<1x2x6x8xi8>
  // CHECK: tenon.attention %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} valid_lengths %{{[a-z0-9]+}} scales %{{[a-z0-9]+}}, %{{[a-z0-9]+}} {
  %2 = tenon.attention %q, %1, %i valid_lengths %n scales %s, %s {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xi8>, tensor<1x2x6x8xi8>, tensor<1xi64>, tensor<1x2x6x1xf32>, tensor<1x2x6x1xf32>) -> tensor<1x4x5x8xf32>
  // CHECK: tenon.attention {{.*}} scales {{.*}}, tensor<1x2x6x4xf32>, tensor<1x2x6x1xf32>) -> tensor<1x4x5x8xf32>
  %3 = tenon.attention %q, %1, %i scales %g, %s {num_heads = 4 : i64, num_kv_heads = 2 : i64} : (tensor<1x4x5x8xf32>, tensor<1x2x6x8xi8>, tensor<1x2x6x8xi8>, tensor<1x2x6x4xf32>, tensor<1x2x6x1xf32>) -> tensor<1x4x5x8xf32>
  return
}
