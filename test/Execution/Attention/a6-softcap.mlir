// A6: the cap comes before the mask.
// RUN: tenon-run %s --inputs %p/Inputs/a6-softcap.inputs.safetensors \
// RUN:   --expect %p/Inputs/a6-softcap.expected.safetensors --rtol 0.0001 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x2x2x4xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<1x2x2x4xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<1x2x2x4xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x2xi1> {tenon.name = "x3", tenon.dtype = "bool"})
    -> (
    tensor<1x2x2x4xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x2x2x2xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x2x2x4xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x2x2x2xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x2x2x4xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x2x2x2xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<1x2x2x4xf32> {tenon.name = "y6", tenon.dtype = "float32"}) {
  %y0, %y1 = tenon.attention %x0, %x1, %x2 mask %x3 {num_heads = 2, num_kv_heads = 2, softcap = 2.0 : f64, scores = #tenon<scores softcapped>} : (tensor<1x2x2x4xf32>, tensor<1x2x2x4xf32>, tensor<1x2x2x4xf32>, tensor<2x2xi1>) -> (tensor<1x2x2x4xf32>, tensor<1x2x2x2xf32>)
  %y2, %y3 = tenon.attention %x0, %x1, %x2 mask %x3 {num_heads = 2, num_kv_heads = 2, softcap = 2.0 : f64, scores = #tenon<scores masked>} : (tensor<1x2x2x4xf32>, tensor<1x2x2x4xf32>, tensor<1x2x2x4xf32>, tensor<2x2xi1>) -> (tensor<1x2x2x4xf32>, tensor<1x2x2x2xf32>)
  %y4, %y5 = tenon.attention %x0, %x1, %x2 mask %x3 {num_heads = 2, num_kv_heads = 2, softcap = 2.0 : f64, scores = #tenon<scores probabilities>} : (tensor<1x2x2x4xf32>, tensor<1x2x2x4xf32>, tensor<1x2x2x4xf32>, tensor<2x2xi1>) -> (tensor<1x2x2x4xf32>, tensor<1x2x2x2xf32>)
  %y6 = tenon.attention %x0, %x1, %x2 {num_heads = 2, num_kv_heads = 2, causal = #tenon<causal top_left>, softcap = 0.5 : f64, scale = 3.0 : f64} : (tensor<1x2x2x4xf32>, tensor<1x2x2x4xf32>, tensor<1x2x2x4xf32>) -> tensor<1x2x2x4xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6 : tensor<1x2x2x4xf32>, tensor<1x2x2x2xf32>, tensor<1x2x2x4xf32>, tensor<1x2x2x2xf32>, tensor<1x2x2x4xf32>, tensor<1x2x2x2xf32>, tensor<1x2x2x4xf32>
}
