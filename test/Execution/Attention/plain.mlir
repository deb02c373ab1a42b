// Attention as torch computes it, of 3 and 4 dimensions, with every kind of scores.
// RUN: tenon-run %s --inputs %p/Inputs/plain.inputs.safetensors \
// RUN:   --expect %p/Inputs/plain.expected.safetensors --rtol 0.0001 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x4x5x8xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x4x7x8xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x4x7x6xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x4x15xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<2x6x15xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<2x6x15xf32> {tenon.name = "x5", tenon.dtype = "float32"})
    -> (
    tensor<2x4x5x6xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x4x5x7xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x4x5x7xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x4x5x7xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x4x5x6xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x4x5x7xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<2x4x15xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<2x3x4x6xf32> {tenon.name = "y10", tenon.dtype = "float32"}) {
  %y0 = tenon.attention %x0, %x1, %x2 {num_heads = 4, num_kv_heads = 4} : (tensor<2x4x5x8xf32>, tensor<2x4x7x8xf32>, tensor<2x4x7x6xf32>) -> tensor<2x4x5x6xf32>
  %y1, %y2 = tenon.attention %x0, %x1, %x2 {num_heads = 4, num_kv_heads = 4, scores = #tenon<scores raw>} : (tensor<2x4x5x8xf32>, tensor<2x4x7x8xf32>, tensor<2x4x7x6xf32>) -> (tensor<2x4x5x6xf32>, tensor<2x4x5x7xf32>)
  %y3, %y4 = tenon.attention %x0, %x1, %x2 {num_heads = 4, num_kv_heads = 4, scores = #tenon<scores masked>} : (tensor<2x4x5x8xf32>, tensor<2x4x7x8xf32>, tensor<2x4x7x6xf32>) -> (tensor<2x4x5x6xf32>, tensor<2x4x5x7xf32>)
  %y5, %y6 = tenon.attention %x0, %x1, %x2 {num_heads = 4, num_kv_heads = 4, scores = #tenon<scores probabilities>} : (tensor<2x4x5x8xf32>, tensor<2x4x7x8xf32>, tensor<2x4x7x6xf32>) -> (tensor<2x4x5x6xf32>, tensor<2x4x5x7xf32>)
  %y7, %y8 = tenon.attention %x0, %x1, %x2 {num_heads = 4, num_kv_heads = 4, softcap = 3.0 : f64, scale = 0.5 : f64, scores = #tenon<scores softcapped>} : (tensor<2x4x5x8xf32>, tensor<2x4x7x8xf32>, tensor<2x4x7x6xf32>) -> (tensor<2x4x5x6xf32>, tensor<2x4x5x7xf32>)
  %y9, %y10 = tenon.attention %x3, %x4, %x5 {num_heads = 3, num_kv_heads = 3, scores = #tenon<scores raw>} : (tensor<2x4x15xf32>, tensor<2x6x15xf32>, tensor<2x6x15xf32>) -> (tensor<2x4x15xf32>, tensor<2x3x4x6xf32>)
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10 : tensor<2x4x5x6xf32>, tensor<2x4x5x6xf32>, tensor<2x4x5x7xf32>, tensor<2x4x5x6xf32>, tensor<2x4x5x7xf32>, tensor<2x4x5x6xf32>, tensor<2x4x5x7xf32>, tensor<2x4x5x6xf32>, tensor<2x4x5x7xf32>, tensor<2x4x15xf32>, tensor<2x3x4x6xf32>
}
