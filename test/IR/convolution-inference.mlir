// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// The result is declared a type that no inference gives, so that each diagnostic shows the inferred one: sizes
// are static wherever some operand or attribute tells them.

func.func @conv_dynamic_batch_and_width(%x: tensor<?x4x9x?xf32>, %w: tensor<8x4x3x3xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x8x5x?xf32>' are incompatible}}
  %r = tenon.conv %x, %w strides [2, 2] dilations [1, 1] pads [1, 1] [1, 1] groups 1 : (tensor<?x4x9x?xf32>, tensor<8x4x3x3xf32>) -> tensor<f32>
  return
}

// -----

func.func @conv_floor(%x: tensor<1x4x8xf32>, %w: tensor<8x4x3xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x8x3xf32>' are incompatible}}
  %r = tenon.conv %x, %w strides [2] dilations [1] pads [0] [0] groups 1 : (tensor<1x4x8xf32>, tensor<8x4x3xf32>) -> tensor<f32>
  return
}

// -----

func.func @conv_asymmetric_pads(%x: tensor<1x4x8x8xf32>, %w: tensor<8x4x3x3xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x8x4x4xf32>' are incompatible}}
  %r = tenon.conv %x, %w strides [2, 2] dilations [1, 1] pads [0, 0] [1, 1] groups 1 : (tensor<1x4x8x8xf32>, tensor<8x4x3x3xf32>) -> tensor<f32>
  return
}

// -----

func.func @conv_dilated(%x: tensor<1x4x9xf32>, %w: tensor<8x4x3xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x8x3xf32>' are incompatible}}
  %r = tenon.conv %x, %w strides [1] dilations [3] pads [0] [0] groups 1 : (tensor<1x4x9xf32>, tensor<8x4x3xf32>) -> tensor<f32>
  return
}

// -----

func.func @conv_dynamic_kernel(%x: tensor<1x4x9xf32>, %w: tensor<?x4x?xf32>, %b: tensor<8xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x8x?xf32>' are incompatible}}
  %r = tenon.conv %x, %w, %b strides [1] dilations [1] pads [0] [0] groups 1 : (tensor<1x4x9xf32>, tensor<?x4x?xf32>, tensor<8xf32>) -> tensor<f32>
  return
}

// -----

func.func @conv_integers(%x: tensor<1x4x9xi8>, %w: tensor<8x4x3xi8>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x8x7xi32>' are incompatible}}
  %r = tenon.conv %x, %w strides [1] dilations [1] pads [0] [0] groups 1 : (tensor<1x4x9xi8>, tensor<8x4x3xi8>) -> tensor<f32>
  return
}

// -----

func.func @conv_empty_batch(%x: tensor<0x4x9xf32>, %w: tensor<8x4x3xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<0x8x7xf32>' are incompatible}}
  %r = tenon.conv %x, %w strides [1] dilations [1] pads [0] [0] groups 1 : (tensor<0x4x9xf32>, tensor<8x4x3xf32>) -> tensor<f32>
  return
}

// -----

func.func @conv_empty_axis(%x: tensor<1x4x0xf32>, %w: tensor<8x4x1xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x8x0xf32>' are incompatible}}
  %r = tenon.conv %x, %w strides [1] dilations [1] pads [0] [0] groups 1 : (tensor<1x4x0xf32>, tensor<8x4x1xf32>) -> tensor<f32>
  return
}

// -----

func.func @conv_transpose_stride(%x: tensor<?x4x3xf32>, %w: tensor<4x8x3xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x8x8xf32>' are incompatible}}
  %r = tenon.conv_transpose %x, %w strides [2] dilations [1] pads [0] [0] output_padding [1] groups 1 : (tensor<?x4x3xf32>, tensor<4x8x3xf32>) -> tensor<f32>
  return
}

// -----

func.func @conv_transpose_dilation(%x: tensor<1x4x3xf32>, %w: tensor<4x8x3xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x8x8xf32>' are incompatible}}
  %r = tenon.conv_transpose %x, %w strides [1] dilations [2] pads [0] [0] output_padding [1] groups 1 : (tensor<1x4x3xf32>, tensor<4x8x3xf32>) -> tensor<f32>
  return
}

// -----

func.func @conv_transpose_groups(%x: tensor<1x4x?x3xf32>, %w: tensor<4x2x3x3xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x4x?x3xf32>' are incompatible}}
  %r = tenon.conv_transpose %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [0, 1] output_padding [0, 0] groups 2 : (tensor<1x4x?x3xf32>, tensor<4x2x3x3xf32>) -> tensor<f32>
  return
}

// -----

func.func @conv_transpose_bias_tells_channels(%x: tensor<1x4x3xf32>, %w: tensor<4x?x3xf32>, %b: tensor<6xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x6x5xf32>' are incompatible}}
  %r = tenon.conv_transpose %x, %w, %b strides [1] dilations [1] pads [0] [0] output_padding [0] groups 2 : (tensor<1x4x3xf32>, tensor<4x?x3xf32>, tensor<6xf32>) -> tensor<f32>
  return
}
