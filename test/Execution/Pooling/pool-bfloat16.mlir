// Means are formed in f32 and rounded once; maxima are exact.
// RUN: tenon-run %s --inputs %p/Inputs/pool-bfloat16.inputs.safetensors \
// RUN:   --expect %p/Inputs/pool-bfloat16.expected.safetensors --rtol 0.008 --atol 0.001
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x2x16x16xbf16> {tenon.name = "x0", tenon.dtype = "bfloat16"})
    -> (
    tensor<1x2x1x1xbf16> {tenon.name = "y0", tenon.dtype = "bfloat16"},
    tensor<1x2x8x8xbf16> {tenon.name = "y1", tenon.dtype = "bfloat16"},
    tensor<1x2x8x8xbf16> {tenon.name = "y2", tenon.dtype = "bfloat16"},
    tensor<1x2x8x8xi64> {tenon.name = "y3", tenon.dtype = "int64"}) {
  %y0 = tenon.avg_pool %x0 kernel [16, 16] strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] : (tensor<1x2x16x16xbf16>) -> tensor<1x2x1x1xbf16>
  %y1 = tenon.avg_pool %x0 kernel [3, 3] strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x2x16x16xbf16>) -> tensor<1x2x8x8xbf16>
  %y2, %y3 = tenon.max_pool %x0 kernel [3, 3] strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] {with_indices} : (tensor<1x2x16x16xbf16>) -> (tensor<1x2x8x8xbf16>, tensor<1x2x8x8xi64>)
  return %y0, %y1, %y2, %y3 : tensor<1x2x1x1xbf16>, tensor<1x2x8x8xbf16>, tensor<1x2x8x8xbf16>, tensor<1x2x8x8xi64>
}
