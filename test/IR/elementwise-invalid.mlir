// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// Each constraint of the family's ops, broken alone. The function is named after it.

func.func @activation_c1(%x: tensor<4xi32>) {
  // expected-error @+1 {{elements of type 'i32' have no gelu}}
  %r = tenon.activation gelu %x : tensor<4xi32>
  return
}

// -----

func.func @activation_c1_bool(%x: tensor<4xi1>) {
  // expected-error @+1 {{elements of type 'i1' have no relu}}
  %r = tenon.activation relu %x : tensor<4xi1>
  return
}

// -----

func.func @activation_c2_alpha(%x: tensor<4xf32>) {
  // expected-error @+1 {{gelu has no alpha}}
  %r = tenon.activation gelu %x {alpha = 1.0 : f64} : tensor<4xf32>
  return
}

// -----

func.func @activation_c2_beta(%x: tensor<4xf32>) {
  // expected-error @+1 {{leaky_relu has no beta}}
  %r = tenon.activation leaky_relu %x {beta = 1.0 : f64} : tensor<4xf32>
  return
}

// -----

func.func @activation_c3(%x: tensor<4xf32>) {
  // expected-error @+1 {{alpha of celu is 0}}
  %r = tenon.activation celu %x {alpha = 0.0 : f64} : tensor<4xf32>
  return
}

// -----

func.func @softmax_c1(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axis 2 is not an axis of a tensor of rank 2}}
  %r = tenon.softmax %x axis 2 : tensor<2x3xf32>
  return
}

// -----

func.func @softmax_c1_scalar(%x: tensor<f32>) {
  // expected-error @+1 {{axis 0 is not an axis of a tensor of rank 0}}
  %r = tenon.softmax %x axis 0 : tensor<f32>
  return
}

// -----

func.func @cast_c1(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{changes the shape of}}
  %r = tenon.cast %x : tensor<2x3xf32> to tensor<2x4xf16>
  return
}

// -----

func.func @cast_c1_rank(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{changes the shape of}}
  %r = tenon.cast %x : tensor<2x3xf32> to tensor<6xf16>
  return
}

// -----

func.func @cast_c2(%x: tensor<2xcomplex<f32>>) {
  // expected-error @+1 {{does not convert elements of type}}
  %r = tenon.cast %x : tensor<2xcomplex<f32>> to tensor<2xf32>
  return
}

// -----

func.func @cast_c3_input(%x: tensor<2xf32>) {
  // expected-error @+1 {{has unsigned_input but reads 'f32'}}
  %r = tenon.cast %x {unsigned_input} : tensor<2xf32> to tensor<2xi32>
  return
}

// -----

func.func @cast_c3_result(%x: tensor<2xi32>) {
  // expected-error @+1 {{has unsigned_result but gives 'f32'}}
  %r = tenon.cast %x {unsigned_result} : tensor<2xi32> to tensor<2xf32>
  return
}

// -----

func.func @cast_c4(%x: tensor<2xf32>) {
  // expected-error @+1 {{has saturate, which is for floats of 8 bits or less}}
  %r = tenon.cast %x {saturate} : tensor<2xf32> to tensor<2xf16>
  return
}

// -----

func.func @broadcast_c1(%x: tensor<1xf32>) {
  // expected-error @+1 {{changes elements of type 'f32' to 'f16'}}
  %r = tenon.broadcast %x : tensor<1xf32> to tensor<4xf16>
  return
}

// -----

func.func @broadcast_c2(%x: tensor<3x1xf32>) {
  // expected-error @+1 {{does not broadcast to [2, 4]}}
  %r = tenon.broadcast %x : tensor<3x1xf32> to tensor<2x4xf32>
  return
}

// -----

func.func @broadcast_c2_rank(%x: tensor<1x1xf32>) {
  // expected-error @+1 {{does not broadcast to [4]}}
  %r = tenon.broadcast %x : tensor<1x1xf32> to tensor<4xf32>
  return
}

// -----

func.func @broadcast_c3(%x: tensor<1x1xf32>) {
  // expected-error @+1 {{has more bytes than 64 bits can count}}
  %r = tenon.broadcast %x : tensor<1x1xf32> to tensor<4294967296x4294967296xf32>
  return
}

// -----

func.func @transpose_c1(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{permutation has 1 entries for 2 axes}}
  %r = tenon.transpose %x [0] : tensor<2x3xf32> -> tensor<2xf32>
  return
}

// -----

func.func @transpose_c2_range(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{permutation entry 2 is not an axis}}
  %r = tenon.transpose %x [0, 2] : tensor<2x3xf32> -> tensor<2x3xf32>
  return
}

// -----

func.func @transpose_c2_negative(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{permutation entry -1 is not an axis}}
  %r = tenon.transpose %x [-1, 0] : tensor<2x3xf32> -> tensor<3x2xf32>
  return
}

// -----

func.func @transpose_c2_twice(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{permutation names axis 1 twice}}
  %r = tenon.transpose %x [1, 1] : tensor<2x3xf32> -> tensor<3x3xf32>
  return
}

// -----

func.func @reshape_c1(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{changes elements of type 'f32' to 'i32'}}
  %r = tenon.reshape %x : tensor<2x3xf32> to tensor<6xi32>
  return
}

// -----

func.func @reshape_c2(%x: tensor<4294967296x4294967296xf32>) {
  // expected-error @+1 {{has more elements than 64 bits can count}}
  %r = tenon.reshape %x : tensor<4294967296x4294967296xf32> to tensor<1xf32>
  return
}

// -----

func.func @reshape_c3(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{changes the number of elements}}
  %r = tenon.reshape %x : tensor<2x3xf32> to tensor<7xf32>
  return
}

// -----

func.func @reshape_c3_to_dynamic(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{changes the number of elements}}
  %r = tenon.reshape %x : tensor<2x3xf32> to tensor<4x?xf32>
  return
}

// -----

func.func @reshape_c3_from_dynamic(%x: tensor<?x4xf32>) {
  // expected-error @+1 {{changes the number of elements}}
  %r = tenon.reshape %x : tensor<?x4xf32> to tensor<6xf32>
  return
}

// -----

func.func @reshape_c3_empty(%x: tensor<0x?xf32>) {
  // expected-error @+1 {{changes the number of elements}}
  %r = tenon.reshape %x : tensor<0x?xf32> to tensor<6xf32>
  return
}
