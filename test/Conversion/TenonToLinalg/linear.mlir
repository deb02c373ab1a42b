// RUN: tenon-opt %s --convert-tenon-to-linalg --canonicalize --split-input-file | FileCheck %s

// Sums in f32 over collapsed rows; bias and the one rounding behind them.
// CHECK-DAG: #[[ROWS:.+]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-DAG: #[[WEIGHT:.+]] = affine_map<(d0, d1, d2) -> (d1, d2)>
// CHECK-LABEL: @linear
// CHECK: tenon.reshape %{{.*}} : tensor<2x3x8xf16> to tensor<6x8xf16>
// CHECK: linalg.generic {indexing_maps = [#[[ROWS]], #[[WEIGHT]], #{{.*}}], iterator_types = ["parallel", "parallel", "reduction"]}
// CHECK-SAME: outs(%{{.*}} : tensor<6x4xf32>)
// CHECK: arith.mulf {{.*}} : f32
// CHECK: linalg.generic {{.*}}iterator_types = ["parallel", "parallel"]
// CHECK-SAME: outs(%{{.*}} : tensor<6x4xf16>)
// CHECK: arith.addf {{.*}} : f32
// CHECK-NEXT: arith.truncf
// CHECK: tenon.reshape %{{.*}} : tensor<6x4xf16> to tensor<2x3x4xf16>
func.func @linear(%x: tensor<2x3x8xf16>, %w: tensor<4x8xf16>, %b: tensor<4xf16>) -> tensor<2x3x4xf16> {
  %0 = tenon.linear %x, %w, %b : (tensor<2x3x8xf16>, tensor<4x8xf16>, tensor<4xf16>) -> tensor<2x3x4xf16>
  return %0 : tensor<2x3x4xf16>
}

// -----

// A batch that only the left side has is rows.
// CHECK-LABEL: @matmul_shared_right
// CHECK: tenon.reshape %{{.*}} : tensor<2x3x4x5xf32> to tensor<24x5xf32>
// CHECK: iterator_types = ["parallel", "parallel", "reduction"]
func.func @matmul_shared_right(%a: tensor<2x3x4x5xf32>, %b: tensor<5x6xf32>) -> tensor<2x3x4x6xf32> {
  %0 = tenon.matmul %a, %b : (tensor<2x3x4x5xf32>, tensor<5x6xf32>) -> tensor<2x3x4x6xf32>
  return %0 : tensor<2x3x4x6xf32>
}

// -----

// Batch axes that both sides have are one loop.
// CHECK-LABEL: @matmul_batch
// CHECK: iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%{{.*}}, %{{.*}} : tensor<6x4x5xf32>, tensor<6x6x5xf32>)
func.func @matmul_batch(%a: tensor<2x3x4x5xf32>, %b: tensor<2x3x6x5xf32>) -> tensor<2x3x4x6xf32> {
  %0 = tenon.matmul %a, %b transposed : (tensor<2x3x4x5xf32>, tensor<2x3x6x5xf32>) -> tensor<2x3x4x6xf32>
  return %0 : tensor<2x3x4x6xf32>
}

// -----

// An axis of size 1 that repeats is not repeated in memory.
// CHECK-LABEL: @matmul_broadcast
// CHECK-NOT: tensor<2x3x4x5xf32>
// CHECK: ins(%{{.*}}, %{{.*}} : tensor<2x4x5xf32>, tensor<3x5x6xf32>) outs(%{{.*}} : tensor<2x3x4x6xf32>)
func.func @matmul_broadcast(%a: tensor<2x1x4x5xf32>, %b: tensor<1x3x5x6xf32>) -> tensor<2x3x4x6xf32> {
  %0 = tenon.matmul %a, %b : (tensor<2x1x4x5xf32>, tensor<1x3x5x6xf32>) -> tensor<2x3x4x6xf32>
  return %0 : tensor<2x3x4x6xf32>
}

// -----

// The read stays inside the table whatever the id.
// CHECK-LABEL: @embedding
// CHECK: arith.maxsi
// CHECK: arith.minsi
// CHECK: tensor.extract %{{.*}} : tensor<7x4xf32>
func.func @embedding(%t: tensor<7x4xf32>, %ids: tensor<2xi64>) -> tensor<2x4xf32> {
  %0 = tenon.embedding %t, %ids : (tensor<7x4xf32>, tensor<2xi64>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// -----

// With a scale of 0 the base itself is chosen, not the base plus 0.
// CHECK-LABEL: @lora
// CHECK: arith.cmpf oeq
// CHECK: arith.select
func.func @lora(%x: tensor<3x8xf32>, %w: tensor<4x8xf32>, %a: tensor<2x8xf32>, %b: tensor<4x2xf32>, %s: tensor<f32>) -> tensor<3x4xf32> {
  %0 = tenon.lora %x, %w, %a, %b, %s : (tensor<3x8xf32>, tensor<4x8xf32>, tensor<2x8xf32>, tensor<4x2xf32>, tensor<f32>) -> tensor<3x4xf32>
  return %0 : tensor<3x4xf32>
}

// -----

// H1: a sum over nothing is the zero it starts from.
// CHECK-LABEL: @no_inner_element
// CHECK: linalg.fill
// CHECK-NOT: linalg.generic
// CHECK: return
func.func @no_inner_element(%a: tensor<3x0xf32>, %b: tensor<0x4xf32>) -> tensor<3x4xf32> {
  %0 = tenon.matmul %a, %b : (tensor<3x0xf32>, tensor<0x4xf32>) -> tensor<3x4xf32>
  return %0 : tensor<3x4xf32>
}
