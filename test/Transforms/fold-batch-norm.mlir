// RUN: tenon-opt %s --tenon-fold-batch-norm | FileCheck %s

// CHECK-LABEL: func.func @norm(
// CHECK-DAG: %[[W:.*]] = tenon.weight "w"
// CHECK-DAG: %[[S:.*]] = tenon.weight "s"
// CHECK-DAG: %[[B:.*]] = tenon.weight "b"
// CHECK-DAG: %[[M:.*]] = tenon.weight "m"
// CHECK-DAG: %[[V:.*]] = tenon.weight "v"
// CHECK-DAG: %[[E:.*]] = arith.constant dense<1.000000e-03> : tensor<4xf32>
// CHECK: %[[VE:.*]] = arith.addf %[[V]], %[[E]]
// CHECK: %[[ROOT:.*]] = math.sqrt %[[VE]]
// CHECK: %[[SCALE:.*]] = arith.divf %[[S]], %[[ROOT]]
// CHECK: %[[MS:.*]] = arith.mulf %[[M]], %[[SCALE]]
// CHECK: %[[SHIFT:.*]] = arith.subf %[[B]], %[[MS]]
// CHECK: %[[COLUMN:.*]] = tenon.reshape %[[SCALE]] : tensor<4xf32> to tensor<4x1x1x1xf32>
// CHECK: %[[ALL:.*]] = tenon.broadcast %[[COLUMN]]
// CHECK: %[[NEW:.*]] = arith.mulf %[[W]], %[[ALL]]
// CHECK: %[[Y:.*]] = tenon.conv %{{.*}}, %[[NEW]], %[[SHIFT]]
// CHECK: return %[[Y]]
func.func @norm(%x: tensor<1x3x8x8xf32>) -> tensor<1x4x6x6xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<4x3x3x3xf32>
  %s = tenon.weight "s" in "f" at 0 : tensor<4xf32>
  %b = tenon.weight "b" in "f" at 0 : tensor<4xf32>
  %m = tenon.weight "m" in "f" at 0 : tensor<4xf32>
  %v = tenon.weight "v" in "f" at 0 : tensor<4xf32>
  %c = tenon.conv %x, %w strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x3x8x8xf32>, tensor<4x3x3x3xf32>) -> tensor<1x4x6x6xf32>
  %y = tenon.batch_norm %c, %s, %b, %m, %v epsilon 1.0e-3 : (tensor<1x4x6x6xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<1x4x6x6xf32>
  return %y : tensor<1x4x6x6xf32>
}

// A product and a sum, as exporters write a frozen norm; the bias is scaled too.
// CHECK-LABEL: func.func @arithmetic(
// CHECK: %[[NEW:.*]] = arith.mulf %{{.*}} : tensor<4x3x3x3xf32>
// CHECK: %[[SCALED:.*]] = arith.mulf %{{.*}} : tensor<4xf32>
// CHECK: %[[SUM:.*]] = arith.addf %[[SCALED]], %{{.*}} : tensor<4xf32>
// CHECK: %[[Y:.*]] = tenon.conv %{{.*}}, %[[NEW]], %[[SUM]] {{.*}} groups 1
// CHECK-NEXT: return %[[Y]]
func.func @arithmetic(%x: tensor<1x3x8x8xf32>) -> tensor<1x4x6x6xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<4x3x3x3xf32>
  %bias = tenon.weight "bias" in "f" at 0 : tensor<4xf32>
  %s = tenon.weight "s" in "f" at 0 : tensor<1x4x1x1xf32>
  %b = tenon.weight "b" in "f" at 0 : tensor<4x1x1xf32>
  %c = tenon.conv %x, %w, %bias strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x3x8x8xf32>, tensor<4x3x3x3xf32>, tensor<4xf32>) -> tensor<1x4x6x6xf32>
  %sb = tenon.broadcast %s : tensor<1x4x1x1xf32> to tensor<1x4x6x6xf32>
  %p = arith.mulf %sb, %c : tensor<1x4x6x6xf32>
  %bb = tenon.broadcast %b : tensor<4x1x1xf32> to tensor<1x4x6x6xf32>
  %y = arith.addf %p, %bb : tensor<1x4x6x6xf32>
  return %y : tensor<1x4x6x6xf32>
}

// Another user, a scale along the width, one that inputs give, and 16 bits.
// CHECK-LABEL: func.func @leaves(
// CHECK-COUNT-4: arith.mulf {{.*}} tensor<1x4x4x4x
func.func @leaves(%x: tensor<1x3x6x6xf32>, %h: tensor<1x3x6x6xf16>, %given: tensor<1x4x1x1xf32>)
    -> (tensor<1x4x4x4xf32>, tensor<1x4x4x4xf32>, tensor<1x4x4x4xf32>, tensor<1x4x4x4xf32>, tensor<1x4x4x4xf16>) {
  %w = tenon.weight "w" in "f" at 0 : tensor<4x3x3x3xf32>
  %wh = tenon.weight "wh" in "f" at 0 : tensor<4x3x3x3xf16>
  %s = tenon.weight "s" in "f" at 0 : tensor<1x4x1x1xf32>
  %sh = tenon.weight "sh" in "f" at 0 : tensor<1x4x1x1xf16>
  %sw = tenon.weight "sw" in "f" at 0 : tensor<4xf32>
  %sb = tenon.broadcast %s : tensor<1x4x1x1xf32> to tensor<1x4x4x4xf32>
  %shb = tenon.broadcast %sh : tensor<1x4x1x1xf16> to tensor<1x4x4x4xf16>
  %swb = tenon.broadcast %sw : tensor<4xf32> to tensor<1x4x4x4xf32>
  %gb = tenon.broadcast %given : tensor<1x4x1x1xf32> to tensor<1x4x4x4xf32>
  %c0 = tenon.conv %x, %w strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x3x6x6xf32>, tensor<4x3x3x3xf32>) -> tensor<1x4x4x4xf32>
  %c1 = tenon.conv %x, %w strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x3x6x6xf32>, tensor<4x3x3x3xf32>) -> tensor<1x4x4x4xf32>
  %c2 = tenon.conv %x, %w strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x3x6x6xf32>, tensor<4x3x3x3xf32>) -> tensor<1x4x4x4xf32>
  %c3 = tenon.conv %h, %wh strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x3x6x6xf16>, tensor<4x3x3x3xf16>) -> tensor<1x4x4x4xf16>
  %0 = arith.mulf %c0, %sb : tensor<1x4x4x4xf32>
  %1 = arith.mulf %c1, %swb : tensor<1x4x4x4xf32>
  %2 = arith.mulf %c2, %gb : tensor<1x4x4x4xf32>
  %3 = arith.mulf %c3, %shb : tensor<1x4x4x4xf16>
  return %c0, %0, %1, %2, %3 : tensor<1x4x4x4xf32>, tensor<1x4x4x4xf32>, tensor<1x4x4x4xf32>, tensor<1x4x4x4xf32>, tensor<1x4x4x4xf16>
}
