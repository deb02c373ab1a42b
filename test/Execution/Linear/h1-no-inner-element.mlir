// H1: a sum over nothing is zero.
// RUN: tenon-run %s --inputs %p/Inputs/h1-no-inner-element.inputs.safetensors \
// RUN:   --expect %p/Inputs/h1-no-inner-element.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<3x0xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<0x4xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<0x3x2xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<0x2x4xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<2x0xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<3x0xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<3xf32> {tenon.name = "x6", tenon.dtype = "float32"})
    -> (
    tensor<3x4xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<0x3x4xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x3xf32> {tenon.name = "y2", tenon.dtype = "float32"}) {
  %y0 = tenon.matmul %x0, %x1 : (tensor<3x0xf32>, tensor<0x4xf32>) -> tensor<3x4xf32>
  %y1 = tenon.matmul %x2, %x3 : (tensor<0x3x2xf32>, tensor<0x2x4xf32>) -> tensor<0x3x4xf32>
  %y2 = tenon.linear %x4, %x5, %x6 : (tensor<2x0xf32>, tensor<3x0xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %y0, %y1, %y2 : tensor<3x4xf32>, tensor<0x3x4xf32>, tensor<2x3xf32>
}
