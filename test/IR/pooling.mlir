// RUN: tenon-opt %s | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --mlir-print-op-generic | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --emit-bytecode | tenon-opt | FileCheck %s

// What is written is what is printed, also from the generic form and from bytecode.

// CHECK-LABEL: func.func @max_pool(
func.func @max_pool(%x: tensor<1x4x9xf32>) {
  // CHECK: tenon.max_pool %{{[a-z0-9]+}} kernel [3] strides [2] dilations [1] pads [1] [1] : (tensor<1x4x9xf32>) -> tensor<1x4x5xf32>
  %0 = tenon.max_pool %x kernel [3] strides [2] dilations [1] pads [1] [1] : (tensor<1x4x9xf32>) -> tensor<1x4x5xf32>
  // CHECK: tenon.max_pool %{{[a-z0-9]+}} kernel [2] strides [2] dilations [1] pads [0] [0] {ceil_mode} : (tensor<1x4x9xf32>) -> tensor<1x4x5xf32>
  %1 = tenon.max_pool %x kernel [2] strides [2] dilations [1] pads [0] [0] {ceil_mode} : (tensor<1x4x9xf32>) -> tensor<1x4x5xf32>
  // CHECK: tenon.max_pool %{{[a-z0-9]+}} kernel [2] strides [1] dilations [1] pads [0] [0] {with_indices} : (tensor<1x4x9xf32>) -> (tensor<1x4x8xf32>, tensor<1x4x8xi64>)
  %2:2 = tenon.max_pool %x kernel [2] strides [1] dilations [1] pads [0] [0] {with_indices} : (tensor<1x4x9xf32>) -> (tensor<1x4x8xf32>, tensor<1x4x8xi64>)
  // CHECK: tenon.max_pool %{{[a-z0-9]+}} kernel [2] strides [1] dilations [1] pads [0] [0] {column_major, with_indices} : (tensor<1x4x9xf32>) -> (tensor<1x4x8xf32>, tensor<1x4x8xi64>)
  %3:2 = tenon.max_pool %x kernel [2] strides [1] dilations [1] pads [0] [0] {column_major, with_indices} : (tensor<1x4x9xf32>) -> (tensor<1x4x8xf32>, tensor<1x4x8xi64>)
  return
}

// CHECK-LABEL: func.func @max_pool_unsigned(
func.func @max_pool_unsigned(%x: tensor<1x4x9x9xi8>) {
  // CHECK: tenon.max_pool %{{[a-z0-9]+}} kernel [2, 3] strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] {unsigned_elements} : (tensor<1x4x9x9xi8>) -> tensor<1x4x8x7xi8>
  %0 = tenon.max_pool %x kernel [2, 3] strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] {unsigned_elements} : (tensor<1x4x9x9xi8>) -> tensor<1x4x8x7xi8>
  return
}

// CHECK-LABEL: func.func @avg_pool(
func.func @avg_pool(%x: tensor<1x4x9x9x9xf32>) {
  // CHECK: tenon.avg_pool %{{[a-z0-9]+}} kernel [3, 3, 3] strides [1, 1, 1] dilations [1, 1, 1] pads [1, 1, 1] [1, 1, 1] {count_include_pad} : (tensor<1x4x9x9x9xf32>) -> tensor<1x4x9x9x9xf32>
  %0 = tenon.avg_pool %x kernel [3, 3, 3] strides [1, 1, 1] dilations [1, 1, 1] pads [1, 1, 1] [1, 1, 1] {count_include_pad} : (tensor<1x4x9x9x9xf32>) -> tensor<1x4x9x9x9xf32>
  // CHECK: tenon.avg_pool %{{[a-z0-9]+}} kernel [3, 3, 3] strides [2, 2, 2] dilations [1, 2, 1] pads [0, 0, 0] [0, 0, 0] {ceil_mode, lp = 2 : i64} : (tensor<1x4x9x9x9xf32>) -> tensor<1x4x4x3x4xf32>
  %1 = tenon.avg_pool %x kernel [3, 3, 3] strides [2, 2, 2] dilations [1, 2, 1] pads [0, 0, 0] [0, 0, 0] {ceil_mode, lp = 2 : i64} : (tensor<1x4x9x9x9xf32>) -> tensor<1x4x4x3x4xf32>
  return
}
