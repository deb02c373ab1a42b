// Long rows of which many are wanted are sorted by merging.
// RUN: tenon-run %s --inputs %p/Inputs/top-k-merged.inputs.safetensors \
// RUN:   --expect %p/Inputs/top-k-merged.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<2x3001xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<2x3001xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x3001xi64> {tenon.name = "y1", tenon.dtype = "int64"},
    tensor<2x1700xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x1700xi64> {tenon.name = "y3", tenon.dtype = "int64"}) {
  %y0, %y1 = tenon.top_k %x0 k 3001 axis 1 : (tensor<2x3001xf32>) -> (tensor<2x3001xf32>, tensor<2x3001xi64>)
  %y2, %y3 = tenon.top_k %x0 k 1700 axis 1 {smallest} : (tensor<2x3001xf32>) -> (tensor<2x1700xf32>, tensor<2x1700xi64>)
  return %y0, %y1, %y2, %y3 : tensor<2x3001xf32>, tensor<2x3001xi64>, tensor<2x1700xf32>, tensor<2x1700xi64>
}
