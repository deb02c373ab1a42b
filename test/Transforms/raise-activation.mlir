// RUN: tenon-opt %s --tenon-raise-activation --split-input-file | FileCheck %s

// x * (0.5 * (1 + erf(x / sqrt 2))): torch.onnx with dynamo.
// CHECK-LABEL: @gelu_dynamo
// CHECK-NEXT: %[[Y:.*]] = tenon.activation gelu %arg0
// CHECK-NEXT: return %[[Y]]
func.func @gelu_dynamo(%x: tensor<8xf32>) -> tensor<8xf32> {
  %root = arith.constant dense<1.41421354> : tensor<8xf32>
  %one = arith.constant dense<1.0> : tensor<8xf32>
  %half = arith.constant dense<0.5> : tensor<8xf32>
  %u = arith.divf %x, %root : tensor<8xf32>
  %e = math.erf %u : tensor<8xf32>
  %p = arith.addf %e, %one : tensor<8xf32>
  %h = arith.mulf %half, %p : tensor<8xf32>
  %y = arith.mulf %x, %h : tensor<8xf32>
  return %y : tensor<8xf32>
}

// -----

// (x * (1 + erf(x * 0.7071))) * 0.5, the constants broadcast from scalars.
// CHECK-LABEL: @gelu_script
// CHECK: tenon.activation gelu %arg0
// CHECK-NOT: math.erf
func.func @gelu_script(%x: tensor<8xf32>) -> tensor<8xf32> {
  %c = arith.constant dense<0.707106769> : tensor<f32>
  %o = arith.constant dense<1.0> : tensor<1xf32>
  %f = arith.constant dense<0.5> : tensor<f32>
  %root = tenon.broadcast %c : tensor<f32> to tensor<8xf32>
  %one = tenon.broadcast %o : tensor<1xf32> to tensor<8xf32>
  %half = tenon.broadcast %f : tensor<f32> to tensor<8xf32>
  %u = arith.mulf %x, %root : tensor<8xf32>
  %e = math.erf %u : tensor<8xf32>
  %p = arith.addf %one, %e : tensor<8xf32>
  %m = arith.mulf %x, %p : tensor<8xf32>
  %y = arith.mulf %m, %half : tensor<8xf32>
  return %y : tensor<8xf32>
}

// -----

// x is itself a product: it is not taken apart.
// CHECK-LABEL: @gelu_of_product
// CHECK: %[[X:.*]] = arith.mulf %arg0, %arg1
// CHECK: tenon.activation gelu %[[X]]
func.func @gelu_of_product(%a: tensor<8xf16>, %b: tensor<8xf16>) -> tensor<8xf16> {
  %root = arith.constant dense<1.414> : tensor<8xf16>
  %one = arith.constant dense<1.0> : tensor<8xf16>
  %half = arith.constant dense<0.5> : tensor<8xf16>
  %x = arith.mulf %a, %b : tensor<8xf16>
  %u = arith.divf %x, %root : tensor<8xf16>
  %e = math.erf %u : tensor<8xf16>
  %p = arith.addf %e, %one : tensor<8xf16>
  %h = arith.mulf %x, %half : tensor<8xf16>
  %y = arith.mulf %h, %p : tensor<8xf16>
  return %y : tensor<8xf16>
}

// -----

// CHECK-LABEL: @gelu_tanh_power
// CHECK-NEXT: %[[Y:.*]] = tenon.activation gelu_tanh %arg0
// CHECK-NEXT: return %[[Y]]
func.func @gelu_tanh_power(%x: tensor<8xf32>) -> tensor<8xf32> {
  %three = arith.constant dense<3.0> : tensor<8xf32>
  %k = arith.constant dense<0.0447149985> : tensor<8xf32>
  %c = arith.constant dense<0.797884583> : tensor<8xf32>
  %one = arith.constant dense<1.0> : tensor<8xf32>
  %half = arith.constant dense<0.5> : tensor<8xf32>
  %x3 = math.powf %x, %three : tensor<8xf32>
  %k3 = arith.mulf %k, %x3 : tensor<8xf32>
  %s = arith.addf %x, %k3 : tensor<8xf32>
  %v = arith.mulf %c, %s : tensor<8xf32>
  %t = math.tanh %v : tensor<8xf32>
  %p = arith.addf %t, %one : tensor<8xf32>
  %h = arith.mulf %half, %p : tensor<8xf32>
  %y = arith.mulf %x, %h : tensor<8xf32>
  return %y : tensor<8xf32>
}

// -----

// x c (1 + k x x): the factored form.
// CHECK-LABEL: @gelu_tanh_factored
// CHECK: tenon.activation gelu_tanh %arg0
func.func @gelu_tanh_factored(%x: tensor<8xf32>) -> tensor<8xf32> {
  %k = arith.constant dense<0.044715> : tensor<8xf32>
  %c = arith.constant dense<0.797884583> : tensor<8xf32>
  %one = arith.constant dense<1.0> : tensor<8xf32>
  %half = arith.constant dense<0.5> : tensor<8xf32>
  %xc = arith.mulf %x, %c : tensor<8xf32>
  %xk = arith.mulf %x, %k : tensor<8xf32>
  %xx = arith.mulf %xk, %x : tensor<8xf32>
  %s = arith.addf %one, %xx : tensor<8xf32>
  %v = arith.mulf %xc, %s : tensor<8xf32>
  %t = math.tanh %v : tensor<8xf32>
  %p = arith.addf %one, %t : tensor<8xf32>
  %h = arith.mulf %x, %half : tensor<8xf32>
  %y = arith.mulf %h, %p : tensor<8xf32>
  return %y : tensor<8xf32>
}

// -----

// SiLU, CLIP's x sigmoid(1.702 x), and a gated layer's inner product.
// CHECK-LABEL: @silu
// CHECK-DAG: tenon.activation silu %arg0 : tensor<8xf32>
// CHECK-DAG: tenon.activation silu %arg0 {alpha = 1.702
// CHECK-DAG: arith.mulf %{{.*}}, %arg1
// CHECK-NOT: sigmoid
func.func @silu(%x: tensor<8xf32>, %up: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
  %a = arith.constant dense<1.702> : tensor<8xf32>
  %s = tenon.activation sigmoid %x : tensor<8xf32>
  %m = arith.mulf %x, %s : tensor<8xf32>
  %y = arith.mulf %m, %up : tensor<8xf32>
  %ax = arith.mulf %x, %a : tensor<8xf32>
  %q = tenon.activation sigmoid %ax : tensor<8xf32>
  %z = arith.mulf %x, %q : tensor<8xf32>
  return %y, %z : tensor<8xf32>, tensor<8xf32>
}

// -----

// CHECK-LABEL: @written_out
// CHECK-DAG: tenon.activation sigmoid %arg0
// CHECK-DAG: tenon.activation silu %arg0
// CHECK-DAG: tenon.activation softsign %arg0
// CHECK-DAG: tenon.activation softplus %arg0
func.func @written_out(%x: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>) {
  %one = arith.constant dense<1.0> : tensor<8xf32>
  %n = arith.negf %x : tensor<8xf32>
  %e = math.exp %n : tensor<8xf32>
  %d = arith.addf %one, %e : tensor<8xf32>
  %a = arith.divf %one, %d : tensor<8xf32>
  %b = arith.divf %x, %d : tensor<8xf32>
  %abs = math.absf %x : tensor<8xf32>
  %g = arith.addf %one, %abs : tensor<8xf32>
  %c = arith.divf %x, %g : tensor<8xf32>
  %p = math.exp %x : tensor<8xf32>
  %q = arith.addf %p, %one : tensor<8xf32>
  %l = math.log %q : tensor<8xf32>
  return %a, %b, %c, %l : tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>
}

// -----

// CHECK-LABEL: @mish_and_hard_swish
// CHECK-DAG: tenon.activation mish %arg0
// CHECK-DAG: tenon.activation hard_swish %arg0
func.func @mish_and_hard_swish(%x: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
  %s = tenon.activation softplus %x : tensor<8xf32>
  %t = math.tanh %s : tensor<8xf32>
  %y = arith.mulf %x, %t : tensor<8xf32>
  %h = tenon.activation hard_sigmoid %x {alpha = 0.16666667163372040 : f64, beta = 0.5 : f64} : tensor<8xf32>
  %z = arith.mulf %h, %x : tensor<8xf32>
  return %y, %z : tensor<8xf32>, tensor<8xf32>
}

// -----

// Near misses: another inner factor, a missing half, another argument, another cubic.
// CHECK-LABEL: @other_functions
// CHECK-NOT: tenon.activation
// CHECK: return
func.func @other_functions(%x: tensor<8xf32>, %z: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>) {
  %root = arith.constant dense<1.41421354> : tensor<8xf32>
  %other = arith.constant dense<1.41> : tensor<8xf32>
  %one = arith.constant dense<1.0> : tensor<8xf32>
  %half = arith.constant dense<0.5> : tensor<8xf32>
  %k = arith.constant dense<0.0446> : tensor<8xf32>
  %c = arith.constant dense<0.797884583> : tensor<8xf32>
  %three = arith.constant dense<3.0> : tensor<8xf32>
  %u = arith.divf %x, %other : tensor<8xf32>
  %e = math.erf %u : tensor<8xf32>
  %p = arith.addf %e, %one : tensor<8xf32>
  %h = arith.mulf %half, %p : tensor<8xf32>
  %a = arith.mulf %x, %h : tensor<8xf32>
  %u1 = arith.divf %x, %root : tensor<8xf32>
  %e1 = math.erf %u1 : tensor<8xf32>
  %p1 = arith.addf %e1, %one : tensor<8xf32>
  %b = arith.mulf %x, %p1 : tensor<8xf32>
  %h2 = arith.mulf %half, %p1 : tensor<8xf32>
  %d = arith.mulf %z, %h2 : tensor<8xf32>
  %x3 = math.powf %x, %three : tensor<8xf32>
  %k3 = arith.mulf %k, %x3 : tensor<8xf32>
  %s = arith.addf %x, %k3 : tensor<8xf32>
  %v = arith.mulf %c, %s : tensor<8xf32>
  %t = math.tanh %v : tensor<8xf32>
  %p3 = arith.addf %t, %one : tensor<8xf32>
  %h3 = arith.mulf %half, %p3 : tensor<8xf32>
  %g = arith.mulf %x, %h3 : tensor<8xf32>
  return %a, %b, %d, %g : tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>
}

// -----

// A sigmoid of something else gates x: no Swish. Nor is a hard sigmoid of slope 0.2 a hard swish.
// CHECK-LABEL: @gated_by_others
// CHECK-NOT: silu
// CHECK-NOT: hard_swish
// CHECK: return
func.func @gated_by_others(%x: tensor<8xf32>, %g: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>, tensor<8xf32>) {
  %one = arith.constant dense<1.0> : tensor<8xf32>
  %s = tenon.activation sigmoid %g : tensor<8xf32>
  %y = arith.mulf %x, %s : tensor<8xf32>
  %x1 = arith.addf %x, %one : tensor<8xf32>
  %s1 = tenon.activation sigmoid %x1 : tensor<8xf32>
  %z = arith.mulf %x, %s1 : tensor<8xf32>
  %h = tenon.activation hard_sigmoid %x {alpha = 0.2 : f64, beta = 0.5 : f64} : tensor<8xf32>
  %w = arith.mulf %x, %h : tensor<8xf32>
  return %y, %z, %w : tensor<8xf32>, tensor<8xf32>, tensor<8xf32>
}
