// RUN: tenon-opt %s --convert-tenon-to-linalg --split-input-file | FileCheck %s

// Few rows and words: tiles of four panels, which code generation expands.
// CHECK-LABEL: @few_rows
// CHECK: scf.forall (%[[COLUMN:.*]]) = (0) to (128) step (64)
// CHECK: %[[PANEL:.*]] = arith.divui %[[COLUMN]]
// CHECK: tensor.extract_slice %{{.*}}[%[[PANEL]], 0, 0] [4, 8, 16] [1, 1, 1] : tensor<8x8x16xi32>
// CHECK: tenon.quantized_linear %{{.*}} bias %{{.*}} bits 4 : (tensor<2x64xf16>, tensor<4x8x16xi32>, tensor<4x2x16xf32>, tensor<64xf16>) -> tensor<2x64xf16>
// CHECK: tensor.parallel_insert_slice %{{.*}} into %{{.*}}[0, %[[COLUMN]]] [2, 64] [1, 1]
func.func @few_rows(%x: tensor<2x64xf16>, %w: tensor<8x8x16xi32>, %s: tensor<8x2x16xf32>, %b: tensor<128xf16>) -> tensor<2x128xf16> {
  %y = tenon.quantized_linear %x, %w scale %s bias %b bits 4
      : (tensor<2x64xf16>, tensor<8x8x16xi32>, tensor<8x2x16xf32>, tensor<128xf16>) -> tensor<2x128xf16>
  return %y : tensor<2x128xf16>
}

// -----

// Many rows: the panels' numbers are made first, of the words' bits.
// CHECK-LABEL: @many_rows
// CHECK: scf.forall
// CHECK: linalg.generic
// CHECK: linalg.index 3
// CHECK: arith.shli
// CHECK: arith.shrsi
// CHECK: arith.sitofp
// CHECK: tensor.collapse_shape %{{.*}} : tensor<4x2x4x8x16xf32> into tensor<4x64x16xf32>
// CHECK: linalg.generic
func.func @many_rows(%x: tensor<40x64xf32>, %w: tensor<8x8x16xi32>, %s: tensor<8x2x16xf32>) -> tensor<40x128xf32> {
  %y = tenon.quantized_linear %x, %w scale %s bits 4 : (tensor<40x64xf32>, tensor<8x8x16xi32>, tensor<8x2x16xf32>) -> tensor<40x128xf32>
  return %y : tensor<40x128xf32>
}

// -----

// Bytes are made numbers first, whatever the rows.
// CHECK-LABEL: @bytes
// CHECK-NOT: tenon.quantized_linear
// CHECK: arith.andi
// CHECK: arith.shrui
func.func @bytes(%x: tensor<1x64xf32>, %w: tensor<8x64x8xi8>, %s: tensor<8x2x16xf32>) -> tensor<1x128xf32> {
  %y = tenon.quantized_linear %x, %w scale %s bits 4 : (tensor<1x64xf32>, tensor<8x64x8xi8>, tensor<8x2x16xf32>) -> tensor<1x128xf32>
  return %y : tensor<1x128xf32>
}
