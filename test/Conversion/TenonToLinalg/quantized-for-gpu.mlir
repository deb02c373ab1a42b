// RUN: tenon-opt %s --convert-tenon-to-linalg=for-gpu --canonicalize --split-input-file | FileCheck %s

// One sum whose body makes the numbers: 4 bits of a byte by a loop over its halves, scale and offset by group, the rounding behind it.
// CHECK-DAG: #[[X:.+]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d4, d5)>
// CHECK-DAG: #[[BYTES:.+]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d1, d4, d5, d3)>
// CHECK-DAG: #[[GROUP:.+]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d1, d4, d2, d3)>
// CHECK-LABEL: @four_bits
// CHECK-NOT: scf.forall
// CHECK: linalg.generic {indexing_maps = [#[[X]], #[[BYTES]], #[[GROUP]], #[[GROUP]], #{{.*}}]
// CHECK-SAME: ins(%{{.*}} : tensor<1x2x32xbf16>, tensor<4x2x32x8xi8>, tensor<4x2x2x8xf32>, tensor<4x2x2x8xf32>)
// CHECK: linalg.index 2
// CHECK: arith.shrui
// CHECK: arith.bitcast
// CHECK: arith.truncf
func.func @four_bits(%x: tensor<1x64xbf16>, %w: tensor<4x64x8xi8>, %s: tensor<4x2x16xf32>, %o: tensor<4x2x16xf32>) -> tensor<1x64xbf16> {
  %y = tenon.quantized_linear %x, %w scale %s offset %o bits 4
      : (tensor<1x64xbf16>, tensor<4x64x8xi8>, tensor<4x2x16xf32>, tensor<4x2x16xf32>) -> tensor<1x64xbf16>
  return %y : tensor<1x64xbf16>
}

// -----

// Without inputs there is nothing to sum.
// CHECK-LABEL: @no_inputs
// CHECK-NOT: reduction
// CHECK: return
func.func @no_inputs(%x: tensor<2x0xf32>, %w: tensor<1x0x8xi8>, %s: tensor<1x1x8xf32>) -> tensor<2x8xf32> {
  %y = tenon.quantized_linear %x, %w scale %s bits 8 : (tensor<2x0xf32>, tensor<1x0x8xi8>, tensor<1x1x8xf32>) -> tensor<2x8xf32>
  return %y : tensor<2x8xf32>
}
