// Columns of 16-bit factors that fill no vector, also in a last tile.
// RUN: tenon-run %s --inputs %p/Inputs/matmul-half-edges.inputs.safetensors \
// RUN:   --expect %p/Inputs/matmul-half-edges.expected.safetensors --rtol 0.01 --atol 0.01
// Made by make_nn.py.

func.func @step(
    %x0: tensor<8x32xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<32x36xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<60x16xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<16x37xf16> {tenon.name = "x3", tenon.dtype = "float16"},
    %x4: tensor<3x9xf16> {tenon.name = "x4", tenon.dtype = "float16"},
    %x5: tensor<9x5xf16> {tenon.name = "x5", tenon.dtype = "float16"},
    %x6: tensor<1x40xf16> {tenon.name = "x6", tenon.dtype = "float16"},
    %x7: tensor<40x45xf16> {tenon.name = "x7", tenon.dtype = "float16"},
    %x8: tensor<8x32xbf16> {tenon.name = "x8", tenon.dtype = "bfloat16"},
    %x9: tensor<32x36xbf16> {tenon.name = "x9", tenon.dtype = "bfloat16"},
    %x10: tensor<60x16xbf16> {tenon.name = "x10", tenon.dtype = "bfloat16"},
    %x11: tensor<16x37xbf16> {tenon.name = "x11", tenon.dtype = "bfloat16"},
    %x12: tensor<3x9xbf16> {tenon.name = "x12", tenon.dtype = "bfloat16"},
    %x13: tensor<9x5xbf16> {tenon.name = "x13", tenon.dtype = "bfloat16"},
    %x14: tensor<1x40xbf16> {tenon.name = "x14", tenon.dtype = "bfloat16"},
    %x15: tensor<40x45xbf16> {tenon.name = "x15", tenon.dtype = "bfloat16"})
    -> (
    tensor<8x36xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<60x37xf16> {tenon.name = "y1", tenon.dtype = "float16"},
    tensor<3x5xf16> {tenon.name = "y2", tenon.dtype = "float16"},
    tensor<1x45xf16> {tenon.name = "y3", tenon.dtype = "float16"},
    tensor<8x36xbf16> {tenon.name = "y4", tenon.dtype = "bfloat16"},
    tensor<60x37xbf16> {tenon.name = "y5", tenon.dtype = "bfloat16"},
    tensor<3x5xbf16> {tenon.name = "y6", tenon.dtype = "bfloat16"},
    tensor<1x45xbf16> {tenon.name = "y7", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.matmul %x0, %x1 : (tensor<8x32xf16>, tensor<32x36xf16>) -> tensor<8x36xf16>
  %y1 = tenon.matmul %x2, %x3 : (tensor<60x16xf16>, tensor<16x37xf16>) -> tensor<60x37xf16>
  %y2 = tenon.matmul %x4, %x5 : (tensor<3x9xf16>, tensor<9x5xf16>) -> tensor<3x5xf16>
  %y3 = tenon.matmul %x6, %x7 : (tensor<1x40xf16>, tensor<40x45xf16>) -> tensor<1x45xf16>
  %y4 = tenon.matmul %x8, %x9 : (tensor<8x32xbf16>, tensor<32x36xbf16>) -> tensor<8x36xbf16>
  %y5 = tenon.matmul %x10, %x11 : (tensor<60x16xbf16>, tensor<16x37xbf16>) -> tensor<60x37xbf16>
  %y6 = tenon.matmul %x12, %x13 : (tensor<3x9xbf16>, tensor<9x5xbf16>) -> tensor<3x5xbf16>
  %y7 = tenon.matmul %x14, %x15 : (tensor<1x40xbf16>, tensor<40x45xbf16>) -> tensor<1x45xbf16>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7 : tensor<8x36xf16>, tensor<60x37xf16>, tensor<3x5xf16>, tensor<1x45xf16>, tensor<8x36xbf16>, tensor<60x37xbf16>, tensor<3x5xbf16>, tensor<1x45xbf16>
}
