// A5 there: what no query sees has no influence, NaN included.
// RUN: tenon-run %s --inputs %p/Inputs/tensor-cores-unused-slots-few.inputs.safetensors \
// RUN:   --expect %p/Inputs/tensor-cores-unused-slots-few.expected.safetensors --rtol 0.02 --atol 0.01
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x4x2x16xbf16> {tenon.name = "x0", tenon.dtype = "bfloat16"},
    %x1: tensor<2x2x140x16xbf16> {tenon.name = "x1", tenon.dtype = "bfloat16"},
    %x2: tensor<2x2x140x16xbf16> {tenon.name = "x2", tenon.dtype = "bfloat16"},
    %x3: tensor<2x2x140x16xbf16> {tenon.name = "x3", tenon.dtype = "bfloat16"},
    %x4: tensor<2x2x140x16xbf16> {tenon.name = "x4", tenon.dtype = "bfloat16"},
    %x5: tensor<2xi64> {tenon.name = "x5", tenon.dtype = "int64"},
    %x6: tensor<2x1x1x140xi1> {tenon.name = "x6", tenon.dtype = "bool"},
    %x7: tensor<2x1x1x140xf32> {tenon.name = "x7", tenon.dtype = "float32"})
    -> (
    tensor<2x4x2x16xbf16> {tenon.name = "y0", tenon.dtype = "bfloat16"},
    tensor<2x4x2x16xbf16> {tenon.name = "y1", tenon.dtype = "bfloat16"},
    tensor<2x4x2x16xbf16> {tenon.name = "y2", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.attention %x0, %x3, %x4 valid_lengths %x5 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x2x16xbf16>, tensor<2x2x140x16xbf16>, tensor<2x2x140x16xbf16>, tensor<2xi64>) -> tensor<2x4x2x16xbf16>
  %y1 = tenon.attention %x0, %x3, %x4 mask %x6 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x2x16xbf16>, tensor<2x2x140x16xbf16>, tensor<2x2x140x16xbf16>, tensor<2x1x1x140xi1>) -> tensor<2x4x2x16xbf16>
  %y2 = tenon.attention %x0, %x3, %x4 mask %x7 {num_heads = 4, num_kv_heads = 2} : (tensor<2x4x2x16xbf16>, tensor<2x2x140x16xbf16>, tensor<2x2x140x16xbf16>, tensor<2x1x1x140xf32>) -> tensor<2x4x2x16xbf16>
  return %y0, %y1, %y2 : tensor<2x4x2x16xbf16>, tensor<2x4x2x16xbf16>, tensor<2x4x2x16xbf16>
}
