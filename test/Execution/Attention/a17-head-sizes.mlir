// A17: any head size, the scale its own.
// RUN: tenon-run %s --inputs %p/Inputs/a17-head-sizes.inputs.safetensors \
// RUN:   --expect %p/Inputs/a17-head-sizes.expected.safetensors --rtol 0.0001 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x2x3x1xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<1x2x5x1xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<1x2x5x1xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<1x2x3x8xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<1x2x5x8xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<1x2x5x8xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<1x2x3x40xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<1x2x5x40xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<1x2x5x40xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<1x2x3x80xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<1x2x5x80xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<1x2x5x80xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<1x2x3x160xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<1x2x5x160xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<1x2x5x160xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<1x2x3x256xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<1x2x5x256xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<1x2x5x256xf32> {tenon.name = "x17", tenon.dtype = "float32"})
    -> (
    tensor<1x2x3x1xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x2x3x8xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x2x3x40xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x2x3x80xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x2x3x160xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x2x3x256xf32> {tenon.name = "y5", tenon.dtype = "float32"}) {
  %y0 = tenon.attention %x0, %x1, %x2 {num_heads = 2, num_kv_heads = 2} : (tensor<1x2x3x1xf32>, tensor<1x2x5x1xf32>, tensor<1x2x5x1xf32>) -> tensor<1x2x3x1xf32>
  %y1 = tenon.attention %x3, %x4, %x5 {num_heads = 2, num_kv_heads = 2} : (tensor<1x2x3x8xf32>, tensor<1x2x5x8xf32>, tensor<1x2x5x8xf32>) -> tensor<1x2x3x8xf32>
  %y2 = tenon.attention %x6, %x7, %x8 {num_heads = 2, num_kv_heads = 2} : (tensor<1x2x3x40xf32>, tensor<1x2x5x40xf32>, tensor<1x2x5x40xf32>) -> tensor<1x2x3x40xf32>
  %y3 = tenon.attention %x9, %x10, %x11 {num_heads = 2, num_kv_heads = 2} : (tensor<1x2x3x80xf32>, tensor<1x2x5x80xf32>, tensor<1x2x5x80xf32>) -> tensor<1x2x3x80xf32>
  %y4 = tenon.attention %x12, %x13, %x14 {num_heads = 2, num_kv_heads = 2} : (tensor<1x2x3x160xf32>, tensor<1x2x5x160xf32>, tensor<1x2x5x160xf32>) -> tensor<1x2x3x160xf32>
  %y5 = tenon.attention %x15, %x16, %x17 {num_heads = 2, num_kv_heads = 2} : (tensor<1x2x3x256xf32>, tensor<1x2x5x256xf32>, tensor<1x2x5x256xf32>) -> tensor<1x2x3x256xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5 : tensor<1x2x3x1xf32>, tensor<1x2x3x8xf32>, tensor<1x2x3x40xf32>, tensor<1x2x3x80xf32>, tensor<1x2x3x160xf32>, tensor<1x2x3x256xf32>
}
