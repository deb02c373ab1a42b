// RUN: tenon-opt %s --tenon-choose-mla=products-per-byte=0 --split-input-file | FileCheck %s
// RUN: tenon-opt %s --tenon-choose-mla=form=expanded --split-input-file | FileCheck %s --check-prefix=ASKED
// RUN: not tenon-opt %s --tenon-choose-mla=form=both --split-input-file 2>&1 | FileCheck %s --check-prefix=WRONG

// WRONG: tenon-choose-mla: form 'both' is none of auto, absorbed, expanded

// By products alone. DeepSeek-V3's sizes and a million keys: the forms cost the same at 170.6 queries (SEMANTICS B1).
// CHECK-LABEL: @v3_170(
// CHECK: form = #tenon<mla_form absorbed>
func.func @v3_170(%q: tensor<1x128x170x128xf32>, %qr: tensor<1x128x170x64xf32>, %c: tensor<1x1000000x512xf32>, %kr: tensor<1x1000000x64xf32>, %w: tensor<32768x512xf32>) -> tensor<1x128x170x128xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x128x170x128xf32>, tensor<1x128x170x64xf32>, tensor<1x1000000x512xf32>, tensor<1x1000000x64xf32>, tensor<32768x512xf32>) -> tensor<1x128x170x128xf32>
  return %y : tensor<1x128x170x128xf32>
}

// CHECK-LABEL: @v3_171(
// CHECK: form = #tenon<mla_form expanded>
func.func @v3_171(%q: tensor<1x128x171x128xf32>, %qr: tensor<1x128x171x64xf32>, %c: tensor<1x1000000x512xf32>, %kr: tensor<1x1000000x64xf32>, %w: tensor<32768x512xf32>) -> tensor<1x128x171x128xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x128x171x128xf32>, tensor<1x128x171x64xf32>, tensor<1x1000000x512xf32>, tensor<1x1000000x64xf32>, tensor<32768x512xf32>) -> tensor<1x128x171x128xf32>
  return %y : tensor<1x128x171x128xf32>
}

// Key parts of 192 and value heads of 256: 398.1 queries.
// CHECK-LABEL: @wide_398(
// CHECK: form = #tenon<mla_form absorbed>
func.func @wide_398(%q: tensor<1x2x398x192xf32>, %qr: tensor<1x2x398x64xf32>, %c: tensor<1x1000000x512xf32>, %kr: tensor<1x1000000x64xf32>, %w: tensor<896x512xf32>) -> tensor<1x2x398x256xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x2x398x192xf32>, tensor<1x2x398x64xf32>, tensor<1x1000000x512xf32>, tensor<1x1000000x64xf32>, tensor<896x512xf32>) -> tensor<1x2x398x256xf32>
  return %y : tensor<1x2x398x256xf32>
}

// CHECK-LABEL: @wide_399(
// CHECK: form = #tenon<mla_form expanded>
func.func @wide_399(%q: tensor<1x2x399x192xf32>, %qr: tensor<1x2x399x64xf32>, %c: tensor<1x1000000x512xf32>, %kr: tensor<1x1000000x64xf32>, %w: tensor<896x512xf32>) -> tensor<1x2x399x256xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x2x399x192xf32>, tensor<1x2x399x64xf32>, tensor<1x1000000x512xf32>, tensor<1x1000000x64xf32>, tensor<896x512xf32>) -> tensor<1x2x399x256xf32>
  return %y : tensor<1x2x399x256xf32>
}

// 64 queries: the forms cost the same at 102.4 keys.
// CHECK-LABEL: @keys_102(
// CHECK: form = #tenon<mla_form expanded>
func.func @keys_102(%q: tensor<1x128x64x128xf32>, %qr: tensor<1x128x64x64xf32>, %c: tensor<1x102x512xf32>, %kr: tensor<1x102x64xf32>, %w: tensor<32768x512xf32>) -> tensor<1x128x64x128xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x128x64x128xf32>, tensor<1x128x64x64xf32>, tensor<1x102x512xf32>, tensor<1x102x64xf32>, tensor<32768x512xf32>) -> tensor<1x128x64x128xf32>
  return %y : tensor<1x128x64x128xf32>
}

// CHECK-LABEL: @keys_103(
// CHECK: form = #tenon<mla_form absorbed>
func.func @keys_103(%q: tensor<1x128x64x128xf32>, %qr: tensor<1x128x64x64xf32>, %c: tensor<1x103x512xf32>, %kr: tensor<1x103x64xf32>, %w: tensor<32768x512xf32>) -> tensor<1x128x64x128xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x128x64x128xf32>, tensor<1x128x64x64xf32>, tensor<1x103x512xf32>, tensor<1x103x64xf32>, tensor<32768x512xf32>) -> tensor<1x128x64x128xf32>
  return %y : tensor<1x128x64x128xf32>
}

// As many queries as keys, however few or many.
// CHECK-LABEL: @fresh_1(
// CHECK: form = #tenon<mla_form expanded>
func.func @fresh_1(%q: tensor<1x128x1x128xf32>, %qr: tensor<1x128x1x64xf32>, %c: tensor<1x1x512xf32>, %kr: tensor<1x1x64xf32>, %w: tensor<32768x512xf32>) -> tensor<1x128x1x128xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x128x1x128xf32>, tensor<1x128x1x64xf32>, tensor<1x1x512xf32>, tensor<1x1x64xf32>, tensor<32768x512xf32>) -> tensor<1x128x1x128xf32>
  return %y : tensor<1x128x1x128xf32>
}

// CHECK-LABEL: @fresh_4096(
// CHECK: form = #tenon<mla_form expanded>
func.func @fresh_4096(%q: tensor<1x128x4096x128xf32>, %qr: tensor<1x128x4096x64xf32>, %c: tensor<1x4096x512xf32>, %kr: tensor<1x4096x64xf32>, %w: tensor<32768x512xf32>) -> tensor<1x128x4096x128xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x128x4096x128xf32>, tensor<1x128x4096x64xf32>, tensor<1x4096x512xf32>, tensor<1x4096x64xf32>, tensor<32768x512xf32>) -> tensor<1x128x4096x128xf32>
  return %y : tensor<1x128x4096x128xf32>
}

// Behind a cache: one token meets the latents however many there are, a cache that the tokens fill holds no more.
// CHECK-LABEL: @decode(
// CHECK: form = #tenon<mla_form absorbed>
func.func @decode(%q: tensor<2x128x1x128xf32>, %qr: tensor<2x128x1x64xf32>, %c: tensor<2x4096x512xf32>, %kr: tensor<2x4096x64xf32>, %w: tensor<32768x512xf32>, %n: tensor<2xi64>) -> tensor<2x128x1x128xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w valid_lengths %n {causal = #tenon<causal cached>} : (tensor<2x128x1x128xf32>, tensor<2x128x1x64xf32>, tensor<2x4096x512xf32>, tensor<2x4096x64xf32>, tensor<32768x512xf32>, tensor<2xi64>) -> tensor<2x128x1x128xf32>
  return %y : tensor<2x128x1x128xf32>
}

// CHECK-LABEL: @last_chunk(
// CHECK: form = #tenon<mla_form expanded>
func.func @last_chunk(%q: tensor<1x128x256x128xf32>, %qr: tensor<1x128x256x64xf32>, %c: tensor<1x256x512xf32>, %kr: tensor<1x256x64xf32>, %w: tensor<32768x512xf32>, %n: tensor<1xi64>) -> tensor<1x128x256x128xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w valid_lengths %n {causal = #tenon<causal cached>} : (tensor<1x128x256x128xf32>, tensor<1x128x256x64xf32>, tensor<1x256x512xf32>, tensor<1x256x64xf32>, tensor<32768x512xf32>, tensor<1xi64>) -> tensor<1x128x256x128xf32>
  return %y : tensor<1x128x256x128xf32>
}

// Others choose in each run. As many keys as queries, at the start of a prompt, are expanded, more are not.
// CHECK-LABEL: @chunk_64(
// CHECK-SAME: %[[C:[^:]*]]: tensor<1x4096x512xf32>, %[[KR:[^:]*]]: tensor<1x4096x64xf32>
// CHECK-SAME: %[[N:[^:]*]]: tensor<1xi64>
// CHECK-DAG: %[[ZERO:.*]] = arith.constant dense<0> : tensor<i64>
// CHECK-DAG: %[[MOST:.*]] = arith.constant dense<64> : tensor<i64>
// CHECK-DAG: %[[LONGEST:.*]] = tenon.reduce max %[[N]] axes [0] : tensor<1xi64> -> tensor<i64>
// CHECK: %[[MORE:.*]] = arith.cmpi sgt, %[[LONGEST]], %[[MOST]]
// CHECK: %[[ONE:.*]] = arith.extui %[[MORE]]
// CHECK: %[[RANGE:.*]] = arith.addi %[[ZERO]], %[[ONE]]
// CHECK: %[[NUMBER:.*]] = tensor.extract %[[RANGE]][]
// CHECK: %[[INDEX:.*]] = arith.index_cast %[[NUMBER]]
// CHECK: scf.index_switch %[[INDEX]]
// CHECK: case 0 {
// CHECK: %[[C0:.*]] = tenon.slice %[[C]] starts [0, 0, 0] sizes [1, 64, 512]
// CHECK: %[[KR0:.*]] = tenon.slice %[[KR]] starts [0, 0, 0] sizes [1, 64, 64]
// CHECK: tenon.mla %{{.*}}, %{{.*}}, %[[C0]], %[[KR0]], %{{.*}} valid_lengths %[[N]] {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>}
// CHECK: default {
// CHECK: tenon.mla %{{.*}}, %{{.*}}, %[[C]], %[[KR]], %{{.*}} valid_lengths %[[N]] {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>}
func.func @chunk_64(%q: tensor<1x128x64x128xf32>, %qr: tensor<1x128x64x64xf32>, %c: tensor<1x4096x512xf32>, %kr: tensor<1x4096x64xf32>, %w: tensor<32768x512xf32>, %n: tensor<1xi64>) -> tensor<1x128x64x128xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w valid_lengths %n {causal = #tenon<causal cached>} : (tensor<1x128x64x128xf32>, tensor<1x128x64x64xf32>, tensor<1x4096x512xf32>, tensor<1x4096x64xf32>, tensor<32768x512xf32>, tensor<1xi64>) -> tensor<1x128x64x128xf32>
  return %y : tensor<1x128x64x128xf32>
}

// Scales of a cache of i8 go with what they scale.
// CHECK-LABEL: @bytes_64(
// CHECK-SAME: %[[CS:[^:]*]]: tensor<1x4096x8xf32>, %[[KS:[^:]*]]: tensor<1x4096x1xf32>
// CHECK: case 0 {
// CHECK: %[[CS0:.*]] = tenon.slice %[[CS]] starts [0, 0, 0] sizes [1, 64, 8]
// CHECK: %[[KS0:.*]] = tenon.slice %[[KS]] starts [0, 0, 0] sizes [1, 64, 1]
// CHECK: tenon.mla {{.*}} scales %[[CS0]], %[[KS0]] {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>}
// CHECK: default {
// CHECK: tenon.mla {{.*}} scales %[[CS]], %[[KS]] {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>}
func.func @bytes_64(%q: tensor<1x128x64x128xf32>, %qr: tensor<1x128x64x64xf32>, %c: tensor<1x4096x512xi8>, %kr: tensor<1x4096x64xi8>, %w: tensor<32768x512xf32>, %n: tensor<1xi64>, %cs: tensor<1x4096x8xf32>, %ks: tensor<1x4096x1xf32>) -> tensor<1x128x64x128xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w valid_lengths %n scales %cs, %ks {causal = #tenon<causal cached>} : (tensor<1x128x64x128xf32>, tensor<1x128x64x64xf32>, tensor<1x4096x512xi8>, tensor<1x4096x64xi8>, tensor<32768x512xf32>, tensor<1xi64>, tensor<1x4096x8xf32>, tensor<1x4096x1xf32>) -> tensor<1x128x64x128xf32>
  return %y : tensor<1x128x64x128xf32>
}

// More queries than the forms' crossing: expanded always, but only as many keys as there may be.
// CHECK-LABEL: @chunk_256(
// CHECK: case 0 {
// CHECK: tenon.slice {{.*}} sizes [1, 256, 512]
// CHECK: form = #tenon<mla_form expanded>
// CHECK: case 1 {
// CHECK: tenon.slice {{.*}} sizes [1, 512, 512]
// CHECK: form = #tenon<mla_form expanded>
// CHECK: case 2 {
// CHECK: tenon.slice {{.*}} sizes [1, 1024, 512]
// CHECK: case 3 {
// CHECK: tenon.slice {{.*}} sizes [1, 2048, 512]
// CHECK: default {
// CHECK-NOT: tenon.slice
// CHECK: form = #tenon<mla_form expanded>
func.func @chunk_256(%q: tensor<1x128x256x128xf32>, %qr: tensor<1x128x256x64xf32>, %c: tensor<1x4096x512xf32>, %kr: tensor<1x4096x64xf32>, %w: tensor<32768x512xf32>, %n: tensor<1xi64>) -> tensor<1x128x256x128xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w valid_lengths %n {causal = #tenon<causal cached>} : (tensor<1x128x256x128xf32>, tensor<1x128x256x64xf32>, tensor<1x4096x512xf32>, tensor<1x4096x64xf32>, tensor<32768x512xf32>, tensor<1xi64>) -> tensor<1x128x256x128xf32>
  return %y : tensor<1x128x256x128xf32>
}

// What has a form keeps it.
// ASKED-LABEL: @asked(
// ASKED: form = #tenon<mla_form absorbed>
// CHECK-LABEL: @asked(
// CHECK: form = #tenon<mla_form absorbed>
func.func @asked(%q: tensor<1x128x4x128xf32>, %qr: tensor<1x128x4x64xf32>, %c: tensor<1x4x512xf32>, %kr: tensor<1x4x64xf32>, %w: tensor<32768x512xf32>) -> tensor<1x128x4x128xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w {form = #tenon<mla_form absorbed>} : (tensor<1x128x4x128xf32>, tensor<1x128x4x64xf32>, tensor<1x4x512xf32>, tensor<1x4x64xf32>, tensor<32768x512xf32>) -> tensor<1x128x4x128xf32>
  return %y : tensor<1x128x4x128xf32>
}

// -----

// Sizes that are not known: no cost, unless a form is asked for.
// ASKED-LABEL: @unknown(
// ASKED: form = #tenon<mla_form expanded>
// CHECK-LABEL: @unknown(
// CHECK: tenon.mla
// CHECK-NOT: form
func.func @unknown(%q: tensor<1x2x?x8xf32>, %qr: tensor<1x2x?x4xf32>, %c: tensor<1x9x16xf32>, %kr: tensor<1x9x4xf32>, %w: tensor<48x16xf32>) -> tensor<1x2x?x16xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x2x?x8xf32>, tensor<1x2x?x4xf32>, tensor<1x9x16xf32>, tensor<1x9x4xf32>, tensor<48x16xf32>) -> tensor<1x2x?x16xf32>
  return %y : tensor<1x2x?x16xf32>
}
