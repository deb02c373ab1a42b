// RUN: tenon-opt %s --tenon-tile-copies --canonicalize --cse --split-input-file | FileCheck %s

// Rows of the padded image: their zeros, then what of the image lies in them.
// CHECK-LABEL: @padded
// CHECK: scf.forall (%[[I:.*]]) = (0) to (514) step (33)
// CHECK: %[[PART:.*]] = tensor.extract_slice %{{.*}}[%[[I]], 0] [%{{.*}}, 514]
// CHECK: %[[ZEROS:.*]] = linalg.fill {{.*}} outs(%[[PART]]
// CHECK: %[[ROWS:.*]] = tensor.extract_slice %{{.*}}[%{{.*}}, 0] [%[[COUNT:.*]], 512] [1, 1] : tensor<512x512xf32>
// CHECK: tensor.insert_slice %[[ROWS]] into %[[ZEROS]][%{{.*}}, 1] [%[[COUNT]], 512]
func.func @padded(%x: tensor<512x512xf32>, %out: tensor<514x514xf32>) -> tensor<514x514xf32> attributes {tenon.kernel} {
  %zero = arith.constant 0.0 : f32
  %f = linalg.fill ins(%zero : f32) outs(%out : tensor<514x514xf32>) -> tensor<514x514xf32>
  %r = tensor.insert_slice %x into %f[1, 1] [512, 512] [1, 1] : tensor<512x512xf32> into tensor<514x514xf32>
  return %r : tensor<514x514xf32>
}

// -----

// A join cut along an axis that all have: sizes are known.
// CHECK-LABEL: @joined
// CHECK: scf.forall (%[[I:.*]]) in (8)
// CHECK: tensor.extract_slice %{{.*}}[%[[I]], 0, 0] [1, 1024, 64]
// CHECK: tensor.extract_slice %{{.*}}[%[[I]], 0, 0] [1, 64, 64]
func.func @joined(%x: tensor<8x1024x64xf32>, %y: tensor<8x64x64xf32>, %out: tensor<8x1088x64xf32>) -> tensor<8x1088x64xf32> attributes {tenon.kernel} {
  %r = tensor.insert_slice %x into %out[0, 0, 0] [8, 1024, 64] [1, 1, 1] : tensor<8x1024x64xf32> into tensor<8x1088x64xf32>
  %s = tensor.insert_slice %y into %r[0, 1024, 0] [8, 64, 64] [1, 1, 1] : tensor<8x64x64xf32> into tensor<8x1088x64xf32>
  return %s : tensor<8x1088x64xf32>
}

// -----

// Too small, or not all that the kernel does.
// CHECK-LABEL: @small
// CHECK-NOT: scf.forall
// CHECK: return
func.func @small(%x: tensor<8x8xf32>, %out: tensor<10x10xf32>) -> tensor<10x10xf32> attributes {tenon.kernel} {
  %r = tensor.insert_slice %x into %out[1, 1] [8, 8] [1, 1] : tensor<8x8xf32> into tensor<10x10xf32>
  return %r : tensor<10x10xf32>
}

// -----

// CHECK-LABEL: @computed
// CHECK-NOT: scf.forall
// CHECK: return
func.func @computed(%x: tensor<8x8xf32>, %y: tensor<512x512xf32>, %out: tensor<512x512xf32>) -> tensor<512x512xf32> attributes {tenon.kernel} {
  %e = linalg.exp ins(%y : tensor<512x512xf32>) outs(%out : tensor<512x512xf32>) -> tensor<512x512xf32>
  %r = tensor.insert_slice %x into %e[1, 1] [8, 8] [1, 1] : tensor<8x8xf32> into tensor<512x512xf32>
  return %r : tensor<512x512xf32>
}

// -----

// A slice of an argument, every other column.
// CHECK-LABEL: @sliced
// CHECK-SAME: %[[X:[^:]*]]: tensor<512x1024xf32>
// CHECK: %[[SLICE:.*]] = tensor.extract_slice %[[X]][5, 1] [500, 512] [1, 2]
// CHECK: scf.forall (%[[I:.*]]) = (0) to (500) step (34)
// CHECK: tensor.extract_slice %[[SLICE]][%[[I]], 0] [%{{.*}}, 512]
// CHECK: tensor.parallel_insert_slice
func.func @sliced(%x: tensor<512x1024xf32>, %out: tensor<500x512xf32>) -> tensor<500x512xf32> attributes {tenon.kernel} {
  %r = tensor.extract_slice %x[5, 1] [500, 512] [1, 2] : tensor<512x1024xf32> to tensor<500x512xf32>
  return %r : tensor<500x512xf32>
}

// -----

// A small slice, and one of something that is computed first.
// CHECK-LABEL: @small_slice
// CHECK-NOT: scf.forall
// CHECK: return
func.func @small_slice(%x: tensor<32x64xf32>, %out: tensor<16x64xf32>) -> tensor<16x64xf32> attributes {tenon.kernel} {
  %r = tensor.extract_slice %x[5, 0] [16, 64] [1, 1] : tensor<32x64xf32> to tensor<16x64xf32>
  return %r : tensor<16x64xf32>
}

// CHECK-LABEL: @computed_slice
// CHECK-NOT: scf.forall
// CHECK: return
func.func @computed_slice(%x: tensor<512x1024xf32>, %y: tensor<512x1024xf32>, %out: tensor<500x1024xf32>) -> tensor<500x1024xf32> attributes {tenon.kernel} {
  %e = linalg.exp ins(%x : tensor<512x1024xf32>) outs(%y : tensor<512x1024xf32>) -> tensor<512x1024xf32>
  %r = tensor.extract_slice %e[5, 0] [500, 1024] [1, 1] : tensor<512x1024xf32> to tensor<500x1024xf32>
  return %r : tensor<500x1024xf32>
}
