// RUN: tenon-opt %s --tenon-measure-quantization="bits=4 group=32" --split-input-file | FileCheck %s

// A function of the weights alone: two numbers for each that would be rounded, once however often it is used.
// CHECK: func.func @step() -> (tensor<2xf32> {tenon.name = "w"}, tensor<2xf32> {tenon.name = "v"}) {
// CHECK: %[[W:.*]] = tenon.weight "w"
// CHECK: tenon.reshape %[[W]] : tensor<32x64xf32> to tensor<32x2x32xf32>
// CHECK: tenon.reduce sum_square
// CHECK: tenon.reduce sum_square
// CHECK: math.sqrt
// CHECK: %[[V:.*]] = tenon.weight "v"
// CHECK: tenon.transpose %[[V]]
// CHECK-NOT: tenon.linear
// CHECK: return %{{.*}}, %{{.*}} : tensor<2xf32>, tensor<2xf32>
func.func @step(%x: tensor<4x64xf32>, %y: tensor<4x64xf32>, %given: tensor<32x64xf32>) -> (tensor<4x32xf32>, tensor<4x32xf32>, tensor<4x16xf16>, tensor<4x32xf32>, tensor<4x7xf32>) {
  %w = tenon.weight "w" in "f" at 0 : tensor<32x64xf32>
  %v = tenon.weight "v" in "f" at 0 : tensor<64x16xf16>
  %odd = tenon.weight "odd" in "f" at 0 : tensor<7x64xf32>
  %t = tenon.transpose %v [1, 0] : tensor<64x16xf16> -> tensor<16x64xf16>
  %h = tenon.cast %x : tensor<4x64xf32> to tensor<4x64xf16>
  %0 = tenon.linear %x, %w : (tensor<4x64xf32>, tensor<32x64xf32>) -> tensor<4x32xf32>
  %1 = tenon.linear %y, %w : (tensor<4x64xf32>, tensor<32x64xf32>) -> tensor<4x32xf32>
  %2 = tenon.linear %h, %t : (tensor<4x64xf16>, tensor<16x64xf16>) -> tensor<4x16xf16>
  %3 = tenon.linear %x, %given : (tensor<4x64xf32>, tensor<32x64xf32>) -> tensor<4x32xf32>
  %4 = tenon.linear %x, %odd : (tensor<4x64xf32>, tensor<7x64xf32>) -> tensor<4x7xf32>
  return %0, %1, %2, %3, %4 : tensor<4x32xf32>, tensor<4x32xf32>, tensor<4x16xf16>, tensor<4x32xf32>, tensor<4x7xf32>
}

// -----

// No weight that would be rounded: no results.
// CHECK: func.func @step() {
// CHECK-NEXT: return
func.func @step(%x: tensor<4x64xf32>) -> tensor<4x64xf32> {
  return %x : tensor<4x64xf32>
}
