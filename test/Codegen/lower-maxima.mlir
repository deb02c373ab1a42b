// RUN: tenon-opt %s --tenon-lower-maxima | FileCheck %s

// CHECK-LABEL: @scalars
// CHECK: llvm.intr.maximum(%arg0, %arg1) {fastmathFlags = #llvm.fastmath<nsz>} : (f32, f32) -> f32
// CHECK: llvm.intr.minimum(%arg2, %arg3) {fastmathFlags = #llvm.fastmath<nsz>} : (f64, f64) -> f64
func.func @scalars(%a: f32, %b: f32, %c: f64, %d: f64) -> (f32, f64) {
  %m = arith.maximumf %a, %b : f32
  %n = arith.minimumf %c, %d : f64
  return %m, %n : f32, f64
}

// CHECK-LABEL: @vectors
// CHECK: llvm.intr.maximum{{.*}}vector<8xf32>
func.func @vectors(%a: vector<8xf32>, %b: vector<8xf32>) -> vector<8xf32> {
  %m = arith.maximumf %a, %b : vector<8xf32>
  return %m : vector<8xf32>
}

// Types that LLVM widens or has not, and maxima that pass over NaN, stay.
// CHECK-LABEL: @others
// CHECK: arith.maximumf {{.*}} : f16
// CHECK: arith.maximumf {{.*}} : vector<2x8xf32>
// CHECK: arith.maxnumf
func.func @others(%a: f16, %b: vector<2x8xf32>, %c: f32, %d: f16, %e: vector<2x8xf32>, %f: f32) -> (f16, vector<2x8xf32>, f32) {
  %m = arith.maximumf %a, %d : f16
  %n = arith.maximumf %b, %e : vector<2x8xf32>
  %o = arith.maxnumf %c, %f : f32
  return %m, %n, %o : f16, vector<2x8xf32>, f32
}
