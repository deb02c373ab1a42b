// RUN: tenon-opt %s --tenon-tile-for-blocks --split-input-file | FileCheck %s

// Too few tiles of 128 x 128 for all processors: smaller ones.
// CHECK-LABEL: @matmul
// CHECK: scf.forall (%{{.*}}, %{{.*}}) = (0, 0) to (256, 512) step (32, 32)
// CHECK: linalg.fill
// CHECK: linalg.matmul
func.func @matmul(%a: tensor<256x64xf32>, %b: tensor<64x512xf32>, %out: tensor<256x512xf32>) -> tensor<256x512xf32>
    attributes {tenon.kernel} {
  %zero = arith.constant 0.0 : f32
  %f = linalg.fill ins(%zero : f32) outs(%out : tensor<256x512xf32>) -> tensor<256x512xf32>
  %m = linalg.matmul ins(%a, %b : tensor<256x64xf32>, tensor<64x512xf32>) outs(%f : tensor<256x512xf32>) -> tensor<256x512xf32>
  return %m : tensor<256x512xf32>
}

// -----

// Factors of 16 bits go to tensor cores, in larger tiles.
// CHECK-LABEL: @tensor_cores
// CHECK: scf.forall (%{{.*}}, %{{.*}}) = (0, 0) to (2048, 2048) step (128, 128)
#lhs = affine_map<(i, j, k) -> (i, k)>
#rhs = affine_map<(i, j, k) -> (j, k)>
#out = affine_map<(i, j, k) -> (i, j)>
func.func @tensor_cores(%a: tensor<2048x64xbf16>, %b: tensor<2048x64xbf16>, %out: tensor<2048x2048xf32>) -> tensor<2048x2048xf32>
    attributes {tenon.kernel} {
  %m = linalg.generic {indexing_maps = [#lhs, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<2048x64xbf16>, tensor<2048x64xbf16>) outs(%out : tensor<2048x2048xf32>) {
  ^bb0(%x: bf16, %y: bf16, %acc: f32):
    %p = arith.extf %x : bf16 to f32
    %q = arith.extf %y : bf16 to f32
    %r = arith.mulf %p, %q : f32
    %s = arith.addf %acc, %r : f32
    linalg.yield %s : f32
  } -> tensor<2048x2048xf32>
  return %m : tensor<2048x2048xf32>
}

// -----

// One row: a warp to each result where the steps of its sum lie side by side.
// CHECK-LABEL: @row_of_transposed
// CHECK: scf.forall (%{{.*}}) = (0) to (512) step (4)
#row_lhs = affine_map<(i, j, k) -> (i, k)>
#row_rhs = affine_map<(i, j, k) -> (j, k)>
#row_out = affine_map<(i, j, k) -> (i, j)>
func.func @row_of_transposed(%a: tensor<1x64xf32>, %b: tensor<512x64xf32>, %out: tensor<1x512xf32>) -> tensor<1x512xf32>
    attributes {tenon.kernel} {
  %m = linalg.generic {indexing_maps = [#row_lhs, #row_rhs, #row_out], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<1x64xf32>, tensor<512x64xf32>) outs(%out : tensor<1x512xf32>) {
  ^bb0(%x: f32, %y: f32, %acc: f32):
    %r = arith.mulf %x, %y : f32
    %s = arith.addf %acc, %r : f32
    linalg.yield %s : f32
  } -> tensor<1x512xf32>
  return %m : tensor<1x512xf32>
}

// -----

// Columns that lie side by side: 32 bytes of each row.
// CHECK-LABEL: @row
// CHECK: scf.forall (%{{.*}}) = (0) to (512) step (8)
func.func @row(%a: tensor<1x64xf32>, %b: tensor<64x512xf32>, %out: tensor<1x512xf32>) -> tensor<1x512xf32>
    attributes {tenon.kernel} {
  %m = linalg.matmul ins(%a, %b : tensor<1x64xf32>, tensor<64x512xf32>) outs(%out : tensor<1x512xf32>) -> tensor<1x512xf32>
  return %m : tensor<1x512xf32>
}

// -----

// A weight of bytes with scales, in panels: one panel of one row. The factor is the arithmetic of two inputs.
// CHECK-LABEL: @panel_of_bytes
// CHECK: scf.forall (%{{.*}}) in (32)
// CHECK: linalg.generic
// CHECK-SAME: tensor<1x64xf32>, tensor<1x64x16xi8>, tensor<1x16xf32>
func.func @panel_of_bytes(%a: tensor<1x64xf32>, %b: tensor<32x64x16xi8>, %c: tensor<32x16xf32>, %out: tensor<1x32x16xf32>)
    -> tensor<1x32x16xf32> attributes {tenon.kernel} {
  %m = linalg.generic {indexing_maps = [affine_map<(r, p, c, k) -> (r, k)>, affine_map<(r, p, c, k) -> (p, k, c)>,
                                        affine_map<(r, p, c, k) -> (p, c)>, affine_map<(r, p, c, k) -> (r, p, c)>],
                       iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%a, %b, %c : tensor<1x64xf32>, tensor<32x64x16xi8>, tensor<32x16xf32>) outs(%out : tensor<1x32x16xf32>) {
  ^bb0(%x: f32, %q: i8, %scale: f32, %acc: f32):
    %n = arith.sitofp %q : i8 to f32
    %w = arith.mulf %n, %scale : f32
    %r = arith.mulf %x, %w : f32
    %s = arith.addf %acc, %r : f32
    linalg.yield %s : f32
  } -> tensor<1x32x16xf32>
  return %m : tensor<1x32x16xf32>
}

// -----

// Rows around a reduction are cut, the axis that it sums up is not.
// CHECK-LABEL: @centre
// CHECK: scf.forall (%{{.*}}) = (0) to (64) step (4)
// CHECK: linalg.reduce
// CHECK: linalg.generic
func.func @centre(%x: tensor<64x512xf32>, %out: tensor<64x512xf32>) -> tensor<64x512xf32> attributes {tenon.kernel} {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<64xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<64xf32>) -> tensor<64xf32>
  %s = linalg.reduce ins(%x : tensor<64x512xf32>) outs(%f : tensor<64xf32>) dimensions = [1]
    (%in: f32, %acc: f32) {
      %t = arith.addf %acc, %in : f32
      linalg.yield %t : f32
    }
  %r = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (i, j)>],
                       iterator_types = ["parallel", "parallel"]}
      ins(%x, %s : tensor<64x512xf32>, tensor<64xf32>) outs(%out : tensor<64x512xf32>) {
  ^bb0(%in: f32, %sum: f32, %o: f32):
    %d = arith.subf %in, %sum : f32
    linalg.yield %d : f32
  } -> tensor<64x512xf32>
  return %r : tensor<64x512xf32>
}

// -----

// Four elements to each of 128 threads.
// CHECK-LABEL: @elementwise
// CHECK: scf.forall (%{{.*}}, %{{.*}}) = (0, 0) to (64, 1024) step (1, 512)
func.func @elementwise(%x: tensor<64x1024xf32>, %out: tensor<64x1024xf32>) -> tensor<64x1024xf32> attributes {tenon.kernel} {
  %r = linalg.exp ins(%x : tensor<64x1024xf32>) outs(%out : tensor<64x1024xf32>) -> tensor<64x1024xf32>
  return %r : tensor<64x1024xf32>
}

// -----

// Small enough for one block, and no kernel: left alone.
// CHECK-LABEL: @small
// CHECK-NOT: scf.forall
func.func @small(%x: tensor<4x8xf32>, %out: tensor<4x8xf32>) -> tensor<4x8xf32> attributes {tenon.kernel} {
  %r = linalg.exp ins(%x : tensor<4x8xf32>) outs(%out : tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// CHECK-LABEL: @host
// CHECK-NOT: scf.forall
func.func @host(%x: tensor<64x1024xf32>, %out: tensor<64x1024xf32>) -> tensor<64x1024xf32> {
  %r = linalg.exp ins(%x : tensor<64x1024xf32>) outs(%out : tensor<64x1024xf32>) -> tensor<64x1024xf32>
  return %r : tensor<64x1024xf32>
}
