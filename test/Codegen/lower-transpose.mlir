// RUN: tenon-opt %s --tenon-lower-transpose --split-input-file | FileCheck %s
// RUN: tenon-opt %s --tenon-lower-transpose=vector-bytes=64 --split-input-file | FileCheck %s --check-prefix=JOINED

// Squares of 8 x 8, two next to each other where the lines of the input are
// whole multiples. Without arithmetic nothing is gained by joining them.
// CHECK-LABEL: @whole
// CHECK: %[[WIDE:.*]] = arith.constant 16 : index
// CHECK: scf.for {{.*}} step %[[WIDE]]
// CHECK: scf.for
// CHECK-COUNT-8: vector.load %{{.*}} : memref<64x32xf32>, vector<8xf32>
// CHECK-COUNT-24: vector.shuffle
// CHECK-COUNT-8: vector.store %{{.*}} : memref<32x64xf32>, vector<8xf32>
// CHECK-COUNT-8: vector.load
// CHECK-NOT: linalg
// JOINED-LABEL: @whole
// JOINED-COUNT-24: vector.shuffle
// JOINED: vector.store %{{.*}} : memref<32x64xf32>, vector<8xf32>
func.func @whole(%x: memref<64x32xf32>, %y: memref<32x64xf32>) {
  linalg.generic {
    indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i, j)>],
    iterator_types = ["parallel", "parallel"]
  } ins(%x : memref<64x32xf32>) outs(%y : memref<32x64xf32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  }
  return
}

// -----

// Arithmetic with what lies as the result does, with one number for each row
// and with a constant; the loop over images stays around; what is left over
// goes element by element.
// CHECK-LABEL: @fused
// CHECK-COUNT-24: vector.shuffle
// CHECK: memref.load {{.*}} : memref<12xf32>
// CHECK: vector.broadcast
// CHECK: vector.load %{{.*}} : memref<2x12x10xf32>
// CHECK: arith.addf {{.*}} : vector<8xf32>
// CHECK: arith.mulf {{.*}} : vector<8xf32>
// CHECK: arith.maximumf {{.*}} : vector<8xf32>
// CHECK: vector.store
// CHECK: memref.store
// Ten columns are not twice as many as a register of 64 bytes has numbers.
// JOINED-LABEL: @fused
// JOINED: vector.store %{{.*}} : memref<2x12x10xf32>, vector<8xf32>
func.func @fused(%x: memref<2x10x12xf32>, %b: memref<12xf32>, %z: memref<2x12x10xf32>, %y: memref<2x12x10xf32>) {
  linalg.generic {
    indexing_maps = [affine_map<(n, i, j) -> (n, j, i)>, affine_map<(n, i, j) -> (i)>,
                     affine_map<(n, i, j) -> (n, i, j)>, affine_map<(n, i, j) -> (n, i, j)>],
    iterator_types = ["parallel", "parallel", "parallel"]
  } ins(%x, %b, %z : memref<2x10x12xf32>, memref<12xf32>, memref<2x12x10xf32>) outs(%y : memref<2x12x10xf32>) {
  ^bb0(%a: f32, %c: f32, %d: f32, %o: f32):
    %zero = arith.constant 0.0 : f32
    %s = arith.addf %a, %c : f32
    %p = arith.mulf %s, %d : f32
    %m = arith.maximumf %p, %zero : f32
    linalg.yield %m : f32
  }
  return
}

// -----

// Of an axis whose size is not known squares are not paired: nothing says that
// there is a second one.
// CHECK-LABEL: @dynamic
// CHECK: %[[SIDE:.*]] = arith.constant 8 : index
// CHECK: %[[REST:.*]] = arith.remui %{{.*}}, %{{.*}} : index
// CHECK: scf.for {{.*}} step %c8
// CHECK-COUNT-24: vector.shuffle
// CHECK-NOT: vector.shuffle
// CHECK: return
func.func @dynamic(%x: memref<24x?xf32>, %y: memref<?x24xf32>) {
  linalg.generic {
    indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i, j)>],
    iterator_types = ["parallel", "parallel"]
  } ins(%x : memref<24x?xf32>) outs(%y : memref<?x24xf32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  }
  return
}

// -----

// Elements of 16 bits, whose lines are four squares long, with sums of 32 bits
// that lie as the result does. Further lines are asked for.
// CHECK-LABEL: @half
// CHECK: %[[LINE:.*]] = arith.constant 32 : index
// CHECK: scf.for {{.*}} step %[[LINE]]
// CHECK: memref.prefetch {{.*}} : memref<16x64xbf16>
// CHECK: vector.load {{.*}} : memref<16x64xbf16>, vector<8xbf16>
// CHECK: arith.bitcast {{.*}} : vector<8xbf16> to vector<8xi16>
// CHECK: vector.shuffle {{.*}} [0, 8, 1, 9, 2, 10, 3, 11] : vector<8xi16>, vector<8xi16>
// CHECK: vector.shuffle {{.*}} [4, 12, 5, 13, 6, 14, 7, 15] : vector<8xi16>, vector<8xi16>
// CHECK-COUNT-22: vector.shuffle
// CHECK-COUNT-8: arith.bitcast {{.*}} : vector<8xi16> to vector<8xbf16>
// CHECK: vector.load {{.*}} : memref<64x16xf32>, vector<8xf32>
// CHECK: arith.extf {{.*}} : vector<8xbf16> to vector<8xf32>
// CHECK: arith.addf {{.*}} : vector<8xf32>
// CHECK: arith.truncf {{.*}} : vector<8xf32> to vector<8xbf16>
// CHECK: vector.store {{.*}} : memref<64x16xbf16>, vector<8xbf16>
// CHECK-NOT: linalg
// The columns of two squares make a vector of 64 bytes of f32.
// JOINED-LABEL: @half
// JOINED: %[[LANES:.*]] = arith.constant 16 : index
// JOINED: scf.for {{.*}} step %[[LANES]]
// JOINED-COUNT-48: vector.shuffle {{.*}} : vector<8xi16>, vector<8xi16>
// JOINED: vector.shuffle {{.*}} [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] : vector<8xbf16>, vector<8xbf16>
// JOINED: vector.load {{.*}} : memref<64x16xf32>, vector<16xf32>
// JOINED: arith.extf {{.*}} : vector<16xbf16> to vector<16xf32>
// JOINED: vector.store {{.*}} : memref<64x16xbf16>, vector<16xbf16>
func.func @half(%x: memref<16x64xbf16>, %s: memref<64x16xf32>, %y: memref<64x16xbf16>) {
  linalg.generic {
    indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
    iterator_types = ["parallel", "parallel"]
  } ins(%x, %s : memref<16x64xbf16>, memref<64x16xf32>) outs(%y : memref<64x16xbf16>) {
  ^bb0(%a: bf16, %b: f32, %o: bf16):
    %w = arith.extf %a : bf16 to f32
    %t = arith.addf %w, %b : f32
    %n = arith.truncf %t : f32 to bf16
    linalg.yield %n : bf16
  }
  return
}

// -----

// Not one: elements of 8 bits, an axis shorter than a square, other arithmetic,
// a sum, the result's own layout, two inputs of different layouts.
// CHECK-LABEL: @others
// CHECK-COUNT-6: linalg.generic
// CHECK-NOT: vector
func.func @others(%h: memref<16x16xi8>, %ho: memref<16x16xi8>, %s: memref<16x3xf32>, %so: memref<3x16xf32>,
                  %x: memref<16x16xf32>, %y: memref<16x16xf32>, %r: memref<16xf32>,
                  %c: memref<16x16x16xf32>, %d: memref<16x16x16xf32>, %e: memref<16x16x16xf32>) {
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%h : memref<16x16xi8>) outs(%ho : memref<16x16xi8>) {
  ^bb0(%a: i8, %o: i8):
    linalg.yield %a : i8
  }
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%s : memref<16x3xf32>) outs(%so : memref<3x16xf32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  }
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<16x16xf32>) outs(%y : memref<16x16xf32>) {
  ^bb0(%a: f32, %o: f32):
    %t = math.exp %a : f32
    linalg.yield %t : f32
  }
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i)>], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<16x16xf32>) outs(%r : memref<16xf32>) {
  ^bb0(%a: f32, %o: f32):
    %t = arith.addf %a, %o : f32
    linalg.yield %t : f32
  }
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<16x16xf32>) outs(%y : memref<16x16xf32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  }
  linalg.generic {
    indexing_maps = [affine_map<(i, j, k) -> (k, j, i)>, affine_map<(i, j, k) -> (i, k, j)>, affine_map<(i, j, k) -> (i, j, k)>],
    iterator_types = ["parallel", "parallel", "parallel"]
  } ins(%c, %d : memref<16x16x16xf32>, memref<16x16x16xf32>) outs(%e : memref<16x16x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %t = arith.addf %a, %b : f32
    linalg.yield %t : f32
  }
  return
}
