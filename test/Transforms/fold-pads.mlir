// RUN: tenon-opt %s --tenon-fold-pads | FileCheck %s

// An explicit padding on one side, as the encoders of autoencoders have it, and one beside pads of the convolution's own; a zero that
// is written out is one, too.
// CHECK-LABEL: @folds(
// CHECK-SAME: %[[X:[^:]*]]: tensor<1x8x6x6xf32>, %[[W:[^:]*]]:
// CHECK-NOT: tenon.pad
// CHECK: tenon.conv %[[X]], %[[W]] strides [2, 2] dilations [1, 1] pads [0, 0] [1, 1] groups 1 : (tensor<1x8x6x6xf32>, tensor<16x8x3x3xf32>) -> tensor<1x16x3x3xf32>
// CHECK: tenon.conv %[[X]], %[[W]] strides [1, 1] dilations [1, 1] pads [2, 4] [2, 1] groups 1 : (tensor<1x8x6x6xf32>, tensor<16x8x3x3xf32>) -> tensor<1x16x8x9xf32>
func.func @folds(%x: tensor<1x8x6x6xf32>, %w: tensor<16x8x3x3xf32>) -> (tensor<1x16x3x3xf32>, tensor<1x16x8x9xf32>) {
  %p = tenon.pad %x low [0, 0, 0, 0] high [0, 0, 1, 1] : (tensor<1x8x6x6xf32>) -> tensor<1x8x7x7xf32>
  %a = tenon.conv %p, %w strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x8x7x7xf32>, tensor<16x8x3x3xf32>) -> tensor<1x16x3x3xf32>
  %zero = arith.constant dense<0.0> : tensor<f32>
  %q = tenon.pad %x value %zero low [0, 0, 1, 3] high [0, 0, 1, 0] : (tensor<1x8x6x6xf32>, tensor<f32>) -> tensor<1x8x8x9xf32>
  %b = tenon.conv %q, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x8x8x9xf32>, tensor<16x8x3x3xf32>) -> tensor<1x16x8x9xf32>
  return %a, %b : tensor<1x16x3x3xf32>, tensor<1x16x8x9xf32>
}

// Another value; mirrored pixels; channels; what is cropped.
// CHECK-LABEL: @leaves(
// CHECK-COUNT-5: tenon.pad
// CHECK-COUNT-4: pads [0, 0] [0, 0] groups
func.func @leaves(%x: tensor<1x8x6x6xf32>, %w: tensor<16x8x3x3xf32>, %v: tensor<16x9x3x3xf32>)
    -> (tensor<1x16x6x6xf32>, tensor<1x16x6x6xf32>, tensor<1x16x6x6xf32>, tensor<1x16x4x5xf32>) {
  %one = arith.constant dense<1.0> : tensor<f32>
  %p = tenon.pad %x value %one low [0, 0, 1, 1] high [0, 0, 1, 1] : (tensor<1x8x6x6xf32>, tensor<f32>) -> tensor<1x8x8x8xf32>
  %q = tenon.pad %x low [0, 0, 1, 1] high [0, 0, 1, 1] {mode = #tenon<pad_mode reflect>} : (tensor<1x8x6x6xf32>) -> tensor<1x8x8x8xf32>
  %r = tenon.pad %x low [0, 1, 1, 1] high [0, 0, 1, 1] : (tensor<1x8x6x6xf32>) -> tensor<1x9x8x8xf32>
  %s = tenon.pad %x low [0, 0, 0, 1] high [0, 0, 0, 0] : (tensor<1x8x6x6xf32>) -> tensor<1x8x6x7xf32>
  %t = tenon.pad %s low [0, 0, 1, 0] high [0, 0, -1, 0] : (tensor<1x8x6x7xf32>) -> tensor<1x8x6x7xf32>
  %a = tenon.conv %p, %w strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x8x8x8xf32>, tensor<16x8x3x3xf32>) -> tensor<1x16x6x6xf32>
  %b = tenon.conv %q, %w strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x8x8x8xf32>, tensor<16x8x3x3xf32>) -> tensor<1x16x6x6xf32>
  %c = tenon.conv %r, %v strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x9x8x8xf32>, tensor<16x9x3x3xf32>) -> tensor<1x16x6x6xf32>
  %d = tenon.conv %t, %w strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x8x6x7xf32>, tensor<16x8x3x3xf32>) -> tensor<1x16x4x5xf32>
  return %a, %b, %c, %d : tensor<1x16x6x6xf32>, tensor<1x16x6x6xf32>, tensor<1x16x6x6xf32>, tensor<1x16x4x5xf32>
}
