// RUN: tenon-opt %s --convert-tenon-to-linalg --split-input-file | FileCheck %s

// Padding is -inf, so that it never wins, and NaN does.
// CHECK-DAG: #[[READ:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2 * 2 + d3)>
// CHECK-LABEL: func @max
// CHECK: arith.constant 0xFF800000 : f32
// CHECK: tensor.insert_slice %arg0 into
// CHECK: linalg.generic {indexing_maps = [#[[READ]], {{.*}} iterator_types = ["parallel", "parallel", "parallel", "reduction"]
// CHECK: arith.maximumf
func.func @max(%x: tensor<1x2x8xf32>) -> tensor<1x2x4xf32> {
  %0 = tenon.max_pool %x kernel [3] strides [2] dilations [1] pads [1] [1] : (tensor<1x2x8xf32>) -> tensor<1x2x4xf32>
  return %0 : tensor<1x2x4xf32>
}

// -----

// Bytes read as unsigned: padding is 0.
// CHECK-LABEL: func @unsigned
// CHECK: arith.constant 0 : i8
// CHECK: arith.maxui
func.func @unsigned(%x: tensor<1x2x8xi8>) -> tensor<1x2x4xi8> {
  %0 = tenon.max_pool %x kernel [3] strides [2] dilations [1] pads [1] [1] {unsigned_elements}
      : (tensor<1x2x8xi8>) -> tensor<1x2x4xi8>
  return %0 : tensor<1x2x4xi8>
}

// -----

// Value and index in one pass; no element yet is the highest index.
// CHECK-LABEL: func @with_indices
// CHECK: arith.constant 9223372036854775807 : i64
// CHECK: %[[BOTH:.*]]:2 = linalg.generic
// CHECK: return %[[BOTH]]#0, %[[BOTH]]#1
func.func @with_indices(%x: tensor<1x2x8xf32>) -> (tensor<1x2x4xf32>, tensor<1x2x4xi64>) {
  %0:2 = tenon.max_pool %x kernel [2] strides [2] dilations [1] pads [0] [0] {with_indices}
      : (tensor<1x2x8xf32>) -> (tensor<1x2x4xf32>, tensor<1x2x4xi64>)
  return %0#0, %0#1 : tensor<1x2x4xf32>, tensor<1x2x4xi64>
}

// -----

// The windows at the ends hold two elements of the input, the others three.
// CHECK-LABEL: func @mean
// CHECK: %[[COUNTS:.*]] = arith.constant dense<[2.000000e+00, 3.000000e+00, 3.000000e+00, 2.000000e+00]>
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %[[COUNTS]]
func.func @mean(%x: tensor<1x2x4xf32>) -> tensor<1x2x4xf32> {
  %0 = tenon.avg_pool %x kernel [3] strides [1] dilations [1] pads [1] [1] : (tensor<1x2x4xf32>) -> tensor<1x2x4xf32>
  return %0 : tensor<1x2x4xf32>
}

// -----

// With the padding counted they are all alike: no table.
// CHECK-LABEL: func @mean_with_padding
// CHECK-NOT: dense<
// CHECK: arith.constant 3.000000e+00 : f32
func.func @mean_with_padding(%x: tensor<1x2x4xf32>) -> tensor<1x2x4xf32> {
  %0 = tenon.avg_pool %x kernel [3] strides [1] dilations [1] pads [1] [1] {count_include_pad}
      : (tensor<1x2x4xf32>) -> tensor<1x2x4xf32>
  return %0 : tensor<1x2x4xf32>
}
