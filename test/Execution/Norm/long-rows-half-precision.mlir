// Norms of a warp's rows and of a block's.
// RUN: tenon-run %s --inputs %p/Inputs/long-rows-half-precision.inputs.safetensors \
// RUN:   --expect %p/Inputs/long-rows-half-precision.expected.safetensors --rtol 0.002 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x3x384xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<384xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<384xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<5x1536xf16> {tenon.name = "x3", tenon.dtype = "float16"},
    %x4: tensor<1536xf16> {tenon.name = "x4", tenon.dtype = "float16"})
    -> (
    tensor<2x3x384xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<2x3x384xf16> {tenon.name = "y1", tenon.dtype = "float16"},
    tensor<2x3x384xf16> {tenon.name = "y2", tenon.dtype = "float16"},
    tensor<2x3x1xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x3x1xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<5x1536xf16> {tenon.name = "y5", tenon.dtype = "float16"}) {
  %y0 = tenon.layer_norm %x0 scale %x1 bias %x2 axis 2 epsilon 1.0e-05 : (tensor<2x3x384xf16>, tensor<384xf16>, tensor<384xf16>) -> tensor<2x3x384xf16>
  %y1 = tenon.layer_norm %x0 axis 1 epsilon 1.0e-05 : (tensor<2x3x384xf16>) -> tensor<2x3x384xf16>
  %y2, %y3, %y4 = tenon.layer_norm %x0 axis 2 epsilon 1.0e-05 {with_statistics} : (tensor<2x3x384xf16>) -> (tensor<2x3x384xf16>, tensor<2x3x1xf32>, tensor<2x3x1xf32>)
  %y5 = tenon.rms_norm %x3 weight %x4 axis 1 epsilon 1.0e-06 : (tensor<5x1536xf16>, tensor<1536xf16>) -> tensor<5x1536xf16>
  return %y0, %y1, %y2, %y3, %y4, %y5 : tensor<2x3x384xf16>, tensor<2x3x384xf16>, tensor<2x3x384xf16>, tensor<2x3x1xf32>, tensor<2x3x1xf32>, tensor<5x1536xf16>
}
