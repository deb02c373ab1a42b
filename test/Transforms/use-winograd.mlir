// RUN: tenon-opt %s --tenon-use-winograd | FileCheck %s

// CHECK-LABEL: func.func @takes(
// CHECK-SAME: %[[X:.*]]: tensor<1x32x32x16xf32>, %[[B:.*]]: tensor<16xf32>
// CHECK-DAG: %[[G:.*]] = arith.constant dense<{{.*}}> : tensor<16x9xf32>
// CHECK-DAG: %[[W:.*]] = tenon.weight
// CHECK: %[[T:.*]] = tenon.reshape %[[W]] : tensor<1x3x3x16x16xf32> to tensor<1x9x256xf32>
// CHECK: %[[M:.*]] = tenon.matmul %[[G]], %[[T]]
// CHECK: %[[U:.*]] = tenon.reshape %[[M]] : tensor<1x16x256xf32> to tensor<1x16x16x16xf32>
// CHECK: tenon.winograd_conv %[[X]], %[[U]], %[[B]] pads [1, 1] [1, 1]
func.func @takes(%x: tensor<1x32x32x16xf32>, %b: tensor<16xf32>) -> tensor<1x32x32x16xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<1x3x3x16x16xf32>
  %y = tenon.packed_conv %x, %w, %b strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x32x32x16xf32>, tensor<1x3x3x16x16xf32>, tensor<16xf32>) -> tensor<1x32x32x16xf32>
  return %y : tensor<1x32x32x16xf32>
}

// Another kernel, step, dilation or border; few channels, outputs or pixels; short floats; a weight that inputs give.
// CHECK-LABEL: func.func @leaves(
// CHECK-NOT: tenon.winograd_conv
// CHECK-COUNT-10: tenon.packed_conv
// CHECK-NOT: tenon.winograd_conv
// CHECK: return
func.func @leaves(%x: tensor<1x64x64x16xf32>, %thin: tensor<1x64x64x8xf32>, %small: tensor<1x8x7x16xf32>,
                  %half: tensor<1x64x64x16xf16>, %given: tensor<1x3x3x16x16xf32>, %line: tensor<1x4096x16xf32>)
    -> (tensor<1x64x64x16xf32>, tensor<1x32x64x16xf32>, tensor<1x64x64x16xf32>, tensor<1x66x64x16xf32>, tensor<1x64x64x16xf32>, tensor<1x64x64x8xf32>, tensor<1x8x7x16xf32>, tensor<1x64x64x16xf16>, tensor<1x64x64x16xf32>, tensor<1x4096x16xf32>) {
  %w5 = tenon.weight "w5" in "f" at 0 : tensor<1x5x5x16x16xf32>
  %w3 = tenon.weight "w3" in "f" at 0 : tensor<1x3x3x16x16xf32>
  %w8 = tenon.weight "w8" in "f" at 0 : tensor<1x3x3x8x16xf32>
  %o8 = tenon.weight "o8" in "f" at 0 : tensor<1x3x3x16x8xf32>
  %wh = tenon.weight "wh" in "f" at 0 : tensor<1x3x3x16x16xf16>
  %w1 = tenon.weight "w1" in "f" at 0 : tensor<1x3x16x16xf32>
  %0 = tenon.packed_conv %x, %w5 strides [1, 1] dilations [1, 1] pads [2, 2] [2, 2] : (tensor<1x64x64x16xf32>, tensor<1x5x5x16x16xf32>) -> tensor<1x64x64x16xf32>
  %1 = tenon.packed_conv %x, %w3 strides [2, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x64x64x16xf32>, tensor<1x3x3x16x16xf32>) -> tensor<1x32x64x16xf32>
  %2 = tenon.packed_conv %x, %w3 strides [1, 1] dilations [1, 2] pads [1, 2] [1, 2] : (tensor<1x64x64x16xf32>, tensor<1x3x3x16x16xf32>) -> tensor<1x64x64x16xf32>
  %3 = tenon.packed_conv %x, %w3 strides [1, 1] dilations [1, 1] pads [3, 1] [1, 1] : (tensor<1x64x64x16xf32>, tensor<1x3x3x16x16xf32>) -> tensor<1x66x64x16xf32>
  %4 = tenon.packed_conv %thin, %w8 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x64x64x8xf32>, tensor<1x3x3x8x16xf32>) -> tensor<1x64x64x16xf32>
  %5 = tenon.packed_conv %x, %o8 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x64x64x16xf32>, tensor<1x3x3x16x8xf32>) -> tensor<1x64x64x8xf32>
  %6 = tenon.packed_conv %small, %w3 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x8x7x16xf32>, tensor<1x3x3x16x16xf32>) -> tensor<1x8x7x16xf32>
  %7 = tenon.packed_conv %half, %wh strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x64x64x16xf16>, tensor<1x3x3x16x16xf16>) -> tensor<1x64x64x16xf16>
  %8 = tenon.packed_conv %x, %given strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x64x64x16xf32>, tensor<1x3x3x16x16xf32>) -> tensor<1x64x64x16xf32>
  %9 = tenon.packed_conv %line, %w1 strides [1] dilations [1] pads [1] [1] : (tensor<1x4096x16xf32>, tensor<1x3x16x16xf32>) -> tensor<1x4096x16xf32>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9 : tensor<1x64x64x16xf32>, tensor<1x32x64x16xf32>, tensor<1x64x64x16xf32>, tensor<1x66x64x16xf32>, tensor<1x64x64x16xf32>, tensor<1x64x64x8xf32>, tensor<1x8x7x16xf32>, tensor<1x64x64x16xf16>, tensor<1x64x64x16xf32>, tensor<1x4096x16xf32>
}
