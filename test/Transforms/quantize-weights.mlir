// RUN: tenon-opt %s --tenon-quantize-weights="bits=8 group=32" | FileCheck %s --check-prefixes=CHECK,BYTES
// RUN: tenon-opt %s --tenon-quantize-weights="bits=4 group=32" | FileCheck %s --check-prefixes=CHECK,HALVES
// RUN: not tenon-opt %s --tenon-quantize-weights=bits=3 2>&1 | FileCheck %s --check-prefix=BITS
// RUN: not tenon-opt %s --tenon-quantize-weights=group=-1 2>&1 | FileCheck %s --check-prefix=GROUP
// BITS: error: bits 3 are neither 8 nor 4
// GROUP: error: group -1 or panel 16 is no size of one

// CHECK-LABEL: func.func @takes(
// BYTES: %[[R:.*]] = tenon.reshape %{{.*}} : tensor<32x64xf32> to tensor<32x2x32xf32>
// BYTES: %[[A:.*]] = math.absf %[[R]]
// BYTES: tenon.reduce max %[[A]] axes [2] {keep_dims} : tensor<32x2x32xf32> -> tensor<32x2x1xf32>
// BYTES: math.roundeven
// BYTES: tenon.cast {{.*}} : tensor<32x2x32xf32> to tensor<32x2x32xi8>
// BYTES: tenon.quantized_linear %{{.*}}, %{{.*}} scale %{{.*}} bias %{{.*}} bits 8 : (tensor<4x64xf32>, tensor<2x64x16xi8>, tensor<2x2x16xf32>, tensor<32xf32>)
// HALVES: arith.shli
// HALVES: arith.ori {{.*}} : tensor<2x64x8xi8>
// HALVES: tenon.quantized_linear %{{.*}}, %{{.*}} scale %{{.*}} offset %{{.*}} bias %{{.*}} bits 4 : (tensor<4x64xf32>, tensor<2x64x8xi8>, tensor<2x2x16xf32>, tensor<2x2x16xf32>, tensor<32xf32>)
func.func @takes(%x: tensor<4x64xf32>, %b: tensor<32xf32>) -> tensor<4x32xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<32x64xf32>
  %y = tenon.linear %x, %w, %b : (tensor<4x64xf32>, tensor<32x64xf32>, tensor<32xf32>) -> tensor<4x32xf32>
  return %y : tensor<4x32xf32>
}

// Outputs that fill no panel, inputs that fill no group, f64, a weight that inputs give.
// CHECK-LABEL: func.func @leaves(
// CHECK-NOT: tenon.quantized_linear
// CHECK-COUNT-4: tenon.linear
// CHECK-NOT: tenon.quantized_linear
// CHECK: return
func.func @leaves(%x: tensor<4x64xf32>, %z: tensor<4x40xf32>, %d: tensor<4x64xf64>, %given: tensor<32x64xf32>)
    -> (tensor<4x24xf32>, tensor<4x32xf32>, tensor<4x32xf64>, tensor<4x32xf32>) {
  %few = tenon.weight "few" in "f" at 0 : tensor<24x64xf32>
  %odd = tenon.weight "odd" in "f" at 0 : tensor<32x40xf32>
  %wide = tenon.weight "wide" in "f" at 0 : tensor<32x64xf64>
  %0 = tenon.linear %x, %few : (tensor<4x64xf32>, tensor<24x64xf32>) -> tensor<4x24xf32>
  %1 = tenon.linear %z, %odd : (tensor<4x40xf32>, tensor<32x40xf32>) -> tensor<4x32xf32>
  %2 = tenon.linear %d, %wide : (tensor<4x64xf64>, tensor<32x64xf64>) -> tensor<4x32xf64>
  %3 = tenon.linear %x, %given : (tensor<4x64xf32>, tensor<32x64xf32>) -> tensor<4x32xf32>
  return %0, %1, %2, %3 : tensor<4x24xf32>, tensor<4x32xf32>, tensor<4x32xf64>, tensor<4x32xf32>
}

// A product of weights is no layer: rounding it would be for nothing.
// CHECK-LABEL: func.func @of_weights(
// CHECK-NOT: tenon.quantized_linear
// CHECK: return
func.func @of_weights() -> tensor<4x32xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<32x64xf32>
  %x = tenon.weight "x" in "f" at 0 : tensor<4x64xf32>
  %y = tenon.linear %x, %w : (tensor<4x64xf32>, tensor<32x64xf32>) -> tensor<4x32xf32>
  return %y : tensor<4x32xf32>
}
