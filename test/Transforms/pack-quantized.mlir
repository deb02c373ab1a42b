// RUN: tenon-opt %s --tenon-pack-weights --split-input-file | FileCheck %s
// RUN: tenon-opt %s --tenon-pack-weights=linear=false --split-input-file | FileCheck %s --check-prefix=GPU
// GPU-NOT: xi32>, tensor<{{.*}}xf32>{{.*}} -> tensor<1x32xf32>

// Bytes become words: one sum over the inputs of each.
// CHECK-LABEL: func.func @eight_bits(
// CHECK: tenon.reshape %{{.*}} : tensor<2x64x16xi8> to tensor<2x16x4x1x16xi8>
// CHECK: arith.extui {{.*}} to tensor<2x16x4x1x16xi32>
// CHECK-NOT: arith.andi
// CHECK: arith.shli
// CHECK: tenon.reduce sum %{{.*}} axes [2] : tensor<2x16x4x1x16xi32> -> tensor<2x16x1x16xi32>
// CHECK: tenon.quantized_linear %{{.*}}, %{{.*}} scale %{{.*}} offset %{{.*}} bits 8 : (tensor<1x64xf32>, tensor<2x16x16xi32>, tensor<2x2x16xf32>, tensor<2x2x16xf32>) -> tensor<1x32xf32>
func.func @eight_bits(%x: tensor<1x64xf32>) -> tensor<1x32xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<2x64x16xi8>
  %s = tenon.weight "s" in "f" at 0 : tensor<2x2x16xf32>
  %o = tenon.weight "o" in "f" at 0 : tensor<2x2x16xf32>
  %y = tenon.quantized_linear %x, %w scale %s offset %o bits 8
      : (tensor<1x64xf32>, tensor<2x64x16xi8>, tensor<2x2x16xf32>, tensor<2x2x16xf32>) -> tensor<1x32xf32>
  return %y : tensor<1x32xf32>
}

// -----

// Integers of 4 bits become signed: eight scales go from the offset.
// CHECK-LABEL: func.func @four_bits(
// CHECK: arith.constant dense<8.000000e+00>
// CHECK: arith.shrui
// CHECK: arith.andi
// CHECK: arith.xori
// CHECK: tenon.reduce sum %{{.*}} axes [2] : tensor<2x8x8x2x8xi32> -> tensor<2x8x2x8xi32>
// CHECK: %[[LESS:.*]] = arith.mulf
// CHECK: %[[OFFSET:.*]] = arith.subf %{{.*}}, %[[LESS]]
// CHECK: tenon.quantized_linear %{{.*}}, %{{.*}} scale %{{.*}} offset %[[OFFSET]] bits 4 : (tensor<1x64xf32>, tensor<2x8x16xi32>, tensor<2x2x16xf32>, tensor<2x2x16xf32>) -> tensor<1x32xf32>
func.func @four_bits(%x: tensor<1x64xf32>) -> tensor<1x32xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<2x64x8xi8>
  %s = tenon.weight "s" in "f" at 0 : tensor<2x2x16xf32>
  %o = tenon.weight "o" in "f" at 0 : tensor<2x2x16xf32>
  %y = tenon.quantized_linear %x, %w scale %s offset %o bits 4
      : (tensor<1x64xf32>, tensor<2x64x8xi8>, tensor<2x2x16xf32>, tensor<2x2x16xf32>) -> tensor<1x32xf32>
  return %y : tensor<1x32xf32>
}

// -----

// An offset of eight scales, in panels as these are, is none then.
// CHECK-LABEL: func.func @middle(
// CHECK: tenon.quantized_linear %{{.*}}, %{{.*}} scale %{{.*}} bits 4
func.func @middle(%x: tensor<1x64xf32>) -> tensor<1x32xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<2x64x8xi8>
  %scales = tenon.weight "s" in "f" at 0 : tensor<32x2xf32>
  %eight = arith.constant dense<8.0> : tensor<32x2xf32>
  %offsets = arith.mulf %scales, %eight : tensor<32x2xf32>
  %a = tenon.reshape %scales : tensor<32x2xf32> to tensor<2x16x2xf32>
  %s = tenon.transpose %a [0, 2, 1] : tensor<2x16x2xf32> -> tensor<2x2x16xf32>
  %b = tenon.reshape %offsets : tensor<32x2xf32> to tensor<2x16x2xf32>
  %o = tenon.transpose %b [0, 2, 1] : tensor<2x16x2xf32> -> tensor<2x2x16xf32>
  %y = tenon.quantized_linear %x, %w scale %s offset %o bits 4
      : (tensor<1x64xf32>, tensor<2x64x8xi8>, tensor<2x2x16xf32>, tensor<2x2x16xf32>) -> tensor<1x32xf32>
  return %y : tensor<1x32xf32>
}

// -----

// Without an offset the integers counted from zero: minus eight scales.
// CHECK-LABEL: func.func @from_zero(
// CHECK: arith.constant dense<-8.000000e+00>
// CHECK: tenon.quantized_linear %{{.*}}, %{{.*}} scale %{{.*}} offset %{{.*}} bits 4
func.func @from_zero(%x: tensor<1x64xf32>) -> tensor<1x32xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<2x64x8xi8>
  %s = tenon.weight "s" in "f" at 0 : tensor<2x2x16xf32>
  %y = tenon.quantized_linear %x, %w scale %s bits 4 : (tensor<1x64xf32>, tensor<2x64x8xi8>, tensor<2x2x16xf32>) -> tensor<1x32xf32>
  return %y : tensor<1x32xf32>
}

// -----

// Groups of no whole words, panels of no whole vectors and a weight that inputs give stay.
// CHECK-LABEL: func.func @leaves(
// CHECK-NOT: tenon.reduce
// CHECK-COUNT-3: tenon.quantized_linear {{.*}}xi8>
func.func @leaves(%x: tensor<1x24xf32>, %given: tensor<2x24x16xi8>) -> (tensor<1x32xf32>, tensor<1x12xf32>, tensor<1x32xf32>) {
  %w = tenon.weight "w" in "f" at 0 : tensor<2x24x8xi8>
  %narrow = tenon.weight "narrow" in "f" at 0 : tensor<2x24x6xi8>
  %s = tenon.weight "s" in "f" at 0 : tensor<2x2x16xf32>
  %t = tenon.weight "t" in "f" at 0 : tensor<2x2x6xf32>
  %0 = tenon.quantized_linear %x, %w scale %s bits 4 : (tensor<1x24xf32>, tensor<2x24x8xi8>, tensor<2x2x16xf32>) -> tensor<1x32xf32>
  %1 = tenon.quantized_linear %x, %narrow scale %t bits 8 : (tensor<1x24xf32>, tensor<2x24x6xi8>, tensor<2x2x6xf32>) -> tensor<1x12xf32>
  %2 = tenon.quantized_linear %x, %given scale %s bits 8 : (tensor<1x24xf32>, tensor<2x24x16xi8>, tensor<2x2x16xf32>) -> tensor<1x32xf32>
  return %0, %1, %2 : tensor<1x32xf32>, tensor<1x12xf32>, tensor<1x32xf32>
}
