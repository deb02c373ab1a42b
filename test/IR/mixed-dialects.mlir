// RUN: tenon-opt %s | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --canonicalize --cse | FileCheck %s

// A model may mix tenon ops with upstream ones, and upstream passes run over both.

#identity = affine_map<(d0, d1) -> (d0, d1)>

// CHECK-LABEL: func.func @mixed(
func.func @mixed(%x: tensor<4x8xf32>, %steps: index) -> (tensor<4x16xf32>, tensor<4x1xf32>) {
  // CHECK: tenon.weight
  %w = tenon.weight "w" in "model.safetensors" at 0 : tensor<16x8xf32>
  // CHECK: tenon.linear
  %y = tenon.linear %x, %w : (tensor<4x8xf32>, tensor<16x8xf32>) -> tensor<4x16xf32>
  // CHECK: arith.addf
  %sum = arith.addf %y, %y : tensor<4x16xf32>
  // CHECK: math.tanh
  %tanh = math.tanh %sum : tensor<4x16xf32>
  %empty = tensor.empty() : tensor<4x16xf32>
  // CHECK: linalg.generic
  %square = linalg.generic {indexing_maps = [#identity, #identity], iterator_types = ["parallel", "parallel"]}
      ins(%tanh : tensor<4x16xf32>) outs(%empty : tensor<4x16xf32>) {
  ^bb0(%value: f32, %out: f32):
    %product = arith.mulf %value, %value : f32
    linalg.yield %product : f32
  } -> tensor<4x16xf32>
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  // CHECK: scf.for
  // CHECK: tenon.activation gelu
  %loop = scf.for %i = %zero to %steps step %one iter_args(%carried = %square) -> tensor<4x16xf32> {
    %next = tenon.activation gelu %carried : tensor<4x16xf32>
    scf.yield %next : tensor<4x16xf32>
  }
  // CHECK: tosa.reduce_sum
  %total = tosa.reduce_sum %loop {axis = 1 : i32} : (tensor<4x16xf32>) -> tensor<4x1xf32>
  // CHECK: tensor.extract_slice
  %row = tensor.extract_slice %loop[0, 0] [1, 16] [1, 1] : tensor<4x16xf32> to tensor<1x16xf32>
  // CHECK: tenon.broadcast
  %rows = tenon.broadcast %row : tensor<1x16xf32> to tensor<4x16xf32>
  return %rows, %total : tensor<4x16xf32>, tensor<4x1xf32>
}

// A dynamic size is asserted by upstream's cast.
// CHECK-LABEL: func.func @shape_of_dynamic_result(
func.func @shape_of_dynamic_result(%x: tensor<?x8xf32>) -> tensor<?x8xf32> {
  // CHECK: tensor.cast
  %static = tensor.cast %x : tensor<?x8xf32> to tensor<4x8xf32>
  // CHECK: tenon.softmax
  %y = tenon.softmax %static axis 1 : tensor<4x8xf32>
  %back = tensor.cast %y : tensor<4x8xf32> to tensor<?x8xf32>
  return %back : tensor<?x8xf32>
}
