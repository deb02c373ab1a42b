// RUN: tenon-opt %s --convert-tenon-to-linalg --split-input-file | FileCheck %s

// Negative indices count from the end and every read is clamped.
// CHECK-LABEL: func @gather
// CHECK: ^bb0(%[[I:.*]]: i64, %{{.*}}: f32):
// CHECK: arith.index_cast %[[I]] : i64 to index
// CHECK: arith.maxsi
// CHECK: %[[AT:.*]] = arith.minsi
// CHECK: tensor.extract %arg0[%{{.*}}, %[[AT]], %{{.*}}]
func.func @gather(%x: tensor<2x5x3xf32>, %i: tensor<4xi64>) -> tensor<2x4x3xf32> {
  %0 = tenon.gather %x, %i axis 1 : (tensor<2x5x3xf32>, tensor<4xi64>) -> tensor<2x4x3xf32>
  return %0 : tensor<2x4x3xf32>
}

// -----

// The coordinates are read by maps.
// CHECK-DAG: #[[FIRST:.*]] = affine_map<(d0, d1) -> (d0, 0)>
// CHECK-DAG: #[[SECOND:.*]] = affine_map<(d0, d1) -> (d0, 1)>
// CHECK-LABEL: func @gather_nd
// CHECK: linalg.generic {indexing_maps = [#[[FIRST]], #[[SECOND]],
func.func @gather_nd(%x: tensor<2x5x3xf32>, %i: tensor<4x2xi64>) -> tensor<4x3xf32> {
  %0 = tenon.gather_nd %x, %i batch_dims 0 : (tensor<2x5x3xf32>, tensor<4x2xi64>) -> tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// -----

// Updates are made in a copy, one after another.
// CHECK-LABEL: func @scatter
// CHECK: %[[COPY:.*]] = linalg.copy ins(%arg0 {{.*}} outs(%{{.*}} : tensor<5x3xf32>)
// CHECK: scf.for {{.*}} iter_args(%{{.*}} = %[[COPY]])
// CHECK: tensor.insert
func.func @scatter(%x: tensor<5x3xf32>, %i: tensor<4x1xi64>, %u: tensor<4x3xf32>) -> tensor<5x3xf32> {
  %0 = tenon.scatter_nd %x, %i, %u : (tensor<5x3xf32>, tensor<4x1xi64>, tensor<4x3xf32>) -> tensor<5x3xf32>
  return %0 : tensor<5x3xf32>
}

// -----

// Sums of 16 bits run in f32.
// CHECK-LABEL: func @scatter_add
// CHECK: scf.for {{.*}} -> (tensor<5xf32>)
// CHECK: arith.addf %{{.*}} : f32
// CHECK: arith.truncf %{{.*}} : f32 to f16
func.func @scatter_add(%x: tensor<5xf16>, %i: tensor<4xi64>, %u: tensor<4xf16>) -> tensor<5xf16> {
  %0 = tenon.scatter_elements %x, %i, %u axis 0 {reduction = #tenon<scatter_reduction add>}
      : (tensor<5xf16>, tensor<4xi64>, tensor<4xf16>) -> tensor<5xf16>
  return %0 : tensor<5xf16>
}

// -----

// CHECK-LABEL: func @slice
// CHECK-NEXT: tensor.extract_slice %arg0[1, 0] [2, 3] [3, 1]
func.func @slice(%x: tensor<5x3xf32>) -> tensor<2x3xf32> {
  %0 = tenon.slice %x starts [1, 0] sizes [2, 3] steps [3, 1] : tensor<5x3xf32> -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// -----

// Backwards is a copy.
// CHECK-LABEL: func @backwards
// CHECK-NOT: tensor.extract_slice
// CHECK: arith.constant -1 : index
// CHECK: tensor.extract %arg0
func.func @backwards(%x: tensor<5xf32>) -> tensor<5xf32> {
  %0 = tenon.slice %x starts [4] sizes [5] steps [-1] : tensor<5xf32> -> tensor<5xf32>
  return %0 : tensor<5xf32>
}

// -----

// CHECK-LABEL: func @concat
// CHECK: %[[EMPTY:.*]] = tensor.empty() : tensor<2x8xf32>
// CHECK: %[[FIRST:.*]] = tensor.insert_slice %arg0 into %[[EMPTY]][0, 0] [2, 3] [1, 1]
// CHECK: tensor.insert_slice %arg2 into %[[FIRST]][0, 3] [2, 5] [1, 1]
func.func @concat(%x: tensor<2x3xf32>, %y: tensor<2x0xf32>, %z: tensor<2x5xf32>) -> tensor<2x8xf32> {
  %0 = tenon.concat %x, %y, %z axis 1 : (tensor<2x3xf32>, tensor<2x0xf32>, tensor<2x5xf32>) -> tensor<2x8xf32>
  return %0 : tensor<2x8xf32>
}

// -----

// Negative pads crop what is then padded.
// CHECK-LABEL: func @crop_and_pad
// CHECK: %[[LEFT:.*]] = tensor.extract_slice %arg0[2] [3] [1]
// CHECK: tensor.insert_slice %[[LEFT]] into %{{.*}}[0] [3] [1] : tensor<3xf32> into tensor<4xf32>
func.func @crop_and_pad(%x: tensor<5xf32>) -> tensor<4xf32> {
  %0 = tenon.pad %x low [-2] high [1] : (tensor<5xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// A short list of the best; long ones are merged instead.
// CHECK-LABEL: func @few
// CHECK: linalg.fill {{.*}} -> tensor<1x3x1xi64>
func.func @few(%x: tensor<100xf32>) -> (tensor<3xf32>, tensor<3xi64>) {
  %0:2 = tenon.top_k %x k 3 axis 0 : (tensor<100xf32>) -> (tensor<3xf32>, tensor<3xi64>)
  return %0#0, %0#1 : tensor<3xf32>, tensor<3xi64>
}

// -----

// CHECK-LABEL: func @many
// CHECK-NOT: linalg.fill
// CHECK: linalg.index 1
// CHECK: tensor.extract_slice %{{.*}} : tensor<1x9000x1xi64> to tensor<1x8000x1xi64>
func.func @many(%x: tensor<9000xf32>) -> (tensor<8000xf32>, tensor<8000xi64>) {
  %0:2 = tenon.top_k %x k 8000 axis 0 : (tensor<9000xf32>) -> (tensor<8000xf32>, tensor<8000xi64>)
  return %0#0, %0#1 : tensor<8000xf32>, tensor<8000xi64>
}

// As many tensors as one kernel joins.
// CHECK-LABEL: func.func @concat_48
// CHECK: tensor.empty() : tensor<96xf32>
// CHECK-COUNT-48: tensor.insert_slice {{.*}} into tensor<96xf32>
// CHECK-NOT: tensor.insert_slice
func.func @concat_48(%x: tensor<2xf32>) -> tensor<96xf32> {
  %0 = tenon.concat %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x axis 0 : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<96xf32>
  return %0 : tensor<96xf32>
}

// More are joined in parts.
// CHECK-LABEL: func.func @concat_50
// CHECK-COUNT-48: tensor.insert_slice {{.*}} into tensor<96xf32>
// CHECK-COUNT-2: tensor.insert_slice {{.*}} into tensor<4xf32>
// CHECK: tensor.insert_slice {{.*}} : tensor<96xf32> into tensor<100xf32>
// CHECK: tensor.insert_slice {{.*}} : tensor<4xf32> into tensor<100xf32>
// CHECK-NOT: tensor.insert_slice
func.func @concat_50(%x: tensor<2xf32>) -> tensor<100xf32> {
  %0 = tenon.concat %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x axis 0 : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<100xf32>
  return %0 : tensor<100xf32>
}
