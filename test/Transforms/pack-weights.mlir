// RUN: tenon-opt %s --tenon-pack-weights | FileCheck %s
// RUN: tenon-opt %s --tenon-pack-weights=groups=false | FileCheck %s --check-prefix=GROUPS
// RUN: not tenon-opt %s --tenon-pack-weights=panel=0 2>&1 | FileCheck %s --check-prefix=EMPTY
// RUN: not tenon-opt %s --tenon-pack-weights=panel=7 2>&1 | FileCheck %s --check-prefix=ODD
// EMPTY: panel 0 is not a positive even number of outputs
// ODD: panel 7 is not a positive even number of outputs

// CHECK-LABEL: func.func @linear(
// CHECK: %[[W:.*]] = tenon.weight
// CHECK: %[[R:.*]] = tenon.reshape %[[W]] : tensor<32x8xf32> to tensor<2x16x8xf32>
// CHECK: %[[P:.*]] = tenon.transpose %[[R]] [0, 2, 1]
// CHECK: tenon.packed_linear %{{.*}}, %[[P]] : (tensor<4x8xf32>, tensor<2x8x16xf32>) -> tensor<4x32xf32>
func.func @linear(%x: tensor<4x8xf32>) -> tensor<4x32xf32> {
  %w = tenon.weight "w" in "m" at 0 : tensor<32x8xf32>
  %y = tenon.linear %x, %w : (tensor<4x8xf32>, tensor<32x8xf32>) -> tensor<4x32xf32>
  return %y : tensor<4x32xf32>
}

// Half panels where 16 does not divide.
// CHECK-LABEL: func.func @linear_half(
// CHECK: tenon.packed_linear {{.*}}tensor<3x8x8xf32>
func.func @linear_half(%x: tensor<4x8xf32>) -> tensor<4x24xf32> {
  %w = tenon.weight "w" in "m" at 0 : tensor<24x8xf32>
  %y = tenon.linear %x, %w : (tensor<4x8xf32>, tensor<24x8xf32>) -> tensor<4x24xf32>
  return %y : tensor<4x24xf32>
}

// A few zero rows make up a panel; what they give is cut off.
// CHECK-LABEL: func.func @linear_ragged(
// CHECK: %[[B:.*]] = tenon.pad {{.*}} : {{.*}}tensor<61xf32>{{.*}}tensor<64xf32>
// CHECK: %[[W:.*]] = tenon.pad {{.*}} : {{.*}}tensor<61x8xf32>{{.*}}tensor<64x8xf32>
// CHECK: tenon.packed_linear {{.*}}tensor<4x8x16xf32>
// CHECK-NOT: tenon.packed_linear
// CHECK: tenon.slice %{{.*}} sizes [4, 61]
func.func @linear_ragged(%x: tensor<4x8xf32>) -> tensor<4x61xf32> {
  %w = tenon.weight "w" in "m" at 0 : tensor<61x8xf32>
  %b = tenon.weight "b" in "m" at 1952 : tensor<61xf32>
  %y = tenon.linear %x, %w, %b : (tensor<4x8xf32>, tensor<61x8xf32>, tensor<61xf32>) -> tensor<4x61xf32>
  return %y : tensor<4x61xf32>
}

// Where half a panel is filled up anyway a whole one is, if that is little.
// CHECK-LABEL: func.func @linear_odd_panels(
// CHECK: tenon.packed_linear {{.*}}tensor<9x8x16xf32>
// CHECK: tenon.slice %{{.*}} sizes [4, 133]
func.func @linear_odd_panels(%x: tensor<4x8xf32>) -> tensor<4x133xf32> {
  %w = tenon.weight "w" in "m" at 0 : tensor<133x8xf32>
  %y = tenon.linear %x, %w : (tensor<4x8xf32>, tensor<133x8xf32>) -> tensor<4x133xf32>
  return %y : tensor<4x133xf32>
}

// A weight that the file has in 16 bits stays so; one that is narrowed, or widened to f64, is as it is used.
// CHECK-LABEL: func.func @linear_widened(
// CHECK: %[[W:.*]] = tenon.weight "w"
// CHECK: %[[T:.*]] = tenon.transpose %[[W]] [1, 0] : tensor<8x32xbf16>
// CHECK: %[[R:.*]] = tenon.reshape %[[T]] : tensor<32x8xbf16> to tensor<2x16x8xbf16>
// CHECK: %[[P:.*]] = tenon.transpose %[[R]] [0, 2, 1]
// CHECK: tenon.packed_linear %{{.*}}, %[[P]] : (tensor<4x8xf32>, tensor<2x8x16xbf16>) -> tensor<4x32xf32>
// CHECK: tenon.packed_linear {{.*}} : (tensor<4x8xf16>, tensor<2x8x16xf16>)
// CHECK: tenon.packed_linear {{.*}} : (tensor<4x8xf64>, tensor<2x8x16xf64>)
func.func @linear_widened(%x: tensor<4x8xf32>, %h: tensor<4x8xf16>, %d: tensor<4x8xf64>)
    -> (tensor<4x32xf32>, tensor<4x32xf16>, tensor<4x32xf64>) {
  %w = tenon.weight "w" in "m" at 0 : tensor<8x32xbf16>
  %c = tenon.cast %w : tensor<8x32xbf16> to tensor<8x32xf32>
  %t = tenon.transpose %c [1, 0] : tensor<8x32xf32> -> tensor<32x8xf32>
  %y = tenon.linear %x, %t : (tensor<4x8xf32>, tensor<32x8xf32>) -> tensor<4x32xf32>
  %v = tenon.weight "v" in "m" at 512 : tensor<32x8xf32>
  %n = tenon.cast %v : tensor<32x8xf32> to tensor<32x8xf16>
  %z = tenon.linear %h, %n : (tensor<4x8xf16>, tensor<32x8xf16>) -> tensor<4x32xf16>
  %e = tenon.cast %v : tensor<32x8xf32> to tensor<32x8xf64>
  %u = tenon.linear %d, %e : (tensor<4x8xf64>, tensor<32x8xf64>) -> tensor<4x32xf64>
  return %y, %z, %u : tensor<4x32xf32>, tensor<4x32xf16>, tensor<4x32xf64>
}

// CHECK-LABEL: func.func @linear_left_alone(
// CHECK: tenon.linear
// CHECK: tenon.linear
// CHECK-NOT: packed
func.func @linear_left_alone(%x: tensor<4x8xf32>, %v: tensor<32x8xf32>) -> (tensor<4x10xf32>, tensor<4x32xf32>) {
  %w = tenon.weight "w" in "m" at 0 : tensor<10x8xf32>
  %y = tenon.linear %x, %w : (tensor<4x8xf32>, tensor<10x8xf32>) -> tensor<4x10xf32>
  %z = tenon.linear %x, %v : (tensor<4x8xf32>, tensor<32x8xf32>) -> tensor<4x32xf32>
  return %y, %z : tensor<4x10xf32>, tensor<4x32xf32>
}

// CHECK-LABEL: func.func @conv(
// CHECK-DAG: tenon.transpose %arg0 [0, 2, 3, 1] : tensor<1x3x6x6xf32> -> tensor<1x6x6x3xf32>
// CHECK: tenon.packed_conv {{.*}} (tensor<1x6x6x3xf32>, tensor<1x3x3x3x16xf32>) -> tensor<1x6x6x16xf32>
// CHECK: tenon.transpose {{.*}} [0, 3, 1, 2]
func.func @conv(%x: tensor<1x3x6x6xf32>) -> tensor<1x16x6x6xf32> {
  %w = tenon.weight "w" in "m" at 0 : tensor<16x3x3x3xf32>
  %y = tenon.conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x3x6x6xf32>, tensor<16x3x3x3xf32>) -> tensor<1x16x6x6xf32>
  return %y : tensor<1x16x6x6xf32>
}

// Outputs that fill no panel are made up by zeros and cut off.
// CHECK-LABEL: func.func @conv_ragged(
// CHECK: tenon.pad
// CHECK: tenon.packed_conv {{.*}} -> tensor<1x6x6x8xf32>
// CHECK: tenon.slice {{.*}} sizes [1, 6, 6, 5]
func.func @conv_ragged(%x: tensor<1x3x6x6xf32>) -> tensor<1x5x6x6xf32> {
  %w = tenon.weight "w" in "m" at 0 : tensor<5x3x3x3xf32>
  %y = tenon.conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x3x6x6xf32>, tensor<5x3x3x3xf32>) -> tensor<1x5x6x6xf32>
  return %y : tensor<1x5x6x6xf32>
}

// CHECK-LABEL: func.func @depthwise(
// CHECK: tenon.depthwise_conv {{.*}} (tensor<1x6x6x4xf32>, tensor<3x3x4xf32>) -> tensor<1x6x6x4xf32>
func.func @depthwise(%x: tensor<1x4x6x6xf32>) -> tensor<1x4x6x6xf32> {
  %w = tenon.weight "w" in "m" at 0 : tensor<4x1x3x3xf32>
  %y = tenon.conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 4 : (tensor<1x4x6x6xf32>, tensor<4x1x3x3xf32>) -> tensor<1x4x6x6xf32>
  return %y : tensor<1x4x6x6xf32>
}

// Each group has panels of its own.
// CHECK-LABEL: func.func @grouped(
// CHECK-NOT: tenon.pad
// CHECK: tenon.packed_conv {{.*}} (tensor<1x6x6x4xf32>, tensor<4x3x3x2x16xf32>) -> tensor<1x6x6x64xf32>
// GROUPS-LABEL: func.func @grouped(
// GROUPS: tenon.conv
func.func @grouped(%x: tensor<1x4x6x6xf32>) -> tensor<1x64x6x6xf32> {
  %w = tenon.weight "w" in "m" at 0 : tensor<64x2x3x3xf32>
  %y = tenon.conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 2 : (tensor<1x4x6x6xf32>, tensor<64x2x3x3xf32>) -> tensor<1x64x6x6xf32>
  return %y : tensor<1x64x6x6xf32>
}

// Two groups of four outputs become one of eight, with zeros between them.
// CHECK-LABEL: func.func @grouped_joined(
// CHECK: tenon.pad {{.*}} low [0, 0, 0, 0, 0, 0] high [0, 0, 0, 3, 0, 0]
// CHECK: tenon.pad {{.*}} low [0, 0, 0, 3, 0, 0] high [0, 0, 0, 0, 0, 0]
// CHECK: tenon.packed_conv {{.*}} (tensor<1x6x6x12xf32>, tensor<2x3x3x6x8xf32>) -> tensor<1x6x6x16xf32>
func.func @grouped_joined(%x: tensor<1x12x6x6xf32>) -> tensor<1x16x6x6xf32> {
  %w = tenon.weight "w" in "m" at 0 : tensor<16x3x3x3xf32>
  %y = tenon.conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 4 : (tensor<1x12x6x6xf32>, tensor<16x3x3x3xf32>) -> tensor<1x16x6x6xf32>
  return %y : tensor<1x16x6x6xf32>
}

// Eight groups of one output would be one with seven times as many zeros; three of four do not pair up.
// CHECK-LABEL: func.func @grouped_left_alone(
// CHECK-COUNT-2: tenon.conv
func.func @grouped_left_alone(%x: tensor<1x16x6x6xf32>, %z: tensor<1x6x6x6xf32>) -> (tensor<1x8x6x6xf32>, tensor<1x12x6x6xf32>) {
  %w = tenon.weight "w" in "m" at 0 : tensor<8x2x3x3xf32>
  %y = tenon.conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 8 : (tensor<1x16x6x6xf32>, tensor<8x2x3x3xf32>) -> tensor<1x8x6x6xf32>
  %v = tenon.weight "v" in "m" at 0 : tensor<12x2x3x3xf32>
  %u = tenon.conv %z, %v strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 3 : (tensor<1x6x6x6xf32>, tensor<12x2x3x3xf32>) -> tensor<1x12x6x6xf32>
  return %y, %u : tensor<1x8x6x6xf32>, tensor<1x12x6x6xf32>
}

// The experts' panels follow one another; a weight that inputs give, or whose outputs fill no panel, stays.
// CHECK-LABEL: func.func @experts(
// CHECK-DAG: %[[W:.*]] = tenon.weight "w"
// CHECK-DAG: %[[R:.*]] = tenon.reshape %[[W]] : tensor<3x32x8xf32> to tensor<6x16x8xf32>
// CHECK: tenon.reshape %{{.*}} : tensor<6x8x16xf32> to tensor<3x2x8x16xf32>
// CHECK: tenon.grouped_linear {{.*}} : (tensor<4x8xf32>, tensor<3x2x8x16xf32>, tensor<2xi64>) -> tensor<4x32xf32>
// CHECK: tenon.grouped_linear {{.*}} : (tensor<4x8xf32>, tensor<3x5x8xf32>, tensor<2xi64>) -> tensor<4x5xf32>
// CHECK: tenon.grouped_linear {{.*}} : (tensor<4x8xf32>, tensor<3x32x8xf32>, tensor<2xi64>) -> tensor<4x32xf32>
func.func @experts(%x: tensor<4x8xf32>, %e: tensor<2xi64>, %given: tensor<3x32x8xf32>) -> (tensor<4x32xf32>, tensor<4x5xf32>, tensor<4x32xf32>) {
  %w = tenon.weight "w" in "f" at 0 : tensor<3x32x8xf32>
  %odd = tenon.weight "odd" in "f" at 0 : tensor<3x5x8xf32>
  %0 = tenon.grouped_linear %x, %w of %e : (tensor<4x8xf32>, tensor<3x32x8xf32>, tensor<2xi64>) -> tensor<4x32xf32>
  %1 = tenon.grouped_linear %x, %odd of %e : (tensor<4x8xf32>, tensor<3x5x8xf32>, tensor<2xi64>) -> tensor<4x5xf32>
  %2 = tenon.grouped_linear %x, %given of %e : (tensor<4x8xf32>, tensor<3x32x8xf32>, tensor<2xi64>) -> tensor<4x32xf32>
  return %0, %1, %2 : tensor<4x32xf32>, tensor<4x5xf32>, tensor<4x32xf32>
}

// A weight with an adapter is summed up in panels: only the base weight and the
// factor of outputs are turned, and one number stands for each output.
// CHECK-LABEL: func.func @merged(
// CHECK-DAG: %[[W:.*]] = tenon.weight "w"
// CHECK-DAG: %[[A:.*]] = tenon.weight "a"
// CHECK-DAG: %[[B:.*]] = tenon.weight "b"
// CHECK-DAG: %[[WP:.*]] = tenon.transpose %{{.*}} [0, 2, 1] : tensor<2x16x64xbf16> -> tensor<2x64x16xbf16>
// CHECK-DAG: %[[WIDE:.*]] = tenon.cast %[[WP]] : tensor<2x64x16xbf16> to tensor<2x64x16xf32>
// CHECK-DAG: %[[BP:.*]] = tenon.transpose %{{.*}} [0, 2, 1] : tensor<2x16x4xf32> -> tensor<2x4x16xf32>
// CHECK-DAG: %[[AT:.*]] = tenon.transpose %[[A]] [1, 0] : tensor<4x64xf32> -> tensor<64x4xf32>
// CHECK-DAG: %[[P:.*]] = tenon.matmul %[[AT]], %[[BP]] : (tensor<64x4xf32>, tensor<2x4x16xf32>) -> tensor<2x64x16xf32>
// CHECK-DAG: %[[S:.*]] = tenon.broadcast %{{.*}} : tensor<f32> to tensor<2x64x16xf32>
// CHECK-DAG: %[[SP:.*]] = arith.mulf %[[P]], %[[S]] : tensor<2x64x16xf32>
// CHECK-DAG: %[[SUM:.*]] = arith.addf %[[WIDE]], %[[SP]] : tensor<2x64x16xf32>
// CHECK-DAG: %[[L:.*]] = tenon.broadcast %{{.*}} : tensor<2x1x16xf32> to tensor<2x64x16xf32>
// CHECK-DAG: %[[LONG:.*]] = arith.mulf %[[SUM]], %[[L]] : tensor<2x64x16xf32>
// CHECK-DAG: %[[N:.*]] = tenon.cast %[[LONG]] : tensor<2x64x16xf32> to tensor<2x64x16xbf16>
// CHECK: tenon.packed_linear %{{.*}}, %[[N]]
func.func @merged(%x: tensor<4x64xbf16>) -> tensor<4x32xbf16> {
  %w = tenon.weight "w" in "m" at 0 : tensor<32x64xbf16>
  %a = tenon.weight "a" in "m" at 4096 : tensor<4x64xf32>
  %b = tenon.weight "b" in "m" at 8192 : tensor<32x4xf32>
  %l = tenon.weight "l" in "m" at 16384 : tensor<32x1xf32>
  %s = tenon.parameter "s" = dense<0.5> : tensor<f32>
  %wide = tenon.cast %w : tensor<32x64xbf16> to tensor<32x64xf32>
  %p = tenon.matmul %b, %a : (tensor<32x4xf32>, tensor<4x64xf32>) -> tensor<32x64xf32>
  %f = tenon.broadcast %s : tensor<f32> to tensor<32x64xf32>
  %sp = arith.mulf %p, %f : tensor<32x64xf32>
  %sum = arith.addf %wide, %sp : tensor<32x64xf32>
  %rows = tenon.broadcast %l : tensor<32x1xf32> to tensor<32x64xf32>
  %long = arith.mulf %sum, %rows : tensor<32x64xf32>
  %m = tenon.cast %long : tensor<32x64xf32> to tensor<32x64xbf16>
  %y = tenon.linear %x, %m : (tensor<4x64xbf16>, tensor<32x64xbf16>) -> tensor<4x32xbf16>
  return %y : tensor<4x32xbf16>
}

// Not of factors as large as the weight: turning the weight is less work then.
// CHECK-LABEL: func.func @thick(
// CHECK: %[[P:.*]] = tenon.matmul %{{.*}} -> tensor<32x64xf32>
// CHECK: %[[R:.*]] = tenon.reshape %[[P]] : tensor<32x64xf32> to tensor<2x16x64xf32>
// CHECK: tenon.transpose %[[R]] [0, 2, 1]
func.func @thick(%x: tensor<4x64xf32>) -> tensor<4x32xf32> {
  %a = tenon.weight "a" in "m" at 4096 : tensor<32x64xf32>
  %b = tenon.weight "b" in "m" at 12288 : tensor<32x32xf32>
  %p = tenon.matmul %b, %a : (tensor<32x32xf32>, tensor<32x64xf32>) -> tensor<32x64xf32>
  %y = tenon.linear %x, %p : (tensor<4x64xf32>, tensor<32x64xf32>) -> tensor<4x32xf32>
  return %y : tensor<4x32xf32>
}
