// RUN: tenon-opt %s --cse | FileCheck %s

// Ops have no side effects: equal ones are one, unused ones vanish.

// CHECK-LABEL: func.func @equal_and_unused(
func.func @equal_and_unused(%x: tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>) {
  // CHECK-NEXT: %[[GELU:.*]] = tenon.activation gelu
  %0 = tenon.activation gelu %x : tensor<4x8xf32>
  %1 = tenon.activation gelu %x : tensor<4x8xf32>
  %2 = tenon.softmax %x axis 0 : tensor<4x8xf32>
  // CHECK-NEXT: return %[[GELU]], %[[GELU]]
  return %0, %1 : tensor<4x8xf32>, tensor<4x8xf32>
}
