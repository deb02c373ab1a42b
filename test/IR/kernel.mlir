// RUN: tenon-opt %s | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --mlir-print-op-generic | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --emit-bytecode | tenon-opt | FileCheck %s

// What is written is what is printed, also from the generic form and from bytecode.

func.func private @halve(%x: tensor<4xf32>, %into: tensor<2xf32>) -> tensor<2xf32> attributes {tenon.kernel} {
  %0 = tenon.slice %x starts [0] sizes [2] steps [1] : tensor<4xf32> -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

func.func private @make(%first: tensor<2xf32>, %second: tensor<i64>) -> (tensor<2xf32>, tensor<i64>) attributes {tenon.kernel}

// CHECK-LABEL: func.func @launch(
func.func @launch(%x: tensor<4xf32>, %y: tensor<4xf32>) {
  // CHECK: tenon.launch @halve(%{{[a-z0-9]+}}) : (tensor<4xf32>) -> tensor<2xf32>
  %0 = tenon.launch @halve(%x) : (tensor<4xf32>) -> tensor<2xf32>
  // CHECK: tenon.launch @make() : () -> (tensor<2xf32>, tensor<i64>)
  %1:2 = tenon.launch @make() : () -> (tensor<2xf32>, tensor<i64>)
  // CHECK: tenon.launch @negate(%{{[a-z0-9]+}}) {in_place = array<i64: 0>} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tenon.launch @negate(%y) {in_place = array<i64: 0>} : (tensor<4xf32>) -> tensor<4xf32>
  return
}

func.func private @negate(%x: tensor<4xf32>, %into: tensor<4xf32>) -> tensor<4xf32> attributes {tenon.kernel}
