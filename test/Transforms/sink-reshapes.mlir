// RUN: tenon-opt %s --tenon-sink-reshapes --split-input-file | FileCheck %s

#row = affine_map<(m, p, l, k) -> (m, k)>
#panel = affine_map<(m, p, l, k) -> (p, k, l)>
#sum = affine_map<(m, p, l, k) -> (m, p, l)>
#id = affine_map<(i, j) -> (i, j)>
#bias = affine_map<(i, j) -> (j)>

// CHECK-LABEL: func.func @sums(
// CHECK: %[[S:.*]] = linalg.generic {{.*}}"reduction"
// CHECK-DAG: tenon.reshape %{{.*}} : tensor<32xf32> to tensor<2x16xf32>
// CHECK-DAG: tenon.reshape %{{.*}} : tensor<4x32xf32> to tensor<4x2x16xf32>
// CHECK: %[[E:.*]] = linalg.generic {{.*}} ins(%[[S]], %{{.*}}, %{{.*}} : tensor<4x2x16xf32>, tensor<2x16xf32>, tensor<4x2x16xf32>)
// CHECK: tenon.reshape %[[E]] : tensor<4x2x16xf32> to tensor<4x32xf32>
func.func @sums(%x: tensor<4x8xf32>, %w: tensor<2x8x16xf32>, %b: tensor<32xf32>, %z: tensor<4x32xf32>, %init: tensor<4x2x16xf32>) -> tensor<4x32xf32> {
  %s = linalg.generic {indexing_maps = [#row, #panel, #sum], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%x, %w : tensor<4x8xf32>, tensor<2x8x16xf32>) outs(%init : tensor<4x2x16xf32>) {
  ^bb0(%a: f32, %c: f32, %o: f32):
    %m = arith.mulf %a, %c : f32
    %n = arith.addf %o, %m : f32
    linalg.yield %n : f32
  } -> tensor<4x2x16xf32>
  %r = tenon.reshape %s : tensor<4x2x16xf32> to tensor<4x32xf32>
  %e = tensor.empty() : tensor<4x32xf32>
  %y = linalg.generic {indexing_maps = [#id, #bias, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%r, %b, %z : tensor<4x32xf32>, tensor<32xf32>, tensor<4x32xf32>) outs(%e : tensor<4x32xf32>) {
  ^bb0(%a: f32, %c: f32, %d: f32, %o: f32):
    %m = arith.addf %a, %c : f32
    %n = arith.addf %m, %d : f32
    linalg.yield %n : f32
  } -> tensor<4x32xf32>
  return %y : tensor<4x32xf32>
}

// -----

#id = affine_map<(i, j) -> (i, j)>

// Nothing is gained where the reshaped value is no sum.
// CHECK-LABEL: func.func @no_sums(
// CHECK: linalg.generic {{.*}} ["parallel", "parallel"]
func.func @no_sums(%x: tensor<4x2x16xf32>) -> tensor<4x32xf32> {
  %r = tenon.reshape %x : tensor<4x2x16xf32> to tensor<4x32xf32>
  %e = tensor.empty() : tensor<4x32xf32>
  %y = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%r : tensor<4x32xf32>) outs(%e : tensor<4x32xf32>) {
  ^bb0(%a: f32, %o: f32):
    %n = arith.negf %a : f32
    linalg.yield %n : f32
  } -> tensor<4x32xf32>
  return %y : tensor<4x32xf32>
}

// -----

#scale = affine_map<(o, h, w, i) -> (o, 0, 0, 0)>
#oihw = affine_map<(o, h, w, i) -> (o, i, h, w)>
#id4 = affine_map<(o, h, w, i) -> (o, h, w, i)>
#panel = affine_map<(p, h, w, i, l) -> (p, l, h, w, i)>
#id5 = affine_map<(p, h, w, i, l) -> (p, h, w, i, l)>

// A weight is scaled and moved in the shape that is cut into panels.
// CHECK-DAG: #[[SCALE:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1)>
// CHECK-DAG: #[[OIHW:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d4, d2, d3)>
// CHECK-LABEL: func.func @panels(
// CHECK-DAG: %[[S:.*]] = tenon.reshape %{{.*}} : tensor<32x1x1x1xf32> to tensor<2x16xf32>
// CHECK-DAG: %[[W:.*]] = tenon.reshape %{{.*}} : tensor<32x8x3x3xf32> to tensor<2x16x8x3x3xf32>
// CHECK: %[[M:.*]] = linalg.generic {indexing_maps = [#[[SCALE]], #[[OIHW]], {{.*}} ins(%[[S]], %[[W]]
// CHECK-NOT: tenon.reshape
// CHECK: linalg.generic {{.*}} ins(%[[M]] : tensor<2x16x3x3x8xf32>)
func.func @panels(%s: tensor<32x1x1x1xf32>, %w: tensor<32x8x3x3xf32>) -> tensor<2x3x3x8x16xf32> {
  %e = tensor.empty() : tensor<32x3x3x8xf32>
  %m = linalg.generic {indexing_maps = [#scale, #oihw, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%s, %w : tensor<32x1x1x1xf32>, tensor<32x8x3x3xf32>) outs(%e : tensor<32x3x3x8xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %n = arith.mulf %a, %b : f32
    linalg.yield %n : f32
  } -> tensor<32x3x3x8xf32>
  %r = tenon.reshape %m : tensor<32x3x3x8xf32> to tensor<2x16x3x3x8xf32>
  %f = tensor.empty() : tensor<2x3x3x8x16xf32>
  %y = linalg.generic {indexing_maps = [#panel, #id5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%r : tensor<2x16x3x3x8xf32>) outs(%f : tensor<2x3x3x8x16xf32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  } -> tensor<2x3x3x8x16xf32>
  return %y : tensor<2x3x3x8x16xf32>
}

// -----

#moved = affine_map<(i, j, k) -> (j, k, i)>
#id3 = affine_map<(i, j, k) -> (i, j, k)>
#back = affine_map<(i, j) -> (j, i)>
#id2 = affine_map<(i, j) -> (i, j)>

// Axes that the reshape joins lie apart in what is read, or another reads the
// result too: both stay two ops.
// CHECK-LABEL: func.func @apart(
// CHECK: %[[M:.*]] = linalg.generic
// CHECK: tenon.reshape %[[M]] : tensor<4x5x6xf32> to tensor<20x6xf32>
// CHECK: %[[N:.*]] = linalg.generic {{.*}} ins(%arg1 : tensor<4x5x6xf32>)
// CHECK: tenon.reshape %[[N]] : tensor<4x5x6xf32> to tensor<4x30xf32>
func.func @apart(%x: tensor<5x6x4xf32>, %z: tensor<4x5x6xf32>) -> (tensor<6x20xf32>, tensor<30x4xf32>, tensor<4x5x6xf32>) {
  %e = tensor.empty() : tensor<4x5x6xf32>
  %m = linalg.generic {indexing_maps = [#moved, #id3], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%x : tensor<5x6x4xf32>) outs(%e : tensor<4x5x6xf32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  } -> tensor<4x5x6xf32>
  %r = tenon.reshape %m : tensor<4x5x6xf32> to tensor<20x6xf32>
  %f = tensor.empty() : tensor<6x20xf32>
  %y = linalg.generic {indexing_maps = [#back, #id2], iterator_types = ["parallel", "parallel"]}
      ins(%r : tensor<20x6xf32>) outs(%f : tensor<6x20xf32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  } -> tensor<6x20xf32>
  %n = linalg.generic {indexing_maps = [#id3, #id3], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%z : tensor<4x5x6xf32>) outs(%e : tensor<4x5x6xf32>) {
  ^bb0(%a: f32, %o: f32):
    %c = arith.negf %a : f32
    linalg.yield %c : f32
  } -> tensor<4x5x6xf32>
  %s = tenon.reshape %n : tensor<4x5x6xf32> to tensor<4x30xf32>
  %g = tensor.empty() : tensor<30x4xf32>
  %t = linalg.generic {indexing_maps = [#back, #id2], iterator_types = ["parallel", "parallel"]}
      ins(%s : tensor<4x30xf32>) outs(%g : tensor<30x4xf32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  } -> tensor<30x4xf32>
  return %y, %t, %n : tensor<6x20xf32>, tensor<30x4xf32>, tensor<4x5x6xf32>
}
