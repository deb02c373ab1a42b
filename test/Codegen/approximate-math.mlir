// RUN: tenon-opt %s --tenon-approximate-math | FileCheck %s

// CHECK-LABEL: @expanded
// CHECK-NOT: math.{{exp|tanh|erf|log}}
// CHECK: return
func.func @expanded(%x: f32) -> (f32, f32, f32, f32) {
  %0 = math.exp %x : f32
  %1 = math.tanh %x : f32
  %2 = math.erf %x : f32
  %3 = math.log %x : f32
  return %0, %1, %2, %3 : f32, f32, f32, f32
}

// CHECK-LABEL: @left
// CHECK: math.exp {{.*}} : f64
// CHECK: math.acosh
func.func @left(%x: f32, %y: f64) -> (f64, f32) {
  %0 = math.exp %y : f64
  %1 = math.acosh %x : f32
  return %0, %1 : f64, f32
}

// To bf16 in integers, of which a NaN keeps its sign and first bits.
// CHECK-LABEL: @rounded
// CHECK: %[[BITS:.*]] = arith.bitcast %{{.*}} : vector<8xf32> to vector<8xi32>
// CHECK: %[[NAN:.*]] = arith.cmpf uno
// CHECK: %[[QUIET:.*]] = arith.ori %[[BITS]]
// CHECK: %[[SUM:.*]] = arith.addi %[[BITS]]
// CHECK: arith.select %[[NAN]], %[[QUIET]], %[[SUM]]
// CHECK: arith.trunci {{.*}} : vector<8xi32> to vector<8xi16>
// CHECK-NOT: arith.truncf
// CHECK: return
func.func @rounded(%x: vector<8xf32>) -> vector<8xbf16> {
  %0 = arith.truncf %x : vector<8xf32> to vector<8xbf16>
  return %0 : vector<8xbf16>
}
