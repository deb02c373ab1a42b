// RUN: tenon-opt %s --tenon-fuse-elementwise | FileCheck %s

#id = affine_map<(i, j) -> (i, j)>
#row = affine_map<(i, j) -> (i)>
#a = affine_map<(i, j, k) -> (i, k)>
#b = affine_map<(i, j, k) -> (k, j)>
#c = affine_map<(i, j, k) -> (i, j)>

// A sum that reads each element once takes the producer in.
// CHECK-LABEL: func.func @sum(
// CHECK: linalg.generic {{.*}}"reduction"
// CHECK: math.exp
// CHECK-NOT: linalg.generic
func.func @sum(%x: tensor<4x8xf32>, %e: tensor<4x8xf32>, %s: tensor<4xf32>) -> tensor<4xf32> {
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%p: f32, %o: f32):
    %y = math.exp %p : f32
    linalg.yield %y : f32
  } -> tensor<4x8xf32>
  %1 = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%0 : tensor<4x8xf32>) outs(%s : tensor<4xf32>) {
  ^bb0(%p: f32, %o: f32):
    %y = arith.addf %p, %o : f32
    linalg.yield %y : f32
  } -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// A product reads each many times.
// CHECK-LABEL: func.func @product(
// CHECK: math.exp
// CHECK: linalg.yield
// CHECK: linalg.generic {{.*}}"reduction"
// CHECK-NOT: math.exp
func.func @product(%x: tensor<4x8xf32>, %e: tensor<4x8xf32>, %w: tensor<8x6xf32>, %s: tensor<4x6xf32>) -> tensor<4x6xf32> {
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%p: f32, %o: f32):
    %y = math.exp %p : f32
    linalg.yield %y : f32
  } -> tensor<4x8xf32>
  %1 = linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "reduction"]} ins(%0, %w : tensor<4x8xf32>, tensor<8x6xf32>) outs(%s : tensor<4x6xf32>) {
  ^bb0(%p: f32, %q: f32, %o: f32):
    %m = arith.mulf %p, %q : f32
    %y = arith.addf %m, %o : f32
    linalg.yield %y : f32
  } -> tensor<4x6xf32>
  return %1 : tensor<4x6xf32>
}
