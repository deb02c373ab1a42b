// RUN: tenon-opt %s --convert-tenon-to-linalg --split-input-file | FileCheck %s

// A tile is a row. The rows of the kernel that lie in the image are a range; the first and the last column, which lack a tap,
// are sums of their own; no padded image is made.
// CHECK-DAG: #[[FIRST:.*]] = affine_map<(d0) -> (0, -(d0 - 1))>
// CHECK-DAG: #[[END:.*]] = affine_map<(d0) -> (3, -(d0 - 1) + 8)>
// CHECK-LABEL: func @padded
// CHECK-NOT: tensor.insert_slice %arg0
// CHECK: scf.forall (%{{.*}}, %[[ROW:.*]], %[[C:.*]]) = (0, 0, 0) to (2, 8, 24) step (1, 1, 24)
// CHECK: affine.max #[[FIRST]](%[[ROW]])
// CHECK: affine.min #[[END]](%[[ROW]])
// CHECK: tensor.extract_slice %arg0[{{.*}}] [1, %{{.*}}, 2, 24] [1, 1, 1, 1] : tensor<2x8x10x24xf32> to tensor<1x?x2x24xf32>
// CHECK: tensor.extract_slice %arg1[%{{.*}}, 1, %[[C]]] [%{{.*}}, 2, 24]
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<1x1x1x24xf32>)
// CHECK: tensor.extract_slice %arg0[{{.*}}, 0, %[[C]]] [1, %{{.*}}, 10, 24]
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<1x1x8x24xf32>)
// CHECK: tensor.extract_slice %arg0[{{.*}}, 8, %[[C]]] [1, %{{.*}}, 2, 24]
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<1x1x1x24xf32>)
// CHECK-NOT: linalg.generic
// CHECK: tensor.parallel_insert_slice
func.func @padded(%x: tensor<2x8x10x24xf32>, %w: tensor<3x3x24xf32>) -> tensor<2x8x10x24xf32> {
  %0 = tenon.depthwise_conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1]
      : (tensor<2x8x10x24xf32>, tensor<3x3x24xf32>) -> tensor<2x8x10x24xf32>
  return %0 : tensor<2x8x10x24xf32>
}

// -----

// Without pads all is known. Three rows would be few tiles: channels are cut too.
// CHECK-LABEL: func @inside
// CHECK: scf.forall ({{.*}}) = (0, 0, 0) to (1, 3, 320) step (1, 1, 64)
// CHECK-NOT: affine.max
// CHECK: linalg.generic {{.*}} ins({{.*}} : tensor<1x3x10x64xf32>, tensor<3x3x64xf32>) outs({{.*}} : tensor<1x1x8x64xf32>)
func.func @inside(%x: tensor<1x5x10x320xf32>, %w: tensor<3x3x320xf32>) -> tensor<1x3x8x320xf32> {
  %0 = tenon.depthwise_conv %x, %w strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0]
      : (tensor<1x5x10x320xf32>, tensor<3x3x320xf32>) -> tensor<1x3x8x320xf32>
  return %0 : tensor<1x3x8x320xf32>
}

// -----

// Windows that lie in the padding as a whole are zero.
// CHECK-LABEL: func @outside
// CHECK: scf.forall
// CHECK: linalg.fill {{.*}} tensor<1x1x2x24xf32>
// CHECK-NEXT: tensor.insert_slice
func.func @outside(%x: tensor<1x4x4x24xf32>, %w: tensor<2x2x24xf32>) -> tensor<1x3x8x24xf32> {
  %0 = tenon.depthwise_conv %x, %w strides [1, 1] dilations [1, 1] pads [0, 3] [0, 2]
      : (tensor<1x4x4x24xf32>, tensor<2x2x24xf32>) -> tensor<1x3x8x24xf32>
  return %0 : tensor<1x3x8x24xf32>
}

// -----

// One axis is one row, and eleven kinds of windows would be long code: there a padded image is made.
// CHECK-LABEL: func @one_axis
// CHECK: tensor.insert_slice %arg0 into {{.*}} tensor<1x9x24xf32> into tensor<1x11x24xf32>
// CHECK-NOT: scf.forall
// CHECK: linalg.generic {{.*}}"reduction"
// CHECK: tensor.insert_slice %arg2 into
// CHECK-NOT: scf.forall
// CHECK: return
func.func @one_axis(%x: tensor<1x9x24xf32>, %w: tensor<3x24xf32>, %y: tensor<1x9x30x24xf32>, %v: tensor<1x11x24xf32>)
    -> (tensor<1x9x24xf32>, tensor<1x9x30x24xf32>) {
  %0 = tenon.depthwise_conv %x, %w strides [1] dilations [1] pads [1] [1]
      : (tensor<1x9x24xf32>, tensor<3x24xf32>) -> tensor<1x9x24xf32>
  %1 = tenon.depthwise_conv %y, %v strides [1, 1] dilations [1, 1] pads [0, 5] [0, 5]
      : (tensor<1x9x30x24xf32>, tensor<1x11x24xf32>) -> tensor<1x9x30x24xf32>
  return %0, %1 : tensor<1x9x24xf32>, tensor<1x9x30x24xf32>
}
