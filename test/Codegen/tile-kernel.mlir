// RUN: tenon-opt %s --tenon-tile-kernel --cse --canonicalize --split-input-file | FileCheck %s

// The last column loop is cut into equal pieces: 176 panels into 22 of 8, not
// into 29 of 6 and one of 2. The fill goes into the tile.
// CHECK-LABEL: @panels
// CHECK: scf.forall (%{{.*}}) = (0) to (176) step (8)
// CHECK: linalg.fill {{.*}} tensor<64x8x16xf32>
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<64x8x16xf32>)
func.func @panels(%x: tensor<64x1024xf32>, %w: tensor<176x1024x16xf32>, %out: tensor<64x176x16xf32>) -> tensor<64x176x16xf32> attributes {tenon.kernel} {
  %zero = arith.constant 0.0 : f32
  %filled = linalg.fill ins(%zero : f32) outs(%out : tensor<64x176x16xf32>) -> tensor<64x176x16xf32>
  %y = linalg.generic {
    indexing_maps = [affine_map<(r, p, l, k) -> (r, k)>, affine_map<(r, p, l, k) -> (p, k, l)>, affine_map<(r, p, l, k) -> (r, p, l)>],
    iterator_types = ["parallel", "parallel", "parallel", "reduction"]
  } ins(%x, %w : tensor<64x1024xf32>, tensor<176x1024x16xf32>) outs(%filled : tensor<64x176x16xf32>) {
  ^bb0(%a: f32, %b: f32, %sum: f32):
    %product = arith.mulf %a, %b : f32
    %next = arith.addf %sum, %product : f32
    linalg.yield %next : f32
  } -> tensor<64x176x16xf32>
  return %y : tensor<64x176x16xf32>
}

// -----

// 16 panels are cut into pieces that fill a register tile, four at a time, and
// the rows too, since four pieces are few.
// CHECK-LABEL: @few_panels
// CHECK: scf.forall (%{{.*}}, %{{.*}}) = (0, 0) to (300, 16) step (75, 4)
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<75x4x16xf32>)
func.func @few_panels(%x: tensor<300x2048xf32>, %w: tensor<16x2048x16xf32>, %out: tensor<300x16x16xf32>) -> tensor<300x16x16xf32> attributes {tenon.kernel} {
  %zero = arith.constant 0.0 : f32
  %filled = linalg.fill ins(%zero : f32) outs(%out : tensor<300x16x16xf32>) -> tensor<300x16x16xf32>
  %y = linalg.generic {
    indexing_maps = [affine_map<(r, p, l, k) -> (r, k)>, affine_map<(r, p, l, k) -> (p, k, l)>, affine_map<(r, p, l, k) -> (r, p, l)>],
    iterator_types = ["parallel", "parallel", "parallel", "reduction"]
  } ins(%x, %w : tensor<300x2048xf32>, tensor<16x2048x16xf32>) outs(%filled : tensor<300x16x16xf32>) {
  ^bb0(%a: f32, %b: f32, %sum: f32):
    %product = arith.mulf %a, %b : f32
    %next = arith.addf %sum, %product : f32
    linalg.yield %next : f32
  } -> tensor<300x16x16xf32>
  return %y : tensor<300x16x16xf32>
}

// -----

// A prime number of rows has no equal pieces: all are of one size but the last.
// CHECK-LABEL: @prime
// CHECK: scf.forall (%[[I:.*]]) = (0) to (4099) step (129)
// CHECK: affine.min
func.func @prime(%x: tensor<4099x512xf32>, %out: tensor<4099x512xf32>) -> tensor<4099x512xf32> attributes {tenon.kernel} {
  %y = linalg.generic {
    indexing_maps = [affine_map<(r, c) -> (r, c)>, affine_map<(r, c) -> (r, c)>],
    iterator_types = ["parallel", "parallel"]
  } ins(%x : tensor<4099x512xf32>) outs(%out : tensor<4099x512xf32>) {
  ^bb0(%a: f32, %o: f32):
    %b = arith.negf %a : f32
    linalg.yield %b : f32
  } -> tensor<4099x512xf32>
  return %y : tensor<4099x512xf32>
}

// -----

// Too small to pay for a second thread.
// CHECK-LABEL: @small
// CHECK-NOT: scf.forall
// CHECK: return
func.func @small(%x: tensor<16x16xf32>, %out: tensor<16x16xf32>) -> tensor<16x16xf32> attributes {tenon.kernel} {
  %y = linalg.generic {
    indexing_maps = [affine_map<(r, c) -> (r, c)>, affine_map<(r, c) -> (r, c)>],
    iterator_types = ["parallel", "parallel"]
  } ins(%x : tensor<16x16xf32>) outs(%out : tensor<16x16xf32>) {
  ^bb0(%a: f32, %o: f32):
    %b = arith.negf %a : f32
    linalg.yield %b : f32
  } -> tensor<16x16xf32>
  return %y : tensor<16x16xf32>
}

// -----

// Not a kernel.
// CHECK-LABEL: @other
// CHECK-NOT: scf.forall
// CHECK: return
func.func @other(%x: tensor<4096x512xf32>, %out: tensor<4096x512xf32>) -> tensor<4096x512xf32> {
  %y = linalg.exp ins(%x : tensor<4096x512xf32>) outs(%out : tensor<4096x512xf32>) -> tensor<4096x512xf32>
  return %y : tensor<4096x512xf32>
}

// -----

// What passes over the result of a loop over tiles goes into its tiles.
// CHECK-LABEL: @epilogue
// CHECK: scf.forall (%[[I:.*]]) in (4) shared_outs(%[[O:.*]] = %{{.*}})
// CHECK: %[[E:.*]] = linalg.exp {{.*}} tensor<16x64xf32>
// CHECK: %[[N:.*]] = linalg.generic {{.*}} ins(%[[E]] : tensor<16x64xf32>)
// CHECK: tensor.parallel_insert_slice %[[N]] into %[[O]]
func.func @epilogue(%x: tensor<64x64xf32>, %out: tensor<64x64xf32>) -> tensor<64x64xf32> attributes {tenon.kernel} {
  %empty = tensor.empty() : tensor<64x64xf32>
  %tiles = scf.forall (%i) in (4) shared_outs(%o = %empty) -> tensor<64x64xf32> {
    %row = affine.apply affine_map<(d0) -> (d0 * 16)>(%i)
    %part = tensor.extract_slice %x[%row, 0] [16, 64] [1, 1] : tensor<64x64xf32> to tensor<16x64xf32>
    %own = tensor.extract_slice %o[%row, 0] [16, 64] [1, 1] : tensor<64x64xf32> to tensor<16x64xf32>
    %e = linalg.exp ins(%part : tensor<16x64xf32>) outs(%own : tensor<16x64xf32>) -> tensor<16x64xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %e into %o[%row, 0] [16, 64] [1, 1] : tensor<16x64xf32> into tensor<64x64xf32>
    }
  }
  %y = linalg.generic {
    indexing_maps = [affine_map<(r, c) -> (r, c)>, affine_map<(r, c) -> (r, c)>],
    iterator_types = ["parallel", "parallel"]
  } ins(%tiles : tensor<64x64xf32>) outs(%out : tensor<64x64xf32>) {
  ^bb0(%a: f32, %o: f32):
    %b = arith.negf %a : f32
    linalg.yield %b : f32
  } -> tensor<64x64xf32>
  return %y : tensor<64x64xf32>
}

// -----

// The body itself takes the elements of an input that is walked backwards.
// CHECK-LABEL: @backwards(
// CHECK-SAME: %[[X:[^:]*]]: tensor<16x2x4096xf32>
// CHECK: scf.forall
// CHECK: linalg.generic {{.*}} outs(
// CHECK: tensor.extract %[[X]][
// CHECK: arith.negf
func.func @backwards(%x: tensor<16x2x4096xf32>, %out: tensor<16x2x4096xf32>) -> tensor<16x2x4096xf32> attributes {tenon.kernel} {
  %y = linalg.generic {
    indexing_maps = [affine_map<(h, i, c) -> (h, -i + 1, c)>, affine_map<(h, i, c) -> (h, i, c)>],
    iterator_types = ["parallel", "parallel", "parallel"]
  } ins(%x : tensor<16x2x4096xf32>) outs(%out : tensor<16x2x4096xf32>) {
  ^bb0(%a: f32, %o: f32):
    %n = arith.negf %a : f32
    linalg.yield %n : f32
  } -> tensor<16x2x4096xf32>
  return %y : tensor<16x2x4096xf32>
}

// -----

// Sums that are rounded to another type afterwards are cut as any: all rows of a
// large weight's panels at once, not a few rows of all panels.
// CHECK-LABEL: @rounded
// CHECK: scf.forall (%[[P:.*]]) = (0) to (128) step (4)
// CHECK: tensor.extract_slice %{{.*}}[%[[P]], 0, 0] [4, 8192, 16]
func.func @rounded(%x: tensor<64x8192xf32>, %w: tensor<128x8192x16xbf16>, %out: tensor<64x128x16xbf16>) -> tensor<64x128x16xbf16> attributes {tenon.kernel} {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<64x128x16xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%empty : tensor<64x128x16xf32>) -> tensor<64x128x16xf32>
  %sums = linalg.generic {
    indexing_maps = [affine_map<(r, p, c, k) -> (r, k)>, affine_map<(r, p, c, k) -> (p, k, c)>, affine_map<(r, p, c, k) -> (r, p, c)>],
    iterator_types = ["parallel", "parallel", "parallel", "reduction"]
  } ins(%x, %w : tensor<64x8192xf32>, tensor<128x8192x16xbf16>) outs(%zeros : tensor<64x128x16xf32>) {
  ^bb0(%a: f32, %b: bf16, %s: f32):
    %e = arith.extf %b : bf16 to f32
    %p = arith.mulf %a, %e : f32
    %t = arith.addf %s, %p : f32
    linalg.yield %t : f32
  } -> tensor<64x128x16xf32>
  %y = linalg.generic {
    indexing_maps = [affine_map<(r, p, c) -> (r, p, c)>, affine_map<(r, p, c) -> (r, p, c)>],
    iterator_types = ["parallel", "parallel", "parallel"]
  } ins(%sums : tensor<64x128x16xf32>) outs(%out : tensor<64x128x16xbf16>) {
  ^bb0(%a: f32, %o: bf16):
    %t = arith.truncf %a : f32 to bf16
    linalg.yield %t : bf16
  } -> tensor<64x128x16xbf16>
  return %y : tensor<64x128x16xbf16>
}

// -----

// Sums of few products that are rounded next, 64 MB of them: tiles that
// registers hold.
// CHECK-LABEL: @thin
// CHECK: scf.forall (%{{.*}}, %{{.*}}) = (0, 0) to (512, 2048) step (1, 8)
// CHECK: linalg.fill {{.*}} tensor<1x8x16xf32>
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<1x8x16xf32>)
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<1x8x16xbf16>)
#x = affine_map<(p, k, l, r) -> (k, r)>
#w = affine_map<(p, k, l, r) -> (p, r, l)>
#y = affine_map<(p, k, l, r) -> (p, k, l)>
#i = affine_map<(p, k, l) -> (p, k, l)>
func.func @thin(%x: tensor<2048x16xf32>, %w: tensor<512x16x16xf32>, %out: tensor<512x2048x16xbf16>) -> tensor<512x2048x16xbf16> attributes {tenon.kernel} {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<512x2048x16xf32>
  %filled = linalg.fill ins(%zero : f32) outs(%empty : tensor<512x2048x16xf32>) -> tensor<512x2048x16xf32>
  %sums = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%x, %w : tensor<2048x16xf32>, tensor<512x16x16xf32>) outs(%filled : tensor<512x2048x16xf32>) {
  ^bb0(%a: f32, %b: f32, %sum: f32):
    %product = arith.mulf %a, %b : f32
    %next = arith.addf %sum, %product : f32
    linalg.yield %next : f32
  } -> tensor<512x2048x16xf32>
  %y = linalg.generic {indexing_maps = [#i, #i], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%sums : tensor<512x2048x16xf32>) outs(%out : tensor<512x2048x16xbf16>) {
  ^bb0(%a: f32, %o: bf16):
    %n = arith.truncf %a : f32 to bf16
    linalg.yield %n : bf16
  } -> tensor<512x2048x16xbf16>
  return %y : tensor<512x2048x16xbf16>
}

// -----

// Rows for less than a tile of them are cut as ever, into long columns.
// CHECK-LABEL: @few_rows
// CHECK: scf.forall (%{{.*}}) = (0) to (131072) step (4096)
#x = affine_map<(i, j, r) -> (i, r)>
#w = affine_map<(i, j, r) -> (r, j)>
#y = affine_map<(i, j, r) -> (i, j)>
#i = affine_map<(i, j) -> (i, j)>
func.func @few_rows(%x: tensor<1x16xf32>, %w: tensor<16x131072xf32>, %out: tensor<1x131072xbf16>) -> tensor<1x131072xbf16> attributes {tenon.kernel} {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<1x131072xf32>
  %filled = linalg.fill ins(%zero : f32) outs(%empty : tensor<1x131072xf32>) -> tensor<1x131072xf32>
  %sums = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %w : tensor<1x16xf32>, tensor<16x131072xf32>) outs(%filled : tensor<1x131072xf32>) {
  ^bb0(%a: f32, %b: f32, %sum: f32):
    %product = arith.mulf %a, %b : f32
    %next = arith.addf %sum, %product : f32
    linalg.yield %next : f32
  } -> tensor<1x131072xf32>
  %y = linalg.generic {indexing_maps = [#i, #i], iterator_types = ["parallel", "parallel"]}
      ins(%sums : tensor<1x131072xf32>) outs(%out : tensor<1x131072xbf16>) {
  ^bb0(%a: f32, %o: bf16):
    %n = arith.truncf %a : f32 to bf16
    linalg.yield %n : bf16
  } -> tensor<1x131072xbf16>
  return %y : tensor<1x131072xbf16>
}

// -----

// What is no temporary, since the result itself is f32, is cut as ever.
// CHECK-LABEL: @thin_in_place
// CHECK: scf.forall
// CHECK: linalg.fill {{.*}} tensor<128x256x16xf32>
#x = affine_map<(p, k, l, r) -> (k, r)>
#w = affine_map<(p, k, l, r) -> (p, r, l)>
#y = affine_map<(p, k, l, r) -> (p, k, l)>
#i = affine_map<(p, k, l) -> (p, k, l)>
func.func @thin_in_place(%x: tensor<2048x16xf32>, %w: tensor<512x16x16xf32>, %out: tensor<512x2048x16xf32>) -> tensor<512x2048x16xf32> attributes {tenon.kernel} {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<512x2048x16xf32>
  %filled = linalg.fill ins(%zero : f32) outs(%empty : tensor<512x2048x16xf32>) -> tensor<512x2048x16xf32>
  %sums = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%x, %w : tensor<2048x16xf32>, tensor<512x16x16xf32>) outs(%filled : tensor<512x2048x16xf32>) {
  ^bb0(%a: f32, %b: f32, %sum: f32):
    %product = arith.mulf %a, %b : f32
    %next = arith.addf %sum, %product : f32
    linalg.yield %next : f32
  } -> tensor<512x2048x16xf32>
  %y = linalg.generic {indexing_maps = [#i, #i], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%sums : tensor<512x2048x16xf32>) outs(%out : tensor<512x2048x16xf32>) {
  ^bb0(%a: f32, %o: f32):
    %n = arith.negf %a : f32
    linalg.yield %n : f32
  } -> tensor<512x2048x16xf32>
  return %y : tensor<512x2048x16xf32>
}
