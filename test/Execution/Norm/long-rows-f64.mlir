// Sums that lanes do not exchange.
// RUN: tenon-run %s --inputs %p/Inputs/long-rows-f64.inputs.safetensors \
// RUN:   --expect %p/Inputs/long-rows-f64.expected.safetensors --rtol 1e-10 --atol 1e-12
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x1100xf64> {tenon.name = "x0", tenon.dtype = "float64"},
    %x1: tensor<2x1100xf64> {tenon.name = "x1", tenon.dtype = "float64"})
    -> (
    tensor<2x1100xf64> {tenon.name = "y0", tenon.dtype = "float64"},
    tensor<2x1100xf64> {tenon.name = "y1", tenon.dtype = "float64"},
    tensor<2x1100xf64> {tenon.name = "y2", tenon.dtype = "float64"}) {
  %y0 = tenon.softmax %x0 axis 1 : tensor<2x1100xf64>
  %y1 = tenon.softmax %x0 axis 1 log : tensor<2x1100xf64>
  %y2 = tenon.layer_norm %x1 axis 1 epsilon 1.0e-05 : (tensor<2x1100xf64>) -> tensor<2x1100xf64>
  return %y0, %y1, %y2 : tensor<2x1100xf64>, tensor<2x1100xf64>, tensor<2x1100xf64>
}
