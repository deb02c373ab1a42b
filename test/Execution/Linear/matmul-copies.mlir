// A factor whose rows lie far apart, one whose rows lie a page apart: both are copied near each other.
// RUN: tenon-run %s --inputs %p/Inputs/matmul-copies.inputs.safetensors \
// RUN:   --expect %p/Inputs/matmul-copies.expected.safetensors --rtol 0.0001 --atol 0.0001
// Made by make_nn.py.

func.func @step(
    %x0: tensor<50x12xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<12x520xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x49x9xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<9x512xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<13x512xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<512x136xi8> {tenon.name = "x5", tenon.dtype = "int8"})
    -> (
    tensor<50x520xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x49x512xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<512x136xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<13x136xf32> {tenon.name = "y3", tenon.dtype = "float32"}) {
  %y0 = tenon.matmul %x0, %x1 : (tensor<50x12xf32>, tensor<12x520xf32>) -> tensor<50x520xf32>
  %y1 = tenon.matmul %x2, %x3 : (tensor<2x49x9xf32>, tensor<9x512xf32>) -> tensor<2x49x512xf32>
  %y2 = tenon.cast %x5 : tensor<512x136xi8> to tensor<512x136xf32>
  %y3 = tenon.matmul %x4, %y2 : (tensor<13x512xf32>, tensor<512x136xf32>) -> tensor<13x136xf32>
  return %y0, %y1, %y2, %y3 : tensor<50x520xf32>, tensor<2x49x512xf32>, tensor<512x136xf32>, tensor<13x136xf32>
}
