// RUN: tenon-opt %s | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --mlir-print-op-generic | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --emit-bytecode | tenon-opt | FileCheck %s

// What is written is what is printed, also from the generic form and from bytecode.

// CHECK-LABEL: func.func @activation(
func.func @activation(%x: tensor<4x?xf32>, %i: tensor<4xi32>) {
  // CHECK: tenon.activation relu %{{[a-z0-9]+}} : tensor<4x?xf32>
  %0 = tenon.activation relu %x : tensor<4x?xf32>
  // CHECK: tenon.activation elu %{{[a-z0-9]+}} : tensor<4x?xf32>
  %1 = tenon.activation elu %x : tensor<4x?xf32>
  // CHECK: tenon.activation selu %{{[a-z0-9]+}} : tensor<4x?xf32>
  %2 = tenon.activation selu %x : tensor<4x?xf32>
  // CHECK: tenon.activation sigmoid %{{[a-z0-9]+}} : tensor<4x?xf32>
  %3 = tenon.activation sigmoid %x : tensor<4x?xf32>
  // CHECK: tenon.activation silu %{{[a-z0-9]+}} : tensor<4x?xf32>
  %4 = tenon.activation silu %x : tensor<4x?xf32>
  // CHECK: tenon.activation hard_swish %{{[a-z0-9]+}} : tensor<4x?xf32>
  %5 = tenon.activation hard_swish %x : tensor<4x?xf32>
  // CHECK: tenon.activation gelu %{{[a-z0-9]+}} : tensor<4x?xf32>
  %6 = tenon.activation gelu %x : tensor<4x?xf32>
  // CHECK: tenon.activation gelu_tanh %{{[a-z0-9]+}} : tensor<4x?xf32>
  %7 = tenon.activation gelu_tanh %x : tensor<4x?xf32>
  // CHECK: tenon.activation mish %{{[a-z0-9]+}} : tensor<4x?xf32>
  %8 = tenon.activation mish %x : tensor<4x?xf32>
  // CHECK: tenon.activation softplus %{{[a-z0-9]+}} : tensor<4x?xf32>
  %9 = tenon.activation softplus %x : tensor<4x?xf32>
  // CHECK: tenon.activation softsign %{{[a-z0-9]+}} : tensor<4x?xf32>
  %10 = tenon.activation softsign %x : tensor<4x?xf32>
  // CHECK: tenon.activation leaky_relu %{{[a-z0-9]+}} {alpha = 1.000000e-02 : f64} : tensor<4x?xf32>
  %11 = tenon.activation leaky_relu %x {alpha = 1.000000e-02 : f64} : tensor<4x?xf32>
  // CHECK: tenon.activation celu %{{[a-z0-9]+}} {alpha = 2.000000e+00 : f64} : tensor<4x?xf32>
  %12 = tenon.activation celu %x {alpha = 2.000000e+00 : f64} : tensor<4x?xf32>
  // CHECK: tenon.activation hard_sigmoid %{{[a-z0-9]+}} {alpha = 2.000000e-01 : f64, beta = 5.000000e-01 : f64} : tensor<4x?xf32>
  %13 = tenon.activation hard_sigmoid %x {alpha = 2.000000e-01 : f64, beta = 5.000000e-01 : f64} : tensor<4x?xf32>
  // CHECK: tenon.activation thresholded_relu %{{[a-z0-9]+}} {alpha = 1.000000e+00 : f64} : tensor<4x?xf32>
  %14 = tenon.activation thresholded_relu %x {alpha = 1.000000e+00 : f64} : tensor<4x?xf32>
  // CHECK: tenon.activation shrink %{{[a-z0-9]+}} {alpha = 5.000000e-01 : f64, beta = 1.000000e+00 : f64} : tensor<4x?xf32>
  %15 = tenon.activation shrink %x {alpha = 5.000000e-01 : f64, beta = 1.000000e+00 : f64} : tensor<4x?xf32>
  // CHECK: tenon.activation relu %{{[a-z0-9]+}} : tensor<4xi32>
  %16 = tenon.activation relu %i : tensor<4xi32>
  return
}

// CHECK-LABEL: func.func @softmax(
func.func @softmax(%x: tensor<4x5xf16>) {
  // CHECK: tenon.softmax %{{[a-z0-9]+}} axis 1 : tensor<4x5xf16>
  %0 = tenon.softmax %x axis 1 : tensor<4x5xf16>
  // CHECK: tenon.softmax %{{[a-z0-9]+}} axis 0 log : tensor<4x5xf16>
  %1 = tenon.softmax %x axis 0 log : tensor<4x5xf16>
  return
}

// CHECK-LABEL: func.func @cast(
func.func @cast(%x: tensor<4xf32>, %i: tensor<4xi8>) {
  // CHECK: tenon.cast %{{[a-z0-9]+}} : tensor<4xf32> to tensor<4xbf16>
  %0 = tenon.cast %x : tensor<4xf32> to tensor<4xbf16>
  // CHECK: tenon.cast %{{[a-z0-9]+}} {unsigned_result} : tensor<4xf32> to tensor<4xi8>
  %1 = tenon.cast %x {unsigned_result} : tensor<4xf32> to tensor<4xi8>
  // CHECK: tenon.cast %{{[a-z0-9]+}} {unsigned_input} : tensor<4xi8> to tensor<4xf32>
  %2 = tenon.cast %i {unsigned_input} : tensor<4xi8> to tensor<4xf32>
  // CHECK: tenon.cast %{{[a-z0-9]+}} : tensor<4xf32> to tensor<4xi1>
  %3 = tenon.cast %x : tensor<4xf32> to tensor<4xi1>
  // CHECK: tenon.cast %{{[a-z0-9]+}} {saturate} : tensor<4xf32> to tensor<4xf8E4M3FN>
  %4 = tenon.cast %x {saturate} : tensor<4xf32> to tensor<4xf8E4M3FN>
  return
}

// CHECK-LABEL: func.func @broadcast(
func.func @broadcast(%x: tensor<3x1xf32>, %s: tensor<f32>) {
  // CHECK: tenon.broadcast %{{[a-z0-9]+}} : tensor<3x1xf32> to tensor<2x3x4xf32>
  %0 = tenon.broadcast %x : tensor<3x1xf32> to tensor<2x3x4xf32>
  // CHECK: tenon.broadcast %{{[a-z0-9]+}} : tensor<3x1xf32> to tensor<3x0xf32>
  %1 = tenon.broadcast %x : tensor<3x1xf32> to tensor<3x0xf32>
  // CHECK: tenon.broadcast %{{[a-z0-9]+}} : tensor<f32> to tensor<?xf32>
  %2 = tenon.broadcast %s : tensor<f32> to tensor<?xf32>
  return
}

// CHECK-LABEL: func.func @transpose(
func.func @transpose(%x: tensor<2x3x4xf32>, %s: tensor<f32>) {
  // CHECK: tenon.transpose %{{[a-z0-9]+}} [2, 0, 1] : tensor<2x3x4xf32> -> tensor<4x2x3xf32>
  %0 = tenon.transpose %x [2, 0, 1] : tensor<2x3x4xf32> -> tensor<4x2x3xf32>
  return
}

// CHECK-LABEL: func.func @reshape(
func.func @reshape(%x: tensor<2x3xf32>, %d: tensor<?x4xf32>, %e: tensor<0x?xf32>) {
  // CHECK: tenon.reshape %{{[a-z0-9]+}} : tensor<2x3xf32> to tensor<6x1xf32>
  %0 = tenon.reshape %x : tensor<2x3xf32> to tensor<6x1xf32>
  // CHECK: tenon.reshape %{{[a-z0-9]+}} : tensor<2x3xf32> to tensor<?x2xf32>
  %1 = tenon.reshape %x : tensor<2x3xf32> to tensor<?x2xf32>
  // CHECK: tenon.reshape %{{[a-z0-9]+}} : tensor<?x4xf32> to tensor<8xf32>
  %2 = tenon.reshape %d : tensor<?x4xf32> to tensor<8xf32>
  // CHECK: tenon.reshape %{{[a-z0-9]+}} : tensor<?x4xf32> to tensor<?x?xf32>
  %3 = tenon.reshape %d : tensor<?x4xf32> to tensor<?x?xf32>
  // CHECK: tenon.reshape %{{[a-z0-9]+}} : tensor<0x?xf32> to tensor<5x0xf32>
  %4 = tenon.reshape %e : tensor<0x?xf32> to tensor<5x0xf32>
  return
}
