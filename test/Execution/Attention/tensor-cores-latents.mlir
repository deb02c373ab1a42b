// Latents there, of r + dr = 576 numbers as DeepSeek has them, and of fewer.
// RUN: tenon-run %s --inputs %p/Inputs/tensor-cores-latents.inputs.safetensors \
// RUN:   --expect %p/Inputs/tensor-cores-latents.expected.safetensors --rtol 0.02 --atol 0.02
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x6x1x16xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<2x6x1x16xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<2x40x64xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<2x40x16xf16> {tenon.name = "x3", tenon.dtype = "float16"},
    %x4: tensor<192x64xf16> {tenon.name = "x4", tenon.dtype = "float16"},
    %x5: tensor<2xi64> {tenon.name = "x5", tenon.dtype = "int64"},
    %x6: tensor<1x4x20x16xf16> {tenon.name = "x6", tenon.dtype = "float16"},
    %x7: tensor<1x4x20x16xf16> {tenon.name = "x7", tenon.dtype = "float16"},
    %x8: tensor<1x40x64xf16> {tenon.name = "x8", tenon.dtype = "float16"},
    %x9: tensor<1x40x16xf16> {tenon.name = "x9", tenon.dtype = "float16"},
    %x10: tensor<128x64xf16> {tenon.name = "x10", tenon.dtype = "float16"},
    %x11: tensor<1x3x2x16xf16> {tenon.name = "x11", tenon.dtype = "float16"},
    %x12: tensor<1x3x2x16xf16> {tenon.name = "x12", tenon.dtype = "float16"},
    %x13: tensor<1x24x64xf16> {tenon.name = "x13", tenon.dtype = "float16"},
    %x14: tensor<1x24x16xf16> {tenon.name = "x14", tenon.dtype = "float16"},
    %x15: tensor<96x64xf16> {tenon.name = "x15", tenon.dtype = "float16"},
    %x16: tensor<2x24xi1> {tenon.name = "x16", tenon.dtype = "bool"},
    %x17: tensor<1x4x1x16xf16> {tenon.name = "x17", tenon.dtype = "float16"},
    %x18: tensor<1x4x1x16xf16> {tenon.name = "x18", tenon.dtype = "float16"},
    %x19: tensor<1x600x64xf16> {tenon.name = "x19", tenon.dtype = "float16"},
    %x20: tensor<1x600x16xf16> {tenon.name = "x20", tenon.dtype = "float16"},
    %x21: tensor<128x64xf16> {tenon.name = "x21", tenon.dtype = "float16"},
    %x22: tensor<1xi64> {tenon.name = "x22", tenon.dtype = "int64"},
    %x23: tensor<1x3x1x16xf16> {tenon.name = "x23", tenon.dtype = "float16"},
    %x24: tensor<1x3x1x64xf16> {tenon.name = "x24", tenon.dtype = "float16"},
    %x25: tensor<1x40x512xf16> {tenon.name = "x25", tenon.dtype = "float16"},
    %x26: tensor<1x40x64xf16> {tenon.name = "x26", tenon.dtype = "float16"},
    %x27: tensor<72x512xf16> {tenon.name = "x27", tenon.dtype = "float16"},
    %x28: tensor<2x6x1x16xbf16> {tenon.name = "x28", tenon.dtype = "bfloat16"},
    %x29: tensor<2x6x1x16xbf16> {tenon.name = "x29", tenon.dtype = "bfloat16"},
    %x30: tensor<2x40x64xbf16> {tenon.name = "x30", tenon.dtype = "bfloat16"},
    %x31: tensor<2x40x16xbf16> {tenon.name = "x31", tenon.dtype = "bfloat16"},
    %x32: tensor<192x64xbf16> {tenon.name = "x32", tenon.dtype = "bfloat16"},
    %x33: tensor<2xi64> {tenon.name = "x33", tenon.dtype = "int64"},
    %x34: tensor<1x4x20x16xbf16> {tenon.name = "x34", tenon.dtype = "bfloat16"},
    %x35: tensor<1x4x20x16xbf16> {tenon.name = "x35", tenon.dtype = "bfloat16"},
    %x36: tensor<1x40x64xbf16> {tenon.name = "x36", tenon.dtype = "bfloat16"},
    %x37: tensor<1x40x16xbf16> {tenon.name = "x37", tenon.dtype = "bfloat16"},
    %x38: tensor<128x64xbf16> {tenon.name = "x38", tenon.dtype = "bfloat16"},
    %x39: tensor<1x3x2x16xbf16> {tenon.name = "x39", tenon.dtype = "bfloat16"},
    %x40: tensor<1x3x2x16xbf16> {tenon.name = "x40", tenon.dtype = "bfloat16"},
    %x41: tensor<1x24x64xbf16> {tenon.name = "x41", tenon.dtype = "bfloat16"},
    %x42: tensor<1x24x16xbf16> {tenon.name = "x42", tenon.dtype = "bfloat16"},
    %x43: tensor<96x64xbf16> {tenon.name = "x43", tenon.dtype = "bfloat16"},
    %x44: tensor<2x24xi1> {tenon.name = "x44", tenon.dtype = "bool"},
    %x45: tensor<1x4x1x16xbf16> {tenon.name = "x45", tenon.dtype = "bfloat16"},
    %x46: tensor<1x4x1x16xbf16> {tenon.name = "x46", tenon.dtype = "bfloat16"},
    %x47: tensor<1x600x64xbf16> {tenon.name = "x47", tenon.dtype = "bfloat16"},
    %x48: tensor<1x600x16xbf16> {tenon.name = "x48", tenon.dtype = "bfloat16"},
    %x49: tensor<128x64xbf16> {tenon.name = "x49", tenon.dtype = "bfloat16"},
    %x50: tensor<1xi64> {tenon.name = "x50", tenon.dtype = "int64"},
    %x51: tensor<1x3x1x16xbf16> {tenon.name = "x51", tenon.dtype = "bfloat16"},
    %x52: tensor<1x3x1x64xbf16> {tenon.name = "x52", tenon.dtype = "bfloat16"},
    %x53: tensor<1x40x512xbf16> {tenon.name = "x53", tenon.dtype = "bfloat16"},
    %x54: tensor<1x40x64xbf16> {tenon.name = "x54", tenon.dtype = "bfloat16"},
    %x55: tensor<72x512xbf16> {tenon.name = "x55", tenon.dtype = "bfloat16"})
    -> (
    tensor<2x6x1x16xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<2x6x1x16xf16> {tenon.name = "y1", tenon.dtype = "float16"},
    tensor<2x6x1x16xf16> {tenon.name = "y2", tenon.dtype = "float16"},
    tensor<1x4x20x16xf16> {tenon.name = "y3", tenon.dtype = "float16"},
    tensor<1x4x20x16xf16> {tenon.name = "y4", tenon.dtype = "float16"},
    tensor<1x4x20x16xf16> {tenon.name = "y5", tenon.dtype = "float16"},
    tensor<1x3x2x16xf16> {tenon.name = "y6", tenon.dtype = "float16"},
    tensor<1x3x2x16xf16> {tenon.name = "y7", tenon.dtype = "float16"},
    tensor<1x3x2x16xf16> {tenon.name = "y8", tenon.dtype = "float16"},
    tensor<1x4x1x16xf16> {tenon.name = "y9", tenon.dtype = "float16"},
    tensor<1x4x1x16xf16> {tenon.name = "y10", tenon.dtype = "float16"},
    tensor<1x4x1x16xf16> {tenon.name = "y11", tenon.dtype = "float16"},
    tensor<1x3x1x8xf16> {tenon.name = "y12", tenon.dtype = "float16"},
    tensor<1x3x1x8xf16> {tenon.name = "y13", tenon.dtype = "float16"},
    tensor<1x3x1x8xf16> {tenon.name = "y14", tenon.dtype = "float16"},
    tensor<2x6x1x16xbf16> {tenon.name = "y15", tenon.dtype = "bfloat16"},
    tensor<2x6x1x16xbf16> {tenon.name = "y16", tenon.dtype = "bfloat16"},
    tensor<2x6x1x16xbf16> {tenon.name = "y17", tenon.dtype = "bfloat16"},
    tensor<1x4x20x16xbf16> {tenon.name = "y18", tenon.dtype = "bfloat16"},
    tensor<1x4x20x16xbf16> {tenon.name = "y19", tenon.dtype = "bfloat16"},
    tensor<1x4x20x16xbf16> {tenon.name = "y20", tenon.dtype = "bfloat16"},
    tensor<1x3x2x16xbf16> {tenon.name = "y21", tenon.dtype = "bfloat16"},
    tensor<1x3x2x16xbf16> {tenon.name = "y22", tenon.dtype = "bfloat16"},
    tensor<1x3x2x16xbf16> {tenon.name = "y23", tenon.dtype = "bfloat16"},
    tensor<1x4x1x16xbf16> {tenon.name = "y24", tenon.dtype = "bfloat16"},
    tensor<1x4x1x16xbf16> {tenon.name = "y25", tenon.dtype = "bfloat16"},
    tensor<1x4x1x16xbf16> {tenon.name = "y26", tenon.dtype = "bfloat16"},
    tensor<1x3x1x8xbf16> {tenon.name = "y27", tenon.dtype = "bfloat16"},
    tensor<1x3x1x8xbf16> {tenon.name = "y28", tenon.dtype = "bfloat16"},
    tensor<1x3x1x8xbf16> {tenon.name = "y29", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.mla %x0, %x1, %x2, %x3, %x4 valid_lengths %x5 {causal = #tenon<causal cached>} : (tensor<2x6x1x16xf16>, tensor<2x6x1x16xf16>, tensor<2x40x64xf16>, tensor<2x40x16xf16>, tensor<192x64xf16>, tensor<2xi64>) -> tensor<2x6x1x16xf16>
  %y1 = tenon.mla %x0, %x1, %x2, %x3, %x4 valid_lengths %x5 {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<2x6x1x16xf16>, tensor<2x6x1x16xf16>, tensor<2x40x64xf16>, tensor<2x40x16xf16>, tensor<192x64xf16>, tensor<2xi64>) -> tensor<2x6x1x16xf16>
  %y2 = tenon.mla %x0, %x1, %x2, %x3, %x4 valid_lengths %x5 {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>} : (tensor<2x6x1x16xf16>, tensor<2x6x1x16xf16>, tensor<2x40x64xf16>, tensor<2x40x16xf16>, tensor<192x64xf16>, tensor<2xi64>) -> tensor<2x6x1x16xf16>
  %y3 = tenon.mla %x6, %x7, %x8, %x9, %x10 {causal = #tenon<causal bottom_right>} : (tensor<1x4x20x16xf16>, tensor<1x4x20x16xf16>, tensor<1x40x64xf16>, tensor<1x40x16xf16>, tensor<128x64xf16>) -> tensor<1x4x20x16xf16>
  %y4 = tenon.mla %x6, %x7, %x8, %x9, %x10 {causal = #tenon<causal bottom_right>, form = #tenon<mla_form absorbed>} : (tensor<1x4x20x16xf16>, tensor<1x4x20x16xf16>, tensor<1x40x64xf16>, tensor<1x40x16xf16>, tensor<128x64xf16>) -> tensor<1x4x20x16xf16>
  %y5 = tenon.mla %x6, %x7, %x8, %x9, %x10 {causal = #tenon<causal bottom_right>, form = #tenon<mla_form expanded>} : (tensor<1x4x20x16xf16>, tensor<1x4x20x16xf16>, tensor<1x40x64xf16>, tensor<1x40x16xf16>, tensor<128x64xf16>) -> tensor<1x4x20x16xf16>
  %y6 = tenon.mla %x11, %x12, %x13, %x14, %x15 mask %x16 {} : (tensor<1x3x2x16xf16>, tensor<1x3x2x16xf16>, tensor<1x24x64xf16>, tensor<1x24x16xf16>, tensor<96x64xf16>, tensor<2x24xi1>) -> tensor<1x3x2x16xf16>
  %y7 = tenon.mla %x11, %x12, %x13, %x14, %x15 mask %x16 {form = #tenon<mla_form absorbed>} : (tensor<1x3x2x16xf16>, tensor<1x3x2x16xf16>, tensor<1x24x64xf16>, tensor<1x24x16xf16>, tensor<96x64xf16>, tensor<2x24xi1>) -> tensor<1x3x2x16xf16>
  %y8 = tenon.mla %x11, %x12, %x13, %x14, %x15 mask %x16 {form = #tenon<mla_form expanded>} : (tensor<1x3x2x16xf16>, tensor<1x3x2x16xf16>, tensor<1x24x64xf16>, tensor<1x24x16xf16>, tensor<96x64xf16>, tensor<2x24xi1>) -> tensor<1x3x2x16xf16>
  %y9 = tenon.mla %x17, %x18, %x19, %x20, %x21 valid_lengths %x22 {causal = #tenon<causal cached>} : (tensor<1x4x1x16xf16>, tensor<1x4x1x16xf16>, tensor<1x600x64xf16>, tensor<1x600x16xf16>, tensor<128x64xf16>, tensor<1xi64>) -> tensor<1x4x1x16xf16>
  %y10 = tenon.mla %x17, %x18, %x19, %x20, %x21 valid_lengths %x22 {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<1x4x1x16xf16>, tensor<1x4x1x16xf16>, tensor<1x600x64xf16>, tensor<1x600x16xf16>, tensor<128x64xf16>, tensor<1xi64>) -> tensor<1x4x1x16xf16>
  %y11 = tenon.mla %x17, %x18, %x19, %x20, %x21 valid_lengths %x22 {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>} : (tensor<1x4x1x16xf16>, tensor<1x4x1x16xf16>, tensor<1x600x64xf16>, tensor<1x600x16xf16>, tensor<128x64xf16>, tensor<1xi64>) -> tensor<1x4x1x16xf16>
  %y12 = tenon.mla %x23, %x24, %x25, %x26, %x27 {} : (tensor<1x3x1x16xf16>, tensor<1x3x1x64xf16>, tensor<1x40x512xf16>, tensor<1x40x64xf16>, tensor<72x512xf16>) -> tensor<1x3x1x8xf16>
  %y13 = tenon.mla %x23, %x24, %x25, %x26, %x27 {form = #tenon<mla_form absorbed>} : (tensor<1x3x1x16xf16>, tensor<1x3x1x64xf16>, tensor<1x40x512xf16>, tensor<1x40x64xf16>, tensor<72x512xf16>) -> tensor<1x3x1x8xf16>
  %y14 = tenon.mla %x23, %x24, %x25, %x26, %x27 {form = #tenon<mla_form expanded>} : (tensor<1x3x1x16xf16>, tensor<1x3x1x64xf16>, tensor<1x40x512xf16>, tensor<1x40x64xf16>, tensor<72x512xf16>) -> tensor<1x3x1x8xf16>
  %y15 = tenon.mla %x28, %x29, %x30, %x31, %x32 valid_lengths %x33 {causal = #tenon<causal cached>} : (tensor<2x6x1x16xbf16>, tensor<2x6x1x16xbf16>, tensor<2x40x64xbf16>, tensor<2x40x16xbf16>, tensor<192x64xbf16>, tensor<2xi64>) -> tensor<2x6x1x16xbf16>
  %y16 = tenon.mla %x28, %x29, %x30, %x31, %x32 valid_lengths %x33 {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<2x6x1x16xbf16>, tensor<2x6x1x16xbf16>, tensor<2x40x64xbf16>, tensor<2x40x16xbf16>, tensor<192x64xbf16>, tensor<2xi64>) -> tensor<2x6x1x16xbf16>
  %y17 = tenon.mla %x28, %x29, %x30, %x31, %x32 valid_lengths %x33 {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>} : (tensor<2x6x1x16xbf16>, tensor<2x6x1x16xbf16>, tensor<2x40x64xbf16>, tensor<2x40x16xbf16>, tensor<192x64xbf16>, tensor<2xi64>) -> tensor<2x6x1x16xbf16>
  %y18 = tenon.mla %x34, %x35, %x36, %x37, %x38 {causal = #tenon<causal bottom_right>} : (tensor<1x4x20x16xbf16>, tensor<1x4x20x16xbf16>, tensor<1x40x64xbf16>, tensor<1x40x16xbf16>, tensor<128x64xbf16>) -> tensor<1x4x20x16xbf16>
  %y19 = tenon.mla %x34, %x35, %x36, %x37, %x38 {causal = #tenon<causal bottom_right>, form = #tenon<mla_form absorbed>} : (tensor<1x4x20x16xbf16>, tensor<1x4x20x16xbf16>, tensor<1x40x64xbf16>, tensor<1x40x16xbf16>, tensor<128x64xbf16>) -> tensor<1x4x20x16xbf16>
  %y20 = tenon.mla %x34, %x35, %x36, %x37, %x38 {causal = #tenon<causal bottom_right>, form = #tenon<mla_form expanded>} : (tensor<1x4x20x16xbf16>, tensor<1x4x20x16xbf16>, tensor<1x40x64xbf16>, tensor<1x40x16xbf16>, tensor<128x64xbf16>) -> tensor<1x4x20x16xbf16>
  %y21 = tenon.mla %x39, %x40, %x41, %x42, %x43 mask %x44 {} : (tensor<1x3x2x16xbf16>, tensor<1x3x2x16xbf16>, tensor<1x24x64xbf16>, tensor<1x24x16xbf16>, tensor<96x64xbf16>, tensor<2x24xi1>) -> tensor<1x3x2x16xbf16>
  %y22 = tenon.mla %x39, %x40, %x41, %x42, %x43 mask %x44 {form = #tenon<mla_form absorbed>} : (tensor<1x3x2x16xbf16>, tensor<1x3x2x16xbf16>, tensor<1x24x64xbf16>, tensor<1x24x16xbf16>, tensor<96x64xbf16>, tensor<2x24xi1>) -> tensor<1x3x2x16xbf16>
  %y23 = tenon.mla %x39, %x40, %x41, %x42, %x43 mask %x44 {form = #tenon<mla_form expanded>} : (tensor<1x3x2x16xbf16>, tensor<1x3x2x16xbf16>, tensor<1x24x64xbf16>, tensor<1x24x16xbf16>, tensor<96x64xbf16>, tensor<2x24xi1>) -> tensor<1x3x2x16xbf16>
  %y24 = tenon.mla %x45, %x46, %x47, %x48, %x49 valid_lengths %x50 {causal = #tenon<causal cached>} : (tensor<1x4x1x16xbf16>, tensor<1x4x1x16xbf16>, tensor<1x600x64xbf16>, tensor<1x600x16xbf16>, tensor<128x64xbf16>, tensor<1xi64>) -> tensor<1x4x1x16xbf16>
  %y25 = tenon.mla %x45, %x46, %x47, %x48, %x49 valid_lengths %x50 {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<1x4x1x16xbf16>, tensor<1x4x1x16xbf16>, tensor<1x600x64xbf16>, tensor<1x600x16xbf16>, tensor<128x64xbf16>, tensor<1xi64>) -> tensor<1x4x1x16xbf16>
  %y26 = tenon.mla %x45, %x46, %x47, %x48, %x49 valid_lengths %x50 {causal = #tenon<causal cached>, form = #tenon<mla_form expanded>} : (tensor<1x4x1x16xbf16>, tensor<1x4x1x16xbf16>, tensor<1x600x64xbf16>, tensor<1x600x16xbf16>, tensor<128x64xbf16>, tensor<1xi64>) -> tensor<1x4x1x16xbf16>
  %y27 = tenon.mla %x51, %x52, %x53, %x54, %x55 {} : (tensor<1x3x1x16xbf16>, tensor<1x3x1x64xbf16>, tensor<1x40x512xbf16>, tensor<1x40x64xbf16>, tensor<72x512xbf16>) -> tensor<1x3x1x8xbf16>
  %y28 = tenon.mla %x51, %x52, %x53, %x54, %x55 {form = #tenon<mla_form absorbed>} : (tensor<1x3x1x16xbf16>, tensor<1x3x1x64xbf16>, tensor<1x40x512xbf16>, tensor<1x40x64xbf16>, tensor<72x512xbf16>) -> tensor<1x3x1x8xbf16>
  %y29 = tenon.mla %x51, %x52, %x53, %x54, %x55 {form = #tenon<mla_form expanded>} : (tensor<1x3x1x16xbf16>, tensor<1x3x1x64xbf16>, tensor<1x40x512xbf16>, tensor<1x40x64xbf16>, tensor<72x512xbf16>) -> tensor<1x3x1x8xbf16>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24, %y25, %y26, %y27, %y28, %y29 : tensor<2x6x1x16xf16>, tensor<2x6x1x16xf16>, tensor<2x6x1x16xf16>, tensor<1x4x20x16xf16>, tensor<1x4x20x16xf16>, tensor<1x4x20x16xf16>, tensor<1x3x2x16xf16>, tensor<1x3x2x16xf16>, tensor<1x3x2x16xf16>, tensor<1x4x1x16xf16>, tensor<1x4x1x16xf16>, tensor<1x4x1x16xf16>, tensor<1x3x1x8xf16>, tensor<1x3x1x8xf16>, tensor<1x3x1x8xf16>, tensor<2x6x1x16xbf16>, tensor<2x6x1x16xbf16>, tensor<2x6x1x16xbf16>, tensor<1x4x20x16xbf16>, tensor<1x4x20x16xbf16>, tensor<1x4x20x16xbf16>, tensor<1x3x2x16xbf16>, tensor<1x3x2x16xbf16>, tensor<1x3x2x16xbf16>, tensor<1x4x1x16xbf16>, tensor<1x4x1x16xbf16>, tensor<1x4x1x16xbf16>, tensor<1x3x1x8xbf16>, tensor<1x3x1x8xbf16>, tensor<1x3x1x8xbf16>
}
