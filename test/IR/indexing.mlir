// RUN: tenon-opt %s | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --mlir-print-op-generic | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --emit-bytecode | tenon-opt | FileCheck %s

// What is written is what is printed, also from the generic form and from bytecode.

// CHECK-LABEL: func.func @gather(
func.func @gather(%x: tensor<2x3x4xf32>, %i: tensor<5x6xi64>) {
  // CHECK: tenon.gather %{{[a-z0-9]+}}, %{{[a-z0-9]+}} axis 1 : (tensor<2x3x4xf32>, tensor<5x6xi64>) -> tensor<2x5x6x4xf32>
  %0 = tenon.gather %x, %i axis 1 : (tensor<2x3x4xf32>, tensor<5x6xi64>) -> tensor<2x5x6x4xf32>
  return
}

// CHECK-LABEL: func.func @gather_elements(
func.func @gather_elements(%x: tensor<2x3xf32>, %i: tensor<1x9xi32>) {
  // CHECK: tenon.gather_elements %{{[a-z0-9]+}}, %{{[a-z0-9]+}} axis 1 : (tensor<2x3xf32>, tensor<1x9xi32>) -> tensor<1x9xf32>
  %0 = tenon.gather_elements %x, %i axis 1 : (tensor<2x3xf32>, tensor<1x9xi32>) -> tensor<1x9xf32>
  return
}

// CHECK-LABEL: func.func @gather_nd(
func.func @gather_nd(%x: tensor<2x3x4xf32>, %i: tensor<2x5x1xi64>) {
  // CHECK: tenon.gather_nd %{{[a-z0-9]+}}, %{{[a-z0-9]+}} batch_dims 1 : (tensor<2x3x4xf32>, tensor<2x5x1xi64>) -> tensor<2x5x4xf32>
  %0 = tenon.gather_nd %x, %i batch_dims 1 : (tensor<2x3x4xf32>, tensor<2x5x1xi64>) -> tensor<2x5x4xf32>
  return
}

// CHECK-LABEL: func.func @scatter_elements(
func.func @scatter_elements(%x: tensor<2x3xf32>, %i: tensor<1x9xi64>, %u: tensor<1x9xf32>) {
  // CHECK: tenon.scatter_elements %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} axis 1 : (tensor<2x3xf32>, tensor<1x9xi64>, tensor<1x9xf32>) -> tensor<2x3xf32>
  %0 = tenon.scatter_elements %x, %i, %u axis 1 : (tensor<2x3xf32>, tensor<1x9xi64>, tensor<1x9xf32>) -> tensor<2x3xf32>
  // CHECK: tenon.scatter_elements %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} axis 1 {reduction = #tenon<scatter_reduction add>} : (tensor<2x3xf32>, tensor<1x9xi64>, tensor<1x9xf32>) -> tensor<2x3xf32>
  %1 = tenon.scatter_elements %x, %i, %u axis 1 {reduction = #tenon<scatter_reduction add>} : (tensor<2x3xf32>, tensor<1x9xi64>, tensor<1x9xf32>) -> tensor<2x3xf32>
  // CHECK: tenon.scatter_elements %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} axis 1 {reduction = #tenon<scatter_reduction mul>} : (tensor<2x3xf32>, tensor<1x9xi64>, tensor<1x9xf32>) -> tensor<2x3xf32>
  %2 = tenon.scatter_elements %x, %i, %u axis 1 {reduction = #tenon<scatter_reduction mul>} : (tensor<2x3xf32>, tensor<1x9xi64>, tensor<1x9xf32>) -> tensor<2x3xf32>
  // CHECK: tenon.scatter_elements %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} axis 1 {reduction = #tenon<scatter_reduction max>} : (tensor<2x3xf32>, tensor<1x9xi64>, tensor<1x9xf32>) -> tensor<2x3xf32>
  %3 = tenon.scatter_elements %x, %i, %u axis 1 {reduction = #tenon<scatter_reduction max>} : (tensor<2x3xf32>, tensor<1x9xi64>, tensor<1x9xf32>) -> tensor<2x3xf32>
  // CHECK: tenon.scatter_elements %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} axis 1 {reduction = #tenon<scatter_reduction min>} : (tensor<2x3xf32>, tensor<1x9xi64>, tensor<1x9xf32>) -> tensor<2x3xf32>
  %4 = tenon.scatter_elements %x, %i, %u axis 1 {reduction = #tenon<scatter_reduction min>} : (tensor<2x3xf32>, tensor<1x9xi64>, tensor<1x9xf32>) -> tensor<2x3xf32>
  return
}

// CHECK-LABEL: func.func @scatter_nd(
func.func @scatter_nd(%x: tensor<2x3xi8>, %i: tensor<4x1xi64>, %u: tensor<4x3xi8>) {
  // CHECK: tenon.scatter_nd %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<2x3xi8>, tensor<4x1xi64>, tensor<4x3xi8>) -> tensor<2x3xi8>
  %0 = tenon.scatter_nd %x, %i, %u : (tensor<2x3xi8>, tensor<4x1xi64>, tensor<4x3xi8>) -> tensor<2x3xi8>
  // CHECK: tenon.scatter_nd %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} {reduction = #tenon<scatter_reduction max>, unsigned_elements} : (tensor<2x3xi8>, tensor<4x1xi64>, tensor<4x3xi8>) -> tensor<2x3xi8>
  %1 = tenon.scatter_nd %x, %i, %u {reduction = #tenon<scatter_reduction max>, unsigned_elements} : (tensor<2x3xi8>, tensor<4x1xi64>, tensor<4x3xi8>) -> tensor<2x3xi8>
  return
}

// CHECK-LABEL: func.func @pad(
func.func @pad(%x: tensor<3x4xf32>, %v: tensor<f32>) {
  // CHECK: tenon.pad %{{[a-z0-9]+}} low [1, -1] high [0, 2] : (tensor<3x4xf32>) -> tensor<4x5xf32>
  %0 = tenon.pad %x low [1, -1] high [0, 2] : (tensor<3x4xf32>) -> tensor<4x5xf32>
  // CHECK: tenon.pad %{{[a-z0-9]+}} value %{{[a-z0-9]+}} low [1, 0] high [0, 0] : (tensor<3x4xf32>, tensor<f32>) -> tensor<4x4xf32>
  %1 = tenon.pad %x value %v low [1, 0] high [0, 0] : (tensor<3x4xf32>, tensor<f32>) -> tensor<4x4xf32>
  // CHECK: tenon.pad %{{[a-z0-9]+}} low [2, 0] high [2, 0] {mode = #tenon<pad_mode reflect>} : (tensor<3x4xf32>) -> tensor<7x4xf32>
  %2 = tenon.pad %x low [2, 0] high [2, 0] {mode = #tenon<pad_mode reflect>} : (tensor<3x4xf32>) -> tensor<7x4xf32>
  // CHECK: tenon.pad %{{[a-z0-9]+}} low [2, 0] high [2, 0] {mode = #tenon<pad_mode edge>} : (tensor<3x4xf32>) -> tensor<7x4xf32>
  %3 = tenon.pad %x low [2, 0] high [2, 0] {mode = #tenon<pad_mode edge>} : (tensor<3x4xf32>) -> tensor<7x4xf32>
  // CHECK: tenon.pad %{{[a-z0-9]+}} low [2, 0] high [2, 0] {mode = #tenon<pad_mode wrap>} : (tensor<3x4xf32>) -> tensor<7x4xf32>
  %4 = tenon.pad %x low [2, 0] high [2, 0] {mode = #tenon<pad_mode wrap>} : (tensor<3x4xf32>) -> tensor<7x4xf32>
  return
}

// CHECK-LABEL: func.func @slice(
func.func @slice(%x: tensor<9x4xf32>) {
  // CHECK: tenon.slice %{{[a-z0-9]+}} starts [8, 0] sizes [5, 0] steps [-2, 1] : tensor<9x4xf32> -> tensor<5x0xf32>
  %0 = tenon.slice %x starts [8, 0] sizes [5, 0] steps [-2, 1] : tensor<9x4xf32> -> tensor<5x0xf32>
  return
}

// CHECK-LABEL: func.func @concat(
func.func @concat(%x: tensor<2x3xf32>, %y: tensor<0x3xf32>) {
  // CHECK: tenon.concat %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} axis 0 : (tensor<2x3xf32>, tensor<0x3xf32>, tensor<2x3xf32>) -> tensor<4x3xf32>
  %0 = tenon.concat %x, %y, %x axis 0 : (tensor<2x3xf32>, tensor<0x3xf32>, tensor<2x3xf32>) -> tensor<4x3xf32>
  return
}

// CHECK-LABEL: func.func @top_k(
func.func @top_k(%x: tensor<2x9xf32>, %i: tensor<9xi8>) {
  // CHECK: tenon.top_k %{{[a-z0-9]+}} k 3 axis 1 : (tensor<2x9xf32>) -> (tensor<2x3xf32>, tensor<2x3xi64>)
  %0:2 = tenon.top_k %x k 3 axis 1 : (tensor<2x9xf32>) -> (tensor<2x3xf32>, tensor<2x3xi64>)
  // CHECK: tenon.top_k %{{[a-z0-9]+}} k 0 axis 0 {smallest} : (tensor<2x9xf32>) -> (tensor<0x9xf32>, tensor<0x9xi64>)
  %1:2 = tenon.top_k %x k 0 axis 0 {smallest} : (tensor<2x9xf32>) -> (tensor<0x9xf32>, tensor<0x9xi64>)
  // CHECK: tenon.top_k %{{[a-z0-9]+}} k 9 axis 0 {unsigned_elements} : (tensor<9xi8>) -> (tensor<9xi8>, tensor<9xi64>)
  %2:2 = tenon.top_k %i k 9 axis 0 {unsigned_elements} : (tensor<9xi8>) -> (tensor<9xi8>, tensor<9xi64>)
  return
}
