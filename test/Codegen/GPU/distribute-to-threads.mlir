// RUN: tenon-opt %s --tenon-distribute-to-threads --split-input-file --verify-diagnostics | FileCheck %s

// Blocks take turns at the tiles; a thread takes four neighbours of a row at a time.
// CHECK-LABEL: @tiles
// CHECK-SAME: tenon.buffer_bytes = array<i64: 262144, 262144>
// CHECK-SAME: tenon.extent = 64 : i64
// CHECK-SAME: tenon.shared_bytes = 0 : i64
// CHECK-SAME: tenon.threads = 128 : i64
// CHECK-SAME: tenon.workspace_bytes = 0 : i64
// CHECK-DAG: %[[THREAD:.*]] = gpu.thread_id
// CHECK-DAG: %[[BLOCK:.*]] = gpu.block_id
// CHECK-DAG: %[[BLOCKS:.*]] = gpu.grid_dim
// CHECK: scf.for %{{.*}} = %[[BLOCK]] to %{{.*}} step %[[BLOCKS]]
// CHECK: scf.for %{{.*}} = %[[THREAD]] to %{{.*}} step %{{.*}}
// CHECK: vector.load %{{.*}} {alignment = 16 : i64}
// CHECK-COUNT-4: math.exp
// CHECK: vector.store %{{.*}} {alignment = 16 : i64}
// CHECK: gpu.barrier
func.func @tiles(%x: memref<64x1024xf32>, %y: memref<64x1024xf32>) attributes {tenon.kernel} {
  scf.forall (%i) in (64) {
    %from = memref.subview %x[%i, 0] [1, 1024] [1, 1] : memref<64x1024xf32> to memref<1024xf32, strided<[1], offset: ?>>
    %to = memref.subview %y[%i, 0] [1, 1024] [1, 1] : memref<64x1024xf32> to memref<1024xf32, strided<[1], offset: ?>>
    linalg.exp ins(%from : memref<1024xf32, strided<[1], offset: ?>>) outs(%to : memref<1024xf32, strided<[1], offset: ?>>)
  }
  return
}

// -----

// A long sum of few elements: lanes of a warp share it, in a temporary that lies in shared memory.
// CHECK-LABEL: memref.global "private" @sum_shared : memref<128xi8, 3> = uninitialized {alignment = 1024 : i64}
// CHECK: func.func @sum(
// CHECK-SAME: tenon.shared_bytes = 128 : i64
// CHECK: memref.get_global @sum_shared
// CHECK: memref.view
// CHECK: memref.memory_space_cast
// CHECK: gpu.barrier
// CHECK: arith.addf
// CHECK-COUNT-5: gpu.shuffle xor
// CHECK: scf.if
// CHECK: memref.store
// CHECK: gpu.barrier
func.func @sum(%x: memref<4x512xf32>, %y: memref<4xf32>) attributes {tenon.kernel} {
  %zero = arith.constant 0.0 : f32
  %t = memref.alloca() : memref<4xf32>
  linalg.fill ins(%zero : f32) outs(%t : memref<4xf32>)
  linalg.reduce ins(%x : memref<4x512xf32>) outs(%t : memref<4xf32>) dimensions = [1]
    (%in: f32, %acc: f32) {
      %s = arith.addf %acc, %in : f32
      linalg.yield %s : f32
    }
  linalg.exp ins(%t : memref<4xf32>) outs(%y : memref<4xf32>)
  return
}

// -----

// What does not fit into shared memory is in the block's part of the workspace.
// CHECK-LABEL: @large
// CHECK-SAME: %[[WORKSPACE:[a-z0-9]*]]: memref<1xi8>)
// CHECK-SAME: tenon.shared_bytes = 0 : i64
// CHECK-SAME: tenon.workspace_bytes = 65536 : i64
// CHECK: %[[OWN:.*]] = arith.muli %{{.*}}, %{{.*}}
// CHECK: memref.view %[[WORKSPACE]]
func.func @large(%x: memref<16384xf32>, %y: memref<16384xf32>) attributes {tenon.kernel} {
  %t = memref.alloca() : memref<16384xf32>
  linalg.exp ins(%x : memref<16384xf32>) outs(%t : memref<16384xf32>)
  linalg.exp ins(%t : memref<16384xf32>) outs(%y : memref<16384xf32>)
  return
}

// -----

// A loop without loop nests is the first thread's; before it the others must have read.
// CHECK-LABEL: @scatter
// CHECK: %[[FIRST:.*]] = arith.cmpi eq, %{{.*}}, %{{.*}}
// CHECK: scf.if %[[FIRST]] {
// CHECK: scf.for
// CHECK: memref.store
// CHECK: gpu.barrier
func.func @scatter(%x: memref<8xi64>, %y: memref<64xf32>) attributes {tenon.kernel} {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %eight = arith.constant 8 : index
  %v = arith.constant 1.0 : f32
  scf.for %i = %zero to %eight step %one {
    %n = memref.load %x[%i] : memref<8xi64>
    %p = arith.index_cast %n : i64 to index
    memref.store %v, %y[%p] : memref<64xf32>
  }
  return
}

// -----

// All threads read what decides how often a loop runs, and have done so before it changes.
// CHECK-LABEL: @uniform
// CHECK: memref.load
// CHECK: gpu.barrier
// CHECK: scf.for
// CHECK: scf.for
// CHECK: memref.store
// CHECK: gpu.barrier
func.func @uniform(%n: memref<1xi64>, %y: memref<64xf32>) attributes {tenon.kernel} {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %count = memref.load %n[%zero] : memref<1xi64>
  %times = arith.index_cast %count : i64 to index
  scf.for %i = %zero to %times step %one {
    linalg.exp ins(%y : memref<64xf32>) outs(%y : memref<64xf32>)
  }
  return
}

// -----

func.func @unbounded(%n: memref<1xi64>, %y: memref<64xf32>) attributes {tenon.kernel} {
  %zero = arith.constant 0 : index
  %count = memref.load %n[%zero] : memref<1xi64>
  %size = arith.index_cast %count : i64 to index
  // expected-error @below {{the size of a temporary has no bound}}
  %t = memref.alloc(%size) : memref<?xf32>
  linalg.exp ins(%t : memref<?xf32>) outs(%t : memref<?xf32>)
  return
}

// -----

// A block's worth of one row: what its four warps have meets in shared memory.
// CHECK-LABEL: @row
// CHECK: scf.for {{.*}} -> (f32)
// CHECK: vector.load
// CHECK-COUNT-5: gpu.shuffle xor
// CHECK: memref.store %{{.*}} : memref<1x4xf32, 3>
// CHECK: gpu.barrier
// CHECK-COUNT-4: memref.load %{{.*}} : memref<1x4xf32, 3>
// CHECK: scf.if
// CHECK: memref.store %{{.*}} : memref<1xf32>
func.func @row(%x: memref<1x4096xf32>, %y: memref<1xf32>) attributes {tenon.kernel} {
  linalg.reduce ins(%x : memref<1x4096xf32>) outs(%y : memref<1xf32>) dimensions = [1]
    (%in: f32, %acc: f32) {
      %s = arith.addf %acc, %in : f32
      linalg.yield %s : f32
    }
  return
}

// -----

// Booleans are bytes in memory, and bits in vectors: they are read one by one.
// CHECK-LABEL: @bits
// CHECK-NOT: vector
// CHECK: return
func.func @bits(%x: memref<64x1024xi1>, %y: memref<64x1024xi1>) attributes {tenon.kernel} {
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<64x1024xi1>) outs(%y : memref<64x1024xi1>) {
  ^bb0(%a: i1, %o: i1):
    %true = arith.constant true
    %n = arith.xori %a, %true : i1
    linalg.yield %n : i1
  }
  return
}

// -----

// Sums that lie side by side: a thread forms parts of four of them, those that have the same four add theirs up within a warp,
// then between warps.
// CHECK-LABEL: @columns
// CHECK: %[[PARTS:.*]] = memref.view
// CHECK: scf.for {{.*}} -> (f32, f32, f32, f32)
// CHECK-COUNT-2: vector.load %{{.*}} {alignment = 16 : i64} : memref<512x16xf32>, vector<4xf32>
// CHECK-COUNT-12: gpu.shuffle xor
// CHECK-COUNT-4: memref.store
// CHECK: gpu.barrier
// CHECK: scf.for
// CHECK-COUNT-4: memref.load
// CHECK: memref.store
// CHECK: gpu.barrier
func.func @columns(%x: memref<512x16xf32>, %y: memref<16xf32>) attributes {tenon.kernel} {
  linalg.reduce ins(%x : memref<512x16xf32>) outs(%y : memref<16xf32>) dimensions = [0]
    (%in: f32, %acc: f32) {
      %s = arith.addf %acc, %in : f32
      linalg.yield %s : f32
    }
  return
}

// -----

// Sums enough for all threads: each forms its own.
// CHECK-LABEL: @enough_columns
// CHECK-NOT: gpu.shuffle
// CHECK: return
func.func @enough_columns(%x: memref<512x1024xf32>, %y: memref<1024xf32>)
    attributes {tenon.kernel} {
  linalg.reduce ins(%x : memref<512x1024xf32>) outs(%y : memref<1024xf32>) dimensions = [0]
    (%in: f32, %acc: f32) {
      %s = arith.addf %acc, %in : f32
      linalg.yield %s : f32
    }
  return
}
