// B3: latent attention, absorbed, expanded and as chosen: one query, few, many; causal or not.
// RUN: tenon-run %s --inputs %p/Inputs/mla.inputs.safetensors \
// RUN:   --expect %p/Inputs/mla.expected.safetensors --rtol 1e-05 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x3x1x6xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<2x3x1x4xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<2x7x10xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<2x7x4xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<33x10xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<2x4x3x6xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<2x4x3x4xf32> {tenon.name = "x6", tenon.dtype = "float32"},
    %x7: tensor<2x9x10xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<2x9x4xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<44x10xf32> {tenon.name = "x9", tenon.dtype = "float32"},
    %x10: tensor<1x2x5x6xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<1x2x5x4xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<1x5x10xf32> {tenon.name = "x12", tenon.dtype = "float32"},
    %x13: tensor<1x5x4xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<22x10xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<1x4x1x24xf32> {tenon.name = "x15", tenon.dtype = "float32"},
    %x16: tensor<1x4x1x8xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<1x300x64xf32> {tenon.name = "x17", tenon.dtype = "float32"},
    %x18: tensor<1x300x8xf32> {tenon.name = "x18", tenon.dtype = "float32"},
    %x19: tensor<160x64xf32> {tenon.name = "x19", tenon.dtype = "float32"},
    %x20: tensor<1x2x40x24xf32> {tenon.name = "x20", tenon.dtype = "float32"},
    %x21: tensor<1x2x40x8xf32> {tenon.name = "x21", tenon.dtype = "float32"},
    %x22: tensor<1x150x64xf32> {tenon.name = "x22", tenon.dtype = "float32"},
    %x23: tensor<1x150x8xf32> {tenon.name = "x23", tenon.dtype = "float32"},
    %x24: tensor<80x64xf32> {tenon.name = "x24", tenon.dtype = "float32"},
    %x25: tensor<2x2x5x24xf32> {tenon.name = "x25", tenon.dtype = "float32"},
    %x26: tensor<2x2x5x8xf32> {tenon.name = "x26", tenon.dtype = "float32"},
    %x27: tensor<2x20x64xf32> {tenon.name = "x27", tenon.dtype = "float32"},
    %x28: tensor<2x20x8xf32> {tenon.name = "x28", tenon.dtype = "float32"},
    %x29: tensor<80x64xf32> {tenon.name = "x29", tenon.dtype = "float32"},
    %x30: tensor<2x1x5x20xi1> {tenon.name = "x30", tenon.dtype = "bool"},
    %x31: tensor<1x3x2x6xf32> {tenon.name = "x31", tenon.dtype = "float32"},
    %x32: tensor<1x3x2x4xf32> {tenon.name = "x32", tenon.dtype = "float32"},
    %x33: tensor<1x9x10xf32> {tenon.name = "x33", tenon.dtype = "float32"},
    %x34: tensor<1x9x4xf32> {tenon.name = "x34", tenon.dtype = "float32"},
    %x35: tensor<33x10xf32> {tenon.name = "x35", tenon.dtype = "float32"},
    %x36: tensor<2x9xf32> {tenon.name = "x36", tenon.dtype = "float32"})
    -> (
    tensor<2x3x1x5xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<2x3x1x5xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<2x3x1x5xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<2x4x3x5xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<2x4x3x5xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<2x4x3x5xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<1x2x5x5xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<1x2x5x5xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<1x2x5x5xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<1x4x1x16xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<1x4x1x16xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<1x4x1x16xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<1x2x40x16xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<1x2x40x16xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<1x2x40x16xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<2x2x5x16xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<2x2x5x16xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<2x2x5x16xf32> {tenon.name = "y17", tenon.dtype = "float32"},
    tensor<1x3x2x5xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<1x3x2x5xf32> {tenon.name = "y19", tenon.dtype = "float32"},
    tensor<1x3x2x5xf32> {tenon.name = "y20", tenon.dtype = "float32"}) {
  %y0 = tenon.mla %x0, %x1, %x2, %x3, %x4 {} : (tensor<2x3x1x6xf32>, tensor<2x3x1x4xf32>, tensor<2x7x10xf32>, tensor<2x7x4xf32>, tensor<33x10xf32>) -> tensor<2x3x1x5xf32>
  %y1 = tenon.mla %x0, %x1, %x2, %x3, %x4 {form = #tenon<mla_form absorbed>} : (tensor<2x3x1x6xf32>, tensor<2x3x1x4xf32>, tensor<2x7x10xf32>, tensor<2x7x4xf32>, tensor<33x10xf32>) -> tensor<2x3x1x5xf32>
  %y2 = tenon.mla %x0, %x1, %x2, %x3, %x4 {form = #tenon<mla_form expanded>} : (tensor<2x3x1x6xf32>, tensor<2x3x1x4xf32>, tensor<2x7x10xf32>, tensor<2x7x4xf32>, tensor<33x10xf32>) -> tensor<2x3x1x5xf32>
  %y3 = tenon.mla %x5, %x6, %x7, %x8, %x9 {causal = #tenon<causal bottom_right>} : (tensor<2x4x3x6xf32>, tensor<2x4x3x4xf32>, tensor<2x9x10xf32>, tensor<2x9x4xf32>, tensor<44x10xf32>) -> tensor<2x4x3x5xf32>
  %y4 = tenon.mla %x5, %x6, %x7, %x8, %x9 {causal = #tenon<causal bottom_right>, form = #tenon<mla_form absorbed>} : (tensor<2x4x3x6xf32>, tensor<2x4x3x4xf32>, tensor<2x9x10xf32>, tensor<2x9x4xf32>, tensor<44x10xf32>) -> tensor<2x4x3x5xf32>
  %y5 = tenon.mla %x5, %x6, %x7, %x8, %x9 {causal = #tenon<causal bottom_right>, form = #tenon<mla_form expanded>} : (tensor<2x4x3x6xf32>, tensor<2x4x3x4xf32>, tensor<2x9x10xf32>, tensor<2x9x4xf32>, tensor<44x10xf32>) -> tensor<2x4x3x5xf32>
  %y6 = tenon.mla %x10, %x11, %x12, %x13, %x14 {causal = #tenon<causal top_left>} : (tensor<1x2x5x6xf32>, tensor<1x2x5x4xf32>, tensor<1x5x10xf32>, tensor<1x5x4xf32>, tensor<22x10xf32>) -> tensor<1x2x5x5xf32>
  %y7 = tenon.mla %x10, %x11, %x12, %x13, %x14 {causal = #tenon<causal top_left>, form = #tenon<mla_form absorbed>} : (tensor<1x2x5x6xf32>, tensor<1x2x5x4xf32>, tensor<1x5x10xf32>, tensor<1x5x4xf32>, tensor<22x10xf32>) -> tensor<1x2x5x5xf32>
  %y8 = tenon.mla %x10, %x11, %x12, %x13, %x14 {causal = #tenon<causal top_left>, form = #tenon<mla_form expanded>} : (tensor<1x2x5x6xf32>, tensor<1x2x5x4xf32>, tensor<1x5x10xf32>, tensor<1x5x4xf32>, tensor<22x10xf32>) -> tensor<1x2x5x5xf32>
  %y9 = tenon.mla %x15, %x16, %x17, %x18, %x19 {causal = #tenon<causal bottom_right>} : (tensor<1x4x1x24xf32>, tensor<1x4x1x8xf32>, tensor<1x300x64xf32>, tensor<1x300x8xf32>, tensor<160x64xf32>) -> tensor<1x4x1x16xf32>
  %y10 = tenon.mla %x15, %x16, %x17, %x18, %x19 {causal = #tenon<causal bottom_right>, form = #tenon<mla_form absorbed>} : (tensor<1x4x1x24xf32>, tensor<1x4x1x8xf32>, tensor<1x300x64xf32>, tensor<1x300x8xf32>, tensor<160x64xf32>) -> tensor<1x4x1x16xf32>
  %y11 = tenon.mla %x15, %x16, %x17, %x18, %x19 {causal = #tenon<causal bottom_right>, form = #tenon<mla_form expanded>} : (tensor<1x4x1x24xf32>, tensor<1x4x1x8xf32>, tensor<1x300x64xf32>, tensor<1x300x8xf32>, tensor<160x64xf32>) -> tensor<1x4x1x16xf32>
  %y12 = tenon.mla %x20, %x21, %x22, %x23, %x24 {causal = #tenon<causal bottom_right>, scale = 0.3 : f64} : (tensor<1x2x40x24xf32>, tensor<1x2x40x8xf32>, tensor<1x150x64xf32>, tensor<1x150x8xf32>, tensor<80x64xf32>) -> tensor<1x2x40x16xf32>
  %y13 = tenon.mla %x20, %x21, %x22, %x23, %x24 {causal = #tenon<causal bottom_right>, scale = 0.3 : f64, form = #tenon<mla_form absorbed>} : (tensor<1x2x40x24xf32>, tensor<1x2x40x8xf32>, tensor<1x150x64xf32>, tensor<1x150x8xf32>, tensor<80x64xf32>) -> tensor<1x2x40x16xf32>
  %y14 = tenon.mla %x20, %x21, %x22, %x23, %x24 {causal = #tenon<causal bottom_right>, scale = 0.3 : f64, form = #tenon<mla_form expanded>} : (tensor<1x2x40x24xf32>, tensor<1x2x40x8xf32>, tensor<1x150x64xf32>, tensor<1x150x8xf32>, tensor<80x64xf32>) -> tensor<1x2x40x16xf32>
  %y15 = tenon.mla %x25, %x26, %x27, %x28, %x29 mask %x30 {} : (tensor<2x2x5x24xf32>, tensor<2x2x5x8xf32>, tensor<2x20x64xf32>, tensor<2x20x8xf32>, tensor<80x64xf32>, tensor<2x1x5x20xi1>) -> tensor<2x2x5x16xf32>
  %y16 = tenon.mla %x25, %x26, %x27, %x28, %x29 mask %x30 {form = #tenon<mla_form absorbed>} : (tensor<2x2x5x24xf32>, tensor<2x2x5x8xf32>, tensor<2x20x64xf32>, tensor<2x20x8xf32>, tensor<80x64xf32>, tensor<2x1x5x20xi1>) -> tensor<2x2x5x16xf32>
  %y17 = tenon.mla %x25, %x26, %x27, %x28, %x29 mask %x30 {form = #tenon<mla_form expanded>} : (tensor<2x2x5x24xf32>, tensor<2x2x5x8xf32>, tensor<2x20x64xf32>, tensor<2x20x8xf32>, tensor<80x64xf32>, tensor<2x1x5x20xi1>) -> tensor<2x2x5x16xf32>
  %y18 = tenon.mla %x31, %x32, %x33, %x34, %x35 mask %x36 {} : (tensor<1x3x2x6xf32>, tensor<1x3x2x4xf32>, tensor<1x9x10xf32>, tensor<1x9x4xf32>, tensor<33x10xf32>, tensor<2x9xf32>) -> tensor<1x3x2x5xf32>
  %y19 = tenon.mla %x31, %x32, %x33, %x34, %x35 mask %x36 {form = #tenon<mla_form absorbed>} : (tensor<1x3x2x6xf32>, tensor<1x3x2x4xf32>, tensor<1x9x10xf32>, tensor<1x9x4xf32>, tensor<33x10xf32>, tensor<2x9xf32>) -> tensor<1x3x2x5xf32>
  %y20 = tenon.mla %x31, %x32, %x33, %x34, %x35 mask %x36 {form = #tenon<mla_form expanded>} : (tensor<1x3x2x6xf32>, tensor<1x3x2x4xf32>, tensor<1x9x10xf32>, tensor<1x9x4xf32>, tensor<33x10xf32>, tensor<2x9xf32>) -> tensor<1x3x2x5xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20 : tensor<2x3x1x5xf32>, tensor<2x3x1x5xf32>, tensor<2x3x1x5xf32>, tensor<2x4x3x5xf32>, tensor<2x4x3x5xf32>, tensor<2x4x3x5xf32>, tensor<1x2x5x5xf32>, tensor<1x2x5x5xf32>, tensor<1x2x5x5xf32>, tensor<1x4x1x16xf32>, tensor<1x4x1x16xf32>, tensor<1x4x1x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<2x2x5x16xf32>, tensor<2x2x5x16xf32>, tensor<2x2x5x16xf32>, tensor<1x3x2x5xf32>, tensor<1x3x2x5xf32>, tensor<1x3x2x5xf32>
}
