// RUN: tenon-opt %s --tenon-raise-upsample --split-input-file | FileCheck %s

// SEMANTICS D7: which modes repeat pixels.
// CHECK-LABEL: @repeating_modes
// CHECK-COUNT-6: tenon.upsample %arg0 factors [2, 2]
// CHECK-NOT: tenon.resize
func.func @repeating_modes(%x: tensor<1x3x4x4xf32>) -> (tensor<1x3x8x8xf32>, tensor<1x3x8x8xf32>, tensor<1x3x8x8xf32>, tensor<1x3x8x8xf32>, tensor<1x3x8x8xf32>, tensor<1x3x8x8xf32>) {
  %a = tenon.resize nearest %x {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>, scales = array<f64: 1.0, 1.0, 2.0, 2.0>} : tensor<1x3x4x4xf32> to tensor<1x3x8x8xf32>
  %b = tenon.resize nearest %x {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode round_prefer_floor>} : tensor<1x3x4x4xf32> to tensor<1x3x8x8xf32>
  %c = tenon.resize nearest %x {coordinates = #tenon<coordinate_mode half_pixel>, nearest = #tenon<nearest_mode round_prefer_floor>} : tensor<1x3x4x4xf32> to tensor<1x3x8x8xf32>
  %d = tenon.resize nearest %x {coordinates = #tenon<coordinate_mode half_pixel>, nearest = #tenon<nearest_mode round_prefer_ceil>} : tensor<1x3x4x4xf32> to tensor<1x3x8x8xf32>
  %e = tenon.resize nearest %x {coordinates = #tenon<coordinate_mode pytorch_half_pixel>, nearest = #tenon<nearest_mode round_prefer_floor>} : tensor<1x3x4x4xf32> to tensor<1x3x8x8xf32>
  %f = tenon.resize nearest %x {coordinates = #tenon<coordinate_mode tf_half_pixel_for_nn>, nearest = #tenon<nearest_mode floor>} : tensor<1x3x4x4xf32> to tensor<1x3x8x8xf32>
  return %a, %b, %c, %d, %e, %f : tensor<1x3x8x8xf32>, tensor<1x3x8x8xf32>, tensor<1x3x8x8xf32>, tensor<1x3x8x8xf32>, tensor<1x3x8x8xf32>, tensor<1x3x8x8xf32>
}

// -----

// CHECK-LABEL: @shifted_modes
// CHECK-COUNT-5: tenon.resize
// CHECK-NOT: tenon.upsample
func.func @shifted_modes(%x: tensor<1x3x4x4xf32>) -> (tensor<1x3x8x8xf32>, tensor<1x3x8x8xf32>, tensor<1x3x8x8xf32>, tensor<1x3x8x8xf32>, tensor<1x3x8x8xf32>) {
  %a = tenon.resize nearest %x {coordinates = #tenon<coordinate_mode half_pixel>, nearest = #tenon<nearest_mode floor>} : tensor<1x3x4x4xf32> to tensor<1x3x8x8xf32>
  %b = tenon.resize nearest %x {coordinates = #tenon<coordinate_mode half_pixel>, nearest = #tenon<nearest_mode ceil>} : tensor<1x3x4x4xf32> to tensor<1x3x8x8xf32>
  %c = tenon.resize nearest %x {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode ceil>} : tensor<1x3x4x4xf32> to tensor<1x3x8x8xf32>
  %d = tenon.resize nearest %x {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode round_prefer_ceil>} : tensor<1x3x4x4xf32> to tensor<1x3x8x8xf32>
  %e = tenon.resize nearest %x {coordinates = #tenon<coordinate_mode align_corners>, nearest = #tenon<nearest_mode floor>} : tensor<1x3x4x4xf32> to tensor<1x3x8x8xf32>
  return %a, %b, %c, %d, %e : tensor<1x3x8x8xf32>, tensor<1x3x8x8xf32>, tensor<1x3x8x8xf32>, tensor<1x3x8x8xf32>, tensor<1x3x8x8xf32>
}

// -----

// Tripling rounds 2/3 up where doubling rounds a tie down; half pixels stay right.
// CHECK-LABEL: @tripled
// CHECK: tenon.resize
// CHECK: tenon.upsample %arg0 factors [3]
func.func @tripled(%x: tensor<1x3x4xf32>) -> (tensor<1x3x12xf32>, tensor<1x3x12xf32>) {
  %a = tenon.resize nearest %x {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode round_prefer_floor>} : tensor<1x3x4xf32> to tensor<1x3x12xf32>
  %b = tenon.resize nearest %x {coordinates = #tenon<coordinate_mode half_pixel>} : tensor<1x3x4xf32> to tensor<1x3x12xf32>
  return %a, %b : tensor<1x3x12xf32>, tensor<1x3x12xf32>
}

// -----

// One axis may stay; a single pixel is repeated whatever the rounding does, as the ends clamp.
// CHECK-LABEL: @one_axis
// CHECK: tenon.upsample %arg0 factors [1, 2]
// CHECK: tenon.upsample %arg1 factors [4, 4]
func.func @one_axis(%x: tensor<1x3x4x5xf32>, %p: tensor<1x3x1x1xf32>) -> (tensor<1x3x4x10xf32>, tensor<1x3x4x4xf32>) {
  %a = tenon.resize nearest %x {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x3x4x5xf32> to tensor<1x3x4x10xf32>
  %b = tenon.resize nearest %p {coordinates = #tenon<coordinate_mode half_pixel>, nearest = #tenon<nearest_mode ceil>} : tensor<1x3x1x1xf32> to tensor<1x3x4x4xf32>
  return %a, %b : tensor<1x3x4x10xf32>, tensor<1x3x4x4xf32>
}

// -----

// Interpolation, a factor that is not whole, a given scale that is not the ratio (D10), growing channels.
// CHECK-LABEL: @other_resizes
// CHECK-COUNT-4: tenon.resize
// CHECK-NOT: tenon.upsample
func.func @other_resizes(%x: tensor<1x3x4x4xf32>) -> (tensor<1x3x8x8xf32>, tensor<1x3x6x6xf32>, tensor<1x3x8x8xf32>, tensor<1x6x8x8xf32>) {
  %a = tenon.resize linear %x : tensor<1x3x4x4xf32> to tensor<1x3x8x8xf32>
  %b = tenon.resize nearest %x {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x3x4x4xf32> to tensor<1x3x6x6xf32>
  %c = tenon.resize nearest %x {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>, scales = array<f64: 1.0, 1.0, 2.1, 2.1>} : tensor<1x3x4x4xf32> to tensor<1x3x8x8xf32>
  %d = tenon.resize nearest %x {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x3x4x4xf32> to tensor<1x6x8x8xf32>
  return %a, %b, %c, %d : tensor<1x3x8x8xf32>, tensor<1x3x6x6xf32>, tensor<1x3x8x8xf32>, tensor<1x6x8x8xf32>
}
