// Blocks that a mask hides are left out; of rows that only have lowest finite values none is.
// RUN: tenon-run %s --inputs %p/Inputs/hidden-blocks.inputs.safetensors \
// RUN:   --expect %p/Inputs/hidden-blocks.expected.safetensors --rtol 0.0001 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x4x130x4xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x2x300x4xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x2x300x4xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<130x300xi1> {tenon.name = "x3", tenon.dtype = "bool"},
    %x4: tensor<130x300xi1> {tenon.name = "x4", tenon.dtype = "bool"},
    %x5: tensor<130x300xi1> {tenon.name = "x5", tenon.dtype = "bool"},
    %x6: tensor<2x1x1x300xi1> {tenon.name = "x6", tenon.dtype = "bool"},
    %x7: tensor<4x130x300xi1> {tenon.name = "x7", tenon.dtype = "bool"},
    %x8: tensor<1x2x130x4xf16> {tenon.name = "x8", tenon.dtype = "float16"},
    %x9: tensor<1x2x300x4xf16> {tenon.name = "x9", tenon.dtype = "float16"},
    %x10: tensor<1x2x300x4xf16> {tenon.name = "x10", tenon.dtype = "float16"},
    %x11: tensor<130x300xi1> {tenon.name = "x11", tenon.dtype = "bool"})
    -> (
    tensor<2x4x130x4xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x4x130x4xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x4x130x4xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x4x130x4xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x4x130x4xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x4x130x4xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x4x130x4xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x4x130x4xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x4x130x4xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<2x4x130x4xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<2x4x130x4xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<2x4x130x4xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<2x4x130x4xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<2x4x130x4xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<2x4x130x4xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<1x2x130x4xf16> {tenon.name = "y15", tenon.dtype = "float16"}) {
  %y0 = tenon.attention %x0, %x1, %x2 mask %x3 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x130x4xf32>, tensor<2x2x300x4xf32>, tensor<2x2x300x4xf32>, tensor<130x300xi1>) -> tensor<2x4x130x4xf32>
  %m1yes = arith.constant dense<0x00000000> : tensor<130x300xf32>
  %m1no = arith.constant dense<0xFF7FFFFF> : tensor<130x300xf32>
  %m1 = arith.select %x3, %m1yes, %m1no : tensor<130x300xi1>, tensor<130x300xf32>
  %y1 = tenon.attention %x0, %x1, %x2 mask %m1 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x130x4xf32>, tensor<2x2x300x4xf32>, tensor<2x2x300x4xf32>, tensor<130x300xf32>) -> tensor<2x4x130x4xf32>
  %m5yes = arith.constant dense<0x3F000000> : tensor<130x300xf32>
  %m5no = arith.constant dense<0xFF800000> : tensor<130x300xf32>
  %m5 = arith.select %x3, %m5yes, %m5no : tensor<130x300xi1>, tensor<130x300xf32>
  %y2 = tenon.attention %x0, %x1, %x2 mask %m5 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x130x4xf32>, tensor<2x2x300x4xf32>, tensor<2x2x300x4xf32>, tensor<130x300xf32>) -> tensor<2x4x130x4xf32>
  %y3 = tenon.attention %x0, %x1, %x2 mask %x4 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x130x4xf32>, tensor<2x2x300x4xf32>, tensor<2x2x300x4xf32>, tensor<130x300xi1>) -> tensor<2x4x130x4xf32>
  %m10yes = arith.constant dense<0x00000000> : tensor<130x300xf32>
  %m10no = arith.constant dense<0xFF7FFFFF> : tensor<130x300xf32>
  %m10 = arith.select %x4, %m10yes, %m10no : tensor<130x300xi1>, tensor<130x300xf32>
  %y4 = tenon.attention %x0, %x1, %x2 mask %m10 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x130x4xf32>, tensor<2x2x300x4xf32>, tensor<2x2x300x4xf32>, tensor<130x300xf32>) -> tensor<2x4x130x4xf32>
  %m14yes = arith.constant dense<0x3F000000> : tensor<130x300xf32>
  %m14no = arith.constant dense<0xFF800000> : tensor<130x300xf32>
  %m14 = arith.select %x4, %m14yes, %m14no : tensor<130x300xi1>, tensor<130x300xf32>
  %y5 = tenon.attention %x0, %x1, %x2 mask %m14 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x130x4xf32>, tensor<2x2x300x4xf32>, tensor<2x2x300x4xf32>, tensor<130x300xf32>) -> tensor<2x4x130x4xf32>
  %y6 = tenon.attention %x0, %x1, %x2 mask %x5 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x130x4xf32>, tensor<2x2x300x4xf32>, tensor<2x2x300x4xf32>, tensor<130x300xi1>) -> tensor<2x4x130x4xf32>
  %m19yes = arith.constant dense<0x00000000> : tensor<130x300xf32>
  %m19no = arith.constant dense<0xFF7FFFFF> : tensor<130x300xf32>
  %m19 = arith.select %x5, %m19yes, %m19no : tensor<130x300xi1>, tensor<130x300xf32>
  %y7 = tenon.attention %x0, %x1, %x2 mask %m19 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x130x4xf32>, tensor<2x2x300x4xf32>, tensor<2x2x300x4xf32>, tensor<130x300xf32>) -> tensor<2x4x130x4xf32>
  %m23yes = arith.constant dense<0x3F000000> : tensor<130x300xf32>
  %m23no = arith.constant dense<0xFF800000> : tensor<130x300xf32>
  %m23 = arith.select %x5, %m23yes, %m23no : tensor<130x300xi1>, tensor<130x300xf32>
  %y8 = tenon.attention %x0, %x1, %x2 mask %m23 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x130x4xf32>, tensor<2x2x300x4xf32>, tensor<2x2x300x4xf32>, tensor<130x300xf32>) -> tensor<2x4x130x4xf32>
  %y9 = tenon.attention %x0, %x1, %x2 mask %x6 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x130x4xf32>, tensor<2x2x300x4xf32>, tensor<2x2x300x4xf32>, tensor<2x1x1x300xi1>) -> tensor<2x4x130x4xf32>
  %m28yes = arith.constant dense<0x00000000> : tensor<2x1x1x300xf32>
  %m28no = arith.constant dense<0xFF7FFFFF> : tensor<2x1x1x300xf32>
  %m28 = arith.select %x6, %m28yes, %m28no : tensor<2x1x1x300xi1>, tensor<2x1x1x300xf32>
  %y10 = tenon.attention %x0, %x1, %x2 mask %m28 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x130x4xf32>, tensor<2x2x300x4xf32>, tensor<2x2x300x4xf32>, tensor<2x1x1x300xf32>) -> tensor<2x4x130x4xf32>
  %m32yes = arith.constant dense<0x3F000000> : tensor<2x1x1x300xf32>
  %m32no = arith.constant dense<0xFF800000> : tensor<2x1x1x300xf32>
  %m32 = arith.select %x6, %m32yes, %m32no : tensor<2x1x1x300xi1>, tensor<2x1x1x300xf32>
  %y11 = tenon.attention %x0, %x1, %x2 mask %m32 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x130x4xf32>, tensor<2x2x300x4xf32>, tensor<2x2x300x4xf32>, tensor<2x1x1x300xf32>) -> tensor<2x4x130x4xf32>
  %y12 = tenon.attention %x0, %x1, %x2 mask %x7 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x130x4xf32>, tensor<2x2x300x4xf32>, tensor<2x2x300x4xf32>, tensor<4x130x300xi1>) -> tensor<2x4x130x4xf32>
  %m37yes = arith.constant dense<0x00000000> : tensor<4x130x300xf32>
  %m37no = arith.constant dense<0xFF7FFFFF> : tensor<4x130x300xf32>
  %m37 = arith.select %x7, %m37yes, %m37no : tensor<4x130x300xi1>, tensor<4x130x300xf32>
  %y13 = tenon.attention %x0, %x1, %x2 mask %m37 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x130x4xf32>, tensor<2x2x300x4xf32>, tensor<2x2x300x4xf32>, tensor<4x130x300xf32>) -> tensor<2x4x130x4xf32>
  %m41yes = arith.constant dense<0xF2FC6F7C> : tensor<4x130x300xf32>
  %m41no = arith.constant dense<0xFF7FFFFF> : tensor<4x130x300xf32>
  %m41 = arith.select %x7, %m41yes, %m41no : tensor<4x130x300xi1>, tensor<4x130x300xf32>
  %y14 = tenon.attention %x0, %x1, %x2 mask %m41 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x130x4xf32>, tensor<2x2x300x4xf32>, tensor<2x2x300x4xf32>, tensor<4x130x300xf32>) -> tensor<2x4x130x4xf32>
  %m45yes = arith.constant dense<0x0000> : tensor<130x300xf16>
  %m45no = arith.constant dense<0xFBFF> : tensor<130x300xf16>
  %m45 = arith.select %x11, %m45yes, %m45no : tensor<130x300xi1>, tensor<130x300xf16>
  %y15 = tenon.attention %x8, %x9, %x10 mask %m45 {num_heads = 2, num_kv_heads = 2} : (tensor<1x2x130x4xf16>, tensor<1x2x300x4xf16>, tensor<1x2x300x4xf16>, tensor<130x300xf16>) -> tensor<1x2x130x4xf16>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15 : tensor<2x4x130x4xf32>, tensor<2x4x130x4xf32>, tensor<2x4x130x4xf32>, tensor<2x4x130x4xf32>, tensor<2x4x130x4xf32>, tensor<2x4x130x4xf32>, tensor<2x4x130x4xf32>, tensor<2x4x130x4xf32>, tensor<2x4x130x4xf32>, tensor<2x4x130x4xf32>, tensor<2x4x130x4xf32>, tensor<2x4x130x4xf32>, tensor<2x4x130x4xf32>, tensor<2x4x130x4xf32>, tensor<2x4x130x4xf32>, tensor<1x2x130x4xf16>
}
