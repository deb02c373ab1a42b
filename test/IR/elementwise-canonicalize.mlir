// RUN: tenon-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: func.func @cast_to_own_type(
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>
func.func @cast_to_own_type(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: return %[[X]]
  %0 = tenon.cast %x : tensor<4xf32> to tensor<4xf32>
  return %0 : tensor<4xf32>
}

// A round trip through a narrower type loses bits.
// CHECK-LABEL: func.func @cast_there_and_back(
func.func @cast_there_and_back(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-COUNT-2: tenon.cast
  %0 = tenon.cast %x : tensor<4xf32> to tensor<4xf16>
  %1 = tenon.cast %0 : tensor<4xf16> to tensor<4xf32>
  return %1 : tensor<4xf32>
}

// CHECK-LABEL: func.func @cast_constant_to_integer(
func.func @cast_constant_to_integer() -> (tensor<7xi8>, tensor<7xi8>) {
  %0 = arith.constant dense<[1.9, -1.9, 300.0, -300.0, 200.0, 0x7FC00000, 0x7F800000]> : tensor<7xf32>
  // CHECK-DAG: dense<[1, -1, 127, -128, 127, 0, 127]> : tensor<7xi8>
  %1 = tenon.cast %0 : tensor<7xf32> to tensor<7xi8>
  // 200 and 255 as bytes without a sign.
  // CHECK-DAG: dense<[1, 0, -1, 0, -56, 0, -1]> : tensor<7xi8>
  %2 = tenon.cast %0 {unsigned_result} : tensor<7xf32> to tensor<7xi8>
  return %1, %2 : tensor<7xi8>, tensor<7xi8>
}

// CHECK-LABEL: func.func @cast_constant_from_integer(
func.func @cast_constant_from_integer() -> (tensor<2xf32>, tensor<2xf32>, tensor<2xi32>, tensor<2xi32>, tensor<2xi1>) {
  %0 = arith.constant dense<[-1, 16]> : tensor<2xi8>
  // CHECK-DAG: dense<[-1.000000e+00, 1.600000e+01]> : tensor<2xf32>
  %1 = tenon.cast %0 : tensor<2xi8> to tensor<2xf32>
  // CHECK-DAG: dense<[2.550000e+02, 1.600000e+01]> : tensor<2xf32>
  %2 = tenon.cast %0 {unsigned_input} : tensor<2xi8> to tensor<2xf32>
  // CHECK-DAG: dense<[-1, 16]> : tensor<2xi32>
  %3 = tenon.cast %0 : tensor<2xi8> to tensor<2xi32>
  // CHECK-DAG: dense<[255, 16]> : tensor<2xi32>
  %4 = tenon.cast %0 {unsigned_input} : tensor<2xi8> to tensor<2xi32>
  // CHECK-DAG: dense<true> : tensor<2xi1>
  %5 = tenon.cast %0 : tensor<2xi8> to tensor<2xi1>
  return %1, %2, %3, %4, %5 : tensor<2xf32>, tensor<2xf32>, tensor<2xi32>, tensor<2xi32>, tensor<2xi1>
}

// CHECK-LABEL: func.func @cast_constant_keeps_low_bits(
func.func @cast_constant_keeps_low_bits() -> tensor<3xi8> {
  %0 = arith.constant dense<[256, 257, -1]> : tensor<3xi64>
  // CHECK: dense<[0, 1, -1]> : tensor<3xi8>
  %1 = tenon.cast %0 : tensor<3xi64> to tensor<3xi8>
  return %1 : tensor<3xi8>
}

// A boolean is 1, never -1; NaN is not zero.
// CHECK-LABEL: func.func @cast_booleans(
func.func @cast_booleans() -> (tensor<2xi64>, tensor<2xf16>, tensor<3xi1>) {
  %0 = arith.constant dense<[true, false]> : tensor<2xi1>
  %1 = arith.constant dense<[0x7FC00000, -0.0, 0.5]> : tensor<3xf32>
  // CHECK-DAG: dense<[1, 0]> : tensor<2xi64>
  %2 = tenon.cast %0 : tensor<2xi1> to tensor<2xi64>
  // CHECK-DAG: dense<[1.000000e+00, 0.000000e+00]> : tensor<2xf16>
  %3 = tenon.cast %0 : tensor<2xi1> to tensor<2xf16>
  // CHECK-DAG: dense<[true, false, true]> : tensor<3xi1>
  %4 = tenon.cast %1 : tensor<3xf32> to tensor<3xi1>
  return %2, %3, %4 : tensor<2xi64>, tensor<2xf16>, tensor<3xi1>
}

// 1 + 2^-8 lies halfway between two bf16 numbers.
// CHECK-LABEL: func.func @cast_constant_rounds_to_even(
func.func @cast_constant_rounds_to_even() -> (tensor<bf16>, tensor<2xf16>) {
  %0 = arith.constant dense<1.00390625> : tensor<f32>
  %1 = arith.constant dense<[65519.0, 65520.0]> : tensor<2xf32>
  // CHECK-DAG: dense<1.000000e+00> : tensor<bf16>
  %2 = tenon.cast %0 : tensor<f32> to tensor<bf16>
  // CHECK-DAG: dense<[6.550400e+04, 0x7C00]> : tensor<2xf16>
  %3 = tenon.cast %1 : tensor<2xf32> to tensor<2xf16>
  return %2, %3 : tensor<bf16>, tensor<2xf16>
}

// CHECK-LABEL: func.func @cast_constant_to_8_bit_float_stays(
func.func @cast_constant_to_8_bit_float_stays() -> tensor<f8E4M3FN> {
  %0 = arith.constant dense<1000.0> : tensor<f32>
  // CHECK: tenon.cast
  %1 = tenon.cast %0 : tensor<f32> to tensor<f8E4M3FN>
  return %1 : tensor<f8E4M3FN>
}

// CHECK-LABEL: func.func @broadcast_to_own_type(
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>, %[[D:.*]]: tensor<?xf32>
func.func @broadcast_to_own_type(%x: tensor<4xf32>, %d: tensor<?xf32>) -> (tensor<4xf32>, tensor<?xf32>) {
  %0 = tenon.broadcast %x : tensor<4xf32> to tensor<4xf32>
  // One unknown size may be 1 and the other not.
  // CHECK-NEXT: %[[B:.*]] = tenon.broadcast %[[D]]
  %1 = tenon.broadcast %d : tensor<?xf32> to tensor<?xf32>
  // CHECK-NEXT: return %[[X]], %[[B]]
  return %0, %1 : tensor<4xf32>, tensor<?xf32>
}

// CHECK-LABEL: func.func @transpose_nothing(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf32>
func.func @transpose_nothing(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK-NEXT: return %[[X]]
  %0 = tenon.transpose %x [0, 1] : tensor<2x3xf32> -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @transpose_square(
func.func @transpose_square(%x: tensor<3x3xf32>) -> tensor<3x3xf32> {
  // CHECK: tenon.transpose
  %0 = tenon.transpose %x [1, 0] : tensor<3x3xf32> -> tensor<3x3xf32>
  return %0 : tensor<3x3xf32>
}

// CHECK-LABEL: func.func @transpose_twice(
// CHECK-SAME: %[[X:.*]]: tensor<2x3x4xf32>
func.func @transpose_twice(%x: tensor<2x3x4xf32>) -> (tensor<3x4x2xf32>, tensor<2x3x4xf32>) {
  %0 = tenon.transpose %x [2, 0, 1] : tensor<2x3x4xf32> -> tensor<4x2x3xf32>
  // CHECK-NEXT: %[[T:.*]] = tenon.transpose %[[X]] [1, 2, 0] : tensor<2x3x4xf32> -> tensor<3x4x2xf32>
  %1 = tenon.transpose %0 [2, 0, 1] : tensor<4x2x3xf32> -> tensor<3x4x2xf32>
  %2 = tenon.transpose %0 [1, 2, 0] : tensor<4x2x3xf32> -> tensor<2x3x4xf32>
  // CHECK-NEXT: return %[[T]], %[[X]]
  return %1, %2 : tensor<3x4x2xf32>, tensor<2x3x4xf32>
}

// CHECK-LABEL: func.func @transpose_splat(
func.func @transpose_splat() -> tensor<3x2xf32> {
  // CHECK-NEXT: arith.constant dense<1.000000e+00> : tensor<3x2xf32>
  %0 = arith.constant dense<1.0> : tensor<2x3xf32>
  %1 = tenon.transpose %0 [1, 0] : tensor<2x3xf32> -> tensor<3x2xf32>
  return %1 : tensor<3x2xf32>
}

// CHECK-LABEL: func.func @reshape_to_own_type(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf32>, %[[D:.*]]: tensor<?x3xf32>
func.func @reshape_to_own_type(%x: tensor<2x3xf32>, %d: tensor<?x3xf32>) -> (tensor<2x3xf32>, tensor<?x3xf32>) {
  // CHECK-NEXT: return %[[X]], %[[D]]
  %0 = tenon.reshape %x : tensor<2x3xf32> to tensor<2x3xf32>
  %1 = tenon.reshape %d : tensor<?x3xf32> to tensor<?x3xf32>
  return %0, %1 : tensor<2x3xf32>, tensor<?x3xf32>
}

// Two unknown sizes may be shared out anew, and so may one beside an empty axis.
// CHECK-LABEL: func.func @reshape_of_unknown_sizes(
func.func @reshape_of_unknown_sizes(%x: tensor<?x?xf32>, %d: tensor<0x?xf32>) -> (tensor<?x?xf32>, tensor<0x?xf32>) {
  // CHECK-COUNT-2: tenon.reshape
  %0 = tenon.reshape %x : tensor<?x?xf32> to tensor<?x?xf32>
  %1 = tenon.reshape %d : tensor<0x?xf32> to tensor<0x?xf32>
  return %0, %1 : tensor<?x?xf32>, tensor<0x?xf32>
}

// CHECK-LABEL: func.func @reshape_twice(
// CHECK-SAME: %[[X:.*]]: tensor<2x6xf32>
func.func @reshape_twice(%x: tensor<2x6xf32>) -> (tensor<4x3xf32>, tensor<2x6xf32>) {
  %0 = tenon.reshape %x : tensor<2x6xf32> to tensor<12xf32>
  // CHECK-NEXT: %[[R:.*]] = tenon.reshape %[[X]] : tensor<2x6xf32> to tensor<4x3xf32>
  %1 = tenon.reshape %0 : tensor<12xf32> to tensor<4x3xf32>
  %2 = tenon.reshape %0 : tensor<12xf32> to tensor<2x6xf32>
  // CHECK-NEXT: return %[[R]], %[[X]]
  return %1, %2 : tensor<4x3xf32>, tensor<2x6xf32>
}

// CHECK-LABEL: func.func @reshape_constant(
func.func @reshape_constant() -> tensor<2x2xi32> {
  // CHECK-NEXT: arith.constant dense<{{\[\[}}1, 2], [3, 4]]> : tensor<2x2xi32>
  %0 = arith.constant dense<[1, 2, 3, 4]> : tensor<4xi32>
  %1 = tenon.reshape %0 : tensor<4xi32> to tensor<2x2xi32>
  return %1 : tensor<2x2xi32>
}
