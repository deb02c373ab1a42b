// RUN: tenon-opt %s --tenon-find-footprints --split-input-file | FileCheck %s

// Steps of 8 rows of 64 bytes; scale and shift are read by all.
// CHECK-LABEL: func.func private @rows(
// CHECK-SAME: tensor<1x64x16xf32> {tenon.footprint = array<i64: 512, 0, 512>}, %{{.*}}: tensor<16xf32>, %{{.*}}: tensor<1x64x16xf32> {tenon.footprint = array<i64: 512, 0, 512>})
// CHECK-SAME: tenon.steps = array<i64: 8, 1>
func.func private @rows(%x: tensor<1x64x16xf32>, %scale: tensor<16xf32>, %out: tensor<1x64x16xf32>) -> tensor<1x64x16xf32> attributes {tenon.kernel} {
  %r = scf.forall (%i) = (0) to (64) step (8) shared_outs(%o = %out) -> (tensor<1x64x16xf32>) {
    %s = tensor.extract_slice %x[0, %i, 0] [1, 8, 16] [1, 1, 1] : tensor<1x64x16xf32> to tensor<1x8x16xf32>
    %d = tensor.extract_slice %o[0, %i, 0] [1, 8, 16] [1, 1, 1] : tensor<1x64x16xf32> to tensor<1x8x16xf32>
    %m = linalg.generic {indexing_maps = [affine_map<(a, b, c) -> (a, b, c)>, affine_map<(a, b, c) -> (c)>, affine_map<(a, b, c) -> (a, b, c)>],
                         iterator_types = ["parallel", "parallel", "parallel"]} ins(%s, %scale : tensor<1x8x16xf32>, tensor<16xf32>) outs(%d : tensor<1x8x16xf32>) {
    ^bb0(%a: f32, %b: f32, %c: f32):
      %p = arith.mulf %a, %b : f32
      linalg.yield %p : f32
    } -> tensor<1x8x16xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %m into %o[0, %i, 0] [1, 8, 16] [1, 1, 1] : tensor<1x8x16xf32> into tensor<1x64x16xf32>
    }
  }
  return %r : tensor<1x64x16xf32>
}

// -----

// Rows around those of the result, clipped at the borders, in two branches. The inner axis of the loop is part of a step.
// CHECK-LABEL: func.func private @window(
// CHECK-SAME: tensor<64x32xf32> {tenon.footprint = array<i64: 256, -128, 384>}
// CHECK-SAME: tensor<64x32xf32> {tenon.footprint = array<i64: 256, 0, 256>}
// CHECK-SAME: tenon.steps = array<i64: 32, 4>
func.func private @window(%x: tensor<64x32xf32>, %out: tensor<64x32xf32>) -> tensor<64x32xf32> attributes {tenon.kernel} {
  %c2 = arith.constant 2 : index
  %c8 = arith.constant 8 : index
  %cm1 = arith.constant -1 : index
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %r = scf.forall (%i, %j) in (32, 4) shared_outs(%o = %out) -> (tensor<64x32xf32>) {
    %row = arith.muli %i, %c2 : index
    %column = arith.muli %j, %c8 : index
    %first = arith.addi %row, %cm1 : index
    %inside = arith.cmpi sge, %first, %c0 : index
    %sum = scf.if %inside -> (f32) {
      %s = tensor.extract_slice %x[%first, %column] [3, 8] [1, 1] : tensor<64x32xf32> to tensor<3x8xf32>
      %e = tensor.extract %s[%c0, %c0] : tensor<3x8xf32>
      scf.yield %e : f32
    } else {
      %begin = affine.max affine_map<(d0) -> (0, d0 * 2 - 1)>(%i)
      %end = affine.min affine_map<(d0) -> (64, d0 * 2 + 3)>(%i)
      %size = affine.apply affine_map<(d0, d1) -> (d0 - d1)>(%end, %begin)
      %s = tensor.extract_slice %x[%begin, %column] [%size, 8] [1, 1] : tensor<64x32xf32> to tensor<?x8xf32>
      %e = tensor.extract %s[%c0, %c0] : tensor<?x8xf32>
      scf.yield %e : f32
    }
    %d = tensor.extract_slice %o[%row, %column] [2, 8] [1, 1] : tensor<64x32xf32> to tensor<2x8xf32>
    %m = linalg.fill ins(%sum : f32) outs(%d : tensor<2x8xf32>) -> tensor<2x8xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %m into %o[%row, %column] [2, 8] [1, 1] : tensor<2x8xf32> into tensor<64x32xf32>
    }
  }
  return %r : tensor<64x32xf32>
}

// -----

// With the channels first a part of the rows is all over the memory of the result: its first axis is whole in each step.
// CHECK-LABEL: func.func private @turned(
// CHECK-SAME: tensor<1x64x16xf32> {tenon.footprint = array<i64: 512, 0, 512>}, %{{.*}}: tensor<1x16x64xf32>)
func.func private @turned(%x: tensor<1x64x16xf32>, %out: tensor<1x16x64xf32>) -> tensor<1x16x64xf32> attributes {tenon.kernel} {
  %r = scf.forall (%i) = (0) to (64) step (8) shared_outs(%o = %out) -> (tensor<1x16x64xf32>) {
    %s = tensor.extract_slice %x[0, %i, 0] [1, 8, 16] [1, 1, 1] : tensor<1x64x16xf32> to tensor<1x8x16xf32>
    %d = tensor.extract_slice %o[0, 0, %i] [1, 16, 8] [1, 1, 1] : tensor<1x16x64xf32> to tensor<1x16x8xf32>
    %m = linalg.transpose ins(%s : tensor<1x8x16xf32>) outs(%d : tensor<1x16x8xf32>) permutation = [0, 2, 1]
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %m into %o[0, 0, %i] [1, 16, 8] [1, 1, 1] : tensor<1x16x8xf32> into tensor<1x16x64xf32>
    }
  }
  return %r : tensor<1x16x64xf32>
}

// -----

// What is beside the loop would be done again by each part of it.
// CHECK-LABEL: func.func private @beside(
// CHECK-NOT: tenon.footprint
// CHECK-NOT: tenon.steps
// CHECK: return
func.func private @beside(%x: tensor<64x16xf32>, %out: tensor<64x16xf32>) -> tensor<64x16xf32> attributes {tenon.kernel} {
  %zero = arith.constant 0.0 : f32
  %f = linalg.fill ins(%zero : f32) outs(%out : tensor<64x16xf32>) -> tensor<64x16xf32>
  %r = scf.forall (%i) = (0) to (64) step (8) shared_outs(%o = %f) -> (tensor<64x16xf32>) {
    %s = tensor.extract_slice %x[%i, 0] [8, 16] [1, 1] : tensor<64x16xf32> to tensor<8x16xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %s into %o[%i, 0] [8, 16] [1, 1] : tensor<8x16xf32> into tensor<64x16xf32>
    }
  }
  return %r : tensor<64x16xf32>
}

// -----

// Rows that the numbers of another tensor name may be any.
// CHECK-LABEL: func.func private @gather(
// CHECK-SAME: %{{.*}}: tensor<64x16xf32>, %{{.*}}: tensor<32xi64>, %{{.*}}: tensor<32x16xf32> {tenon.footprint = array<i64: 64, 0, 64>})
func.func private @gather(%table: tensor<64x16xf32>, %ids: tensor<32xi64>, %out: tensor<32x16xf32>) -> tensor<32x16xf32> attributes {tenon.kernel} {
  %r = scf.forall (%i) in (32) shared_outs(%o = %out) -> (tensor<32x16xf32>) {
    %id = tensor.extract %ids[%i] : tensor<32xi64>
    %row = arith.index_cast %id : i64 to index
    %s = tensor.extract_slice %table[%row, 0] [1, 16] [1, 1] : tensor<64x16xf32> to tensor<1x16xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %s into %o[%i, 0] [1, 16] [1, 1] : tensor<1x16xf32> into tensor<32x16xf32>
    }
  }
  return %r : tensor<32x16xf32>
}

// -----

// CHECK-LABEL: func.func private @host(
// CHECK-NOT: tenon.steps
// CHECK: return
func.func private @host(%x: tensor<64x16xf32>, %out: tensor<64x16xf32>) -> tensor<64x16xf32> {
  %r = scf.forall (%i) = (0) to (64) step (8) shared_outs(%o = %out) -> (tensor<64x16xf32>) {
    %s = tensor.extract_slice %x[%i, 0] [8, 16] [1, 1] : tensor<64x16xf32> to tensor<8x16xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %s into %o[%i, 0] [8, 16] [1, 1] : tensor<8x16xf32> into tensor<64x16xf32>
    }
  }
  return %r : tensor<64x16xf32>
}

// -----

// A constant has memory of its own that each part would fill.
// CHECK-LABEL: func.func private @constant(
// CHECK-NOT: tenon.steps
// CHECK: return
func.func private @constant(%out: tensor<64x16xf32>) -> tensor<64x16xf32> attributes {tenon.kernel} {
  %half = arith.constant dense<0.5> : tensor<8x16xf32>
  %r = scf.forall (%i) = (0) to (64) step (8) shared_outs(%o = %out) -> (tensor<64x16xf32>) {
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %half into %o[%i, 0] [8, 16] [1, 1] : tensor<8x16xf32> into tensor<64x16xf32>
    }
  }
  return %r : tensor<64x16xf32>
}

// -----

// A row of a padded image is of the image or none of it: the slice of max(n, 0) rows is not past the first n.
// CHECK-LABEL: func.func private @padded(
// CHECK-SAME: tensor<64x16xf32> {tenon.footprint = array<i64: 64, -64, 0>}
func.func private @padded(%x: tensor<64x16xf32>, %out: tensor<66x16xf32>) -> tensor<66x16xf32> attributes {tenon.kernel} {
  %zero = arith.constant 0.0 : f32
  %r = scf.forall (%i) in (66) shared_outs(%o = %out) -> (tensor<66x16xf32>) {
    %d = tensor.extract_slice %o[%i, 0] [1, 16] [1, 1] : tensor<66x16xf32> to tensor<1x16xf32>
    %f = linalg.fill ins(%zero : f32) outs(%d : tensor<1x16xf32>) -> tensor<1x16xf32>
    %first = affine.max affine_map<(d0) -> (1, d0)>(%i)
    %last = affine.min affine_map<(d0) -> (65, d0 + 1)>(%i)
    %from = affine.apply affine_map<(d0) -> (d0 - 1)>(%first)
    %to = affine.apply affine_map<(d0, d1) -> (d0 - d1)>(%first, %i)
    %size = affine.max affine_map<(d0, d1) -> (-d0 + d1, 0)>(%first, %last)
    %s = tensor.extract_slice %x[%from, 0] [%size, 16] [1, 1] : tensor<64x16xf32> to tensor<?x16xf32>
    %m = tensor.insert_slice %s into %f[%to, 0] [%size, 16] [1, 1] : tensor<?x16xf32> into tensor<1x16xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %m into %o[%i, 0] [1, 16] [1, 1] : tensor<1x16xf32> into tensor<66x16xf32>
    }
  }
  return %r : tensor<66x16xf32>
}

// -----

// Of two bounds the closer one, though it is that of a loop inside.
// CHECK-LABEL: func.func private @taps(
// CHECK-SAME: tensor<256x32xf32> {tenon.footprint = array<i64: 128, -256, 384>}, %{{.*}}: tensor<256x32xf32> {tenon.footprint = array<i64: 128, 0, 128>}
func.func private @taps(%arg0: tensor<256x32xf32>, %arg2: tensor<256x32xf32>) -> tensor<256x32xf32> attributes {tenon.kernel} {
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %c0 = arith.constant 0 : index
  %1 = scf.forall (%i) in (256) shared_outs(%arg4 = %arg2) -> (tensor<256x32xf32>) {
    %s = tensor.extract_slice %arg4[%i, 0] [1, 32] [1, 1] : tensor<256x32xf32> to tensor<1x32xf32>
    %4 = scf.for %t = %c0 to %c5 step %c1 iter_args(%a = %s) -> (tensor<1x32xf32>) {
      %6 = affine.max affine_map<(d0, d1) -> (-d1 + 2, d0)>(%i, %t)
      %7 = affine.min affine_map<(d0, d1) -> (-d1 + 258, d0 + 1)>(%i, %t)
      %8 = affine.max affine_map<(d0, d1) -> (-d0 + d1, 0)>(%6, %7)
      %9 = affine.apply affine_map<(d0, d1) -> (d0 + d1 - 2)>(%t, %6)
      %x = tensor.extract_slice %arg0[%9, 0] [%8, 32] [1, 1] : tensor<256x32xf32> to tensor<?x32xf32>
      %z = tensor.insert_slice %x into %a[0, 0] [%8, 32] [1, 1] : tensor<?x32xf32> into tensor<1x32xf32>
      scf.yield %z : tensor<1x32xf32>
    }
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %4 into %arg4[%i, 0] [1, 32] [1, 1] : tensor<1x32xf32> into tensor<256x32xf32>
    }
  }
  return %1 : tensor<256x32xf32>
}
