// RUN: tenon-opt %s --tenon-raise-norm --split-input-file | FileCheck %s

// PyTorch's exporter below opset 17: Pow, Sqrt, Div, then scale and bias.
// CHECK-LABEL: @layer_norm
// CHECK: %[[S:.*]] = tenon.weight "s"
// CHECK: %[[B:.*]] = tenon.weight "b"
// CHECK: %[[Y:.*]] = tenon.layer_norm %arg0 scale %[[S]] bias %[[B]] axis 2 epsilon 9.999{{[0-9]*}}E-6
// CHECK: return %[[Y]]
func.func @layer_norm(%x: tensor<2x3x8xf32>) -> tensor<2x3x8xf32> {
  %two = arith.constant dense<2.0> : tensor<2x3x8xf32>
  %eps = arith.constant dense<1.0e-5> : tensor<2x3x1xf32>
  %s = tenon.weight "s" in "m.onnx" at 0 : tensor<8xf32>
  %b = tenon.weight "b" in "m.onnx" at 32 : tensor<8xf32>
  %mean = tenon.reduce mean %x axes [2] {keep_dims} : tensor<2x3x8xf32> -> tensor<2x3x1xf32>
  %means = tenon.broadcast %mean : tensor<2x3x1xf32> to tensor<2x3x8xf32>
  %d = arith.subf %x, %means : tensor<2x3x8xf32>
  %q = math.powf %d, %two : tensor<2x3x8xf32>
  %var = tenon.reduce mean %q axes [2] {keep_dims} : tensor<2x3x8xf32> -> tensor<2x3x1xf32>
  %a = arith.addf %var, %eps : tensor<2x3x1xf32>
  %r = math.sqrt %a : tensor<2x3x1xf32>
  %rs = tenon.broadcast %r : tensor<2x3x1xf32> to tensor<2x3x8xf32>
  %n = arith.divf %d, %rs : tensor<2x3x8xf32>
  %ss = tenon.broadcast %s : tensor<8xf32> to tensor<2x3x8xf32>
  %m = arith.mulf %n, %ss : tensor<2x3x8xf32>
  %bs = tenon.broadcast %b : tensor<8xf32> to tensor<2x3x8xf32>
  %y = arith.addf %m, %bs : tensor<2x3x8xf32>
  return %y : tensor<2x3x8xf32>
}

// -----

// Sums over a count, without kept axes, and a product with the reciprocal root.
// CHECK-LABEL: @layer_norm_of_sums
// CHECK: tenon.layer_norm %arg0 axis 1 epsilon
func.func @layer_norm_of_sums(%x: tensor<2x2x4xf32>) -> tensor<2x2x4xf32> {
  %count = arith.constant dense<8.0> : tensor<2xf32>
  %part = arith.constant dense<0.125> : tensor<2x1x1xf32>
  %eps = arith.constant dense<1.0e-6> : tensor<2x1x1xf32>
  %sum = tenon.reduce sum %x axes [1, 2] : tensor<2x2x4xf32> -> tensor<2xf32>
  %mean = arith.divf %sum, %count : tensor<2xf32>
  %rows = tenon.reshape %mean : tensor<2xf32> to tensor<2x1x1xf32>
  %means = tenon.broadcast %rows : tensor<2x1x1xf32> to tensor<2x2x4xf32>
  %d = arith.subf %x, %means : tensor<2x2x4xf32>
  %q = arith.mulf %d, %d : tensor<2x2x4xf32>
  %sq = tenon.reduce sum %q axes [1, 2] {keep_dims} : tensor<2x2x4xf32> -> tensor<2x1x1xf32>
  %var = arith.mulf %sq, %part : tensor<2x1x1xf32>
  %a = arith.addf %eps, %var : tensor<2x1x1xf32>
  %r = math.rsqrt %a : tensor<2x1x1xf32>
  %rs = tenon.broadcast %r : tensor<2x1x1xf32> to tensor<2x2x4xf32>
  %y = arith.mulf %rs, %d : tensor<2x2x4xf32>
  return %y : tensor<2x2x4xf32>
}

// -----

// PyTorch's rsqrt: 1 / sqrt, multiplied; the weight in front.
// CHECK-LABEL: @rms_norm
// CHECK: tenon.rms_norm %arg0 weight %{{.*}} axis 1 epsilon {{.*}} : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
func.func @rms_norm(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %one = arith.constant dense<1.0> : tensor<4x1xf32>
  %eps = arith.constant dense<1.0e-6> : tensor<4x1xf32>
  %w = tenon.weight "w" in "m.onnx" at 0 : tensor<8xf32>
  %q = arith.mulf %x, %x : tensor<4x8xf32>
  %m = tenon.reduce mean %q axes [1] {keep_dims} : tensor<4x8xf32> -> tensor<4x1xf32>
  %a = arith.addf %m, %eps : tensor<4x1xf32>
  %r = math.sqrt %a : tensor<4x1xf32>
  %i = arith.divf %one, %r : tensor<4x1xf32>
  %is = tenon.broadcast %i : tensor<4x1xf32> to tensor<4x8xf32>
  %n = arith.mulf %x, %is : tensor<4x8xf32>
  %ws = tenon.broadcast %w : tensor<8xf32> to tensor<4x8xf32>
  %y = arith.mulf %ws, %n : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// -----

// LLaMA in f16: in f32, rounded, then scaled in f16. Where it rounds is kept (A19).
// CHECK-LABEL: @rms_norm_llama
// CHECK: tenon.rms_norm %arg0 weight %{{.*}} axis 1 epsilon {{.*}} {rounding = #tenon<rms_rounding llama>} : (tensor<4x8xf16>, tensor<8xf16>)
func.func @rms_norm_llama(%h: tensor<4x8xf16>) -> tensor<4x8xf16> {
  %eps = arith.constant dense<1.0e-6> : tensor<4x1xf32>
  %w = tenon.weight "w" in "m.onnx" at 0 : tensor<8xf16>
  %x = tenon.cast %h : tensor<4x8xf16> to tensor<4x8xf32>
  %q = arith.mulf %x, %x : tensor<4x8xf32>
  %m = tenon.reduce mean %q axes [1] {keep_dims} : tensor<4x8xf32> -> tensor<4x1xf32>
  %a = arith.addf %m, %eps : tensor<4x1xf32>
  %r = math.rsqrt %a : tensor<4x1xf32>
  %rs = tenon.broadcast %r : tensor<4x1xf32> to tensor<4x8xf32>
  %n = arith.mulf %x, %rs : tensor<4x8xf32>
  %c = tenon.cast %n : tensor<4x8xf32> to tensor<4x8xf16>
  %ws = tenon.broadcast %w : tensor<8xf16> to tensor<4x8xf16>
  %y = arith.mulf %ws, %c : tensor<4x8xf16>
  return %y : tensor<4x8xf16>
}

// -----

// PyTorch's GroupNorm: an instance norm of a view, then scale and bias per channel.
// CHECK-LABEL: @group_norm
// CHECK: tenon.group_norm %arg0 scale %{{.*}} bias %{{.*}} groups 2 epsilon {{.*}} : (tensor<2x4x3x3xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<2x4x3x3xf32>
// CHECK-NOT: arith
func.func @group_norm(%x: tensor<2x4x3x3xf32>) -> tensor<2x4x3x3xf32> {
  %one = arith.constant dense<1.0> : tensor<2xf32>
  %zero = arith.constant dense<0.0> : tensor<2xf32>
  %s = tenon.weight "s" in "m.onnx" at 0 : tensor<4x1x1xf32>
  %b = tenon.weight "b" in "m.onnx" at 16 : tensor<1x4x1x1xf32>
  %v = tenon.reshape %x : tensor<2x4x3x3xf32> to tensor<2x2x18xf32>
  %n = tenon.group_norm %v scale %one bias %zero groups 2 epsilon 1.0e-5 : (tensor<2x2x18xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<2x2x18xf32>
  %r = tenon.reshape %n : tensor<2x2x18xf32> to tensor<2x4x3x3xf32>
  %ss = tenon.broadcast %s : tensor<4x1x1xf32> to tensor<2x4x3x3xf32>
  %m = arith.mulf %r, %ss : tensor<2x4x3x3xf32>
  %bs = tenon.broadcast %b : tensor<1x4x1x1xf32> to tensor<2x4x3x3xf32>
  %y = arith.addf %m, %bs : tensor<2x4x3x3xf32>
  return %y : tensor<2x4x3x3xf32>
}

// -----

// Near misses. An epsilon outside of the root is another formula.
// CHECK-LABEL: @epsilon_outside
// CHECK-NOT: _norm
// CHECK: return
func.func @epsilon_outside(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %eps = arith.constant dense<1.0e-6> : tensor<4x1xf32>
  %q = arith.mulf %x, %x : tensor<4x8xf32>
  %m = tenon.reduce mean %q axes [1] {keep_dims} : tensor<4x8xf32> -> tensor<4x1xf32>
  %r = math.sqrt %m : tensor<4x1xf32>
  %a = arith.addf %r, %eps : tensor<4x1xf32>
  %as = tenon.broadcast %a : tensor<4x1xf32> to tensor<4x8xf32>
  %y = arith.divf %x, %as : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// -----

// The unbiased variance divides by one less.
// CHECK-LABEL: @unbiased
// CHECK-NOT: _norm
// CHECK: return
func.func @unbiased(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %count = arith.constant dense<7.0> : tensor<4x1xf32>
  %eps = arith.constant dense<1.0e-6> : tensor<4x1xf32>
  %q = arith.mulf %x, %x : tensor<4x8xf32>
  %s = tenon.reduce sum %q axes [1] {keep_dims} : tensor<4x8xf32> -> tensor<4x1xf32>
  %m = arith.divf %s, %count : tensor<4x1xf32>
  %a = arith.addf %m, %eps : tensor<4x1xf32>
  %r = math.sqrt %a : tensor<4x1xf32>
  %rs = tenon.broadcast %r : tensor<4x1xf32> to tensor<4x8xf32>
  %y = arith.divf %x, %rs : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// -----

// Channels first: the normalised axis is not the last.
// CHECK-LABEL: @inner_axis
// CHECK-NOT: _norm
// CHECK: return
func.func @inner_axis(%x: tensor<2x8x5xf32>) -> tensor<2x8x5xf32> {
  %eps = arith.constant dense<1.0e-6> : tensor<2x1x5xf32>
  %q = arith.mulf %x, %x : tensor<2x8x5xf32>
  %m = tenon.reduce mean %q axes [1] {keep_dims} : tensor<2x8x5xf32> -> tensor<2x1x5xf32>
  %a = arith.addf %m, %eps : tensor<2x1x5xf32>
  %r = math.sqrt %a : tensor<2x1x5xf32>
  %rs = tenon.broadcast %r : tensor<2x1x5xf32> to tensor<2x8x5xf32>
  %y = arith.divf %x, %rs : tensor<2x8x5xf32>
  return %y : tensor<2x8x5xf32>
}

// -----

// Centred by a mean over other axes: a root mean square of the difference, no layer norm.
// CHECK-LABEL: @other_mean
// CHECK: %[[D:.*]] = arith.subf
// CHECK: tenon.rms_norm %[[D]] axis 2
// CHECK-NOT: layer_norm
func.func @other_mean(%x: tensor<2x3x8xf32>) -> tensor<2x3x8xf32> {
  %eps = arith.constant dense<1.0e-5> : tensor<2x3x1xf32>
  %mean = tenon.reduce mean %x axes [1, 2] {keep_dims} : tensor<2x3x8xf32> -> tensor<2x1x1xf32>
  %means = tenon.broadcast %mean : tensor<2x1x1xf32> to tensor<2x3x8xf32>
  %d = arith.subf %x, %means : tensor<2x3x8xf32>
  %q = arith.mulf %d, %d : tensor<2x3x8xf32>
  %var = tenon.reduce mean %q axes [2] {keep_dims} : tensor<2x3x8xf32> -> tensor<2x3x1xf32>
  %a = arith.addf %var, %eps : tensor<2x3x1xf32>
  %r = math.sqrt %a : tensor<2x3x1xf32>
  %rs = tenon.broadcast %r : tensor<2x3x1xf32> to tensor<2x3x8xf32>
  %y = arith.divf %d, %rs : tensor<2x3x8xf32>
  return %y : tensor<2x3x8xf32>
}

// -----

// A factor that depends on an input (adaptive norms), and one per row, stay outside.
// CHECK-LABEL: @foreign_factors
// CHECK: tenon.layer_norm %arg0 axis 1
// CHECK: arith.mulf
// CHECK: tenon.layer_norm %arg0 axis 1
// CHECK: arith.mulf
func.func @foreign_factors(%x: tensor<4x8xf32>, %f: tensor<1x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>) {
  %r = tenon.weight "r" in "m.onnx" at 0 : tensor<4x1xf32>
  %n = tenon.layer_norm %x axis 1 epsilon 1.0e-5 : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %fs = tenon.broadcast %f : tensor<1x8xf32> to tensor<4x8xf32>
  %y = arith.mulf %n, %fs : tensor<4x8xf32>
  %m = tenon.layer_norm %x axis 1 epsilon 1.0e-5 : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %rs = tenon.broadcast %r : tensor<4x1xf32> to tensor<4x8xf32>
  %z = arith.mulf %m, %rs : tensor<4x8xf32>
  return %y, %z : tensor<4x8xf32>, tensor<4x8xf32>
}

// -----

// Groups of pixels instead of channels, and groups with a scale of their own.
// CHECK-LABEL: @no_channel_groups
// CHECK: tenon.group_norm %{{.*}} groups 3
// CHECK: tenon.group_norm %{{.*}} : (tensor<2x2x18xf32>
func.func @no_channel_groups(%x: tensor<2x4x3x3xf32>) -> (tensor<2x4x3x3xf32>, tensor<2x4x3x3xf32>) {
  %s = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %v = tenon.reshape %x : tensor<2x4x3x3xf32> to tensor<2x3x12xf32>
  %n = tenon.group_norm %v groups 3 epsilon 1.0e-5 : (tensor<2x3x12xf32>) -> tensor<2x3x12xf32>
  %y = tenon.reshape %n : tensor<2x3x12xf32> to tensor<2x4x3x3xf32>
  %w = tenon.reshape %x : tensor<2x4x3x3xf32> to tensor<2x2x18xf32>
  %m = tenon.group_norm %w scale %s groups 2 epsilon 1.0e-5 : (tensor<2x2x18xf32>, tensor<2xf32>) -> tensor<2x2x18xf32>
  %z = tenon.reshape %m : tensor<2x2x18xf32> to tensor<2x4x3x3xf32>
  return %y, %z : tensor<2x4x3x3xf32>, tensor<2x4x3x3xf32>
}

// With the channels last the norm's parameters stand along another axis: these
// are not its scale.
// CHECK-LABEL: func.func @channels_last(
// CHECK: tenon.group_norm %{{[a-z0-9]+}} groups 2
// CHECK: arith.mulf
func.func @channels_last(%x: tensor<1x4x4xf32>, %s: tensor<4x1xf32>) -> tensor<1x4x4xf32> {
  %n = tenon.group_norm %x groups 2 epsilon 1.0e-05 channels_last : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  %b = tenon.broadcast %s : tensor<4x1xf32> to tensor<1x4x4xf32>
  %m = arith.mulf %n, %b : tensor<1x4x4xf32>
  return %m : tensor<1x4x4xf32>
}
