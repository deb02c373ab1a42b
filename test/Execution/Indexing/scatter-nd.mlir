// Whole and partial vectors of coordinates, every reduction.
// RUN: tenon-run %s --inputs %p/Inputs/scatter-nd.inputs.safetensors \
// RUN:   --expect %p/Inputs/scatter-nd.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<4x3x2xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<3x3xi64> {tenon.name = "x1", tenon.dtype = "int64"},
    %x2: tensor<2x1xi64> {tenon.name = "x2", tenon.dtype = "int64"},
    %x3: tensor<2x3x2xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<3xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<2x3x2xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<3xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<2x3x2xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<3xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<2x3x2xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<3xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<2x3x2xf32> {tenon.name = "x11", tenon.dtype = "float32"})
    -> (
    tensor<4x3x2xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<4x3x2xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<4x3x2xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<4x3x2xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<4x3x2xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<4x3x2xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<4x3x2xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<4x3x2xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<4x3x2xf32> {tenon.name = "y8", tenon.dtype = "float32"}) {
  %y0 = tenon.scatter_nd %x0, %x2, %x3 : (tensor<4x3x2xf32>, tensor<2x1xi64>, tensor<2x3x2xf32>) -> tensor<4x3x2xf32>
  %y1 = tenon.scatter_nd %x0, %x1, %x4 {reduction = #tenon<scatter_reduction add>} : (tensor<4x3x2xf32>, tensor<3x3xi64>, tensor<3xf32>) -> tensor<4x3x2xf32>
  %y2 = tenon.scatter_nd %x0, %x2, %x5 {reduction = #tenon<scatter_reduction add>} : (tensor<4x3x2xf32>, tensor<2x1xi64>, tensor<2x3x2xf32>) -> tensor<4x3x2xf32>
  %y3 = tenon.scatter_nd %x0, %x1, %x6 {reduction = #tenon<scatter_reduction mul>} : (tensor<4x3x2xf32>, tensor<3x3xi64>, tensor<3xf32>) -> tensor<4x3x2xf32>
  %y4 = tenon.scatter_nd %x0, %x2, %x7 {reduction = #tenon<scatter_reduction mul>} : (tensor<4x3x2xf32>, tensor<2x1xi64>, tensor<2x3x2xf32>) -> tensor<4x3x2xf32>
  %y5 = tenon.scatter_nd %x0, %x1, %x8 {reduction = #tenon<scatter_reduction max>} : (tensor<4x3x2xf32>, tensor<3x3xi64>, tensor<3xf32>) -> tensor<4x3x2xf32>
  %y6 = tenon.scatter_nd %x0, %x2, %x9 {reduction = #tenon<scatter_reduction max>} : (tensor<4x3x2xf32>, tensor<2x1xi64>, tensor<2x3x2xf32>) -> tensor<4x3x2xf32>
  %y7 = tenon.scatter_nd %x0, %x1, %x10 {reduction = #tenon<scatter_reduction min>} : (tensor<4x3x2xf32>, tensor<3x3xi64>, tensor<3xf32>) -> tensor<4x3x2xf32>
  %y8 = tenon.scatter_nd %x0, %x2, %x11 {reduction = #tenon<scatter_reduction min>} : (tensor<4x3x2xf32>, tensor<2x1xi64>, tensor<2x3x2xf32>) -> tensor<4x3x2xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8 : tensor<4x3x2xf32>, tensor<4x3x2xf32>, tensor<4x3x2xf32>, tensor<4x3x2xf32>, tensor<4x3x2xf32>, tensor<4x3x2xf32>, tensor<4x3x2xf32>, tensor<4x3x2xf32>, tensor<4x3x2xf32>
}
