// What each kind is over no element.
// RUN: tenon-run %s --inputs %p/Inputs/reduce-no-element.inputs.safetensors \
// RUN:   --expect %p/Inputs/reduce-no-element.expected.safetensors --rtol 0 --atol 0
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x0xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x0xi32> {tenon.name = "x1", tenon.dtype = "int32"})
    -> (
    tensor<2xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<2xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<2xi32> {tenon.name = "y10", tenon.dtype = "int32"},
    tensor<2xi32> {tenon.name = "y11", tenon.dtype = "int32"},
    tensor<2xi32> {tenon.name = "y12", tenon.dtype = "int32"},
    tensor<2xi32> {tenon.name = "y13", tenon.dtype = "int32"},
    tensor<2xi32> {tenon.name = "y14", tenon.dtype = "int32"}) {
  %y0 = tenon.reduce sum %x0 axes [1] : tensor<2x0xf32> -> tensor<2xf32>
  %y1 = tenon.reduce mean %x0 axes [1] : tensor<2x0xf32> -> tensor<2xf32>
  %y2 = tenon.reduce max %x0 axes [1] : tensor<2x0xf32> -> tensor<2xf32>
  %y3 = tenon.reduce min %x0 axes [1] : tensor<2x0xf32> -> tensor<2xf32>
  %y4 = tenon.reduce prod %x0 axes [1] : tensor<2x0xf32> -> tensor<2xf32>
  %y5 = tenon.reduce l1 %x0 axes [1] : tensor<2x0xf32> -> tensor<2xf32>
  %y6 = tenon.reduce l2 %x0 axes [1] : tensor<2x0xf32> -> tensor<2xf32>
  %y7 = tenon.reduce sum_square %x0 axes [1] : tensor<2x0xf32> -> tensor<2xf32>
  %y8 = tenon.reduce log_sum %x0 axes [1] : tensor<2x0xf32> -> tensor<2xf32>
  %y9 = tenon.reduce log_sum_exp %x0 axes [1] : tensor<2x0xf32> -> tensor<2xf32>
  %y10 = tenon.reduce sum %x1 axes [1] : tensor<2x0xi32> -> tensor<2xi32>
  %y11 = tenon.reduce mean %x1 axes [1] : tensor<2x0xi32> -> tensor<2xi32>
  %y12 = tenon.reduce max %x1 axes [1] : tensor<2x0xi32> -> tensor<2xi32>
  %y13 = tenon.reduce min %x1 axes [1] : tensor<2x0xi32> -> tensor<2xi32>
  %y14 = tenon.reduce prod %x1 axes [1] : tensor<2x0xi32> -> tensor<2xi32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14 : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xi32>, tensor<2xi32>, tensor<2xi32>, tensor<2xi32>, tensor<2xi32>
}
