// SEMANTICS D16: an odd size is met by resizing to it, not by doubling; the join and convolution behind see its border.
// RUN: tenon-run %s --inputs %p/Inputs/resize-d16-odd-skip.inputs.safetensors \
// RUN:   --expect %p/Inputs/resize-d16-odd-skip.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x2x3x4xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<1x3x7x9xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<4x5x3x3xf32> {tenon.name = "x2", tenon.dtype = "float32"})
    -> (
    tensor<1x2x7x9xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x5x7x9xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<1x4x7x9xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<1x2x7x9xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<1x5x7x9xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<1x4x7x9xf32> {tenon.name = "y5", tenon.dtype = "float32"}) {
  %y0 = tenon.resize nearest %x0 {coordinates = #tenon<coordinate_mode asymmetric>, nearest = #tenon<nearest_mode floor>} : tensor<1x2x3x4xf32> to tensor<1x2x7x9xf32>
  %y1 = tenon.concat %y0, %x1 axis 1 : (tensor<1x2x7x9xf32>, tensor<1x3x7x9xf32>) -> tensor<1x5x7x9xf32>
  %y2 = tenon.conv %y1, %x2 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x5x7x9xf32>, tensor<4x5x3x3xf32>) -> tensor<1x4x7x9xf32>
  %y3 = tenon.resize linear %x0 : tensor<1x2x3x4xf32> to tensor<1x2x7x9xf32>
  %y4 = tenon.concat %y3, %x1 axis 1 : (tensor<1x2x7x9xf32>, tensor<1x3x7x9xf32>) -> tensor<1x5x7x9xf32>
  %y5 = tenon.conv %y4, %x2 strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x5x7x9xf32>, tensor<4x5x3x3xf32>) -> tensor<1x4x7x9xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5 : tensor<1x2x7x9xf32>, tensor<1x5x7x9xf32>, tensor<1x4x7x9xf32>, tensor<1x2x7x9xf32>, tensor<1x5x7x9xf32>, tensor<1x4x7x9xf32>
}
