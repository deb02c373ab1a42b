// RUN: tenon-opt %s | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --mlir-print-op-generic | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --emit-bytecode | tenon-opt | FileCheck %s

// What is written is what is printed, also from the generic form and from bytecode.

// CHECK-LABEL: func.func @linear(
func.func @linear(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>, %b: tensor<4xf32>) {
  // CHECK: tenon.linear %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
  %0 = tenon.linear %x, %w : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
  // CHECK: tenon.linear %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<2x3xf32>, tensor<4x3xf32>, tensor<4xf32>) -> tensor<2x4xf32>
  %1 = tenon.linear %x, %w, %b : (tensor<2x3xf32>, tensor<4x3xf32>, tensor<4xf32>) -> tensor<2x4xf32>
  return
}

// CHECK-LABEL: func.func @linear_vector(
func.func @linear_vector(%x: tensor<3xf16>, %w: tensor<4x3xf16>) {
  // CHECK: tenon.linear %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<3xf16>, tensor<4x3xf16>) -> tensor<4xf16>
  %0 = tenon.linear %x, %w : (tensor<3xf16>, tensor<4x3xf16>) -> tensor<4xf16>
  return
}

// CHECK-LABEL: func.func @linear_declared_dynamic(
func.func @linear_declared_dynamic(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>) {
  // CHECK: tenon.linear %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<?x4xf32>
  %0 = tenon.linear %x, %w : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<?x4xf32>
  return
}

// CHECK-LABEL: func.func @linear_declared_static(
func.func @linear_declared_static(%x: tensor<?x3xf32>, %w: tensor<4x3xf32>) {
  // CHECK: tenon.linear %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<?x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
  %0 = tenon.linear %x, %w : (tensor<?x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
  return
}

// CHECK-LABEL: func.func @matmul(
func.func @matmul(%x: tensor<2x3xf32>, %y: tensor<3x5xf32>, %z: tensor<6x5x3xf32>) {
  // CHECK: tenon.matmul %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<2x3xf32>, tensor<3x5xf32>) -> tensor<2x5xf32>
  %0 = tenon.matmul %x, %y : (tensor<2x3xf32>, tensor<3x5xf32>) -> tensor<2x5xf32>
  // CHECK: tenon.matmul %{{[a-z0-9]+}}, %{{[a-z0-9]+}} transposed : (tensor<2x3xf32>, tensor<6x5x3xf32>) -> tensor<6x2x5xf32>
  %1 = tenon.matmul %x, %z transposed : (tensor<2x3xf32>, tensor<6x5x3xf32>) -> tensor<6x2x5xf32>
  // CHECK: tenon.matmul %{{[a-z0-9]+}} transposed, %{{[a-z0-9]+}} transposed : (tensor<3x5xf32>, tensor<2x3xf32>) -> tensor<5x2xf32>
  %2 = tenon.matmul %y transposed, %x transposed : (tensor<3x5xf32>, tensor<2x3xf32>) -> tensor<5x2xf32>
  return
}

// CHECK-LABEL: func.func @matmul_integers(
func.func @matmul_integers(%x: tensor<2x3xi32>, %y: tensor<3x0xi32>) {
  // CHECK: tenon.matmul %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<2x3xi32>, tensor<3x0xi32>) -> tensor<2x0xi32>
  %0 = tenon.matmul %x, %y : (tensor<2x3xi32>, tensor<3x0xi32>) -> tensor<2x0xi32>
  return
}

// CHECK-LABEL: func.func @matmul_sum_over_nothing(
func.func @matmul_sum_over_nothing(%x: tensor<2x0xf32>, %y: tensor<0x5xf32>) {
  // CHECK: tenon.matmul %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<2x0xf32>, tensor<0x5xf32>) -> tensor<2x5xf32>
  %0 = tenon.matmul %x, %y : (tensor<2x0xf32>, tensor<0x5xf32>) -> tensor<2x5xf32>
  return
}

// CHECK-LABEL: func.func @embedding(
func.func @embedding(%t: tensor<9x3xf32>, %i: tensor<2x4xi64>, %s: tensor<i32>) {
  // CHECK: tenon.embedding %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<9x3xf32>, tensor<2x4xi64>) -> tensor<2x4x3xf32>
  %0 = tenon.embedding %t, %i : (tensor<9x3xf32>, tensor<2x4xi64>) -> tensor<2x4x3xf32>
  // CHECK: tenon.embedding %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<9x3xf32>, tensor<i32>) -> tensor<3xf32>
  %1 = tenon.embedding %t, %s : (tensor<9x3xf32>, tensor<i32>) -> tensor<3xf32>
  return
}

// CHECK-LABEL: func.func @embedding_empty(
func.func @embedding_empty(%t: tensor<0x3xf32>, %i: tensor<0xi64>) {
  // CHECK: tenon.embedding %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<0x3xf32>, tensor<0xi64>) -> tensor<0x3xf32>
  %0 = tenon.embedding %t, %i : (tensor<0x3xf32>, tensor<0xi64>) -> tensor<0x3xf32>
  return
}

// CHECK-LABEL: func.func @lora(
func.func @lora(%x: tensor<5x3xbf16>, %w: tensor<4x3xbf16>, %a: tensor<2x3xbf16>, %b: tensor<4x2xbf16>,
    %s: tensor<f32>, %c: tensor<4xbf16>) {
  // CHECK: tenon.lora %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<5x3xbf16>, tensor<4x3xbf16>, tensor<2x3xbf16>, tensor<4x2xbf16>, tensor<f32>) -> tensor<5x4xbf16>
  %0 = tenon.lora %x, %w, %a, %b, %s : (tensor<5x3xbf16>, tensor<4x3xbf16>, tensor<2x3xbf16>, tensor<4x2xbf16>, tensor<f32>) -> tensor<5x4xbf16>
  // CHECK: tenon.lora %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<5x3xbf16>, tensor<4x3xbf16>, tensor<2x3xbf16>, tensor<4x2xbf16>, tensor<f32>, tensor<4xbf16>) -> tensor<5x4xbf16>
  %1 = tenon.lora %x, %w, %a, %b, %s, %c : (tensor<5x3xbf16>, tensor<4x3xbf16>, tensor<2x3xbf16>, tensor<4x2xbf16>, tensor<f32>, tensor<4xbf16>) -> tensor<5x4xbf16>
  return
}

// CHECK-LABEL: func.func @lora_rank_0(
func.func @lora_rank_0(%x: tensor<5x3xf32>, %w: tensor<4x3xf32>, %a: tensor<0x3xf32>, %b: tensor<4x0xf32>, %s: tensor<f32>) {
  // CHECK: tenon.lora %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<5x3xf32>, tensor<4x3xf32>, tensor<0x3xf32>, tensor<4x0xf32>, tensor<f32>) -> tensor<5x4xf32>
  %0 = tenon.lora %x, %w, %a, %b, %s : (tensor<5x3xf32>, tensor<4x3xf32>, tensor<0x3xf32>, tensor<4x0xf32>, tensor<f32>) -> tensor<5x4xf32>
  return
}

// CHECK-LABEL: func.func @adapters(
func.func @adapters(%y: tensor<2x5x4xbf16>, %x: tensor<2x5x3xbf16>, %a: tensor<6x8x3xbf16>, %b: tensor<6x4x8xbf16>,
                    %s: tensor<6xf32>, %r: tensor<2xi64>) {
  // CHECK: tenon.adapters %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<2x5x4xbf16>, tensor<2x5x3xbf16>, tensor<6x8x3xbf16>, tensor<6x4x8xbf16>, tensor<6xf32>) -> tensor<2x5x4xbf16>
  %0 = tenon.adapters %y, %x, %a, %b, %s : (tensor<2x5x4xbf16>, tensor<2x5x3xbf16>, tensor<6x8x3xbf16>, tensor<6x4x8xbf16>, tensor<6xf32>) -> tensor<2x5x4xbf16>
  // CHECK: tenon.adapters %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} rows %{{[a-z0-9]+}} : (tensor<2x5x4xbf16>, tensor<2x5x3xbf16>, tensor<6x8x3xbf16>, tensor<6x4x8xbf16>, tensor<6xf32>, tensor<2xi64>) -> tensor<2x5x4xbf16>
  %1 = tenon.adapters %y, %x, %a, %b, %s rows %r : (tensor<2x5x4xbf16>, tensor<2x5x3xbf16>, tensor<6x8x3xbf16>, tensor<6x4x8xbf16>, tensor<6xf32>, tensor<2xi64>) -> tensor<2x5x4xbf16>
  return
}

// CHECK-LABEL: func.func @integer_matmul(
func.func @integer_matmul(%a: tensor<2x4x8xi8>, %b: tensor<8x16xi8>) {
  // CHECK: tenon.integer_matmul %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<2x4x8xi8>, tensor<8x16xi8>) -> tensor<2x4x16xi32>
  %0 = tenon.integer_matmul %a, %b : (tensor<2x4x8xi8>, tensor<8x16xi8>) -> tensor<2x4x16xi32>
  return
}
