// RUN: tenon-opt %s --convert-tenon-to-linalg --split-input-file | FileCheck %s

// Weights and places are constants; the innermost axis goes first.
// CHECK-LABEL: func @linear
// CHECK-DAG: arith.constant dense<[0, 0, 0, 1]> : tensor<4xi64>
// CHECK-DAG: arith.constant dense<[0, 1, 1, 1]> : tensor<4xi64>
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<1x1x2x4xf32>)
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<1x1x4x4xf32>)
func.func @linear(%x: tensor<1x1x2x2xf32>) -> tensor<1x1x4x4xf32> {
  %0 = tenon.resize linear %x : tensor<1x1x2x2xf32> to tensor<1x1x4x4xf32>
  return %0 : tensor<1x1x4x4xf32>
}

// -----

// The axis that shrinks goes first: the other pass is then the shorter.
// CHECK-LABEL: func @shrink_first
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<1x1x2x4xf32>)
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<1x1x2x8xf32>)
func.func @shrink_first(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x2x8xf32> {
  %0 = tenon.resize linear %x : tensor<1x1x4x4xf32> to tensor<1x1x2x8xf32>
  return %0 : tensor<1x1x2x8xf32>
}

// -----

// Many taps are a reduction.
// CHECK-LABEL: func @antialias
// CHECK: linalg.generic {{.*}}iterator_types = ["parallel", "parallel", "parallel", "reduction"]
func.func @antialias(%x: tensor<1x1x32xf32>) -> tensor<1x1x4xf32> {
  %0 = tenon.resize linear %x {antialias} : tensor<1x1x32xf32> to tensor<1x1x4xf32>
  return %0 : tensor<1x1x4xf32>
}

// -----

// SEMANTICS D8: no op where sizes are equal.
// CHECK-LABEL: func @identity
// CHECK-NEXT: return %arg0
func.func @identity(%x: tensor<1x1x4xf32>) -> tensor<1x1x4xf32> {
  %0 = tenon.resize cubic %x : tensor<1x1x4xf32> to tensor<1x1x4xf32>
  return %0 : tensor<1x1x4xf32>
}

// -----

// Nearest by a whole factor repeats pixels.
// CHECK-DAG: #[[READ:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
// CHECK-LABEL: func @repeats
// CHECK-NOT: tensor.extract
// CHECK: linalg.generic {indexing_maps = [#[[READ]], {{.*}} outs(%{{.*}} : tensor<1x1x4x2xf32>)
// CHECK: tenon.reshape %{{.*}} : tensor<1x1x4x2xf32> to tensor<1x1x8xf32>
func.func @repeats(%x: tensor<1x1x4xf32>) -> tensor<1x1x8xf32> {
  %0 = tenon.resize nearest %x : tensor<1x1x4xf32> to tensor<1x1x8xf32>
  return %0 : tensor<1x1x8xf32>
}

// -----

// SEMANTICS D7: with half_pixel and floor it does not, though the factor is whole.
// CHECK-LABEL: func @does_not_repeat
// CHECK: arith.constant dense<[0, 0, 0, 1, 1, 2, 2, 3]>
// CHECK: tensor.extract %arg0
func.func @does_not_repeat(%x: tensor<1x1x4xf32>) -> tensor<1x1x8xf32> {
  %0 = tenon.resize nearest %x {nearest = #tenon<nearest_mode floor>} : tensor<1x1x4xf32> to tensor<1x1x8xf32>
  return %0 : tensor<1x1x8xf32>
}

// -----

// SEMANTICS D10: a scale that is not the ratio of the sizes places the taps.
// CHECK-LABEL: func @given_scale
// CHECK: arith.constant dense<[0, 1, 1, 2, 3]> : tensor<5xi64>
func.func @given_scale(%x: tensor<1x1x4xf32>) -> tensor<1x1x5xf32> {
  %0 = tenon.resize nearest %x {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode round_prefer_floor>,
      scales = array<f64: 1.0, 1.0, 1.45>} : tensor<1x1x4xf32> to tensor<1x1x5xf32>
  return %0 : tensor<1x1x5xf32>
}

// -----

// SEMANTICS D14: where the channel lies in a block of channels.
// CHECK-DAG: #[[CRD:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d3, d5, d2, d4)>
// CHECK-LABEL: func @crd
// CHECK: tenon.reshape %arg0 : tensor<1x8x2x3xf32> to tensor<1x2x2x2x2x3xf32>
// CHECK: linalg.generic {indexing_maps = [#[[CRD]],
func.func @crd(%x: tensor<1x8x2x3xf32>) -> tensor<1x2x4x6xf32> {
  %0 = tenon.pixel_shuffle %x block 2 : tensor<1x8x2x3xf32> -> tensor<1x2x4x6xf32>
  return %0 : tensor<1x2x4x6xf32>
}

// -----

// Values go one after another into zeros; an index outside is dropped.
// CHECK-LABEL: func @unpool
// CHECK: linalg.fill
// CHECK: scf.for
// CHECK: arith.cmpi ult
// CHECK: tensor.insert
func.func @unpool(%x: tensor<1x1x4xf32>, %i: tensor<1x1x4xi64>) -> tensor<1x1x9xf32> {
  %0 = tenon.max_unpool %x, %i : (tensor<1x1x4xf32>, tensor<1x1x4xi64>) -> tensor<1x1x9xf32>
  return %0 : tensor<1x1x9xf32>
}

// -----

// SEMANTICS H2: places past 2^31 are compared in 64 bits.
// CHECK-LABEL: func @unpool_far
// CHECK: %[[I:.*]] = arith.index_cast %{{.*}} : i64 to index
// CHECK: %[[SIZE:.*]] = arith.constant 3000000000 : index
// CHECK: arith.cmpi ult, %[[I]], %[[SIZE]] : index
func.func @unpool_far(%x: tensor<1x1x4xf32>, %i: tensor<1x1x4xi64>) -> tensor<1x1x3000000000xf32> {
  %0 = tenon.max_unpool %x, %i : (tensor<1x1x4xf32>, tensor<1x1x4xi64>) -> tensor<1x1x3000000000xf32>
  return %0 : tensor<1x1x3000000000xf32>
}
