// A tile of an axis that is no multiple of it is shorter than the squares that registers hold.
// RUN: tenon-run %s --inputs %p/Inputs/transposes-in-tiles.inputs.safetensors \
// RUN:   --expect %p/Inputs/transposes-in-tiles.expected.safetensors --rtol 1e-05 --atol 1e-05
// Made by make_grid.py.

func.func @step(
    %x0: tensor<1x24x28x28xf32> {tenon.name = "x0", tenon.dtype = "float32"})
    -> (
    tensor<1x28x28x24xf32> {tenon.name = "y0", tenon.dtype = "float32"}) {
  %t0 = tenon.transpose %x0 [0, 2, 3, 1] : tensor<1x24x28x28xf32> -> tensor<1x28x28x24xf32>
  %h = arith.constant dense<0.5> : tensor<1x28x28x24xf32>
  %t1 = arith.mulf %t0, %h : tensor<1x28x28x24xf32>
  %t2 = arith.addf %t1, %t0 : tensor<1x28x28x24xf32>
  %t3 = arith.mulf %t2, %h : tensor<1x28x28x24xf32>
  %t4 = arith.addf %t3, %t0 : tensor<1x28x28x24xf32>
  %t5 = arith.mulf %t4, %h : tensor<1x28x28x24xf32>
  %t6 = arith.addf %t5, %t0 : tensor<1x28x28x24xf32>
  %t7 = arith.mulf %t6, %h : tensor<1x28x28x24xf32>
  %t8 = arith.addf %t7, %t0 : tensor<1x28x28x24xf32>
  %y0 = arith.negf %t8 : tensor<1x28x28x24xf32>
  return %y0 : tensor<1x28x28x24xf32>
}
