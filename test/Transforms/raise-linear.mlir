// RUN: tenon-opt %s --tenon-raise-linear --split-input-file | FileCheck %s

// A weight as exporters store it, [in, out], with a bias on either side of the sum.
// CHECK-LABEL: @product_with_bias
// CHECK: %[[W:.*]] = tenon.weight "w"
// CHECK: %[[B:.*]] = tenon.weight "b"
// CHECK: %[[T:.*]] = tenon.transpose %[[W]]
// CHECK: tenon.linear %{{.*}}, %[[T]], %[[B]] : (tensor<2x4x8xf32>, tensor<16x8xf32>, tensor<16xf32>) -> tensor<2x4x16xf32>
// CHECK-NOT: arith.addf
func.func @product_with_bias(%x: tensor<2x4x8xf32>) -> tensor<2x4x16xf32> {
  %w = tenon.weight "w" in "m.onnx" at 0 : tensor<8x16xf32>
  %b = tenon.weight "b" in "m.onnx" at 512 : tensor<16xf32>
  %m = tenon.matmul %x, %w : (tensor<2x4x8xf32>, tensor<8x16xf32>) -> tensor<2x4x16xf32>
  %r = tenon.broadcast %b : tensor<16xf32> to tensor<2x4x16xf32>
  %y = arith.addf %r, %m : tensor<2x4x16xf32>
  return %y : tensor<2x4x16xf32>
}

// -----

// A weight that is transposed in the graph is taken as it lies in the file.
// CHECK-LABEL: @transposed_weight
// CHECK: %[[W:.*]] = tenon.weight
// CHECK-NOT: tenon.transpose
// CHECK: tenon.linear %{{.*}}, %[[W]] : (tensor<4x8xf32>, tensor<16x8xf32>) -> tensor<4x16xf32>
func.func @transposed_weight(%x: tensor<4x8xf32>) -> tensor<4x16xf32> {
  %w = tenon.weight "w" in "m.onnx" at 0 : tensor<16x8xf32>
  %t = tenon.transpose %w [1, 0] : tensor<16x8xf32> -> tensor<8x16xf32>
  %y = tenon.matmul %x, %t : (tensor<4x8xf32>, tensor<8x16xf32>) -> tensor<4x16xf32>
  return %y : tensor<4x16xf32>
}

// -----

// CHECK-LABEL: @transpose_rhs_and_unit_batch
// CHECK: %[[R:.*]] = tenon.reshape %{{.*}} : tensor<1x16x8xf32> to tensor<16x8xf32>
// CHECK: tenon.linear %{{.*}}, %[[R]]
func.func @transpose_rhs_and_unit_batch(%x: tensor<3x4x8xf32>) -> tensor<3x4x16xf32> {
  %w = tenon.weight "w" in "m.onnx" at 0 : tensor<1x16x8xf32>
  %y = tenon.matmul %x, %w transposed : (tensor<3x4x8xf32>, tensor<1x16x8xf32>) -> tensor<3x4x16xf32>
  return %y : tensor<3x4x16xf32>
}

// -----

// A weight that is computed from weights is known at load as well.
// CHECK-LABEL: @computed_weight
// CHECK: tenon.linear
func.func @computed_weight(%x: tensor<4x8xf32>) -> tensor<4x16xf32> {
  %h = tenon.weight "w" in "m.onnx" at 0 : tensor<8x16xf16>
  %w = tenon.cast %h : tensor<8x16xf16> to tensor<8x16xf32>
  %y = tenon.matmul %x, %w : (tensor<4x8xf32>, tensor<8x16xf32>) -> tensor<4x16xf32>
  return %y : tensor<4x16xf32>
}

// -----

// The matrix depends on an input: no linear layer.
// CHECK-LABEL: @two_inputs
// CHECK: tenon.matmul
// CHECK-NOT: tenon.linear
func.func @two_inputs(%x: tensor<4x8xf32>, %w: tensor<8x16xf32>) -> tensor<4x16xf32> {
  %y = tenon.matmul %x, %w : (tensor<4x8xf32>, tensor<8x16xf32>) -> tensor<4x16xf32>
  return %y : tensor<4x16xf32>
}

// -----

// CHECK-LABEL: @integers
// CHECK: tenon.matmul
func.func @integers(%x: tensor<4x8xi32>) -> tensor<4x16xi32> {
  %w = tenon.weight "w" in "m.onnx" at 0 : tensor<8x16xi32>
  %y = tenon.matmul %x, %w : (tensor<4x8xi32>, tensor<8x16xi32>) -> tensor<4x16xi32>
  return %y : tensor<4x16xi32>
}

// -----

// Every batch has a matrix of its own.
// CHECK-LABEL: @batch_of_matrices
// CHECK: tenon.matmul
func.func @batch_of_matrices(%x: tensor<3x4x8xf32>) -> tensor<3x4x16xf32> {
  %w = tenon.weight "w" in "m.onnx" at 0 : tensor<3x8x16xf32>
  %y = tenon.matmul %x, %w : (tensor<3x4x8xf32>, tensor<3x8x16xf32>) -> tensor<3x4x16xf32>
  return %y : tensor<3x4x16xf32>
}

// -----

// What is added varies along the rows, or is a residual: no bias.
// CHECK-LABEL: @no_bias
// CHECK: tenon.linear %{{.*}}, %{{.*}} : (tensor<4x8xf32>, tensor<16x8xf32>) -> tensor<4x16xf32>
// CHECK: arith.addf
// CHECK: arith.addf
func.func @no_bias(%x: tensor<4x8xf32>, %z: tensor<4x16xf32>) -> (tensor<4x16xf32>, tensor<4x16xf32>) {
  %w = tenon.weight "w" in "m.onnx" at 0 : tensor<8x16xf32>
  %p = tenon.weight "p" in "m.onnx" at 512 : tensor<4x16xf32>
  %m = tenon.matmul %x, %w : (tensor<4x8xf32>, tensor<8x16xf32>) -> tensor<4x16xf32>
  %n = tenon.matmul %x, %w : (tensor<4x8xf32>, tensor<8x16xf32>) -> tensor<4x16xf32>
  %a = arith.addf %m, %p : tensor<4x16xf32>
  %b = arith.addf %n, %z : tensor<4x16xf32>
  return %a, %b : tensor<4x16xf32>, tensor<4x16xf32>
}

// -----

// The product is used without the sum: two products would be computed.
// CHECK-LABEL: @product_used_twice
// CHECK: %[[Y:.*]] = tenon.linear
// CHECK: %[[A:.*]] = arith.addf %[[Y]]
// CHECK: return %[[Y]], %[[A]]
func.func @product_used_twice(%x: tensor<4x8xf32>) -> (tensor<4x16xf32>, tensor<4x16xf32>) {
  %w = tenon.weight "w" in "m.onnx" at 0 : tensor<8x16xf32>
  %b = tenon.weight "b" in "m.onnx" at 512 : tensor<16xf32>
  %m = tenon.matmul %x, %w : (tensor<4x8xf32>, tensor<8x16xf32>) -> tensor<4x16xf32>
  %r = tenon.broadcast %b : tensor<16xf32> to tensor<4x16xf32>
  %y = arith.addf %m, %r : tensor<4x16xf32>
  return %m, %y : tensor<4x16xf32>, tensor<4x16xf32>
}

// Few rows read the right factor as it lies; many have it transposed for them.
// CHECK-LABEL: func.func @transposed_factor(
// CHECK-SAME: %[[X:.*]]: tensor<2x16x8xf32>, %[[MANY:.*]]: tensor<2x64x8xf32>, %[[Y:.*]]: tensor<2x20x8xf32>
// CHECK: %[[T:.*]] = tenon.transpose %[[Y]] [0, 2, 1]
// CHECK: tenon.matmul %[[X]], %[[Y]] transposed : (tensor<2x16x8xf32>, tensor<2x20x8xf32>) -> tensor<2x16x20xf32>
// CHECK: tenon.matmul %[[MANY]], %[[T]] : (tensor<2x64x8xf32>, tensor<2x8x20xf32>) -> tensor<2x64x20xf32>
func.func @transposed_factor(%x: tensor<2x16x8xf32>, %many: tensor<2x64x8xf32>, %y: tensor<2x20x8xf32>) -> (tensor<2x16x20xf32>, tensor<2x64x20xf32>) {
  %t = tenon.transpose %y [0, 2, 1] : tensor<2x20x8xf32> -> tensor<2x8x20xf32>
  %0 = tenon.matmul %x, %t : (tensor<2x16x8xf32>, tensor<2x8x20xf32>) -> tensor<2x16x20xf32>
  %1 = tenon.matmul %many, %t : (tensor<2x64x8xf32>, tensor<2x8x20xf32>) -> tensor<2x64x20xf32>
  return %0, %1 : tensor<2x16x20xf32>, tensor<2x64x20xf32>
}

// -----

// A product of two weights is no layer.
// CHECK-LABEL: @two_weights
// CHECK: tenon.matmul
// CHECK-NOT: tenon.linear
func.func @two_weights() -> tensor<4x16xf32> {
  %x = tenon.weight "x" in "m" at 0 : tensor<4x8xf32>
  %w = tenon.weight "w" in "m" at 128 : tensor<8x16xf32>
  %y = tenon.matmul %x, %w : (tensor<4x8xf32>, tensor<8x16xf32>) -> tensor<4x16xf32>
  return %y : tensor<4x16xf32>
}
