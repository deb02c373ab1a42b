// RUN: tenon-opt %s --tenon-allow-reassociation | FileCheck %s

// CHECK-LABEL: @sum
// CHECK: arith.addf {{.*}} fastmath<reassoc,contract>
func.func @sum(%x: memref<8xf32>, %out: memref<f32>) {
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> ()>], iterator_types = ["reduction"]}
      ins(%x : memref<8xf32>) outs(%out : memref<f32>) {
  ^bb0(%a: f32, %s: f32):
    %t = arith.addf %s, %a : f32
    linalg.yield %t : f32
  }
  return
}

// Elsewhere sums keep their order; NaN and infinity keep their meaning.
// CHECK-LABEL: @elementwise
// CHECK: arith.mulf {{.*}} fastmath<contract>
// CHECK: arith.addf {{.*}} fastmath<contract>
// CHECK-NOT: {{nnan|ninf|nsz}}
func.func @elementwise(%x: memref<8xf32>, %out: memref<8xf32>) {
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : memref<8xf32>) outs(%out : memref<8xf32>) {
  ^bb0(%a: f32, %o: f32):
    %p = arith.mulf %a, %a : f32
    %t = arith.addf %p, %a : f32
    linalg.yield %t : f32
  }
  return
}
