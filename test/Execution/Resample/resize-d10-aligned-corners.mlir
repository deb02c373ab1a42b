// SEMANTICS D10, as in onnx's own node data: the scale also places aligned corners.
// RUN: tenon-run %s --inputs %p/Inputs/resize-d10-aligned-corners.inputs.safetensors \
// RUN:   --expect %p/Inputs/resize-d10-aligned-corners.expected.safetensors --rtol 0.0001 --atol 0.0001
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x1x2x4xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<1x1x1x2xf32> {tenon.name = "y0", tenon.dtype = "float32"}) {
  %y0 = tenon.resize linear %x0 {coordinates = #tenon<coordinate_mode align_corners>, scales = array<f64: 1.0, 1.0, 0.6000000238418579, 0.6000000238418579>} : tensor<1x1x2x4xf32> to tensor<1x1x1x2xf32>
  return %y0 : tensor<1x1x1x2xf32>
}
