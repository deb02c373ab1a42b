// Factors of f32 rounded to tf32 as the hardware does it, by a layout that ldmatrix reads and one that it does not, tiles with
// edges. Without the option products are exact, which differs from the third digit on.
// RUN: tenon-run %s --tf32 --target emulated-cuda --inputs %p/Inputs/matmul-tf32.inputs.safetensors \
// RUN:   --expect %p/Inputs/matmul-tf32.expected.safetensors --rtol 1e-5 --atol 1e-5
// RUN: tenon-run %s --tf32 --target emulated-cuda:64 --inputs %p/Inputs/matmul-tf32.inputs.safetensors \
// RUN:   --expect %p/Inputs/matmul-tf32.expected.safetensors --rtol 1e-5 --atol 1e-5
// RUN: not tenon-run %s --target emulated-cuda --inputs %p/Inputs/matmul-tf32.inputs.safetensors \
// RUN:   --expect %p/Inputs/matmul-tf32.expected.safetensors --rtol 1e-5 --atol 1e-5
// RUN: not tenon-run %s --tf32 --random-inputs 1 2>&1 | FileCheck %s
// CHECK: error: tf32 is a GPU's: the target 'cpu' multiplies f32 exactly
// UNSUPPORTED: gpu-target
// Made by make_tf32.py.

func.func @step(%a: tensor<40x72xf32> {tenon.name = "a"}, %b: tensor<72x56xf32> {tenon.name = "b"},
                %w: tensor<48x72xf32> {tenon.name = "w"}, %c: tensor<2x20x33xf32> {tenon.name = "c"},
                %d: tensor<2x33x18xf32> {tenon.name = "d"})
    -> (tensor<40x56xf32> {tenon.name = "y0"}, tensor<40x48xf32> {tenon.name = "y1"}, tensor<2x20x18xf32> {tenon.name = "y2"}) {
  %y0 = tenon.matmul %a, %b : (tensor<40x72xf32>, tensor<72x56xf32>) -> tensor<40x56xf32>
  %y1 = tenon.matmul %a, %w transposed : (tensor<40x72xf32>, tensor<48x72xf32>) -> tensor<40x48xf32>
  %y2 = tenon.matmul %c, %d : (tensor<2x20x33xf32>, tensor<2x33x18xf32>) -> tensor<2x20x18xf32>
  return %y0, %y1, %y2 : tensor<40x56xf32>, tensor<40x48xf32>, tensor<2x20x18xf32>
}
