func.func @step(%q: tensor<1x16x2048x128xbf16>, %k: tensor<1x16x2048x128xbf16>, %v: tensor<1x16x2048x128xbf16>) -> tensor<1x16x2048x128xbf16> {
  %y = tenon.attention %q, %k, %v {num_heads = 16, num_kv_heads = 16, causal = #tenon<causal top_left>} : (tensor<1x16x2048x128xbf16>, tensor<1x16x2048x128xbf16>, tensor<1x16x2048x128xbf16>) -> tensor<1x16x2048x128xbf16>
  return %y : tensor<1x16x2048x128xbf16>
}
