// Place by place where the weight exceeds the caches: a last block past the end.
// RUN: tenon-run %s --inputs %p/Inputs/winograd-large.inputs.safetensors \
// RUN:   --expect %p/Inputs/winograd-large.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x25x9x244xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<17x1x1x16xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<1x1x244x1xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<1x16x1x1xf32> {tenon.name = "x3", tenon.dtype = "float32"})
    -> (
    tensor<1x25x9x272xf32> {tenon.name = "y0", tenon.dtype = "float32"}) {
  %b0_0 = tenon.broadcast %x1 : tensor<17x1x1x16xf32> to tensor<17x16x244x16xf32>
  %b0_1 = tenon.broadcast %x2 : tensor<1x1x244x1xf32> to tensor<17x16x244x16xf32>
  %b0_2 = tenon.broadcast %x3 : tensor<1x16x1x1xf32> to tensor<17x16x244x16xf32>
  %p0 = arith.mulf %b0_0, %b0_1 : tensor<17x16x244x16xf32>
  %w0 = arith.mulf %p0, %b0_2 : tensor<17x16x244x16xf32>
  %y0 = tenon.winograd_conv %x0, %w0 pads [1, 1] [1, 1] : (tensor<1x25x9x244xf32>, tensor<17x16x244x16xf32>) -> tensor<1x25x9x272xf32>
  return %y0 : tensor<1x25x9x272xf32>
}
