// Every axis, indices of any rank, negative ones, i32.
// RUN: tenon-run %s --inputs %p/Inputs/gather.inputs.safetensors \
// RUN:   --expect %p/Inputs/gather.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<4x5x6xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x2xi64> {tenon.name = "x1", tenon.dtype = "int64"},
    %x2: tensor<i64> {tenon.name = "x2", tenon.dtype = "int64"},
    %x3: tensor<1x3xi32> {tenon.name = "x3", tenon.dtype = "int32"},
    %x4: tensor<3xi1> {tenon.name = "x4", tenon.dtype = "bool"},
    %x5: tensor<2xi64> {tenon.name = "x5", tenon.dtype = "int64"})
    -> (
    tensor<2x2x5x6xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<4x6xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<4x5x1x3xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2xi1> {tenon.name = "y3", tenon.dtype = "bool"}) {
  %y0 = tenon.gather %x0, %x1 axis 0 : (tensor<4x5x6xf32>, tensor<2x2xi64>) -> tensor<2x2x5x6xf32>
  %y1 = tenon.gather %x0, %x2 axis 1 : (tensor<4x5x6xf32>, tensor<i64>) -> tensor<4x6xf32>
  %y2 = tenon.gather %x0, %x3 axis 2 : (tensor<4x5x6xf32>, tensor<1x3xi32>) -> tensor<4x5x1x3xf32>
  %y3 = tenon.gather %x4, %x5 axis 0 : (tensor<3xi1>, tensor<2xi64>) -> tensor<2xi1>
  return %y0, %y1, %y2, %y3 : tensor<2x2x5x6xf32>, tensor<4x6xf32>, tensor<4x5x1x3xf32>, tensor<2xi1>
}
