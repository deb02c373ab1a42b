// NumPy's broadcasting; every permutation of three axes.
// RUN: tenon-run %s --inputs %p/Inputs/broadcast-transpose.inputs.safetensors \
// RUN:   --expect %p/Inputs/broadcast-transpose.expected.safetensors --rtol 0 --atol 0
// Made by make_nn.py.

func.func @step(
    %x0: tensor<f32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<i64> {tenon.name = "x1", tenon.dtype = "int64"},
    %x2: tensor<i1> {tenon.name = "x2", tenon.dtype = "bool"},
    %x3: tensor<3xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<3xi64> {tenon.name = "x4", tenon.dtype = "int64"},
    %x5: tensor<3xi1> {tenon.name = "x5", tenon.dtype = "bool"},
    %x6: tensor<2x1xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<2x1xi64> {tenon.name = "x7", tenon.dtype = "int64"},
    %x8: tensor<2x1xi1> {tenon.name = "x8", tenon.dtype = "bool"},
    %x9: tensor<1x4x1xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<1x4x1xi64> {tenon.name = "x10", tenon.dtype = "int64"},
    %x11: tensor<1x4x1xi1> {tenon.name = "x11", tenon.dtype = "bool"},
    %x12: tensor<2x3xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<2x3xi64> {tenon.name = "x13", tenon.dtype = "int64"},
    %x14: tensor<2x3xi1> {tenon.name = "x14", tenon.dtype = "bool"},
    %x15: tensor<1xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<1xi64> {tenon.name = "x16", tenon.dtype = "int64"},
    %x17: tensor<1xi1> {tenon.name = "x17", tenon.dtype = "bool"},
    %x18: tensor<2x3x4xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<70x90xi64> {tenon.name = "x19", tenon.dtype = "int64"})
    -> (
    tensor<2x3xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x3xi64> {tenon.name = "y1", tenon.dtype = "int64"},
    tensor<2x3xi1> {tenon.name = "y2", tenon.dtype = "bool"},
    tensor<2x3xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x3xi64> {tenon.name = "y4", tenon.dtype = "int64"},
    tensor<2x3xi1> {tenon.name = "y5", tenon.dtype = "bool"},
    tensor<2x3xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x3xi64> {tenon.name = "y7", tenon.dtype = "int64"},
    tensor<2x3xi1> {tenon.name = "y8", tenon.dtype = "bool"},
    tensor<5x2x4x3xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<5x2x4x3xi64> {tenon.name = "y10", tenon.dtype = "int64"},
    tensor<5x2x4x3xi1> {tenon.name = "y11", tenon.dtype = "bool"},
    tensor<2x3xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<2x3xi64> {tenon.name = "y13", tenon.dtype = "int64"},
    tensor<2x3xi1> {tenon.name = "y14", tenon.dtype = "bool"},
    tensor<0xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<0xi64> {tenon.name = "y16", tenon.dtype = "int64"},
    tensor<0xi1> {tenon.name = "y17", tenon.dtype = "bool"},
    tensor<2x3x4xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<2x4x3xf32> {tenon.name = "y19", tenon.dtype = "float32"},
    tensor<3x2x4xf32> {tenon.name = "y20", tenon.dtype = "float32"},
    tensor<3x4x2xf32> {tenon.name = "y21", tenon.dtype = "float32"},
    tensor<4x2x3xf32> {tenon.name = "y22", tenon.dtype = "float32"},
    tensor<4x3x2xf32> {tenon.name = "y23", tenon.dtype = "float32"},
    tensor<90x70xi64> {tenon.name = "y24", tenon.dtype = "int64"}) {
  %y0 = tenon.broadcast %x0 : tensor<f32> to tensor<2x3xf32>
  %y1 = tenon.broadcast %x1 : tensor<i64> to tensor<2x3xi64>
  %y2 = tenon.broadcast %x2 : tensor<i1> to tensor<2x3xi1>
  %y3 = tenon.broadcast %x3 : tensor<3xf32> to tensor<2x3xf32>
  %y4 = tenon.broadcast %x4 : tensor<3xi64> to tensor<2x3xi64>
  %y5 = tenon.broadcast %x5 : tensor<3xi1> to tensor<2x3xi1>
  %y6 = tenon.broadcast %x6 : tensor<2x1xf32> to tensor<2x3xf32>
  %y7 = tenon.broadcast %x7 : tensor<2x1xi64> to tensor<2x3xi64>
  %y8 = tenon.broadcast %x8 : tensor<2x1xi1> to tensor<2x3xi1>
  %y9 = tenon.broadcast %x9 : tensor<1x4x1xf32> to tensor<5x2x4x3xf32>
  %y10 = tenon.broadcast %x10 : tensor<1x4x1xi64> to tensor<5x2x4x3xi64>
  %y11 = tenon.broadcast %x11 : tensor<1x4x1xi1> to tensor<5x2x4x3xi1>
  %y12 = tenon.broadcast %x12 : tensor<2x3xf32> to tensor<2x3xf32>
  %y13 = tenon.broadcast %x13 : tensor<2x3xi64> to tensor<2x3xi64>
  %y14 = tenon.broadcast %x14 : tensor<2x3xi1> to tensor<2x3xi1>
  %y15 = tenon.broadcast %x15 : tensor<1xf32> to tensor<0xf32>
  %y16 = tenon.broadcast %x16 : tensor<1xi64> to tensor<0xi64>
  %y17 = tenon.broadcast %x17 : tensor<1xi1> to tensor<0xi1>
  %y18 = tenon.transpose %x18 [0, 1, 2] : tensor<2x3x4xf32> -> tensor<2x3x4xf32>
  %y19 = tenon.transpose %x18 [0, 2, 1] : tensor<2x3x4xf32> -> tensor<2x4x3xf32>
  %y20 = tenon.transpose %x18 [1, 0, 2] : tensor<2x3x4xf32> -> tensor<3x2x4xf32>
  %y21 = tenon.transpose %x18 [1, 2, 0] : tensor<2x3x4xf32> -> tensor<3x4x2xf32>
  %y22 = tenon.transpose %x18 [2, 0, 1] : tensor<2x3x4xf32> -> tensor<4x2x3xf32>
  %y23 = tenon.transpose %x18 [2, 1, 0] : tensor<2x3x4xf32> -> tensor<4x3x2xf32>
  %y24 = tenon.transpose %x19 [1, 0] : tensor<70x90xi64> -> tensor<90x70xi64>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24 : tensor<2x3xf32>, tensor<2x3xi64>, tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x3xi64>, tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x3xi64>, tensor<2x3xi1>, tensor<5x2x4x3xf32>, tensor<5x2x4x3xi64>, tensor<5x2x4x3xi1>, tensor<2x3xf32>, tensor<2x3xi64>, tensor<2x3xi1>, tensor<0xf32>, tensor<0xi64>, tensor<0xi1>, tensor<2x3x4xf32>, tensor<2x4x3xf32>, tensor<3x2x4xf32>, tensor<3x4x2xf32>, tensor<4x2x3xf32>, tensor<4x3x2xf32>, tensor<90x70xi64>
}
