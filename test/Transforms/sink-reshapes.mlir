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
