// A kernel whose temporary has a size that data decides is none for a GPU: the CPU runs it, and a note says so.
// RUN: tenon-run %s --target emulated-cuda --inputs %p/Inputs/refused-kernel.inputs.safetensors \
// RUN:   --expect %p/Inputs/refused-kernel.expected.safetensors --rtol 1e-5 2>&1 | FileCheck %s
// CHECK: note: kernel squares runs on the CPU: it cannot be lowered: the size of a temporary has no bound
// CHECK-NOT: note:
//
// With memory of its own (and neither a GPU nor NVIDIA's library of functions) operands go to the CPU and results back.
// RUN: env LD_LIBRARY_PATH=%build_root/test/stub CUDA_HOME=%t/nowhere tenon-run %s --target cuda --chip sm_80 \
// RUN:   --inputs %p/Inputs/refused-kernel.inputs.safetensors \
// RUN:   --expect %p/Inputs/refused-kernel.expected.safetensors --rtol 1e-5 2>&1 | FileCheck %s --check-prefix=COPIED
// COPIED-DAG: note: kernel squares runs on the CPU: it cannot be lowered: the size of a temporary has no bound
// COPIED-DAG: note: kernel {{cosine.*}} runs on the CPU: 'cosf' on a GPU needs libdevice
//
// Compiled ahead of time the library has code for both.
// RUN: rm -rf %t.so && env CUDA_HOME=%t/nowhere tenon-compile %s --target nvptx --emit so -o %t.so 2>&1 \
// RUN:   | FileCheck %s --check-prefix=COPIED
// RUN: env LD_LIBRARY_PATH=%build_root/test/stub tenon-run %t.so --target cuda --chip sm_80 \
// RUN:   --inputs %p/Inputs/refused-kernel.inputs.safetensors \
// RUN:   --expect %p/Inputs/refused-kernel.expected.safetensors --rtol 1e-5
// UNSUPPORTED: gpu-target
// Made by make_fallback.py.

func.func @step(%x: tensor<16xf32> {tenon.name = "x"}, %n: tensor<1xi64> {tenon.name = "n"})
    -> (tensor<1xf32> {tenon.name = "y"}) {
  %0 = tenon.launch @squares(%x, %n) : (tensor<16xf32>, tensor<1xi64>) -> tensor<1xf32>
  %1 = tenon.launch @cosine(%0) : (tensor<1xf32>) -> tensor<1xf32>
  return %1 : tensor<1xf32>
}
// The sum of the squares of x[i] * sum(x), i < n.
func.func private @squares(%x: tensor<16xf32>, %n: tensor<1xi64>, %out: tensor<1xf32>) -> tensor<1xf32>
    attributes {tenon.kernel} {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %long = tensor.extract %n[%c0] : tensor<1xi64>
  %count = arith.index_cast %long : i64 to index
  %empty = tensor.empty(%count) : tensor<?xf32>
  %start = linalg.fill ins(%zero : f32) outs(%empty : tensor<?xf32>) -> tensor<?xf32>
  %part = tensor.extract_slice %x[0] [%count] [1] : tensor<16xf32> to tensor<?xf32>
  %products = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0)>, affine_map<(d0, d1) -> (d1)>,
      affine_map<(d0, d1) -> (d0)>], iterator_types = ["parallel", "reduction"]}
      ins(%part, %x : tensor<?xf32>, tensor<16xf32>) outs(%start : tensor<?xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %m, %o : f32
    linalg.yield %s : f32
  } -> tensor<?xf32>
  %first = linalg.fill ins(%zero : f32) outs(%out : tensor<1xf32>) -> tensor<1xf32>
  %sum = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0)>],
      iterator_types = ["parallel", "reduction"]} ins(%products : tensor<?xf32>) outs(%first : tensor<1xf32>) {
  ^bb0(%a: f32, %o: f32):
    %m = arith.mulf %a, %a : f32
    %s = arith.addf %m, %o : f32
    linalg.yield %s : f32
  } -> tensor<1xf32>
  return %sum : tensor<1xf32>
}
func.func private @cosine(%x: tensor<1xf32>, %out: tensor<1xf32>) -> tensor<1xf32> attributes {tenon.kernel} {
  %y = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1xf32>) outs(%out : tensor<1xf32>) {
  ^bb0(%a: f32, %o: f32):
    %c = math.cos %a : f32
    linalg.yield %c : f32
  } -> tensor<1xf32>
  return %y : tensor<1xf32>
}
