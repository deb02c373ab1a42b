// Latents of 8 bits, with scales of their own beside those of turned keys, which are larger here: all forms, ragged rows.
// RUN: tenon-run %s --inputs %p/Inputs/mla-bytes.inputs.safetensors \
// RUN:   --expect %p/Inputs/mla-bytes.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x4x1x6xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x4x1x4xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x24x12xi8> {tenon.name = "x2", tenon.dtype = "int8"},
    %x3: tensor<2x24x4xi8> {tenon.name = "x3", tenon.dtype = "int8"},
    %x4: tensor<44x12xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<2xi64> {tenon.name = "x5", tenon.dtype = "int64"},
    %x6: tensor<2x24x3xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<2x24x1xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<2x4x4x6xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<2x4x4x4xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<2x24x12xi8> {tenon.name = "x10", tenon.dtype = "int8"},
    %x11: tensor<2x24x4xi8> {tenon.name = "x11", tenon.dtype = "int8"},
    %x12: tensor<44x12xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<2xi64> {tenon.name = "x13", tenon.dtype = "int64"},
    %x14: tensor<2x24x3xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<2x24x1xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<2x4x16x6xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<2x4x16x4xf32> {tenon.name = "x17", tenon.dtype = "float32"},
    %x18: tensor<2x24x12xi8> {tenon.name = "x18", tenon.dtype = "int8"},
    %x19: tensor<2x24x4xi8> {tenon.name = "x19", tenon.dtype = "int8"},
    %x20: tensor<44x12xf32> {tenon.name = "x20", tenon.dtype = "float32"},
    %x21: tensor<2xi64> {tenon.name = "x21", tenon.dtype = "int64"},
    %x22: tensor<2x24x3xf32> {tenon.name = "x22", tenon.dtype = "float32"},
    %x23: tensor<2x24x1xf32> {tenon.name = "x23", tenon.dtype = "float32"},
    %x24: tensor<1x2x1x24xf32> {tenon.name = "x24", tenon.dtype = "float32"},
    %x25: tensor<1x2x1x8xf32> {tenon.name = "x25", tenon.dtype = "float32"},
    %x26: tensor<1x600x64xi8> {tenon.name = "x26", tenon.dtype = "int8"},
    %x27: tensor<1x600x8xi8> {tenon.name = "x27", tenon.dtype = "int8"},
    %x28: tensor<80x64xf32> {tenon.name = "x28", tenon.dtype = "float32"},
    %x29: tensor<1xi64> {tenon.name = "x29", tenon.dtype = "int64"},
    %x30: tensor<1x600x8xf32> {tenon.name = "x30", tenon.dtype = "float32"},
    %x31: tensor<1x600x1xf32> {tenon.name = "x31", tenon.dtype = "float32"},
    %x32: tensor<2x2x48x24xf32> {tenon.name = "x32", tenon.dtype = "float32"},
    %x33: tensor<2x2x48x8xf32> {tenon.name = "x33", tenon.dtype = "float32"},
    %x34: tensor<2x200x64xi8> {tenon.name = "x34", tenon.dtype = "int8"},
    %x35: tensor<2x200x8xi8> {tenon.name = "x35", tenon.dtype = "int8"},
    %x36: tensor<80x64xf32> {tenon.name = "x36", tenon.dtype = "float32"},
    %x37: tensor<2xi64> {tenon.name = "x37", tenon.dtype = "int64"},
    %x38: tensor<2x200x8xf32> {tenon.name = "x38", tenon.dtype = "float32"},
    %x39: tensor<2x200x1xf32> {tenon.name = "x39", tenon.dtype = "float32"},
    %x40: tensor<2x2x48x24xf32> {tenon.name = "x40", tenon.dtype = "float32"},
    %x41: tensor<2x2x48x8xf32> {tenon.name = "x41", tenon.dtype = "float32"},
    %x42: tensor<2x200x64xi8> {tenon.name = "x42", tenon.dtype = "int8"},
    %x43: tensor<2x200x8xi8> {tenon.name = "x43", tenon.dtype = "int8"},
    %x44: tensor<80x64xf32> {tenon.name = "x44", tenon.dtype = "float32"},
    %x45: tensor<2xi64> {tenon.name = "x45", tenon.dtype = "int64"},
    %x46: tensor<2x200x8xf32> {tenon.name = "x46", tenon.dtype = "float32"},
    %x47: tensor<2x200x1xf32> {tenon.name = "x47", tenon.dtype = "float32"},
    %x48: tensor<2x2x48x24xf32> {tenon.name = "x48", tenon.dtype = "float32"},
    %x49: tensor<2x2x48x8xf32> {tenon.name = "x49", tenon.dtype = "float32"},
    %x50: tensor<2x200x64xi8> {tenon.name = "x50", tenon.dtype = "int8"},
    %x51: tensor<2x200x8xi8> {tenon.name = "x51", tenon.dtype = "int8"},
    %x52: tensor<80x64xf32> {tenon.name = "x52", tenon.dtype = "float32"},
    %x53: tensor<2xi64> {tenon.name = "x53", tenon.dtype = "int64"},
    %x54: tensor<2x200x8xf32> {tenon.name = "x54", tenon.dtype = "float32"},
    %x55: tensor<2x200x1xf32> {tenon.name = "x55", tenon.dtype = "float32"},
    %x56: tensor<1x2x3x6xf32> {tenon.name = "x56", tenon.dtype = "float32"},
    %x57: tensor<1x2x3x4xf32> {tenon.name = "x57", tenon.dtype = "float32"},
    %x58: tensor<1x20x10xi8> {tenon.name = "x58", tenon.dtype = "int8"},
    %x59: tensor<1x20x4xi8> {tenon.name = "x59", tenon.dtype = "int8"},
    %x60: tensor<22x10xf32> {tenon.name = "x60", tenon.dtype = "float32"},
    %x61: tensor<1x20x5xf32> {tenon.name = "x61", tenon.dtype = "float32"},
    %x62: tensor<1x20x2xf32> {tenon.name = "x62", tenon.dtype = "float32"})
    -> (
    tensor<2x4x1x5xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x4x1x5xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x4x1x5xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x4x4x5xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x4x4x5xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x4x4x5xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x4x16x5xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x4x16x5xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x4x16x5xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<1x2x1x16xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<1x2x1x16xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<1x2x1x16xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<2x2x48x16xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<2x2x48x16xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<2x2x48x16xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<2x2x48x16xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<2x2x48x16xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<2x2x48x16xf32> {tenon.name = "y17", tenon.dtype = "float32"},
    tensor<2x2x48x16xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<2x2x48x16xf32> {tenon.name = "y19", tenon.dtype = "float32"},
    tensor<2x2x48x16xf32> {tenon.name = "y20", tenon.dtype = "float32"},
    tensor<1x2x3x5xf32> {tenon.name = "y21", tenon.dtype = "float32"},
    tensor<1x2x3x5xf32> {tenon.name = "y22", tenon.dtype = "float32"},
    tensor<1x2x3x5xf32> {tenon.name = "y23", tenon.dtype = "float32"}) {
  %y0 = tenon.mla %x0, %x1, %x2, %x3, %x4 valid_lengths %x5 scales %x6, %x7 {causal = #tenon<causal cached>} : (tensor<2x4x1x6xf32>, tensor<2x4x1x4xf32>, tensor<2x24x12xi8>, tensor<2x24x4xi8>, tensor<44x12xf32>, tensor<2xi64>, tensor<2x24x3xf32>, tensor<2x24x1xf32>) -> tensor<2x4x1x5xf32>
  %y1 = tenon.mla %x0, %x1, %x2, %x3, %x4 valid_lengths %x5 scales %x6, %x7 {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<2x4x1x6xf32>, tensor<2x4x1x4xf32>, tensor<2x24x12xi8>, tensor<2x24x4xi8>, tensor<44x12xf32>, tensor<2xi64>, tensor<2x24x3xf32>, tensor<2x24x1xf32>) -> tensor<2x4x1x5xf32>
  %y2 = tenon.mla %x0, %x1, %x2, %x3, %x4 valid_lengths %x5 scales %x6, %x7 {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>} : (tensor<2x4x1x6xf32>, tensor<2x4x1x4xf32>, tensor<2x24x12xi8>, tensor<2x24x4xi8>, tensor<44x12xf32>, tensor<2xi64>, tensor<2x24x3xf32>, tensor<2x24x1xf32>) -> tensor<2x4x1x5xf32>
  %y3 = tenon.mla %x8, %x9, %x10, %x11, %x12 valid_lengths %x13 scales %x14, %x15 {causal = #tenon<causal cached>} : (tensor<2x4x4x6xf32>, tensor<2x4x4x4xf32>, tensor<2x24x12xi8>, tensor<2x24x4xi8>, tensor<44x12xf32>, tensor<2xi64>, tensor<2x24x3xf32>, tensor<2x24x1xf32>) -> tensor<2x4x4x5xf32>
  %y4 = tenon.mla %x8, %x9, %x10, %x11, %x12 valid_lengths %x13 scales %x14, %x15 {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<2x4x4x6xf32>, tensor<2x4x4x4xf32>, tensor<2x24x12xi8>, tensor<2x24x4xi8>, tensor<44x12xf32>, tensor<2xi64>, tensor<2x24x3xf32>, tensor<2x24x1xf32>) -> tensor<2x4x4x5xf32>
  %y5 = tenon.mla %x8, %x9, %x10, %x11, %x12 valid_lengths %x13 scales %x14, %x15 {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>} : (tensor<2x4x4x6xf32>, tensor<2x4x4x4xf32>, tensor<2x24x12xi8>, tensor<2x24x4xi8>, tensor<44x12xf32>, tensor<2xi64>, tensor<2x24x3xf32>, tensor<2x24x1xf32>) -> tensor<2x4x4x5xf32>
  %y6 = tenon.mla %x16, %x17, %x18, %x19, %x20 valid_lengths %x21 scales %x22, %x23 {causal = #tenon<causal cached>} : (tensor<2x4x16x6xf32>, tensor<2x4x16x4xf32>, tensor<2x24x12xi8>, tensor<2x24x4xi8>, tensor<44x12xf32>, tensor<2xi64>, tensor<2x24x3xf32>, tensor<2x24x1xf32>) -> tensor<2x4x16x5xf32>
  %y7 = tenon.mla %x16, %x17, %x18, %x19, %x20 valid_lengths %x21 scales %x22, %x23 {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<2x4x16x6xf32>, tensor<2x4x16x4xf32>, tensor<2x24x12xi8>, tensor<2x24x4xi8>, tensor<44x12xf32>, tensor<2xi64>, tensor<2x24x3xf32>, tensor<2x24x1xf32>) -> tensor<2x4x16x5xf32>
  %y8 = tenon.mla %x16, %x17, %x18, %x19, %x20 valid_lengths %x21 scales %x22, %x23 {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>} : (tensor<2x4x16x6xf32>, tensor<2x4x16x4xf32>, tensor<2x24x12xi8>, tensor<2x24x4xi8>, tensor<44x12xf32>, tensor<2xi64>, tensor<2x24x3xf32>, tensor<2x24x1xf32>) -> tensor<2x4x16x5xf32>
  %y9 = tenon.mla %x24, %x25, %x26, %x27, %x28 valid_lengths %x29 scales %x30, %x31 {causal = #tenon<causal cached>} : (tensor<1x2x1x24xf32>, tensor<1x2x1x8xf32>, tensor<1x600x64xi8>, tensor<1x600x8xi8>, tensor<80x64xf32>, tensor<1xi64>, tensor<1x600x8xf32>, tensor<1x600x1xf32>) -> tensor<1x2x1x16xf32>
  %y10 = tenon.mla %x24, %x25, %x26, %x27, %x28 valid_lengths %x29 scales %x30, %x31 {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<1x2x1x24xf32>, tensor<1x2x1x8xf32>, tensor<1x600x64xi8>, tensor<1x600x8xi8>, tensor<80x64xf32>, tensor<1xi64>, tensor<1x600x8xf32>, tensor<1x600x1xf32>) -> tensor<1x2x1x16xf32>
  %y11 = tenon.mla %x24, %x25, %x26, %x27, %x28 valid_lengths %x29 scales %x30, %x31 {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>} : (tensor<1x2x1x24xf32>, tensor<1x2x1x8xf32>, tensor<1x600x64xi8>, tensor<1x600x8xi8>, tensor<80x64xf32>, tensor<1xi64>, tensor<1x600x8xf32>, tensor<1x600x1xf32>) -> tensor<1x2x1x16xf32>
  %y12 = tenon.mla %x32, %x33, %x34, %x35, %x36 valid_lengths %x37 scales %x38, %x39 {causal = #tenon<causal cached>} : (tensor<2x2x48x24xf32>, tensor<2x2x48x8xf32>, tensor<2x200x64xi8>, tensor<2x200x8xi8>, tensor<80x64xf32>, tensor<2xi64>, tensor<2x200x8xf32>, tensor<2x200x1xf32>) -> tensor<2x2x48x16xf32>
  %y13 = tenon.mla %x32, %x33, %x34, %x35, %x36 valid_lengths %x37 scales %x38, %x39 {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<2x2x48x24xf32>, tensor<2x2x48x8xf32>, tensor<2x200x64xi8>, tensor<2x200x8xi8>, tensor<80x64xf32>, tensor<2xi64>, tensor<2x200x8xf32>, tensor<2x200x1xf32>) -> tensor<2x2x48x16xf32>
  %y14 = tenon.mla %x32, %x33, %x34, %x35, %x36 valid_lengths %x37 scales %x38, %x39 {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>} : (tensor<2x2x48x24xf32>, tensor<2x2x48x8xf32>, tensor<2x200x64xi8>, tensor<2x200x8xi8>, tensor<80x64xf32>, tensor<2xi64>, tensor<2x200x8xf32>, tensor<2x200x1xf32>) -> tensor<2x2x48x16xf32>
  %y15 = tenon.mla %x40, %x41, %x42, %x43, %x44 valid_lengths %x45 scales %x46, %x47 {causal = #tenon<causal cached>} : (tensor<2x2x48x24xf32>, tensor<2x2x48x8xf32>, tensor<2x200x64xi8>, tensor<2x200x8xi8>, tensor<80x64xf32>, tensor<2xi64>, tensor<2x200x8xf32>, tensor<2x200x1xf32>) -> tensor<2x2x48x16xf32>
  %y16 = tenon.mla %x40, %x41, %x42, %x43, %x44 valid_lengths %x45 scales %x46, %x47 {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<2x2x48x24xf32>, tensor<2x2x48x8xf32>, tensor<2x200x64xi8>, tensor<2x200x8xi8>, tensor<80x64xf32>, tensor<2xi64>, tensor<2x200x8xf32>, tensor<2x200x1xf32>) -> tensor<2x2x48x16xf32>
  %y17 = tenon.mla %x40, %x41, %x42, %x43, %x44 valid_lengths %x45 scales %x46, %x47 {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>} : (tensor<2x2x48x24xf32>, tensor<2x2x48x8xf32>, tensor<2x200x64xi8>, tensor<2x200x8xi8>, tensor<80x64xf32>, tensor<2xi64>, tensor<2x200x8xf32>, tensor<2x200x1xf32>) -> tensor<2x2x48x16xf32>
  %y18 = tenon.mla %x48, %x49, %x50, %x51, %x52 valid_lengths %x53 scales %x54, %x55 {causal = #tenon<causal cached>} : (tensor<2x2x48x24xf32>, tensor<2x2x48x8xf32>, tensor<2x200x64xi8>, tensor<2x200x8xi8>, tensor<80x64xf32>, tensor<2xi64>, tensor<2x200x8xf32>, tensor<2x200x1xf32>) -> tensor<2x2x48x16xf32>
  %y19 = tenon.mla %x48, %x49, %x50, %x51, %x52 valid_lengths %x53 scales %x54, %x55 {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<2x2x48x24xf32>, tensor<2x2x48x8xf32>, tensor<2x200x64xi8>, tensor<2x200x8xi8>, tensor<80x64xf32>, tensor<2xi64>, tensor<2x200x8xf32>, tensor<2x200x1xf32>) -> tensor<2x2x48x16xf32>
  %y20 = tenon.mla %x48, %x49, %x50, %x51, %x52 valid_lengths %x53 scales %x54, %x55 {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>} : (tensor<2x2x48x24xf32>, tensor<2x2x48x8xf32>, tensor<2x200x64xi8>, tensor<2x200x8xi8>, tensor<80x64xf32>, tensor<2xi64>, tensor<2x200x8xf32>, tensor<2x200x1xf32>) -> tensor<2x2x48x16xf32>
  %y21 = tenon.mla %x56, %x57, %x58, %x59, %x60 scales %x61, %x62 {causal = #tenon<causal bottom_right>} : (tensor<1x2x3x6xf32>, tensor<1x2x3x4xf32>, tensor<1x20x10xi8>, tensor<1x20x4xi8>, tensor<22x10xf32>, tensor<1x20x5xf32>, tensor<1x20x2xf32>) -> tensor<1x2x3x5xf32>
  %y22 = tenon.mla %x56, %x57, %x58, %x59, %x60 scales %x61, %x62 {causal = #tenon<causal bottom_right>, form = #tenon<mla_form absorbed>} : (tensor<1x2x3x6xf32>, tensor<1x2x3x4xf32>, tensor<1x20x10xi8>, tensor<1x20x4xi8>, tensor<22x10xf32>, tensor<1x20x5xf32>, tensor<1x20x2xf32>) -> tensor<1x2x3x5xf32>
  %y23 = tenon.mla %x56, %x57, %x58, %x59, %x60 scales %x61, %x62 {causal = #tenon<causal bottom_right>, form = #tenon<mla_form expanded>} : (tensor<1x2x3x6xf32>, tensor<1x2x3x4xf32>, tensor<1x20x10xi8>, tensor<1x20x4xi8>, tensor<22x10xf32>, tensor<1x20x5xf32>, tensor<1x20x2xf32>) -> tensor<1x2x3x5xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23 : tensor<2x4x1x5xf32>, tensor<2x4x1x5xf32>, tensor<2x4x1x5xf32>, tensor<2x4x4x5xf32>, tensor<2x4x4x5xf32>, tensor<2x4x4x5xf32>, tensor<2x4x16x5xf32>, tensor<2x4x16x5xf32>, tensor<2x4x16x5xf32>, tensor<1x2x1x16xf32>, tensor<1x2x1x16xf32>, tensor<1x2x1x16xf32>, tensor<2x2x48x16xf32>, tensor<2x2x48x16xf32>, tensor<2x2x48x16xf32>, tensor<2x2x48x16xf32>, tensor<2x2x48x16xf32>, tensor<2x2x48x16xf32>, tensor<2x2x48x16xf32>, tensor<2x2x48x16xf32>, tensor<2x2x48x16xf32>, tensor<1x2x3x5xf32>, tensor<1x2x3x5xf32>, tensor<1x2x3x5xf32>
}
