// RUN: tenon-opt %s --convert-tenon-to-linalg --split-input-file | FileCheck %s

// One contraction over (n, o, h, w, c, kh, kw) by strided maps, the bias behind it.
// CHECK-DAG: #[[READ:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d4, d2 * 2 + d5, d3 * 2 + d6 * 3)>
// CHECK-DAG: #[[WEIGHT:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d1, d4, d5, d6)>
// CHECK-DAG: #[[SUM:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d3)>
// CHECK-DAG: #[[CHANNEL:.*]] = affine_map<(d0, d1, d2, d3) -> (d1)>
// CHECK-LABEL: func @strided
// The last tap on axis 2 lies at 8: nothing is padded behind it.
// CHECK: %[[PADDED:.*]] = tensor.insert_slice %arg0 into %{{.*}}[0, 0, 1, 0] [2, 3, 8, 20] [1, 1, 1, 1] : tensor<2x3x8x20xf32> into tensor<2x3x9x20xf32>
// CHECK: %[[ACC:.*]] = linalg.generic {indexing_maps = [#[[READ]], #[[WEIGHT]], #[[SUM]]]
// CHECK-SAME: ins(%[[PADDED]], %arg1
// CHECK: linalg.generic {indexing_maps = [#{{.*}}, #[[CHANNEL]], #{{.*}}], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%[[ACC]], %arg2
func.func @strided(%x: tensor<2x3x8x20xf32>, %w: tensor<4x3x3x3xf32>, %b: tensor<4xf32>) -> tensor<2x4x4x7xf32> {
  %0 = tenon.conv %x, %w, %b strides [2, 2] dilations [1, 3] pads [1, 0] [1, 0] groups 1
      : (tensor<2x3x8x20xf32>, tensor<4x3x3x3xf32>, tensor<4xf32>) -> tensor<2x4x4x7xf32>
  return %0 : tensor<2x4x4x7xf32>
}

// -----

// CHECK-LABEL: func @pointwise
// CHECK-DAG: %[[W:.*]] = tenon.reshape %arg1 : tensor<8x5x1x1xf32> to tensor<8x5xf32>
// CHECK-DAG: %[[X:.*]] = tenon.reshape %arg0 : tensor<1x5x6x7xf32> to tensor<5x42xf32>
// CHECK: linalg.matmul ins(%[[W]], %[[X]] : tensor<8x5xf32>, tensor<5x42xf32>)
// CHECK-NOT: tensor.insert_slice
// CHECK: tenon.reshape %{{.*}} : tensor<8x42xf32> to tensor<1x8x6x7xf32>
func.func @pointwise(%x: tensor<1x5x6x7xf32>, %w: tensor<8x5x1x1xf32>) -> tensor<1x8x6x7xf32> {
  %0 = tenon.conv %x, %w strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1
      : (tensor<1x5x6x7xf32>, tensor<8x5x1x1xf32>) -> tensor<1x8x6x7xf32>
  return %0 : tensor<1x8x6x7xf32>
}

// -----

// A stride is a near miss: positions are dropped.
// CHECK-LABEL: func @strided_pointwise
// CHECK-NOT: linalg.matmul
// CHECK: return
func.func @strided_pointwise(%x: tensor<1x5x6x8xf32>, %w: tensor<8x5x1x1xf32>) -> tensor<1x8x3x4xf32> {
  %0 = tenon.conv %x, %w strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] groups 1
      : (tensor<1x5x6x8xf32>, tensor<8x5x1x1xf32>) -> tensor<1x8x3x4xf32>
  return %0 : tensor<1x8x3x4xf32>
}

// -----

// Depthwise: no loop over input channels.
// CHECK-DAG: #[[READ:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2 + d3)>
// CHECK-LABEL: func @depthwise
// CHECK: linalg.generic {indexing_maps = [#[[READ]], {{.*}} iterator_types = ["parallel", "parallel", "parallel", "reduction"]
func.func @depthwise(%x: tensor<1x6x9xf32>, %w: tensor<6x1x3xf32>) -> tensor<1x6x7xf32> {
  %0 = tenon.conv %x, %w strides [1] dilations [1] pads [0] [0] groups 6
      : (tensor<1x6x9xf32>, tensor<6x1x3xf32>) -> tensor<1x6x7xf32>
  return %0 : tensor<1x6x7xf32>
}

// -----

// 16 bits: sums in f32, the bias added there, one rounding.
// CHECK-LABEL: func @rounded_once
// CHECK: arith.mulf %{{.*}} : f32
// CHECK: arith.addf %{{.*}} : f32
// CHECK: linalg.generic
// CHECK: arith.addf %{{.*}} : f32
// CHECK-NEXT: arith.truncf %{{.*}} : f32 to f16
func.func @rounded_once(%x: tensor<1x6x9xf16>, %w: tensor<2x6x3xf16>, %b: tensor<2xf16>) -> tensor<1x2x7xf16> {
  %0 = tenon.conv %x, %w, %b strides [1] dilations [1] pads [0] [0] groups 1
      : (tensor<1x6x9xf16>, tensor<2x6x3xf16>, tensor<2xf16>) -> tensor<1x2x7xf16>
  return %0 : tensor<1x2x7xf16>
}

// -----

// Stride 2, kernel 2: the four phases are rows of one matrix product, and move beside the pixels.
// CHECK-DAG: #[[PHASES:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d3, d5, d2, d4)>
// CHECK-LABEL: func @doubled
// CHECK: linalg.matmul ins(%{{.*}}, %{{.*}} : tensor<16x3xf32>, tensor<3x30xf32>)
// CHECK: linalg.generic {indexing_maps = [#[[PHASES]], {{.*}} outs(%{{.*}} : tensor<1x4x5x2x6x2xf32>)
// CHECK: tenon.reshape %{{.*}} : tensor<1x4x5x2x6x2xf32> to tensor<1x4x10x12xf32>
// CHECK-NOT: tensor.extract_slice
func.func @doubled(%x: tensor<1x3x5x6xf32>, %w: tensor<3x4x2x2xf32>) -> tensor<1x4x10x12xf32> {
  %0 = tenon.conv_transpose %x, %w strides [2, 2] dilations [1, 1] pads [0, 0] [0, 0] output_padding [0, 0] groups 1
      : (tensor<1x3x5x6xf32>, tensor<3x4x2x2xf32>) -> tensor<1x4x10x12xf32>
  return %0 : tensor<1x4x10x12xf32>
}

// -----

// Pads that are no multiple of the stride crop the interleaved result.
// CHECK-LABEL: func @cropped
// CHECK: tensor.extract_slice %{{.*}}[0, 0, 1] [1, 4, 10] [1, 1, 1] : tensor<1x4x12xf32> to tensor<1x4x10xf32>
func.func @cropped(%x: tensor<1x3x5xf32>, %w: tensor<3x4x4xf32>) -> tensor<1x4x10xf32> {
  %0 = tenon.conv_transpose %x, %w strides [2] dilations [1] pads [1] [1] output_padding [0] groups 1
      : (tensor<1x3x5xf32>, tensor<3x4x4xf32>) -> tensor<1x4x10xf32>
  return %0 : tensor<1x4x10xf32>
}

// -----

// SEMANTICS H1: nothing is computed for an empty batch.
// CHECK-LABEL: func @no_batch
// CHECK-NOT: linalg.generic
// CHECK: %[[EMPTY:.*]] = arith.constant dense<> : tensor<0x4x6x6xf32>
// CHECK: return %[[EMPTY]]
func.func @no_batch(%x: tensor<0x3x6x6xf32>, %w: tensor<4x3x1x1xf32>) -> tensor<0x4x6x6xf32> {
  %0 = tenon.conv %x, %w strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1
      : (tensor<0x3x6x6xf32>, tensor<4x3x1x1xf32>) -> tensor<0x4x6x6xf32>
  return %0 : tensor<0x4x6x6xf32>
}

// -----

// A group's panels see its channels.
// CHECK-DAG: #[[IMAGE:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7, d8) -> (d0, d1 + d6, d2 + d7, d3, d8)>
// CHECK-DAG: #[[WEIGHT:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7, d8) -> (d3, d4, d6, d7, d8, d5)>
// CHECK-DAG: #[[SUMS:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7, d8) -> (d0, d1, d2, d3, d4, d5)>
// CHECK-LABEL: func.func @packed_groups
// CHECK: linalg.generic {indexing_maps = [#[[IMAGE]], #[[WEIGHT]], #[[SUMS]]]
// CHECK-SAME: ins(%{{.*}}, %{{.*}} : tensor<1x8x8x2x3xf32>, tensor<2x2x3x3x3x8xf32>)
func.func @packed_groups(%x: tensor<1x6x6x6xf32>, %w: tensor<4x3x3x3x8xf32>) -> tensor<1x6x6x32xf32> {
  %r = tenon.packed_conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x6x6xf32>, tensor<4x3x3x3x8xf32>) -> tensor<1x6x6x32xf32>
  return %r : tensor<1x6x6x32xf32>
}
