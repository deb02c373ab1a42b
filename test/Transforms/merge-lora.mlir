// RUN: tenon-opt %s --tenon-merge-lora | FileCheck %s
// RUN: tenon-opt %s --tenon-merge-lora=rounded | FileCheck %s --check-prefix=ROUNDED

// CHECK-LABEL: @merges(
// CHECK-SAME: %[[X:.*]]: tensor<3x16xf32>, %[[C:.*]]: tensor<12xf32>
// CHECK-DAG: %[[W:.*]] = tenon.weight "w"
// CHECK-DAG: %[[A:.*]] = tenon.weight "a"
// CHECK-DAG: %[[B:.*]] = tenon.weight "b"
// CHECK-DAG: %[[M:.*]] = tenon.matmul %[[B]], %[[A]]
// CHECK-DAG: %[[S:.*]] = tenon.broadcast %{{.*}} : tensor<f32> to tensor<12x16xf32>
// CHECK: %[[D:.*]] = arith.mulf %[[M]], %[[S]]
// CHECK: %[[V:.*]] = arith.addf %[[W]], %[[D]]
// CHECK: %[[Y:.*]] = tenon.linear %[[X]], %[[V]], %[[C]]
// CHECK: return %[[Y]]
func.func @merges(%x: tensor<3x16xf32>, %c: tensor<12xf32>) -> tensor<3x12xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<12x16xf32>
  %a = tenon.weight "a" in "f" at 0 : tensor<2x16xf32>
  %b = tenon.weight "b" in "f" at 0 : tensor<12x2xf32>
  %s = arith.constant dense<2.0> : tensor<f32>
  %y = tenon.lora %x, %w, %a, %b, %s, %c : (tensor<3x16xf32>, tensor<12x16xf32>, tensor<2x16xf32>, tensor<12x2xf32>, tensor<f32>, tensor<12xf32>) -> tensor<3x12xf32>
  return %y : tensor<3x12xf32>
}

// A scale of 0 is the weight itself; one that is not known yet chooses it bit for bit.
// CHECK-LABEL: @off(
// CHECK: %[[W:.*]] = tenon.weight "w"
// CHECK: tenon.linear %{{.*}}, %[[W]] :
// CHECK: %[[OFF:.*]] = arith.cmpf oeq
// CHECK: %[[V:.*]] = arith.select %[[OFF]], %[[W]], %{{.*}} : tensor<12x16xi1>, tensor<12x16xf32>
// CHECK: tenon.linear %{{.*}}, %[[V]] :
func.func @off(%x: tensor<3x16xf32>) -> (tensor<3x12xf32>, tensor<3x12xf32>) {
  %w = tenon.weight "w" in "f" at 0 : tensor<12x16xf32>
  %a = tenon.weight "a" in "f" at 0 : tensor<2x16xf32>
  %b = tenon.weight "b" in "f" at 0 : tensor<12x2xf32>
  %s = arith.constant dense<0.0> : tensor<f32>
  %t = tenon.weight "t" in "f" at 0 : tensor<f32>
  %y = tenon.lora %x, %w, %a, %b, %s : (tensor<3x16xf32>, tensor<12x16xf32>, tensor<2x16xf32>, tensor<12x2xf32>, tensor<f32>) -> tensor<3x12xf32>
  %z = tenon.lora %x, %w, %a, %b, %t : (tensor<3x16xf32>, tensor<12x16xf32>, tensor<2x16xf32>, tensor<12x2xf32>, tensor<f32>) -> tensor<3x12xf32>
  return %y, %z : tensor<3x12xf32>, tensor<3x12xf32>
}

// 16 bits are merged in f32 and rounded once, where that is asked for.
// CHECK-LABEL: @half(
// CHECK: tenon.lora
// ROUNDED-LABEL: @half(
// ROUNDED-DAG: %[[W:.*]] = tenon.weight "w"
// ROUNDED-DAG: %[[WIDE:.*]] = tenon.cast %[[W]] : tensor<12x16xbf16> to tensor<12x16xf32>
// ROUNDED: %[[SUM:.*]] = arith.addf %[[WIDE]]
// ROUNDED: %[[V:.*]] = tenon.cast %[[SUM]] : tensor<12x16xf32> to tensor<12x16xbf16>
// ROUNDED: tenon.linear %{{.*}}, %[[V]]
func.func @half(%x: tensor<3x16xbf16>) -> tensor<3x12xbf16> {
  %w = tenon.weight "w" in "f" at 0 : tensor<12x16xbf16>
  %a = tenon.weight "a" in "f" at 0 : tensor<2x16xbf16>
  %b = tenon.weight "b" in "f" at 0 : tensor<12x2xbf16>
  %s = arith.constant dense<2.0> : tensor<f32>
  %y = tenon.lora %x, %w, %a, %b, %s : (tensor<3x16xbf16>, tensor<12x16xbf16>, tensor<2x16xbf16>, tensor<12x2xbf16>, tensor<f32>) -> tensor<3x12xbf16>
  return %y : tensor<3x12xbf16>
}

// CHECK-LABEL: @leaves(
// CHECK: tenon.lora
func.func @leaves(%x: tensor<3x16xf32>, %a: tensor<2x16xf32>) -> tensor<3x12xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<12x16xf32>
  %b = tenon.weight "b" in "f" at 0 : tensor<12x2xf32>
  %s = arith.constant dense<2.0> : tensor<f32>
  %y = tenon.lora %x, %w, %a, %b, %s : (tensor<3x16xf32>, tensor<12x16xf32>, tensor<2x16xf32>, tensor<12x2xf32>, tensor<f32>) -> tensor<3x12xf32>
  return %y : tensor<3x12xf32>
}
