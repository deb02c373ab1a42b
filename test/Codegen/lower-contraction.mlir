// RUN: tenon-opt %s --tenon-lower-contraction=vector-bytes=32 --split-input-file | FileCheck %s
// RUN: tenon-opt %s --tenon-lower-contraction="vector-bytes=64 registers=32" --split-input-file | FileCheck %s --check-prefix=WIDE
// RUN: tenon-opt %s --tenon-lower-contraction="vector-bytes=64 registers=32 bf16-products=true byte-products=true" --split-input-file | FileCheck %s --check-prefix=PAIRS
// RUN: tenon-opt %s --tenon-lower-contraction="vector-bytes=32 word-products=true" --split-input-file | FileCheck %s --check-prefix=WORDS
// RUN: tenon-opt %s --tenon-lower-contraction="vector-bytes=16 registers=32 arm bf16-products byte-products signed-byte-products" --split-input-file | FileCheck %s --check-prefix=ARM

// Thirty-two registers hold six rows of four vectors or twelve of two; a short
// axis takes a narrower register.
// WIDE-LABEL: @outer
// WIDE-COUNT-12: vector.fma {{.*}} vector<16xf32>
// WIDE-LABEL: @panels
// WIDE: scf.for {{.*}} -> (vector<8xf32>, {{.*}}) {
// WIDE-COUNT-24: vector.fma {{.*}} vector<8xf32>
// WIDE: scf.yield

// Outer form: an axis of the result that one factor shares becomes vectors; six
// rows of two vectors are held in registers over the sum.
// CHECK-LABEL: @outer
// CHECK: scf.for
// CHECK: %[[SUMS:.*]]:12 = scf.for {{.*}} -> (vector<8xf32>, {{.*}}) {
// CHECK: vector.load
// CHECK: vector.broadcast
// CHECK-COUNT-12: vector.fma
// CHECK: vector.store
// CHECK-NOT: linalg
func.func @outer(%x: memref<12x64xf32>, %w: memref<64x16xf32>, %out: memref<12x16xf32>) {
  linalg.matmul ins(%x, %w : memref<12x64xf32>, memref<64x16xf32>) outs(%out : memref<12x16xf32>)
  return
}

// -----

// Inner form: the summed axis lies contiguous in both; lanes are added at the end.
// CHECK-LABEL: @inner
// CHECK: vector.fma
// CHECK: vector.reduction <add>
// CHECK-NOT: linalg
func.func @inner(%x: memref<12x64xf32>, %w: memref<16x64xf32>, %out: memref<12x16xf32>) {
  linalg.generic {
    indexing_maps = [affine_map<(r, c, k) -> (r, k)>, affine_map<(r, c, k) -> (c, k)>, affine_map<(r, c, k) -> (r, c)>],
    iterator_types = ["parallel", "parallel", "reduction"]
  } ins(%x, %w : memref<12x64xf32>, memref<16x64xf32>) outs(%out : memref<12x16xf32>) {
  ^bb0(%a: f32, %b: f32, %s: f32):
    %p = arith.mulf %a, %b : f32
    %t = arith.addf %s, %p : f32
    linalg.yield %t : f32
  }
  return
}

// -----

// Columns that fill no vector are masked.
// CHECK-LABEL: @edge
// CHECK: vector.create_mask
// CHECK: vector.maskedload
// CHECK: vector.maskedstore
func.func @edge(%x: memref<4x8xf32>, %w: memref<8x5xf32>, %out: memref<4x5xf32>) {
  linalg.matmul ins(%x, %w : memref<4x8xf32>, memref<8x5xf32>) outs(%out : memref<4x5xf32>)
  return
}

// -----

// A factor of a narrower type is widened in registers.
// CHECK-LABEL: @widened
// CHECK: vector.load {{.*}} vector<8xbf16>
// CHECK: arith.extf {{.*}} vector<8xbf16> to vector<8xf32>
func.func @widened(%x: memref<6x8xf32>, %w: memref<8x16xbf16>, %out: memref<6x16xf32>) {
  linalg.generic {
    indexing_maps = [affine_map<(r, c, k) -> (r, k)>, affine_map<(r, c, k) -> (k, c)>, affine_map<(r, c, k) -> (r, c)>],
    iterator_types = ["parallel", "parallel", "reduction"]
  } ins(%x, %w : memref<6x8xf32>, memref<8x16xbf16>) outs(%out : memref<6x16xf32>) {
  ^bb0(%a: f32, %b: bf16, %s: f32):
    %e = arith.extf %b : bf16 to f32
    %p = arith.mulf %a, %e : f32
    %t = arith.addf %s, %p : f32
    linalg.yield %t : f32
  }
  return
}

// -----

// Neither a largest element nor a sum of 64 bits is one.
// CHECK-LABEL: @others
// CHECK-COUNT-2: linalg
func.func @others(%x: memref<8x8xf32>, %out: memref<8xf32>, %i: memref<8x8xi64>, %o: memref<8x8xi64>) {
  linalg.generic {indexing_maps = [affine_map<(r, k) -> (r, k)>, affine_map<(r, k) -> (r)>], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<8x8xf32>) outs(%out : memref<8xf32>) {
  ^bb0(%a: f32, %s: f32):
    %t = arith.maximumf %s, %a : f32
    linalg.yield %t : f32
  }
  linalg.matmul ins(%i, %i : memref<8x8xi64>, memref<8x8xi64>) outs(%o : memref<8x8xi64>)
  return
}

// -----

// After zeros the sums start in registers; what reads memory in between keeps
// them.
// CHECK-LABEL: @zeros
// CHECK-NOT: linalg.fill
// CHECK: %[[ZERO:.*]] = arith.constant dense<0.000000e+00> : vector<8xf32>
// CHECK: scf.for {{.*}} iter_args(%{{.*}} = %[[ZERO]]
// CHECK-LABEL: @between
// CHECK: linalg.fill
// CHECK: vector.load {{.*}} vector<8xf32>
func.func @zeros(%x: memref<12x64xf32>, %w: memref<64x16xf32>, %out: memref<12x16xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%out : memref<12x16xf32>)
  linalg.matmul ins(%x, %w : memref<12x64xf32>, memref<64x16xf32>) outs(%out : memref<12x16xf32>)
  return
}
func.func @between(%x: memref<12x64xf32>, %w: memref<64x16xf32>, %out: memref<12x16xf32>, %n: memref<f32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%out : memref<12x16xf32>)
  memref.store %zero, %n[] : memref<f32>
  linalg.matmul ins(%x, %w : memref<12x64xf32>, memref<64x16xf32>) outs(%out : memref<12x16xf32>)
  return
}

// -----

// One row of two vectors would wait for its own sums: four steps at once have
// sums of their own, which are added at the end.
// CHECK-LABEL: @one_row
// CHECK: scf.for {{.*}} step %c4 iter_args({{.*}}) -> (vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>)
// CHECK-COUNT-8: vector.fma
// CHECK: scf.yield
// CHECK-COUNT-6: arith.addf
func.func @one_row(%x: memref<1x64xf32>, %w: memref<64x16xf32>, %out: memref<1x16xf32>) {
  linalg.matmul ins(%x, %w : memref<1x64xf32>, memref<64x16xf32>) outs(%out : memref<1x16xf32>)
  return
}

// -----

// Bits of an integer as a factor. Many rows: it becomes one ahead of them.
// CHECK-LABEL: @high_bits
// CHECK: %[[FACTORS:.*]] = memref.alloca() {{.*}} : memref<1024xf32>
// CHECK: vector.load {{.*}} vector<8xi8>
// CHECK: arith.extui {{.*}} vector<8xi8> to vector<8xi32>
// CHECK: arith.shrui {{.*}} vector<8xi32>
// CHECK: arith.sitofp {{.*}} vector<8xi32> to vector<8xf32>
// CHECK: vector.store {{.*}}, %[[FACTORS]]
// CHECK: scf.for
// CHECK: vector.load %[[FACTORS]]
// CHECK: vector.fma
func.func @high_bits(%x: memref<96x64xf32>, %w: memref<64x16xi8>, %out: memref<96x16xf32>) {
  %four = arith.constant 4 : i32
  linalg.generic {
    indexing_maps = [affine_map<(r, c, k) -> (r, k)>, affine_map<(r, c, k) -> (k, c)>, affine_map<(r, c, k) -> (r, c)>],
    iterator_types = ["parallel", "parallel", "reduction"]
  } ins(%x, %w : memref<96x64xf32>, memref<64x16xi8>) outs(%out : memref<96x16xf32>) {
  ^bb0(%a: f32, %b: i8, %s: f32):
    %e = arith.extui %b : i8 to i32
    %h = arith.shrui %e, %four : i32
    %f = arith.sitofp %h : i32 to f32
    %p = arith.mulf %a, %f : f32
    %t = arith.addf %s, %p : f32
    linalg.yield %t : f32
  }
  return
}

// -----

// Vectors that lie far apart are copied next to each other ahead of the many
// rows that meet them.
// CHECK-LABEL: @far_apart
// CHECK: %[[NEAR:.*]] = memref.alloca() {{.*}} : memref<1024xf32>
// CHECK: vector.load
// CHECK: vector.store {{.*}}, %[[NEAR]]
// CHECK: %[[SUMS:.*]]:12 = scf.for
// CHECK: vector.load %[[NEAR]]
func.func @far_apart(%x: memref<96x64xf32>, %w: memref<64x512xf32>, %out: memref<96x512xf32>) {
  linalg.matmul ins(%x, %w : memref<96x64xf32>, memref<64x512xf32>) outs(%out : memref<96x512xf32>)
  return
}

// -----

// Of rows that exceed a second cache one block of the summed axis is copied, and
// all panels pass over it; each asks for its part of the next.
// CHECK-LABEL: @panels
// CHECK: %[[ROWS:.*]] = memref.alloca() {{.*}} : memref<26112xf32>
// CHECK: scf.for {{.*}} step %c256
// CHECK: vector.store {{.*}}, %[[ROWS]]
// CHECK: scf.for
// CHECK: scf.for
// CHECK: memref.prefetch %{{.*}}, read, locality<2>, data
// CHECK: %[[SUMS:.*]]:12 = scf.for
// CHECK: memref.load %[[ROWS]]
func.func @panels(%x: memref<96x1024xf32>, %w: memref<8x1024x16xf32>, %out: memref<96x8x16xf32>) {
  linalg.generic {
    indexing_maps = [affine_map<(r, p, c, k) -> (r, k)>, affine_map<(r, p, c, k) -> (p, k, c)>, affine_map<(r, p, c, k) -> (r, p, c)>],
    iterator_types = ["parallel", "parallel", "parallel", "reduction"]
  } ins(%x, %w : memref<96x1024xf32>, memref<8x1024x16xf32>) outs(%out : memref<96x8x16xf32>) {
  ^bb0(%a: f32, %b: f32, %s: f32):
    %p = arith.mulf %a, %b : f32
    %t = arith.addf %s, %p : f32
    linalg.yield %t : f32
  }
  return
}

// -----

// A masked vector of 16-bit floats is put together of its bits: a masked load
// would end in a call of a library for each element.
// CHECK-LABEL: @half_edge
// CHECK: scf.if %{{.*}} -> (i16)
// CHECK: memref.load %{{.*}} : memref<?xbf16
// CHECK: arith.bitcast %{{.*}} : bf16 to i16
// CHECK: vector.from_elements {{.*}} : vector<8xi16>
// CHECK: arith.bitcast %{{.*}} : vector<8xi16> to vector<8xbf16>
// CHECK-NOT: vector.maskedload %{{.*}} : {{.*}}bf16
func.func @half_edge(%x: memref<6x8xf32>, %w: memref<8x?xbf16, strided<[64, 1]>>, %out: memref<6x?xf32, strided<[64, 1]>>) {
  linalg.generic {
    indexing_maps = [affine_map<(r, c, k) -> (r, k)>, affine_map<(r, c, k) -> (k, c)>, affine_map<(r, c, k) -> (r, c)>],
    iterator_types = ["parallel", "parallel", "reduction"]
  } ins(%x, %w : memref<6x8xf32>, memref<8x?xbf16, strided<[64, 1]>>) outs(%out : memref<6x?xf32, strided<[64, 1]>>) {
  ^bb0(%a: f32, %b: bf16, %s: f32):
    %e = arith.extf %b : bf16 to f32
    %p = arith.mulf %a, %e : f32
    %t = arith.addf %s, %p : f32
    linalg.yield %t : f32
  }
  return
}

// -----

// Panels that are one vector wide: a tile takes two or three of them. Five are
// two tiles, of two and of three.
#rows = affine_map<(r, p, c, k) -> (r, k)>
#panels = affine_map<(r, p, c, k) -> (p, k, c)>
#sums = affine_map<(r, p, c, k) -> (r, p, c)>
// CHECK-LABEL: @panels
// CHECK: scf.for %{{.*}} = %c0{{.*}} to %c2{{.*}} step %c2
// CHECK: scf.for {{.*}} -> (vector<8xf32>, {{.*}}) {
// CHECK-COUNT-12: vector.fma
// CHECK: scf.yield
// CHECK: scf.for %{{.*}} = %c2{{.*}} to %c5{{.*}} step %c3
// CHECK: scf.for {{.*}} -> (vector<8xf32>, {{.*}}) {
// CHECK-COUNT-3: vector.load
// CHECK-COUNT-12: vector.fma
// CHECK: scf.yield
func.func @panels(%x: memref<12x64xf32>, %w: memref<5x64x8xf32>, %out: memref<12x5x8xf32>) {
  linalg.generic {indexing_maps = [#rows, #panels, #sums], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<12x64xf32>, memref<5x64x8xf32>) outs(%out : memref<12x5x8xf32>) {
  ^bb0(%a: f32, %b: f32, %s: f32):
    %p = arith.mulf %a, %b : f32
    %t = arith.addf %s, %p : f32
    linalg.yield %t : f32
  }
  return
}

// -----

// Rows of bf16 are widened a block at a time, next to each other; a processor that multiplies
// bf16 takes pairs of summed steps instead, the vectors' elements interleaved.
#x = affine_map<(r, c, k) -> (r, k)>
#w = affine_map<(r, c, k) -> (k, c)>
#y = affine_map<(r, c, k) -> (r, c)>
// CHECK-LABEL: @bf16
// CHECK-NOT: call_intrinsic
// CHECK: %[[ROW:.*]] = vector.load {{.*}} vector<8xbf16>
// CHECK: %[[WIDENED:.*]] = arith.extf %[[ROW]] : vector<8xbf16> to vector<8xf32>
// CHECK: vector.store %[[WIDENED]]
// CHECK: vector.broadcast {{.*}} : f32 to vector<8xf32>
// PAIRS-LABEL: @bf16
// PAIRS: %[[PAIR:.*]] = vector.interleave {{.*}} : vector<16xbf16> -> vector<32xbf16>
// PAIRS: vector.store %[[PAIR]]
// PAIRS: vector.load {{.*}} vector<2xbf16>
// PAIRS: vector.broadcast {{.*}} : i32 to vector<16xi32>
// PAIRS: llvm.call_intrinsic "llvm.x86.avx512bf16.dpbf16ps.512"({{.*}}) : (vector<16xf32>, vector<32xbf16>, vector<32xbf16>) -> vector<16xf32>
// PAIRS-NOT: vector.fma
// ARM-LABEL: @bf16
// ARM-COUNT-24: llvm.call_intrinsic "llvm.aarch64.neon.bfdot"({{.*}}) : (vector<4xf32>, vector<8xbf16>, vector<8xbf16>) -> vector<4xf32>
// ARM-NOT: vector.fma
func.func @bf16(%x: memref<24x64xbf16>, %w: memref<64x32xbf16>, %out: memref<24x32xf32>) {
  linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<24x64xbf16>, memref<64x32xbf16>) outs(%out : memref<24x32xf32>) {
  ^bb0(%a: bf16, %b: bf16, %s: f32):
    %e = arith.extf %a : bf16 to f32
    %f = arith.extf %b : bf16 to f32
    %p = arith.mulf %e, %f : f32
    %t = arith.addf %s, %p : f32
    linalg.yield %t : f32
  }
  return
}

// -----

// A few rows, and sums of an odd number of products, are not taken in pairs.
#x = affine_map<(r, c, k) -> (r, k)>
#w = affine_map<(r, c, k) -> (k, c)>
#y = affine_map<(r, c, k) -> (r, c)>
// ARM-LABEL: @not_in_pairs
// ARM-NOT: call_intrinsic
// ARM: return
// PAIRS-LABEL: @not_in_pairs
// PAIRS-NOT: call_intrinsic
// PAIRS: return
func.func @not_in_pairs(%x: memref<4x64xbf16>, %w: memref<64x32xbf16>, %out: memref<4x32xf32>, %x1: memref<24x63xbf16>, %w1: memref<63x32xbf16>, %out1: memref<24x32xf32>) {
  linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<4x64xbf16>, memref<64x32xbf16>) outs(%out : memref<4x32xf32>) {
  ^bb0(%a: bf16, %b: bf16, %s: f32):
    %e = arith.extf %a : bf16 to f32
    %f = arith.extf %b : bf16 to f32
    %p = arith.mulf %e, %f : f32
    %t = arith.addf %s, %p : f32
    linalg.yield %t : f32
  }
  linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x1, %w1 : memref<24x63xbf16>, memref<63x32xbf16>) outs(%out1 : memref<24x32xf32>) {
  ^bb0(%a: bf16, %b: bf16, %s: f32):
    %e = arith.extf %a : bf16 to f32
    %f = arith.extf %b : bf16 to f32
    %p = arith.mulf %e, %f : f32
    %t = arith.addf %s, %p : f32
    linalg.yield %t : f32
  }
  return
}

// -----

// Products of bytes: i32 lanes, or four summed steps at once.
#x = affine_map<(r, c, k) -> (r, k)>
#w = affine_map<(r, c, k) -> (k, c)>
#y = affine_map<(r, c, k) -> (r, c)>
// CHECK-LABEL: @bytes
// CHECK: arith.extsi {{.*}} vector<8xi8> to vector<8xi32>
// CHECK: %[[PRODUCT:.*]] = arith.muli {{.*}} vector<8xi32>
// CHECK: arith.addi {{.*}}%[[PRODUCT]]
// PAIRS-LABEL: @bytes
// PAIRS-COUNT-3: vector.interleave
// PAIRS: vector.store {{.*}} vector<64xi8>
// PAIRS: vector.load {{.*}} vector<4xi8>
// PAIRS: llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"
// ARM-LABEL: @bytes
// ARM-COUNT-24: llvm.call_intrinsic "llvm.aarch64.neon.usdot"({{.*}}) : (vector<4xi32>, vector<16xi8>, vector<16xi8>) -> vector<4xi32>
// WORDS-LABEL: @bytes
// WORDS: arith.extsi {{.*}} vector<8xi8> to vector<8xi16>
// WORDS: vector.interleave {{.*}} vector<8xi16> -> vector<16xi16>
// WORDS: arith.extui {{.*}} vector<2xi8> to vector<2xi16>
// WORDS: %[[PAIR:.*]] = llvm.call_intrinsic "llvm.x86.avx2.pmadd.wd"({{.*}}) : (vector<16xi16>, vector<16xi16>) -> vector<8xi32>
// WORDS: arith.addi {{.*}}%[[PAIR]]
func.func @bytes(%x: memref<24x64xi8>, %w: memref<64x32xi8>, %out: memref<24x32xi32>) {
  linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<24x64xi8>, memref<64x32xi8>) outs(%out : memref<24x32xi32>) {
  ^bb0(%a: i8, %b: i8, %s: i32):
    %e = arith.extui %a : i8 to i32
    %f = arith.extsi %b : i8 to i32
    %p = arith.muli %e, %f : i32
    %t = arith.addi %s, %p : i32
    linalg.yield %t : i32
  }
  return
}

// -----

// Signed ones: AArch64 adds up four of them, x86 two.
#x = affine_map<(r, c, k) -> (r, k)>
#w = affine_map<(r, c, k) -> (k, c)>
#y = affine_map<(r, c, k) -> (r, c)>
// PAIRS-LABEL: @signed_bytes
// PAIRS-NOT: call_intrinsic
// PAIRS: return
// ARM-LABEL: @signed_bytes
// ARM: llvm.call_intrinsic "llvm.aarch64.neon.sdot"
// WORDS-LABEL: @signed_bytes
// WORDS: llvm.call_intrinsic "llvm.x86.avx2.pmadd.wd"
func.func @signed_bytes(%x: memref<24x64xi8>, %w: memref<64x32xi8>, %out: memref<24x32xi32>) {
  linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<24x64xi8>, memref<64x32xi8>) outs(%out : memref<24x32xi32>) {
  ^bb0(%a: i8, %b: i8, %s: i32):
    %e = arith.extsi %a : i8 to i32
    %f = arith.extsi %b : i8 to i32
    %p = arith.muli %e, %f : i32
    %t = arith.addi %s, %p : i32
    linalg.yield %t : i32
  }
  return
}

// -----

// A depthwise convolution: neither factor is one number for all lanes. Of a tile of 8 (16) windows the taps of one row read 10
// (18) vectors, each of which is loaded once for all windows that share it.
#image = affine_map<(w, c, i, j) -> (i, w + j, c)>
#taps = affine_map<(w, c, i, j) -> (i, j, c)>
#row = affine_map<(w, c, i, j) -> (w, c)>
// CHECK-LABEL: @windows
// CHECK-NOT: linalg.fill
// CHECK: scf.for
// CHECK: scf.for
// CHECK: %[[SUMS:.*]]:8 = scf.for {{.*}} iter_args({{.*}}) -> (vector<8xf32>
// CHECK-COUNT-24: vector.fma
// CHECK-NOT: vector.fma
// CHECK: scf.yield
// CHECK: vector.store %[[SUMS]]#0
// The last four channels fill half a vector.
// CHECK-COUNT-24: vector.fma {{.*}} vector<4xf32>
// CHECK-COUNT-8: vector.store {{.*}} vector<4xf32>
// WIDE-LABEL: @windows
// WIDE: scf.for {{.*}} iter_args({{.*}}) -> (vector<16xf32>
// WIDE-COUNT-21: vector.load
// WIDE-NOT: vector.load
// WIDE: scf.yield
// WIDE: vector.maskedload {{.*}} into vector<8xf32>
// WIDE-COUNT-16: vector.maskedstore {{.*}} vector<8xf32>
func.func @windows(%x: memref<3x18x20xf32>, %w: memref<3x3x20xf32>, %out: memref<16x20xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%out : memref<16x20xf32>)
  linalg.generic {indexing_maps = [#image, #taps, #row], iterator_types = ["parallel", "parallel", "reduction", "reduction"]}
      ins(%x, %w : memref<3x18x20xf32>, memref<3x3x20xf32>) outs(%out : memref<16x20xf32>) {
  ^bb0(%a: f32, %b: f32, %s: f32):
    %p = arith.mulf %a, %b : f32
    %t = arith.addf %s, %p : f32
    linalg.yield %t : f32
  }
  return
}

// -----

// Windows that slide over a plane: in a row's lanes there is one weight. Eight rows of windows read ten rows of the image; those that
// the taps of a column share are loaded once.
#image = affine_map<(h, w, i, j) -> (h + i, w + j)>
#taps = affine_map<(h, w, i, j) -> (i, j)>
#result = affine_map<(h, w, i, j) -> (h, w)>
// CHECK-LABEL: @plane
// CHECK: scf.for
// CHECK: %[[SUMS:.*]]:8 = scf.for {{.*}} iter_args({{.*}}) -> (vector<8xf32>
// CHECK-COUNT-3: vector.broadcast {{.*}} : f32 to vector<8xf32>
// CHECK-COUNT-10: vector.load {{.*}} vector<8xf32>
// CHECK-NOT: vector.load
// CHECK: scf.yield
// CHECK: vector.store %[[SUMS]]#0
// The last two columns.
// CHECK: vector.maskedload {{.*}} into vector<4xf32>
func.func @plane(%x: memref<10x20xf32>, %w: memref<3x3xf32>, %out: memref<8x18xf32>) {
  linalg.generic {indexing_maps = [#image, #taps, #result], iterator_types = ["parallel", "parallel", "reduction", "reduction"]}
      ins(%x, %w : memref<10x20xf32>, memref<3x3xf32>) outs(%out : memref<8x18xf32>) {
  ^bb0(%a: f32, %b: f32, %s: f32):
    %p = arith.mulf %a, %b : f32
    %t = arith.addf %s, %p : f32
    linalg.yield %t : f32
  }
  return
}

// -----

// With a step of two, lanes are every second element of two vectors; the second ends with the last that is wanted.
#image = affine_map<(h, w, i, j) -> (2 * h + i, 2 * w + j)>
#taps = affine_map<(h, w, i, j) -> (i, j)>
#result = affine_map<(h, w, i, j) -> (h, w)>
// CHECK-LABEL: @plane_steps
// CHECK-COUNT-3: vector.broadcast {{.*}} : f32 to vector<8xf32>
// CHECK: %[[FIRST:.*]] = vector.load {{.*}} vector<8xf32>
// CHECK-NEXT: %[[SEVEN:.*]] = arith.constant 7 : index
// CHECK-NEXT: %[[NEXT:.*]] = arith.addi %{{.*}}, %[[SEVEN]] : index
// CHECK-NEXT: %[[SECOND:.*]] = vector.load %{{.*}}[%[[NEXT]]] : {{.*}} vector<8xf32>
// CHECK-NEXT: vector.shuffle %[[FIRST]], %[[SECOND]] [0, 2, 4, 6, 9, 11, 13, 15]
func.func @plane_steps(%x: memref<9x33xf32>, %w: memref<3x3xf32>, %out: memref<4x16xf32>) {
  linalg.generic {indexing_maps = [#image, #taps, #result], iterator_types = ["parallel", "parallel", "reduction", "reduction"]}
      ins(%x, %w : memref<9x33xf32>, memref<3x3xf32>) outs(%out : memref<4x16xf32>) {
  ^bb0(%a: f32, %b: f32, %s: f32):
    %p = arith.mulf %a, %b : f32
    %t = arith.addf %s, %p : f32
    linalg.yield %t : f32
  }
  return
}

// -----

// Several outputs of one image share its vectors: those are rows. Steps of three have no vectors.
#image = affine_map<(o, h, w, i, j) -> (h + i, w + j)>
#taps = affine_map<(o, h, w, i, j) -> (o, i, j)>
#result = affine_map<(o, h, w, i, j) -> (o, h, w)>
#far = affine_map<(o, h, w, i, j) -> (h + i, 3 * w + j)>
// CHECK-LABEL: @several_outputs
// CHECK: scf.for {{.*}} -> (vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>)
// CHECK-COUNT-2: vector.load
// CHECK-NOT: vector.load
// CHECK: scf.yield
// CHECK-LABEL: @far
// CHECK-NOT: vector.shuffle
// CHECK: vector.gather
func.func @several_outputs(%x: memref<10x20xf32>, %w: memref<4x3x3xf32>, %out: memref<4x8x16xf32>) {
  linalg.generic {indexing_maps = [#image, #taps, #result], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]}
      ins(%x, %w : memref<10x20xf32>, memref<4x3x3xf32>) outs(%out : memref<4x8x16xf32>) {
  ^bb0(%a: f32, %b: f32, %s: f32):
    %p = arith.mulf %a, %b : f32
    %t = arith.addf %s, %p : f32
    linalg.yield %t : f32
  }
  return
}
func.func @far(%x: memref<10x48xf32>, %w: memref<1x3x3xf32>, %out: memref<1x8x16xf32>) {
  linalg.generic {indexing_maps = [#far, #taps, #result], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]}
      ins(%x, %w : memref<10x48xf32>, memref<1x3x3xf32>) outs(%out : memref<1x8x16xf32>) {
  ^bb0(%a: f32, %b: f32, %s: f32):
    %p = arith.mulf %a, %b : f32
    %t = arith.addf %s, %p : f32
    linalg.yield %t : f32
  }
  return
}

// -----

// A sum of few products leaves registers to what comes after it: of 24 sums in
// flight 20, as ten rows of two vectors.
// WIDE-LABEL: @short
// WIDE-COUNT-20: vector.fma {{.*}} vector<16xf32>
// WIDE-NOT: vector.fma
// WIDE: scf.yield
// Of one more than a few it does not.
// WIDE-LABEL: @longer
// WIDE-COUNT-24: vector.fma {{.*}} vector<16xf32>
// WIDE: scf.yield
func.func @short(%x: memref<60x16xf32>, %w: memref<16x32xf32>, %out: memref<60x32xf32>) {
  linalg.matmul ins(%x, %w : memref<60x16xf32>, memref<16x32xf32>) outs(%out : memref<60x32xf32>)
  return
}
func.func @longer(%x: memref<60x64xf32>, %w: memref<64x32xf32>, %out: memref<60x32xf32>) {
  linalg.matmul ins(%x, %w : memref<60x64xf32>, memref<64x32xf32>) outs(%out : memref<60x32xf32>)
  return
}

// -----

// Rows of a number that is known fill tiles, where there are enough of them; the others come one by one.
// CHECK-LABEL: @known_rows
// CHECK: scf.for %{{.*}} = %c0{{.*}} to %{{.*}} step %c1
// CHECK: scf.for %{{.*}} = %c0{{.*}} to %{{.*}} step %c5
// CHECK-NOT: scf.if
// CHECK: scf.for {{.*}} -> (vector<8xf32>, {{.*}}) {
// CHECK-COUNT-10: vector.fma
// CHECK: scf.yield
func.func @known_rows(%x: memref<?x10x64xf32>, %w: memref<64x16xf32>, %out: memref<?x10x16xf32>) {
  linalg.generic {
    indexing_maps = [affine_map<(n, r, c, k) -> (n, r, k)>, affine_map<(n, r, c, k) -> (k, c)>, affine_map<(n, r, c, k) -> (n, r, c)>],
    iterator_types = ["parallel", "parallel", "parallel", "reduction"]
  } ins(%x, %w : memref<?x10x64xf32>, memref<64x16xf32>) outs(%out : memref<?x10x16xf32>) {
  ^bb0(%a: f32, %b: f32, %s: f32):
    %p = arith.mulf %a, %b : f32
    %t = arith.addf %s, %p : f32
    linalg.yield %t : f32
  }
  return
}

// -----

#rows = affine_map<(i, p, j, k) -> (i, k)>
#panels = affine_map<(i, p, j, k) -> (p, k, j)>
#sums = affine_map<(i, p, j, k) -> (i, p, j)>

// Nine panels of a vector: a tile of two, one of three and one of four, the last of six rows.
// WIDE-LABEL: @four_panels
// WIDE: scf.for {{.*}} -> (vector<16xf32>, {{.*}}) {
// WIDE-COUNT-2: vector.load
// WIDE-NOT: vector.load
// WIDE-COUNT-24: vector.fma
// WIDE: scf.yield
// WIDE: scf.for {{.*}} -> (vector<16xf32>, {{.*}}) {
// WIDE-COUNT-3: vector.load
// WIDE-NOT: vector.load
// WIDE-COUNT-24: vector.fma
// WIDE: scf.yield
// WIDE: scf.for {{.*}} -> (vector<16xf32>, {{.*}}) {
// WIDE-COUNT-4: vector.load
// WIDE-NOT: vector.load
// WIDE-COUNT-24: vector.fma
// WIDE: scf.yield
func.func @four_panels(%x: memref<24x64xf32>, %w: memref<9x64x16xf32>, %y: memref<24x9x16xf32>) {
  linalg.generic {indexing_maps = [#rows, #panels, #sums], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<24x64xf32>, memref<9x64x16xf32>) outs(%y : memref<24x9x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %m : f32
    linalg.yield %s : f32
  }
  return
}
