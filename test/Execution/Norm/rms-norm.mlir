// Without and with a weight, over one axis and several.
// RUN: tenon-run %s --inputs %p/Inputs/rms-norm.inputs.safetensors \
// RUN:   --expect %p/Inputs/rms-norm.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x3x8xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x3x8xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x3x8xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<3x8xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<2x3x8xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<8xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<2x5xf64> {tenon.name = "x6", tenon.dtype = "float64"},
    %x7: tensor<8xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<8xf32> {tenon.name = "x8", tenon.dtype = "float32"})
    -> (
    tensor<2x3x8xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x3x8xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x3x8xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x3x8xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x3x8xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x3x8xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x5xf64> {tenon.name = "y6", tenon.dtype = "float64"},
    tensor<2x3x8xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x3x8xf32> {tenon.name = "y8", tenon.dtype = "float32"}) {
  %y0 = tenon.rms_norm %x0 axis 0 epsilon 1.0e-06 : (tensor<2x3x8xf32>) -> tensor<2x3x8xf32>
  %y1 = tenon.rms_norm %x0 weight %x1 axis 0 epsilon 1.0e-06 : (tensor<2x3x8xf32>, tensor<2x3x8xf32>) -> tensor<2x3x8xf32>
  %y2 = tenon.rms_norm %x2 axis 1 epsilon 1.0e-06 : (tensor<2x3x8xf32>) -> tensor<2x3x8xf32>
  %y3 = tenon.rms_norm %x2 weight %x3 axis 1 epsilon 1.0e-06 : (tensor<2x3x8xf32>, tensor<3x8xf32>) -> tensor<2x3x8xf32>
  %y4 = tenon.rms_norm %x4 axis 2 epsilon 1.0e-06 : (tensor<2x3x8xf32>) -> tensor<2x3x8xf32>
  %y5 = tenon.rms_norm %x4 weight %x5 axis 2 epsilon 1.0e-06 : (tensor<2x3x8xf32>, tensor<8xf32>) -> tensor<2x3x8xf32>
  %y6 = tenon.rms_norm %x6 axis 1 epsilon 1.0e-06 : (tensor<2x5xf64>) -> tensor<2x5xf64>
  %y7 = tenon.rms_norm %x4 weight %x7 axis 2 epsilon 1.0e-06 {rounding = #tenon<rms_rounding llama>} : (tensor<2x3x8xf32>, tensor<8xf32>) -> tensor<2x3x8xf32>
  %y8 = tenon.rms_norm %x4 weight %x8 axis 2 epsilon 1.0e-06 {rounding = #tenon<rms_rounding gemma>} : (tensor<2x3x8xf32>, tensor<8xf32>) -> tensor<2x3x8xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8 : tensor<2x3x8xf32>, tensor<2x3x8xf32>, tensor<2x3x8xf32>, tensor<2x3x8xf32>, tensor<2x3x8xf32>, tensor<2x3x8xf32>, tensor<2x5xf64>, tensor<2x3x8xf32>, tensor<2x3x8xf32>
}
