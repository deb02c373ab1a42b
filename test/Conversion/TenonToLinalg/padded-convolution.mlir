// RUN: tenon-opt %s --convert-tenon-to-linalg --split-input-file | FileCheck %s
// RUN: tenon-opt %s --convert-tenon-to-linalg=for-gpu --split-input-file | FileCheck %s --check-prefix=GPU

// A tile is some rows of the result. For each tap the rows of it whose tap lies in the image are a range; the columns are known:
// the first tap has none for the first column, the last none for the last. No padded image is made.
// CHECK-DAG: #[[FIRST:.*]] = affine_map<(d0, d1) -> (d0, (-(d1 - 1)) ceildiv 2)>
// CHECK-DAG: #[[END:.*]] = affine_map<(d0, d1) -> (d0 + 2, (-(d1 - 1) + 32) ceildiv 2)>
// CHECK-LABEL: func @padded
// CHECK: scf.forall (%{{.*}}, %[[ROW:.*]], %[[PANEL:.*]]) = (0, 0, 0) to (1, 16, 2) step (1, 2, 2)
// CHECK: linalg.fill
// CHECK: scf.for %[[TAP:.*]] = %{{.*}} to %{{.*}} step
// CHECK: affine.max #[[FIRST]](%[[ROW]], %[[TAP]])
// CHECK: affine.min #[[END]](%[[ROW]], %[[TAP]])
// CHECK: tensor.extract_slice %arg0[%{{.*}}, %{{.*}}, 1, 0] [1, %{{.*}}, 29, 32] [1, 1, 1, 1]
// CHECK: tensor.extract_slice %arg1[%[[PANEL]], %[[TAP]], 0, 0, 0] [2, 1, 1, 32, 16]
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<1x?x15x2x16xf32>)
// CHECK: tensor.extract_slice %arg0[%{{.*}}, %{{.*}}, 0, 0] [1, %{{.*}}, 31, 32] [1, 1, 1, 1]
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<1x?x16x2x16xf32>)
// CHECK: tensor.extract_slice %arg0[%{{.*}}, %{{.*}}, 1, 0] [1, %{{.*}}, 31, 32] [1, 1, 1, 1]
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<1x?x16x2x16xf32>)
// CHECK-NOT: linalg.generic
// CHECK: tensor.parallel_insert_slice

// GPU-LABEL: func @padded
// GPU-NOT: scf.forall
// GPU: tensor.insert_slice %arg0 into
// GPU-NOT: scf.forall
func.func @padded(%x: tensor<1x32x32x32xf32>, %w: tensor<2x3x3x32x16xf32>) -> tensor<1x16x16x32xf32> {
  %0 = tenon.packed_conv %x, %w strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1]
      : (tensor<1x32x32x32xf32>, tensor<2x3x3x32x16xf32>) -> tensor<1x16x16x32xf32>
  return %0 : tensor<1x16x16x32xf32>
}

// -----

// Without pads, with few channels, with one axis and with more sums than code is made for there is one sum.
// CHECK-LABEL: func @others
// CHECK-NOT: scf.forall
func.func @others(%x: tensor<1x32x32x32xf32>, %thin: tensor<1x32x32x31xf32>, %line: tensor<1x32x32xf32>, %w: tensor<2x3x3x32x16xf32>, %v: tensor<2x3x3x31x16xf32>,
    %l: tensor<2x3x32x16xf32>, %wide: tensor<2x1x11x32x16xf32>)
    -> (tensor<1x30x30x32xf32>, tensor<1x32x32x32xf32>, tensor<1x32x32xf32>, tensor<1x32x32x32xf32>) {
  %0 = tenon.packed_conv %x, %w strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] : (tensor<1x32x32x32xf32>, tensor<2x3x3x32x16xf32>) -> tensor<1x30x30x32xf32>
  %1 = tenon.packed_conv %thin, %v strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x32x32x31xf32>, tensor<2x3x3x31x16xf32>) -> tensor<1x32x32x32xf32>
  %2 = tenon.packed_conv %line, %l strides [1] dilations [1] pads [1] [1] : (tensor<1x32x32xf32>, tensor<2x3x32x16xf32>) -> tensor<1x32x32xf32>
  %3 = tenon.packed_conv %x, %wide strides [1, 1] dilations [1, 1] pads [0, 5] [0, 5] : (tensor<1x32x32x32xf32>, tensor<2x1x11x32x16xf32>) -> tensor<1x32x32x32xf32>
  return %0, %1, %2, %3 : tensor<1x30x30x32xf32>, tensor<1x32x32x32xf32>, tensor<1x32x32xf32>, tensor<1x32x32x32xf32>
}
