// RUN: tenon-opt %s --tenon-unpack-convs --canonicalize | FileCheck %s

// Both transposes are left: the convolution works on the image as it stands, with the weight as the file has it.
// CHECK-LABEL: func.func @between_channels_first(
// CHECK-SAME: %[[X:[^:]*]]: tensor<1x8x16x16xf32>
// CHECK: %[[W:.*]] = tenon.weight "w"
// CHECK: %[[Y:.*]] = tenon.conv %[[X]], %[[W]], %arg1 strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1
// CHECK: return %[[Y]]
func.func @between_channels_first(%x: tensor<1x8x16x16xf32>, %b: tensor<32xf32>) -> tensor<1x32x16x16xf32> {
  %w = tenon.weight "w" in "m" at 0 : tensor<32x8x1x1xf32>
  %l = tenon.transpose %w [0, 2, 3, 1] : tensor<32x8x1x1xf32> -> tensor<32x1x1x8xf32>
  %r = tenon.reshape %l : tensor<32x1x1x8xf32> to tensor<2x16x1x1x8xf32>
  %p = tenon.transpose %r [0, 2, 3, 4, 1] : tensor<2x16x1x1x8xf32> -> tensor<2x1x1x8x16xf32>
  %t = tenon.transpose %x [0, 2, 3, 1] : tensor<1x8x16x16xf32> -> tensor<1x16x16x8xf32>
  %c = tenon.packed_conv %t, %p, %b strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0]
      : (tensor<1x16x16x8xf32>, tensor<2x1x1x8x16xf32>, tensor<32xf32>) -> tensor<1x16x16x32xf32>
  %y = tenon.transpose %c [0, 3, 1, 2] : tensor<1x16x16x32xf32> -> tensor<1x32x16x16xf32>
  return %y : tensor<1x32x16x16xf32>
}

// Left alone: a step, a pad, an image of few positions, a result or an image that something else reads, one side without a transpose.
// CHECK-LABEL: func.func @left_alone(
// CHECK-COUNT-6: tenon.packed_conv
// CHECK-NOT: tenon.conv
func.func @left_alone(%x: tensor<1x8x16x16xf32>, %s: tensor<1x8x4x4xf32>, %l: tensor<1x16x16x8xf32>, %w: tensor<2x1x1x8x16xf32>)
    -> (tensor<1x32x8x8xf32>, tensor<1x32x18x18xf32>, tensor<1x32x4x4xf32>, tensor<1x32x16x16xf32>, tensor<1x16x16x32xf32>,
        tensor<1x16x16x8xf32>, tensor<1x32x16x16xf32>, tensor<1x32x16x16xf32>) {
  %t = tenon.transpose %x [0, 2, 3, 1] : tensor<1x8x16x16xf32> -> tensor<1x16x16x8xf32>
  %u = tenon.transpose %s [0, 2, 3, 1] : tensor<1x8x4x4xf32> -> tensor<1x4x4x8xf32>
  %0 = tenon.packed_conv %t, %w strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] : (tensor<1x16x16x8xf32>, tensor<2x1x1x8x16xf32>) -> tensor<1x8x8x32xf32>
  %a = tenon.transpose %0 [0, 3, 1, 2] : tensor<1x8x8x32xf32> -> tensor<1x32x8x8xf32>
  %1 = tenon.packed_conv %t, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x16x16x8xf32>, tensor<2x1x1x8x16xf32>) -> tensor<1x18x18x32xf32>
  %b = tenon.transpose %1 [0, 3, 1, 2] : tensor<1x18x18x32xf32> -> tensor<1x32x18x18xf32>
  %2 = tenon.packed_conv %u, %w strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] : (tensor<1x4x4x8xf32>, tensor<2x1x1x8x16xf32>) -> tensor<1x4x4x32xf32>
  %c = tenon.transpose %2 [0, 3, 1, 2] : tensor<1x4x4x32xf32> -> tensor<1x32x4x4xf32>
  %v = tenon.transpose %x [0, 2, 3, 1] : tensor<1x8x16x16xf32> -> tensor<1x16x16x8xf32>
  %3 = tenon.packed_conv %v, %w strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] : (tensor<1x16x16x8xf32>, tensor<2x1x1x8x16xf32>) -> tensor<1x16x16x32xf32>
  %d = tenon.transpose %3 [0, 3, 1, 2] : tensor<1x16x16x32xf32> -> tensor<1x32x16x16xf32>
  %4 = tenon.packed_conv %t, %w strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] : (tensor<1x16x16x8xf32>, tensor<2x1x1x8x16xf32>) -> tensor<1x16x16x32xf32>
  %e = tenon.transpose %4 [0, 3, 1, 2] : tensor<1x16x16x32xf32> -> tensor<1x32x16x16xf32>
  %5 = tenon.packed_conv %l, %w strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] : (tensor<1x16x16x8xf32>, tensor<2x1x1x8x16xf32>) -> tensor<1x16x16x32xf32>
  %f = tenon.transpose %5 [0, 3, 1, 2] : tensor<1x16x16x32xf32> -> tensor<1x32x16x16xf32>
  return %a, %b, %c, %d, %3, %t, %e, %f : tensor<1x32x8x8xf32>, tensor<1x32x18x18xf32>, tensor<1x32x4x4xf32>, tensor<1x32x16x16xf32>,
      tensor<1x16x16x32xf32>, tensor<1x16x16x8xf32>, tensor<1x32x16x16xf32>, tensor<1x32x16x16xf32>
}

// A depthwise layer slides over planes, and so does what follows it: arithmetic with scalars and what is known at load.
// CHECK-LABEL: func.func @depthwise(
// CHECK-SAME: %[[X:[^:]*]]: tensor<2x8x14x20xf32>
// CHECK-DAG: %[[S:.*]] = tenon.weight "s"
// CHECK-DAG: %[[W:.*]] = tenon.weight "w"
// CHECK-NOT: tenon.transpose
// CHECK: %[[C:.*]] = tenon.conv %[[X]], %[[W]], %arg1 strides [1, 2] dilations [2, 1] pads [2, 7] [2, 12] groups 8
// CHECK: %[[R:.*]] = tenon.activation relu %[[C]]
// CHECK: %[[T:.*]] = tenon.reshape %[[S]] : tensor<8xf32> to tensor<1x8x1x1xf32>
// CHECK: %[[B:.*]] = tenon.broadcast %[[T]]
// CHECK: %[[Y:.*]] = arith.mulf %[[R]], %[[B]]
// CHECK: return %[[Y]]
func.func @depthwise(%x: tensor<2x8x14x20xf32>, %b: tensor<8xf32>) -> tensor<2x8x14x19xf32> {
  %w = tenon.weight "w" in "m" at 0 : tensor<8x1x3x3xf32>
  %s = tenon.weight "s" in "m" at 288 : tensor<8xf32>
  %l = tenon.reshape %w : tensor<8x1x3x3xf32> to tensor<8x3x3xf32>
  %p = tenon.transpose %l [1, 2, 0] : tensor<8x3x3xf32> -> tensor<3x3x8xf32>
  %t = tenon.transpose %x [0, 2, 3, 1] : tensor<2x8x14x20xf32> -> tensor<2x14x20x8xf32>
  %c = tenon.depthwise_conv %t, %p, %b strides [1, 2] dilations [2, 1] pads [2, 7] [2, 12]
      : (tensor<2x14x20x8xf32>, tensor<3x3x8xf32>, tensor<8xf32>) -> tensor<2x14x19x8xf32>
  %r = tenon.activation relu %c : tensor<2x14x19x8xf32>
  %e = tenon.broadcast %s : tensor<8xf32> to tensor<2x14x19x8xf32>
  %m = arith.mulf %r, %e : tensor<2x14x19x8xf32>
  %y = tenon.transpose %m [0, 3, 1, 2] : tensor<2x14x19x8xf32> -> tensor<2x8x14x19xf32>
  return %y : tensor<2x8x14x19xf32>
}

// Left alone: short rows, a step of three along them, an axis less, arithmetic with another image, a result that something else
// reads.
// CHECK-LABEL: func.func @depthwise_left_alone(
// CHECK-COUNT-5: tenon.depthwise_conv
// CHECK-NOT: tenon.conv
func.func @depthwise_left_alone(%x: tensor<1x8x40x15xf32>, %l: tensor<1x8x40xf32>, %i: tensor<1x8x9x48xf32>, %o: tensor<1x9x48x8xf32>, %w: tensor<3x3x8xf32>, %k: tensor<3x8xf32>)
    -> (tensor<1x8x40x15xf32>, tensor<1x8x9x16xf32>, tensor<1x8x40xf32>, tensor<1x8x9x48xf32>, tensor<1x8x9x48xf32>, tensor<1x9x48x8xf32>) {
  %t0 = tenon.transpose %x [0, 2, 3, 1] : tensor<1x8x40x15xf32> -> tensor<1x40x15x8xf32>
  %0 = tenon.depthwise_conv %t0, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x40x15x8xf32>, tensor<3x3x8xf32>) -> tensor<1x40x15x8xf32>
  %a = tenon.transpose %0 [0, 3, 1, 2] : tensor<1x40x15x8xf32> -> tensor<1x8x40x15xf32>
  %t1 = tenon.transpose %i [0, 2, 3, 1] : tensor<1x8x9x48xf32> -> tensor<1x9x48x8xf32>
  %1 = tenon.depthwise_conv %t1, %w strides [1, 3] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x9x48x8xf32>, tensor<3x3x8xf32>) -> tensor<1x9x16x8xf32>
  %b = tenon.transpose %1 [0, 3, 1, 2] : tensor<1x9x16x8xf32> -> tensor<1x8x9x16xf32>
  %t2 = tenon.transpose %l [0, 2, 1] : tensor<1x8x40xf32> -> tensor<1x40x8xf32>
  %2 = tenon.depthwise_conv %t2, %k strides [1] dilations [1] pads [1] [1] : (tensor<1x40x8xf32>, tensor<3x8xf32>) -> tensor<1x40x8xf32>
  %c = tenon.transpose %2 [0, 2, 1] : tensor<1x40x8xf32> -> tensor<1x8x40xf32>
  %t3 = tenon.transpose %i [0, 2, 3, 1] : tensor<1x8x9x48xf32> -> tensor<1x9x48x8xf32>
  %3 = tenon.depthwise_conv %t3, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x9x48x8xf32>, tensor<3x3x8xf32>) -> tensor<1x9x48x8xf32>
  %s3 = arith.addf %3, %o : tensor<1x9x48x8xf32>
  %d = tenon.transpose %s3 [0, 3, 1, 2] : tensor<1x9x48x8xf32> -> tensor<1x8x9x48xf32>
  %t4 = tenon.transpose %i [0, 2, 3, 1] : tensor<1x8x9x48xf32> -> tensor<1x9x48x8xf32>
  %4 = tenon.depthwise_conv %t4, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x9x48x8xf32>, tensor<3x3x8xf32>) -> tensor<1x9x48x8xf32>
  %r4 = tenon.activation relu %4 : tensor<1x9x48x8xf32>
  %e = tenon.transpose %r4 [0, 3, 1, 2] : tensor<1x9x48x8xf32> -> tensor<1x8x9x48xf32>
  return %a, %b, %c, %d, %e, %r4 : tensor<1x8x40x15xf32>, tensor<1x8x9x16xf32>, tensor<1x8x40xf32>, tensor<1x8x9x48xf32>, tensor<1x8x9x48xf32>, tensor<1x9x48x8xf32>
}
