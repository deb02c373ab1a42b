// RUN: tenon-opt %s --tenon-distribute-to-threads=shared-bytes=166912 --split-input-file | FileCheck %s

// Rows and columns whose steps of the sum lie side by side: pieces are copied asynchronously into three slots, a warp
// multiplies 32 x 32 of the tile by tensor cores. The fill and the epilogue are part of it: the sums are never in memory.
// CHECK-LABEL: func.func @tensor_cores
// CHECK-SAME: tenon.shared_bytes = 30720 : i64
// CHECK-NOT: linalg
// CHECK: nvvm.cp.async.shared.global {{.*}}, 16, cache =  cg
// CHECK: nvvm.cp.async.commit.group
// CHECK: %[[SUMS:.*]]:32 = scf.for
// CHECK: nvvm.cp.async.wait.group 1
// CHECK: gpu.barrier
// CHECK: nvvm.cp.async.commit.group
// CHECK: nvvm.ldmatrix
// CHECK: nvvm.mma.sync
// CHECK-SAME: multiplicandAPtxType = #nvvm.mma_type<bf16>
// CHECK: nvvm.cp.async.wait.group 0
// CHECK: arith.truncf
// CHECK: memref.store
#lhs = affine_map<(i, j, k) -> (i, k)>
#rhs = affine_map<(i, j, k) -> (j, k)>
#out = affine_map<(i, j, k) -> (i, j)>
#id = affine_map<(i, j) -> (i, j)>
func.func @tensor_cores(%a: memref<64x256xbf16>, %b: memref<64x256xbf16>, %y: memref<64x64xbf16>) attributes {tenon.kernel} {
  %zero = arith.constant 0.0 : f32
  %t = memref.alloca() : memref<64x64xf32>
  linalg.fill ins(%zero : f32) outs(%t : memref<64x64xf32>)
  linalg.generic {indexing_maps = [#lhs, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : memref<64x256xbf16>, memref<64x256xbf16>) outs(%t : memref<64x64xf32>) {
  ^bb0(%x: bf16, %w: bf16, %acc: f32):
    %p = arith.extf %x : bf16 to f32
    %q = arith.extf %w : bf16 to f32
    %r = arith.mulf %p, %q : f32
    %s = arith.addf %acc, %r : f32
    linalg.yield %s : f32
  }
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%t : memref<64x64xf32>) outs(%y : memref<64x64xbf16>) {
  ^bb0(%x: f32, %o: bf16):
    %r = arith.truncf %x : f32 to bf16
    linalg.yield %r : bf16
  }
  return
}

// -----

// Columns that lie side by side are read by transposing loads.
// CHECK-LABEL: @transposed
// CHECK: nvvm.ldmatrix {{.*}}layout = #nvvm.mma_layout<row>
// CHECK: nvvm.ldmatrix {{.*}}layout = #nvvm.mma_layout<col>
func.func @transposed(%a: memref<64x256xf16>, %b: memref<256x64xf16>, %y: memref<64x64xf32>) attributes {tenon.kernel} {
  linalg.matmul ins(%a, %b : memref<64x256xf16>, memref<256x64xf16>) outs(%y : memref<64x64xf32>)
  return
}

// -----

// f32 is multiplied one by one and exactly; a tile that is smaller than the threads' is masked, the result added to.
// CHECK-LABEL: @exact
// CHECK-NOT: mma
// CHECK: math.fma
// CHECK: scf.if
// CHECK: memref.load
// CHECK: arith.addf
// CHECK: memref.store
func.func @exact(%a: memref<20x64xf32>, %b: memref<64x50xf32>, %y: memref<20x50xf32>) attributes {tenon.kernel} {
  linalg.matmul ins(%a, %b : memref<20x64xf32>, memref<64x50xf32>) outs(%y : memref<20x50xf32>)
  return
}

// -----

// A factor that a temporary holds may be anywhere: it goes through registers.
// CHECK-LABEL: @temporary
// CHECK-NOT: cp.async.shared.global
// CHECK: return
func.func @temporary(%a: memref<64x64xf32>, %y: memref<64x64xf32>) attributes {tenon.kernel} {
  %t = memref.alloca() : memref<64x64xf32>
  linalg.exp ins(%a : memref<64x64xf32>) outs(%t : memref<64x64xf32>)
  linalg.matmul ins(%t, %t : memref<64x64xf32>, memref<64x64xf32>) outs(%y : memref<64x64xf32>)
  return
}

// -----

// Few rows, short sums and other arithmetic are no business of it.
// CHECK-LABEL: @others
// CHECK-NOT: math.fma
// CHECK-NOT: nvvm
// CHECK: return
func.func @others(%a: memref<4x64xf32>, %b: memref<64x64xf32>, %y: memref<4x64xf32>, %c: memref<64x8xf32>,
                  %d: memref<8x64xf32>, %z: memref<64x64xf32>, %f: memref<64x64xf64>) attributes {tenon.kernel} {
  linalg.matmul ins(%a, %b : memref<4x64xf32>, memref<64x64xf32>) outs(%y : memref<4x64xf32>)
  linalg.matmul ins(%c, %d : memref<64x8xf32>, memref<8x64xf32>) outs(%z : memref<64x64xf32>)
  linalg.matmul ins(%f, %f : memref<64x64xf64>, memref<64x64xf64>) outs(%f : memref<64x64xf64>)
  return
}

// -----

// A factor of bytes and scales is computed four numbers at a time on its way, and rounded to the type of the other one.
// CHECK-LABEL: @computed
// CHECK: nvvm.cp.async.shared.global
// CHECK: vector.load %{{.*}} {alignment = 4 : i64} : memref<2x64x16xi8>, vector<4xi8>
// CHECK: vector.load %{{.*}} {alignment = 16 : i64} : memref<2x16xf32>, vector<4xf32>
// CHECK-COUNT-4: arith.truncf %{{.*}} : f32 to bf16
// CHECK: vector.store %{{.*}} {alignment = 8 : i64} : memref<1x32x40xbf16, 3>, vector<4xbf16>
// CHECK: nvvm.mma.sync
#x = affine_map<(r, p, c, k) -> (r, k)>
#q = affine_map<(r, p, c, k) -> (p, k, c)>
#scale = affine_map<(r, p, c, k) -> (p, c)>
#y = affine_map<(r, p, c, k) -> (r, p, c)>
func.func @computed(%x: memref<32x64xbf16>, %q: memref<2x64x16xi8>, %s: memref<2x16xf32>, %y: memref<32x2x16xf32>)
    attributes {tenon.kernel} {
  linalg.generic {indexing_maps = [#x, #q, #scale, #y], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%x, %q, %s : memref<32x64xbf16>, memref<2x64x16xi8>, memref<2x16xf32>) outs(%y : memref<32x2x16xf32>) {
  ^bb0(%a: bf16, %b: i8, %c: f32, %acc: f32):
    %n = arith.sitofp %b : i8 to f32
    %w = arith.mulf %n, %c : f32
    %f = arith.extf %a : bf16 to f32
    %r = arith.mulf %f, %w : f32
    %t = arith.addf %acc, %r : f32
    linalg.yield %t : f32
  }
  return
}

// -----

// What both factors read, and a product with what is summed, have no two factors to stage.
// CHECK-LABEL: @entangled
// CHECK-NOT: nvvm
// CHECK-NOT: vector.store
// CHECK: return
#a = affine_map<(i, j, k) -> (i, k)>
#b = affine_map<(i, j, k) -> (j, k)>
#c = affine_map<(i, j, k) -> (i, j)>
func.func @entangled(%a: memref<32x64xf32>, %b: memref<32x64xf32>, %y: memref<32x32xf32>, %z: memref<32x32xf32>)
    attributes {tenon.kernel} {
  linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : memref<32x64xf32>, memref<32x64xf32>) outs(%y : memref<32x32xf32>) {
  ^bb0(%p: f32, %q: f32, %acc: f32):
    %d = arith.subf %p, %q : f32
    %r = arith.mulf %d, %d : f32
    %t = arith.addf %acc, %r : f32
    linalg.yield %t : f32
  }
  linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : memref<32x64xf32>, memref<32x64xf32>) outs(%z : memref<32x32xf32>) {
  ^bb0(%p: f32, %q: f32, %acc: f32):
    %d = arith.addf %q, %acc : f32
    %r = arith.mulf %p, %d : f32
    %t = arith.addf %acc, %r : f32
    linalg.yield %t : f32
  }
  return
}

// -----

// Bytes: 64 steps a piece, 32 an instruction, sums in i32 that begin at zero. Columns that lie side by side are read one by one.
// CHECK-LABEL: @bytes
// CHECK: nvvm.cp.async.shared.global
// CHECK: scf.for {{.*}} -> (i32
// CHECK: nvvm.ldmatrix
// CHECK: llvm.load {{.*}} -> i8
// CHECK: nvvm.mma.sync
// CHECK-SAME: intOverflowBehavior = #nvvm.mma_int_overflow<wrapped>
// CHECK-SAME: multiplicandAPtxType = #nvvm.mma_type<u8>
// CHECK-SAME: multiplicandBPtxType = #nvvm.mma_type<s8>
// CHECK-SAME: #nvvm.shape<m = 16, n = 8, k = 32>
// CHECK-NOT: memref.load
// CHECK: memref.store %{{.*}} : memref<64x64xi32>
#a = affine_map<(i, j, k) -> (i, k)>
#b = affine_map<(i, j, k) -> (k, j)>
#c = affine_map<(i, j, k) -> (i, j)>
func.func @bytes(%a: memref<64x256xi8>, %b: memref<256x64xi8>, %y: memref<64x64xi32>) attributes {tenon.kernel} {
  %zero = arith.constant 0 : i32
  linalg.fill ins(%zero : i32) outs(%y : memref<64x64xi32>)
  linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : memref<64x256xi8>, memref<256x64xi8>) outs(%y : memref<64x64xi32>) {
  ^bb0(%p: i8, %q: i8, %acc: i32):
    %u = arith.extui %p : i8 to i32
    %v = arith.extsi %q : i8 to i32
    %r = arith.muli %u, %v : i32
    %t = arith.addi %acc, %r : i32
    linalg.yield %t : i32
  }
  return
}

// -----

// Wider integers are no bytes.
// CHECK-LABEL: @words
// CHECK-NOT: nvvm.mma
// CHECK: return
#a = affine_map<(i, j, k) -> (i, k)>
#b = affine_map<(i, j, k) -> (k, j)>
#c = affine_map<(i, j, k) -> (i, j)>
func.func @words(%a: memref<64x256xi16>, %b: memref<256x64xi16>, %y: memref<64x64xi32>) attributes {tenon.kernel} {
  linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : memref<64x256xi16>, memref<256x64xi16>) outs(%y : memref<64x64xi32>) {
  ^bb0(%p: i16, %q: i16, %acc: i32):
    %u = arith.extsi %p : i16 to i32
    %v = arith.extsi %q : i16 to i32
    %r = arith.muli %u, %v : i32
    %t = arith.addi %acc, %r : i32
    linalg.yield %t : i32
  }
  return
}
