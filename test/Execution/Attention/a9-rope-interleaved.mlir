// A9: both flavours of pairs; channels past rotary_dim pass unchanged.
// RUN: tenon-run %s --inputs %p/Inputs/a9-rope-interleaved.inputs.safetensors \
// RUN:   --expect %p/Inputs/a9-rope-interleaved.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<6x4xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<6x4xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x4xi64> {tenon.name = "x2", tenon.dtype = "int64"},
    %x3: tensor<2x3x4x8xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<2x4x4xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<2x4x4xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<2x3x4x8xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<2x4x24xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<2x4x4xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<2x4x4xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<2x4x24xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<6x2xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<6x2xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<2x4xi64> {tenon.name = "x13", tenon.dtype = "int64"},
    %x14: tensor<2x3x4x8xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<2x4x2xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<2x4x2xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<2x3x4x8xf32> {tenon.name = "x17", tenon.dtype = "float32"},
    %x18: tensor<2x4x24xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<2x4x2xf32> {tenon.name = "x19", tenon.dtype = "float32"},
    %x20: tensor<2x4x2xf32> {tenon.name = "x20", tenon.dtype = "float32"},
    %x21: tensor<2x4x24xf32> {tenon.name = "x21", tenon.dtype = "float32"})
    -> (
    tensor<2x3x4x8xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x3x4x8xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x4x24xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x4x24xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x3x4x8xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x3x4x8xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x4x24xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x4x24xf32> {tenon.name = "y7", tenon.dtype = "float32"}) {
  %y0 = tenon.rope %x3, %x0, %x1 positions %x2 {rotary_dim = 8, interleaved} : (tensor<2x3x4x8xf32>, tensor<6x4xf32>, tensor<6x4xf32>, tensor<2x4xi64>) -> tensor<2x3x4x8xf32>
  %y1 = tenon.rope %x6, %x4, %x5 {rotary_dim = 8, interleaved} : (tensor<2x3x4x8xf32>, tensor<2x4x4xf32>, tensor<2x4x4xf32>) -> tensor<2x3x4x8xf32>
  %y2 = tenon.rope %x7, %x0, %x1 positions %x2 {rotary_dim = 8, num_heads = 3, interleaved} : (tensor<2x4x24xf32>, tensor<6x4xf32>, tensor<6x4xf32>, tensor<2x4xi64>) -> tensor<2x4x24xf32>
  %y3 = tenon.rope %x10, %x8, %x9 {rotary_dim = 8, num_heads = 3, interleaved} : (tensor<2x4x24xf32>, tensor<2x4x4xf32>, tensor<2x4x4xf32>) -> tensor<2x4x24xf32>
  %y4 = tenon.rope %x14, %x11, %x12 positions %x13 {rotary_dim = 4, interleaved} : (tensor<2x3x4x8xf32>, tensor<6x2xf32>, tensor<6x2xf32>, tensor<2x4xi64>) -> tensor<2x3x4x8xf32>
  %y5 = tenon.rope %x17, %x15, %x16 {rotary_dim = 4, interleaved} : (tensor<2x3x4x8xf32>, tensor<2x4x2xf32>, tensor<2x4x2xf32>) -> tensor<2x3x4x8xf32>
  %y6 = tenon.rope %x18, %x11, %x12 positions %x13 {rotary_dim = 4, num_heads = 3, interleaved} : (tensor<2x4x24xf32>, tensor<6x2xf32>, tensor<6x2xf32>, tensor<2x4xi64>) -> tensor<2x4x24xf32>
  %y7 = tenon.rope %x21, %x19, %x20 {rotary_dim = 4, num_heads = 3, interleaved} : (tensor<2x4x24xf32>, tensor<2x4x2xf32>, tensor<2x4x2xf32>) -> tensor<2x4x24xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7 : tensor<2x3x4x8xf32>, tensor<2x3x4x8xf32>, tensor<2x4x24xf32>, tensor<2x4x24xf32>, tensor<2x3x4x8xf32>, tensor<2x3x4x8xf32>, tensor<2x4x24xf32>, tensor<2x4x24xf32>
}
