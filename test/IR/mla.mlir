// RUN: tenon-opt %s | tenon-opt | FileCheck %s
// RUN: tenon-opt %s -mlir-print-op-generic | tenon-opt | FileCheck %s

// CHECK-LABEL: @plain
// CHECK: tenon.mla %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<52x10xf32>) -> tensor<1x4x5x5xf32>
func.func @plain(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xf32>, %kr: tensor<1x7x6xf32>, %w: tensor<52x10xf32>) -> tensor<1x4x5x5xf32> {
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xf32>, tensor<1x7x6xf32>, tensor<52x10xf32>) -> tensor<1x4x5x5xf32>
  return %r : tensor<1x4x5x5xf32>
}

// CHECK-LABEL: @all
// CHECK: tenon.mla %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} mask %{{.*}} valid_lengths %{{.*}} {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>, scale = 5.000000e-01 : f64}
func.func @all(%q: tensor<2x4x5x8xf16>, %qr: tensor<2x4x5x6xf16>, %c: tensor<2x7x10xf16>, %kr: tensor<2x7x6xf16>, %w: tensor<52x10xf16>,
               %m: tensor<2x1x1x7xi1>, %n: tensor<2xi32>) -> tensor<2x4x5x5xf16> {
  %r = tenon.mla %q, %qr, %c, %kr, %w mask %m valid_lengths %n {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>, scale = 0.5 : f64}
      : (tensor<2x4x5x8xf16>, tensor<2x4x5x6xf16>, tensor<2x7x10xf16>, tensor<2x7x6xf16>, tensor<52x10xf16>, tensor<2x1x1x7xi1>, tensor<2xi32>) -> tensor<2x4x5x5xf16>
  return %r : tensor<2x4x5x5xf16>
}

// What one operand does not know another tells.
// CHECK-LABEL: @dynamic
// CHECK: -> tensor<2x4x5x?xf32>
func.func @dynamic(%q: tensor<?x4x5x?xf32>, %qr: tensor<2x?x?x6xf32>, %c: tensor<?x?x?xf32>, %kr: tensor<?x?x?xf32>, %w: tensor<52x10xf32>) -> tensor<2x4x5x?xf32> {
  %r = tenon.mla %q, %qr, %c, %kr, %w : (tensor<?x4x5x?xf32>, tensor<2x?x?x6xf32>, tensor<?x?x?xf32>, tensor<?x?x?xf32>, tensor<52x10xf32>) -> tensor<2x4x5x?xf32>
  return %r : tensor<2x4x5x?xf32>
}

// A cache of i8: groups of two channels.
// CHECK-LABEL: @scales
// CHECK: tenon.mla {{.*}} valid_lengths %{{[a-z0-9]+}} scales %{{[a-z0-9]+}}, %{{[a-z0-9]+}} {causal = #tenon<causal cached>} : {{.*}}tensor<1x7x10xi8>, tensor<1x7x6xi8>, {{.*}}, tensor<1x7x5xf32>, tensor<1x7x3xf32>) -> tensor<1x4x5x5xf32>
func.func @scales(%q: tensor<1x4x5x8xf32>, %qr: tensor<1x4x5x6xf32>, %c: tensor<1x7x10xi8>, %kr: tensor<1x7x6xi8>, %w: tensor<52x10xf32>, %n: tensor<1xi64>,
                  %s: tensor<1x7x5xf32>, %t: tensor<1x7x3xf32>) -> tensor<1x4x5x5xf32> {
  %r = tenon.mla %q, %qr, %c, %kr, %w valid_lengths %n scales %s, %t {causal = #tenon<causal cached>}
      : (tensor<1x4x5x8xf32>, tensor<1x4x5x6xf32>, tensor<1x7x10xi8>, tensor<1x7x6xi8>, tensor<52x10xf32>, tensor<1xi64>, tensor<1x7x5xf32>, tensor<1x7x3xf32>) -> tensor<1x4x5x5xf32>
  return %r : tensor<1x4x5x5xf32>
}
