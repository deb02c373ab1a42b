// Both flavours where the work is cut into tiles.
// RUN: tenon-run %s --inputs %p/Inputs/rope-in-tiles.inputs.safetensors \
// RUN:   --expect %p/Inputs/rope-in-tiles.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x48x16xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<1x48x16xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<1x48x256xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<1x48x16xf32> {tenon.name = "x3", tenon.dtype = "float32"},
    %x4: tensor<1x48x16xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<1x48x256xf32> {tenon.name = "x5", tenon.dtype = "float32"})
    -> (
    tensor<1x48x256xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<1x48x256xf32> {tenon.name = "y1", tenon.dtype = "float32"}) {
  %y0 = tenon.rope %x2, %x0, %x1 {rotary_dim = 32, num_heads = 8} : (tensor<1x48x256xf32>, tensor<1x48x16xf32>, tensor<1x48x16xf32>) -> tensor<1x48x256xf32>
  %y1 = tenon.rope %x5, %x3, %x4 {rotary_dim = 32, num_heads = 8, interleaved} : (tensor<1x48x256xf32>, tensor<1x48x16xf32>, tensor<1x48x16xf32>) -> tensor<1x48x256xf32>
  return %y0, %y1 : tensor<1x48x256xf32>, tensor<1x48x256xf32>
}
