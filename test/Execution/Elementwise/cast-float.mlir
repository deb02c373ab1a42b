// One rounding to nearest even, from f64 to 16 bits too.
// RUN: tenon-run %s --inputs %p/Inputs/cast-float.inputs.safetensors \
// RUN:   --expect %p/Inputs/cast-float.expected.safetensors --rtol 0 --atol 0
// Made by make_nn.py.

func.func @step(
    %x0: tensor<824xf64> {tenon.name = "x0", tenon.dtype = "float64"},
    %x1: tensor<824xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<824xbf16> {tenon.name = "x2", tenon.dtype = "bfloat16"},
    %x3: tensor<824xf16> {tenon.name = "x3", tenon.dtype = "float16"})
    -> (
    tensor<824xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<824xf16> {tenon.name = "y1", tenon.dtype = "float16"},
    tensor<824xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<824xf64> {tenon.name = "y3", tenon.dtype = "float64"},
    tensor<824xbf16> {tenon.name = "y4", tenon.dtype = "bfloat16"},
    tensor<824xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<824xf64> {tenon.name = "y6", tenon.dtype = "float64"},
    tensor<824xbf16> {tenon.name = "y7", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.cast %x0 : tensor<824xf64> to tensor<824xf32>
  %y1 = tenon.cast %x0 : tensor<824xf64> to tensor<824xf16>
  %y2 = tenon.cast %x1 : tensor<824xf16> to tensor<824xf32>
  %y3 = tenon.cast %x1 : tensor<824xf16> to tensor<824xf64>
  %y4 = tenon.cast %x0 : tensor<824xf64> to tensor<824xbf16>
  %y5 = tenon.cast %x2 : tensor<824xbf16> to tensor<824xf32>
  %y6 = tenon.cast %x2 : tensor<824xbf16> to tensor<824xf64>
  %y7 = tenon.cast %x3 : tensor<824xf16> to tensor<824xbf16>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7 : tensor<824xf32>, tensor<824xf16>, tensor<824xf32>, tensor<824xf64>, tensor<824xbf16>, tensor<824xf32>, tensor<824xf64>, tensor<824xbf16>
}
