// Masks of every rank broadcast; one with fewer keys, but more than one, hides the rest.
// RUN: tenon-run %s --inputs %p/Inputs/mask-shapes.inputs.safetensors \
// RUN:   --expect %p/Inputs/mask-shapes.expected.safetensors --rtol 0.0001 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x2x3x4xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x2x5x4xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x2x5x4xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<5xi1> {tenon.name = "x3", tenon.dtype = "bool"},
    %x4: tensor<5xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<3x5xi1> {tenon.name = "x5", tenon.dtype = "bool"},
    %x6: tensor<3x5xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<2x3x5xi1> {tenon.name = "x7", tenon.dtype = "bool"},
    %x8: tensor<2x3x5xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<1x1x5xi1> {tenon.name = "x9", tenon.dtype = "bool"},
    %x10: tensor<1x1x5xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<2x1x1x5xi1> {tenon.name = "x11", tenon.dtype = "bool"},
    %x12: tensor<2x1x1x5xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<2x2x3x5xi1> {tenon.name = "x13", tenon.dtype = "bool"},
    %x14: tensor<2x2x3x5xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<2x1x3x3xi1> {tenon.name = "x15", tenon.dtype = "bool"},
    %x16: tensor<2x1x3x3xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<1x2xi1> {tenon.name = "x17", tenon.dtype = "bool"},
    %x18: tensor<1x2xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<2x1x3x1xi1> {tenon.name = "x19", tenon.dtype = "bool"},
    %x20: tensor<2x1x3x1xf32> {tenon.name = "x20", tenon.dtype = "float32"},
    %x21: tensor<2x4x3x4xf32> {tenon.name = "x21", tenon.dtype = "float32"},
    %x22: tensor<2x2x5x4xf32> {tenon.name = "x22", tenon.dtype = "float32"},
    %x23: tensor<2x2x5x4xf32> {tenon.name = "x23", tenon.dtype = "float32"},
    %x24: tensor<5xi1> {tenon.name = "x24", tenon.dtype = "bool"},
    %x25: tensor<5xf32> {tenon.name = "x25", tenon.dtype = "float32"},
    %x26: tensor<3x5xi1> {tenon.name = "x26", tenon.dtype = "bool"},
    %x27: tensor<3x5xf32> {tenon.name = "x27", tenon.dtype = "float32"},
    %x28: tensor<4x3x5xi1> {tenon.name = "x28", tenon.dtype = "bool"},
    %x29: tensor<4x3x5xf32> {tenon.name = "x29", tenon.dtype = "float32"},
    %x30: tensor<1x1x5xi1> {tenon.name = "x30", tenon.dtype = "bool"},
    %x31: tensor<1x1x5xf32> {tenon.name = "x31", tenon.dtype = "float32"},
    %x32: tensor<2x1x1x5xi1> {tenon.name = "x32", tenon.dtype = "bool"},
    %x33: tensor<2x1x1x5xf32> {tenon.name = "x33", tenon.dtype = "float32"},
    %x34: tensor<2x4x3x5xi1> {tenon.name = "x34", tenon.dtype = "bool"},
    %x35: tensor<2x4x3x5xf32> {tenon.name = "x35", tenon.dtype = "float32"},
    %x36: tensor<2x1x3x3xi1> {tenon.name = "x36", tenon.dtype = "bool"},
    %x37: tensor<2x1x3x3xf32> {tenon.name = "x37", tenon.dtype = "float32"},
    %x38: tensor<1x2xi1> {tenon.name = "x38", tenon.dtype = "bool"},
    %x39: tensor<1x2xf32> {tenon.name = "x39", tenon.dtype = "float32"},
    %x40: tensor<2x1x3x1xi1> {tenon.name = "x40", tenon.dtype = "bool"},
    %x41: tensor<2x1x3x1xf32> {tenon.name = "x41", tenon.dtype = "float32"})
    -> (
    tensor<2x2x3x4xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y17", tenon.dtype = "float32"},
    tensor<2x4x3x4xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<2x4x3x4xf32> {tenon.name = "y19", tenon.dtype = "float32"},
    tensor<2x4x3x4xf32> {tenon.name = "y20", tenon.dtype = "float32"},
    tensor<2x4x3x4xf32> {tenon.name = "y21", tenon.dtype = "float32"},
    tensor<2x4x3x4xf32> {tenon.name = "y22", tenon.dtype = "float32"},
    tensor<2x4x3x4xf32> {tenon.name = "y23", tenon.dtype = "float32"},
    tensor<2x4x3x4xf32> {tenon.name = "y24", tenon.dtype = "float32"},
    tensor<2x4x3x4xf32> {tenon.name = "y25", tenon.dtype = "float32"},
    tensor<2x4x3x4xf32> {tenon.name = "y26", tenon.dtype = "float32"},
    tensor<2x4x3x4xf32> {tenon.name = "y27", tenon.dtype = "float32"},
    tensor<2x4x3x4xf32> {tenon.name = "y28", tenon.dtype = "float32"},
    tensor<2x4x3x4xf32> {tenon.name = "y29", tenon.dtype = "float32"},
    tensor<2x4x3x4xf32> {tenon.name = "y30", tenon.dtype = "float32"},
    tensor<2x4x3x4xf32> {tenon.name = "y31", tenon.dtype = "float32"},
    tensor<2x4x3x4xf32> {tenon.name = "y32", tenon.dtype = "float32"},
    tensor<2x4x3x4xf32> {tenon.name = "y33", tenon.dtype = "float32"},
    tensor<2x4x3x4xf32> {tenon.name = "y34", tenon.dtype = "float32"},
    tensor<2x4x3x4xf32> {tenon.name = "y35", tenon.dtype = "float32"}) {
  %y0 = tenon.attention %x0, %x1, %x2 mask %x3 {num_heads = 2, num_kv_heads = 2} : (tensor<2x2x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<5xi1>) -> tensor<2x2x3x4xf32>
  %y1 = tenon.attention %x0, %x1, %x2 mask %x4 {num_heads = 2, num_kv_heads = 2} : (tensor<2x2x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<5xf32>) -> tensor<2x2x3x4xf32>
  %y2 = tenon.attention %x0, %x1, %x2 mask %x5 {num_heads = 2, num_kv_heads = 2} : (tensor<2x2x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<3x5xi1>) -> tensor<2x2x3x4xf32>
  %y3 = tenon.attention %x0, %x1, %x2 mask %x6 {num_heads = 2, num_kv_heads = 2} : (tensor<2x2x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<3x5xf32>) -> tensor<2x2x3x4xf32>
  %y4 = tenon.attention %x0, %x1, %x2 mask %x7 {num_heads = 2, num_kv_heads = 2} : (tensor<2x2x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x3x5xi1>) -> tensor<2x2x3x4xf32>
  %y5 = tenon.attention %x0, %x1, %x2 mask %x8 {num_heads = 2, num_kv_heads = 2} : (tensor<2x2x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x3x5xf32>) -> tensor<2x2x3x4xf32>
  %y6 = tenon.attention %x0, %x1, %x2 mask %x9 {num_heads = 2, num_kv_heads = 2} : (tensor<2x2x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<1x1x5xi1>) -> tensor<2x2x3x4xf32>
  %y7 = tenon.attention %x0, %x1, %x2 mask %x10 {num_heads = 2, num_kv_heads = 2} : (tensor<2x2x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<1x1x5xf32>) -> tensor<2x2x3x4xf32>
  %y8 = tenon.attention %x0, %x1, %x2 mask %x11 {num_heads = 2, num_kv_heads = 2} : (tensor<2x2x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x1x1x5xi1>) -> tensor<2x2x3x4xf32>
  %y9 = tenon.attention %x0, %x1, %x2 mask %x12 {num_heads = 2, num_kv_heads = 2} : (tensor<2x2x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x1x1x5xf32>) -> tensor<2x2x3x4xf32>
  %y10 = tenon.attention %x0, %x1, %x2 mask %x13 {num_heads = 2, num_kv_heads = 2} : (tensor<2x2x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x3x5xi1>) -> tensor<2x2x3x4xf32>
  %y11 = tenon.attention %x0, %x1, %x2 mask %x14 {num_heads = 2, num_kv_heads = 2} : (tensor<2x2x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x3x5xf32>) -> tensor<2x2x3x4xf32>
  %y12 = tenon.attention %x0, %x1, %x2 mask %x15 {num_heads = 2, num_kv_heads = 2} : (tensor<2x2x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x1x3x3xi1>) -> tensor<2x2x3x4xf32>
  %y13 = tenon.attention %x0, %x1, %x2 mask %x16 {num_heads = 2, num_kv_heads = 2} : (tensor<2x2x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x1x3x3xf32>) -> tensor<2x2x3x4xf32>
  %y14 = tenon.attention %x0, %x1, %x2 mask %x17 {num_heads = 2, num_kv_heads = 2} : (tensor<2x2x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<1x2xi1>) -> tensor<2x2x3x4xf32>
  %y15 = tenon.attention %x0, %x1, %x2 mask %x18 {num_heads = 2, num_kv_heads = 2} : (tensor<2x2x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<1x2xf32>) -> tensor<2x2x3x4xf32>
  %y16 = tenon.attention %x0, %x1, %x2 mask %x19 {num_heads = 2, num_kv_heads = 2} : (tensor<2x2x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x1x3x1xi1>) -> tensor<2x2x3x4xf32>
  %y17 = tenon.attention %x0, %x1, %x2 mask %x20 {num_heads = 2, num_kv_heads = 2} : (tensor<2x2x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x1x3x1xf32>) -> tensor<2x2x3x4xf32>
  %y18 = tenon.attention %x21, %x22, %x23 mask %x24 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<5xi1>) -> tensor<2x4x3x4xf32>
  %y19 = tenon.attention %x21, %x22, %x23 mask %x25 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<5xf32>) -> tensor<2x4x3x4xf32>
  %y20 = tenon.attention %x21, %x22, %x23 mask %x26 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<3x5xi1>) -> tensor<2x4x3x4xf32>
  %y21 = tenon.attention %x21, %x22, %x23 mask %x27 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<3x5xf32>) -> tensor<2x4x3x4xf32>
  %y22 = tenon.attention %x21, %x22, %x23 mask %x28 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<4x3x5xi1>) -> tensor<2x4x3x4xf32>
  %y23 = tenon.attention %x21, %x22, %x23 mask %x29 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<4x3x5xf32>) -> tensor<2x4x3x4xf32>
  %y24 = tenon.attention %x21, %x22, %x23 mask %x30 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<1x1x5xi1>) -> tensor<2x4x3x4xf32>
  %y25 = tenon.attention %x21, %x22, %x23 mask %x31 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<1x1x5xf32>) -> tensor<2x4x3x4xf32>
  %y26 = tenon.attention %x21, %x22, %x23 mask %x32 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x1x1x5xi1>) -> tensor<2x4x3x4xf32>
  %y27 = tenon.attention %x21, %x22, %x23 mask %x33 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x1x1x5xf32>) -> tensor<2x4x3x4xf32>
  %y28 = tenon.attention %x21, %x22, %x23 mask %x34 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x4x3x5xi1>) -> tensor<2x4x3x4xf32>
  %y29 = tenon.attention %x21, %x22, %x23 mask %x35 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x4x3x5xf32>) -> tensor<2x4x3x4xf32>
  %y30 = tenon.attention %x21, %x22, %x23 mask %x36 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x1x3x3xi1>) -> tensor<2x4x3x4xf32>
  %y31 = tenon.attention %x21, %x22, %x23 mask %x37 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x1x3x3xf32>) -> tensor<2x4x3x4xf32>
  %y32 = tenon.attention %x21, %x22, %x23 mask %x38 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<1x2xi1>) -> tensor<2x4x3x4xf32>
  %y33 = tenon.attention %x21, %x22, %x23 mask %x39 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<1x2xf32>) -> tensor<2x4x3x4xf32>
  %y34 = tenon.attention %x21, %x22, %x23 mask %x40 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x1x3x1xi1>) -> tensor<2x4x3x4xf32>
  %y35 = tenon.attention %x21, %x22, %x23 mask %x41 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x3x4xf32>, tensor<2x2x5x4xf32>, tensor<2x2x5x4xf32>, tensor<2x1x3x1xf32>) -> tensor<2x4x3x4xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24, %y25, %y26, %y27, %y28, %y29, %y30, %y31, %y32, %y33, %y34, %y35 : tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x4x3x4xf32>, tensor<2x4x3x4xf32>, tensor<2x4x3x4xf32>, tensor<2x4x3x4xf32>, tensor<2x4x3x4xf32>, tensor<2x4x3x4xf32>, tensor<2x4x3x4xf32>, tensor<2x4x3x4xf32>, tensor<2x4x3x4xf32>, tensor<2x4x3x4xf32>, tensor<2x4x3x4xf32>, tensor<2x4x3x4xf32>, tensor<2x4x3x4xf32>, tensor<2x4x3x4xf32>, tensor<2x4x3x4xf32>, tensor<2x4x3x4xf32>, tensor<2x4x3x4xf32>, tensor<2x4x3x4xf32>
}
