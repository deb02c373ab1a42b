// RUN: tenon-opt %s --tenon-split-range --split-input-file | FileCheck %s

// The loop's iterations, counted row-major, over two axes.
// CHECK-LABEL: @two
// CHECK-SAME: (%[[X:.*]]: memref<8x12xf32>, %[[BEGIN:.*]]: index, %[[END:.*]]: index)
// CHECK-SAME: tenon.extent = 12 : i64
// CHECK: scf.for %[[I:.*]] = %[[BEGIN]] to %[[END]]
// CHECK: %[[COLUMN:.*]] = arith.remui %[[I]], %{{.*}}
// CHECK: %[[ROW:.*]] = arith.divui %[[I]], %{{.*}}
func.func @two(%x: memref<8x12xf32>) attributes {tenon.kernel} {
  %zero = arith.constant 0.0 : f32
  scf.forall (%i, %j) = (0, 0) to (8, 12) step (2, 4) {
    memref.store %zero, %x[%i, %j] : memref<8x12xf32>
  }
  return
}

// -----

// Buffers of the kernel's own, on the stack or on the heap, are each part's.
// CHECK-LABEL: @buffers
// CHECK-SAME: tenon.extent = 8 : i64
// CHECK: memref.alloc()
// CHECK: memref.alloca()
// CHECK: scf.for
// CHECK: memref.dealloc
func.func @buffers() attributes {tenon.kernel} {
  %zero = arith.constant 0.0 : f32
  %heap = memref.alloc() : memref<65536x8xf32>
  %stack = memref.alloca() : memref<8xf32>
  scf.forall (%i) = (0) to (8) step (1) {
    memref.store %zero, %heap[%i, %i] : memref<65536x8xf32>
    memref.store %zero, %stack[%i] : memref<8xf32>
  }
  memref.dealloc %heap : memref<65536x8xf32>
  return
}

// -----

// Something else is done beside the loop: one part.
// CHECK-LABEL: @beside
// CHECK-SAME: tenon.extent = 1 : i64
// CHECK: scf.forall
func.func @beside(%x: memref<8xf32>) attributes {tenon.kernel} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%x : memref<8xf32>)
  scf.forall (%i) = (0) to (8) step (1) {
    memref.store %zero, %x[%i] : memref<8xf32>
  }
  return
}

// -----

// Not a kernel.
// CHECK-LABEL: @other
// CHECK-SAME: (%{{.*}}: memref<8xf32>) {
func.func @other(%x: memref<8xf32>) {
  return
}

// -----

// What goes into the kernel's own buffers ahead of the loop is done by each part.
// CHECK-LABEL: @prepares
// CHECK-SAME: tenon.extent = 8 : i64
// CHECK: linalg.fill
// CHECK-NOT: scf.forall
func.func @prepares(%x: memref<8xf32>) attributes {tenon.kernel} {
  %zero = arith.constant 0.0 : f32
  %own = memref.alloca() : memref<2x8xf32>
  %row = memref.subview %own[1, 0] [1, 8] [1, 1] : memref<2x8xf32> to memref<8xf32, strided<[1], offset: 8>>
  linalg.fill ins(%zero : f32) outs(%row : memref<8xf32, strided<[1], offset: 8>>)
  scf.forall (%i) = (0) to (8) step (1) {
    %v = memref.load %row[%i] : memref<8xf32, strided<[1], offset: 8>>
    memref.store %v, %x[%i] : memref<8xf32>
  }
  return
}

// -----

// Behind the loop it would want all of the loop's.
// CHECK-LABEL: @sums_up
// CHECK-SAME: tenon.extent = 1 : i64
// CHECK: scf.forall
func.func @sums_up(%x: memref<8xf32>) attributes {tenon.kernel} {
  %zero = arith.constant 0.0 : f32
  %own = memref.alloca() : memref<8xf32>
  scf.forall (%i) = (0) to (8) step (1) {
    memref.store %zero, %x[%i] : memref<8xf32>
  }
  linalg.fill ins(%zero : f32) outs(%own : memref<8xf32>)
  return
}
