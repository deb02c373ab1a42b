// RUN: tenon-opt %s --convert-tenon-to-linalg --canonicalize --split-input-file | FileCheck %s

// Where scores are results, all lie in memory. A8: the heads of a group read one key; nothing is repeated.
// CHECK-LABEL: @grouped
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<1x2x4x3x8xf32>, tensor<1x2x5x8xf32>)
// CHECK-NOT: arith.cmpi
// CHECK: return
func.func @grouped(%q: tensor<1x8x3x8xf32>, %k: tensor<1x2x5x8xf32>, %v: tensor<1x2x5x8xf32>) -> tensor<1x8x3x8xf32> {
  %0:2 = tenon.attention %q, %k, %v {num_heads = 8, num_kv_heads = 2, scores = #tenon<scores probabilities>}
    : (tensor<1x8x3x8xf32>, tensor<1x2x5x8xf32>, tensor<1x2x5x8xf32>) -> (tensor<1x8x3x8xf32>, tensor<1x8x3x5xf32>)
  return %0#0 : tensor<1x8x3x8xf32>
}

// -----

// A4: causal, window and mask become one boolean; the score meets it in one select, in f32.
// CHECK-LABEL: @masked
// CHECK: arith.cmpi sle
// CHECK: arith.cmpi sgt
// CHECK: arith.andi
// CHECK: linalg.yield %{{.*}} : i1
// CHECK: arith.mulf {{.*}} : f32
// CHECK-NEXT: arith.select {{.*}} : f32
func.func @masked(%q: tensor<1x2x3x8xf16>, %k: tensor<1x2x3x8xf16>, %v: tensor<1x2x3x8xf16>, %m: tensor<3x3xi1>) -> tensor<1x2x3x8xf16> {
  %0:2 = tenon.attention %q, %k, %v mask %m {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal top_left>, window = 2, scores = #tenon<scores probabilities>}
    : (tensor<1x2x3x8xf16>, tensor<1x2x3x8xf16>, tensor<1x2x3x8xf16>, tensor<3x3xi1>) -> (tensor<1x2x3x8xf16>, tensor<1x2x3x3xf16>)
  return %0#0 : tensor<1x2x3x8xf16>
}

// -----

// A5: values past the valid length are set to 0 before they meet a probability.
// CHECK-LABEL: @valid_lengths
// CHECK: arith.ori
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<1x2x5x8xf32>, tensor<1x1x5xi1>)
// CHECK: arith.select
func.func @valid_lengths(%q: tensor<1x2x2x8xf32>, %k: tensor<1x2x5x8xf32>, %v: tensor<1x2x5x8xf32>, %n: tensor<1xi64>) -> tensor<1x2x2x8xf32> {
  %0:2 = tenon.attention %q, %k, %v valid_lengths %n {num_heads = 2, num_kv_heads = 2, scores = #tenon<scores probabilities>}
    : (tensor<1x2x2x8xf32>, tensor<1x2x5x8xf32>, tensor<1x2x5x8xf32>, tensor<1xi64>) -> (tensor<1x2x2x8xf32>, tensor<1x2x2x5xf32>)
  return %0#0 : tensor<1x2x2x8xf32>
}

// -----

// One query walks over blocks of the keys that it sees, all heads of a group at
// once: first those seen whole, then those in which some are hidden.
// CHECK-LABEL: @one_query
// CHECK: scf.forall (%{{.*}}, %{{.*}}) in (2, 8)
// CHECK: scf.for
// CHECK: tensor.extract_slice {{.*}} : tensor<2x8x256x16xf32> to tensor<64x16xf32>
// CHECK: tensor<4x16xf32>, tensor<64x16xf32>
// CHECK-NOT: arith.ori
// CHECK: scf.yield
// CHECK: scf.for
// CHECK: arith.ori
// CHECK: tensor.parallel_insert_slice
// CHECK-NOT: scf.forall
func.func @one_query(%q: tensor<2x32x1x16xf32>, %k: tensor<2x8x256x16xf32>, %v: tensor<2x8x256x16xf32>, %n: tensor<2xi64>) -> tensor<2x32x1x16xf32> {
  %0 = tenon.attention %q, %k, %v valid_lengths %n {num_heads = 32, num_kv_heads = 8, causal = #tenon<causal cached>}
    : (tensor<2x32x1x16xf32>, tensor<2x8x256x16xf32>, tensor<2x8x256x16xf32>, tensor<2xi64>) -> tensor<2x32x1x16xf32>
  return %0 : tensor<2x32x1x16xf32>
}

// -----

// A few queries are rows beside the heads of their group; only their scores have an axis for each. The last query's own key ends the walk, the
// first's what all of them see.
// CHECK-LABEL: @few_queries
// CHECK: scf.forall (%[[B:.*]], %{{.*}}) in (2, 8)
// CHECK: %[[N:.*]] = arith.index_cast %{{.*}} : i64 to index
// CHECK: %[[PLACE:.*]] = arith.subi %[[N]], %c3
// CHECK: tensor<12x16xf32>, tensor<64x16xf32>
// CHECK-NOT: tensor.expand_shape
// CHECK: scf.yield
// CHECK: scf.for
// CHECK: tensor.expand_shape {{.*}} : tensor<12x64xf32> into tensor<4x3x64xf32>
// CHECK: linalg.index 2
// CHECK: linalg.index 1
// CHECK: tensor.collapse_shape {{.*}} : tensor<4x3x64xf32> into tensor<12x64xf32>
// CHECK: tensor.parallel_insert_slice {{.*}} into tensor<2x8x1x12x16xf32>
func.func @few_queries(%q: tensor<2x32x3x16xf32>, %k: tensor<2x8x256x16xf32>, %v: tensor<2x8x256x16xf32>, %n: tensor<2xi64>) -> tensor<2x32x3x16xf32> {
  %0 = tenon.attention %q, %k, %v valid_lengths %n {num_heads = 32, num_kv_heads = 8, causal = #tenon<causal cached>}
    : (tensor<2x32x3x16xf32>, tensor<2x8x256x16xf32>, tensor<2x8x256x16xf32>, tensor<2xi64>) -> tensor<2x32x3x16xf32>
  return %0 : tensor<2x32x3x16xf32>
}

// -----

// Few heads are split along the keys, and what the splits give is put together row by row.
// CHECK-LABEL: @splits
// CHECK: %[[PARTS:.*]]:2 = scf.forall (%{{.*}}) in (4)
// CHECK: tensor.parallel_insert_slice {{.*}} into tensor<1x1x4x16x8xf32>
// CHECK: tensor.parallel_insert_slice {{.*}} into tensor<1x1x4x16x2xf32>
// CHECK: scf.forall (%{{.*}}) in (16)
// CHECK: tensor.extract_slice %[[PARTS]]#0
// CHECK: tensor.extract_slice %[[PARTS]]#1
func.func @splits(%q: tensor<1x16x1x8xf32>, %k: tensor<1x1x1024x8xf32>, %v: tensor<1x1x1024x8xf32>) -> tensor<1x16x1x8xf32> {
  %0 = tenon.attention %q, %k, %v {num_heads = 16, num_kv_heads = 1}
    : (tensor<1x16x1x8xf32>, tensor<1x1x1024x8xf32>, tensor<1x1x1024x8xf32>) -> tensor<1x16x1x8xf32>
  return %0 : tensor<1x16x1x8xf32>
}

// -----

// An op of parts leaves their join to others.
// CHECK-LABEL: @parts
// CHECK: %[[PARTS:.*]]:2 = scf.forall (%{{.*}}) in (2)
// CHECK-NOT: scf.forall (
// CHECK: return %[[PARTS]]#0, %[[PARTS]]#1
func.func @parts(%q: tensor<1x16x1x8xf32>, %k: tensor<1x1x1024x8xf32>) -> (tensor<1x1x2x16x8xf32>, tensor<1x1x2x16x2xf32>) {
  %0:2 = tenon.attention %q, %k, %k {num_heads = 16, num_kv_heads = 1, splits = 2}
    : (tensor<1x16x1x8xf32>, tensor<1x1x1024x8xf32>, tensor<1x1x1024x8xf32>) -> (tensor<1x1x2x16x8xf32>, tensor<1x1x2x16x2xf32>)
  return %0#0, %0#1 : tensor<1x1x2x16x8xf32>, tensor<1x1x2x16x2xf32>
}

// -----

// Where every key is seen by some query, the values are not copied.
// CHECK-LABEL: @bottom_right
// CHECK-NOT: arith.ori
// CHECK: return
func.func @bottom_right(%q: tensor<1x2x3x8xf32>, %k: tensor<1x2x5x8xf32>, %v: tensor<1x2x5x8xf32>) -> tensor<1x2x3x8xf32> {
  %0 = tenon.attention %q, %k, %v {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal bottom_right>}
    : (tensor<1x2x3x8xf32>, tensor<1x2x5x8xf32>, tensor<1x2x5x8xf32>) -> tensor<1x2x3x8xf32>
  return %0 : tensor<1x2x3x8xf32>
}

// -----

// A6: the cap before the mask.
// CHECK-LABEL: @softcap
// CHECK: math.tanh
// CHECK: arith.select
func.func @softcap(%q: tensor<1x2x3x8xf32>, %k: tensor<1x2x3x8xf32>, %v: tensor<1x2x3x8xf32>) -> tensor<1x2x3x8xf32> {
  %0 = tenon.attention %q, %k, %v {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal top_left>, softcap = 5.0 : f64}
    : (tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>) -> tensor<1x2x3x8xf32>
  return %0 : tensor<1x2x3x8xf32>
}

// -----

// A9: the two halves of a head, and the channels behind rotary_dim as they are.
// CHECK: affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, -d3 + 1, d4)>
// CHECK-LABEL: @rope_half
// CHECK: tenon.reshape %{{.*}} to tensor<1x2x3x2x2xf32>
// CHECK: arith.negf
func.func @rope_half(%x: tensor<1x2x3x6xf32>, %c: tensor<1x3x2xf32>, %s: tensor<1x3x2xf32>) -> tensor<1x2x3x6xf32> {
  %0 = tenon.rope %x, %c, %s {rotary_dim = 4} : (tensor<1x2x3x6xf32>, tensor<1x3x2xf32>, tensor<1x3x2xf32>) -> tensor<1x2x3x6xf32>
  return %0 : tensor<1x2x3x6xf32>
}

// -----

// A9: neighbouring channels.
// CHECK: affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, -d4 + 1)>
// CHECK-LABEL: @rope_interleaved
// CHECK: tenon.reshape %{{.*}} to tensor<1x2x3x3x2xf32>
func.func @rope_interleaved(%x: tensor<1x2x3x6xf32>, %c: tensor<1x3x3xf32>, %s: tensor<1x3x3xf32>) -> tensor<1x2x3x6xf32> {
  %0 = tenon.rope %x, %c, %s {rotary_dim = 6, interleaved} : (tensor<1x2x3x6xf32>, tensor<1x3x3xf32>, tensor<1x3x3xf32>) -> tensor<1x2x3x6xf32>
  return %0 : tensor<1x2x3x6xf32>
}

// -----

// Many queries: one kernel, no scores of all queries and keys; blocks that no
// query of the tile sees are left out.
// CHECK-LABEL: func.func @tiles(
// CHECK-NOT: tensor<1x2x100x256xf32>
// CHECK: scf.forall (%{{.*}}, %{{.*}}) = (0, 0) to (2, 100) step (1, 64)
// CHECK: scf.for
// CHECK: scf.for
// CHECK: tensor.parallel_insert_slice
func.func @tiles(%q: tensor<1x2x100x8xf32>, %k: tensor<1x2x256x8xf32>, %v: tensor<1x2x256x8xf32>) -> tensor<1x2x100x8xf32> {
  %y = tenon.attention %q, %k, %v {causal = #tenon<causal top_left>, num_heads = 2, num_kv_heads = 2} : (tensor<1x2x100x8xf32>, tensor<1x2x256x8xf32>, tensor<1x2x256x8xf32>) -> tensor<1x2x100x8xf32>
  return %y : tensor<1x2x100x8xf32>
}

// -----

// Of each block of keys the largest number of the mask is found; a block that it hides is left out, as is one that is hidden
// by a large finite number once all queries have a score.
// CHECK-LABEL: func.func @hidden_blocks(
// CHECK: scf.for {{.*}} iter_args(%[[SUMS:.*]] = %{{.*}}, %[[LARGEST:.*]] = %{{.*}}, %[[TOTAL:.*]] = %{{.*}})
// CHECK: arith.maximumf
// CHECK: arith.maximumf
// CHECK: %[[MOST:.*]] = tensor.extract
// CHECK: %[[NONE:.*]] = arith.cmpf oeq, %[[MOST]]
// CHECK: arith.minimumf
// CHECK: %[[LEAST:.*]] = tensor.extract
// CHECK: %[[FAR:.*]] = arith.cmpf ole, %[[MOST]]
// CHECK: %[[SEEN:.*]] = arith.cmpf oge, %[[LEAST]]
// CHECK: %[[BOTH:.*]] = arith.andi %[[FAR]], %[[SEEN]]
// CHECK: %[[HIDDEN:.*]] = arith.ori %[[NONE]], %[[BOTH]]
// CHECK: scf.if %[[HIDDEN]]
// CHECK-NEXT: scf.yield %[[SUMS]], %[[LARGEST]], %[[TOTAL]]
func.func @hidden_blocks(%q: tensor<1x2x100x8xf32>, %k: tensor<1x2x256x8xf32>, %v: tensor<1x2x256x8xf32>, %m: tensor<100x256xf32>) -> tensor<1x2x100x8xf32> {
  %0 = tenon.attention %q, %k, %v mask %m {num_heads = 2, num_kv_heads = 2}
      : (tensor<1x2x100x8xf32>, tensor<1x2x256x8xf32>, tensor<1x2x256x8xf32>, tensor<100x256xf32>) -> tensor<1x2x100x8xf32>
  return %0 : tensor<1x2x100x8xf32>
}

// -----

// A single block is not looked at first, nor is a mask that is the same for all keys.
// CHECK-LABEL: func.func @one_block(
// CHECK-NOT: scf.if
// CHECK: return
func.func @one_block(%q: tensor<1x2x100x8xf32>, %k: tensor<1x2x128x8xf32>, %v: tensor<1x2x128x8xf32>, %m: tensor<100x128xf32>,
                     %l: tensor<1x2x256x8xf32>, %n: tensor<100x1xf32>) -> (tensor<1x2x100x8xf32>, tensor<1x2x100x8xf32>) {
  %0 = tenon.attention %q, %k, %v mask %m {num_heads = 2, num_kv_heads = 2}
      : (tensor<1x2x100x8xf32>, tensor<1x2x128x8xf32>, tensor<1x2x128x8xf32>, tensor<100x128xf32>) -> tensor<1x2x100x8xf32>
  %1 = tenon.attention %q, %l, %l mask %n {num_heads = 2, num_kv_heads = 2}
      : (tensor<1x2x100x8xf32>, tensor<1x2x256x8xf32>, tensor<1x2x256x8xf32>, tensor<100x1xf32>) -> tensor<1x2x100x8xf32>
  return %0, %1 : tensor<1x2x100x8xf32>, tensor<1x2x100x8xf32>
}

// -----

// A cache of i8 with scales of groups of four channels: a block of it is widened where it is read, keys and values alike.
// CHECK-LABEL: @widened_in_blocks(
// CHECK-SAME: %{{.*}}, %[[K:.*]]: tensor<1x2x256x12xi8>, %{{.*}}, %[[S:.*]]: tensor<1x2x256x3xf32>
// CHECK-NOT: arith.sitofp
// CHECK: scf.forall
// CHECK: scf.for
// CHECK: %[[ROWS:.*]] = tensor.extract_slice %[[K]]{{.*}} to tensor<64x12xi8>
// CHECK: %[[SPLIT:.*]] = tensor.expand_shape %[[ROWS]] {{.*}} into tensor<64x3x4xi8>
// CHECK: %[[SCALES:.*]] = tensor.extract_slice %[[S]]{{.*}} to tensor<64x3xf32>
// CHECK: linalg.generic {{.*}} ins(%[[SPLIT]], %[[SCALES]] :
// CHECK: arith.sitofp {{.*}} : i8 to f32
// CHECK-NEXT: arith.mulf
// CHECK: tensor.collapse_shape {{.*}} into tensor<64x12xf32>
// CHECK: tensor.expand_shape {{.*}} into tensor<64x2x4xi8>
// CHECK: tensor.collapse_shape {{.*}} into tensor<64x8xf32>
func.func @widened_in_blocks(%q: tensor<1x8x1x12xf32>, %k: tensor<1x2x256x12xi8>, %n: tensor<1xi64>, %ks: tensor<1x2x256x3xf32>) -> tensor<1x8x1x8xf32> {
  %v = tenon.slice %k starts [0, 0, 0, 0] sizes [1, 2, 256, 8] steps [1, 1, 1, 1] : tensor<1x2x256x12xi8> -> tensor<1x2x256x8xi8>
  %vs = tenon.slice %ks starts [0, 0, 0, 0] sizes [1, 2, 256, 2] steps [1, 1, 1, 1] : tensor<1x2x256x3xf32> -> tensor<1x2x256x2xf32>
  %y = tenon.attention %q, %k, %v valid_lengths %n scales %ks, %vs {causal = #tenon<causal cached>, num_heads = 8 : i64, num_kv_heads = 2 : i64}
      : (tensor<1x8x1x12xf32>, tensor<1x2x256x12xi8>, tensor<1x2x256x8xi8>, tensor<1xi64>, tensor<1x2x256x3xf32>, tensor<1x2x256x2xf32>) -> tensor<1x8x1x8xf32>
  return %y : tensor<1x8x1x8xf32>
}
