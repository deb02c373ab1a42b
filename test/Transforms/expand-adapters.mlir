// RUN: tenon-opt %s --tenon-expand-adapters --canonicalize --cse | FileCheck %s

// All adapters at once: their first factors side by side, the scales, their second factors side by side.
// CHECK-LABEL: @together(
// CHECK-SAME: %[[Y:.*]]: tensor<5x4xf32>, %[[X:.*]]: tensor<5x3xf32>
// CHECK-DAG: %[[A:.*]] = tenon.weight "a"
// CHECK-DAG: %[[B:.*]] = tenon.weight "b"
// CHECK-DAG: %[[AS:.*]] = tenon.reshape %[[A]] : tensor<6x8x3xf32> to tensor<48x3xf32>
// CHECK-DAG: %[[T:.*]] = tenon.linear %[[X]], %[[AS]]
// CHECK: %[[U:.*]] = arith.mulf %[[T]]
// CHECK: %[[BT:.*]] = tenon.transpose %[[B]] [1, 0, 2]
// CHECK: %[[BS:.*]] = tenon.reshape %[[BT]] : tensor<4x6x8xf32> to tensor<4x48xf32>
// CHECK: %[[D:.*]] = tenon.linear %[[U]], %[[BS]]
// CHECK: %[[Z:.*]] = arith.addf %[[Y]], %[[D]]
// CHECK: return %[[Z]]
func.func @together(%y: tensor<5x4xf32>, %x: tensor<5x3xf32>) -> tensor<5x4xf32> {
  %a = tenon.weight "a" in "f" at 0 : tensor<6x8x3xf32>
  %b = tenon.weight "b" in "f" at 0 : tensor<6x4x8xf32>
  %s = tenon.parameter "s" = dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  %z = tenon.adapters %y, %x, %a, %b, %s : (tensor<5x4xf32>, tensor<5x3xf32>, tensor<6x8x3xf32>, tensor<6x4x8xf32>, tensor<6xf32>) -> tensor<5x4xf32>
  return %z : tensor<5x4xf32>
}

// By row: what other adapters give is zero, and a row without adapter has its base.
// CHECK-LABEL: @rows(
// CHECK-SAME: %[[Y:.*]]: tensor<2x5x4xf32>, %[[X:.*]]: tensor<2x5x3xf32>, %[[R:.*]]: tensor<2xi64>
// CHECK-DAG: %[[ZERO:.*]] = arith.constant dense<0.000000e+00> : tensor<2x5x48xf32>
// CHECK-DAG: %[[NUMBERS:.*]] = arith.constant dense<{{\[\[}}0, 1, 2, 3, 4, 5]]> : tensor<1x6xi64>
// CHECK: tenon.linear %[[X]]
// CHECK: %[[SCALED:.*]] = arith.mulf
// CHECK: %[[OWN:.*]] = arith.cmpi eq
// CHECK: %[[MASKED:.*]] = arith.select %{{.*}}, %[[SCALED]], %[[ZERO]] : tensor<2x5x48xi1>, tensor<2x5x48xf32>
// CHECK: %[[D:.*]] = tenon.linear %[[MASKED]]
// CHECK: %[[SUM:.*]] = arith.addf %[[Y]], %[[D]]
// CHECK: %[[Z:.*]] = arith.select %{{.*}}, %[[SUM]], %[[Y]] : tensor<2x5x4xi1>, tensor<2x5x4xf32>
// CHECK: return %[[Z]]
func.func @rows(%y: tensor<2x5x4xf32>, %x: tensor<2x5x3xf32>, %r: tensor<2xi64>) -> tensor<2x5x4xf32> {
  %a = tenon.weight "a" in "f" at 0 : tensor<6x8x3xf32>
  %b = tenon.weight "b" in "f" at 0 : tensor<6x4x8xf32>
  %s = tenon.parameter "s" = dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  %z = tenon.adapters %y, %x, %a, %b, %s rows %r : (tensor<2x5x4xf32>, tensor<2x5x3xf32>, tensor<6x8x3xf32>, tensor<6x4x8xf32>, tensor<6xf32>, tensor<2xi64>) -> tensor<2x5x4xf32>
  return %z : tensor<2x5x4xf32>
}

// Many adapters: rows are put together by adapter, and only factors that some row has are read.
// CHECK-LABEL: @many(
// CHECK-SAME: %[[Y:.*]]: tensor<2x5x4xf32>, %[[X:.*]]: tensor<2x5x3xf32>, %[[R:.*]]: tensor<2xi64>
// CHECK: %[[ROWS:.*]], %[[EXPERTS:.*]], %[[PLACES:.*]] = tenon.group_rows %{{.*}} experts 61 tile 1
// CHECK: %[[USED:.*]] = arith.select %{{.*}}, %{{.*}}, %[[EXPERTS]]
// CHECK: %[[GIVEN:.*]] = tenon.gather %{{.*}}, %[[ROWS]] axis 0
// CHECK: %[[T:.*]] = tenon.grouped_linear %[[GIVEN]], %{{.*}} of %[[USED]]
// CHECK: %[[D:.*]] = tenon.grouped_linear %[[T]], %{{.*}} of %[[USED]]
// CHECK: tenon.gather %[[D]], %[[PLACES]] axis 0
// CHECK: %[[SUM:.*]] = arith.addf %[[Y]]
// CHECK: %[[Z:.*]] = arith.select %{{.*}}, %[[SUM]], %[[Y]]
// CHECK: return %[[Z]]
func.func @many(%y: tensor<2x5x4xf32>, %x: tensor<2x5x3xf32>, %r: tensor<2xi64>) -> tensor<2x5x4xf32> {
  %a = tenon.weight "a" in "f" at 0 : tensor<60x8x3xf32>
  %b = tenon.weight "b" in "f" at 0 : tensor<60x4x8xf32>
  %s = tenon.parameter "s" = dense<1.0> : tensor<60xf32>
  %z = tenon.adapters %y, %x, %a, %b, %s rows %r : (tensor<2x5x4xf32>, tensor<2x5x3xf32>, tensor<60x8x3xf32>, tensor<60x4x8xf32>, tensor<60xf32>, tensor<2xi64>) -> tensor<2x5x4xf32>
  return %z : tensor<2x5x4xf32>
}

// Without ranks nothing is added.
// CHECK-LABEL: @nothing(
// CHECK-SAME: %[[Y:.*]]: tensor<5x4xf32>
// CHECK: return %[[Y]]
func.func @nothing(%y: tensor<5x4xf32>, %x: tensor<5x3xf32>, %a: tensor<6x0x3xf32>, %b: tensor<6x4x0xf32>, %s: tensor<6xf32>) -> tensor<5x4xf32> {
  %z = tenon.adapters %y, %x, %a, %b, %s : (tensor<5x4xf32>, tensor<5x3xf32>, tensor<6x0x3xf32>, tensor<6x4x0xf32>, tensor<6xf32>) -> tensor<5x4xf32>
  return %z : tensor<5x4xf32>
}

// A lora whose scale is known is a layer and such products; one that may be 0 stays.
// CHECK-LABEL: @lora(
// CHECK-SAME: %[[X:.*]]: tensor<3x16xbf16>, %[[T:.*]]: tensor<f32>
// CHECK-DAG: %[[W:.*]] = tenon.weight "w"
// CHECK: %[[Y:.*]] = tenon.linear %[[X]], %[[W]]
// CHECK: %[[Z:.*]] = arith.addf %[[Y]]
// CHECK: %[[L:.*]] = tenon.lora
// CHECK: return %[[Z]], %[[L]]
func.func @lora(%x: tensor<3x16xbf16>, %t: tensor<f32>) -> (tensor<3x12xbf16>, tensor<3x12xbf16>) {
  %w = tenon.weight "w" in "f" at 0 : tensor<12x16xbf16>
  %a = tenon.weight "a" in "f" at 0 : tensor<2x16xbf16>
  %b = tenon.weight "b" in "f" at 0 : tensor<12x2xbf16>
  %s = arith.constant dense<2.0> : tensor<f32>
  %y = tenon.lora %x, %w, %a, %b, %s : (tensor<3x16xbf16>, tensor<12x16xbf16>, tensor<2x16xbf16>, tensor<12x2xbf16>, tensor<f32>) -> tensor<3x12xbf16>
  %z = tenon.lora %x, %w, %a, %b, %t : (tensor<3x16xbf16>, tensor<12x16xbf16>, tensor<2x16xbf16>, tensor<12x2xbf16>, tensor<f32>) -> tensor<3x12xbf16>
  return %y, %z : tensor<3x12xbf16>, tensor<3x12xbf16>
}

// Unknown sizes stay.
// CHECK-LABEL: @leaves(
// CHECK: tenon.adapters
func.func @leaves(%y: tensor<?x4xf32>, %x: tensor<?x3xf32>, %a: tensor<6x8x3xf32>, %b: tensor<6x4x8xf32>, %s: tensor<6xf32>) -> tensor<?x4xf32> {
  %z = tenon.adapters %y, %x, %a, %b, %s : (tensor<?x4xf32>, tensor<?x3xf32>, tensor<6x8x3xf32>, tensor<6x4x8xf32>, tensor<6xf32>) -> tensor<?x4xf32>
  return %z : tensor<?x4xf32>
}
