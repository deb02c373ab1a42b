// Products of bf16 with weights known at load, for few rows and for many.
// RUN: tenon-run %s --inputs %p/Inputs/packed-bf16.inputs.safetensors \
// RUN:   --expect %p/Inputs/packed-bf16.expected.safetensors --rtol 0.008 --atol 0.001
// A bf16 has 8 bits: 0.008 is its last place. Made by make_packed_bf16.py.

func.func @step(
    %x1_37: tensor<1x37xbf16> {tenon.name = "x1_37", tenon.dtype = "bfloat16"},
    %x1_64: tensor<1x64xbf16> {tenon.name = "x1_64", tenon.dtype = "bfloat16"},
    %x1_96: tensor<1x96xbf16> {tenon.name = "x1_96", tenon.dtype = "bfloat16"},
    %x1_544: tensor<1x544xbf16> {tenon.name = "x1_544", tenon.dtype = "bfloat16"},
    %x1_1024: tensor<1x1024xbf16> {tenon.name = "x1_1024", tenon.dtype = "bfloat16"},
    %x13_37: tensor<13x37xbf16> {tenon.name = "x13_37", tenon.dtype = "bfloat16"},
    %x13_64: tensor<13x64xbf16> {tenon.name = "x13_64", tenon.dtype = "bfloat16"},
    %x13_96: tensor<13x96xbf16> {tenon.name = "x13_96", tenon.dtype = "bfloat16"},
    %x13_544: tensor<13x544xbf16> {tenon.name = "x13_544", tenon.dtype = "bfloat16"},
    %x13_1024: tensor<13x1024xbf16> {tenon.name = "x13_1024", tenon.dtype = "bfloat16"},
    %x24_37: tensor<24x37xbf16> {tenon.name = "x24_37", tenon.dtype = "bfloat16"},
    %x24_64: tensor<24x64xbf16> {tenon.name = "x24_64", tenon.dtype = "bfloat16"},
    %x24_96: tensor<24x96xbf16> {tenon.name = "x24_96", tenon.dtype = "bfloat16"},
    %x24_544: tensor<24x544xbf16> {tenon.name = "x24_544", tenon.dtype = "bfloat16"},
    %x24_1024: tensor<24x1024xbf16> {tenon.name = "x24_1024", tenon.dtype = "bfloat16"},
    %x50_37: tensor<50x37xbf16> {tenon.name = "x50_37", tenon.dtype = "bfloat16"},
    %x50_64: tensor<50x64xbf16> {tenon.name = "x50_64", tenon.dtype = "bfloat16"},
    %x50_96: tensor<50x96xbf16> {tenon.name = "x50_96", tenon.dtype = "bfloat16"},
    %x50_544: tensor<50x544xbf16> {tenon.name = "x50_544", tenon.dtype = "bfloat16"},
    %x50_1024: tensor<50x1024xbf16> {tenon.name = "x50_1024", tenon.dtype = "bfloat16"}) -> (
    tensor<1x48xbf16> {tenon.name = "y1_64_48", tenon.dtype = "bfloat16"},
    tensor<1x24xbf16> {tenon.name = "y1_96_24", tenon.dtype = "bfloat16"},
    tensor<1x61xbf16> {tenon.name = "y1_64_61", tenon.dtype = "bfloat16"},
    tensor<1x32xbf16> {tenon.name = "y1_544_32", tenon.dtype = "bfloat16"},
    tensor<1x16xbf16> {tenon.name = "y1_37_16", tenon.dtype = "bfloat16"},
    tensor<1x16xbf16> {tenon.name = "y1_1024_16", tenon.dtype = "bfloat16"},
    tensor<13x48xbf16> {tenon.name = "y13_64_48", tenon.dtype = "bfloat16"},
    tensor<13x24xbf16> {tenon.name = "y13_96_24", tenon.dtype = "bfloat16"},
    tensor<13x61xbf16> {tenon.name = "y13_64_61", tenon.dtype = "bfloat16"},
    tensor<13x32xbf16> {tenon.name = "y13_544_32", tenon.dtype = "bfloat16"},
    tensor<13x16xbf16> {tenon.name = "y13_37_16", tenon.dtype = "bfloat16"},
    tensor<13x16xbf16> {tenon.name = "y13_1024_16", tenon.dtype = "bfloat16"},
    tensor<24x48xbf16> {tenon.name = "y24_64_48", tenon.dtype = "bfloat16"},
    tensor<24x24xbf16> {tenon.name = "y24_96_24", tenon.dtype = "bfloat16"},
    tensor<24x61xbf16> {tenon.name = "y24_64_61", tenon.dtype = "bfloat16"},
    tensor<24x32xbf16> {tenon.name = "y24_544_32", tenon.dtype = "bfloat16"},
    tensor<24x16xbf16> {tenon.name = "y24_37_16", tenon.dtype = "bfloat16"},
    tensor<24x16xbf16> {tenon.name = "y24_1024_16", tenon.dtype = "bfloat16"},
    tensor<50x48xbf16> {tenon.name = "y50_64_48", tenon.dtype = "bfloat16"},
    tensor<50x24xbf16> {tenon.name = "y50_96_24", tenon.dtype = "bfloat16"},
    tensor<50x61xbf16> {tenon.name = "y50_64_61", tenon.dtype = "bfloat16"},
    tensor<50x32xbf16> {tenon.name = "y50_544_32", tenon.dtype = "bfloat16"},
    tensor<50x16xbf16> {tenon.name = "y50_37_16", tenon.dtype = "bfloat16"},
    tensor<50x16xbf16> {tenon.name = "y50_1024_16", tenon.dtype = "bfloat16"}) {
  %w64_48 = tenon.weight "w64_48" in "Inputs/packed-bf16.bin" at 0 : tensor<48x64xbf16>
  %w96_24 = tenon.weight "w96_24" in "Inputs/packed-bf16.bin" at 6144 : tensor<24x96xbf16>
  %w64_61 = tenon.weight "w64_61" in "Inputs/packed-bf16.bin" at 10752 : tensor<61x64xbf16>
  %w544_32 = tenon.weight "w544_32" in "Inputs/packed-bf16.bin" at 18560 : tensor<32x544xbf16>
  %w37_16 = tenon.weight "w37_16" in "Inputs/packed-bf16.bin" at 53376 : tensor<16x37xbf16>
  %w1024_16 = tenon.weight "w1024_16" in "Inputs/packed-bf16.bin" at 54560 : tensor<16x1024xbf16>
  %y1_64_48 = tenon.linear %x1_64, %w64_48 : (tensor<1x64xbf16>, tensor<48x64xbf16>) -> tensor<1x48xbf16>
  %y1_96_24 = tenon.linear %x1_96, %w96_24 : (tensor<1x96xbf16>, tensor<24x96xbf16>) -> tensor<1x24xbf16>
  %y1_64_61 = tenon.linear %x1_64, %w64_61 : (tensor<1x64xbf16>, tensor<61x64xbf16>) -> tensor<1x61xbf16>
  %y1_544_32 = tenon.linear %x1_544, %w544_32 : (tensor<1x544xbf16>, tensor<32x544xbf16>) -> tensor<1x32xbf16>
  %y1_37_16 = tenon.linear %x1_37, %w37_16 : (tensor<1x37xbf16>, tensor<16x37xbf16>) -> tensor<1x16xbf16>
  %y1_1024_16 = tenon.linear %x1_1024, %w1024_16 : (tensor<1x1024xbf16>, tensor<16x1024xbf16>) -> tensor<1x16xbf16>
  %y13_64_48 = tenon.linear %x13_64, %w64_48 : (tensor<13x64xbf16>, tensor<48x64xbf16>) -> tensor<13x48xbf16>
  %y13_96_24 = tenon.linear %x13_96, %w96_24 : (tensor<13x96xbf16>, tensor<24x96xbf16>) -> tensor<13x24xbf16>
  %y13_64_61 = tenon.linear %x13_64, %w64_61 : (tensor<13x64xbf16>, tensor<61x64xbf16>) -> tensor<13x61xbf16>
  %y13_544_32 = tenon.linear %x13_544, %w544_32 : (tensor<13x544xbf16>, tensor<32x544xbf16>) -> tensor<13x32xbf16>
  %y13_37_16 = tenon.linear %x13_37, %w37_16 : (tensor<13x37xbf16>, tensor<16x37xbf16>) -> tensor<13x16xbf16>
  %y13_1024_16 = tenon.linear %x13_1024, %w1024_16 : (tensor<13x1024xbf16>, tensor<16x1024xbf16>) -> tensor<13x16xbf16>
  %y24_64_48 = tenon.linear %x24_64, %w64_48 : (tensor<24x64xbf16>, tensor<48x64xbf16>) -> tensor<24x48xbf16>
  %y24_96_24 = tenon.linear %x24_96, %w96_24 : (tensor<24x96xbf16>, tensor<24x96xbf16>) -> tensor<24x24xbf16>
  %y24_64_61 = tenon.linear %x24_64, %w64_61 : (tensor<24x64xbf16>, tensor<61x64xbf16>) -> tensor<24x61xbf16>
  %y24_544_32 = tenon.linear %x24_544, %w544_32 : (tensor<24x544xbf16>, tensor<32x544xbf16>) -> tensor<24x32xbf16>
  %y24_37_16 = tenon.linear %x24_37, %w37_16 : (tensor<24x37xbf16>, tensor<16x37xbf16>) -> tensor<24x16xbf16>
  %y24_1024_16 = tenon.linear %x24_1024, %w1024_16 : (tensor<24x1024xbf16>, tensor<16x1024xbf16>) -> tensor<24x16xbf16>
  %y50_64_48 = tenon.linear %x50_64, %w64_48 : (tensor<50x64xbf16>, tensor<48x64xbf16>) -> tensor<50x48xbf16>
  %y50_96_24 = tenon.linear %x50_96, %w96_24 : (tensor<50x96xbf16>, tensor<24x96xbf16>) -> tensor<50x24xbf16>
  %y50_64_61 = tenon.linear %x50_64, %w64_61 : (tensor<50x64xbf16>, tensor<61x64xbf16>) -> tensor<50x61xbf16>
  %y50_544_32 = tenon.linear %x50_544, %w544_32 : (tensor<50x544xbf16>, tensor<32x544xbf16>) -> tensor<50x32xbf16>
  %y50_37_16 = tenon.linear %x50_37, %w37_16 : (tensor<50x37xbf16>, tensor<16x37xbf16>) -> tensor<50x16xbf16>
  %y50_1024_16 = tenon.linear %x50_1024, %w1024_16 : (tensor<50x1024xbf16>, tensor<16x1024xbf16>) -> tensor<50x16xbf16>
  return %y1_64_48, %y1_96_24, %y1_64_61, %y1_544_32, %y1_37_16, %y1_1024_16, %y13_64_48, %y13_96_24, %y13_64_61, %y13_544_32, %y13_37_16, %y13_1024_16, %y24_64_48, %y24_96_24, %y24_64_61, %y24_544_32, %y24_37_16, %y24_1024_16, %y50_64_48, %y50_96_24, %y50_64_61, %y50_544_32, %y50_37_16, %y50_1024_16 : tensor<1x48xbf16>, tensor<1x24xbf16>, tensor<1x61xbf16>, tensor<1x32xbf16>, tensor<1x16xbf16>, tensor<1x16xbf16>, tensor<13x48xbf16>, tensor<13x24xbf16>, tensor<13x61xbf16>, tensor<13x32xbf16>, tensor<13x16xbf16>, tensor<13x16xbf16>, tensor<24x48xbf16>, tensor<24x24xbf16>, tensor<24x61xbf16>, tensor<24x32xbf16>, tensor<24x16xbf16>, tensor<24x16xbf16>, tensor<50x48xbf16>, tensor<50x24xbf16>, tensor<50x61xbf16>, tensor<50x32xbf16>, tensor<50x16xbf16>, tensor<50x16xbf16>
}
