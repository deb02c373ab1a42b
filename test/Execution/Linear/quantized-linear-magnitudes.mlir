// Inputs of other magnitudes in a group: one much larger, zeros of both signs, denormals, infinities and NaN.
// RUN: tenon-run %s --inputs %p/Inputs/quantized-linear-magnitudes.inputs.safetensors \
// RUN:   --expect %p/Inputs/quantized-linear-magnitudes.expected.safetensors --rtol 0.0001 --atol 0.02
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x256xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x32x16xi32> {tenon.name = "x1", tenon.dtype = "int32"},
    %x2: tensor<2x2x16xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x256xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<2x32x16xi32> {tenon.name = "x4", tenon.dtype = "int32"},
    %x5: tensor<2x2x16xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<2x256xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<2x32x16xi32> {tenon.name = "x7", tenon.dtype = "int32"},
    %x8: tensor<2x2x16xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<2x256xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<2x32x16xi32> {tenon.name = "x10", tenon.dtype = "int32"},
    %x11: tensor<2x2x16xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<2x256xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<2x32x16xi32> {tenon.name = "x13", tenon.dtype = "int32"},
    %x14: tensor<2x2x16xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<2x256xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<2x32x16xi32> {tenon.name = "x16", tenon.dtype = "int32"},
    %x17: tensor<2x2x16xf32> {tenon.name = "x17", tenon.dtype = "float32"},
    %x18: tensor<2x256xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<2x32x16xi32> {tenon.name = "x19", tenon.dtype = "int32"},
    %x20: tensor<2x2x16xf32> {tenon.name = "x20", tenon.dtype = "float32"},
    %x21: tensor<2x256xf32> {tenon.name = "x21", tenon.dtype = "float32"},
    %x22: tensor<2x32x16xi32> {tenon.name = "x22", tenon.dtype = "int32"},
    %x23: tensor<2x2x16xf32> {tenon.name = "x23", tenon.dtype = "float32"},
    %x24: tensor<2x256xf32> {tenon.name = "x24", tenon.dtype = "float32"},
    %x25: tensor<2x64x16xi32> {tenon.name = "x25", tenon.dtype = "int32"},
    %x26: tensor<2x2x16xf32> {tenon.name = "x26", tenon.dtype = "float32"},
    %x27: tensor<2x256xf32> {tenon.name = "x27", tenon.dtype = "float32"},
    %x28: tensor<2x64x16xi32> {tenon.name = "x28", tenon.dtype = "int32"},
    %x29: tensor<2x2x16xf32> {tenon.name = "x29", tenon.dtype = "float32"},
    %x30: tensor<2x256xf32> {tenon.name = "x30", tenon.dtype = "float32"},
    %x31: tensor<2x64x16xi32> {tenon.name = "x31", tenon.dtype = "int32"},
    %x32: tensor<2x2x16xf32> {tenon.name = "x32", tenon.dtype = "float32"},
    %x33: tensor<2x256xf32> {tenon.name = "x33", tenon.dtype = "float32"},
    %x34: tensor<2x64x16xi32> {tenon.name = "x34", tenon.dtype = "int32"},
    %x35: tensor<2x2x16xf32> {tenon.name = "x35", tenon.dtype = "float32"},
    %x36: tensor<2x256xf32> {tenon.name = "x36", tenon.dtype = "float32"},
    %x37: tensor<2x64x16xi32> {tenon.name = "x37", tenon.dtype = "int32"},
    %x38: tensor<2x2x16xf32> {tenon.name = "x38", tenon.dtype = "float32"},
    %x39: tensor<2x256xf32> {tenon.name = "x39", tenon.dtype = "float32"},
    %x40: tensor<2x64x16xi32> {tenon.name = "x40", tenon.dtype = "int32"},
    %x41: tensor<2x2x16xf32> {tenon.name = "x41", tenon.dtype = "float32"},
    %x42: tensor<2x256xf32> {tenon.name = "x42", tenon.dtype = "float32"},
    %x43: tensor<2x64x16xi32> {tenon.name = "x43", tenon.dtype = "int32"},
    %x44: tensor<2x2x16xf32> {tenon.name = "x44", tenon.dtype = "float32"},
    %x45: tensor<2x256xf32> {tenon.name = "x45", tenon.dtype = "float32"},
    %x46: tensor<2x64x16xi32> {tenon.name = "x46", tenon.dtype = "int32"},
    %x47: tensor<2x2x16xf32> {tenon.name = "x47", tenon.dtype = "float32"})
    -> (
    tensor<2x32xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x32xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x32xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x32xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x32xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x32xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x32xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x32xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x32xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<2x32xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<2x32xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<2x32xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<2x32xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<2x32xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<2x32xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<2x32xf32> {tenon.name = "y15", tenon.dtype = "float32"}) {
  %y0 = tenon.quantized_linear %x0, %x1 scale %x2 bits 4 : (tensor<2x256xf32>, tensor<2x32x16xi32>, tensor<2x2x16xf32>) -> tensor<2x32xf32>
  %y1 = tenon.quantized_linear %x3, %x4 scale %x5 bits 4 : (tensor<2x256xf32>, tensor<2x32x16xi32>, tensor<2x2x16xf32>) -> tensor<2x32xf32>
  %y2 = tenon.quantized_linear %x6, %x7 scale %x8 bits 4 : (tensor<2x256xf32>, tensor<2x32x16xi32>, tensor<2x2x16xf32>) -> tensor<2x32xf32>
  %y3 = tenon.quantized_linear %x9, %x10 scale %x11 bits 4 : (tensor<2x256xf32>, tensor<2x32x16xi32>, tensor<2x2x16xf32>) -> tensor<2x32xf32>
  %y4 = tenon.quantized_linear %x12, %x13 scale %x14 bits 4 : (tensor<2x256xf32>, tensor<2x32x16xi32>, tensor<2x2x16xf32>) -> tensor<2x32xf32>
  %y5 = tenon.quantized_linear %x15, %x16 scale %x17 bits 4 : (tensor<2x256xf32>, tensor<2x32x16xi32>, tensor<2x2x16xf32>) -> tensor<2x32xf32>
  %y6 = tenon.quantized_linear %x18, %x19 scale %x20 bits 4 : (tensor<2x256xf32>, tensor<2x32x16xi32>, tensor<2x2x16xf32>) -> tensor<2x32xf32>
  %y7 = tenon.quantized_linear %x21, %x22 scale %x23 bits 4 : (tensor<2x256xf32>, tensor<2x32x16xi32>, tensor<2x2x16xf32>) -> tensor<2x32xf32>
  %y8 = tenon.quantized_linear %x24, %x25 scale %x26 bits 8 : (tensor<2x256xf32>, tensor<2x64x16xi32>, tensor<2x2x16xf32>) -> tensor<2x32xf32>
  %y9 = tenon.quantized_linear %x27, %x28 scale %x29 bits 8 : (tensor<2x256xf32>, tensor<2x64x16xi32>, tensor<2x2x16xf32>) -> tensor<2x32xf32>
  %y10 = tenon.quantized_linear %x30, %x31 scale %x32 bits 8 : (tensor<2x256xf32>, tensor<2x64x16xi32>, tensor<2x2x16xf32>) -> tensor<2x32xf32>
  %y11 = tenon.quantized_linear %x33, %x34 scale %x35 bits 8 : (tensor<2x256xf32>, tensor<2x64x16xi32>, tensor<2x2x16xf32>) -> tensor<2x32xf32>
  %y12 = tenon.quantized_linear %x36, %x37 scale %x38 bits 8 : (tensor<2x256xf32>, tensor<2x64x16xi32>, tensor<2x2x16xf32>) -> tensor<2x32xf32>
  %y13 = tenon.quantized_linear %x39, %x40 scale %x41 bits 8 : (tensor<2x256xf32>, tensor<2x64x16xi32>, tensor<2x2x16xf32>) -> tensor<2x32xf32>
  %y14 = tenon.quantized_linear %x42, %x43 scale %x44 bits 8 : (tensor<2x256xf32>, tensor<2x64x16xi32>, tensor<2x2x16xf32>) -> tensor<2x32xf32>
  %y15 = tenon.quantized_linear %x45, %x46 scale %x47 bits 8 : (tensor<2x256xf32>, tensor<2x64x16xi32>, tensor<2x2x16xf32>) -> tensor<2x32xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15 : tensor<2x32xf32>, tensor<2x32xf32>, tensor<2x32xf32>, tensor<2x32xf32>, tensor<2x32xf32>, tensor<2x32xf32>, tensor<2x32xf32>, tensor<2x32xf32>, tensor<2x32xf32>, tensor<2x32xf32>, tensor<2x32xf32>, tensor<2x32xf32>, tensor<2x32xf32>, tensor<2x32xf32>, tensor<2x32xf32>, tensor<2x32xf32>
}
