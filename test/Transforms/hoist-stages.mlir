// RUN: tenon-opt %s --tenon-hoist-stages --split-input-file --verify-diagnostics | FileCheck %s

// A transposed weight moves; the weight itself and what depends on inputs do not.
// CHECK: func.func @prepare() -> tensor<16x8xf32> {
// CHECK-NEXT: %[[W:.*]] = tenon.weight "w" in "m.onnx" at 64
// CHECK-NEXT: %[[T:.*]] = tenon.transpose %[[W]]
// CHECK-NEXT: return %[[T]]
// CHECK: func.func @step(%[[X:.*]]: tensor<4x8xf32> {tenon.name = "x"}, %[[P:.*]]: tensor<16x8xf32> {tenon.prepared}) -> tensor<4x16xf32>
// CHECK-NEXT: %[[B:.*]] = tenon.weight "b"
// CHECK-NEXT: tenon.linear %[[X]], %[[P]], %[[B]]
// CHECK-NOT: transpose
func.func @step(%x: tensor<4x8xf32> {tenon.name = "x"}) -> tensor<4x16xf32> {
  %w = tenon.weight "w" in "m.onnx" at 64 : tensor<8x16xf32>
  %b = tenon.weight "b" in "m.onnx" at 0 : tensor<16xf32>
  %t = tenon.transpose %w [1, 0] : tensor<8x16xf32> -> tensor<16x8xf32>
  %y = tenon.linear %x, %t, %b : (tensor<4x8xf32>, tensor<16x8xf32>, tensor<16xf32>) -> tensor<4x16xf32>
  return %y : tensor<4x16xf32>
}

// -----

// A chain moves whole, its inner values stay inside @prepare; equal values are computed once.
// CHECK: func.func @prepare() -> tensor<8x8xf32>
// CHECK-COUNT-1: tenon.transpose
// CHECK-NOT: tenon.transpose
// CHECK: arith.addf
// CHECK: return
// CHECK: func.func @step(%{{.*}}: tensor<4x8xf32>, %[[P:.*]]: tensor<8x8xf32> {tenon.prepared})
// CHECK-NEXT: tenon.linear %{{.*}}, %[[P]]
// CHECK-NEXT: tenon.linear %{{.*}}, %[[P]]
func.func @step(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %w = tenon.weight "w" in "m.onnx" at 64 : tensor<8x8xf32>
  %w2 = tenon.weight "w" in "m.onnx" at 64 : tensor<8x8xf32>
  %t = tenon.transpose %w [1, 0] : tensor<8x8xf32> -> tensor<8x8xf32>
  %t2 = tenon.transpose %w2 [1, 0] : tensor<8x8xf32> -> tensor<8x8xf32>
  %a = arith.addf %t, %w : tensor<8x8xf32>
  %b = arith.addf %t2, %w2 : tensor<8x8xf32>
  %y = tenon.linear %x, %a : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
  %z = tenon.linear %y, %b : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
  return %z : tensor<4x8xf32>
}

// -----

// Views stay: the broadcast is made again, what it spreads is prepared.
// CHECK: func.func @prepare() -> tensor<8xf32>
// CHECK: func.func @step(%{{.*}}, %[[P:.*]]: tensor<8xf32> {tenon.prepared})
// CHECK: %[[B:.*]] = tenon.broadcast %[[P]]
// CHECK: arith.mulf %{{.*}}, %[[B]]
func.func @step(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %w = tenon.weight "w" in "m.onnx" at 64 : tensor<8xf32>
  %r = math.rsqrt %w : tensor<8xf32>
  %b = tenon.broadcast %r : tensor<8xf32> to tensor<4x8xf32>
  %y = arith.mulf %x, %b : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// -----

// Nothing to move: no @prepare.
// CHECK-NOT: @prepare
// CHECK: func.func @step(%{{[^,]*}}: tensor<4x8xf32>) -> tensor<4x8xf32>
func.func @step(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %w = tenon.weight "w" in "m.onnx" at 64 : tensor<2x4xf32>
  %c = arith.constant dense<2.0> : tensor<4x8xf32>
  %v = tenon.reshape %w : tensor<2x4xf32> to tensor<8xf32>
  %b = tenon.broadcast %v : tensor<8xf32> to tensor<4x8xf32>
  %m = arith.mulf %x, %b : tensor<4x8xf32>
  %y = arith.addf %m, %c : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// -----

// 4 MB made of 4 KB cost more to keep than to make; the same at 1 MB moves.
// CHECK: func.func @prepare() -> tensor<512x512xf32>
// CHECK: func.func @step
// CHECK: arith.addf {{.*}} tensor<1024x1024xf32>
// CHECK: arith.mulf {{.*}} tensor<1024x1024xf32>
func.func @step(%x: tensor<1024x1024xf32>, %z: tensor<512x512xf32>) -> (tensor<1024x1024xf32>, tensor<512x512xf32>) {
  %w = tenon.weight "w" in "m.onnx" at 64 : tensor<1024xf32>
  %r = tenon.broadcast %w : tensor<1024xf32> to tensor<1024x1024xf32>
  %s = arith.addf %r, %r : tensor<1024x1024xf32>
  %y = arith.mulf %x, %s : tensor<1024x1024xf32>
  %v = tenon.weight "v" in "m.onnx" at 8192 : tensor<512xf32>
  %p = tenon.broadcast %v : tensor<512xf32> to tensor<512x512xf32>
  %q = arith.addf %p, %p : tensor<512x512xf32>
  %u = arith.mulf %z, %q : tensor<512x512xf32>
  return %y, %u : tensor<1024x1024xf32>, tensor<512x512xf32>
}

// -----

// What an earlier run prepared stays, and more joins it.
// CHECK: func.func @prepare() -> (tensor<8xf32>, tensor<8xf32>)
// CHECK: %[[R:.*]] = math.rsqrt
// CHECK: %[[E:.*]] = math.exp %[[R]]
// CHECK: return %[[R]], %[[E]]
// CHECK: func.func @step(%{{.*}}: tensor<8xf32>, %[[A:.*]]: tensor<8xf32> {tenon.prepared}, %[[B:.*]]: tensor<8xf32> {tenon.prepared})
// CHECK: arith.mulf %{{.*}}, %[[A]]
// CHECK: arith.mulf %{{.*}}, %[[B]]
func.func @prepare() -> tensor<8xf32> {
  %w = tenon.weight "w" in "m.onnx" at 64 : tensor<8xf32>
  %r = math.rsqrt %w : tensor<8xf32>
  return %r : tensor<8xf32>
}
func.func @step(%x: tensor<8xf32>, %p: tensor<8xf32> {tenon.prepared}) -> tensor<8xf32> {
  %e = math.exp %p : tensor<8xf32>
  %m = arith.mulf %x, %p : tensor<8xf32>
  %y = arith.mulf %m, %e : tensor<8xf32>
  return %y : tensor<8xf32>
}

// -----

// What follows from weights is hoisted out of a branch too.
// CHECK: func.func @prepare() -> (tensor<8xf32>, tensor<8xf32>)
// CHECK: %[[E:.*]] = math.exp
// CHECK: %[[R:.*]] = math.rsqrt
// CHECK: return %[[E]], %[[R]]
// CHECK: func.func @step(%{{.*}}: index, %{{.*}}: tensor<8xf32>, %[[A:.*]]: tensor<8xf32> {tenon.prepared}, %[[B:.*]]: tensor<8xf32> {tenon.prepared})
// CHECK: case 0 {
// CHECK-NEXT: arith.mulf %{{.*}}, %[[B]]
// CHECK: default {
// CHECK-NEXT: arith.mulf %{{.*}}, %[[A]]
func.func @step(%i: index, %x: tensor<8xf32>) -> tensor<8xf32> {
  %y = scf.index_switch %i -> tensor<8xf32>
  case 0 {
    %w = tenon.weight "w" in "m.onnx" at 64 : tensor<8xf32>
    %r = math.rsqrt %w : tensor<8xf32>
    %m = arith.mulf %x, %r : tensor<8xf32>
    scf.yield %m : tensor<8xf32>
  }
  default {
    %w = tenon.weight "w" in "m.onnx" at 64 : tensor<8xf32>
    %r = math.exp %w : tensor<8xf32>
    %m = arith.mulf %x, %r : tensor<8xf32>
    scf.yield %m : tensor<8xf32>
  }
  return %y : tensor<8xf32>
}

// -----

// expected-error @+1 {{@prepare does not give what @step has as prepared arguments}}
func.func @prepare() -> tensor<4xf32> {
  %w = tenon.weight "w" in "m.onnx" at 64 : tensor<4xf32>
  return %w : tensor<4xf32>
}
func.func @step(%x: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %w = tenon.weight "w" in "m.onnx" at 64 : tensor<8x8xf32>
  %t = tenon.transpose %w [1, 0] : tensor<8x8xf32> -> tensor<8x8xf32>
  %y = arith.mulf %x, %t : tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}

// -----

// Parts that are constants count as much as the others: a concatenation repeats nothing.
// CHECK: func.func @prepare() -> tensor<8x512x256xf32>
// CHECK: tenon.concat
// CHECK: func.func @step(%{{.*}}: tensor<4x256xf32>, %[[P:.*]]: tensor<8x512x256xf32> {tenon.prepared})
// CHECK: tenon.reshape %[[P]]
func.func @step(%x: tensor<4x256xf32>) -> tensor<4x4096xf32> {
  %w = tenon.weight "w" in "m.onnx" at 64 : tensor<1x512x256xf32>
  %z = arith.constant dense<0.0> : tensor<1x512x256xf32>
  %all = tenon.concat %w, %z, %z, %z, %z, %z, %z, %z axis 0 : (tensor<1x512x256xf32>, tensor<1x512x256xf32>, tensor<1x512x256xf32>, tensor<1x512x256xf32>, tensor<1x512x256xf32>, tensor<1x512x256xf32>, tensor<1x512x256xf32>, tensor<1x512x256xf32>) -> tensor<8x512x256xf32>
  %m = tenon.reshape %all : tensor<8x512x256xf32> to tensor<4096x256xf32>
  %y = tenon.linear %x, %m : (tensor<4x256xf32>, tensor<4096x256xf32>) -> tensor<4x4096xf32>
  return %y : tensor<4x4096xf32>
}

// -----

// A parameter is no work, what follows from it is.
// CHECK: func.func @prepare() -> tensor<8x8xf32>
// CHECK: %[[S:.*]] = tenon.parameter "scale"
// CHECK: arith.mulf
// CHECK: func.func @step(%{{.*}}, %{{.*}}: tensor<8x8xf32> {tenon.prepared})
// CHECK-NOT: tenon.parameter
func.func @step(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %w = tenon.weight "w" in "m.onnx" at 64 : tensor<8x8xf32>
  %s = tenon.parameter "scale" = dense<2.0> : tensor<f32>
  %all = tenon.broadcast %s : tensor<f32> to tensor<8x8xf32>
  %m = arith.mulf %w, %all : tensor<8x8xf32>
  %y = tenon.linear %x, %m : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}
