// RUN: tenon-opt %s --tenon-absorb-mla | FileCheck %s

// CHECK-LABEL: func.func @absorbs(
// CHECK-SAME: %[[Q:.*]]: tensor<1x2x1x8xf32>, %[[QR:.*]]: tensor<1x2x1x4xf32>, %[[C:.*]]: tensor<1x9x16xf32>, %[[KR:.*]]: tensor<1x9x4xf32>, %[[W:.*]]: tensor<48x16xf32>
// CHECK: %[[H:.*]] = tenon.reshape %[[W]] : tensor<48x16xf32> to tensor<2x24x16xf32>
// CHECK: %[[WK:.*]] = tenon.slice %[[H]] starts [0, 0, 0] sizes [2, 8, 16]
// CHECK: %[[WV:.*]] = tenon.slice %[[H]] starts [0, 8, 0] sizes [2, 16, 16]
// CHECK: %[[L:.*]] = tenon.matmul %[[Q]], %[[WK]]
// CHECK: %[[N:.*]] = tenon.concat %[[L]], %[[QR]] axis 3
// CHECK: %[[K:.*]] = tenon.concat %[[C]], %[[KR]] axis 2
// CHECK: %[[KH:.*]] = tenon.reshape %[[K]] : tensor<1x9x20xf32> to tensor<1x1x9x20xf32>
// CHECK: %[[VH:.*]] = tenon.slice %[[KH]] starts [0, 0, 0, 0] sizes [1, 1, 9, 16]
// The scale is that of the heads, 1/sqrt(8 + 4), not of the latents.
// CHECK: %[[M:.*]] = tenon.attention %[[N]], %[[KH]], %[[VH]] {num_heads = 2 : i64, num_kv_heads = 1 : i64, scale = 0.288675134
// CHECK: %[[Y:.*]] = tenon.matmul %[[M]], %[[WV]] transposed
// CHECK: return %[[Y]]
func.func @absorbs(%q: tensor<1x2x1x8xf32>, %qr: tensor<1x2x1x4xf32>, %c: tensor<1x9x16xf32>, %kr: tensor<1x9x4xf32>, %w: tensor<48x16xf32>) -> tensor<1x2x1x16xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x2x1x8xf32>, tensor<1x2x1x4xf32>, tensor<1x9x16xf32>, tensor<1x9x4xf32>, tensor<48x16xf32>) -> tensor<1x2x1x16xf32>
  return %y : tensor<1x2x1x16xf32>
}

// Latents and turned keys that lie side by side in a cache are read there; what hides keys is handed on.
// CHECK-LABEL: func.func @cached(
// CHECK-SAME: %[[CACHE:[^:]*]]: tensor<1x9x20xf32>, %[[M:[^:]*]]: tensor<1x9xi1>, %[[N:[^:]*]]: tensor<1xi64>
// CHECK-NOT: axis 2
// CHECK: %[[KH:.*]] = tenon.reshape %[[CACHE]] : tensor<1x9x20xf32> to tensor<1x1x9x20xf32>
// CHECK-NEXT: %[[VH:.*]] = tenon.slice %[[KH]] starts [0, 0, 0, 0] sizes [1, 1, 9, 16]
// CHECK-NEXT: tenon.attention %{{.*}}, %[[KH]], %[[VH]] mask %[[M]] valid_lengths %[[N]] {{.*}}causal cached
func.func @cached(%q: tensor<1x2x1x8xf32>, %qr: tensor<1x2x1x4xf32>, %cache: tensor<1x9x20xf32>, %m: tensor<1x9xi1>, %n: tensor<1xi64>, %w: tensor<48x16xf32>) -> tensor<1x2x1x16xf32> {
  %c = tenon.slice %cache starts [0, 0, 0] sizes [1, 9, 16] steps [1, 1, 1] : tensor<1x9x20xf32> -> tensor<1x9x16xf32>
  %kr = tenon.slice %cache starts [0, 0, 16] sizes [1, 9, 4] steps [1, 1, 1] : tensor<1x9x20xf32> -> tensor<1x9x4xf32>
  %y = tenon.mla %q, %qr, %c, %kr, %w mask %m valid_lengths %n {causal = #tenon<causal cached>} : (tensor<1x2x1x8xf32>, tensor<1x2x1x4xf32>, tensor<1x9x16xf32>, tensor<1x9x4xf32>, tensor<48x16xf32>, tensor<1x9xi1>, tensor<1xi64>) -> tensor<1x2x1x16xf32>
  return %y : tensor<1x2x1x16xf32>
}

// The order of the columns is not the cache's.
// CHECK-LABEL: func.func @swapped(
// CHECK: tenon.concat {{.*}} axis 2
func.func @swapped(%q: tensor<1x2x1x8xf32>, %qr: tensor<1x2x1x4xf32>, %cache: tensor<1x9x20xf32>, %w: tensor<48x16xf32>) -> tensor<1x2x1x16xf32> {
  %kr = tenon.slice %cache starts [0, 0, 0] sizes [1, 9, 4] steps [1, 1, 1] : tensor<1x9x20xf32> -> tensor<1x9x4xf32>
  %c = tenon.slice %cache starts [0, 0, 4] sizes [1, 9, 16] steps [1, 1, 1] : tensor<1x9x20xf32> -> tensor<1x9x16xf32>
  %y = tenon.mla %q, %qr, %c, %kr, %w : (tensor<1x2x1x8xf32>, tensor<1x2x1x4xf32>, tensor<1x9x16xf32>, tensor<1x9x4xf32>, tensor<48x16xf32>) -> tensor<1x2x1x16xf32>
  return %y : tensor<1x2x1x16xf32>
}

// CHECK-LABEL: func.func @leaves(
// CHECK: tenon.mla
func.func @leaves(%q: tensor<1x2x1x8xf32>, %qr: tensor<1x2x1x4xf32>, %c: tensor<1x9x16xf32>, %kr: tensor<1x9x4xf32>, %w: tensor<48x16xf32>) -> tensor<1x2x1x16xf32> {
  %y = tenon.mla %q, %qr, %c, %kr, %w {form = #tenon<mla_form expanded>} : (tensor<1x2x1x8xf32>, tensor<1x2x1x4xf32>, tensor<1x9x16xf32>, tensor<1x9x4xf32>, tensor<48x16xf32>) -> tensor<1x2x1x16xf32>
  return %y : tensor<1x2x1x16xf32>
}

// A cache of i8: one scale for each four channels, those of values being the first of the key's. Both are read where they lie.
// CHECK-LABEL: func.func @bytes(
// CHECK-SAME: %[[CACHE:[^:]*]]: tensor<1x9x20xi8>, %[[S:[^:]*]]: tensor<1x9x5xf32>, %[[N:[^:]*]]: tensor<1xi64>
// CHECK-NOT: axis 2
// CHECK: %[[KH:.*]] = tenon.reshape %[[CACHE]] : tensor<1x9x20xi8> to tensor<1x1x9x20xi8>
// CHECK-NEXT: %[[VH:.*]] = tenon.slice %[[KH]] starts [0, 0, 0, 0] sizes [1, 1, 9, 16]
// CHECK-NEXT: %[[KS:.*]] = tenon.reshape %[[S]] : tensor<1x9x5xf32> to tensor<1x1x9x5xf32>
// CHECK-NEXT: %[[VS:.*]] = tenon.slice %[[KS]] starts [0, 0, 0, 0] sizes [1, 1, 9, 4]
// CHECK-NEXT: tenon.attention %{{.*}}, %[[KH]], %[[VH]] valid_lengths %[[N]] scales %[[KS]], %[[VS]] {{.*}}causal cached
func.func @bytes(%q: tensor<1x2x1x8xf32>, %qr: tensor<1x2x1x4xf32>, %cache: tensor<1x9x20xi8>, %s: tensor<1x9x5xf32>, %n: tensor<1xi64>, %w: tensor<48x16xf32>) -> tensor<1x2x1x16xf32> {
  %c = tenon.slice %cache starts [0, 0, 0] sizes [1, 9, 16] steps [1, 1, 1] : tensor<1x9x20xi8> -> tensor<1x9x16xi8>
  %kr = tenon.slice %cache starts [0, 0, 16] sizes [1, 9, 4] steps [1, 1, 1] : tensor<1x9x20xi8> -> tensor<1x9x4xi8>
  %cs = tenon.slice %s starts [0, 0, 0] sizes [1, 9, 4] steps [1, 1, 1] : tensor<1x9x5xf32> -> tensor<1x9x4xf32>
  %ks = tenon.slice %s starts [0, 0, 4] sizes [1, 9, 1] steps [1, 1, 1] : tensor<1x9x5xf32> -> tensor<1x9x1xf32>
  %y = tenon.mla %q, %qr, %c, %kr, %w valid_lengths %n scales %cs, %ks {causal = #tenon<causal cached>} : (tensor<1x2x1x8xf32>, tensor<1x2x1x4xf32>, tensor<1x9x16xi8>, tensor<1x9x4xi8>, tensor<48x16xf32>, tensor<1xi64>, tensor<1x9x4xf32>, tensor<1x9x1xf32>) -> tensor<1x2x1x16xf32>
  return %y : tensor<1x2x1x16xf32>
}
