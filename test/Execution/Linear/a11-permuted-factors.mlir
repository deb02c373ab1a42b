// A11: rows of W permuted go with rows of B, columns of W with columns of A; square, so that no shape tells.
// RUN: tenon-run %s --inputs %p/Inputs/a11-permuted-factors.inputs.safetensors \
// RUN:   --expect %p/Inputs/a11-permuted-factors.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x3x16xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<16x16xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<4x16xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<16x4xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<f32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<16xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<2x3x16xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<16x16xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<4x16xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<16x4xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<f32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<16xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<2x3x16xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<16x16xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<4x16xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<16x4xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<f32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<16xf32> {tenon.name = "x17", tenon.dtype = "float32"},
    %x18: tensor<2x3x16xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<16x16xf32> {tenon.name = "x19", tenon.dtype = "float32"},
    %x20: tensor<4x16xf32> {tenon.name = "x20", tenon.dtype = "float32"},
    %x21: tensor<16x4xf32> {tenon.name = "x21", tenon.dtype = "float32"},
    %x22: tensor<f32> {tenon.name = "x22", tenon.dtype = "float32"},
    %x23: tensor<16xf32> {tenon.name = "x23", tenon.dtype = "float32"})
    -> (
    tensor<2x3x16xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x3x16xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x3x16xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x3x16xf32> {tenon.name = "y3", tenon.dtype = "float32"}) {
  %y0 = tenon.lora %x0, %x1, %x2, %x3, %x4, %x5 : (tensor<2x3x16xf32>, tensor<16x16xf32>, tensor<4x16xf32>, tensor<16x4xf32>, tensor<f32>, tensor<16xf32>) -> tensor<2x3x16xf32>
  %y1 = tenon.lora %x6, %x7, %x8, %x9, %x10, %x11 : (tensor<2x3x16xf32>, tensor<16x16xf32>, tensor<4x16xf32>, tensor<16x4xf32>, tensor<f32>, tensor<16xf32>) -> tensor<2x3x16xf32>
  %y2 = tenon.lora %x12, %x13, %x14, %x15, %x16, %x17 : (tensor<2x3x16xf32>, tensor<16x16xf32>, tensor<4x16xf32>, tensor<16x4xf32>, tensor<f32>, tensor<16xf32>) -> tensor<2x3x16xf32>
  %y3 = tenon.lora %x18, %x19, %x20, %x21, %x22, %x23 : (tensor<2x3x16xf32>, tensor<16x16xf32>, tensor<4x16xf32>, tensor<16x4xf32>, tensor<f32>, tensor<16xf32>) -> tensor<2x3x16xf32>
  return %y0, %y1, %y2, %y3 : tensor<2x3x16xf32>, tensor<2x3x16xf32>, tensor<2x3x16xf32>, tensor<2x3x16xf32>
}
