// RUN: tenon-opt %s --convert-tenon-to-linalg --split-input-file | FileCheck %s
// RUN: tenon-opt %s --convert-tenon-to-linalg=for-gpu=true --split-input-file | FileCheck %s --check-prefix=GPU

// A tile is one channel's plane. What its windows read is copied between lines of zeros, columns of the image at the begin of a
// line; bias and sums are the result's own, no padded image is made.
// CHECK-LABEL: func @whole
// CHECK: scf.forall (%[[N:.*]], %[[C:.*]], %[[ROW:.*]]) = (0, 0, 0) to (2, 6, 14) step (1, 1, 14)
// CHECK: %[[COPY:.*]] = tensor.empty() : tensor<1x1x16x64xf32>
// CHECK: linalg.fill {{.*}} -> tensor<1x1x1x64xf32>
// CHECK: %[[IMAGE:.*]] = tensor.extract_slice %arg0[%[[N]], %[[C]], 0, 0] [1, 1, 14, 40] [1, 1, 1, 1]
// CHECK: tensor.insert_slice %[[IMAGE]] into %{{.*}}[0, 0, 1, 16] [1, 1, 14, 40]
// CHECK: tensor.extract_slice %{{.*}}[0, 0, 0, 15] [1, 1, 16, 42] [1, 1, 1, 1] : tensor<1x1x16x64xf32> to tensor<1x1x16x42xf32>
// CHECK: tensor.extract_slice %arg1[%[[C]], 0, 0, 0] [1, 1, 3, 3]
// CHECK: linalg.generic {{.*}} ins({{.*}} : tensor<1x1x16x42xf32>, tensor<1x1x3x3xf32>) outs({{.*}} : tensor<1x1x14x40xf32>)
// CHECK: tensor.parallel_insert_slice
// A GPU has the loops over a padded image.
// GPU-LABEL: func @whole
// GPU-NOT: scf.forall
// GPU: tensor.insert_slice %arg0 into
// GPU: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<2x6x16x42xf32>, tensor<6x3x3xf32>)
func.func @whole(%x: tensor<2x6x14x40xf32>, %w: tensor<6x1x3x3xf32>, %b: tensor<6xf32>) -> tensor<2x6x14x40xf32> {
  %0 = tenon.conv %x, %w, %b strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 6
      : (tensor<2x6x14x40xf32>, tensor<6x1x3x3xf32>, tensor<6xf32>) -> tensor<2x6x14x40xf32>
  return %0 : tensor<2x6x14x40xf32>
}

// -----

// A plane that does not fit is cut into equal strips, where there are such; the rows above and below a strip are the image's
// or zeros. Numbers of 16 bits are widened on the way.
// CHECK-LABEL: func @strips
// CHECK: scf.forall {{.*}} to (1, 6, 112) step (1, 1, 28)
// CHECK: affine.max
// CHECK: %[[COPY:.*]] = tensor.empty() : tensor<1x1x30x144xf32>
// CHECK: linalg.generic {{.*}} ins({{.*}} : tensor<1x1x?x112xf16>) outs({{.*}} : tensor<1x1x?x112xf32>)
// CHECK: arith.extf
// CHECK: linalg.generic {{.*}} ins({{.*}} : tensor<1x1x30x114xf32>, tensor<1x1x3x3xf16>) outs({{.*}} : tensor<1x1x28x112xf32>)
// CHECK: tensor.parallel_insert_slice
// CHECK: arith.truncf
func.func @strips(%x: tensor<1x6x112x112xf16>, %w: tensor<6x1x3x3xf16>) -> tensor<1x6x112x112xf16> {
  %0 = tenon.conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 6
      : (tensor<1x6x112x112xf16>, tensor<6x1x3x3xf16>) -> tensor<1x6x112x112xf16>
  return %0 : tensor<1x6x112x112xf16>
}

// -----

// A prime number of rows leaves a rest. Without pads there are no zeros. Rows of the copy do not lie a power of two apart.
// CHECK-LABEL: func @rest
// CHECK: scf.forall {{.*}} to (1, 6, 47) step (1, 1, 16)
// CHECK: affine.min
// CHECK: tensor.empty() : tensor<1x1x18x272xf32>
// CHECK: linalg.generic {{.*}} outs({{.*}} : tensor<1x1x?x254xf32>)
func.func @rest(%x: tensor<1x6x49x256xf32>, %w: tensor<6x1x3x3xf32>) -> tensor<1x6x47x254xf32> {
  %0 = tenon.conv %x, %w strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 6
      : (tensor<1x6x49x256xf32>, tensor<6x1x3x3xf32>) -> tensor<1x6x47x254xf32>
  return %0 : tensor<1x6x47x254xf32>
}

// -----

// Left as loops over a padded image: short rows, steps of three along them, several outputs of a channel, integers, other ranks.
// CHECK-LABEL: func @left_alone
// CHECK-NOT: scf.forall
// CHECK: return
func.func @left_alone(%x: tensor<1x6x20x15xf32>, %y: tensor<1x6x20x60xf32>, %w: tensor<6x1x3x3xf32>, %m: tensor<12x1x3x3xf32>, %u: tensor<1x6x20x60xi8>, %v: tensor<6x1x3x3xi8>,
                      %l: tensor<1x6x60xf32>, %k: tensor<6x1x3xf32>)
    -> (tensor<1x6x20x15xf32>, tensor<1x6x20x20xf32>, tensor<1x12x20x60xf32>, tensor<1x6x20x60xi32>, tensor<1x6x60xf32>) {
  %0 = tenon.conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 6 : (tensor<1x6x20x15xf32>, tensor<6x1x3x3xf32>) -> tensor<1x6x20x15xf32>
  %1 = tenon.conv %y, %w strides [1, 3] dilations [1, 1] pads [1, 1] [1, 1] groups 6 : (tensor<1x6x20x60xf32>, tensor<6x1x3x3xf32>) -> tensor<1x6x20x20xf32>
  %2 = tenon.conv %y, %m strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 6 : (tensor<1x6x20x60xf32>, tensor<12x1x3x3xf32>) -> tensor<1x12x20x60xf32>
  %3 = tenon.conv %u, %v strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 6 : (tensor<1x6x20x60xi8>, tensor<6x1x3x3xi8>) -> tensor<1x6x20x60xi32>
  %4 = tenon.conv %l, %k strides [1] dilations [1] pads [1] [1] groups 6 : (tensor<1x6x60xf32>, tensor<6x1x3xf32>) -> tensor<1x6x60xf32>
  return %0, %1, %2, %3, %4 : tensor<1x6x20x15xf32>, tensor<1x6x20x20xf32>, tensor<1x12x20x60xf32>, tensor<1x6x20x60xi32>, tensor<1x6x60xf32>
}
