// RUN: tenon-opt %s --tenon-tile-for-blocks --cse --canonicalize --cse | FileCheck %s

// A row as long as this is a block's, and what lies between its ops a temporary of the block, not in the result.
// CHECK-LABEL: @long_rows
// CHECK: scf.forall (%{{.*}}) in (64) shared_outs(%[[OUT:.*]] = %{{.*}})
// CHECK: linalg.exp ins({{.*}}) outs(%[[BETWEEN:.*]] : tensor<1x2048xf32>)
// CHECK-NOT: linalg.exp
// CHECK: linalg.reduce
// CHECK: %[[RESULT:.*]] = tensor.extract_slice %[[OUT]]
// CHECK: linalg.generic {{.*}} outs(%[[RESULT]] : tensor<1x2048xf32>)
func.func @long_rows(%x: tensor<64x2048xf32>, %out: tensor<64x2048xf32>) -> tensor<64x2048xf32> attributes {tenon.kernel} {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<64xf32>
  %b = tensor.empty() : tensor<64x2048xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<64xf32>) -> tensor<64xf32>
  %exp = linalg.exp ins(%x : tensor<64x2048xf32>) outs(%b : tensor<64x2048xf32>) -> tensor<64x2048xf32>
  %s = linalg.reduce ins(%exp : tensor<64x2048xf32>) outs(%f : tensor<64xf32>) dimensions = [1]
    (%in: f32, %acc: f32) {
      %t = arith.addf %acc, %in : f32
      linalg.yield %t : f32
    }
  %r = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (i, j)>],
                       iterator_types = ["parallel", "parallel"]}
      ins(%exp, %s : tensor<64x2048xf32>, tensor<64xf32>) outs(%out : tensor<64x2048xf32>) {
  ^bb0(%in: f32, %sum: f32, %o: f32):
    %d = arith.divf %in, %sum : f32
    linalg.yield %d : f32
  } -> tensor<64x2048xf32>
  return %r : tensor<64x2048xf32>
}
