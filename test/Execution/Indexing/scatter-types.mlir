// Bytes by sign, booleans, and 16-bit sums formed in f32.
// RUN: tenon-run %s --inputs %p/Inputs/scatter-types.inputs.safetensors \
// RUN:   --expect %p/Inputs/scatter-types.expected.safetensors --rtol 0.001 --atol 0.001
// Made by make_grid.py.

func.func @step(
    %x0: tensor<5xi64> {tenon.name = "x0", tenon.dtype = "int64"},
    %x1: tensor<3xi8> {tenon.name = "x1", tenon.dtype = "int8"},
    %x2: tensor<5xi8> {tenon.name = "x2", tenon.dtype = "int8"},
    %x3: tensor<3xi8> {tenon.name = "x3", tenon.dtype = "uint8"},
    %x4: tensor<5xi8> {tenon.name = "x4", tenon.dtype = "uint8"},
    %x5: tensor<3xi8> {tenon.name = "x5", tenon.dtype = "int8"},
    %x6: tensor<5xi8> {tenon.name = "x6", tenon.dtype = "int8"},
    %x7: tensor<3xi8> {tenon.name = "x7", tenon.dtype = "uint8"},
    %x8: tensor<5xi8> {tenon.name = "x8", tenon.dtype = "uint8"},
    %x9: tensor<3xi1> {tenon.name = "x9", tenon.dtype = "bool"},
    %x10: tensor<5xi1> {tenon.name = "x10", tenon.dtype = "bool"},
    %x11: tensor<3xf16> {tenon.name = "x11", tenon.dtype = "float16"},
    %x12: tensor<64xf16> {tenon.name = "x12", tenon.dtype = "float16"},
    %x13: tensor<64xi64> {tenon.name = "x13", tenon.dtype = "int64"})
    -> (
    tensor<3xi8> {tenon.name = "y0", tenon.dtype = "int8"},
    tensor<3xi8> {tenon.name = "y1", tenon.dtype = "uint8"},
    tensor<3xi8> {tenon.name = "y2", tenon.dtype = "int8"},
    tensor<3xi8> {tenon.name = "y3", tenon.dtype = "uint8"},
    tensor<3xi1> {tenon.name = "y4", tenon.dtype = "bool"},
    tensor<3xi1> {tenon.name = "y5", tenon.dtype = "bool"},
    tensor<3xf16> {tenon.name = "y6", tenon.dtype = "float16"}) {
  %y0 = tenon.scatter_elements %x1, %x0, %x2 axis 0 {reduction = #tenon<scatter_reduction max>} : (tensor<3xi8>, tensor<5xi64>, tensor<5xi8>) -> tensor<3xi8>
  %y1 = tenon.scatter_elements %x3, %x0, %x4 axis 0 {reduction = #tenon<scatter_reduction max>, unsigned_elements} : (tensor<3xi8>, tensor<5xi64>, tensor<5xi8>) -> tensor<3xi8>
  %y2 = tenon.scatter_elements %x5, %x0, %x6 axis 0 {reduction = #tenon<scatter_reduction min>} : (tensor<3xi8>, tensor<5xi64>, tensor<5xi8>) -> tensor<3xi8>
  %y3 = tenon.scatter_elements %x7, %x0, %x8 axis 0 {reduction = #tenon<scatter_reduction min>, unsigned_elements} : (tensor<3xi8>, tensor<5xi64>, tensor<5xi8>) -> tensor<3xi8>
  %y4 = tenon.scatter_elements %x9, %x0, %x10 axis 0 {reduction = #tenon<scatter_reduction max>} : (tensor<3xi1>, tensor<5xi64>, tensor<5xi1>) -> tensor<3xi1>
  %y5 = tenon.scatter_elements %x9, %x0, %x10 axis 0 : (tensor<3xi1>, tensor<5xi64>, tensor<5xi1>) -> tensor<3xi1>
  %y6 = tenon.scatter_elements %x11, %x13, %x12 axis 0 {reduction = #tenon<scatter_reduction add>} : (tensor<3xf16>, tensor<64xi64>, tensor<64xf16>) -> tensor<3xf16>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6 : tensor<3xi8>, tensor<3xi8>, tensor<3xi8>, tensor<3xi8>, tensor<3xi1>, tensor<3xi1>, tensor<3xf16>
}
