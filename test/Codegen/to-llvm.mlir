// RUN: tenon-opt %s --tenon-to-llvm | FileCheck %s

// A whole kernel: tiles, memory, loops, the entry point with its arguments in
// one array, and how many parts there are.
// CHECK: llvm.func internal @kernel.body({{.*}}tenon.extent = 32 : i64
// CHECK-NOT: {{linalg|scf|memref|tensor|arith}}.
// CHECK-NOT: llvm.call @malloc
func.func @kernel(%x: tensor<1024x1024xf32>, %out: tensor<1024x1024xf32>) -> tensor<1024x1024xf32> attributes {tenon.kernel} {
  %y = linalg.exp ins(%x : tensor<1024x1024xf32>) outs(%out : tensor<1024x1024xf32>) -> tensor<1024x1024xf32>
  return %y : tensor<1024x1024xf32>
}
