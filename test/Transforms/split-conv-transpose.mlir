// RUN: tenon-opt %s --tenon-split-conv-transpose --split-input-file | FileCheck %s
// RUN: tenon-opt %s --tenon-split-conv-transpose=winograd --split-input-file | FileCheck %s --check-prefix=WINOGRAD

// Of kernels of 4 x 4 and strides of 2 each phase has 2 x 2 weights; all phases are one convolution, whose results are put in their
// places.
// CHECK-LABEL: @doubled(
// CHECK-SAME: %[[X:.*]]: tensor<1x8x5x6xf32>
// CHECK: %[[W:.*]] = tenon.weight "w"
// CHECK-NOT: tenon.pad
// CHECK: %[[TAPS:.*]] = tenon.reshape %{{.*}} : tensor<8x16x4x4xf32> to tensor<8x16x2x2x2x2xf32>
// CHECK: %[[TURNED:.*]] = tenon.slice %[[TAPS]] starts [0, 0, 1, 0, 1, 0] sizes [8, 16, 2, 2, 2, 2] steps [1, 1, -1, 1, -1, 1]
// CHECK: %[[SLOTS:.*]] = tenon.transpose %[[TURNED]] [3, 5, 1, 0, 2, 4] : tensor<8x16x2x2x2x2xf32> -> tensor<2x2x16x8x2x2xf32>
// CHECK: %[[K:.*]] = tenon.reshape %[[SLOTS]] : tensor<2x2x16x8x2x2xf32> to tensor<64x8x2x2xf32>
// CHECK: tenon.conv %[[X]], %[[K]], %{{.*}} strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x8x5x6xf32>, tensor<64x8x2x2xf32>, tensor<64xf32>) -> tensor<1x64x6x7xf32>
// CHECK: tenon.transpose %{{.*}} [0, 1, 3, 2, 4, 5] : tensor<1x6x7x2x2x16xf32> -> tensor<1x6x2x7x2x16xf32>
// CHECK: tenon.slice %{{.*}} starts [0, 1, 1, 0] sizes [1, 10, 12, 16] steps [1, 1, 1, 1]
// CHECK: %[[Y:.*]] = tenon.transpose %{{.*}} [0, 3, 1, 2] : tensor<1x10x12x16xf32> -> tensor<1x16x10x12xf32>
// CHECK: return %[[Y]]
func.func @doubled(%x: tensor<1x8x5x6xf32>) -> tensor<1x16x10x12xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<8x16x4x4xf32>
  %b = tenon.weight "b" in "f" at 0 : tensor<16xf32>
  %y = tenon.conv_transpose %x, %w, %b strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] output_padding [0, 0] groups 1 : (tensor<1x8x5x6xf32>, tensor<8x16x4x4xf32>, tensor<16xf32>) -> tensor<1x16x10x12xf32>
  return %y : tensor<1x16x10x12xf32>
}

// -----

// Without a stride the kernel is turned round; its dilation stays, and there is nothing to put in places.
// CHECK-LABEL: @turned(
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: tenon.slice %{{.*}} steps [1, 1, -1, 1, -1, 1]
// CHECK: %[[Y:.*]] = tenon.conv %[[X]], %{{.*}} strides [1, 1] dilations [1, 2] pads [2, 3] [2, 3] groups 1 : (tensor<1x8x5x6xbf16>, tensor<16x8x3x3xbf16>) -> tensor<1x16x7x8xbf16>
// CHECK-NEXT: return %[[Y]]
func.func @turned(%x: tensor<1x8x5x6xbf16>) -> tensor<1x16x7x8xbf16> {
  %w = tenon.weight "w" in "f" at 0 : tensor<8x16x3x3xbf16>
  %y = tenon.conv_transpose %x, %w strides [1, 1] dilations [1, 2] pads [0, 1] [0, 1] output_padding [0, 0] groups 1 : (tensor<1x8x5x6xbf16>, tensor<8x16x3x3xbf16>) -> tensor<1x16x7x8xbf16>
  return %y : tensor<1x16x7x8xbf16>
}

// -----

// A dilation beside a stride puts zeros between the weights, a kernel that the stride does not divide behind them. Kernel 3 with
// dilation 2 reaches over 5, which are 3 taps of 2 phases; of the last place one output is cut off.
// CHECK-LABEL: @spread(
// CHECK: tenon.pad %{{.*}} high [0, 0, 0, 1] : (tensor<8x16x3x1xf32>) -> tensor<8x16x3x2xf32>
// CHECK: tenon.conv %{{.*}} strides [1] dilations [1] pads [1] [1] groups 1 : (tensor<1x8x5xf32>, tensor<32x8x3xf32>) -> tensor<1x32x5xf32>
// CHECK: tenon.slice %{{.*}} starts [0, 0, 0] sizes [1, 9, 16] steps [1, 1, 1] : tensor<1x10x16xf32> -> tensor<1x9x16xf32>
// CHECK-LABEL: @behind(
// CHECK: tenon.pad %{{.*}} high [0, 0, 1] : (tensor<8x16x5xf32>) -> tensor<8x16x6xf32>
// CHECK: tenon.conv %{{.*}} pads [1] [0] groups 1 : (tensor<1x8x5xf32>, tensor<48x8x2xf32>) -> tensor<1x48x5xf32>
func.func @spread(%x: tensor<1x8x5xf32>) -> tensor<1x16x9xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<8x16x3xf32>
  %y = tenon.conv_transpose %x, %w strides [2] dilations [2] pads [2] [2] output_padding [0] groups 1 : (tensor<1x8x5xf32>, tensor<8x16x3xf32>) -> tensor<1x16x9xf32>
  return %y : tensor<1x16x9xf32>
}
func.func @behind(%x: tensor<1x8x5xf32>) -> tensor<1x16x15xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<8x16x5xf32>
  %y = tenon.conv_transpose %x, %w strides [3] dilations [1] pads [0] [2] output_padding [0] groups 1 : (tensor<1x8x5xf32>, tensor<8x16x5xf32>) -> tensor<1x16x15xf32>
  return %y : tensor<1x16x15xf32>
}

// -----

// Of 64 channels, phases with 2 and 1 weights an axis are four convolutions: 9 products in place of 16. They are joined along the phases
// of the last axis, then of the first.
// CHECK-LABEL: @lengths(
// CHECK: tenon.conv %{{.*}} pads [1, 1] [0, 0] groups 1 : (tensor<1x64x5x6xf32>, tensor<16x64x2x2xf32>) -> tensor<1x16x5x6xf32>
// CHECK: tenon.conv %{{.*}} pads [1, 0] [0, 0] groups 1 : (tensor<1x64x5x6xf32>, tensor<16x64x2x1xf32>) -> tensor<1x16x5x6xf32>
// CHECK: tenon.concat %{{.*}} axis 4 : (tensor<1x5x6x1x1x16xf32>, tensor<1x5x6x1x1x16xf32>) -> tensor<1x5x6x1x2x16xf32>
// CHECK: tenon.conv %{{.*}} pads [0, 1] [0, 0] groups 1 : (tensor<1x64x5x6xf32>, tensor<16x64x1x2xf32>) -> tensor<1x16x5x6xf32>
// CHECK: tenon.conv %{{.*}} pads [0, 0] [0, 0] groups 1 : (tensor<1x64x5x6xf32>, tensor<16x64x1x1xf32>) -> tensor<1x16x5x6xf32>
// CHECK: tenon.concat %{{.*}} axis 4
// CHECK: tenon.concat %{{.*}} axis 3 : (tensor<1x5x6x1x2x16xf32>, tensor<1x5x6x1x2x16xf32>) -> tensor<1x5x6x2x2x16xf32>
// CHECK-NOT: tenon.conv
func.func @lengths(%x: tensor<1x64x5x6xf32>) -> tensor<1x16x10x12xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<64x16x3x3xf32>
  %y = tenon.conv_transpose %x, %w strides [2, 2] dilations [1, 1] pads [0, 0] [1, 1] output_padding [0, 0] groups 1 : (tensor<1x64x5x6xf32>, tensor<64x16x3x3xf32>) -> tensor<1x16x10x12xf32>
  return %y : tensor<1x16x10x12xf32>
}

// -----

// Of few channels they are one, and so are those that Winograd's form suits.
// CHECK-LABEL: @few(
// CHECK: tenon.conv %{{.*}} (tensor<1x31x5xf32>, tensor<32x31x2xf32>)
// CHECK-NOT: tenon.conv
// CHECK-LABEL: @large(
// CHECK-COUNT-4: tenon.conv
// WINOGRAD-LABEL: @large(
// WINOGRAD: tenon.conv %{{.*}} (tensor<1x64x16x16xf32>, tensor<64x64x3x3xf32>)
// WINOGRAD-NOT: tenon.conv
// WINOGRAD: return
func.func @few(%x: tensor<1x31x5xf32>) -> tensor<1x16x10xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<31x16x3xf32>
  %y = tenon.conv_transpose %x, %w strides [2] dilations [1] pads [0] [1] output_padding [0] groups 1 : (tensor<1x31x5xf32>, tensor<31x16x3xf32>) -> tensor<1x16x10xf32>
  return %y : tensor<1x16x10xf32>
}
func.func @large(%x: tensor<1x64x16x16xf32>) -> tensor<1x16x32x32xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<64x16x5x5xf32>
  %y = tenon.conv_transpose %x, %w strides [2, 2] dilations [1, 1] pads [2, 2] [2, 2] output_padding [1, 1] groups 1 : (tensor<1x64x16x16xf32>, tensor<64x16x5x5xf32>) -> tensor<1x16x32x32xf32>
  return %y : tensor<1x16x32x32xf32>
}

// -----

// Groups; pads that leave inputs out; no images; a weight that inputs give; kernels that do not overlap.
// CHECK-LABEL: @leaves(
// CHECK-COUNT-5: tenon.conv_transpose
// CHECK-NOT: tenon.conv
func.func @leaves(%x: tensor<1x8x5xf32>, %none: tensor<0x8x5xf32>, %given: tensor<8x16x4xf32>)
    -> (tensor<1x16x10xf32>, tensor<1x16x4xf32>, tensor<0x16x10xf32>, tensor<1x16x10xf32>, tensor<1x16x10xf32>) {
  %w = tenon.weight "w" in "f" at 0 : tensor<8x16x4xf32>
  %n = tenon.weight "n" in "f" at 0 : tensor<8x16x2xf32>
  %g = tenon.weight "g" in "f" at 0 : tensor<8x8x4xf32>
  %a = tenon.conv_transpose %x, %g strides [2] dilations [1] pads [1] [1] output_padding [0] groups 2 : (tensor<1x8x5xf32>, tensor<8x8x4xf32>) -> tensor<1x16x10xf32>
  %b = tenon.conv_transpose %x, %w strides [2] dilations [1] pads [4] [4] output_padding [0] groups 1 : (tensor<1x8x5xf32>, tensor<8x16x4xf32>) -> tensor<1x16x4xf32>
  %c = tenon.conv_transpose %none, %w strides [2] dilations [1] pads [1] [1] output_padding [0] groups 1 : (tensor<0x8x5xf32>, tensor<8x16x4xf32>) -> tensor<0x16x10xf32>
  %d = tenon.conv_transpose %x, %given strides [2] dilations [1] pads [1] [1] output_padding [0] groups 1 : (tensor<1x8x5xf32>, tensor<8x16x4xf32>) -> tensor<1x16x10xf32>
  %e = tenon.conv_transpose %x, %n strides [2] dilations [1] pads [0] [0] output_padding [0] groups 1 : (tensor<1x8x5xf32>, tensor<8x16x2xf32>) -> tensor<1x16x10xf32>
  return %a, %b, %c, %d, %e : tensor<1x16x10xf32>, tensor<1x16x4xf32>, tensor<0x16x10xf32>, tensor<1x16x10xf32>, tensor<1x16x10xf32>
}
