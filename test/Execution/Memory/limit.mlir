// Under --memory-limit a network like the last block of an autoencoder's decoder runs strip by strip, with the numbers
// of the whole, bit by bit: norms over all pixels, windows over the borders of strips, an image made again for its second reader.

// A GPU's memory has no limit yet.
// UNSUPPORTED: gpu-target

// RUN: tenon-run %s --random-inputs 1 --outputs %t.npz --bench 1 | FileCheck %s --check-prefix=WHOLE
// WHOLE: "arena_bytes":5242880,
// RUN: tenon-run %s --random-inputs 1 --expect %t.npz --rtol 0 --atol 0 --memory-limit 4800000 --bench 1 | FileCheck %s --check-prefix=ONCE
// ONCE: y: agrees: largest absolute error 0,
// ONCE: "arena_bytes":4{{[0-9]+}},
// RUN: tenon-run %s --random-inputs 1 --expect %t.npz --rtol 0 --atol 0 --memory-limit 3800000 --bench 1 --threads 1 | FileCheck %s --check-prefix=AGAIN
// AGAIN: y: agrees: largest absolute error 0,
// AGAIN: "arena_bytes":3{{[0-9]+}},

// A convolution that is not in Winograd's form reads an image that was padded, in strips as well.
// DEFINE: %{decoder} = %source_root/test/Inputs/models/diffusion/autoencoder/model --dim batch=1 --dim height=128 --dim width=128 --random-inputs 1
// RUN: tenon-run %{decoder} --outputs %t.direct.npz
// RUN: tenon-run %{decoder} --expect %t.direct.npz --rtol 0 --atol 0 --memory-limit 12600000

// A limit that is kept anyway changes nothing.
// RUN: tenon-run %s --random-inputs 1 --memory-limit 5242880 --bench 1 | FileCheck %s --check-prefix=WHOLE

// Code in a file has the strips in it.
// RUN: rm -rf %t.ahead && mkdir %t.ahead
// RUN: tenon-compile %s --memory-limit 4800000 --emit so -o %t.ahead/m.so
// RUN: tenon-run %t.ahead/m.so --random-inputs 1 --expect %t.npz --rtol 0 --atol 0 --bench 1 | FileCheck %s --check-prefix=ONCE

// RUN: not tenon-run %t.ahead/m.so --random-inputs 1 --memory-limit 4800000 2>&1 | FileCheck %s --check-prefix=LATE
// LATE: m.so: was compiled ahead of time, memory can only be limited then

// RUN: not tenon-run %s --random-inputs 1 --memory-limit 1000 2>&1 | FileCheck %s --check-prefix=LEAST
// LEAST: limit.mlir: the memory limit of 1000 bytes cannot be kept: intermediates take {{[0-9]+}}
// RUN: not tenon-run %s --random-inputs 1 --memory-limit 1000 --target emulated-cuda 2>&1 | FileCheck %s --check-prefix=GPU
// GPU: limit.mlir: unsupported: a memory limit on a GPU

func.func @step(%x: tensor<1x32x64x64xf32> {tenon.name = "x"}, %s: tensor<32xf32> {tenon.name = "s"}, %b: tensor<32xf32> {tenon.name = "b"},
                %t: tensor<16xf32> {tenon.name = "t"}, %c: tensor<16xf32> {tenon.name = "c"}) -> (tensor<1x16x128x128xf32> {tenon.name = "y"}) {
  %grow = arith.constant dense<0.0625> : tensor<32x32x3x3xf32>
  %first = arith.constant dense<-0.03125> : tensor<16x32x3x3xf32>
  %second = arith.constant dense<0.125> : tensor<16x16x3x3xf32>
  %past = arith.constant dense<0.25> : tensor<16x32x1x1xf32>
  %u = tenon.upsample %x factors [2, 2] : tensor<1x32x64x64xf32> -> tensor<1x32x128x128xf32>
  %i = tenon.conv %u, %grow, %b strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x32x128x128xf32>, tensor<32x32x3x3xf32>, tensor<32xf32>) -> tensor<1x32x128x128xf32>
  %n1 = tenon.group_norm %i scale %s bias %b groups 8 epsilon 1.0e-6 : (tensor<1x32x128x128xf32>, tensor<32xf32>, tensor<32xf32>) -> tensor<1x32x128x128xf32>
  %a1 = tenon.activation silu %n1 : tensor<1x32x128x128xf32>
  %h = tenon.conv %a1, %first, %t strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x32x128x128xf32>, tensor<16x32x3x3xf32>, tensor<16xf32>) -> tensor<1x16x128x128xf32>
  %n2 = tenon.group_norm %h scale %t bias %c groups 8 epsilon 1.0e-6 : (tensor<1x16x128x128xf32>, tensor<16xf32>, tensor<16xf32>) -> tensor<1x16x128x128xf32>
  %a2 = tenon.activation silu %n2 : tensor<1x16x128x128xf32>
  %d = tenon.conv %a2, %second, %c strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<1x16x128x128xf32>, tensor<16x16x3x3xf32>, tensor<16xf32>) -> tensor<1x16x128x128xf32>
  %p = tenon.conv %i, %past strides [1, 1] dilations [1, 1] pads [0, 0] [0, 0] groups 1 : (tensor<1x32x128x128xf32>, tensor<16x32x1x1xf32>) -> tensor<1x16x128x128xf32>
  %y = arith.addf %p, %d : tensor<1x16x128x128xf32>
  return %y : tensor<1x16x128x128xf32>
}
