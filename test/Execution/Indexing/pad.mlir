// Every mode; negative pads crop first.
// RUN: tenon-run %s --inputs %p/Inputs/pad.inputs.safetensors \
// RUN:   --expect %p/Inputs/pad.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<3x5x4xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<f32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<3xi1> {tenon.name = "x2", tenon.dtype = "bool"},
    %x3: tensor<i1> {tenon.name = "x3", tenon.dtype = "bool"},
    %x4: tensor<f32> {tenon.name = "x4", tenon.dtype = "float32"})
    -> (
    tensor<6x12x7xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<3x6x1xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<6x12x7xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<3x6x3xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<6x12x7xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<3x6x1xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<6x12x7xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<3x6x1xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<4x6x3xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<6xi1> {tenon.name = "y9", tenon.dtype = "bool"},
    tensor<1x3x4xf32> {tenon.name = "y10", tenon.dtype = "float32"}) {
  %y0 = tenon.pad %x0 low [1, 4, 0] high [2, 3, 3] : (tensor<3x5x4xf32>) -> tensor<6x12x7xf32>
  %y1 = tenon.pad %x0 low [-1, 2, -2] high [1, -1, -1] : (tensor<3x5x4xf32>) -> tensor<3x6x1xf32>
  %y2 = tenon.pad %x0 low [1, 4, 0] high [2, 3, 3] {mode = #tenon<pad_mode reflect>} : (tensor<3x5x4xf32>) -> tensor<6x12x7xf32>
  %y3 = tenon.pad %x0 low [-1, 2, -2] high [1, -1, 1] {mode = #tenon<pad_mode reflect>} : (tensor<3x5x4xf32>) -> tensor<3x6x3xf32>
  %y4 = tenon.pad %x0 low [1, 4, 0] high [2, 3, 3] {mode = #tenon<pad_mode edge>} : (tensor<3x5x4xf32>) -> tensor<6x12x7xf32>
  %y5 = tenon.pad %x0 low [-1, 2, -2] high [1, -1, -1] {mode = #tenon<pad_mode edge>} : (tensor<3x5x4xf32>) -> tensor<3x6x1xf32>
  %y6 = tenon.pad %x0 low [1, 4, 0] high [2, 3, 3] {mode = #tenon<pad_mode wrap>} : (tensor<3x5x4xf32>) -> tensor<6x12x7xf32>
  %y7 = tenon.pad %x0 low [-1, 2, -2] high [1, -1, -1] {mode = #tenon<pad_mode wrap>} : (tensor<3x5x4xf32>) -> tensor<3x6x1xf32>
  %y8 = tenon.pad %x0 value %x1 low [1, -2, 0] high [0, 3, -1] : (tensor<3x5x4xf32>, tensor<f32>) -> tensor<4x6x3xf32>
  %y9 = tenon.pad %x2 value %x3 low [1] high [2] : (tensor<3xi1>, tensor<i1>) -> tensor<6xi1>
  %y10 = tenon.pad %x0 value %x4 low [-1, 0, 0] high [-1, -2, 0] : (tensor<3x5x4xf32>, tensor<f32>) -> tensor<1x3x4xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10 : tensor<6x12x7xf32>, tensor<3x6x1xf32>, tensor<6x12x7xf32>, tensor<3x6x3xf32>, tensor<6x12x7xf32>, tensor<3x6x1xf32>, tensor<6x12x7xf32>, tensor<3x6x1xf32>, tensor<4x6x3xf32>, tensor<6xi1>, tensor<1x3x4xf32>
}
