// RUN: tenon-opt %s --tenon-expand-mla | FileCheck %s

// CHECK-LABEL: func.func @expands(
// CHECK-SAME: %[[Q:.*]]: tensor<1x2x1x8xf32>, %[[QR:.*]]: tensor<1x2x1x4xf32>, %[[C:.*]]: tensor<1x9x16xf32>, %[[KR:.*]]: tensor<1x9x4xf32>, %[[W:.*]]: tensor<48x16xf32>, %[[N:.*]]: tensor<1xi32>
// CHECK: %[[L:.*]] = tenon.linear %[[C]], %[[W]]
// CHECK: %[[R:.*]] = tenon.reshape %[[L]] : tensor<1x9x48xf32> to tensor<1x9x2x24xf32>
// CHECK: %[[T:.*]] = tenon.transpose %[[R]] [0, 2, 1, 3]
// CHECK-DAG: %[[V:.*]] = tenon.slice %[[T]] starts [0, 0, 0, 8] sizes [1, 2, 9, 16]
// CHECK-DAG: %[[K:.*]] = tenon.slice %[[T]] starts [0, 0, 0, 0] sizes [1, 2, 9, 8]
// CHECK-DAG: %[[B:.*]] = tenon.broadcast %{{.*}} : tensor<1x1x9x4xf32> to tensor<1x2x9x4xf32>
// CHECK-DAG: %[[KK:.*]] = tenon.concat %[[K]], %[[B]] axis 3
// CHECK-DAG: %[[QQ:.*]] = tenon.concat %[[Q]], %[[QR]] axis 3
// CHECK: %[[Y:.*]] = tenon.attention %[[QQ]], %[[KK]], %[[V]] valid_lengths %[[N]] {causal = #tenon<causal cached>, num_heads = 2 : i64, num_kv_heads = 2 : i64, scale = 2.500000e-01 : f64}
// CHECK: return %[[Y]]
func.func @expands(%q: tensor<1x2x1x8xf32>, %qr: tensor<1x2x1x4xf32>, %c: tensor<1x9x16xf32>, %kr: tensor<1x9x4xf32>, %w: tensor<48x16xf32>, %n: tensor<1xi32>) -> tensor<1x2x1x16xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w valid_lengths %n {causal = #tenon<causal cached>, scale = 0.25 : f64} : (tensor<1x2x1x8xf32>, tensor<1x2x1x4xf32>, tensor<1x9x16xf32>, tensor<1x9x4xf32>, tensor<48x16xf32>, tensor<1xi32>) -> tensor<1x2x1x16xf32>
  return %y : tensor<1x2x1x16xf32>
}

// CHECK-LABEL: func.func @leaves(
// CHECK: tenon.mla
func.func @leaves(%q: tensor<1x2x1x8xf32>, %qr: tensor<1x2x1x4xf32>, %c: tensor<1x9x16xf32>, %kr: tensor<1x9x4xf32>, %w: tensor<48x16xf32>) -> tensor<1x2x1x16xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w {form = #tenon<mla_form absorbed>} : (tensor<1x2x1x8xf32>, tensor<1x2x1x4xf32>, tensor<1x9x16xf32>, tensor<1x9x4xf32>, tensor<48x16xf32>) -> tensor<1x2x1x16xf32>
  return %y : tensor<1x2x1x16xf32>
}

// Latents of i8 are widened in front of the product that makes keys and values, turned keys where they join them.
// CHECK-LABEL: func.func @bytes(
// CHECK-SAME: %[[C:[^:]*]]: tensor<1x9x16xi8>, %[[KR:[^:]*]]: tensor<1x9x4xi8>, {{.*}}, %[[CS:[^:]*]]: tensor<1x9x4xf32>, %[[KS:[^:]*]]: tensor<1x9x1xf32>
// CHECK: %[[X:.*]] = tenon.cast %[[C]] : tensor<1x9x16xi8> to tensor<1x9x16xf32>
// CHECK: %[[X4:.*]] = tenon.reshape %[[X]] : tensor<1x9x16xf32> to tensor<1x9x4x4xf32>
// CHECK: %[[S4:.*]] = tenon.reshape %[[CS]] : tensor<1x9x4xf32> to tensor<1x9x4x1xf32>
// CHECK: %[[B4:.*]] = tenon.broadcast %[[S4]] : tensor<1x9x4x1xf32> to tensor<1x9x4x4xf32>
// CHECK: %[[P4:.*]] = arith.mulf %[[X4]], %[[B4]]
// CHECK: %[[P:.*]] = tenon.reshape %[[P4]] : tensor<1x9x4x4xf32> to tensor<1x9x16xf32>
// CHECK: tenon.linear %[[P]], %{{.*}}
// CHECK: tenon.cast %[[KR]] : tensor<1x9x4xi8> to tensor<1x9x4xf32>
// CHECK: tenon.broadcast {{.*}} : tensor<1x9x1x1xf32> to tensor<1x9x1x4xf32>
// CHECK-NOT: scales
// CHECK: tenon.attention
func.func @bytes(%q: tensor<1x2x1x8xf32>, %qr: tensor<1x2x1x4xf32>, %c: tensor<1x9x16xi8>, %kr: tensor<1x9x4xi8>, %w: tensor<48x16xf32>, %cs: tensor<1x9x4xf32>, %ks: tensor<1x9x1xf32>) -> tensor<1x2x1x16xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w scales %cs, %ks : (tensor<1x2x1x8xf32>, tensor<1x2x1x4xf32>, tensor<1x9x16xi8>, tensor<1x9x4xi8>, tensor<48x16xf32>, tensor<1x9x4xf32>, tensor<1x9x1xf32>) -> tensor<1x2x1x16xf32>
  return %y : tensor<1x2x1x16xf32>
}
