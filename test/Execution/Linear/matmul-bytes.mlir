// Unsigned bytes by signed ones are summed in i32, exactly, however they are multiplied.
// RUN: tenon-run %s --inputs %p/Inputs/matmul-bytes.inputs.safetensors \
// RUN:   --expect %p/Inputs/matmul-bytes.expected.safetensors --rtol 0 --atol 0
// Made by make_nn.py.

func.func @step(
    %x0: tensor<64x128xi8> {tenon.name = "x0", tenon.dtype = "uint8"},
    %x1: tensor<128x64xi8> {tenon.name = "x1", tenon.dtype = "int8"},
    %x2: tensor<70x96xi8> {tenon.name = "x2", tenon.dtype = "uint8"},
    %x3: tensor<96x80xi8> {tenon.name = "x3", tenon.dtype = "int8"},
    %x4: tensor<33x47xi8> {tenon.name = "x4", tenon.dtype = "uint8"},
    %x5: tensor<47x20xi8> {tenon.name = "x5", tenon.dtype = "int8"},
    %x6: tensor<2x3x20x64xi8> {tenon.name = "x6", tenon.dtype = "uint8"},
    %x7: tensor<3x64x40xi8> {tenon.name = "x7", tenon.dtype = "int8"},
    %x8: tensor<3x64xi8> {tenon.name = "x8", tenon.dtype = "uint8"},
    %x9: tensor<64x32xi8> {tenon.name = "x9", tenon.dtype = "int8"},
    %x10: tensor<9x1000xi8> {tenon.name = "x10", tenon.dtype = "uint8"},
    %x11: tensor<1000x9xi8> {tenon.name = "x11", tenon.dtype = "int8"})
    -> (
    tensor<64x64xi32> {tenon.name = "y0", tenon.dtype = "int32"},
    tensor<70x80xi32> {tenon.name = "y1", tenon.dtype = "int32"},
    tensor<33x20xi32> {tenon.name = "y2", tenon.dtype = "int32"},
    tensor<2x3x20x40xi32> {tenon.name = "y3", tenon.dtype = "int32"},
    tensor<3x32xi32> {tenon.name = "y4", tenon.dtype = "int32"},
    tensor<9x9xi32> {tenon.name = "y5", tenon.dtype = "int32"}) {
  %y0 = tenon.integer_matmul %x0, %x1 : (tensor<64x128xi8>, tensor<128x64xi8>) -> tensor<64x64xi32>
  %y1 = tenon.integer_matmul %x2, %x3 : (tensor<70x96xi8>, tensor<96x80xi8>) -> tensor<70x80xi32>
  %y2 = tenon.integer_matmul %x4, %x5 : (tensor<33x47xi8>, tensor<47x20xi8>) -> tensor<33x20xi32>
  %y3 = tenon.integer_matmul %x6, %x7 : (tensor<2x3x20x64xi8>, tensor<3x64x40xi8>) -> tensor<2x3x20x40xi32>
  %y4 = tenon.integer_matmul %x8, %x9 : (tensor<3x64xi8>, tensor<64x32xi8>) -> tensor<3x32xi32>
  %y5 = tenon.integer_matmul %x10, %x11 : (tensor<9x1000xi8>, tensor<1000x9xi8>) -> tensor<9x9xi32>
  return %y0, %y1, %y2, %y3, %y4, %y5 : tensor<64x64xi32>, tensor<70x80xi32>, tensor<33x20xi32>, tensor<2x3x20x40xi32>, tensor<3x32xi32>, tensor<9x9xi32>
}
