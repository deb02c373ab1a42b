// Every axis to start from, parameters that broadcast, statistics as results.
// RUN: tenon-run %s --inputs %p/Inputs/layer-norm.inputs.safetensors \
// RUN:   --expect %p/Inputs/layer-norm.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<3x4x5xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<3x4x5xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<3x4x5xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<3x4x5xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<4x5xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<4x5xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<3x4x5xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<5xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<5xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<4x1xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<3x1x5xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<5xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<0x4xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<2x4xf64> {tenon.name = "x13", tenon.dtype = "float64"})
    -> (
    tensor<3x4x5xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x1x1xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x1x1xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<3x1x1xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<3x1x1xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<3x4x1xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<3x4x1xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<0x4xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<2x4xf64> {tenon.name = "y15", tenon.dtype = "float64"}) {
  %y0 = tenon.layer_norm %x0 axis 0 epsilon 1.0e-05 : (tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %y1, %y2, %y3 = tenon.layer_norm %x0 scale %x1 bias %x2 axis 0 epsilon 1.0e-05 {with_statistics} : (tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>) -> (tensor<3x4x5xf32>, tensor<1x1x1xf32>, tensor<1x1x1xf32>)
  %y4 = tenon.layer_norm %x3 axis 1 epsilon 1.0e-05 : (tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %y5, %y6, %y7 = tenon.layer_norm %x3 scale %x4 bias %x5 axis 1 epsilon 1.0e-05 {with_statistics} : (tensor<3x4x5xf32>, tensor<4x5xf32>, tensor<4x5xf32>) -> (tensor<3x4x5xf32>, tensor<3x1x1xf32>, tensor<3x1x1xf32>)
  %y8 = tenon.layer_norm %x6 axis 2 epsilon 1.0e-05 : (tensor<3x4x5xf32>) -> tensor<3x4x5xf32>
  %y9, %y10, %y11 = tenon.layer_norm %x6 scale %x7 bias %x8 axis 2 epsilon 1.0e-05 {with_statistics} : (tensor<3x4x5xf32>, tensor<5xf32>, tensor<5xf32>) -> (tensor<3x4x5xf32>, tensor<3x4x1xf32>, tensor<3x4x1xf32>)
  %y12 = tenon.layer_norm %x6 scale %x9 bias %x10 axis 1 epsilon 1.0e-05 : (tensor<3x4x5xf32>, tensor<4x1xf32>, tensor<3x1x5xf32>) -> tensor<3x4x5xf32>
  %y13 = tenon.layer_norm %x6 bias %x11 axis 2 epsilon 1.0e-01 : (tensor<3x4x5xf32>, tensor<5xf32>) -> tensor<3x4x5xf32>
  %y14 = tenon.layer_norm %x12 axis 1 epsilon 1.0e-05 : (tensor<0x4xf32>) -> tensor<0x4xf32>
  %y15 = tenon.layer_norm %x13 axis 1 epsilon 1.0e-05 : (tensor<2x4xf64>) -> tensor<2x4xf64>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15 : tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<1x1x1xf32>, tensor<1x1x1xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x1x1xf32>, tensor<3x1x1xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x1xf32>, tensor<3x4x1xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<0x4xf32>, tensor<2x4xf64>
}
