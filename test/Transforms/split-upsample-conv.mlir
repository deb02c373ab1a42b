// RUN: tenon-opt %s --tenon-split-upsample-conv --split-input-file | FileCheck %s
// RUN: tenon-opt %s --tenon-split-upsample-conv=winograd --split-input-file | FileCheck %s --check-prefix=WINOGRAD

// Four kernels of 2 x 2 on the small image: 4 products in place of 9 for each pixel; all phases are one convolution, whose
// results are put in their places.
// CHECK-LABEL: @doubled(
// CHECK-SAME: %[[X:.*]]: tensor<1x8x5x6xf32>
// CHECK-DAG: %[[W:.*]] = tenon.weight "w"
// CHECK-DAG: %[[FLAT:.*]] = tenon.reshape %[[W]] : tensor<16x8x3x3xf32> to tensor<128x9xf32>
// CHECK: %[[SUMS:.*]] = tenon.matmul %[[FLAT]], %{{.*}} transposed : (tensor<128x9xf32>, tensor<16x9xf32>) -> tensor<128x16xf32>
// CHECK: %[[K:.*]] = tenon.reshape %{{.*}} : tensor<4x16x8x2x2xf32> to tensor<64x8x2x2xf32>
// CHECK: %[[Z:.*]] = tenon.conv %[[X]], %[[K]], %{{.*}} strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x8x5x6xf32>, tensor<64x8x2x2xf32>, tensor<64xf32>) -> tensor<1x64x6x7xf32>
// CHECK: tenon.transpose %{{.*}} [0, 1, 3, 2, 4, 5] : tensor<1x6x7x2x2x16xf32> -> tensor<1x6x2x7x2x16xf32>
// CHECK: tenon.slice %{{.*}} starts [0, 1, 1, 0] sizes [1, 10, 12, 16] steps [1, 1, 1, 1]
// CHECK: %[[Y:.*]] = tenon.transpose %{{.*}} [0, 3, 1, 2] : tensor<1x10x12x16xf32> -> tensor<1x16x10x12xf32>
// CHECK: return %[[Y]]
func.func @doubled(%x: tensor<1x8x5x6xf32>) -> tensor<1x16x10x12xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<16x8x3x3xf32>
  %b = tenon.weight "b" in "f" at 0 : tensor<16xf32>
  %u = tenon.upsample %x factors [2, 2] : tensor<1x8x5x6xf32> -> tensor<1x8x10x12xf32>
  %y = tenon.conv %u, %w, %b strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x8x10x12xf32>, tensor<16x8x3x3xf32>, tensor<16xf32>) -> tensor<1x16x10x12xf32>
  return %y : tensor<1x16x10x12xf32>
}

// -----

// Of 16 bits the kernels are summed in f32 and rounded once; factors may differ; a kernel of 5 has 3 taps in each of 2 phases.
// CHECK-LABEL: @half(
// CHECK: tenon.cast %{{.*}} : tensor<16x8x1x5xbf16> to tensor<16x8x1x5xf32>
// CHECK: tenon.matmul
// CHECK: tenon.cast %{{.*}} : tensor<32x8x1x3xf32> to tensor<32x8x1x3xbf16>
// CHECK: tenon.conv %{{.*}} pads [0, 1] [0, 1] groups 1 : (tensor<1x8x5x6xbf16>, tensor<32x8x1x3xbf16>) -> tensor<1x32x5x6xbf16>
// CHECK-NOT: tenon.slice
// CHECK: return
func.func @half(%x: tensor<1x8x5x6xbf16>) -> tensor<1x16x5x12xbf16> {
  %w = tenon.weight "w" in "f" at 0 : tensor<16x8x1x5xbf16>
  %u = tenon.upsample %x factors [1, 2] : tensor<1x8x5x6xbf16> -> tensor<1x8x5x12xbf16>
  %y = tenon.conv %u, %w strides [1, 1] dilations [1, 1] pads [0, 2] [0, 2] groups 1 : (tensor<1x8x5x12xbf16>, tensor<16x8x1x5xbf16>) -> tensor<1x16x5x12xbf16>
  return %y : tensor<1x16x5x12xbf16>
}

// -----

// A large one is left to Winograd's form where that is used.
// CHECK-LABEL: @large(
// CHECK-NOT: tenon.upsample
// WINOGRAD-LABEL: @large(
// WINOGRAD: tenon.upsample
func.func @large(%x: tensor<1x16x8x8xf32>) -> tensor<1x16x16x16xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<16x16x3x3xf32>
  %u = tenon.upsample %x factors [2, 2] : tensor<1x16x8x8xf32> -> tensor<1x16x16x16xf32>
  %y = tenon.conv %u, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x16x16x16xf32>, tensor<16x16x3x3xf32>) -> tensor<1x16x16x16xf32>
  return %y : tensor<1x16x16x16xf32>
}

// -----

// Strides; groups; a size that changes; a kernel of one tap, which saves nothing; a weight that inputs give.
// CHECK-LABEL: @leaves(
// CHECK-COUNT-5: tenon.conv %{{[^ ]*}}, %{{[^ ]*}} strides
// CHECK-NOT: tenon.conv
func.func @leaves(%x: tensor<1x8x5x6xf32>, %given: tensor<16x8x3x3xf32>)
    -> (tensor<1x16x5x6xf32>, tensor<1x16x10x12xf32>, tensor<1x16x8x10xf32>, tensor<1x16x10x12xf32>, tensor<1x16x10x12xf32>) {
  %w = tenon.weight "w" in "f" at 0 : tensor<16x8x3x3xf32>
  %g = tenon.weight "g" in "f" at 0 : tensor<16x4x3x3xf32>
  %p = tenon.weight "p" in "f" at 0 : tensor<16x8x1x1xf32>
  %u = tenon.upsample %x factors [2, 2] : tensor<1x8x5x6xf32> -> tensor<1x8x10x12xf32>
  %a = tenon.conv %u, %w strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x8x10x12xf32>, tensor<16x8x3x3xf32>) -> tensor<1x16x5x6xf32>
  %b = tenon.conv %u, %g strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 2 : (tensor<1x8x10x12xf32>, tensor<16x4x3x3xf32>) -> tensor<1x16x10x12xf32>
  %c = tenon.conv %u, %w strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x8x10x12xf32>, tensor<16x8x3x3xf32>) -> tensor<1x16x8x10xf32>
  %d = tenon.conv %u, %p strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x8x10x12xf32>, tensor<16x8x1x1xf32>) -> tensor<1x16x10x12xf32>
  %e = tenon.conv %u, %given strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x8x10x12xf32>, tensor<16x8x3x3xf32>) -> tensor<1x16x10x12xf32>
  return %a, %b, %c, %d, %e : tensor<1x16x5x6xf32>, tensor<1x16x10x12xf32>, tensor<1x16x8x10xf32>, tensor<1x16x10x12xf32>, tensor<1x16x10x12xf32>
}
