// H1: no queries give an empty result, no keys give zeros.
// RUN: tenon-run %s --inputs %p/Inputs/h1-no-element.inputs.safetensors \
// RUN:   --expect %p/Inputs/h1-no-element.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x2x0x4xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x1x3x4xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x1x3x4xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x2x3x4xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<2x1x0x4xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<2x1x0x4xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<2x3x8xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<2x0x8xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<2x0x8xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<2x2x0x4xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<2x2x0x4xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<0x2x3x4xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<0x1x3x4xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<0x1x3x4xf32> {tenon.name = "x13", tenon.dtype = "float32"})
    -> (
    tensor<2x2x0x4xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x2x3x0xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x3x8xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<0x2x3x4xf32> {tenon.name = "y4", tenon.dtype = "float32"}) {
  %y0 = tenon.attention %x0, %x1, %x2 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal bottom_right>} : (tensor<2x2x0x4xf32>, tensor<2x1x3x4xf32>, tensor<2x1x3x4xf32>) -> tensor<2x2x0x4xf32>
  %y1, %y2 = tenon.attention %x3, %x4, %x5 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal bottom_right>, scores = #tenon<scores probabilities>} : (tensor<2x2x3x4xf32>, tensor<2x1x0x4xf32>, tensor<2x1x0x4xf32>) -> (tensor<2x2x3x4xf32>, tensor<2x2x3x0xf32>)
  %y3 = tenon.attention %x6, %x7, %x8 past %x9, %x10 {num_heads = 2, num_kv_heads = 2} : (tensor<2x3x8xf32>, tensor<2x0x8xf32>, tensor<2x0x8xf32>, tensor<2x2x0x4xf32>, tensor<2x2x0x4xf32>) -> tensor<2x3x8xf32>
  %y4 = tenon.attention %x11, %x12, %x13 {num_heads = 2, num_kv_heads = 1} : (tensor<0x2x3x4xf32>, tensor<0x1x3x4xf32>, tensor<0x1x3x4xf32>) -> tensor<0x2x3x4xf32>
  return %y0, %y1, %y2, %y3, %y4 : tensor<2x2x0x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x0xf32>, tensor<2x3x8xf32>, tensor<0x2x3x4xf32>
}
