// However many threads there are, each does whole tiles: the numbers are the same bit by bit. The convolution is one on an image
// with the channels last until both transposes are found to stay.
// RUN: tenon-run %s --random-inputs 1 --threads 1 --outputs %t.npz
// RUN: tenon-run %s --random-inputs 1 --threads 2 --expect %t.npz --rtol 0 --atol 0
// RUN: tenon-run %s --random-inputs 1 --threads 5 --expect %t.npz --rtol 0 --atol 0

func.func @step(%x: tensor<1x6x113x61xf32> {tenon.name = "x", tenon.dtype = "float32"})
    -> (tensor<1x6x113x61xf32> {tenon.name = "y", tenon.dtype = "float32"}, tensor<1x6x57x31xf32> {tenon.name = "z", tenon.dtype = "float32"}) {
  %w = arith.constant dense<0.3> : tensor<6x1x3x3xf32>
  %c = tenon.conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 6 : (tensor<1x6x113x61xf32>, tensor<6x1x3x3xf32>) -> tensor<1x6x113x61xf32>
  %y = tenon.activation relu %c : tensor<1x6x113x61xf32>
  %z = tenon.conv %x, %w strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] groups 6 : (tensor<1x6x113x61xf32>, tensor<6x1x3x3xf32>) -> tensor<1x6x57x31xf32>
  return %y, %z : tensor<1x6x113x61xf32>, tensor<1x6x57x31xf32>
}
