// RUN: tenon-opt %s --tenon-form-kernels --split-input-file | FileCheck %s

#id = affine_map<(i, j) -> (i, j)>

// What passes over the sums of a product joins it; constants and zeros are made
// in the kernel, reshapes stay with the host.
// CHECK-LABEL: func.func @epilogue(
// CHECK: %[[Y:.*]] = tenon.launch @contract_{{.*}}(%{{.*}}, %{{.*}}) : (tensor<4x8xf32>, tensor<8x16xf32>) -> tensor<4x16xf32>
// CHECK-NEXT: %[[R:.*]] = tenon.reshape %[[Y]]
// CHECK-NEXT: return %[[R]]
// CHECK: func.func private @contract_{{.*}}(%{{.*}}: tensor<4x8xf32>, %{{.*}}: tensor<8x16xf32>, %[[OUT:.*]]: tensor<4x16xf32>)
// CHECK: linalg.fill
// CHECK: linalg.matmul
// CHECK: linalg.generic
func.func @epilogue(%x: tensor<4x8xf32>, %w: tensor<8x16xf32>) -> tensor<64xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4x16xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<4x16xf32>) -> tensor<4x16xf32>
  %m = linalg.matmul ins(%x, %w : tensor<4x8xf32>, tensor<8x16xf32>) outs(%f : tensor<4x16xf32>) -> tensor<4x16xf32>
  %y = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%m : tensor<4x16xf32>) outs(%e : tensor<4x16xf32>) {
  ^bb0(%a: f32, %o: f32):
    %n = arith.negf %a : f32
    linalg.yield %n : f32
  } -> tensor<4x16xf32>
  %r = tenon.reshape %y : tensor<4x16xf32> to tensor<64xf32>
  return %r : tensor<64xf32>
}

// -----

#id = affine_map<(i, j) -> (i, j)>

// A loop over tiles takes what passes over its own result, and no second
// computation: the other is a kernel of its own.
// CHECK-LABEL: func.func @tiles(
// CHECK-DAG: %[[ONE:.*]] = tenon.launch @tiles_[[ALONE:.*]](%[[X:.*]]) : (tensor<4x16xf32>) -> tensor<4x16xf32>
// CHECK-DAG: tenon.launch @{{.*}}({{.*}}) : (tensor<4x16xf32>, tensor<4x16xf32>) -> tensor<4x16xf32>
// CHECK: return
// CHECK-COUNT-2: func.func private
// CHECK-NOT: func.func private
func.func @tiles(%x: tensor<4x16xf32>, %z: tensor<4x16xf32>) -> tensor<4x16xf32> {
  %e = tensor.empty() : tensor<4x16xf32>
  %a = scf.forall (%i) in (4) shared_outs(%o = %e) -> tensor<4x16xf32> {
    %p = tensor.extract_slice %x[%i, 0] [1, 16] [1, 1] : tensor<4x16xf32> to tensor<1x16xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %p into %o[%i, 0] [1, 16] [1, 1] : tensor<1x16xf32> into tensor<4x16xf32>
    }
  }
  %b = scf.forall (%i) in (4) shared_outs(%o = %e) -> tensor<4x16xf32> {
    %p = tensor.extract_slice %z[%i, 0] [1, 16] [1, 1] : tensor<4x16xf32> to tensor<1x16xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %p into %o[%i, 0] [1, 16] [1, 1] : tensor<1x16xf32> into tensor<4x16xf32>
    }
  }
  %y = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%a, %b : tensor<4x16xf32>, tensor<4x16xf32>) outs(%e : tensor<4x16xf32>) {
  ^bb0(%c: f32, %d: f32, %o: f32):
    %n = arith.addf %c, %d : f32
    linalg.yield %n : f32
  } -> tensor<4x16xf32>
  return %y : tensor<4x16xf32>
}

// -----

// A vector has no place in the host's memory: what makes it and all that uses
// it are one kernel, be it as cheap as a sign.
// CHECK-LABEL: func.func @vectors(
// CHECK-NEXT: %[[Y:.*]] = tenon.launch @{{.*}}(%{{.*}}) : (tensor<4x8xf32>) -> tensor<8xf32>
// CHECK-NEXT: return %[[Y]]
// CHECK: func.func private
// CHECK: scf.for
// CHECK: arith.negf
// CHECK: vector.transfer_write
// CHECK-NOT: func.func private
func.func @vectors(%x: tensor<4x8xf32>) -> tensor<8xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %zero = arith.constant 0.0 : f32
  %zeros = arith.constant dense<0.0> : vector<8xf32>
  %sum = scf.for %i = %c0 to %c4 step %c1 iter_args(%s = %zeros) -> vector<8xf32> {
    %row = vector.transfer_read %x[%i, %c0], %zero {in_bounds = [true]} : tensor<4x8xf32>, vector<8xf32>
    %next = arith.addf %s, %row : vector<8xf32>
    scf.yield %next : vector<8xf32>
  }
  %negative = arith.negf %sum : vector<8xf32>
  %empty = tensor.empty() : tensor<8xf32>
  %y = vector.transfer_write %negative, %empty[%c0] {in_bounds = [true]} : vector<8xf32>, tensor<8xf32>
  return %y : tensor<8xf32>
}

// -----

// What is put into an argument marked as updated goes into its memory; where the
// old value is read too, or the mark is missing, it does not.
// CHECK-LABEL: func.func @updates(
// CHECK-SAME: %[[C:[^:]*]]: tensor<4x8xf32> {tenon.updated}
// CHECK: tenon.launch @[[IN_PLACE:[^(]*]](%{{.*}}, %[[C]]) {in_place = array<i64: 1>}
// CHECK-COUNT-2: tenon.launch @{{[^(]*}}({{[^{]*}}) : (tensor<1x8xf32>
// CHECK: return
// CHECK: func.func private @[[IN_PLACE]](%{{.*}}, %{{[^:]*}}: tensor<4x8xf32>, %[[INTO:[^:]*]]: tensor<4x8xf32>)
// CHECK-NEXT: tensor.insert_slice %{{[^ ]*}} into %[[INTO]]
func.func @updates(%c: tensor<4x8xf32> {tenon.updated}, %d: tensor<4x8xf32> {tenon.updated}, %e: tensor<4x8xf32>,
                   %r: tensor<1x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>) {
  %0 = tensor.insert_slice %r into %c[1, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<4x8xf32>
  %1 = tensor.insert_slice %r into %d[2, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<4x8xf32>
  %2 = tensor.insert_slice %r into %e[2, 0] [1, 8] [1, 1] : tensor<1x8xf32> into tensor<4x8xf32>
  return %0, %1, %2, %d : tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>
}

// -----

// The branches of a switch have kernels of their own; the host reads the number that chooses.
// CHECK-LABEL: func.func @branches(
// CHECK: %[[N:.*]] = tenon.launch @{{[^(]*}}(%{{.*}}) : (tensor<i64>) -> tensor<i64>
// CHECK-NEXT: %[[E:.*]] = tensor.extract %[[N]][]
// CHECK-NEXT: %[[I:.*]] = arith.index_cast %[[E]]
// CHECK-NEXT: scf.index_switch %[[I]] -> tensor<8xf32>
// CHECK-NEXT: case 0 {
// CHECK-NEXT: tenon.launch
// CHECK-NEXT: scf.yield
// CHECK: default {
// CHECK-NEXT: tenon.launch
// CHECK-NEXT: scf.yield
// CHECK: tenon.launch
// CHECK-NEXT: return
#scalar = affine_map<() -> ()>
#row = affine_map<(i) -> (i)>
func.func @branches(%n: tensor<i64>, %x: tensor<8xf32>) -> tensor<8xf32> {
  %one = arith.constant 1 : i64
  %scalar = tensor.empty() : tensor<i64>
  %empty = tensor.empty() : tensor<8xf32>
  %next = linalg.generic {indexing_maps = [#scalar, #scalar], iterator_types = []} ins(%n : tensor<i64>) outs(%scalar : tensor<i64>) {
  ^bb0(%a: i64, %b: i64):
    %s = arith.addi %a, %one : i64
    linalg.yield %s : i64
  } -> tensor<i64>
  %number = tensor.extract %next[] : tensor<i64>
  %index = arith.index_cast %number : i64 to index
  %y = scf.index_switch %index -> tensor<8xf32>
  case 0 {
    %0 = linalg.generic {indexing_maps = [#row, #row], iterator_types = ["parallel"]} ins(%x : tensor<8xf32>) outs(%empty : tensor<8xf32>) {
    ^bb0(%a: f32, %b: f32):
      %s = math.exp %a : f32
      linalg.yield %s : f32
    } -> tensor<8xf32>
    scf.yield %0 : tensor<8xf32>
  }
  default {
    %0 = linalg.generic {indexing_maps = [#row, #row], iterator_types = ["parallel"]} ins(%x : tensor<8xf32>) outs(%empty : tensor<8xf32>) {
    ^bb0(%a: f32, %b: f32):
      %s = math.log %a : f32
      linalg.yield %s : f32
    } -> tensor<8xf32>
    scf.yield %0 : tensor<8xf32>
  }
  %z = linalg.generic {indexing_maps = [#row, #row], iterator_types = ["parallel"]} ins(%y : tensor<8xf32>) outs(%empty : tensor<8xf32>) {
  ^bb0(%a: f32, %b: f32):
    %s = arith.negf %a : f32
    linalg.yield %s : f32
  } -> tensor<8xf32>
  return %z : tensor<8xf32>
}

// -----

// Values that are the first numbers of their keys are read there: the slice is in attention's kernel. Others that an op of Tenon reads lie in memory.
// CHECK-LABEL: func.func @latents
// CHECK: tenon.launch @attention_{{[0-9a-f]+}}(%{{.*}}, %{{.*}})
// CHECK-NOT: tenon.launch
// CHECK: return
// CHECK-LABEL: func.func @other_columns
// CHECK: tenon.launch @extract_slice
// CHECK: tenon.launch @attention
// CHECK: func.func private @attention
// CHECK: tensor.extract_slice
// CHECK: tenon.attention
func.func @latents(%q: tensor<1x4x1x48xf16>, %k: tensor<1x1x9x48xf16>) -> tensor<1x4x1x32xf16> {
  %v = tensor.extract_slice %k[0, 0, 0, 0] [1, 1, 9, 32] [1, 1, 1, 1] : tensor<1x1x9x48xf16> to tensor<1x1x9x32xf16>
  %r = tenon.attention %q, %k, %v {num_heads = 4, num_kv_heads = 1} : (tensor<1x4x1x48xf16>, tensor<1x1x9x48xf16>, tensor<1x1x9x32xf16>) -> tensor<1x4x1x32xf16>
  return %r : tensor<1x4x1x32xf16>
}
func.func @other_columns(%q: tensor<1x4x1x48xf16>, %k: tensor<1x1x9x48xf16>) -> tensor<1x4x1x32xf16> {
  %v = tensor.extract_slice %k[0, 0, 0, 16] [1, 1, 9, 32] [1, 1, 1, 1] : tensor<1x1x9x48xf16> to tensor<1x1x9x32xf16>
  %r = tenon.attention %q, %k, %v {num_heads = 4, num_kv_heads = 1} : (tensor<1x4x1x48xf16>, tensor<1x1x9x48xf16>, tensor<1x1x9x32xf16>) -> tensor<1x4x1x32xf16>
  return %r : tensor<1x4x1x32xf16>
}
