// The form that a run chooses by its longest row: none behind the queries, one, many.
// RUN: tenon-run %s --inputs %p/Inputs/mla-branches.inputs.safetensors \
// RUN:   --expect %p/Inputs/mla-branches.expected.safetensors --rtol 1e-05 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x2x48x24xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x2x48x8xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x200x64xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x200x8xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<80x64xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<2xi64> {tenon.name = "x5", tenon.dtype = "int64"},
    %x6: tensor<2x2x48x24xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<2x2x48x8xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<2x200x64xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<2x200x8xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<80x64xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<2xi64> {tenon.name = "x11", tenon.dtype = "int64"},
    %x12: tensor<2x2x48x24xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<2x2x48x8xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<2x200x64xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<2x200x8xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<80x64xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<2xi64> {tenon.name = "x17", tenon.dtype = "int64"},
    %x18: tensor<1x2x48x24xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<1x2x48x8xf32> {tenon.name = "x19", tenon.dtype = "float32"},
    %x20: tensor<1x200x64xf32> {tenon.name = "x20", tenon.dtype = "float32"},
    %x21: tensor<1x200x8xf32> {tenon.name = "x21", tenon.dtype = "float32"},
    %x22: tensor<80x64xf32> {tenon.name = "x22", tenon.dtype = "float32"},
    %x23: tensor<1xi32> {tenon.name = "x23", tenon.dtype = "int32"},
    %x24: tensor<2x4x1x6xf32> {tenon.name = "x24", tenon.dtype = "float32"},
    %x25: tensor<2x4x1x4xf32> {tenon.name = "x25", tenon.dtype = "float32"},
    %x26: tensor<2x24x10xf16> {tenon.name = "x26", tenon.dtype = "float16"},
    %x27: tensor<2x24x4xf16> {tenon.name = "x27", tenon.dtype = "float16"},
    %x28: tensor<44x10xf32> {tenon.name = "x28", tenon.dtype = "float32"},
    %x29: tensor<2xi64> {tenon.name = "x29", tenon.dtype = "int64"},
    %x30: tensor<1x2x48x24xf32> {tenon.name = "x30", tenon.dtype = "float32"},
    %x31: tensor<1x2x48x8xf32> {tenon.name = "x31", tenon.dtype = "float32"},
    %x32: tensor<1x200x64xf16> {tenon.name = "x32", tenon.dtype = "float16"},
    %x33: tensor<1x200x8xf16> {tenon.name = "x33", tenon.dtype = "float16"},
    %x34: tensor<80x64xf32> {tenon.name = "x34", tenon.dtype = "float32"},
    %x35: tensor<1xi64> {tenon.name = "x35", tenon.dtype = "int64"},
    %x36: tensor<2x4x1x6xf32> {tenon.name = "x36", tenon.dtype = "float32"},
    %x37: tensor<2x4x1x4xf32> {tenon.name = "x37", tenon.dtype = "float32"},
    %x38: tensor<2x24x10xbf16> {tenon.name = "x38", tenon.dtype = "bfloat16"},
    %x39: tensor<2x24x4xbf16> {tenon.name = "x39", tenon.dtype = "bfloat16"},
    %x40: tensor<44x10xf32> {tenon.name = "x40", tenon.dtype = "float32"},
    %x41: tensor<2xi64> {tenon.name = "x41", tenon.dtype = "int64"},
    %x42: tensor<1x2x48x24xf32> {tenon.name = "x42", tenon.dtype = "float32"},
    %x43: tensor<1x2x48x8xf32> {tenon.name = "x43", tenon.dtype = "float32"},
    %x44: tensor<1x200x64xbf16> {tenon.name = "x44", tenon.dtype = "bfloat16"},
    %x45: tensor<1x200x8xbf16> {tenon.name = "x45", tenon.dtype = "bfloat16"},
    %x46: tensor<80x64xf32> {tenon.name = "x46", tenon.dtype = "float32"},
    %x47: tensor<1xi64> {tenon.name = "x47", tenon.dtype = "int64"})
    -> (
    tensor<2x2x48x16xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x2x48x16xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x2x48x16xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x2x48x16xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x2x48x16xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x2x48x16xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<2x2x48x16xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<2x2x48x16xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<2x2x48x16xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<1x2x48x16xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<1x2x48x16xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<1x2x48x16xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<2x4x1x5xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<2x4x1x5xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<2x4x1x5xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<1x2x48x16xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<1x2x48x16xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<1x2x48x16xf32> {tenon.name = "y17", tenon.dtype = "float32"},
    tensor<2x4x1x5xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<2x4x1x5xf32> {tenon.name = "y19", tenon.dtype = "float32"},
    tensor<2x4x1x5xf32> {tenon.name = "y20", tenon.dtype = "float32"},
    tensor<1x2x48x16xf32> {tenon.name = "y21", tenon.dtype = "float32"},
    tensor<1x2x48x16xf32> {tenon.name = "y22", tenon.dtype = "float32"},
    tensor<1x2x48x16xf32> {tenon.name = "y23", tenon.dtype = "float32"}) {
  %y0 = tenon.mla %x0, %x1, %x2, %x3, %x4 valid_lengths %x5 {causal = #tenon<causal cached>} : (tensor<2x2x48x24xf32>, tensor<2x2x48x8xf32>, tensor<2x200x64xf32>, tensor<2x200x8xf32>, tensor<80x64xf32>, tensor<2xi64>) -> tensor<2x2x48x16xf32>
  %y1 = tenon.mla %x0, %x1, %x2, %x3, %x4 valid_lengths %x5 {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<2x2x48x24xf32>, tensor<2x2x48x8xf32>, tensor<2x200x64xf32>, tensor<2x200x8xf32>, tensor<80x64xf32>, tensor<2xi64>) -> tensor<2x2x48x16xf32>
  %y2 = tenon.mla %x0, %x1, %x2, %x3, %x4 valid_lengths %x5 {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>} : (tensor<2x2x48x24xf32>, tensor<2x2x48x8xf32>, tensor<2x200x64xf32>, tensor<2x200x8xf32>, tensor<80x64xf32>, tensor<2xi64>) -> tensor<2x2x48x16xf32>
  %y3 = tenon.mla %x6, %x7, %x8, %x9, %x10 valid_lengths %x11 {causal = #tenon<causal cached>} : (tensor<2x2x48x24xf32>, tensor<2x2x48x8xf32>, tensor<2x200x64xf32>, tensor<2x200x8xf32>, tensor<80x64xf32>, tensor<2xi64>) -> tensor<2x2x48x16xf32>
  %y4 = tenon.mla %x6, %x7, %x8, %x9, %x10 valid_lengths %x11 {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<2x2x48x24xf32>, tensor<2x2x48x8xf32>, tensor<2x200x64xf32>, tensor<2x200x8xf32>, tensor<80x64xf32>, tensor<2xi64>) -> tensor<2x2x48x16xf32>
  %y5 = tenon.mla %x6, %x7, %x8, %x9, %x10 valid_lengths %x11 {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>} : (tensor<2x2x48x24xf32>, tensor<2x2x48x8xf32>, tensor<2x200x64xf32>, tensor<2x200x8xf32>, tensor<80x64xf32>, tensor<2xi64>) -> tensor<2x2x48x16xf32>
  %y6 = tenon.mla %x12, %x13, %x14, %x15, %x16 valid_lengths %x17 {causal = #tenon<causal cached>} : (tensor<2x2x48x24xf32>, tensor<2x2x48x8xf32>, tensor<2x200x64xf32>, tensor<2x200x8xf32>, tensor<80x64xf32>, tensor<2xi64>) -> tensor<2x2x48x16xf32>
  %y7 = tenon.mla %x12, %x13, %x14, %x15, %x16 valid_lengths %x17 {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<2x2x48x24xf32>, tensor<2x2x48x8xf32>, tensor<2x200x64xf32>, tensor<2x200x8xf32>, tensor<80x64xf32>, tensor<2xi64>) -> tensor<2x2x48x16xf32>
  %y8 = tenon.mla %x12, %x13, %x14, %x15, %x16 valid_lengths %x17 {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>} : (tensor<2x2x48x24xf32>, tensor<2x2x48x8xf32>, tensor<2x200x64xf32>, tensor<2x200x8xf32>, tensor<80x64xf32>, tensor<2xi64>) -> tensor<2x2x48x16xf32>
  %y9 = tenon.mla %x18, %x19, %x20, %x21, %x22 valid_lengths %x23 {causal = #tenon<causal cached>} : (tensor<1x2x48x24xf32>, tensor<1x2x48x8xf32>, tensor<1x200x64xf32>, tensor<1x200x8xf32>, tensor<80x64xf32>, tensor<1xi32>) -> tensor<1x2x48x16xf32>
  %y10 = tenon.mla %x18, %x19, %x20, %x21, %x22 valid_lengths %x23 {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<1x2x48x24xf32>, tensor<1x2x48x8xf32>, tensor<1x200x64xf32>, tensor<1x200x8xf32>, tensor<80x64xf32>, tensor<1xi32>) -> tensor<1x2x48x16xf32>
  %y11 = tenon.mla %x18, %x19, %x20, %x21, %x22 valid_lengths %x23 {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>} : (tensor<1x2x48x24xf32>, tensor<1x2x48x8xf32>, tensor<1x200x64xf32>, tensor<1x200x8xf32>, tensor<80x64xf32>, tensor<1xi32>) -> tensor<1x2x48x16xf32>
  %y12 = tenon.mla %x24, %x25, %x26, %x27, %x28 valid_lengths %x29 {causal = #tenon<causal cached>} : (tensor<2x4x1x6xf32>, tensor<2x4x1x4xf32>, tensor<2x24x10xf16>, tensor<2x24x4xf16>, tensor<44x10xf32>, tensor<2xi64>) -> tensor<2x4x1x5xf32>
  %y13 = tenon.mla %x24, %x25, %x26, %x27, %x28 valid_lengths %x29 {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<2x4x1x6xf32>, tensor<2x4x1x4xf32>, tensor<2x24x10xf16>, tensor<2x24x4xf16>, tensor<44x10xf32>, tensor<2xi64>) -> tensor<2x4x1x5xf32>
  %y14 = tenon.mla %x24, %x25, %x26, %x27, %x28 valid_lengths %x29 {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>} : (tensor<2x4x1x6xf32>, tensor<2x4x1x4xf32>, tensor<2x24x10xf16>, tensor<2x24x4xf16>, tensor<44x10xf32>, tensor<2xi64>) -> tensor<2x4x1x5xf32>
  %y15 = tenon.mla %x30, %x31, %x32, %x33, %x34 valid_lengths %x35 {causal = #tenon<causal cached>} : (tensor<1x2x48x24xf32>, tensor<1x2x48x8xf32>, tensor<1x200x64xf16>, tensor<1x200x8xf16>, tensor<80x64xf32>, tensor<1xi64>) -> tensor<1x2x48x16xf32>
  %y16 = tenon.mla %x30, %x31, %x32, %x33, %x34 valid_lengths %x35 {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<1x2x48x24xf32>, tensor<1x2x48x8xf32>, tensor<1x200x64xf16>, tensor<1x200x8xf16>, tensor<80x64xf32>, tensor<1xi64>) -> tensor<1x2x48x16xf32>
  %y17 = tenon.mla %x30, %x31, %x32, %x33, %x34 valid_lengths %x35 {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>} : (tensor<1x2x48x24xf32>, tensor<1x2x48x8xf32>, tensor<1x200x64xf16>, tensor<1x200x8xf16>, tensor<80x64xf32>, tensor<1xi64>) -> tensor<1x2x48x16xf32>
  %y18 = tenon.mla %x36, %x37, %x38, %x39, %x40 valid_lengths %x41 {causal = #tenon<causal cached>} : (tensor<2x4x1x6xf32>, tensor<2x4x1x4xf32>, tensor<2x24x10xbf16>, tensor<2x24x4xbf16>, tensor<44x10xf32>, tensor<2xi64>) -> tensor<2x4x1x5xf32>
  %y19 = tenon.mla %x36, %x37, %x38, %x39, %x40 valid_lengths %x41 {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<2x4x1x6xf32>, tensor<2x4x1x4xf32>, tensor<2x24x10xbf16>, tensor<2x24x4xbf16>, tensor<44x10xf32>, tensor<2xi64>) -> tensor<2x4x1x5xf32>
  %y20 = tenon.mla %x36, %x37, %x38, %x39, %x40 valid_lengths %x41 {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>} : (tensor<2x4x1x6xf32>, tensor<2x4x1x4xf32>, tensor<2x24x10xbf16>, tensor<2x24x4xbf16>, tensor<44x10xf32>, tensor<2xi64>) -> tensor<2x4x1x5xf32>
  %y21 = tenon.mla %x42, %x43, %x44, %x45, %x46 valid_lengths %x47 {causal = #tenon<causal cached>} : (tensor<1x2x48x24xf32>, tensor<1x2x48x8xf32>, tensor<1x200x64xbf16>, tensor<1x200x8xbf16>, tensor<80x64xf32>, tensor<1xi64>) -> tensor<1x2x48x16xf32>
  %y22 = tenon.mla %x42, %x43, %x44, %x45, %x46 valid_lengths %x47 {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<1x2x48x24xf32>, tensor<1x2x48x8xf32>, tensor<1x200x64xbf16>, tensor<1x200x8xbf16>, tensor<80x64xf32>, tensor<1xi64>) -> tensor<1x2x48x16xf32>
  %y23 = tenon.mla %x42, %x43, %x44, %x45, %x46 valid_lengths %x47 {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>} : (tensor<1x2x48x24xf32>, tensor<1x2x48x8xf32>, tensor<1x200x64xbf16>, tensor<1x200x8xbf16>, tensor<80x64xf32>, tensor<1xi64>) -> tensor<1x2x48x16xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23 : tensor<2x2x48x16xf32>, tensor<2x2x48x16xf32>, tensor<2x2x48x16xf32>, tensor<2x2x48x16xf32>, tensor<2x2x48x16xf32>, tensor<2x2x48x16xf32>, tensor<2x2x48x16xf32>, tensor<2x2x48x16xf32>, tensor<2x2x48x16xf32>, tensor<1x2x48x16xf32>, tensor<1x2x48x16xf32>, tensor<1x2x48x16xf32>, tensor<2x4x1x5xf32>, tensor<2x4x1x5xf32>, tensor<2x4x1x5xf32>, tensor<1x2x48x16xf32>, tensor<1x2x48x16xf32>, tensor<1x2x48x16xf32>, tensor<2x4x1x5xf32>, tensor<2x4x1x5xf32>, tensor<2x4x1x5xf32>, tensor<1x2x48x16xf32>, tensor<1x2x48x16xf32>, tensor<1x2x48x16xf32>
}
