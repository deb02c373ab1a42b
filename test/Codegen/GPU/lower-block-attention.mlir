// RUN: tenon-opt %s --tenon-lower-block-attention --split-input-file | FileCheck %s

// 4 warps have 64 queries, 8 tiles in all; keys and values are in two slots each.
// CHECK-LABEL: func.func @heads
// CHECK-SAME: (%[[Q:.*]]: memref<1x4x100x64xbf16>, %[[K:.*]]: memref<1x2x100x64xbf16>, %[[V:.*]]: memref<1x2x100x32xbf16>, %[[Y:.*]]: memref<1x4x100x32xbf16>, %{{.*}}: memref<1xi8>)
// CHECK-SAME: tenon.extent = 8 : i64
// CHECK-SAME: tenon.results = 1 : i64
// CHECK-SAME: tenon.shared_bytes = 37888 : i64
// CHECK-SAME: tenon.threads = 128 : i64
// CHECK-NOT: tenon.attention
// CHECK-DAG: memref.view {{.*}} to memref<1x64x72xbf16, 3>
// CHECK-DAG: memref.view {{.*}} to memref<2x64x72xbf16, 3>
// CHECK-DAG: memref.view {{.*}} to memref<2x64x40xbf16, 3>
// CHECK: nvvm.cp.async.commit.group
// CHECK: nvvm.cp.async.wait.group 0
// CHECK: gpu.barrier
// CHECK: nvvm.ldmatrix
// CHECK: scf.for
// CHECK: nvvm.cp.async.wait.group 0
// CHECK: gpu.barrier
// CHECK: nvvm.mma.sync
// CHECK: gpu.shuffle xor
// CHECK: math.exp2 {{.*}} fastmath<afn>
// CHECK: nvvm.mma.sync
// CHECK: memref.store %{{.*}}, %[[Y]]
func.func @heads(%q: tensor<1x4x100x64xbf16>, %k: tensor<1x2x100x64xbf16>, %v: tensor<1x2x100x32xbf16>, %y: tensor<1x4x100x32xbf16>)
    -> tensor<1x4x100x32xbf16> attributes {tenon.kernel} {
  %r = tenon.attention %q, %k, %v {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>}
      : (tensor<1x4x100x64xbf16>, tensor<1x2x100x64xbf16>, tensor<1x2x100x32xbf16>) -> tensor<1x4x100x32xbf16>
  return %r : tensor<1x4x100x32xbf16>
}

// -----

// Heads that lie beside each other are read where they are.
// CHECK-LABEL: func.func @rows
// CHECK-SAME: tenon.extent = 2 : i64
// CHECK: nvvm.mma.sync
func.func @rows(%q: tensor<1x64x32xf16>, %k: tensor<1x64x32xf16>, %v: tensor<1x64x32xf16>, %y: tensor<1x64x32xf16>)
    -> tensor<1x64x32xf16> attributes {tenon.kernel} {
  %r = tenon.attention %q, %k, %v {num_heads = 2, num_kv_heads = 2} : (tensor<1x64x32xf16>, tensor<1x64x32xf16>, tensor<1x64x32xf16>) -> tensor<1x64x32xf16>
  return %r : tensor<1x64x32xf16>
}

// -----

// f32, few queries, odd sizes, masks: not for tensor cores.
// CHECK-LABEL: func.func @f32
// CHECK: tenon.attention
func.func @f32(%q: tensor<1x2x64x16xf32>, %y: tensor<1x2x64x16xf32>) -> tensor<1x2x64x16xf32> attributes {tenon.kernel} {
  %r = tenon.attention %q, %q, %q {num_heads = 2, num_kv_heads = 2} : (tensor<1x2x64x16xf32>, tensor<1x2x64x16xf32>, tensor<1x2x64x16xf32>) -> tensor<1x2x64x16xf32>
  return %r : tensor<1x2x64x16xf32>
}

// CHECK-LABEL: func.func @few
// CHECK: tenon.attention
func.func @few(%q: tensor<1x2x8x16xf16>, %k: tensor<1x2x64x16xf16>, %y: tensor<1x2x8x16xf16>) -> tensor<1x2x8x16xf16> attributes {tenon.kernel} {
  %r = tenon.attention %q, %k, %k {num_heads = 2, num_kv_heads = 2} : (tensor<1x2x8x16xf16>, tensor<1x2x64x16xf16>, tensor<1x2x64x16xf16>) -> tensor<1x2x8x16xf16>
  return %r : tensor<1x2x8x16xf16>
}

// CHECK-LABEL: func.func @masked
// CHECK: tenon.attention
func.func @masked(%q: tensor<1x2x64x16xf16>, %m: tensor<64x64xi1>, %y: tensor<1x2x64x16xf16>) -> tensor<1x2x64x16xf16> attributes {tenon.kernel} {
  %r = tenon.attention %q, %q, %q mask %m {num_heads = 2, num_kv_heads = 2} : (tensor<1x2x64x16xf16>, tensor<1x2x64x16xf16>, tensor<1x2x64x16xf16>, tensor<64x64xi1>) -> tensor<1x2x64x16xf16>
  return %r : tensor<1x2x64x16xf16>
}
