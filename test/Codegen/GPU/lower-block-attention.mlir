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
// CHECK: vector.store %{{.*}}, %[[Y]]
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

// Of few queries the heads of a group are rows of one tile: 4 heads by 8 queries, 2 tiles of 16 rows, which all warps share.
// CHECK-LABEL: func.func @few
// CHECK-SAME: tenon.extent = 2 : i64
// CHECK-DAG: memref.view {{.*}} to memref<1x32x72xf16, 3>
// CHECK-DAG: memref.view {{.*}} to memref<4x32xf32, 3>
// CHECK: scf.for
// CHECK: scf.for
// CHECK: nvvm.mma.sync
// CHECK: memref.store %{{.*}} : memref<4x32xf32, 3>
// CHECK: gpu.barrier
// CHECK: vector.store %{{.*}} : memref<1x32x72xf16, 3>, vector<2xf16>
// CHECK: gpu.barrier
// CHECK: nvvm.ldmatrix
// CHECK: nvvm.mma.sync
func.func @few(%q: tensor<1x8x8x64xf16>, %k: tensor<1x2x64x64xf16>, %y: tensor<1x8x8x64xf16>) -> tensor<1x8x8x64xf16> attributes {tenon.kernel} {
  %r = tenon.attention %q, %k, %k {num_heads = 8, num_kv_heads = 2} : (tensor<1x8x8x64xf16>, tensor<1x2x64x64xf16>, tensor<1x2x64x64xf16>) -> tensor<1x8x8x64xf16>
  return %r : tensor<1x8x8x64xf16>
}

// -----

// A warp that a mask hides all of a block from does nothing with it; values that nobody sees are made zeros.
// CHECK-LABEL: func.func @masked
// CHECK: scf.for
// CHECK: scf.for
// CHECK: vector.load %{{.*}} : memref<64x64xi1>
// CHECK: gpu.shuffle xor
// CHECK: %[[ANY:.*]] = arith.cmpi eq
// CHECK: scf.if %[[ANY]]
// CHECK-NEXT: scf.yield
// CHECK: nvvm.mma.sync
// CHECK: arith.select
// CHECK: arith.andi %{{.*}} : i32
// CHECK: nvvm.mma.sync
func.func @masked(%q: tensor<1x2x64x16xf16>, %m: tensor<64x64xi1>, %y: tensor<1x2x64x16xf16>) -> tensor<1x2x64x16xf16> attributes {tenon.kernel} {
  %r = tenon.attention %q, %q, %q mask %m {num_heads = 2, num_kv_heads = 2} : (tensor<1x2x64x16xf16>, tensor<1x2x64x16xf16>, tensor<1x2x64x16xf16>, tensor<64x64xi1>) -> tensor<1x2x64x16xf16>
  return %r : tensor<1x2x64x16xf16>
}

// -----

// Latents come to shared memory once, and are keys and values there.
// CHECK-LABEL: func.func @latents
// CHECK-SAME: (%{{[^:]*}}: memref<1x16x1x576xbf16>, %{{[^:]*}}: memref<1x1x100x576xbf16>, %{{[^:]*}}: memref<1x16x1x512xbf16>, %{{[^:]*}}: memref<1xi8>)
// CHECK-SAME: tenon.extent = 1 : i64
// CHECK-NOT: memref<2x32x520xbf16, 3>
// CHECK: memref.view {{.*}} to memref<2x32x584xbf16, 3>
// CHECK-NOT: memref<2x32x520xbf16, 3>
// CHECK: return
func.func @latents(%q: tensor<1x16x1x576xbf16>, %k: tensor<1x1x100x576xbf16>, %y: tensor<1x16x1x512xbf16>) -> tensor<1x16x1x512xbf16> attributes {tenon.kernel} {
  %v = tensor.extract_slice %k[0, 0, 0, 0] [1, 1, 100, 512] [1, 1, 1, 1] : tensor<1x1x100x576xbf16> to tensor<1x1x100x512xbf16>
  %r = tenon.attention %q, %k, %v {num_heads = 16, num_kv_heads = 1} : (tensor<1x16x1x576xbf16>, tensor<1x1x100x576xbf16>, tensor<1x1x100x512xbf16>) -> tensor<1x16x1x512xbf16>
  return %r : tensor<1x16x1x512xbf16>
}

// -----

// Parts of the keys give sums, and what their join must know of them.
// CHECK-LABEL: func.func @parts
// CHECK-SAME: %[[SUMS:[a-z0-9]*]]: memref<1x1x4x2x16xf32>, %[[REST:[a-z0-9]*]]: memref<1x1x4x2x2xf32>, %{{[^:]*}}: memref<1xi8>)
// CHECK-SAME: tenon.extent = 4 : i64
// CHECK-SAME: tenon.results = 2 : i64
// CHECK: vector.store %{{.*}}, %[[SUMS]]
// CHECK: vector.store %{{.*}}, %[[REST]]
func.func @parts(%q: tensor<1x2x1x16xf16>, %k: tensor<1x1x1024x16xf16>, %y: tensor<1x1x4x2x16xf32>, %z: tensor<1x1x4x2x2xf32>)
    -> (tensor<1x1x4x2x16xf32>, tensor<1x1x4x2x2xf32>) attributes {tenon.kernel} {
  %r:2 = tenon.attention %q, %k, %k {num_heads = 2, num_kv_heads = 1, splits = 4}
      : (tensor<1x2x1x16xf16>, tensor<1x1x1024x16xf16>, tensor<1x1x1024x16xf16>) -> (tensor<1x1x4x2x16xf32>, tensor<1x1x4x2x2xf32>)
  return %r#0, %r#1 : tensor<1x1x4x2x16xf32>, tensor<1x1x4x2x2xf32>
}

// -----

// f32, odd sizes, large values beside their keys: not for tensor cores.
// CHECK-LABEL: func.func @f32
// CHECK: tenon.attention
func.func @f32(%q: tensor<1x2x64x16xf32>, %y: tensor<1x2x64x16xf32>) -> tensor<1x2x64x16xf32> attributes {tenon.kernel} {
  %r = tenon.attention %q, %q, %q {num_heads = 2, num_kv_heads = 2} : (tensor<1x2x64x16xf32>, tensor<1x2x64x16xf32>, tensor<1x2x64x16xf32>) -> tensor<1x2x64x16xf32>
  return %r : tensor<1x2x64x16xf32>
}

// CHECK-LABEL: func.func @odd
// CHECK: tenon.attention
func.func @odd(%q: tensor<1x2x64x24xf16>, %y: tensor<1x2x64x24xf16>) -> tensor<1x2x64x24xf16> attributes {tenon.kernel} {
  %r = tenon.attention %q, %q, %q {num_heads = 2, num_kv_heads = 2} : (tensor<1x2x64x24xf16>, tensor<1x2x64x24xf16>, tensor<1x2x64x24xf16>) -> tensor<1x2x64x24xf16>
  return %r : tensor<1x2x64x24xf16>
}

// CHECK-LABEL: func.func @large
// CHECK: tenon.attention
func.func @large(%q: tensor<1x1x64x512xf16>, %y: tensor<1x1x64x512xf16>) -> tensor<1x1x64x512xf16> attributes {tenon.kernel} {
  %r = tenon.attention %q, %q, %q {num_heads = 1, num_kv_heads = 1} : (tensor<1x1x64x512xf16>, tensor<1x1x64x512xf16>, tensor<1x1x64x512xf16>) -> tensor<1x1x64x512xf16>
  return %r : tensor<1x1x64x512xf16>
}
