// Heads of more numbers than a warp has registers for.
// RUN: tenon-run %s --inputs %p/Inputs/tensor-cores-large-heads.inputs.safetensors \
// RUN:   --expect %p/Inputs/tensor-cores-large-heads.expected.safetensors --rtol 0.02 --atol 0.01
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x2x40x256xf16> {tenon.name = "x0", tenon.dtype = "float16"},
    %x1: tensor<1x1x70x256xf16> {tenon.name = "x1", tenon.dtype = "float16"},
    %x2: tensor<1x1x70x256xf16> {tenon.name = "x2", tenon.dtype = "float16"},
    %x3: tensor<1x2x3x160xf16> {tenon.name = "x3", tenon.dtype = "float16"},
    %x4: tensor<1x2x40x160xf16> {tenon.name = "x4", tenon.dtype = "float16"},
    %x5: tensor<1x2x40x144xf16> {tenon.name = "x5", tenon.dtype = "float16"},
    %x6: tensor<1x2x40x256xbf16> {tenon.name = "x6", tenon.dtype = "bfloat16"},
    %x7: tensor<1x1x70x256xbf16> {tenon.name = "x7", tenon.dtype = "bfloat16"},
    %x8: tensor<1x1x70x256xbf16> {tenon.name = "x8", tenon.dtype = "bfloat16"},
    %x9: tensor<1x2x3x160xbf16> {tenon.name = "x9", tenon.dtype = "bfloat16"},
    %x10: tensor<1x2x40x160xbf16> {tenon.name = "x10", tenon.dtype = "bfloat16"},
    %x11: tensor<1x2x40x144xbf16> {tenon.name = "x11", tenon.dtype = "bfloat16"})
    -> (
    tensor<1x2x40x256xf16> {tenon.name = "y0", tenon.dtype = "float16"},
    tensor<1x2x3x144xf16> {tenon.name = "y1", tenon.dtype = "float16"},
    tensor<1x2x40x256xbf16> {tenon.name = "y2", tenon.dtype = "bfloat16"},
    tensor<1x2x3x144xbf16> {tenon.name = "y3", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.attention %x0, %x1, %x2 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal bottom_right>} : (tensor<1x2x40x256xf16>, tensor<1x1x70x256xf16>, tensor<1x1x70x256xf16>) -> tensor<1x2x40x256xf16>
  %y1 = tenon.attention %x3, %x4, %x5 {num_heads = 2, num_kv_heads = 2} : (tensor<1x2x3x160xf16>, tensor<1x2x40x160xf16>, tensor<1x2x40x144xf16>) -> tensor<1x2x3x144xf16>
  %y2 = tenon.attention %x6, %x7, %x8 {num_heads = 2, num_kv_heads = 1, causal = #tenon<causal bottom_right>} : (tensor<1x2x40x256xbf16>, tensor<1x1x70x256xbf16>, tensor<1x1x70x256xbf16>) -> tensor<1x2x40x256xbf16>
  %y3 = tenon.attention %x9, %x10, %x11 {num_heads = 2, num_kv_heads = 2} : (tensor<1x2x3x160xbf16>, tensor<1x2x40x160xbf16>, tensor<1x2x40x144xbf16>) -> tensor<1x2x3x144xbf16>
  return %y0, %y1, %y2, %y3 : tensor<1x2x40x256xf16>, tensor<1x2x3x144xf16>, tensor<1x2x40x256xbf16>, tensor<1x2x3x144xbf16>
}
