func.func @step(%q: tensor<1x128x1x128xbf16>, %qr: tensor<1x128x1x64xbf16>, %c: tensor<1x4096x512xbf16>, %kr: tensor<1x4096x64xbf16>, %w: tensor<32768x512xbf16>, %n: tensor<1xi64>) -> tensor<1x128x1x128xbf16> {
  %y = tenon.mla %q, %qr, %c, %kr, %w valid_lengths %n {causal = #tenon<causal cached>, form = #tenon<mla_form absorbed>} : (tensor<1x128x1x128xbf16>, tensor<1x128x1x64xbf16>, tensor<1x4096x512xbf16>, tensor<1x4096x64xbf16>, tensor<32768x512xbf16>, tensor<1xi64>) -> tensor<1x128x1x128xbf16>
  return %y : tensor<1x128x1x128xbf16>
}
