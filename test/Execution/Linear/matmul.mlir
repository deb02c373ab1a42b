// NumPy's broadcasting of batch axes, both sides transposed or not.
// RUN: tenon-run %s --inputs %p/Inputs/matmul.inputs.safetensors \
// RUN:   --expect %p/Inputs/matmul.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<4x5xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<5x6xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<4x5xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<6x5xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<5x4xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<5x6xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<5x4xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<6x5xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<2x4x5xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<5x6xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<2x4x5xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<6x5xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<2x5x4xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<5x6xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<2x5x4xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<6x5xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<4x5xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<2x5x6xf32> {tenon.name = "x17", tenon.dtype = "float32"},
    %x18: tensor<4x5xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<2x6x5xf32> {tenon.name = "x19", tenon.dtype = "float32"},
    %x20: tensor<5x4xf32> {tenon.name = "x20", tenon.dtype = "float32"},
    %x21: tensor<2x5x6xf32> {tenon.name = "x21", tenon.dtype = "float32"},
    %x22: tensor<5x4xf32> {tenon.name = "x22", tenon.dtype = "float32"},
    %x23: tensor<2x6x5xf32> {tenon.name = "x23", tenon.dtype = "float32"},
    %x24: tensor<2x3x4x5xf32> {tenon.name = "x24", tenon.dtype = "float32"},
    %x25: tensor<3x5x6xf32> {tenon.name = "x25", tenon.dtype = "float32"},
    %x26: tensor<2x3x4x5xf32> {tenon.name = "x26", tenon.dtype = "float32"},
    %x27: tensor<3x6x5xf32> {tenon.name = "x27", tenon.dtype = "float32"},
    %x28: tensor<2x3x5x4xf32> {tenon.name = "x28", tenon.dtype = "float32"},
    %x29: tensor<3x5x6xf32> {tenon.name = "x29", tenon.dtype = "float32"},
    %x30: tensor<2x3x5x4xf32> {tenon.name = "x30", tenon.dtype = "float32"},
    %x31: tensor<3x6x5xf32> {tenon.name = "x31", tenon.dtype = "float32"},
    %x32: tensor<2x1x4x5xf32> {tenon.name = "x32", tenon.dtype = "float32"},
    %x33: tensor<1x3x5x6xf32> {tenon.name = "x33", tenon.dtype = "float32"},
    %x34: tensor<2x1x4x5xf32> {tenon.name = "x34", tenon.dtype = "float32"},
    %x35: tensor<1x3x6x5xf32> {tenon.name = "x35", tenon.dtype = "float32"},
    %x36: tensor<2x1x5x4xf32> {tenon.name = "x36", tenon.dtype = "float32"},
    %x37: tensor<1x3x5x6xf32> {tenon.name = "x37", tenon.dtype = "float32"},
    %x38: tensor<2x1x5x4xf32> {tenon.name = "x38", tenon.dtype = "float32"},
    %x39: tensor<1x3x6x5xf32> {tenon.name = "x39", tenon.dtype = "float32"},
    %x40: tensor<2x3x4x5xf32> {tenon.name = "x40", tenon.dtype = "float32"},
    %x41: tensor<2x3x5x6xf32> {tenon.name = "x41", tenon.dtype = "float32"},
    %x42: tensor<2x3x4x5xf32> {tenon.name = "x42", tenon.dtype = "float32"},
    %x43: tensor<2x3x6x5xf32> {tenon.name = "x43", tenon.dtype = "float32"},
    %x44: tensor<2x3x5x4xf32> {tenon.name = "x44", tenon.dtype = "float32"},
    %x45: tensor<2x3x5x6xf32> {tenon.name = "x45", tenon.dtype = "float32"},
    %x46: tensor<2x3x5x4xf32> {tenon.name = "x46", tenon.dtype = "float32"},
    %x47: tensor<2x3x6x5xf32> {tenon.name = "x47", tenon.dtype = "float32"},
    %x48: tensor<1x4x5xf32> {tenon.name = "x48", tenon.dtype = "float32"},
    %x49: tensor<2x1x5x6xf32> {tenon.name = "x49", tenon.dtype = "float32"},
    %x50: tensor<1x4x5xf32> {tenon.name = "x50", tenon.dtype = "float32"},
    %x51: tensor<2x1x6x5xf32> {tenon.name = "x51", tenon.dtype = "float32"},
    %x52: tensor<1x5x4xf32> {tenon.name = "x52", tenon.dtype = "float32"},
    %x53: tensor<2x1x5x6xf32> {tenon.name = "x53", tenon.dtype = "float32"},
    %x54: tensor<1x5x4xf32> {tenon.name = "x54", tenon.dtype = "float32"},
    %x55: tensor<2x1x6x5xf32> {tenon.name = "x55", tenon.dtype = "float32"},
    %x56: tensor<4x2x1x4x5xf32> {tenon.name = "x56", tenon.dtype = "float32"},
    %x57: tensor<2x3x5x6xf32> {tenon.name = "x57", tenon.dtype = "float32"},
    %x58: tensor<4x2x1x4x5xf32> {tenon.name = "x58", tenon.dtype = "float32"},
    %x59: tensor<2x3x6x5xf32> {tenon.name = "x59", tenon.dtype = "float32"},
    %x60: tensor<4x2x1x5x4xf32> {tenon.name = "x60", tenon.dtype = "float32"},
    %x61: tensor<2x3x5x6xf32> {tenon.name = "x61", tenon.dtype = "float32"},
    %x62: tensor<4x2x1x5x4xf32> {tenon.name = "x62", tenon.dtype = "float32"},
    %x63: tensor<2x3x6x5xf32> {tenon.name = "x63", tenon.dtype = "float32"},
    %x64: tensor<3x4xf64> {tenon.name = "x64", tenon.dtype = "float64"},
    %x65: tensor<4x5xf64> {tenon.name = "x65", tenon.dtype = "float64"})
    -> (
    tensor<4x6xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<4x6xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<4x6xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<4x6xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x4x6xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x4x6xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x4x6xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x4x6xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x4x6xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<2x4x6xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<2x4x6xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<2x4x6xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<2x3x4x6xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<2x3x4x6xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<2x3x4x6xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<2x3x4x6xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<2x3x4x6xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<2x3x4x6xf32> {tenon.name = "y17", tenon.dtype = "float32"},
    tensor<2x3x4x6xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<2x3x4x6xf32> {tenon.name = "y19", tenon.dtype = "float32"},
    tensor<2x3x4x6xf32> {tenon.name = "y20", tenon.dtype = "float32"},
    tensor<2x3x4x6xf32> {tenon.name = "y21", tenon.dtype = "float32"},
    tensor<2x3x4x6xf32> {tenon.name = "y22", tenon.dtype = "float32"},
    tensor<2x3x4x6xf32> {tenon.name = "y23", tenon.dtype = "float32"},
    tensor<2x1x4x6xf32> {tenon.name = "y24", tenon.dtype = "float32"},
    tensor<2x1x4x6xf32> {tenon.name = "y25", tenon.dtype = "float32"},
    tensor<2x1x4x6xf32> {tenon.name = "y26", tenon.dtype = "float32"},
    tensor<2x1x4x6xf32> {tenon.name = "y27", tenon.dtype = "float32"},
    tensor<4x2x3x4x6xf32> {tenon.name = "y28", tenon.dtype = "float32"},
    tensor<4x2x3x4x6xf32> {tenon.name = "y29", tenon.dtype = "float32"},
    tensor<4x2x3x4x6xf32> {tenon.name = "y30", tenon.dtype = "float32"},
    tensor<4x2x3x4x6xf32> {tenon.name = "y31", tenon.dtype = "float32"},
    tensor<3x5xf64> {tenon.name = "y32", tenon.dtype = "float64"}) {
  %y0 = tenon.matmul %x0, %x1 : (tensor<4x5xf32>, tensor<5x6xf32>) -> tensor<4x6xf32>
  %y1 = tenon.matmul %x2, %x3 transposed : (tensor<4x5xf32>, tensor<6x5xf32>) -> tensor<4x6xf32>
  %y2 = tenon.matmul %x4 transposed, %x5 : (tensor<5x4xf32>, tensor<5x6xf32>) -> tensor<4x6xf32>
  %y3 = tenon.matmul %x6 transposed, %x7 transposed : (tensor<5x4xf32>, tensor<6x5xf32>) -> tensor<4x6xf32>
  %y4 = tenon.matmul %x8, %x9 : (tensor<2x4x5xf32>, tensor<5x6xf32>) -> tensor<2x4x6xf32>
  %y5 = tenon.matmul %x10, %x11 transposed : (tensor<2x4x5xf32>, tensor<6x5xf32>) -> tensor<2x4x6xf32>
  %y6 = tenon.matmul %x12 transposed, %x13 : (tensor<2x5x4xf32>, tensor<5x6xf32>) -> tensor<2x4x6xf32>
  %y7 = tenon.matmul %x14 transposed, %x15 transposed : (tensor<2x5x4xf32>, tensor<6x5xf32>) -> tensor<2x4x6xf32>
  %y8 = tenon.matmul %x16, %x17 : (tensor<4x5xf32>, tensor<2x5x6xf32>) -> tensor<2x4x6xf32>
  %y9 = tenon.matmul %x18, %x19 transposed : (tensor<4x5xf32>, tensor<2x6x5xf32>) -> tensor<2x4x6xf32>
  %y10 = tenon.matmul %x20 transposed, %x21 : (tensor<5x4xf32>, tensor<2x5x6xf32>) -> tensor<2x4x6xf32>
  %y11 = tenon.matmul %x22 transposed, %x23 transposed : (tensor<5x4xf32>, tensor<2x6x5xf32>) -> tensor<2x4x6xf32>
  %y12 = tenon.matmul %x24, %x25 : (tensor<2x3x4x5xf32>, tensor<3x5x6xf32>) -> tensor<2x3x4x6xf32>
  %y13 = tenon.matmul %x26, %x27 transposed : (tensor<2x3x4x5xf32>, tensor<3x6x5xf32>) -> tensor<2x3x4x6xf32>
  %y14 = tenon.matmul %x28 transposed, %x29 : (tensor<2x3x5x4xf32>, tensor<3x5x6xf32>) -> tensor<2x3x4x6xf32>
  %y15 = tenon.matmul %x30 transposed, %x31 transposed : (tensor<2x3x5x4xf32>, tensor<3x6x5xf32>) -> tensor<2x3x4x6xf32>
  %y16 = tenon.matmul %x32, %x33 : (tensor<2x1x4x5xf32>, tensor<1x3x5x6xf32>) -> tensor<2x3x4x6xf32>
  %y17 = tenon.matmul %x34, %x35 transposed : (tensor<2x1x4x5xf32>, tensor<1x3x6x5xf32>) -> tensor<2x3x4x6xf32>
  %y18 = tenon.matmul %x36 transposed, %x37 : (tensor<2x1x5x4xf32>, tensor<1x3x5x6xf32>) -> tensor<2x3x4x6xf32>
  %y19 = tenon.matmul %x38 transposed, %x39 transposed : (tensor<2x1x5x4xf32>, tensor<1x3x6x5xf32>) -> tensor<2x3x4x6xf32>
  %y20 = tenon.matmul %x40, %x41 : (tensor<2x3x4x5xf32>, tensor<2x3x5x6xf32>) -> tensor<2x3x4x6xf32>
  %y21 = tenon.matmul %x42, %x43 transposed : (tensor<2x3x4x5xf32>, tensor<2x3x6x5xf32>) -> tensor<2x3x4x6xf32>
  %y22 = tenon.matmul %x44 transposed, %x45 : (tensor<2x3x5x4xf32>, tensor<2x3x5x6xf32>) -> tensor<2x3x4x6xf32>
  %y23 = tenon.matmul %x46 transposed, %x47 transposed : (tensor<2x3x5x4xf32>, tensor<2x3x6x5xf32>) -> tensor<2x3x4x6xf32>
  %y24 = tenon.matmul %x48, %x49 : (tensor<1x4x5xf32>, tensor<2x1x5x6xf32>) -> tensor<2x1x4x6xf32>
  %y25 = tenon.matmul %x50, %x51 transposed : (tensor<1x4x5xf32>, tensor<2x1x6x5xf32>) -> tensor<2x1x4x6xf32>
  %y26 = tenon.matmul %x52 transposed, %x53 : (tensor<1x5x4xf32>, tensor<2x1x5x6xf32>) -> tensor<2x1x4x6xf32>
  %y27 = tenon.matmul %x54 transposed, %x55 transposed : (tensor<1x5x4xf32>, tensor<2x1x6x5xf32>) -> tensor<2x1x4x6xf32>
  %y28 = tenon.matmul %x56, %x57 : (tensor<4x2x1x4x5xf32>, tensor<2x3x5x6xf32>) -> tensor<4x2x3x4x6xf32>
  %y29 = tenon.matmul %x58, %x59 transposed : (tensor<4x2x1x4x5xf32>, tensor<2x3x6x5xf32>) -> tensor<4x2x3x4x6xf32>
  %y30 = tenon.matmul %x60 transposed, %x61 : (tensor<4x2x1x5x4xf32>, tensor<2x3x5x6xf32>) -> tensor<4x2x3x4x6xf32>
  %y31 = tenon.matmul %x62 transposed, %x63 transposed : (tensor<4x2x1x5x4xf32>, tensor<2x3x6x5xf32>) -> tensor<4x2x3x4x6xf32>
  %y32 = tenon.matmul %x64, %x65 : (tensor<3x4xf64>, tensor<4x5xf64>) -> tensor<3x5xf64>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24, %y25, %y26, %y27, %y28, %y29, %y30, %y31, %y32 : tensor<4x6xf32>, tensor<4x6xf32>, tensor<4x6xf32>, tensor<4x6xf32>, tensor<2x4x6xf32>, tensor<2x4x6xf32>, tensor<2x4x6xf32>, tensor<2x4x6xf32>, tensor<2x4x6xf32>, tensor<2x4x6xf32>, tensor<2x4x6xf32>, tensor<2x4x6xf32>, tensor<2x3x4x6xf32>, tensor<2x3x4x6xf32>, tensor<2x3x4x6xf32>, tensor<2x3x4x6xf32>, tensor<2x3x4x6xf32>, tensor<2x3x4x6xf32>, tensor<2x3x4x6xf32>, tensor<2x3x4x6xf32>, tensor<2x3x4x6xf32>, tensor<2x3x4x6xf32>, tensor<2x3x4x6xf32>, tensor<2x3x4x6xf32>, tensor<2x1x4x6xf32>, tensor<2x1x4x6xf32>, tensor<2x1x4x6xf32>, tensor<2x1x4x6xf32>, tensor<4x2x3x4x6xf32>, tensor<4x2x3x4x6xf32>, tensor<4x2x3x4x6xf32>, tensor<4x2x3x4x6xf32>, tensor<3x5xf64>
}
