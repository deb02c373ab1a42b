// RUN: tenon-opt %s --tenon-take-buffers --one-shot-bufferize --canonicalize | FileCheck %s

// The result's destination is the trailing argument; nothing is copied.
// CHECK-LABEL: @kernel
// CHECK-SAME: (%[[X:.*]]: memref<8xf32>, %[[OUT:.*]]: memref<8xf32>)
// CHECK-NOT: copy
// CHECK: linalg.exp ins(%[[X]] : memref<8xf32>) outs(%[[OUT]] : memref<8xf32>)
// CHECK-NEXT: return{{$}}
func.func @kernel(%x: tensor<8xf32>, %out: tensor<8xf32>) -> tensor<8xf32> attributes {tenon.kernel} {
  %y = linalg.exp ins(%x : tensor<8xf32>) outs(%out : tensor<8xf32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}

// CHECK-LABEL: @other
// CHECK-SAME: tensor<8xf32>
func.func @other(%x: tensor<8xf32>) -> tensor<8xf32> {
  return %x : tensor<8xf32>
}
