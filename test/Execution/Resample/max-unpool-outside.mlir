// An index outside is dropped; equal indices with equal values meet.
// RUN: tenon-run %s --inputs %p/Inputs/max-unpool-outside.inputs.safetensors \
// RUN:   --expect %p/Inputs/max-unpool-outside.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x1x4xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<1x1x4xi64> {tenon.name = "x1", tenon.dtype = "int64"},
    %x2: tensor<1x1x4xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<1x1x4xi32> {tenon.name = "x3", tenon.dtype = "int32"})
    -> (
    tensor<1x1x6xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x1x6xf32> {tenon.name = "y1", tenon.dtype = "float32"}) {
  %y0 = tenon.max_unpool %x0, %x1 : (tensor<1x1x4xf32>, tensor<1x1x4xi64>) -> tensor<1x1x6xf32>
  %y1 = tenon.max_unpool %x2, %x3 : (tensor<1x1x4xf32>, tensor<1x1x4xi32>) -> tensor<1x1x6xf32>
  return %y0, %y1 : tensor<1x1x6xf32>, tensor<1x1x6xf32>
}
