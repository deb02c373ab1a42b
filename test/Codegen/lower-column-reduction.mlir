// RUN: tenon-opt %s --tenon-lower-column-reduction="vector-bytes=64 registers=32" --split-input-file | FileCheck %s --check-prefixes=CHECK,WIDE
// RUN: tenon-opt %s --tenon-lower-column-reduction --split-input-file | FileCheck %s --check-prefixes=CHECK,NARROW

#rows = affine_map<(i, j) -> (i, j)>
#columns = affine_map<(i, j) -> (j)>

// The sums of columns stay in registers, four vectors of 16 numbers or two of 8 at a time.
// CHECK-LABEL: @sums
// CHECK-SAME: %[[X:[^:]*]]: memref<7x64xf32>, %[[SUM:[^:]*]]: memref<64xf32>
// WIDE: scf.for %[[J:.*]] = %{{.*}} to %{{.*}} step %{{.*}} {
// WIDE: %[[BEGIN:.*]] = vector.load %[[SUM]][%[[J]]] : memref<64xf32>, vector<64xf32>
// WIDE: %[[END:.*]] = scf.for %[[I:.*]] = %{{.*}} to %{{.*}} step %{{.*}} iter_args(%[[NOW:.*]] = %[[BEGIN]]) -> (vector<64xf32>) {
// WIDE: %[[ROW:.*]] = vector.load %[[X]][%[[I]], %[[J]]] : memref<7x64xf32>, vector<64xf32>
// WIDE-NEXT: %[[NEXT:.*]] = arith.addf %[[NOW]], %[[ROW]] : vector<64xf32>
// WIDE-NEXT: scf.yield %[[NEXT]]
// WIDE: vector.store %[[END]], %[[SUM]][%[[J]]]
// NARROW: vector.load {{.*}} vector<16xf32>
// NARROW: iter_args({{.*}}) -> (vector<16xf32>)
func.func @sums(%x: memref<7x64xf32>, %sum: memref<64xf32>) {
  linalg.generic {indexing_maps = [#rows, #columns], iterator_types = ["reduction", "parallel"]}
      ins(%x : memref<7x64xf32>) outs(%sum : memref<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = arith.addf %out, %in : f32
    linalg.yield %s : f32
  }
  return
}

// -----

#rows = affine_map<(i, j) -> (i, j)>
#columns = affine_map<(i, j) -> (j)>
#all = affine_map<(i, j) -> (0)>

// What is not reduced is stored in each step; places and numbers that are the same for all columns take part. 48 columns are vectors, too.
// CHECK-LABEL: @stored
// CHECK-SAME: %[[S:[^:]*]]: memref<1xf32>, %[[X:[^:]*]]: memref<7x48xf32>
// WIDE: iter_args({{.*}}) -> (vector<16xf32>)
// WIDE: %[[ROW:.*]] = vector.load %[[X]]
// WIDE: %[[WIDE_J:.*]] = arith.addi %{{.*}}, %{{.*}} : vector<16xindex>
// WIDE: %[[SEEN:.*]] = arith.cmpi slt, %[[WIDE_J]], %{{.*}} : vector<16xindex>
// WIDE: %[[CHOSEN:.*]] = arith.select %[[SEEN]], %[[ROW]], %{{.*}} : vector<16xi1>, vector<16xf32>
// WIDE: vector.store %[[CHOSEN]], %[[X]]
// WIDE: scf.yield
func.func @stored(%s: memref<1xf32>, %x: memref<7x48xf32>, %most: memref<48xf32>) {
  linalg.generic {indexing_maps = [#all, #rows, #columns], iterator_types = ["reduction", "parallel"]}
      ins(%s : memref<1xf32>) outs(%x, %most : memref<7x48xf32>, memref<48xf32>) {
  ^bb0(%in: f32, %out: f32, %so: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %seen = arith.cmpi slt, %j, %i : index
    %c = arith.select %seen, %out, %in : f32
    %m = arith.maximumf %so, %c : f32
    linalg.yield %c, %m : f32, f32
  }
  return
}

// -----

#rows = affine_map<(i, j) -> (i, j)>
#columns = affine_map<(i, j) -> (j)>
#lines = affine_map<(i, j) -> (i)>

// Columns that are no whole vectors, sums of rows, what is not reduced, dynamic sizes, rows that do not lie one number after the other
// and booleans stay.
// CHECK-LABEL: @others
// CHECK-COUNT-6: linalg.generic
func.func @others(%odd: memref<7x20xf32>, %sum: memref<20xf32>, %x: memref<7x64xf32>, %line: memref<7xf32>, %dynamic: memref<?x64xf32>,
                  %column: memref<64xf32>, %far: memref<7x64xf32, strided<[128, 2]>>, %b: memref<7x64xi1>, %any: memref<64xi1>) {
  linalg.generic {indexing_maps = [#rows, #columns], iterator_types = ["reduction", "parallel"]}
      ins(%odd : memref<7x20xf32>) outs(%sum : memref<20xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = arith.addf %out, %in : f32
    linalg.yield %s : f32
  }
  linalg.generic {indexing_maps = [#rows, #lines], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<7x64xf32>) outs(%line : memref<7xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = arith.addf %out, %in : f32
    linalg.yield %s : f32
  }
  linalg.generic {indexing_maps = [#columns, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%column : memref<64xf32>) outs(%x : memref<7x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = arith.addf %out, %in : f32
    linalg.yield %s : f32
  }
  linalg.generic {indexing_maps = [#rows, #columns], iterator_types = ["reduction", "parallel"]}
      ins(%dynamic : memref<?x64xf32>) outs(%column : memref<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = arith.addf %out, %in : f32
    linalg.yield %s : f32
  }
  linalg.generic {indexing_maps = [#rows, #columns], iterator_types = ["reduction", "parallel"]}
      ins(%far : memref<7x64xf32, strided<[128, 2]>>) outs(%column : memref<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = arith.addf %out, %in : f32
    linalg.yield %s : f32
  }
  linalg.generic {indexing_maps = [#rows, #columns], iterator_types = ["reduction", "parallel"]}
      ins(%b : memref<7x64xi1>) outs(%any : memref<64xi1>) {
  ^bb0(%in: i1, %out: i1):
    %s = arith.ori %out, %in : i1
    linalg.yield %s : i1
  }
  return
}
