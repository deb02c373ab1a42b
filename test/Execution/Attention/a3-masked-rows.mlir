// A3: a row that sees no key gives zeros; a row of lowest finite values is no mask.
// RUN: tenon-run %s --inputs %p/Inputs/a3-masked-rows.inputs.safetensors \
// RUN:   --expect %p/Inputs/a3-masked-rows.expected.safetensors --rtol 0.0001 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x2x3x4xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x2x4x4xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x2x4x4xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<3x4xi1> {tenon.name = "x3", tenon.dtype = "bool"},
    %x4: tensor<2x1x3x4xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<1x1x3x4xf32> {tenon.name = "x5", tenon.dtype = "float32"})
    -> (
    tensor<2x2x3x4xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x2x3x4xf32> {tenon.name = "y4", tenon.dtype = "float32"}) {
  %y0, %y1 = tenon.attention %x0, %x1, %x2 mask %x3 {num_heads = 2, num_kv_heads = 2, scores = #tenon<scores probabilities>} : (tensor<2x2x3x4xf32>, tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>, tensor<3x4xi1>) -> (tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>)
  %y2, %y3 = tenon.attention %x0, %x1, %x2 mask %x4 {num_heads = 2, num_kv_heads = 2, scores = #tenon<scores masked>} : (tensor<2x2x3x4xf32>, tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>, tensor<2x1x3x4xf32>) -> (tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>)
  %y4 = tenon.attention %x0, %x1, %x2 mask %x5 {num_heads = 2, num_kv_heads = 2} : (tensor<2x2x3x4xf32>, tensor<2x2x4x4xf32>, tensor<2x2x4x4xf32>, tensor<1x1x3x4xf32>) -> tensor<2x2x3x4xf32>
  return %y0, %y1, %y2, %y3, %y4 : tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>, tensor<2x2x3x4xf32>
}
