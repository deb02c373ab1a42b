// RUN: tenon-opt %s --convert-tenon-to-linalg --canonicalize --split-input-file | FileCheck %s

// f16 is computed in f32 and rounded once.
// CHECK-LABEL: @gelu
// CHECK: arith.extf
// CHECK: math.erf {{.*}} : f32
// CHECK-COUNT-1: arith.truncf
// CHECK-NOT: arith.truncf
// CHECK: return
func.func @gelu(%x: tensor<4xf16>) -> tensor<4xf16> {
  %0 = tenon.activation gelu %x : tensor<4xf16>
  return %0 : tensor<4xf16>
}

// -----

// A3: the maximum of a masked row counts as 0, its sum as 1.
// CHECK-LABEL: @softmax
// CHECK: arith.maximumf
// CHECK: arith.cmpf oeq
// CHECK-NEXT: arith.select
// CHECK: math.exp
// CHECK: arith.cmpf oeq
// CHECK-NEXT: arith.select
// CHECK: arith.divf
func.func @softmax(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %0 = tenon.softmax %x axis 1 : tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// -----

// Out of range LLVM's conversion is undefined: both bounds and NaN are chosen.
// CHECK-LABEL: @saturating_cast
// CHECK: arith.fptosi
// CHECK-COUNT-3: arith.select
func.func @saturating_cast(%x: tensor<4xf32>) -> tensor<4xi8> {
  %0 = tenon.cast %x : tensor<4xf32> to tensor<4xi8>
  return %0 : tensor<4xi8>
}

// -----

// Floats of 8 bits have no instructions: integers only.
// CHECK-LABEL: @small_float
// CHECK-NOT: arith.truncf
// CHECK: arith.bitcast %{{.*}} : i8 to f8E4M3FN
func.func @small_float(%x: tensor<4xf32>) -> tensor<4xf8E4M3FN> {
  %0 = tenon.cast %x {saturate} : tensor<4xf32> to tensor<4xf8E4M3FN>
  return %0 : tensor<4xf8E4M3FN>
}

// -----

// Repetition and permutation are in the maps alone, where fusion finds them.
// CHECK-DAG: affine_map<(d0, d1) -> (d0, 0)>
// CHECK-DAG: affine_map<(d0, d1) -> (d1, d0)>
// CHECK-LABEL: @shapes
func.func @shapes(%x: tensor<4x1xf32>) -> tensor<5x4xf32> {
  %0 = tenon.broadcast %x : tensor<4x1xf32> to tensor<4x5xf32>
  %1 = tenon.transpose %0 [1, 0] : tensor<4x5xf32> -> tensor<5x4xf32>
  return %1 : tensor<5x4xf32>
}
