// Sums in f32; the absorbed query and the mean of latents are rounded to the type between.
// RUN: tenon-run %s --inputs %p/Inputs/mla-half-precision.inputs.safetensors \
// RUN:   --expect %p/Inputs/mla-half-precision.expected.safetensors --rtol 0.02 --atol 0.02
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x4x1x24xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<1x4x1x8xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<1x40x64xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<1x40x8xf16> {tenon.name = "x3", tenon.dtype = "float16"},
    %x4: tensor<160x64xf16> {tenon.name = "x4", tenon.dtype = "float16"},
    %x5: tensor<2x4x20x24xf16> {tenon.name = "x5", tenon.dtype = "float16"},
    %x6: tensor<2x4x20x8xf16> {tenon.name = "x6", tenon.dtype = "float16"},
    %x7: tensor<2x40x64xf16> {tenon.name = "x7", tenon.dtype = "float16"},
    %x8: tensor<2x40x8xf16> {tenon.name = "x8", tenon.dtype = "float16"},
    %x9: tensor<160x64xf16> {tenon.name = "x9", tenon.dtype = "float16"},
    %x10: tensor<1x4x1x24xbf16> {tenon.name = "x10", tenon.dtype = "bfloat16"},
    %x11: tensor<1x4x1x8xbf16> {tenon.name = "x11", tenon.dtype = "bfloat16"},
    %x12: tensor<1x40x64xbf16> {tenon.name = "x12", tenon.dtype = "bfloat16"},
    %x13: tensor<1x40x8xbf16> {tenon.name = "x13", tenon.dtype = "bfloat16"},
    %x14: tensor<160x64xbf16> {tenon.name = "x14", tenon.dtype = "bfloat16"},
    %x15: tensor<2x4x20x24xbf16> {tenon.name = "x15", tenon.dtype = "bfloat16"},
    %x16: tensor<2x4x20x8xbf16> {tenon.name = "x16", tenon.dtype = "bfloat16"},
    %x17: tensor<2x40x64xbf16> {tenon.name = "x17", tenon.dtype = "bfloat16"},
    %x18: tensor<2x40x8xbf16> {tenon.name = "x18", tenon.dtype = "bfloat16"},
    %x19: tensor<160x64xbf16> {tenon.name = "x19", tenon.dtype = "bfloat16"})
    -> (
    tensor<1x4x1x16xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<1x4x1x16xf16> {tenon.name = "y1", tenon.dtype = "float16"},
    tensor<1x4x1x16xf16> {tenon.name = "y2", tenon.dtype = "float16"},
    tensor<2x4x20x16xf16> {tenon.name = "y3", tenon.dtype = "float16"},
    tensor<2x4x20x16xf16> {tenon.name = "y4", tenon.dtype = "float16"},
    tensor<2x4x20x16xf16> {tenon.name = "y5", tenon.dtype = "float16"},
    tensor<1x4x1x16xbf16> {tenon.name = "y6", tenon.dtype = "bfloat16"},
    tensor<1x4x1x16xbf16> {tenon.name = "y7", tenon.dtype = "bfloat16"},
    tensor<1x4x1x16xbf16> {tenon.name = "y8", tenon.dtype = "bfloat16"},
    tensor<2x4x20x16xbf16> {tenon.name = "y9", tenon.dtype = "bfloat16"},
    tensor<2x4x20x16xbf16> {tenon.name = "y10", tenon.dtype = "bfloat16"},
    tensor<2x4x20x16xbf16> {tenon.name = "y11", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.mla %x0, %x1, %x2, %x3, %x4 {} : (tensor<1x4x1x24xf16>, tensor<1x4x1x8xf16>, tensor<1x40x64xf16>, tensor<1x40x8xf16>, tensor<160x64xf16>) -> tensor<1x4x1x16xf16>
  %y1 = tenon.mla %x0, %x1, %x2, %x3, %x4 {form = #tenon<mla_form absorbed>} : (tensor<1x4x1x24xf16>, tensor<1x4x1x8xf16>, tensor<1x40x64xf16>, tensor<1x40x8xf16>, tensor<160x64xf16>) -> tensor<1x4x1x16xf16>
  %y2 = tenon.mla %x0, %x1, %x2, %x3, %x4 {form = #tenon<mla_form expanded>} : (tensor<1x4x1x24xf16>, tensor<1x4x1x8xf16>, tensor<1x40x64xf16>, tensor<1x40x8xf16>, tensor<160x64xf16>) -> tensor<1x4x1x16xf16>
  %y3 = tenon.mla %x5, %x6, %x7, %x8, %x9 {causal = #tenon<causal bottom_right>} : (tensor<2x4x20x24xf16>, tensor<2x4x20x8xf16>, tensor<2x40x64xf16>, tensor<2x40x8xf16>, tensor<160x64xf16>) -> tensor<2x4x20x16xf16>
  %y4 = tenon.mla %x5, %x6, %x7, %x8, %x9 {causal = #tenon<causal bottom_right>, form = #tenon<mla_form absorbed>} : (tensor<2x4x20x24xf16>, tensor<2x4x20x8xf16>, tensor<2x40x64xf16>, tensor<2x40x8xf16>, tensor<160x64xf16>) -> tensor<2x4x20x16xf16>
  %y5 = tenon.mla %x5, %x6, %x7, %x8, %x9 {causal = #tenon<causal bottom_right>, form = #tenon<mla_form expanded>} : (tensor<2x4x20x24xf16>, tensor<2x4x20x8xf16>, tensor<2x40x64xf16>, tensor<2x40x8xf16>, tensor<160x64xf16>) -> tensor<2x4x20x16xf16>
  %y6 = tenon.mla %x10, %x11, %x12, %x13, %x14 {} : (tensor<1x4x1x24xbf16>, tensor<1x4x1x8xbf16>, tensor<1x40x64xbf16>, tensor<1x40x8xbf16>, tensor<160x64xbf16>) -> tensor<1x4x1x16xbf16>
  %y7 = tenon.mla %x10, %x11, %x12, %x13, %x14 {form = #tenon<mla_form absorbed>} : (tensor<1x4x1x24xbf16>, tensor<1x4x1x8xbf16>, tensor<1x40x64xbf16>, tensor<1x40x8xbf16>, tensor<160x64xbf16>) -> tensor<1x4x1x16xbf16>
  %y8 = tenon.mla %x10, %x11, %x12, %x13, %x14 {form = #tenon<mla_form expanded>} : (tensor<1x4x1x24xbf16>, tensor<1x4x1x8xbf16>, tensor<1x40x64xbf16>, tensor<1x40x8xbf16>, tensor<160x64xbf16>) -> tensor<1x4x1x16xbf16>
  %y9 = tenon.mla %x15, %x16, %x17, %x18, %x19 {causal = #tenon<causal bottom_right>} : (tensor<2x4x20x24xbf16>, tensor<2x4x20x8xbf16>, tensor<2x40x64xbf16>, tensor<2x40x8xbf16>, tensor<160x64xbf16>) -> tensor<2x4x20x16xbf16>
  %y10 = tenon.mla %x15, %x16, %x17, %x18, %x19 {causal = #tenon<causal bottom_right>, form = #tenon<mla_form absorbed>} : (tensor<2x4x20x24xbf16>, tensor<2x4x20x8xbf16>, tensor<2x40x64xbf16>, tensor<2x40x8xbf16>, tensor<160x64xbf16>) -> tensor<2x4x20x16xbf16>
  %y11 = tenon.mla %x15, %x16, %x17, %x18, %x19 {causal = #tenon<causal bottom_right>, form = #tenon<mla_form expanded>} : (tensor<2x4x20x24xbf16>, tensor<2x4x20x8xbf16>, tensor<2x40x64xbf16>, tensor<2x40x8xbf16>, tensor<160x64xbf16>) -> tensor<2x4x20x16xbf16>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11 : tensor<1x4x1x16xf16>, tensor<1x4x1x16xf16>, tensor<1x4x1x16xf16>, tensor<2x4x20x16xf16>, tensor<2x4x20x16xf16>, tensor<2x4x20x16xf16>, tensor<1x4x1x16xbf16>, tensor<1x4x1x16xbf16>, tensor<1x4x1x16xbf16>, tensor<2x4x20x16xbf16>, tensor<2x4x20x16xbf16>, tensor<2x4x20x16xbf16>
}
