// RUN: tenon-opt %s | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --mlir-print-op-generic | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --emit-bytecode | tenon-opt | FileCheck %s

// What is written is what is printed, also from the generic form and from bytecode.

// CHECK-LABEL: func.func @reduce(
func.func @reduce(%x: tensor<2x3x4xf32>, %b: tensor<4xi1>, %u: tensor<4xi8>) {
  // CHECK: tenon.reduce sum %{{[a-z0-9]+}} axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  %0 = tenon.reduce sum %x axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  // CHECK: tenon.reduce mean %{{[a-z0-9]+}} axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  %1 = tenon.reduce mean %x axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  // CHECK: tenon.reduce max %{{[a-z0-9]+}} axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  %2 = tenon.reduce max %x axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  // CHECK: tenon.reduce min %{{[a-z0-9]+}} axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  %3 = tenon.reduce min %x axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  // CHECK: tenon.reduce prod %{{[a-z0-9]+}} axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  %4 = tenon.reduce prod %x axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  // CHECK: tenon.reduce l1 %{{[a-z0-9]+}} axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  %5 = tenon.reduce l1 %x axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  // CHECK: tenon.reduce l2 %{{[a-z0-9]+}} axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  %6 = tenon.reduce l2 %x axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  // CHECK: tenon.reduce sum_square %{{[a-z0-9]+}} axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  %7 = tenon.reduce sum_square %x axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  // CHECK: tenon.reduce log_sum %{{[a-z0-9]+}} axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  %8 = tenon.reduce log_sum %x axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  // CHECK: tenon.reduce log_sum_exp %{{[a-z0-9]+}} axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  %9 = tenon.reduce log_sum_exp %x axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  // CHECK: tenon.reduce sum %{{[a-z0-9]+}} axes [1] {keep_dims} : tensor<2x3x4xf32> -> tensor<2x1x4xf32>
  %10 = tenon.reduce sum %x axes [1] {keep_dims} : tensor<2x3x4xf32> -> tensor<2x1x4xf32>
  // CHECK: tenon.reduce sum %{{[a-z0-9]+}} axes [] : tensor<2x3x4xf32> -> tensor<2x3x4xf32>
  %11 = tenon.reduce sum %x axes [] : tensor<2x3x4xf32> -> tensor<2x3x4xf32>
  // CHECK: tenon.reduce max %{{[a-z0-9]+}} axes [0] : tensor<4xi1> -> tensor<i1>
  %12 = tenon.reduce max %b axes [0] : tensor<4xi1> -> tensor<i1>
  // CHECK: tenon.reduce min %{{[a-z0-9]+}} axes [0] {unsigned_elements} : tensor<4xi8> -> tensor<i8>
  %13 = tenon.reduce min %u axes [0] {unsigned_elements} : tensor<4xi8> -> tensor<i8>
  return
}

// CHECK-LABEL: func.func @arg_reduce(
func.func @arg_reduce(%x: tensor<2x3xf32>, %e: tensor<0x0xf32>) {
  // CHECK: tenon.arg_reduce %{{[a-z0-9]+}} axis 1 : tensor<2x3xf32> -> tensor<2xi64>
  %0 = tenon.arg_reduce %x axis 1 : tensor<2x3xf32> -> tensor<2xi64>
  // CHECK: tenon.arg_reduce %{{[a-z0-9]+}} axis 0 {keep_dims, minimum, select_last} : tensor<2x3xf32> -> tensor<1x3xi64>
  %1 = tenon.arg_reduce %x axis 0 {keep_dims, minimum, select_last} : tensor<2x3xf32> -> tensor<1x3xi64>
  // CHECK: tenon.arg_reduce %{{[a-z0-9]+}} axis 1 : tensor<0x0xf32> -> tensor<0xi64>
  %2 = tenon.arg_reduce %e axis 1 : tensor<0x0xf32> -> tensor<0xi64>
  return
}

// CHECK-LABEL: func.func @cumulative(
func.func @cumulative(%x: tensor<2x3xi64>) {
  // CHECK: tenon.cumulative sum %{{[a-z0-9]+}} axis 1 : tensor<2x3xi64>
  %0 = tenon.cumulative sum %x axis 1 : tensor<2x3xi64>
  // CHECK: tenon.cumulative prod %{{[a-z0-9]+}} axis 0 {exclusive, reverse} : tensor<2x3xi64>
  %1 = tenon.cumulative prod %x axis 0 {exclusive, reverse} : tensor<2x3xi64>
  return
}
