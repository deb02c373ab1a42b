// RUN: tenon-opt %s --tenon-measure-merge | FileCheck %s

// A weight with two changes, rounded once: what is lost beside what was added. One of 32 bits, and a cast that is no sum, are
// none.
// CHECK: func.func @step() -> (tensor<2xf32> {tenon.name = "w"}) {
// CHECK: %[[W:.*]] = tenon.weight "w"
// CHECK: %[[BASE:.*]] = tenon.cast %[[W]] : tensor<4x8xbf16> to tensor<4x8xf32>
// CHECK: %[[FIRST:.*]] = arith.addf %[[BASE]]
// CHECK: %[[EXACT:.*]] = arith.addf %[[FIRST]]
// CHECK: %[[ROUNDED:.*]] = tenon.cast %[[EXACT]] : tensor<4x8xf32> to tensor<4x8xbf16>
// CHECK: %[[KEPT:.*]] = tenon.cast %[[ROUNDED]]
// CHECK: arith.subf %[[EXACT]], %[[KEPT]]
// CHECK: arith.subf %[[EXACT]], %[[BASE]]
// CHECK: arith.cmpf oeq, %[[KEPT]], %[[BASE]]
// CHECK-NOT: tenon.linear
// CHECK: return %{{.*}} : tensor<2xf32>
func.func @step(%x: tensor<3x8xbf16>, %y: tensor<3x8xf32>) -> (tensor<3x4xbf16>, tensor<3x4xf32>, tensor<3x4xbf16>) {
  %w = tenon.weight "w" in "f" at 0 : tensor<4x8xbf16>
  %v = tenon.weight "v" in "f" at 0 : tensor<4x8xf32>
  %c = tenon.weight "c" in "f" at 0 : tensor<4x8xf32>
  %d = tenon.weight "d" in "f" at 0 : tensor<4x8xf32>
  %wide = tenon.cast %w : tensor<4x8xbf16> to tensor<4x8xf32>
  %one = arith.addf %wide, %c : tensor<4x8xf32>
  %two = arith.addf %one, %d : tensor<4x8xf32>
  %merged = tenon.cast %two : tensor<4x8xf32> to tensor<4x8xbf16>
  %sum = arith.addf %v, %c : tensor<4x8xf32>
  %short = tenon.cast %c : tensor<4x8xf32> to tensor<4x8xbf16>
  %0 = tenon.linear %x, %merged : (tensor<3x8xbf16>, tensor<4x8xbf16>) -> tensor<3x4xbf16>
  %1 = tenon.linear %y, %sum : (tensor<3x8xf32>, tensor<4x8xf32>) -> tensor<3x4xf32>
  %2 = tenon.linear %x, %short : (tensor<3x8xbf16>, tensor<4x8xbf16>) -> tensor<3x4xbf16>
  return %0, %1, %2 : tensor<3x4xbf16>, tensor<3x4xf32>, tensor<3x4xbf16>
}
