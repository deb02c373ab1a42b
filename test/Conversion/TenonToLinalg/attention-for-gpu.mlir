// RUN: tenon-opt %s --convert-tenon-to-linalg=for-gpu --canonicalize --split-input-file | FileCheck %s

// Tensor cores do it as it is.
// CHECK-LABEL: func.func @whole
// CHECK: tenon.attention
// CHECK-NOT: linalg
func.func @whole(%q: tensor<16x32x1x64xf16>, %k: tensor<16x8x2048x64xf16>) -> tensor<16x32x1x64xf16> {
  %r = tenon.attention %q, %k, %k {num_heads = 32, num_kv_heads = 8} : (tensor<16x32x1x64xf16>, tensor<16x8x2048x64xf16>, tensor<16x8x2048x64xf16>) -> tensor<16x32x1x64xf16>
  return %r : tensor<16x32x1x64xf16>
}

// -----

// 8 key heads are work for 8 of a GPU's processors: parts of the keys, and a loop over rows that joins them.
// CHECK-LABEL: func.func @parts
// CHECK: %[[SUMS:.*]], %[[REST:.*]] = tenon.attention {{.*}} splits = 8 : i64} : {{.*}} -> (tensor<1x8x8x4x64xf32>, tensor<1x8x8x4x2xf32>)
// CHECK: scf.forall ({{.*}}) in (8, 4)
// CHECK: tensor.extract_slice %[[SUMS]]
// CHECK: tensor.extract_slice %[[REST]]
func.func @parts(%q: tensor<1x32x1x64xf16>, %k: tensor<1x8x2048x64xf16>) -> tensor<1x32x1x64xf16> {
  %r = tenon.attention %q, %k, %k {num_heads = 32, num_kv_heads = 8} : (tensor<1x32x1x64xf16>, tensor<1x8x2048x64xf16>, tensor<1x8x2048x64xf16>) -> tensor<1x32x1x64xf16>
  return %r : tensor<1x32x1x64xf16>
}

// -----

// f32 is the CPU's tiles.
// CHECK-LABEL: func.func @f32
// CHECK-NOT: tenon.attention
func.func @f32(%q: tensor<1x32x1x64xf32>, %k: tensor<1x8x2048x64xf32>) -> tensor<1x32x1x64xf32> {
  %r = tenon.attention %q, %k, %k {num_heads = 32, num_kv_heads = 8} : (tensor<1x32x1x64xf32>, tensor<1x8x2048x64xf32>, tensor<1x8x2048x64xf32>) -> tensor<1x32x1x64xf32>
  return %r : tensor<1x32x1x64xf32>
}
