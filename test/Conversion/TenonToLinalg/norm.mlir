// RUN: tenon-opt %s --convert-tenon-to-linalg --canonicalize --split-input-file | FileCheck %s

// E2, E3: two passes in f32, the first over distances from the row's first element.
// CHECK-DAG: #[[FIRST:.+]] = affine_map<(d0, d1) -> (d0, 0)>
// CHECK-LABEL: @layer_norm
// CHECK: linalg.generic {indexing_maps = [#{{.*}}, #[[FIRST]], #{{.*}}], iterator_types = ["parallel", "reduction"]}
// CHECK: arith.subf {{.*}} : f32
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "reduction"]} ins(%{{.*}}, %{{.*}} : tensor<4x8xf16>, tensor<4xf32>)
// CHECK: arith.subf {{.*}} : f32
// CHECK-NEXT: arith.mulf {{.*}} : f32
func.func @layer_norm(%x: tensor<4x8xf16>, %s: tensor<8xf16>) -> tensor<4x8xf16> {
  %0 = tenon.layer_norm %x scale %s axis 1 epsilon 1.0e-5 : (tensor<4x8xf16>, tensor<8xf16>) -> tensor<4x8xf16>
  return %0 : tensor<4x8xf16>
}

// -----

// A19: llama rounds before the product with the weight as well as behind it.
// CHECK-LABEL: @rms_llama
// CHECK: arith.truncf
// CHECK: arith.mulf
// CHECK: arith.truncf
// CHECK-LABEL: @rms_once
// CHECK-COUNT-1: arith.truncf
// CHECK-NOT: arith.truncf
// CHECK: return
func.func @rms_llama(%x: tensor<4x8xf16>, %w: tensor<8xf16>) -> tensor<4x8xf16> {
  %0 = tenon.rms_norm %x weight %w axis 1 epsilon 1.0e-5 {rounding = #tenon<rms_rounding llama>} : (tensor<4x8xf16>, tensor<8xf16>) -> tensor<4x8xf16>
  return %0 : tensor<4x8xf16>
}
func.func @rms_once(%x: tensor<4x8xf16>, %w: tensor<8xf16>) -> tensor<4x8xf16> {
  %0 = tenon.rms_norm %x weight %w axis 1 epsilon 1.0e-5 : (tensor<4x8xf16>, tensor<8xf16>) -> tensor<4x8xf16>
  return %0 : tensor<4x8xf16>
}

// -----

// E1: statistics over a whole group; the last step keeps the input's shape.
// CHECK-LABEL: @group_norm
// CHECK: tenon.reshape %{{.*}} : tensor<2x6x3x5xf32> to tensor<2x2x45xf32>
// CHECK: outs(%{{.*}} : tensor<2x2xf32>)
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<2x6x3x5xf32>)
func.func @group_norm(%x: tensor<2x6x3x5xf32>) -> tensor<2x6x3x5xf32> {
  %0 = tenon.group_norm %x groups 2 epsilon 1.0e-5 : (tensor<2x6x3x5xf32>) -> tensor<2x6x3x5xf32>
  return %0 : tensor<2x6x3x5xf32>
}

// The channels last: one pass over blocks of pixels, in parallel, then what
// joins their statistics.
// CHECK-LABEL: func.func @group_norm_channels_last(
// CHECK: scf.forall (%{{.*}}, %{{.*}}) in (2, 4)
// CHECK: tensor.extract_slice %{{.*}} [1, 1024, 32] [1, 1, 1] : tensor<2x4096x32xf32> to tensor<1024x32xf32>
// CHECK-COUNT-2: tensor.parallel_insert_slice {{.*}} : tensor<32xf32> into tensor<2x4x32xf32>
func.func @group_norm_channels_last(%x: tensor<2x64x64x32xf32>) -> tensor<2x64x64x32xf32> {
  %y = tenon.group_norm %x groups 8 epsilon 1.0e-05 channels_last : (tensor<2x64x64x32xf32>) -> tensor<2x64x64x32xf32>
  return %y : tensor<2x64x64x32xf32>
}
