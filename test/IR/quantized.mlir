// RUN: tenon-opt %s | tenon-opt | FileCheck %s

// CHECK-LABEL: func.func @quantized_linear(
func.func @quantized_linear(%x: tensor<2x?x64xf16>, %w8: tensor<3x64x16xi8>, %w4: tensor<3x64x8xi8>, %s: tensor<3x2x16xf32>, %b: tensor<48xf16>) {
  // CHECK: tenon.quantized_linear %{{.*}}, %{{.*}} scale %{{.*}} bits 8 : (tensor<2x?x64xf16>, tensor<3x64x16xi8>, tensor<3x2x16xf32>) -> tensor<2x?x48xf16>
  %0 = tenon.quantized_linear %x, %w8 scale %s bits 8 : (tensor<2x?x64xf16>, tensor<3x64x16xi8>, tensor<3x2x16xf32>) -> tensor<2x?x48xf16>
  // CHECK: tenon.quantized_linear %{{.*}}, %{{.*}} scale %{{.*}} offset %{{.*}} bias %{{.*}} bits 4 : (tensor<2x?x64xf16>, tensor<3x64x8xi8>, tensor<3x2x16xf32>, tensor<3x2x16xf32>, tensor<48xf16>) -> tensor<2x?x48xf16>
  %1 = tenon.quantized_linear %x, %w4 scale %s offset %s bias %b bits 4 : (tensor<2x?x64xf16>, tensor<3x64x8xi8>, tensor<3x2x16xf32>, tensor<3x2x16xf32>, tensor<48xf16>) -> tensor<2x?x48xf16>
  return
}

// Words: eight inputs of 4 bits or four of 8 in an i32.
// CHECK-LABEL: func.func @words(
func.func @words(%x: tensor<2x?x64xf16>, %w8: tensor<3x16x16xi32>, %w4: tensor<3x8x16xi32>, %s: tensor<3x2x16xf32>) {
  // CHECK: bits 8 : (tensor<2x?x64xf16>, tensor<3x16x16xi32>, tensor<3x2x16xf32>) -> tensor<2x?x48xf16>
  %0 = tenon.quantized_linear %x, %w8 scale %s bits 8 : (tensor<2x?x64xf16>, tensor<3x16x16xi32>, tensor<3x2x16xf32>) -> tensor<2x?x48xf16>
  // CHECK: bits 4 : (tensor<2x?x64xf16>, tensor<3x8x16xi32>, tensor<3x2x16xf32>) -> tensor<2x?x48xf16>
  %1 = tenon.quantized_linear %x, %w4 scale %s bits 4 : (tensor<2x?x64xf16>, tensor<3x8x16xi32>, tensor<3x2x16xf32>) -> tensor<2x?x48xf16>
  return
}
