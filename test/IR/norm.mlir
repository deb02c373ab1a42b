// RUN: tenon-opt %s | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --mlir-print-op-generic | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --emit-bytecode | tenon-opt | FileCheck %s

// What is written is what is printed, also from the generic form and from bytecode.

// CHECK-LABEL: func.func @layer_norm(
func.func @layer_norm(%x: tensor<2x3x4xf32>, %s: tensor<4xf32>, %b: tensor<3x1xf32>) {
  // CHECK: tenon.layer_norm %{{[a-z0-9]+}} axis 2 epsilon 1.000000e-05 : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  %0 = tenon.layer_norm %x axis 2 epsilon 1.000000e-05 : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  // CHECK: tenon.layer_norm %{{[a-z0-9]+}} scale %{{[a-z0-9]+}} axis 1 epsilon 1.000000e-05 : (tensor<2x3x4xf32>, tensor<4xf32>) -> tensor<2x3x4xf32>
  %1 = tenon.layer_norm %x scale %s axis 1 epsilon 1.000000e-05 : (tensor<2x3x4xf32>, tensor<4xf32>) -> tensor<2x3x4xf32>
  // CHECK: tenon.layer_norm %{{[a-z0-9]+}} scale %{{[a-z0-9]+}} bias %{{[a-z0-9]+}} axis 0 epsilon 0.000000e+00 {with_statistics} : (tensor<2x3x4xf32>, tensor<4xf32>, tensor<3x1xf32>) -> (tensor<2x3x4xf32>, tensor<1x1x1xf32>, tensor<1x1x1xf32>)
  %2:3 = tenon.layer_norm %x scale %s bias %b axis 0 epsilon 0.000000e+00 {with_statistics} : (tensor<2x3x4xf32>, tensor<4xf32>, tensor<3x1xf32>) -> (tensor<2x3x4xf32>, tensor<1x1x1xf32>, tensor<1x1x1xf32>)
  return
}

// CHECK-LABEL: func.func @layer_norm_statistics(
func.func @layer_norm_statistics(%x: tensor<2x3xf16>) {
  // CHECK: tenon.layer_norm %{{[a-z0-9]+}} axis 1 epsilon 1.000000e-05 {with_statistics} : (tensor<2x3xf16>) -> (tensor<2x3xf16>, tensor<2x1xf32>, tensor<2x1xf32>)
  %0:3 = tenon.layer_norm %x axis 1 epsilon 1.000000e-05 {with_statistics} : (tensor<2x3xf16>) -> (tensor<2x3xf16>, tensor<2x1xf32>, tensor<2x1xf32>)
  return
}

// CHECK-LABEL: func.func @rms_norm(
func.func @rms_norm(%x: tensor<2x3xbf16>, %w: tensor<3xbf16>) {
  // CHECK: tenon.rms_norm %{{[a-z0-9]+}} axis 1 epsilon 1.000000e-05 : (tensor<2x3xbf16>) -> tensor<2x3xbf16>
  %0 = tenon.rms_norm %x axis 1 epsilon 1.000000e-05 : (tensor<2x3xbf16>) -> tensor<2x3xbf16>
  // CHECK: tenon.rms_norm %{{[a-z0-9]+}} weight %{{[a-z0-9]+}} axis 1 epsilon 1.000000e-05 : (tensor<2x3xbf16>, tensor<3xbf16>) -> tensor<2x3xbf16>
  %1 = tenon.rms_norm %x weight %w axis 1 epsilon 1.000000e-05 : (tensor<2x3xbf16>, tensor<3xbf16>) -> tensor<2x3xbf16>
  // CHECK: tenon.rms_norm %{{[a-z0-9]+}} weight %{{[a-z0-9]+}} axis 1 epsilon 1.000000e-05 {rounding = #tenon<rms_rounding llama>} : (tensor<2x3xbf16>, tensor<3xbf16>) -> tensor<2x3xbf16>
  %2 = tenon.rms_norm %x weight %w axis 1 epsilon 1.000000e-05 {rounding = #tenon<rms_rounding llama>} : (tensor<2x3xbf16>, tensor<3xbf16>) -> tensor<2x3xbf16>
  // CHECK: tenon.rms_norm %{{[a-z0-9]+}} weight %{{[a-z0-9]+}} axis 1 epsilon 1.000000e-05 {rounding = #tenon<rms_rounding gemma>} : (tensor<2x3xbf16>, tensor<3xbf16>) -> tensor<2x3xbf16>
  %3 = tenon.rms_norm %x weight %w axis 1 epsilon 1.000000e-05 {rounding = #tenon<rms_rounding gemma>} : (tensor<2x3xbf16>, tensor<3xbf16>) -> tensor<2x3xbf16>
  return
}

// CHECK-LABEL: func.func @group_norm(
func.func @group_norm(%x: tensor<2x6x5x5xf32>, %p: tensor<6xf32>) {
  // CHECK: tenon.group_norm %{{[a-z0-9]+}} groups 3 epsilon 1.000000e-05 : (tensor<2x6x5x5xf32>) -> tensor<2x6x5x5xf32>
  %0 = tenon.group_norm %x groups 3 epsilon 1.000000e-05 : (tensor<2x6x5x5xf32>) -> tensor<2x6x5x5xf32>
  // CHECK: tenon.group_norm %{{[a-z0-9]+}} scale %{{[a-z0-9]+}} groups 1 epsilon 1.000000e-05 : (tensor<2x6x5x5xf32>, tensor<6xf32>) -> tensor<2x6x5x5xf32>
  %1 = tenon.group_norm %x scale %p groups 1 epsilon 1.000000e-05 : (tensor<2x6x5x5xf32>, tensor<6xf32>) -> tensor<2x6x5x5xf32>
  // CHECK: tenon.group_norm %{{[a-z0-9]+}} scale %{{[a-z0-9]+}} bias %{{[a-z0-9]+}} groups 6 epsilon 1.000000e-05 : (tensor<2x6x5x5xf32>, tensor<6xf32>, tensor<6xf32>) -> tensor<2x6x5x5xf32>
  %2 = tenon.group_norm %x scale %p bias %p groups 6 epsilon 1.000000e-05 : (tensor<2x6x5x5xf32>, tensor<6xf32>, tensor<6xf32>) -> tensor<2x6x5x5xf32>
  %last = tensor.empty() : tensor<2x5x5x6xf32>
  // CHECK: tenon.group_norm %{{[a-z0-9]+}} scale %{{[a-z0-9]+}} groups 3 epsilon 1.000000e-05 channels_last : (tensor<2x5x5x6xf32>, tensor<6xf32>) -> tensor<2x5x5x6xf32>
  %3 = tenon.group_norm %last scale %p groups 3 epsilon 1.000000e-05 channels_last : (tensor<2x5x5x6xf32>, tensor<6xf32>) -> tensor<2x5x5x6xf32>
  return
}

// CHECK-LABEL: func.func @batch_norm(
func.func @batch_norm(%x: tensor<2x6xf32>, %p: tensor<6xf32>) {
  // CHECK: tenon.batch_norm %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}}, %{{[a-z0-9]+}} epsilon 1.000000e-05 : (tensor<2x6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>) -> tensor<2x6xf32>
  %0 = tenon.batch_norm %x, %p, %p, %p, %p epsilon 1.000000e-05 : (tensor<2x6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>) -> tensor<2x6xf32>
  return
}
