// f8E5M2: all codes to wider floats; from them rounded, saturated, NaN.
// RUN: tenon-run %s --inputs %p/Inputs/cast-f8e5m2.inputs.safetensors \
// RUN:   --expect %p/Inputs/cast-f8e5m2.expected.safetensors --rtol 0 --atol 0
// Made by make_nn.py.

func.func @step(
    %x0: tensor<256xi8> {tenon.name = "x0", tenon.dtype = "uint8"},
    %x1: tensor<995xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<995xf64> {tenon.name = "x2", tenon.dtype = "float64"})
    -> (
    tensor<256xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<256xf16> {tenon.name = "y1", tenon.dtype = "float16"},
    tensor<256xf64> {tenon.name = "y2", tenon.dtype = "float64"},
    tensor<995xi8> {tenon.name = "y3", tenon.dtype = "uint8"},
    tensor<995xi8> {tenon.name = "y4", tenon.dtype = "uint8"}) {
  %small0 = arith.bitcast %x0 : tensor<256xi8> to tensor<256xf8E5M2>
  %y0 = tenon.cast %small0 : tensor<256xf8E5M2> to tensor<256xf32>
  %small1 = arith.bitcast %x0 : tensor<256xi8> to tensor<256xf8E5M2>
  %y1 = tenon.cast %small1 : tensor<256xf8E5M2> to tensor<256xf16>
  %small2 = arith.bitcast %x0 : tensor<256xi8> to tensor<256xf8E5M2>
  %y2 = tenon.cast %small2 : tensor<256xf8E5M2> to tensor<256xf64>
  %small3 = tenon.cast %x1 {saturate} : tensor<995xf32> to tensor<995xf8E5M2>
  %y3 = arith.bitcast %small3 : tensor<995xf8E5M2> to tensor<995xi8>
  %small4 = tenon.cast %x2 {saturate} : tensor<995xf64> to tensor<995xf8E5M2>
  %y4 = arith.bitcast %small4 : tensor<995xf8E5M2> to tensor<995xi8>
  return %y0, %y1, %y2, %y3, %y4 : tensor<256xf32>, tensor<256xf16>, tensor<256xf64>, tensor<995xi8>, tensor<995xi8>
}
