// A warp to a row, a block to a row; -inf; lengths that no vector divides.
// RUN: tenon-run %s --inputs %p/Inputs/long-rows-softmax.inputs.safetensors \
// RUN:   --expect %p/Inputs/long-rows-softmax.expected.safetensors --rtol 0.0001 --atol 1e-07
// Made by make_nn.py.

func.func @step(
    %x0: tensor<3x300xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<3x2050xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x2x1024xf32> {tenon.name = "x2", tenon.dtype = "float32"})
    -> (
    tensor<3x300xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<3x300xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<3x2050xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<3x2050xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x2x1024xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x2x1024xf32> {tenon.name = "y5", tenon.dtype = "float32"}) {
  %y0 = tenon.softmax %x0 axis 1 : tensor<3x300xf32>
  %y1 = tenon.softmax %x0 axis 1 log : tensor<3x300xf32>
  %y2 = tenon.softmax %x1 axis 1 : tensor<3x2050xf32>
  %y3 = tenon.softmax %x1 axis 1 log : tensor<3x2050xf32>
  %y4 = tenon.softmax %x2 axis 2 : tensor<2x2x1024xf32>
  %y5 = tenon.softmax %x2 axis 2 log : tensor<2x2x1024xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5 : tensor<3x300xf32>, tensor<3x300xf32>, tensor<3x2050xf32>, tensor<3x2050xf32>, tensor<2x2x1024xf32>, tensor<2x2x1024xf32>
}
