// RUN: tenon-opt %s | tenon-opt | FileCheck %s
// RUN: tenon-opt %s -mlir-print-op-generic | tenon-opt | FileCheck %s

// Five tokens of two choices each need at most floor((10 + 4) / 2) = 7 tiles of 2.
// CHECK-LABEL: @mixture
// CHECK: tenon.group_rows %{{.*}} experts 4 tile 2 : tensor<5x2xi64> -> tensor<14xi64>, tensor<7xi64>, tensor<5x2xi64>
// CHECK: tenon.grouped_linear %{{.*}}, %{{.*}} of %{{.*}} : (tensor<14x32xf16>, tensor<4x48x32xf16>, tensor<7xi64>) -> tensor<14x48xf16>
func.func @mixture(%c: tensor<5x2xi64>, %x: tensor<14x32xf16>, %w: tensor<4x48x32xf16>) -> tensor<14x48xf16> {
  %r, %e, %p = tenon.group_rows %c experts 4 tile 2 : tensor<5x2xi64> -> tensor<14xi64>, tensor<7xi64>, tensor<5x2xi64>
  %y = tenon.grouped_linear %x, %w of %e : (tensor<14x32xf16>, tensor<4x48x32xf16>, tensor<7xi64>) -> tensor<14x48xf16>
  return %y : tensor<14x48xf16>
}

// No more tiles than choices, however many experts there are; 32-bit choices; a weight in panels.
// CHECK-LABEL: @few
// CHECK: -> tensor<24xi64>, tensor<3xi64>, tensor<1x3xi64>
// CHECK: tenon.grouped_linear %{{.*}} : (tensor<24x5xf32>, tensor<9x3x5x16xf32>, tensor<3xi64>) -> tensor<24x48xf32>
func.func @few(%c: tensor<1x3xi32>, %x: tensor<24x5xf32>, %w: tensor<9x3x5x16xf32>) -> tensor<24x48xf32> {
  %r, %e, %p = tenon.group_rows %c experts 64 tile 8 : tensor<1x3xi32> -> tensor<24xi64>, tensor<3xi64>, tensor<1x3xi64>
  %y = tenon.grouped_linear %x, %w of %e : (tensor<24x5xf32>, tensor<9x3x5x16xf32>, tensor<3xi64>) -> tensor<24x48xf32>
  return %y : tensor<24x48xf32>
}

// CHECK-LABEL: @dynamic
func.func @dynamic(%c: tensor<?x2xi64>, %x: tensor<?x32xf32>, %w: tensor<4x48x32xf32>) -> tensor<?x48xf32> {
  %r, %e, %p = tenon.group_rows %c experts 4 tile 2 : tensor<?x2xi64> -> tensor<?xi64>, tensor<?xi64>, tensor<?x2xi64>
  %y = tenon.grouped_linear %x, %w of %e : (tensor<?x32xf32>, tensor<4x48x32xf32>, tensor<?xi64>) -> tensor<?x48xf32>
  return %y : tensor<?x48xf32>
}
