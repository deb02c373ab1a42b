// SEMANTICS H1: slices, joins and pads without elements.
// RUN: tenon-run %s --inputs %p/Inputs/slicing-h1-empty.inputs.safetensors \
// RUN:   --expect %p/Inputs/slicing-h1-empty.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<0x3xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<0xi64> {tenon.name = "x1", tenon.dtype = "int64"})
    -> (
    tensor<0x6xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<0x2xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<0x3xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<3x3xf32> {tenon.name = "y3", tenon.dtype = "float32"}) {
  %y0 = tenon.concat %x0, %x0 axis 1 : (tensor<0x3xf32>, tensor<0x3xf32>) -> tensor<0x6xf32>
  %y1 = tenon.slice %x0 starts [0, 1] sizes [0, 2] steps [1, 1] : tensor<0x3xf32> -> tensor<0x2xf32>
  %y2 = tenon.gather %x0, %x1 axis 0 : (tensor<0x3xf32>, tensor<0xi64>) -> tensor<0x3xf32>
  %y3 = tenon.pad %x0 low [2, 0] high [1, 0] : (tensor<0x3xf32>) -> tensor<3x3xf32>
  return %y0, %y1, %y2, %y3 : tensor<0x6xf32>, tensor<0x2xf32>, tensor<0x3xf32>, tensor<3x3xf32>
}
