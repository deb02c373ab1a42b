// A16: row i of an entry goes to its position + i; what has no place is left out.
// RUN: tenon-run %s --inputs %p/Inputs/a16-cache-update.inputs.safetensors \
// RUN:   --expect %p/Inputs/a16-cache-update.expected.safetensors --rtol 0 --atol 0
// Made by make_nn.py.

func.func @step(
    %x0: tensor<3x2x7x5xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<3x3x10xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<3xi64> {tenon.name = "x2", tenon.dtype = "int64"},
    %x3: tensor<3xi64> {tenon.name = "x3", tenon.dtype = "int64"},
    %x4: tensor<3xi64> {tenon.name = "x4", tenon.dtype = "int64"},
    %x5: tensor<3x2x4x5xf16> {tenon.name = "x5", tenon.dtype = "float16"},
    %x6: tensor<3x1x10xf16> {tenon.name = "x6", tenon.dtype = "float16"},
    %x7: tensor<3xi64> {tenon.name = "x7", tenon.dtype = "int64"},
    %x8: tensor<3xi64> {tenon.name = "x8", tenon.dtype = "int64"},
    %x9: tensor<3xi64> {tenon.name = "x9", tenon.dtype = "int64"},
    %x10: tensor<3x2x2x5xbf16> {tenon.name = "x10", tenon.dtype = "bfloat16"},
    %x11: tensor<3x4x10xbf16> {tenon.name = "x11", tenon.dtype = "bfloat16"},
    %x12: tensor<3xi64> {tenon.name = "x12", tenon.dtype = "int64"},
    %x13: tensor<3xi64> {tenon.name = "x13", tenon.dtype = "int64"},
    %x14: tensor<3xi64> {tenon.name = "x14", tenon.dtype = "int64"},
    %x15: tensor<3x2x2x5xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<3x2x7x5xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<3xi32> {tenon.name = "x17", tenon.dtype = "int32"})
    -> (
    tensor<3x2x7x5xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<3x2x7x5xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<3x2x7x5xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<3x2x4x5xf16> {tenon.name = "y3", tenon.dtype = "float16"},
    tensor<3x2x4x5xf16> {tenon.name = "y4", tenon.dtype = "float16"},
    tensor<3x2x4x5xf16> {tenon.name = "y5", tenon.dtype = "float16"},
    tensor<3x2x2x5xbf16> {tenon.name = "y6", tenon.dtype = "bfloat16"},
    tensor<3x2x2x5xbf16> {tenon.name = "y7", tenon.dtype = "bfloat16"},
    tensor<3x2x2x5xbf16> {tenon.name = "y8", tenon.dtype = "bfloat16"},
    tensor<3x2x7x5xf32> {tenon.name = "y9", tenon.dtype = "float32"}) {
  %y0 = tenon.cache_update %x0, %x1 at %x2 : (tensor<3x2x7x5xf32>, tensor<3x3x10xf32>, tensor<3xi64>) -> tensor<3x2x7x5xf32>
  %y1 = tenon.cache_update %x0, %x1 at %x3 : (tensor<3x2x7x5xf32>, tensor<3x3x10xf32>, tensor<3xi64>) -> tensor<3x2x7x5xf32>
  %y2 = tenon.cache_update %x0, %x1 at %x4 : (tensor<3x2x7x5xf32>, tensor<3x3x10xf32>, tensor<3xi64>) -> tensor<3x2x7x5xf32>
  %y3 = tenon.cache_update %x5, %x6 at %x7 : (tensor<3x2x4x5xf16>, tensor<3x1x10xf16>, tensor<3xi64>) -> tensor<3x2x4x5xf16>
  %y4 = tenon.cache_update %x5, %x6 at %x8 : (tensor<3x2x4x5xf16>, tensor<3x1x10xf16>, tensor<3xi64>) -> tensor<3x2x4x5xf16>
  %y5 = tenon.cache_update %x5, %x6 at %x9 : (tensor<3x2x4x5xf16>, tensor<3x1x10xf16>, tensor<3xi64>) -> tensor<3x2x4x5xf16>
  %y6 = tenon.cache_update %x10, %x11 at %x12 : (tensor<3x2x2x5xbf16>, tensor<3x4x10xbf16>, tensor<3xi64>) -> tensor<3x2x2x5xbf16>
  %y7 = tenon.cache_update %x10, %x11 at %x13 : (tensor<3x2x2x5xbf16>, tensor<3x4x10xbf16>, tensor<3xi64>) -> tensor<3x2x2x5xbf16>
  %y8 = tenon.cache_update %x10, %x11 at %x14 : (tensor<3x2x2x5xbf16>, tensor<3x4x10xbf16>, tensor<3xi64>) -> tensor<3x2x2x5xbf16>
  %y9 = tenon.cache_update %x16, %x15 at %x17 : (tensor<3x2x7x5xf32>, tensor<3x2x2x5xf32>, tensor<3xi32>) -> tensor<3x2x7x5xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9 : tensor<3x2x7x5xf32>, tensor<3x2x7x5xf32>, tensor<3x2x7x5xf32>, tensor<3x2x4x5xf16>, tensor<3x2x4x5xf16>, tensor<3x2x4x5xf16>, tensor<3x2x2x5xbf16>, tensor<3x2x2x5xbf16>, tensor<3x2x2x5xbf16>, tensor<3x2x7x5xf32>
}
