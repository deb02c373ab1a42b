// RUN: tenon-opt %s --convert-tenon-to-linalg --canonicalize --split-input-file | FileCheck %s

// Sums of f16 in f32, the mean rounded once.
// CHECK-LABEL: @mean
// CHECK: outs(%{{.*}} : tensor<4xf32>)
// CHECK: arith.divf {{.*}} : f32
// CHECK-NEXT: arith.truncf
// CHECK: tenon.reshape %{{.*}} : tensor<4xf16> to tensor<4x1xf16>
func.func @mean(%x: tensor<4x8xf16>) -> tensor<4x1xf16> {
  %0 = tenon.reduce mean %x axes [1] {keep_dims} : tensor<4x8xf16> -> tensor<4x1xf16>
  return %0 : tensor<4x1xf16>
}

// -----

// NaN wins; the order of f16 needs no f32.
// CHECK-LABEL: @max
// CHECK-NOT: arith.extf
// CHECK: arith.maximumf {{.*}} : f16
func.func @max(%x: tensor<4x8xf16>) -> tensor<4xf16> {
  %0 = tenon.reduce max %x axes [1] : tensor<4x8xf16> -> tensor<4xf16>
  return %0 : tensor<4xf16>
}

// -----

// CHECK-LABEL: @unsigned_max
// CHECK: arith.maxui
func.func @unsigned_max(%x: tensor<4x8xi8>) -> tensor<4xi8> {
  %0 = tenon.reduce max %x axes [1] {unsigned_elements} : tensor<4x8xi8> -> tensor<4xi8>
  return %0 : tensor<4xi8>
}

// -----

// The extreme first, then the first place where it stands.
// CHECK-LABEL: @arg_max
// CHECK: arith.maximumf
// CHECK: arith.cmpf oeq
// CHECK: arith.minsi {{.*}} : i64
func.func @arg_max(%x: tensor<4x8xf32>) -> tensor<4xi64> {
  %0 = tenon.arg_reduce %x axis 1 : tensor<4x8xf32> -> tensor<4xi64>
  return %0 : tensor<4xi64>
}

// -----

// CHECK-LABEL: @cumulative
// CHECK: scf.for
// CHECK: tensor.insert
func.func @cumulative(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = tenon.cumulative sum %x axis 0 : tensor<8xf32>
  return %0 : tensor<8xf32>
}
