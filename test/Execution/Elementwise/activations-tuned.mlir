// Activations with parameters of their own.
// RUN: tenon-run %s --inputs %p/Inputs/activations-tuned.inputs.safetensors \
// RUN:   --expect %p/Inputs/activations-tuned.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<20xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<20xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y7", tenon.dtype = "float32"}) {
  %y0 = tenon.activation leaky_relu %x0 {alpha = 0.2 : f64} : tensor<20xf32>
  %y1 = tenon.activation elu %x0 {alpha = 2.0 : f64} : tensor<20xf32>
  %y2 = tenon.activation selu %x0 {alpha = 2.0 : f64, beta = 3.0 : f64} : tensor<20xf32>
  %y3 = tenon.activation celu %x0 {alpha = 2.0 : f64} : tensor<20xf32>
  %y4 = tenon.activation hard_sigmoid %x0 {alpha = 0.5 : f64, beta = 0.6 : f64} : tensor<20xf32>
  %y5 = tenon.activation silu %x0 {alpha = 1.702 : f64} : tensor<20xf32>
  %y6 = tenon.activation thresholded_relu %x0 {alpha = 2.0 : f64} : tensor<20xf32>
  %y7 = tenon.activation shrink %x0 {alpha = 1.5 : f64, beta = 0.5 : f64} : tensor<20xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7 : tensor<20xf32>, tensor<20xf32>, tensor<20xf32>, tensor<20xf32>, tensor<20xf32>, tensor<20xf32>, tensor<20xf32>, tensor<20xf32>
}
