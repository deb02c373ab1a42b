// Every reduction, negative indices, several updates of one element.
// RUN: tenon-run %s --inputs %p/Inputs/scatter-elements.inputs.safetensors \
// RUN:   --expect %p/Inputs/scatter-elements.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<4x5xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<6x3xi64> {tenon.name = "x1", tenon.dtype = "int64"},
    %x2: tensor<6x3xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<4x5xi64> {tenon.name = "x3", tenon.dtype = "int64"},
    %x4: tensor<6x3xi64> {tenon.name = "x4", tenon.dtype = "int64"},
    %x5: tensor<2x3xi64> {tenon.name = "x5", tenon.dtype = "int64"},
    %x6: tensor<2x3xf32> {tenon.name = "x6", tenon.dtype = "float32"})
    -> (
    tensor<4x5xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<4x5xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<4x5xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<4x5xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<4x5xi64> {tenon.name = "y4", tenon.dtype = "int64"},
    tensor<4x5xf32> {tenon.name = "y5", tenon.dtype = "float32"}) {
  %y0 = tenon.scatter_elements %x0, %x1, %x2 axis 0 {reduction = #tenon<scatter_reduction add>} : (tensor<4x5xf32>, tensor<6x3xi64>, tensor<6x3xf32>) -> tensor<4x5xf32>
  %y1 = tenon.scatter_elements %x0, %x1, %x2 axis 0 {reduction = #tenon<scatter_reduction mul>} : (tensor<4x5xf32>, tensor<6x3xi64>, tensor<6x3xf32>) -> tensor<4x5xf32>
  %y2 = tenon.scatter_elements %x0, %x1, %x2 axis 0 {reduction = #tenon<scatter_reduction max>} : (tensor<4x5xf32>, tensor<6x3xi64>, tensor<6x3xf32>) -> tensor<4x5xf32>
  %y3 = tenon.scatter_elements %x0, %x1, %x2 axis 0 {reduction = #tenon<scatter_reduction min>} : (tensor<4x5xf32>, tensor<6x3xi64>, tensor<6x3xf32>) -> tensor<4x5xf32>
  %y4 = tenon.scatter_elements %x3, %x1, %x4 axis 0 {reduction = #tenon<scatter_reduction add>} : (tensor<4x5xi64>, tensor<6x3xi64>, tensor<6x3xi64>) -> tensor<4x5xi64>
  %y5 = tenon.scatter_elements %x0, %x5, %x6 axis 1 : (tensor<4x5xf32>, tensor<2x3xi64>, tensor<2x3xf32>) -> tensor<4x5xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5 : tensor<4x5xf32>, tensor<4x5xf32>, tensor<4x5xf32>, tensor<4x5xf32>, tensor<4x5xi64>, tensor<4x5xf32>
}
