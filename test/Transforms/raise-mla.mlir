// RUN: tenon-opt %s --tenon-raise-mla | FileCheck %s

// As torch.onnx writes DeepSeek's: latents with an axis of one head, the query in two parts.
// CHECK-LABEL: @raises(
// CHECK-SAME: %[[Q:.*]]: tensor<1x2x3x8xf32>, %[[QR:.*]]: tensor<1x2x3x4xf32>, %[[C:.*]]: tensor<1x1x9x16xf32>, %[[KR:.*]]: tensor<1x1x9x4xf32>
// CHECK-DAG: %[[W:.*]] = tenon.weight
// CHECK-DAG: %[[C3:.*]] = tenon.reshape %[[C]] : tensor<1x1x9x16xf32> to tensor<1x9x16xf32>
// CHECK-DAG: %[[KR3:.*]] = tenon.reshape %[[KR]] : tensor<1x1x9x4xf32> to tensor<1x9x4xf32>
// CHECK: %[[Y:.*]] = tenon.mla %[[Q]], %[[QR]], %[[C3]], %[[KR3]], %[[W]] {causal = #tenon<causal bottom_right>}
// CHECK-NEXT: return %[[Y]]
func.func @raises(%q: tensor<1x2x3x8xf32>, %qr: tensor<1x2x3x4xf32>, %c: tensor<1x1x9x16xf32>, %kr: tensor<1x1x9x4xf32>) -> tensor<1x2x3x16xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<48x16xf32>
  %l = tenon.linear %c, %w : (tensor<1x1x9x16xf32>, tensor<48x16xf32>) -> tensor<1x1x9x48xf32>
  %r = tenon.reshape %l : tensor<1x1x9x48xf32> to tensor<1x9x2x24xf32>
  %h = tenon.transpose %r [0, 2, 1, 3] : tensor<1x9x2x24xf32> -> tensor<1x2x9x24xf32>
  %n = tenon.slice %h starts [0, 0, 0, 0] sizes [1, 2, 9, 8] steps [1, 1, 1, 1] : tensor<1x2x9x24xf32> -> tensor<1x2x9x8xf32>
  %v = tenon.slice %h starts [0, 0, 0, 8] sizes [1, 2, 9, 16] steps [1, 1, 1, 1] : tensor<1x2x9x24xf32> -> tensor<1x2x9x16xf32>
  %b = tenon.broadcast %kr : tensor<1x1x9x4xf32> to tensor<1x2x9x4xf32>
  %k = tenon.concat %n, %b axis 3 : (tensor<1x2x9x8xf32>, tensor<1x2x9x4xf32>) -> tensor<1x2x9x12xf32>
  %qq = tenon.concat %q, %qr axis 3 : (tensor<1x2x3x8xf32>, tensor<1x2x3x4xf32>) -> tensor<1x2x3x12xf32>
  %y = tenon.attention %qq, %k, %v {causal = #tenon<causal bottom_right>, num_heads = 2 : i64, num_kv_heads = 2 : i64} : (tensor<1x2x3x12xf32>, tensor<1x2x9x12xf32>, tensor<1x2x9x16xf32>) -> tensor<1x2x3x16xf32>
  return %y : tensor<1x2x3x16xf32>
}

// The query in one piece is cut; a scale stays.
// CHECK-LABEL: @whole_query(
// CHECK-SAME: %[[Q:[^:]*]]: tensor<1x2x3x12xf32>
// CHECK-DAG: %[[N:.*]] = tenon.slice %[[Q]] starts [0, 0, 0, 0] sizes [1, 2, 3, 8]
// CHECK-DAG: %[[R:.*]] = tenon.slice %[[Q]] starts [0, 0, 0, 8] sizes [1, 2, 3, 4]
// CHECK: tenon.mla %[[N]], %[[R]], %{{.*}} {causal = #tenon<causal bottom_right>, scale = 5.000000e-01 : f64}
func.func @whole_query(%qq: tensor<1x2x3x12xf32>, %c: tensor<1x9x16xf32>, %kr: tensor<1x1x9x4xf32>) -> tensor<1x2x3x16xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<48x16xf32>
  %l = tenon.linear %c, %w : (tensor<1x9x16xf32>, tensor<48x16xf32>) -> tensor<1x9x48xf32>
  %r = tenon.reshape %l : tensor<1x9x48xf32> to tensor<1x9x2x24xf32>
  %h = tenon.transpose %r [0, 2, 1, 3] : tensor<1x9x2x24xf32> -> tensor<1x2x9x24xf32>
  %n = tenon.slice %h starts [0, 0, 0, 0] sizes [1, 2, 9, 8] steps [1, 1, 1, 1] : tensor<1x2x9x24xf32> -> tensor<1x2x9x8xf32>
  %v = tenon.slice %h starts [0, 0, 0, 8] sizes [1, 2, 9, 16] steps [1, 1, 1, 1] : tensor<1x2x9x24xf32> -> tensor<1x2x9x16xf32>
  %b = tenon.broadcast %kr : tensor<1x1x9x4xf32> to tensor<1x2x9x4xf32>
  %k = tenon.concat %n, %b axis 3 : (tensor<1x2x9x8xf32>, tensor<1x2x9x4xf32>) -> tensor<1x2x9x12xf32>
  %y = tenon.attention %qq, %k, %v {causal = #tenon<causal bottom_right>, num_heads = 2 : i64, num_kv_heads = 2 : i64, scale = 0.5 : f64} : (tensor<1x2x3x12xf32>, tensor<1x2x9x12xf32>, tensor<1x2x9x16xf32>) -> tensor<1x2x3x16xf32>
  return %y : tensor<1x2x3x16xf32>
}

// Turned keys that differ by head.
// CHECK-LABEL: @turned_by_head(
// CHECK-NOT: tenon.mla
// CHECK: return
func.func @turned_by_head(%q: tensor<1x2x3x8xf32>, %qr: tensor<1x2x3x4xf32>, %c: tensor<1x1x9x16xf32>, %kr: tensor<1x2x9x4xf32>) -> tensor<1x2x3x16xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<48x16xf32>
  %l = tenon.linear %c, %w : (tensor<1x1x9x16xf32>, tensor<48x16xf32>) -> tensor<1x1x9x48xf32>
  %r = tenon.reshape %l : tensor<1x1x9x48xf32> to tensor<1x9x2x24xf32>
  %h = tenon.transpose %r [0, 2, 1, 3] : tensor<1x9x2x24xf32> -> tensor<1x2x9x24xf32>
  %n = tenon.slice %h starts [0, 0, 0, 0] sizes [1, 2, 9, 8] steps [1, 1, 1, 1] : tensor<1x2x9x24xf32> -> tensor<1x2x9x8xf32>
  %v = tenon.slice %h starts [0, 0, 0, 8] sizes [1, 2, 9, 16] steps [1, 1, 1, 1] : tensor<1x2x9x24xf32> -> tensor<1x2x9x16xf32>
  %k = tenon.concat %n, %kr axis 3 : (tensor<1x2x9x8xf32>, tensor<1x2x9x4xf32>) -> tensor<1x2x9x12xf32>
  %qq = tenon.concat %q, %qr axis 3 : (tensor<1x2x3x8xf32>, tensor<1x2x3x4xf32>) -> tensor<1x2x3x12xf32>
  %y = tenon.attention %qq, %k, %v {causal = #tenon<causal bottom_right>, num_heads = 2 : i64, num_kv_heads = 2 : i64} : (tensor<1x2x3x12xf32>, tensor<1x2x9x12xf32>, tensor<1x2x9x16xf32>) -> tensor<1x2x3x16xf32>
  return %y : tensor<1x2x3x16xf32>
}

// Values that overlap the keys.
// CHECK-LABEL: @overlapping(
// CHECK-NOT: tenon.mla
// CHECK: return
func.func @overlapping(%q: tensor<1x2x3x8xf32>, %qr: tensor<1x2x3x4xf32>, %c: tensor<1x1x9x16xf32>, %kr: tensor<1x1x9x4xf32>) -> tensor<1x2x3x16xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<48x16xf32>
  %l = tenon.linear %c, %w : (tensor<1x1x9x16xf32>, tensor<48x16xf32>) -> tensor<1x1x9x48xf32>
  %r = tenon.reshape %l : tensor<1x1x9x48xf32> to tensor<1x9x2x24xf32>
  %h = tenon.transpose %r [0, 2, 1, 3] : tensor<1x9x2x24xf32> -> tensor<1x2x9x24xf32>
  %n = tenon.slice %h starts [0, 0, 0, 0] sizes [1, 2, 9, 8] steps [1, 1, 1, 1] : tensor<1x2x9x24xf32> -> tensor<1x2x9x8xf32>
  %v = tenon.slice %h starts [0, 0, 0, 4] sizes [1, 2, 9, 16] steps [1, 1, 1, 1] : tensor<1x2x9x24xf32> -> tensor<1x2x9x16xf32>
  %b = tenon.broadcast %kr : tensor<1x1x9x4xf32> to tensor<1x2x9x4xf32>
  %k = tenon.concat %n, %b axis 3 : (tensor<1x2x9x8xf32>, tensor<1x2x9x4xf32>) -> tensor<1x2x9x12xf32>
  %qq = tenon.concat %q, %qr axis 3 : (tensor<1x2x3x8xf32>, tensor<1x2x3x4xf32>) -> tensor<1x2x3x12xf32>
  %y = tenon.attention %qq, %k, %v {causal = #tenon<causal bottom_right>, num_heads = 2 : i64, num_kv_heads = 2 : i64} : (tensor<1x2x3x12xf32>, tensor<1x2x9x12xf32>, tensor<1x2x9x16xf32>) -> tensor<1x2x3x16xf32>
  return %y : tensor<1x2x3x16xf32>
}

// A window.
// CHECK-LABEL: @window(
// CHECK-NOT: tenon.mla
// CHECK: return
func.func @window(%q: tensor<1x2x3x8xf32>, %qr: tensor<1x2x3x4xf32>, %c: tensor<1x1x9x16xf32>, %kr: tensor<1x1x9x4xf32>) -> tensor<1x2x3x16xf32> {
  %w = tenon.weight "w" in "f" at 0 : tensor<48x16xf32>
  %l = tenon.linear %c, %w : (tensor<1x1x9x16xf32>, tensor<48x16xf32>) -> tensor<1x1x9x48xf32>
  %r = tenon.reshape %l : tensor<1x1x9x48xf32> to tensor<1x9x2x24xf32>
  %h = tenon.transpose %r [0, 2, 1, 3] : tensor<1x9x2x24xf32> -> tensor<1x2x9x24xf32>
  %n = tenon.slice %h starts [0, 0, 0, 0] sizes [1, 2, 9, 8] steps [1, 1, 1, 1] : tensor<1x2x9x24xf32> -> tensor<1x2x9x8xf32>
  %v = tenon.slice %h starts [0, 0, 0, 8] sizes [1, 2, 9, 16] steps [1, 1, 1, 1] : tensor<1x2x9x24xf32> -> tensor<1x2x9x16xf32>
  %b = tenon.broadcast %kr : tensor<1x1x9x4xf32> to tensor<1x2x9x4xf32>
  %k = tenon.concat %n, %b axis 3 : (tensor<1x2x9x8xf32>, tensor<1x2x9x4xf32>) -> tensor<1x2x9x12xf32>
  %qq = tenon.concat %q, %qr axis 3 : (tensor<1x2x3x8xf32>, tensor<1x2x3x4xf32>) -> tensor<1x2x3x12xf32>
  %y = tenon.attention %qq, %k, %v {causal = #tenon<causal bottom_right>, num_heads = 2 : i64, num_kv_heads = 2 : i64, window = 3 : i64} : (tensor<1x2x3x12xf32>, tensor<1x2x9x12xf32>, tensor<1x2x9x16xf32>) -> tensor<1x2x3x16xf32>
  return %y : tensor<1x2x3x16xf32>
}

// A weight that inputs give.
// CHECK-LABEL: @given_weight(
// CHECK-NOT: tenon.mla
// CHECK: return
func.func @given_weight(%q: tensor<1x2x3x8xf32>, %qr: tensor<1x2x3x4xf32>, %c: tensor<1x1x9x16xf32>, %kr: tensor<1x1x9x4xf32>, %w: tensor<48x16xf32>) -> tensor<1x2x3x16xf32> {
  %l = tenon.linear %c, %w : (tensor<1x1x9x16xf32>, tensor<48x16xf32>) -> tensor<1x1x9x48xf32>
  %r = tenon.reshape %l : tensor<1x1x9x48xf32> to tensor<1x9x2x24xf32>
  %h = tenon.transpose %r [0, 2, 1, 3] : tensor<1x9x2x24xf32> -> tensor<1x2x9x24xf32>
  %n = tenon.slice %h starts [0, 0, 0, 0] sizes [1, 2, 9, 8] steps [1, 1, 1, 1] : tensor<1x2x9x24xf32> -> tensor<1x2x9x8xf32>
  %v = tenon.slice %h starts [0, 0, 0, 8] sizes [1, 2, 9, 16] steps [1, 1, 1, 1] : tensor<1x2x9x24xf32> -> tensor<1x2x9x16xf32>
  %b = tenon.broadcast %kr : tensor<1x1x9x4xf32> to tensor<1x2x9x4xf32>
  %k = tenon.concat %n, %b axis 3 : (tensor<1x2x9x8xf32>, tensor<1x2x9x4xf32>) -> tensor<1x2x9x12xf32>
  %qq = tenon.concat %q, %qr axis 3 : (tensor<1x2x3x8xf32>, tensor<1x2x3x4xf32>) -> tensor<1x2x3x12xf32>
  %y = tenon.attention %qq, %k, %v {causal = #tenon<causal bottom_right>, num_heads = 2 : i64, num_kv_heads = 2 : i64} : (tensor<1x2x3x12xf32>, tensor<1x2x9x12xf32>, tensor<1x2x9x16xf32>) -> tensor<1x2x3x16xf32>
  return %y : tensor<1x2x3x16xf32>
}
