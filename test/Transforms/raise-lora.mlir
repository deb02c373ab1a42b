// RUN: tenon-opt %s --tenon-raise-lora | FileCheck %s

// The scale may stand behind either factor, and the bias is the base's.
// CHECK-LABEL: @raises(
// CHECK-SAME: %[[X:.*]]: tensor<3x16xf32>
// CHECK-DAG: %[[W:.*]] = tenon.weight "w"
// CHECK-DAG: %[[A:.*]] = tenon.weight "a"
// CHECK-DAG: %[[B:.*]] = tenon.weight "b"
// CHECK-DAG: %[[C:.*]] = tenon.weight "c"
// CHECK-DAG: %[[S:.*]] = arith.constant dense<6.000000e+00> : tensor<f32>
// CHECK: %[[Y:.*]] = tenon.lora %[[X]], %[[W]], %[[A]], %[[B]], %[[S]], %[[C]]
// CHECK-NEXT: return %[[Y]]
func.func @raises(%x: tensor<3x16xf32>) -> tensor<3x12xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<12x16xf32>
  %a = tenon.weight "a" in "f" at 0 : tensor<2x16xf32>
  %b = tenon.weight "b" in "f" at 0 : tensor<12x2xf32>
  %c = tenon.weight "c" in "f" at 0 : tensor<12xf32>
  %two = arith.constant dense<2.0> : tensor<3x12xf32>
  %three = arith.constant dense<3.0> : tensor<3x2xf32>
  %y = tenon.linear %x, %w, %c : (tensor<3x16xf32>, tensor<12x16xf32>, tensor<12xf32>) -> tensor<3x12xf32>
  %l = tenon.linear %x, %a : (tensor<3x16xf32>, tensor<2x16xf32>) -> tensor<3x2xf32>
  %m = arith.mulf %l, %three : tensor<3x2xf32>
  %d = tenon.linear %m, %b : (tensor<3x2xf32>, tensor<12x2xf32>) -> tensor<3x12xf32>
  %s = arith.mulf %two, %d : tensor<3x12xf32>
  %z = arith.addf %s, %y : tensor<3x12xf32>
  return %z : tensor<3x12xf32>
}

// Other inputs; factors that are not thin; a bias between them; a product that is used twice; a weight that inputs give.
// CHECK-LABEL: @leaves(
// CHECK-NOT: tenon.lora
// CHECK: return
func.func @leaves(%x: tensor<3x16xf32>, %o: tensor<3x16xf32>, %given: tensor<2x16xf32>)
    -> (tensor<3x12xf32>, tensor<3x12xf32>, tensor<3x12xf32>, tensor<3x12xf32>, tensor<3x2xf32>, tensor<3x12xf32>) {
  %w = tenon.weight "w" in "f" at 0 : tensor<12x16xf32>
  %a = tenon.weight "a" in "f" at 0 : tensor<2x16xf32>
  %b = tenon.weight "b" in "f" at 0 : tensor<12x2xf32>
  %wide = tenon.weight "wide" in "f" at 0 : tensor<8x16xf32>
  %back = tenon.weight "back" in "f" at 0 : tensor<12x8xf32>
  %c = tenon.weight "c" in "f" at 0 : tensor<2xf32>
  %y = tenon.linear %x, %w : (tensor<3x16xf32>, tensor<12x16xf32>) -> tensor<3x12xf32>
  %l0 = tenon.linear %o, %a : (tensor<3x16xf32>, tensor<2x16xf32>) -> tensor<3x2xf32>
  %d0 = tenon.linear %l0, %b : (tensor<3x2xf32>, tensor<12x2xf32>) -> tensor<3x12xf32>
  %z0 = arith.addf %y, %d0 : tensor<3x12xf32>
  %y1 = tenon.linear %x, %w : (tensor<3x16xf32>, tensor<12x16xf32>) -> tensor<3x12xf32>
  %l1 = tenon.linear %x, %wide : (tensor<3x16xf32>, tensor<8x16xf32>) -> tensor<3x8xf32>
  %d1 = tenon.linear %l1, %back : (tensor<3x8xf32>, tensor<12x8xf32>) -> tensor<3x12xf32>
  %z1 = arith.addf %y1, %d1 : tensor<3x12xf32>
  %y2 = tenon.linear %x, %w : (tensor<3x16xf32>, tensor<12x16xf32>) -> tensor<3x12xf32>
  %l2 = tenon.linear %x, %a, %c : (tensor<3x16xf32>, tensor<2x16xf32>, tensor<2xf32>) -> tensor<3x2xf32>
  %d2 = tenon.linear %l2, %b : (tensor<3x2xf32>, tensor<12x2xf32>) -> tensor<3x12xf32>
  %z2 = arith.addf %y2, %d2 : tensor<3x12xf32>
  %y3 = tenon.linear %x, %w : (tensor<3x16xf32>, tensor<12x16xf32>) -> tensor<3x12xf32>
  %l3 = tenon.linear %x, %a : (tensor<3x16xf32>, tensor<2x16xf32>) -> tensor<3x2xf32>
  %d3 = tenon.linear %l3, %b : (tensor<3x2xf32>, tensor<12x2xf32>) -> tensor<3x12xf32>
  %z3 = arith.addf %y3, %d3 : tensor<3x12xf32>
  %y4 = tenon.linear %x, %w : (tensor<3x16xf32>, tensor<12x16xf32>) -> tensor<3x12xf32>
  %l4 = tenon.linear %x, %given : (tensor<3x16xf32>, tensor<2x16xf32>) -> tensor<3x2xf32>
  %d4 = tenon.linear %l4, %b : (tensor<3x2xf32>, tensor<12x2xf32>) -> tensor<3x12xf32>
  %z4 = arith.addf %y4, %d4 : tensor<3x12xf32>
  return %z0, %z1, %z2, %z3, %l3, %z4 : tensor<3x12xf32>, tensor<3x12xf32>, tensor<3x12xf32>, tensor<3x12xf32>, tensor<3x2xf32>, tensor<3x12xf32>
}
