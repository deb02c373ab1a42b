// RUN: tenon-opt %s --tenon-distribute-to-threads="shared-bytes=166912 tf32" | FileCheck %s
// RUN: tenon-opt %s --tenon-distribute-to-threads=shared-bytes=166912 | FileCheck %s --check-prefix=EXACT

// Lines of steps come by ldmatrix, four f32 numbers where it takes eight of 16 bits; lines of columns one by one. All are rounded before
// they are multiplied.
// CHECK-LABEL: @products
// CHECK: nvvm.cp.async.shared.global
// CHECK: nvvm.ldmatrix
// CHECK: nvvm.convert.float.to.tf32 %{{.*}} {rnd = #nvvm.fp_rnd_mode<rna>}
// CHECK: llvm.load %{{.*}} : !llvm.ptr<3> -> i32
// CHECK: nvvm.convert.float.to.tf32
// CHECK: nvvm.mma.sync
// CHECK-SAME: multiplicandAPtxType = #nvvm.mma_type<tf32>
// CHECK-SAME: shape = #nvvm.shape<m = 16, n = 8, k = 8>
// EXACT-LABEL: @products
// EXACT-NOT: tf32
// EXACT: math.fma
func.func @products(%a: memref<64x64xf32>, %b: memref<64x64xf32>, %y: memref<64x64xf32>) attributes {tenon.kernel} {
  linalg.matmul ins(%a, %b : memref<64x64xf32>, memref<64x64xf32>) outs(%y : memref<64x64xf32>)
  return
}
