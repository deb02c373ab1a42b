// RUN: tenon-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: func.func @slice_of_everything(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf32>
func.func @slice_of_everything(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK-NEXT: return %[[X]]
  %0 = tenon.slice %x starts [0, 0] sizes [2, 3] steps [1, 1] : tensor<2x3xf32> -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @slice_backwards(
func.func @slice_backwards(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: tenon.slice
  %0 = tenon.slice %x starts [1, 0] sizes [2, 3] steps [-1, 1] : tensor<2x3xf32> -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @slice_of_unknown_size(
func.func @slice_of_unknown_size(%x: tensor<?xf32>) -> tensor<?xf32> {
  // CHECK: tenon.slice
  %0 = tenon.slice %x starts [0] sizes [2] steps [1] : tensor<?xf32> -> tensor<?xf32>
  return %0 : tensor<?xf32>
}

// CHECK-LABEL: func.func @slice_of_splat(
func.func @slice_of_splat() -> tensor<2xi64> {
  // CHECK-NEXT: arith.constant dense<7> : tensor<2xi64>
  %0 = arith.constant dense<7> : tensor<9xi64>
  %1 = tenon.slice %0 starts [4] sizes [2] steps [2] : tensor<9xi64> -> tensor<2xi64>
  return %1 : tensor<2xi64>
}

// CHECK-LABEL: func.func @slice_of_other_constant(
func.func @slice_of_other_constant() -> tensor<2xi64> {
  // CHECK: tenon.slice
  %0 = arith.constant dense<[1, 2, 3]> : tensor<3xi64>
  %1 = tenon.slice %0 starts [0] sizes [2] steps [2] : tensor<3xi64> -> tensor<2xi64>
  return %1 : tensor<2xi64>
}

// CHECK-LABEL: func.func @concat_of_one(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf32>
func.func @concat_of_one(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK-NEXT: return %[[X]]
  %0 = tenon.concat %x axis 1 : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @concat_with_empty(
func.func @concat_with_empty(%x: tensor<2x3xf32>, %e: tensor<2x0xf32>) -> tensor<2x3xf32> {
  // CHECK: tenon.concat
  %0 = tenon.concat %x, %e axis 1 : (tensor<2x3xf32>, tensor<2x0xf32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}
