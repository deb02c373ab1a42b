// RUN: tenon-opt %s | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --mlir-print-op-generic | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --emit-bytecode | tenon-opt | FileCheck %s

// What is written is what is printed, also from the generic form and from bytecode.

// CHECK-LABEL: func.func @resize(
func.func @resize(%x: tensor<1x1x4x4xf32>, %b: tensor<1x1x4xi8>) {
  // CHECK: tenon.resize nearest %{{[a-z0-9]+}} : tensor<1x1x4x4xf32> to tensor<1x1x8x6xf32>
  %0 = tenon.resize nearest %x : tensor<1x1x4x4xf32> to tensor<1x1x8x6xf32>
  // CHECK: tenon.resize nearest %{{[a-z0-9]+}} {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x4xi8> to tensor<1x1x9xi8>
  %1 = tenon.resize nearest %b {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x1x4xi8> to tensor<1x1x9xi8>
  // CHECK: tenon.resize linear %{{[a-z0-9]+}} {antialias, coordinates = #tenon<coordinate_mode align_corners>} : tensor<1x1x4x4xf32> to tensor<1x1x2x2xf32>
  %2 = tenon.resize linear %x {antialias, coordinates = #tenon<coordinate_mode align_corners>} : tensor<1x1x4x4xf32> to tensor<1x1x2x2xf32>
  // CHECK: tenon.resize cubic %{{[a-z0-9]+}} {cubic_coeff = -5.000000e-01 : f64, exclude_outside, scales = array<f64: 1.000000e+00, 1.000000e+00, 1.500000e+00, 1.500000e+00>} : tensor<1x1x4x4xf32> to tensor<1x1x6x6xf32>
  %3 = tenon.resize cubic %x {cubic_coeff = -5.000000e-01 : f64, exclude_outside, scales = array<f64: 1.000000e+00, 1.000000e+00, 1.500000e+00, 1.500000e+00>} : tensor<1x1x4x4xf32> to tensor<1x1x6x6xf32>
  // CHECK: tenon.resize linear %{{[a-z0-9]+}} {coordinates = #tenon<coordinate_mode tf_crop_and_resize>, extrapolation_value = 1.000000e+01 : f64, roi = array<f64: 0.000000e+00, 0.000000e+00, 4.000000e-01, 6.000000e-01, 1.000000e+00, 1.000000e+00, 6.000000e-01, 8.000000e-01>} : tensor<1x1x4x4xf32> to tensor<1x1x3x3xf32>
  %4 = tenon.resize linear %x {coordinates = #tenon<coordinate_mode tf_crop_and_resize>, extrapolation_value = 1.000000e+01 : f64, roi = array<f64: 0.000000e+00, 0.000000e+00, 4.000000e-01, 6.000000e-01, 1.000000e+00, 1.000000e+00, 6.000000e-01, 8.000000e-01>} : tensor<1x1x4x4xf32> to tensor<1x1x3x3xf32>
  return
}

// CHECK-LABEL: func.func @upsample(
func.func @upsample(%x: tensor<1x1x4x4xf32>) {
  // CHECK: tenon.upsample %{{[a-z0-9]+}} factors [2, 3] : tensor<1x1x4x4xf32> -> tensor<1x1x8x12xf32>
  %0 = tenon.upsample %x factors [2, 3] : tensor<1x1x4x4xf32> -> tensor<1x1x8x12xf32>
  return
}

// CHECK-LABEL: func.func @pixel_shuffle(
func.func @pixel_shuffle(%x: tensor<1x8x2x3xf32>, %y: tensor<1x2x4x6xf32>) {
  // CHECK: tenon.pixel_shuffle %{{[a-z0-9]+}} block 2 : tensor<1x8x2x3xf32> -> tensor<1x2x4x6xf32>
  %0 = tenon.pixel_shuffle %x block 2 : tensor<1x8x2x3xf32> -> tensor<1x2x4x6xf32>
  // CHECK: tenon.pixel_shuffle %{{[a-z0-9]+}} block 2 {order = #tenon<pixel_order dcr>} : tensor<1x8x2x3xf32> -> tensor<1x2x4x6xf32>
  %1 = tenon.pixel_shuffle %x block 2 {order = #tenon<pixel_order dcr>} : tensor<1x8x2x3xf32> -> tensor<1x2x4x6xf32>
  // CHECK: tenon.pixel_unshuffle %{{[a-z0-9]+}} block 2 : tensor<1x2x4x6xf32> -> tensor<1x8x2x3xf32>
  %2 = tenon.pixel_unshuffle %y block 2 : tensor<1x2x4x6xf32> -> tensor<1x8x2x3xf32>
  // CHECK: tenon.pixel_unshuffle %{{[a-z0-9]+}} block 2 {order = #tenon<pixel_order dcr>} : tensor<1x2x4x6xf32> -> tensor<1x8x2x3xf32>
  %3 = tenon.pixel_unshuffle %y block 2 {order = #tenon<pixel_order dcr>} : tensor<1x2x4x6xf32> -> tensor<1x8x2x3xf32>
  return
}

// CHECK-LABEL: func.func @max_unpool(
func.func @max_unpool(%x: tensor<1x1x2x2xf32>, %i: tensor<1x1x2x2xi64>) {
  // CHECK: tenon.max_unpool %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xi64>) -> tensor<1x1x4x4xf32>
  %0 = tenon.max_unpool %x, %i : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xi64>) -> tensor<1x1x4x4xf32>
  // CHECK: tenon.max_unpool %{{[a-z0-9]+}}, %{{[a-z0-9]+}} {whole_tensor} : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xi64>) -> tensor<1x1x5x5xf32>
  %1 = tenon.max_unpool %x, %i {whole_tensor} : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xi64>) -> tensor<1x1x5x5xf32>
  return
}
