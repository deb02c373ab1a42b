// RUN: tenon-opt %s --tenon-raise-attention --canonicalize --split-input-file | FileCheck %s

// Scores divided by sqrt(d), an additive mask, heads split from rows and joined again: the attention reads the rows.
// CHECK-LABEL: @eager
// CHECK-SAME: %[[Q:[^:]*]]: tensor<2x5x16xf32>, %[[K:[^:]*]]: tensor<2x5x16xf32>, %[[V:[^:]*]]: tensor<2x5x16xf32>, %[[M:[^:]*]]: tensor<2x1x1x5xf32>
// CHECK-NEXT: %[[Y:.*]] = tenon.attention %[[Q]], %[[K]], %[[V]] mask %[[M]] {num_heads = 4 : i64, num_kv_heads = 4 : i64}
// CHECK-NEXT: return %[[Y]]
func.func @eager(%q: tensor<2x5x16xf32>, %k: tensor<2x5x16xf32>, %v: tensor<2x5x16xf32>, %mask: tensor<2x1x1x5xf32>) -> tensor<2x5x16xf32> {
  %two = arith.constant dense<2.0> : tensor<2x4x5x5xf32>
  %qs = tenon.reshape %q : tensor<2x5x16xf32> to tensor<2x5x4x4xf32>
  %qh = tenon.transpose %qs [0, 2, 1, 3] : tensor<2x5x4x4xf32> -> tensor<2x4x5x4xf32>
  %ks = tenon.reshape %k : tensor<2x5x16xf32> to tensor<2x5x4x4xf32>
  %kt = tenon.transpose %ks [0, 2, 3, 1] : tensor<2x5x4x4xf32> -> tensor<2x4x4x5xf32>
  %vs = tenon.reshape %v : tensor<2x5x16xf32> to tensor<2x5x4x4xf32>
  %vh = tenon.transpose %vs [0, 2, 1, 3] : tensor<2x5x4x4xf32> -> tensor<2x4x5x4xf32>
  %s = tenon.matmul %qh, %kt : (tensor<2x4x5x4xf32>, tensor<2x4x4x5xf32>) -> tensor<2x4x5x5xf32>
  %d = arith.divf %s, %two : tensor<2x4x5x5xf32>
  %m = tenon.broadcast %mask : tensor<2x1x1x5xf32> to tensor<2x4x5x5xf32>
  %a = arith.addf %d, %m : tensor<2x4x5x5xf32>
  %p = tenon.softmax %a axis 3 : tensor<2x4x5x5xf32>
  %o = tenon.matmul %p, %vh : (tensor<2x4x5x5xf32>, tensor<2x4x5x4xf32>) -> tensor<2x4x5x4xf32>
  %t = tenon.transpose %o [0, 2, 1, 3] : tensor<2x4x5x4xf32> -> tensor<2x5x4x4xf32>
  %y = tenon.reshape %t : tensor<2x5x4x4xf32> to tensor<2x5x16xf32>
  return %y : tensor<2x5x16xf32>
}

// -----

// PyTorch's scaled_dot_product_attention: sqrt-scales on both factors, the key transposed as a batch of matrices, a boolean
// mask as 0 and -inf, and a guard against rows of NaN.
// CHECK-LABEL: @sdpa
// CHECK-SAME: %[[Q:[^:]*]]: tensor<2x2x3x4xf32>, %[[K:[^:]*]]: tensor<2x2x5x4xf32>, %[[V:[^:]*]]: tensor<2x2x5x4xf32>, %[[M:[^:]*]]: tensor<2x1x3x5xi1>
// CHECK-NEXT: %[[Y:.*]] = tenon.attention %[[Q]], %[[K]], %[[V]] mask %[[M]] {num_heads = 2 : i64, num_kv_heads = 2 : i64}
// CHECK-NEXT: return %[[Y]]
func.func @sdpa(%q: tensor<2x2x3x4xf32>, %k: tensor<2x2x5x4xf32>, %v: tensor<2x2x5x4xf32>, %mask: tensor<2x1x3x5xi1>) -> tensor<2x2x3x4xf32> {
  %rq = arith.constant dense<0.707106769> : tensor<2x2x3x4xf32>
  %rk = arith.constant dense<0.707106769> : tensor<2x2x4x5xf32>
  %zero = arith.constant dense<0.0> : tensor<2x1x3x5xf32>
  %hidden = arith.constant dense<0xFF800000> : tensor<2x1x3x5xf32>
  %zeros = arith.constant dense<0.0> : tensor<2x2x3x5xf32>
  %kb = tenon.reshape %k : tensor<2x2x5x4xf32> to tensor<4x5x4xf32>
  %kt = tenon.transpose %kb [0, 2, 1] : tensor<4x5x4xf32> -> tensor<4x4x5xf32>
  %kh = tenon.reshape %kt : tensor<4x4x5xf32> to tensor<2x2x4x5xf32>
  %qs = arith.mulf %q, %rq : tensor<2x2x3x4xf32>
  %ks = arith.mulf %kh, %rk : tensor<2x2x4x5xf32>
  %w = arith.select %mask, %zero, %hidden : tensor<2x1x3x5xi1>, tensor<2x1x3x5xf32>
  %s = tenon.matmul %qs, %ks : (tensor<2x2x3x4xf32>, tensor<2x2x4x5xf32>) -> tensor<2x2x3x5xf32>
  %m = tenon.broadcast %w : tensor<2x1x3x5xf32> to tensor<2x2x3x5xf32>
  %a = arith.addf %s, %m : tensor<2x2x3x5xf32>
  %p = tenon.softmax %a axis 3 : tensor<2x2x3x5xf32>
  %n = arith.cmpf uno, %p, %p : tensor<2x2x3x5xf32>
  %g = arith.select %n, %zeros, %p : tensor<2x2x3x5xi1>, tensor<2x2x3x5xf32>
  %y = tenon.matmul %g, %v : (tensor<2x2x3x5xf32>, tensor<2x2x5x4xf32>) -> tensor<2x2x3x4xf32>
  return %y : tensor<2x2x3x4xf32>
}

// -----

// A finite lowest number is no mask (A3): it stays a number that is added.
// CHECK-LABEL: @lowest_number_added
// CHECK: %[[M:.*]] = arith.select
// CHECK: tenon.attention %{{.*}} mask %[[M]] {{.*}} tensor<1x1x3x5xf32>)
func.func @lowest_number_added(%q: tensor<1x2x3x4xf32>, %k: tensor<1x2x5x4xf32>, %v: tensor<1x2x5x4xf32>, %mask: tensor<1x1x3x5xi1>) -> tensor<1x2x3x4xf32> {
  %zero = arith.constant dense<0.0> : tensor<1x1x3x5xf32>
  %low = arith.constant dense<-3.40282347E+38> : tensor<1x1x3x5xf32>
  %w = arith.select %mask, %zero, %low : tensor<1x1x3x5xi1>, tensor<1x1x3x5xf32>
  %s = tenon.matmul %q, %k transposed : (tensor<1x2x3x4xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x5xf32>
  %m = tenon.broadcast %w : tensor<1x1x3x5xf32> to tensor<1x2x3x5xf32>
  %a = arith.addf %s, %m : tensor<1x2x3x5xf32>
  %p = tenon.softmax %a axis 3 : tensor<1x2x3x5xf32>
  %y = tenon.matmul %p, %v : (tensor<1x2x3x5xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x4xf32>
  return %y : tensor<1x2x3x4xf32>
}

// -----

// masked_fill with -inf is the boolean it tests, inverted; two masks become one.
// CHECK-LABEL: @two_masks
// CHECK: %[[S:.*]] = arith.xori %arg3
// CHECK: %[[B:.*]] = arith.andi
// CHECK: tenon.attention %{{.*}} mask %[[B]] {num_heads = 2 : i64, num_kv_heads = 2 : i64, scale = 1.000000e+00 : f64}
func.func @two_masks(%q: tensor<1x2x3x4xf32>, %k: tensor<1x2x5x4xf32>, %v: tensor<1x2x5x4xf32>, %pad: tensor<1x1x1x5xi1>, %seen: tensor<3x5xi1>) -> tensor<1x2x3x4xf32> {
  %hidden = arith.constant dense<0xFF800000> : tensor<1x2x3x5xf32>
  %s = tenon.matmul %q, %k transposed : (tensor<1x2x3x4xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x5xf32>
  %c = tenon.broadcast %seen : tensor<3x5xi1> to tensor<1x2x3x5xi1>
  %a = arith.select %c, %s, %hidden : tensor<1x2x3x5xi1>, tensor<1x2x3x5xf32>
  %d = tenon.broadcast %pad : tensor<1x1x1x5xi1> to tensor<1x2x3x5xi1>
  %b = arith.select %d, %hidden, %a : tensor<1x2x3x5xi1>, tensor<1x2x3x5xf32>
  %p = tenon.softmax %b axis 3 : tensor<1x2x3x5xf32>
  %y = tenon.matmul %p, %v : (tensor<1x2x3x5xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x4xf32>
  return %y : tensor<1x2x3x4xf32>
}

// -----

// Batch and heads in one axis, seen apart only where the mask is added; the softmax in f32.
// CHECK-LABEL: @flat_heads
// CHECK: %[[Q:.*]] = tenon.reshape %arg0 : tensor<6x3x4xf16> to tensor<2x3x3x4xf16>
// CHECK: tenon.attention %[[Q]], %{{.*}}, %{{.*}} mask %arg3 {num_heads = 3 : i64, num_kv_heads = 3 : i64, scale = 1.000000e+00 : f64}
func.func @flat_heads(%q: tensor<6x3x4xf16>, %k: tensor<6x5x4xf16>, %v: tensor<6x5x4xf16>, %mask: tensor<2x1x3x5xf32>) -> tensor<6x3x4xf16> {
  %s = tenon.matmul %q, %k transposed : (tensor<6x3x4xf16>, tensor<6x5x4xf16>) -> tensor<6x3x5xf16>
  %f = tenon.cast %s : tensor<6x3x5xf16> to tensor<6x3x5xf32>
  %w = tenon.reshape %f : tensor<6x3x5xf32> to tensor<2x3x3x5xf32>
  %m = tenon.broadcast %mask : tensor<2x1x3x5xf32> to tensor<2x3x3x5xf32>
  %a = arith.addf %w, %m : tensor<2x3x3x5xf32>
  %r = tenon.reshape %a : tensor<2x3x3x5xf32> to tensor<6x3x5xf32>
  %p = tenon.softmax %r axis 2 : tensor<6x3x5xf32>
  %h = tenon.cast %p : tensor<6x3x5xf32> to tensor<6x3x5xf16>
  %y = tenon.matmul %h, %v : (tensor<6x3x5xf16>, tensor<6x5x4xf16>) -> tensor<6x3x4xf16>
  return %y : tensor<6x3x4xf16>
}

// -----

// Heads repeated for grouped queries are taken once (A8).
// CHECK-LABEL: @grouped
// CHECK-NEXT: tenon.attention %arg0, %arg1, %arg2 {num_heads = 4 : i64, num_kv_heads = 2 : i64}
func.func @grouped(%q: tensor<1x4x3x4xf32>, %k: tensor<1x2x5x4xf32>, %v: tensor<1x2x5x4xf32>) -> tensor<1x4x3x4xf32> {
  %half = arith.constant dense<0.5> : tensor<1x4x3x5xf32>
  %ku = tenon.reshape %k : tensor<1x2x5x4xf32> to tensor<1x2x1x5x4xf32>
  %kb = tenon.broadcast %ku : tensor<1x2x1x5x4xf32> to tensor<1x2x2x5x4xf32>
  %kr = tenon.reshape %kb : tensor<1x2x2x5x4xf32> to tensor<1x4x5x4xf32>
  %kt = tenon.transpose %kr [0, 1, 3, 2] : tensor<1x4x5x4xf32> -> tensor<1x4x4x5xf32>
  %vu = tenon.reshape %v : tensor<1x2x5x4xf32> to tensor<1x2x1x5x4xf32>
  %vb = tenon.broadcast %vu : tensor<1x2x1x5x4xf32> to tensor<1x2x2x5x4xf32>
  %vr = tenon.reshape %vb : tensor<1x2x2x5x4xf32> to tensor<1x4x5x4xf32>
  %s = tenon.matmul %q, %kt : (tensor<1x4x3x4xf32>, tensor<1x4x4x5xf32>) -> tensor<1x4x3x5xf32>
  %d = arith.mulf %s, %half : tensor<1x4x3x5xf32>
  %p = tenon.softmax %d axis 3 : tensor<1x4x3x5xf32>
  %y = tenon.matmul %p, %vr : (tensor<1x4x3x5xf32>, tensor<1x4x5x4xf32>) -> tensor<1x4x3x4xf32>
  return %y : tensor<1x4x3x4xf32>
}

// -----

// cap tanh(scale s / cap), then the mask (A6).
// CHECK-LABEL: @softcap
// CHECK: tenon.attention %arg0, %arg1, %arg2 mask %arg3 {num_heads = 2 : i64, num_kv_heads = 2 : i64, softcap = 2.000000e+00 : f64}
func.func @softcap(%q: tensor<1x2x3x4xf32>, %k: tensor<1x2x5x4xf32>, %v: tensor<1x2x5x4xf32>, %mask: tensor<1x1x3x5xf32>) -> tensor<1x2x3x4xf32> {
  %half = arith.constant dense<0.5> : tensor<1x2x3x5xf32>
  %cap = arith.constant dense<2.0> : tensor<1x2x3x5xf32>
  %s = tenon.matmul %q, %k transposed : (tensor<1x2x3x4xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x5xf32>
  %d = arith.mulf %s, %half : tensor<1x2x3x5xf32>
  %c = arith.divf %d, %cap : tensor<1x2x3x5xf32>
  %t = math.tanh %c : tensor<1x2x3x5xf32>
  %e = arith.mulf %t, %cap : tensor<1x2x3x5xf32>
  %m = tenon.broadcast %mask : tensor<1x1x3x5xf32> to tensor<1x2x3x5xf32>
  %a = arith.addf %e, %m : tensor<1x2x3x5xf32>
  %p = tenon.softmax %a axis 3 : tensor<1x2x3x5xf32>
  %y = tenon.matmul %p, %v : (tensor<1x2x3x5xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x4xf32>
  return %y : tensor<1x2x3x4xf32>
}

// -----

// Near misses. The mask is scaled too; it would no longer be.
// CHECK-LABEL: @scaled_mask
// CHECK-NOT: tenon.attention
// CHECK: return
func.func @scaled_mask(%q: tensor<1x2x3x4xf32>, %k: tensor<1x2x5x4xf32>, %v: tensor<1x2x5x4xf32>, %mask: tensor<1x2x3x5xf32>) -> tensor<1x2x3x4xf32> {
  %half = arith.constant dense<0.5> : tensor<1x2x3x5xf32>
  %s = tenon.matmul %q, %k transposed : (tensor<1x2x3x4xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x5xf32>
  %a = arith.addf %s, %mask : tensor<1x2x3x5xf32>
  %d = arith.mulf %a, %half : tensor<1x2x3x5xf32>
  %p = tenon.softmax %d axis 3 : tensor<1x2x3x5xf32>
  %y = tenon.matmul %p, %v : (tensor<1x2x3x5xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x4xf32>
  return %y : tensor<1x2x3x4xf32>
}

// -----

// A softmax over queries.
// CHECK-LABEL: @other_axis
// CHECK-NOT: tenon.attention
// CHECK: return
func.func @other_axis(%q: tensor<1x2x3x4xf32>, %k: tensor<1x2x5x4xf32>, %v: tensor<1x2x5x4xf32>) -> tensor<1x2x3x4xf32> {
  %s = tenon.matmul %q, %k transposed : (tensor<1x2x3x4xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x5xf32>
  %p = tenon.softmax %s axis 2 : tensor<1x2x3x5xf32>
  %y = tenon.matmul %p, %v : (tensor<1x2x3x5xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x4xf32>
  return %y : tensor<1x2x3x4xf32>
}

// -----

// The probabilities are a result as well.
// CHECK-LABEL: @probabilities_used
// CHECK-NOT: tenon.attention
// CHECK: return
func.func @probabilities_used(%q: tensor<1x2x3x4xf32>, %k: tensor<1x2x5x4xf32>, %v: tensor<1x2x5x4xf32>) -> (tensor<1x2x3x4xf32>, tensor<1x2x3x5xf32>) {
  %s = tenon.matmul %q, %k transposed : (tensor<1x2x3x4xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x5xf32>
  %p = tenon.softmax %s axis 3 : tensor<1x2x3x5xf32>
  %y = tenon.matmul %p, %v : (tensor<1x2x3x5xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x4xf32>
  return %y, %p : tensor<1x2x3x4xf32>, tensor<1x2x3x5xf32>
}

// -----

// Scores replaced by a finite number: a row of them is a mean over all keys, which no mask says.
// CHECK-LABEL: @finite_fill
// CHECK-NOT: tenon.attention
// CHECK: return
func.func @finite_fill(%q: tensor<1x2x3x4xf32>, %k: tensor<1x2x5x4xf32>, %v: tensor<1x2x5x4xf32>, %seen: tensor<1x2x3x5xi1>) -> tensor<1x2x3x4xf32> {
  %low = arith.constant dense<-1.0e+9> : tensor<1x2x3x5xf32>
  %s = tenon.matmul %q, %k transposed : (tensor<1x2x3x4xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x5xf32>
  %a = arith.select %seen, %s, %low : tensor<1x2x3x5xi1>, tensor<1x2x3x5xf32>
  %p = tenon.softmax %a axis 3 : tensor<1x2x3x5xf32>
  %y = tenon.matmul %p, %v : (tensor<1x2x3x5xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x4xf32>
  return %y : tensor<1x2x3x4xf32>
}

// -----

// A key per channel scale is no scale of the scores: it stays on the query.
// CHECK-LABEL: @channel_scale
// CHECK: %[[Q:.*]] = arith.mulf %arg0, %arg3
// CHECK: tenon.attention %[[Q]], %arg1, %arg2
func.func @channel_scale(%q: tensor<1x2x3x4xf32>, %k: tensor<1x2x5x4xf32>, %v: tensor<1x2x5x4xf32>, %c: tensor<1x2x3x4xf32>) -> tensor<1x2x3x4xf32> {
  %qc = arith.mulf %q, %c : tensor<1x2x3x4xf32>
  %s = tenon.matmul %qc, %k transposed : (tensor<1x2x3x4xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x5xf32>
  %p = tenon.softmax %s axis 3 : tensor<1x2x3x5xf32>
  %y = tenon.matmul %p, %v : (tensor<1x2x3x5xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x4xf32>
  return %y : tensor<1x2x3x4xf32>
}

// -----

// A mask that is one number per query must not be read as one that hides all keys but the first.
// CHECK-LABEL: @number_per_query
// CHECK: %[[M:.*]] = tenon.broadcast %arg3 : tensor<1x1x3x1xf32> to tensor<1x1x3x5xf32>
// CHECK: tenon.attention %{{.*}} mask %[[M]]
func.func @number_per_query(%q: tensor<1x2x3x4xf32>, %k: tensor<1x2x5x4xf32>, %v: tensor<1x2x5x4xf32>, %mask: tensor<1x1x3x1xf32>) -> tensor<1x2x3x4xf32> {
  %s = tenon.matmul %q, %k transposed : (tensor<1x2x3x4xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x5xf32>
  %m = tenon.broadcast %mask : tensor<1x1x3x1xf32> to tensor<1x2x3x5xf32>
  %a = arith.addf %s, %m : tensor<1x2x3x5xf32>
  %p = tenon.softmax %a axis 3 : tensor<1x2x3x5xf32>
  %y = tenon.matmul %p, %v : (tensor<1x2x3x5xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x4xf32>
  return %y : tensor<1x2x3x4xf32>
}

// -----

// Below opset 13 a softmax is one of rows; of rows that are not the keys it stays.
// CHECK-LABEL: @softmax_of_rows
// CHECK: tenon.attention %arg0, %arg1, %arg2
// CHECK: %[[S:.*]] = tenon.softmax %{{.*}} axis 1 : tensor<2x15xf32>
// CHECK: return %{{.*}}
func.func @softmax_of_rows(%q: tensor<1x2x3x4xf32>, %k: tensor<1x2x5x4xf32>, %v: tensor<1x2x5x4xf32>, %x: tensor<1x2x3x5xf32>) -> (tensor<1x2x3x4xf32>, tensor<1x2x3x5xf32>) {
  %s = tenon.matmul %q, %k transposed : (tensor<1x2x3x4xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x5xf32>
  %r = tenon.reshape %s : tensor<1x2x3x5xf32> to tensor<6x5xf32>
  %m = tenon.softmax %r axis 1 : tensor<6x5xf32>
  %p = tenon.reshape %m : tensor<6x5xf32> to tensor<1x2x3x5xf32>
  %y = tenon.matmul %p, %v : (tensor<1x2x3x5xf32>, tensor<1x2x5x4xf32>) -> tensor<1x2x3x4xf32>
  %w = tenon.reshape %x : tensor<1x2x3x5xf32> to tensor<2x15xf32>
  %n = tenon.softmax %w axis 1 : tensor<2x15xf32>
  %z = tenon.reshape %n : tensor<2x15xf32> to tensor<1x2x3x5xf32>
  return %y, %z : tensor<1x2x3x4xf32>, tensor<1x2x3x5xf32>
}

// -----

// Scores in two parts, of latents and of what is turned, as one product with one key head.
// CHECK-LABEL: @two_parts
// CHECK-SAME: %[[Q:[^:]*]]: tensor<1x4x3x8xf32>, %[[R:[^:]*]]: tensor<1x4x3x2xf32>, %[[K:[^:]*]]: tensor<1x1x5x8xf32>, %[[L:[^:]*]]: tensor<1x1x5x2xf32>
// CHECK-DAG: %[[QR:.*]] = tenon.concat %[[Q]], %[[R]] axis 3
// CHECK-DAG: %[[KL:.*]] = tenon.concat %[[K]], %[[L]] axis 3
// CHECK: %[[Y:.*]] = tenon.attention %[[QR]], %[[KL]], %[[K]] {num_heads = 4 : i64, num_kv_heads = 1 : i64, scale = 2.500000e-01 : f64}
// CHECK: return %[[Y]]
func.func @two_parts(%q: tensor<1x4x3x8xf32>, %r: tensor<1x4x3x2xf32>, %k: tensor<1x1x5x8xf32>, %l: tensor<1x1x5x2xf32>) -> tensor<1x4x3x8xf32> {
  %quarter = arith.constant dense<0.25> : tensor<1x4x3x5xf32>
  %a = tenon.matmul %q, %k transposed : (tensor<1x4x3x8xf32>, tensor<1x1x5x8xf32>) -> tensor<1x4x3x5xf32>
  %b = tenon.matmul %r, %l transposed : (tensor<1x4x3x2xf32>, tensor<1x1x5x2xf32>) -> tensor<1x4x3x5xf32>
  %s = arith.addf %a, %b : tensor<1x4x3x5xf32>
  %d = arith.mulf %s, %quarter : tensor<1x4x3x5xf32>
  %p = tenon.softmax %d axis 3 : tensor<1x4x3x5xf32>
  %y = tenon.matmul %p, %k : (tensor<1x4x3x5xf32>, tensor<1x1x5x8xf32>) -> tensor<1x4x3x8xf32>
  return %y : tensor<1x4x3x8xf32>
}

// -----

// A sum of products that no softmax follows, or that is used twice, stays.
// CHECK-LABEL: @sums
// CHECK-COUNT-4: tenon.matmul
// CHECK: return
func.func @sums(%q: tensor<1x4x3x8xf32>, %r: tensor<1x4x3x2xf32>, %k: tensor<1x1x5x8xf32>, %l: tensor<1x1x5x2xf32>) -> (tensor<1x4x3x5xf32>, tensor<1x4x3x5xf32>, tensor<1x4x3x5xf32>) {
  %a = tenon.matmul %q, %k transposed : (tensor<1x4x3x8xf32>, tensor<1x1x5x8xf32>) -> tensor<1x4x3x5xf32>
  %b = tenon.matmul %r, %l transposed : (tensor<1x4x3x2xf32>, tensor<1x1x5x2xf32>) -> tensor<1x4x3x5xf32>
  %s = arith.addf %a, %b : tensor<1x4x3x5xf32>
  %e = math.exp %q : tensor<1x4x3x8xf32>
  %c = tenon.matmul %e, %k transposed : (tensor<1x4x3x8xf32>, tensor<1x1x5x8xf32>) -> tensor<1x4x3x5xf32>
  %g = math.exp %r : tensor<1x4x3x2xf32>
  %d = tenon.matmul %g, %l transposed : (tensor<1x4x3x2xf32>, tensor<1x1x5x2xf32>) -> tensor<1x4x3x5xf32>
  %t = arith.addf %c, %d : tensor<1x4x3x5xf32>
  %p = tenon.softmax %t axis 3 : tensor<1x4x3x5xf32>
  return %s, %t, %p : tensor<1x4x3x5xf32>, tensor<1x4x3x5xf32>, tensor<1x4x3x5xf32>
}

// -----

// Masks of zeros and of true alone change nothing; a shorter one hides keys, and others hide or add.
// CHECK-LABEL: @masks_of_nothing
// CHECK: tenon.attention %arg0, %arg1, %arg2 {
// CHECK: tenon.attention %arg0, %arg1, %arg2 {
// CHECK: tenon.attention %arg0, %arg1, %arg2 mask
// CHECK: tenon.attention %arg0, %arg1, %arg2 mask
// CHECK: tenon.attention %arg0, %arg1, %arg2 mask
func.func @masks_of_nothing(%q: tensor<1x2x3x4xf32>, %k: tensor<1x2x5x4xf32>, %v: tensor<1x2x5x4xf32>) -> (tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>) {
  %zeros = arith.constant dense<-0.0> : tensor<1x2x3x5xf32>
  %trues = arith.constant dense<true> : tensor<3x5xi1>
  %short = arith.constant dense<true> : tensor<3x4xi1>
  %falses = arith.constant dense<false> : tensor<3x5xi1>
  %ones = arith.constant dense<1.0> : tensor<1x2x3x5xf32>
  %a = tenon.attention %q, %k, %v mask %zeros {num_heads = 2 : i64, num_kv_heads = 2 : i64} : (tensor<1x2x3x4xf32>, tensor<1x2x5x4xf32>, tensor<1x2x5x4xf32>, tensor<1x2x3x5xf32>) -> tensor<1x2x3x4xf32>
  %b = tenon.attention %q, %k, %v mask %trues {num_heads = 2 : i64, num_kv_heads = 2 : i64} : (tensor<1x2x3x4xf32>, tensor<1x2x5x4xf32>, tensor<1x2x5x4xf32>, tensor<3x5xi1>) -> tensor<1x2x3x4xf32>
  %c = tenon.attention %q, %k, %v mask %short {num_heads = 2 : i64, num_kv_heads = 2 : i64} : (tensor<1x2x3x4xf32>, tensor<1x2x5x4xf32>, tensor<1x2x5x4xf32>, tensor<3x4xi1>) -> tensor<1x2x3x4xf32>
  %d = tenon.attention %q, %k, %v mask %falses {num_heads = 2 : i64, num_kv_heads = 2 : i64} : (tensor<1x2x3x4xf32>, tensor<1x2x5x4xf32>, tensor<1x2x5x4xf32>, tensor<3x5xi1>) -> tensor<1x2x3x4xf32>
  %e = tenon.attention %q, %k, %v mask %ones {num_heads = 2 : i64, num_kv_heads = 2 : i64} : (tensor<1x2x3x4xf32>, tensor<1x2x5x4xf32>, tensor<1x2x5x4xf32>, tensor<1x2x3x5xf32>) -> tensor<1x2x3x4xf32>
  return %a, %b, %c, %d, %e : tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>
}
