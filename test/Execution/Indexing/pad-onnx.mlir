// As ONNX Runtime pads.
// RUN: tenon-run %s --inputs %p/Inputs/pad-onnx.inputs.safetensors \
// RUN:   --expect %p/Inputs/pad-onnx.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x3x4xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<3x5x8xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<3x5x8xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<3x5x8xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<3x5x8xf32> {tenon.name = "y3", tenon.dtype = "float32"}) {
  %y0 = tenon.pad %x0 low [0, 2, 1] high [1, 0, 3] : (tensor<2x3x4xf32>) -> tensor<3x5x8xf32>
  %y1 = tenon.pad %x0 low [0, 2, 1] high [1, 0, 3] {mode = #tenon<pad_mode reflect>} : (tensor<2x3x4xf32>) -> tensor<3x5x8xf32>
  %y2 = tenon.pad %x0 low [0, 2, 1] high [1, 0, 3] {mode = #tenon<pad_mode edge>} : (tensor<2x3x4xf32>) -> tensor<3x5x8xf32>
  %y3 = tenon.pad %x0 low [0, 2, 1] high [1, 0, 3] {mode = #tenon<pad_mode wrap>} : (tensor<2x3x4xf32>) -> tensor<3x5x8xf32>
  return %y0, %y1, %y2, %y3 : tensor<3x5x8xf32>, tensor<3x5x8xf32>, tensor<3x5x8xf32>, tensor<3x5x8xf32>
}
