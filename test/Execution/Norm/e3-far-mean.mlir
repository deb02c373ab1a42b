// E3: mean 1000, deviation 0.1: the variance keeps its digits.
// RUN: tenon-run %s --inputs %p/Inputs/e3-far-mean.inputs.safetensors \
// RUN:   --expect %p/Inputs/e3-far-mean.expected.safetensors --rtol 0.002 --atol 0.002
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x6x400xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<2x6x400xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x6x400xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x6x400xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x6x400xf32> {tenon.name = "y3", tenon.dtype = "float32"}) {
  %y0 = tenon.layer_norm %x0 axis 2 epsilon 1.0e-05 : (tensor<2x6x400xf32>) -> tensor<2x6x400xf32>
  %y1 = tenon.group_norm %x0 groups 1 epsilon 1.0e-05 : (tensor<2x6x400xf32>) -> tensor<2x6x400xf32>
  %y2 = tenon.group_norm %x0 groups 3 epsilon 1.0e-05 : (tensor<2x6x400xf32>) -> tensor<2x6x400xf32>
  %y3 = tenon.group_norm %x0 groups 6 epsilon 1.0e-05 : (tensor<2x6x400xf32>) -> tensor<2x6x400xf32>
  return %y0, %y1, %y2, %y3 : tensor<2x6x400xf32>, tensor<2x6x400xf32>, tensor<2x6x400xf32>, tensor<2x6x400xf32>
}
