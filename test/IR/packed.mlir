// RUN: tenon-opt %s | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --mlir-print-op-generic | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --emit-bytecode | tenon-opt | FileCheck %s

// What is written is what is printed, also from the generic form and from bytecode.

// CHECK-LABEL: func.func @packed_linear(
func.func @packed_linear(%x: tensor<4x3xf32>, %w: tensor<2x3x8xf32>, %b: tensor<16xf32>, %v: tensor<2x3x8xbf16>) {
  // CHECK: tenon.packed_linear %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<4x3xf32>, tensor<2x3x8xf32>) -> tensor<4x16xf32>
  %0 = tenon.packed_linear %x, %w : (tensor<4x3xf32>, tensor<2x3x8xf32>) -> tensor<4x16xf32>
  // CHECK: tenon.packed_linear %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<4x3xf32>, tensor<2x3x8xf32>, tensor<16xf32>) -> tensor<4x16xf32>
  %1 = tenon.packed_linear %x, %w, %b : (tensor<4x3xf32>, tensor<2x3x8xf32>, tensor<16xf32>) -> tensor<4x16xf32>
  // CHECK: tenon.packed_linear {{.*}} : (tensor<4x3xf32>, tensor<2x3x8xbf16>, tensor<16xf32>) -> tensor<4x16xf32>
  %2 = tenon.packed_linear %x, %v, %b : (tensor<4x3xf32>, tensor<2x3x8xbf16>, tensor<16xf32>) -> tensor<4x16xf32>
  return
}

// CHECK-LABEL: func.func @packed_conv(
func.func @packed_conv(%x: tensor<1x?x6x3xf32>, %w: tensor<2x3x3x3x8xf32>, %b: tensor<16xf32>) {
  // CHECK: tenon.packed_conv %{{.*}}, %{{.*}}, %{{.*}} strides [2, 1] dilations [1, 1] pads [1, 1] [1, 0] : (tensor<1x?x6x3xf32>, tensor<2x3x3x3x8xf32>, tensor<16xf32>) -> tensor<1x?x5x16xf32>
  %0 = tenon.packed_conv %x, %w, %b strides [2, 1] dilations [1, 1] pads [1, 1] [1, 0] : (tensor<1x?x6x3xf32>, tensor<2x3x3x3x8xf32>, tensor<16xf32>) -> tensor<1x?x5x16xf32>
  return
}

// CHECK-LABEL: func.func @depthwise_conv(
func.func @depthwise_conv(%x: tensor<1x9x5xf16>, %w: tensor<3x5xf16>) {
  // CHECK: tenon.depthwise_conv %{{.*}}, %{{.*}} strides [2] dilations [1] pads [0] [0] : (tensor<1x9x5xf16>, tensor<3x5xf16>) -> tensor<1x4x5xf16>
  %0 = tenon.depthwise_conv %x, %w strides [2] dilations [1] pads [0] [0] : (tensor<1x9x5xf16>, tensor<3x5xf16>) -> tensor<1x4x5xf16>
  return
}

// CHECK-LABEL: func.func @winograd_conv(
func.func @winograd_conv(%x: tensor<2x5x?x3xf32>, %w: tensor<2x16x3x8xf32>, %b: tensor<16xf32>) {
  // CHECK: tenon.winograd_conv %{{.*}}, %{{.*}} pads [1, 0] [1, 2] : (tensor<2x5x?x3xf32>, tensor<2x16x3x8xf32>) -> tensor<2x5x?x16xf32>
  %0 = tenon.winograd_conv %x, %w pads [1, 0] [1, 2] : (tensor<2x5x?x3xf32>, tensor<2x16x3x8xf32>) -> tensor<2x5x?x16xf32>
  // CHECK: tenon.winograd_conv %{{.*}}, %{{.*}}, %{{.*}} pads [0, 0] [0, 0] : (tensor<2x5x?x3xf32>, tensor<2x16x3x8xf32>, tensor<16xf32>) -> tensor<2x3x?x16xf32>
  %1 = tenon.winograd_conv %x, %w, %b pads [0, 0] [0, 0] : (tensor<2x5x?x3xf32>, tensor<2x16x3x8xf32>, tensor<16xf32>) -> tensor<2x3x?x16xf32>
  return
}
