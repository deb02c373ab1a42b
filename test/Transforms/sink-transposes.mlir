// RUN: tenon-opt %s --tenon-sink-transposes | FileCheck %s

// CHECK-LABEL: func.func @through(
// CHECK-SAME: %[[X:.*]]: tensor<1x4x6x8xf32>, %[[Y:.*]]: tensor<1x4x6x8xf32>
// CHECK: %[[A:.*]] = tenon.activation relu %[[X]]
// CHECK: %[[S:.*]] = arith.addf %[[A]], %[[Y]] : tensor<1x4x6x8xf32>
// CHECK: tenon.concat %[[S]], %[[Y]] axis 3
// CHECK: tenon.max_pool {{.*}} tensor<1x1x2x3x16xf32>
// CHECK: tenon.upsample {{.*}} factors [2, 2, 1]
// CHECK: tenon.pad {{.*}} low [0, 1, 0, 0] high [0, 0, 2, 0]
// CHECK: tenon.transpose {{.*}} [0, 3, 1, 2] : tensor<1x5x8x16xf32> -> tensor<1x16x5x8xf32>
// CHECK-NEXT: return
func.func @through(%x: tensor<1x4x6x8xf32>, %y: tensor<1x4x6x8xf32>) -> tensor<1x16x5x8xf32> {
  %tx = tenon.transpose %x [0, 3, 1, 2] : tensor<1x4x6x8xf32> -> tensor<1x8x4x6xf32>
  %ty = tenon.transpose %y [0, 3, 1, 2] : tensor<1x4x6x8xf32> -> tensor<1x8x4x6xf32>
  %a = tenon.activation relu %tx : tensor<1x8x4x6xf32>
  %s = arith.addf %a, %ty : tensor<1x8x4x6xf32>
  %c = tenon.concat %s, %ty axis 1 : (tensor<1x8x4x6xf32>, tensor<1x8x4x6xf32>) -> tensor<1x16x4x6xf32>
  %p = tenon.max_pool %c kernel [2, 2] strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] : (tensor<1x16x4x6xf32>) -> tensor<1x16x2x3xf32>
  %u = tenon.upsample %p factors [2, 2] : tensor<1x16x2x3xf32> -> tensor<1x16x4x6xf32>
  %q = tenon.pad %u low [0, 0, 1, 0] high [0, 0, 0, 2] : (tensor<1x16x4x6xf32>) -> tensor<1x16x5x8xf32>
  return %q : tensor<1x16x5x8xf32>
}

// A mean over the pixels needs no transpose at all.
// CHECK-LABEL: func.func @mean(
// CHECK: tenon.reduce mean %{{.*}} axes [1, 2]
// CHECK-NOT: tenon.transpose
// CHECK: return
func.func @mean(%x: tensor<1x4x6x8xf32>) -> tensor<1x8xf32> {
  %t = tenon.transpose %x [0, 3, 1, 2] : tensor<1x4x6x8xf32> -> tensor<1x8x4x6xf32>
  %m = tenon.reduce mean %t axes [2, 3] : tensor<1x8x4x6xf32> -> tensor<1x8xf32>
  return %m : tensor<1x8xf32>
}

// CHECK-LABEL: func.func @group_norm(
// CHECK-SAME: %[[X:.*]]: tensor<1x4x6x8xf32>
// CHECK: %[[N:.*]] = tenon.group_norm %[[X]] scale %{{.*}} groups 2 epsilon 1.000000e-05 channels_last
// CHECK: %[[A:.*]] = tenon.activation relu %[[N]]
// CHECK: tenon.transpose %[[A]] [0, 3, 1, 2]
func.func @group_norm(%x: tensor<1x4x6x8xf32>, %s: tensor<8xf32>) -> tensor<1x8x4x6xf32> {
  %t = tenon.transpose %x [0, 3, 1, 2] : tensor<1x4x6x8xf32> -> tensor<1x8x4x6xf32>
  %n = tenon.group_norm %t scale %s groups 2 epsilon 1.0e-05 : (tensor<1x8x4x6xf32>, tensor<8xf32>) -> tensor<1x8x4x6xf32>
  %a = tenon.activation relu %n : tensor<1x8x4x6xf32>
  return %a : tensor<1x8x4x6xf32>
}

// What has its own layout keeps the transpose in front.
// CHECK-LABEL: func.func @other_layout(
// CHECK: %[[T:.*]] = tenon.transpose
// CHECK: arith.addf %[[T]], %{{.*}} : tensor<1x8x4x6xf32>
func.func @other_layout(%x: tensor<1x4x6x8xf32>, %y: tensor<1x8x4x6xf32>) -> tensor<1x8x4x6xf32> {
  %t = tenon.transpose %x [0, 3, 1, 2] : tensor<1x4x6x8xf32> -> tensor<1x8x4x6xf32>
  %s = arith.addf %t, %y : tensor<1x8x4x6xf32>
  return %s : tensor<1x8x4x6xf32>
}

// CHECK-LABEL: func.func @indices(
// CHECK: tenon.transpose
// CHECK: tenon.max_pool {{.*}}(tensor<1x8x4x6xf32>)
func.func @indices(%x: tensor<1x4x6x8xf32>) -> tensor<1x8x2x3xi64> {
  %t = tenon.transpose %x [0, 3, 1, 2] : tensor<1x4x6x8xf32> -> tensor<1x8x4x6xf32>
  %p, %i = tenon.max_pool %t kernel [2, 2] strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] {with_indices} : (tensor<1x8x4x6xf32>) -> (tensor<1x8x2x3xf32>, tensor<1x8x2x3xi64>)
  return %i : tensor<1x8x2x3xi64>
}

// Channels that a reduction keeps beside a spatial axis would change places with it.
// CHECK-LABEL: func.func @mean_over_rows(
// CHECK: tenon.transpose
// CHECK: tenon.reduce mean %{{.*}} axes [0, 2] : tensor<1x4x4x4xf32> -> tensor<4x4xf32>
func.func @mean_over_rows(%x: tensor<1x4x4x4xf32>) -> tensor<4x4xf32> {
  %t = tenon.transpose %x [0, 3, 1, 2] : tensor<1x4x4x4xf32> -> tensor<1x4x4x4xf32>
  %m = tenon.reduce mean %t axes [0, 2] : tensor<1x4x4x4xf32> -> tensor<4x4xf32>
  return %m : tensor<4x4xf32>
}

// A transpose of [N, X, C] is its own reverse; what is made at load stays as it
// is, or one would move around the other for ever.
// CHECK-LABEL: func.func @at_load(
// CHECK: tenon.transpose
// CHECK: arith.addf
// CHECK: return
func.func @at_load() -> tensor<2x8x16xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<2x16x8xf32>
  %v = tenon.weight "v" in "f" at 1024 : tensor<2x8x16xf32>
  %t = tenon.transpose %w [0, 2, 1] : tensor<2x16x8xf32> -> tensor<2x8x16xf32>
  %s = arith.addf %t, %v : tensor<2x8x16xf32>
  return %s : tensor<2x8x16xf32>
}

// Pixels from channels: one transpose with the channels last, in either order.
// CHECK-LABEL: func.func @shuffle(
// CHECK-SAME: %[[X:.*]]: tensor<1x4x6x32xf32>
// CHECK: %[[P:.*]] = tenon.reshape %[[X]] : tensor<1x4x6x32xf32> to tensor<1x4x6x8x2x2xf32>
// CHECK: %[[S:.*]] = tenon.transpose %[[P]] [0, 1, 4, 2, 5, 3]
// CHECK: %[[J:.*]] = tenon.reshape %[[S]] : tensor<1x4x2x6x2x8xf32> to tensor<1x8x12x8xf32>
// CHECK: tenon.activation relu %[[J]]
func.func @shuffle(%x: tensor<1x4x6x32xf32>) -> tensor<1x8x12x8xf32> {
  %t = tenon.transpose %x [0, 3, 1, 2] : tensor<1x4x6x32xf32> -> tensor<1x32x4x6xf32>
  %p = tenon.pixel_shuffle %t block 2 : tensor<1x32x4x6xf32> -> tensor<1x8x8x12xf32>
  %a = tenon.activation relu %p : tensor<1x8x8x12xf32>
  %y = tenon.transpose %a [0, 2, 3, 1] : tensor<1x8x8x12xf32> -> tensor<1x8x12x8xf32>
  return %y : tensor<1x8x12x8xf32>
}

// CHECK-LABEL: func.func @shuffle_dcr(
// CHECK: tenon.reshape %{{.*}} to tensor<1x4x6x2x2x8xf32>
// CHECK: tenon.transpose %{{.*}} [0, 1, 3, 2, 4, 5]
// CHECK-NOT: tenon.transpose
func.func @shuffle_dcr(%x: tensor<1x4x6x32xf32>) -> tensor<1x8x12x8xf32> {
  %t = tenon.transpose %x [0, 3, 1, 2] : tensor<1x4x6x32xf32> -> tensor<1x32x4x6xf32>
  %p = tenon.pixel_shuffle %t block 2 {order = #tenon<pixel_order dcr>} : tensor<1x32x4x6xf32> -> tensor<1x8x8x12xf32>
  %y = tenon.transpose %p [0, 2, 3, 1] : tensor<1x8x8x12xf32> -> tensor<1x8x12x8xf32>
  return %y : tensor<1x8x12x8xf32>
}

// And back.
// CHECK-LABEL: func.func @unshuffle(
// CHECK: tenon.reshape %{{.*}} : tensor<1x8x12x8xf32> to tensor<1x4x2x6x2x8xf32>
// CHECK: tenon.transpose %{{.*}} [0, 1, 3, 5, 2, 4]
// CHECK: tenon.reshape %{{.*}} to tensor<1x4x6x32xf32>
// CHECK-NOT: tenon.transpose
func.func @unshuffle(%x: tensor<1x8x12x8xf32>) -> tensor<1x4x6x32xf32> {
  %t = tenon.transpose %x [0, 3, 1, 2] : tensor<1x8x12x8xf32> -> tensor<1x8x8x12xf32>
  %p = tenon.pixel_unshuffle %t block 2 : tensor<1x8x8x12xf32> -> tensor<1x32x4x6xf32>
  %y = tenon.transpose %p [0, 2, 3, 1] : tensor<1x32x4x6xf32> -> tensor<1x4x6x32xf32>
  return %y : tensor<1x4x6x32xf32>
}

// Channels among each other, as reshapes around a transpose.
// CHECK-LABEL: func.func @channels(
// CHECK: tenon.reshape %{{.*}} to tensor<1x4x6x2x4xf32>
// CHECK: tenon.transpose %{{.*}} [0, 1, 2, 4, 3]
// CHECK: tenon.reshape %{{.*}} to tensor<1x4x6x8xf32>
// CHECK-NOT: tenon.transpose
func.func @channels(%x: tensor<1x4x6x8xf32>) -> tensor<1x4x6x8xf32> {
  %t = tenon.transpose %x [0, 3, 1, 2] : tensor<1x4x6x8xf32> -> tensor<1x8x4x6xf32>
  %r = tenon.reshape %t : tensor<1x8x4x6xf32> to tensor<1x2x4x4x6xf32>
  %s = tenon.transpose %r [0, 2, 1, 3, 4] : tensor<1x2x4x4x6xf32> -> tensor<1x4x2x4x6xf32>
  %j = tenon.reshape %s : tensor<1x4x2x4x6xf32> to tensor<1x8x4x6xf32>
  %y = tenon.transpose %j [0, 2, 3, 1] : tensor<1x8x4x6xf32> -> tensor<1x4x6x8xf32>
  return %y : tensor<1x4x6x8xf32>
}

// Axes that a reshape takes from two are not told apart.
// CHECK-LABEL: func.func @mixed(
// CHECK: tenon.transpose %{{.*}} [0, 3, 1, 2]
func.func @mixed(%x: tensor<1x4x6x8xf32>) -> tensor<1x16x2x6xf32> {
  %t = tenon.transpose %x [0, 3, 1, 2] : tensor<1x4x6x8xf32> -> tensor<1x8x4x6xf32>
  %r = tenon.reshape %t : tensor<1x8x4x6xf32> to tensor<1x16x2x6xf32>
  %s = tenon.transpose %r [0, 1, 3, 2] : tensor<1x16x2x6xf32> -> tensor<1x16x6x2xf32>
  %j = tenon.reshape %s : tensor<1x16x6x2xf32> to tensor<1x16x2x6xf32>
  return %j : tensor<1x16x2x6xf32>
}

// What does not come of an image with the channels last stays an op.
// CHECK-LABEL: func.func @first(
// CHECK: tenon.pixel_shuffle %arg0 block 2
func.func @first(%x: tensor<1x32x4x6xf32>) -> tensor<1x8x8x12xf32> {
  %p = tenon.pixel_shuffle %x block 2 : tensor<1x32x4x6xf32> -> tensor<1x8x8x12xf32>
  return %p : tensor<1x8x8x12xf32>
}
