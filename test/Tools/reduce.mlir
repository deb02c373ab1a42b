// A reduction keeps what the script asks for, here a softmax, and drops the function without one.
// RUN: tenon-reduce %s --reduction-tree='traversal-mode=0 test=%S/Inputs/has-softmax.sh' | FileCheck %s

// CHECK-NOT: @without
// CHECK: func.func @with(
// CHECK: tenon.softmax
func.func @without(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tenon.activation gelu %x : tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

func.func @with(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %0 = tenon.softmax %x axis 1 : tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}
