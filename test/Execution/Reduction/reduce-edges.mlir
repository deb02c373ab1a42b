// NaN wins in max and min; infinite exponents do not become NaN.
// RUN: tenon-run %s --inputs %p/Inputs/reduce-edges.inputs.safetensors \
// RUN:   --expect %p/Inputs/reduce-edges.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<5x3xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<5xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<5xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<5xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<5xf32> {tenon.name = "y3", tenon.dtype = "float32"}) {
  %y0 = tenon.reduce max %x0 axes [1] : tensor<5x3xf32> -> tensor<5xf32>
  %y1 = tenon.reduce min %x0 axes [1] : tensor<5x3xf32> -> tensor<5xf32>
  %y2 = tenon.reduce sum %x0 axes [1] : tensor<5x3xf32> -> tensor<5xf32>
  %y3 = tenon.reduce log_sum_exp %x0 axes [1] : tensor<5x3xf32> -> tensor<5xf32>
  return %y0, %y1, %y2, %y3 : tensor<5xf32>, tensor<5xf32>, tensor<5xf32>, tensor<5xf32>
}
