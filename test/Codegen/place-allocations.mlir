// RUN: tenon-opt %s --tenon-place-allocations=stack-bytes=4096 --canonicalize --split-input-file | FileCheck %s

// Small ones lie on the stack, out of the loop; large ones on the heap.
// CHECK-LABEL: @static
// CHECK-DAG: %[[SMALL:.*]] = memref.alloca() {alignment = 64 : i64} : memref<8x32xf32>
// CHECK-DAG: %[[LARGE:.*]] = memref.alloc() {alignment = 64 : i64} : memref<64x64xf32>
// CHECK: scf.for
// CHECK-NOT: memref.alloc
// CHECK: memref.dealloc %[[LARGE]]
// CHECK-NEXT: return
func.func @static(%begin: index, %end: index) {
  %one = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  scf.for %i = %begin to %end step %one {
    %small = memref.alloc() : memref<8x32xf32>
    %large = memref.alloc() : memref<64x64xf32>
    linalg.fill ins(%zero : f32) outs(%small : memref<8x32xf32>)
    linalg.fill ins(%zero : f32) outs(%large : memref<64x64xf32>)
  }
  return
}

// -----

// A size with a bound: a part of a buffer of the largest, whose strides are
// known, also in views of it.
// CHECK-LABEL: @bounded
// CHECK: %[[WHOLE:.*]] = memref.alloca() {alignment = 64 : i64} : memref<16x6x8xf32>
// CHECK: scf.forall
// CHECK: %[[PART:.*]] = memref.subview %[[WHOLE]][0, 0, 0] [16, %{{.*}}, 8] {{.*}} to memref<16x?x8xf32, strided<[48, 8, 1]>>
// CHECK: linalg.fill {{.*}} outs(%[[PART]]
// CHECK: memref.subview %[[PART]][4, 0, 0] [1, %{{.*}}, 8] {{.*}} to memref<?x8xf32, strided<[8, 1], offset: 192>>
func.func @bounded() {
  %zero = arith.constant 0.0 : f32
  scf.forall (%i) = (0) to (176) step (6) {
    %size = affine.min affine_map<(d0) -> (176 - d0, 6)>(%i)
    %part = memref.alloc(%size) : memref<16x?x8xf32>
    linalg.fill ins(%zero : f32) outs(%part : memref<16x?x8xf32>)
    %row = memref.subview %part[4, 0, 0] [1, %size, 8] [1, 1, 1] : memref<16x?x8xf32> to memref<?x8xf32, strided<[8, 1], offset: ?>>
    linalg.fill ins(%zero : f32) outs(%row : memref<?x8xf32, strided<[8, 1], offset: ?>>)
  }
  return
}

// -----

// A size without a bound is freed where its block ends.
// CHECK-LABEL: @unbounded
// CHECK: scf.forall
// CHECK: %[[PART:.*]] = memref.alloc(%{{.*}}) : memref<?xf32>
// CHECK: linalg.fill
// CHECK-NEXT: memref.dealloc %[[PART]]
func.func @unbounded(%size: index) {
  %zero = arith.constant 0.0 : f32
  scf.forall (%i) = (0) to (8) step (1) {
    %part = memref.alloc(%size) : memref<?xf32>
    linalg.fill ins(%zero : f32) outs(%part : memref<?xf32>)
  }
  return
}

// -----

// What takes no other layout keeps its buffer.
// CHECK-LABEL: @layout
// CHECK: memref.alloc(%{{.*}}) : memref<4x?xf32>
// CHECK: memref.collapse_shape
func.func @layout(%n: index) {
  %zero = arith.constant 0.0 : f32
  %size = affine.min affine_map<(d0) -> (d0, 6)>(%n)
  %part = memref.alloc(%size) : memref<4x?xf32>
  %flat = memref.collapse_shape %part [[0, 1]] : memref<4x?xf32> into memref<?xf32>
  linalg.fill ins(%zero : f32) outs(%flat : memref<?xf32>)
  return
}
