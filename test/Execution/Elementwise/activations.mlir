// Every activation with its default parameters; large values neither overflow nor lose NaN.
// RUN: tenon-run %s --inputs %p/Inputs/activations.inputs.safetensors \
// RUN:   --expect %p/Inputs/activations.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<20xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<3x5xf64> {tenon.name = "x1", tenon.dtype = "float64"},
    %x2: tensor<2x2xi32> {tenon.name = "x2", tenon.dtype = "int32"},
    %x3: tensor<2x2xi64> {tenon.name = "x3", tenon.dtype = "int64"},
    %x4: tensor<2x2xi8> {tenon.name = "x4", tenon.dtype = "int8"})
    -> (
    tensor<20xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<20xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<3x5xf64> {tenon.name = "y16", tenon.dtype = "float64"},
    tensor<3x5xf64> {tenon.name = "y17", tenon.dtype = "float64"},
    tensor<3x5xf64> {tenon.name = "y18", tenon.dtype = "float64"},
    tensor<2x2xi32> {tenon.name = "y19", tenon.dtype = "int32"},
    tensor<2x2xi64> {tenon.name = "y20", tenon.dtype = "int64"},
    tensor<2x2xi8> {tenon.name = "y21", tenon.dtype = "int8"}) {
  %y0 = tenon.activation relu %x0 : tensor<20xf32>
  %y1 = tenon.activation leaky_relu %x0 : tensor<20xf32>
  %y2 = tenon.activation elu %x0 : tensor<20xf32>
  %y3 = tenon.activation selu %x0 : tensor<20xf32>
  %y4 = tenon.activation celu %x0 : tensor<20xf32>
  %y5 = tenon.activation sigmoid %x0 : tensor<20xf32>
  %y6 = tenon.activation hard_sigmoid %x0 : tensor<20xf32>
  %y7 = tenon.activation silu %x0 : tensor<20xf32>
  %y8 = tenon.activation hard_swish %x0 : tensor<20xf32>
  %y9 = tenon.activation gelu %x0 : tensor<20xf32>
  %y10 = tenon.activation gelu_tanh %x0 : tensor<20xf32>
  %y11 = tenon.activation mish %x0 : tensor<20xf32>
  %y12 = tenon.activation softplus %x0 : tensor<20xf32>
  %y13 = tenon.activation softsign %x0 : tensor<20xf32>
  %y14 = tenon.activation thresholded_relu %x0 : tensor<20xf32>
  %y15 = tenon.activation shrink %x0 : tensor<20xf32>
  %y16 = tenon.activation gelu %x1 : tensor<3x5xf64>
  %y17 = tenon.activation sigmoid %x1 : tensor<3x5xf64>
  %y18 = tenon.activation mish %x1 : tensor<3x5xf64>
  %y19 = tenon.activation relu %x2 : tensor<2x2xi32>
  %y20 = tenon.activation relu %x3 : tensor<2x2xi64>
  %y21 = tenon.activation relu %x4 : tensor<2x2xi8>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21 : tensor<20xf32>, tensor<20xf32>, tensor<20xf32>, tensor<20xf32>, tensor<20xf32>, tensor<20xf32>, tensor<20xf32>, tensor<20xf32>, tensor<20xf32>, tensor<20xf32>, tensor<20xf32>, tensor<20xf32>, tensor<20xf32>, tensor<20xf32>, tensor<20xf32>, tensor<20xf32>, tensor<3x5xf64>, tensor<3x5xf64>, tensor<3x5xf64>, tensor<2x2xi32>, tensor<2x2xi64>, tensor<2x2xi8>
}
