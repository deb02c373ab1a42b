// RUN: tenon-opt %s | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --mlir-print-op-generic | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --emit-bytecode | tenon-opt | FileCheck %s

// What is written is what is printed, also from the generic form and from bytecode.

// CHECK-LABEL: func.func @conv_1d(
func.func @conv_1d(%x: tensor<1x4x9xf32>, %w: tensor<8x4x3xf32>, %b: tensor<8xf32>) {
  // CHECK: tenon.conv %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} strides [2] dilations [1] pads [1] [0] groups 1 : (tensor<1x4x9xf32>, tensor<8x4x3xf32>, tensor<8xf32>) -> tensor<1x8x4xf32>
  %0 = tenon.conv %x, %w, %b strides [2] dilations [1] pads [1] [0] groups 1 : (tensor<1x4x9xf32>, tensor<8x4x3xf32>, tensor<8xf32>) -> tensor<1x8x4xf32>
  return
}

// CHECK-LABEL: func.func @conv_2d_depthwise(
func.func @conv_2d_depthwise(%x: tensor<1x4x9x9xf16>, %w: tensor<8x1x3x3xf16>) {
  // CHECK: tenon.conv %{{[a-z0-9]+}}, %{{[a-z0-9]+}} strides [1, 1] dilations [2, 1] pads [0, 1] [0, 1] groups 4 : (tensor<1x4x9x9xf16>, tensor<8x1x3x3xf16>) -> tensor<1x8x5x9xf16>
  %0 = tenon.conv %x, %w strides [1, 1] dilations [2, 1] pads [0, 1] [0, 1] groups 4 : (tensor<1x4x9x9xf16>, tensor<8x1x3x3xf16>) -> tensor<1x8x5x9xf16>
  return
}

// CHECK-LABEL: func.func @conv_3d(
func.func @conv_3d(%x: tensor<0x4x9x9x9xf32>, %w: tensor<8x4x1x1x1xf32>) {
  // CHECK: tenon.conv %{{[a-z0-9]+}}, %{{[a-z0-9]+}} strides [1, 1, 1] dilations [1, 1, 1] pads [0, 0, 0] [0, 0, 0] groups 1 : (tensor<0x4x9x9x9xf32>, tensor<8x4x1x1x1xf32>) -> tensor<0x8x9x9x9xf32>
  %0 = tenon.conv %x, %w strides [1, 1, 1] dilations [1, 1, 1] pads [0, 0, 0] [0, 0, 0] groups 1 : (tensor<0x4x9x9x9xf32>, tensor<8x4x1x1x1xf32>) -> tensor<0x8x9x9x9xf32>
  return
}

// CHECK-LABEL: func.func @conv_integers(
func.func @conv_integers(%x: tensor<1x4x9xi8>, %w: tensor<8x4x3xi8>, %b: tensor<8xi32>) {
  // CHECK: tenon.conv %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} strides [1] dilations [1] pads [0] [0] groups 1 : (tensor<1x4x9xi8>, tensor<8x4x3xi8>, tensor<8xi32>) -> tensor<1x8x7xi32>
  %0 = tenon.conv %x, %w, %b strides [1] dilations [1] pads [0] [0] groups 1 : (tensor<1x4x9xi8>, tensor<8x4x3xi8>, tensor<8xi32>) -> tensor<1x8x7xi32>
  return
}

// CHECK-LABEL: func.func @conv_transpose(
func.func @conv_transpose(%x: tensor<1x4x3x3xf32>, %w: tensor<4x2x3x3xf32>, %b: tensor<4xf32>) {
  // CHECK: tenon.conv_transpose %{{[a-z0-9]+}}, %{{[a-z0-9]+}} strides [2, 1] dilations [1, 2] pads [0, 0] [0, 1] output_padding [1, 1] groups 2 : (tensor<1x4x3x3xf32>, tensor<4x2x3x3xf32>) -> tensor<1x4x8x7xf32>
  %0 = tenon.conv_transpose %x, %w strides [2, 1] dilations [1, 2] pads [0, 0] [0, 1] output_padding [1, 1] groups 2 : (tensor<1x4x3x3xf32>, tensor<4x2x3x3xf32>) -> tensor<1x4x8x7xf32>
  // CHECK: tenon.conv_transpose %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] output_padding [0, 0] groups 2 : (tensor<1x4x3x3xf32>, tensor<4x2x3x3xf32>, tensor<4xf32>) -> tensor<1x4x5x5xf32>
  %1 = tenon.conv_transpose %x, %w, %b strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] output_padding [0, 0] groups 2 : (tensor<1x4x3x3xf32>, tensor<4x2x3x3xf32>, tensor<4xf32>) -> tensor<1x4x5x5xf32>
  return
}
