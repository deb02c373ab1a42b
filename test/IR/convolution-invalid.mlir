// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// Each constraint of the family's ops, broken alone. The function is named after it.

func.func @conv_c1_input(%x: tensor<1x4xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{input must have rank 3 to 5}}
  %r = tenon.conv %x, %w strides [1] dilations [1] pads [0] [0] groups 1 : (tensor<1x4xf32>, tensor<8x4xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c1_weight(%x: tensor<1x4x9xf32>, %w: tensor<8x4xf32>) {
  // expected-error @+1 {{weight must have rank 3}}
  %r = tenon.conv %x, %w strides [1] dilations [1] pads [0] [0] groups 1 : (tensor<1x4x9xf32>, tensor<8x4xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c1_bias(%x: tensor<1x4x9xf32>, %w: tensor<8x4x3xf32>, %c: tensor<8x1xf32>) {
  // expected-error @+1 {{bias must have rank 1}}
  %r = tenon.conv %x, %w, %c strides [1] dilations [1] pads [0] [0] groups 1 : (tensor<1x4x9xf32>, tensor<8x4x3xf32>, tensor<8x1xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c2(%x: tensor<1x4x9xf32>, %w: tensor<8x4x3xf16>) {
  // expected-error @+1 {{weight has elements of type 'f16' but input of 'f32'}}
  %r = tenon.conv %x, %w strides [1] dilations [1] pads [0] [0] groups 1 : (tensor<1x4x9xf32>, tensor<8x4x3xf16>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c3_strides(%x: tensor<1x4x9xf32>, %w: tensor<8x4x3xf32>) {
  // expected-error @+1 {{strides must be at least 1 but has an entry 0}}
  %r = tenon.conv %x, %w strides [0] dilations [1] pads [0] [0] groups 1 : (tensor<1x4x9xf32>, tensor<8x4x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c3_count(%x: tensor<1x4x9xf32>, %w: tensor<8x4x3xf32>) {
  // expected-error @+1 {{strides has 2 entries for 1 axes}}
  %r = tenon.conv %x, %w strides [1, 1] dilations [1] pads [0] [0] groups 1 : (tensor<1x4x9xf32>, tensor<8x4x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c3_dilations(%x: tensor<1x4x9xf32>, %w: tensor<8x4x3xf32>) {
  // expected-error @+1 {{dilations must be at least 1 but has an entry -1}}
  %r = tenon.conv %x, %w strides [1] dilations [-1] pads [0] [0] groups 1 : (tensor<1x4x9xf32>, tensor<8x4x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c3_pads_begin(%x: tensor<1x4x9xf32>, %w: tensor<8x4x3xf32>) {
  // expected-error @+1 {{pads_begin must be at least 0 but has an entry -1}}
  %r = tenon.conv %x, %w strides [1] dilations [1] pads [-1] [0] groups 1 : (tensor<1x4x9xf32>, tensor<8x4x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c3_pads_end(%x: tensor<1x4x9xf32>, %w: tensor<8x4x3xf32>) {
  // expected-error @+1 {{pads_end must be at least 0 but has an entry -1}}
  %r = tenon.conv %x, %w strides [1] dilations [1] pads [0] [-1] groups 1 : (tensor<1x4x9xf32>, tensor<8x4x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c4(%x: tensor<1x4x9xf32>, %w: tensor<8x4x0xf32>) {
  // expected-error @+1 {{has an empty kernel}}
  %r = tenon.conv %x, %w strides [1] dilations [1] pads [0] [0] groups 1 : (tensor<1x4x9xf32>, tensor<8x4x0xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c5(%x: tensor<1x4x9xf32>, %w: tensor<8x4x3xf32>) {
  // expected-error @+1 {{groups 0 is not positive}}
  %r = tenon.conv %x, %w strides [1] dilations [1] pads [0] [0] groups 0 : (tensor<1x4x9xf32>, tensor<8x4x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c5_negative(%x: tensor<1x4x9xf32>, %w: tensor<8x4x3xf32>) {
  // expected-error @+1 {{groups -2 is not positive}}
  %r = tenon.conv %x, %w strides [1] dilations [1] pads [0] [0] groups -2 : (tensor<1x4x9xf32>, tensor<8x4x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c6(%x: tensor<1x4x9xi8>, %w: tensor<8x4x3xi8>, %c: tensor<8xi8>) {
  // expected-error @+1 {{bias has elements of type 'i8' but the result of 'i32'}}
  %r = tenon.conv %x, %w, %c strides [1] dilations [1] pads [0] [0] groups 1 : (tensor<1x4x9xi8>, tensor<8x4x3xi8>, tensor<8xi8>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c7_input(%x: tensor<1x5x9xf32>, %w: tensor<8x2x3xf32>) {
  // expected-error @+1 {{5 input channels do not divide into 2 groups}}
  %r = tenon.conv %x, %w strides [1] dilations [1] pads [0] [0] groups 2 : (tensor<1x5x9xf32>, tensor<8x2x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c7_output(%x: tensor<1x4x9xf32>, %w: tensor<7x2x3xf32>) {
  // expected-error @+1 {{7 output channels do not divide into 2 groups}}
  %r = tenon.conv %x, %w strides [1] dilations [1] pads [0] [0] groups 2 : (tensor<1x4x9xf32>, tensor<7x2x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c8(%x: tensor<1x4x9xf32>, %w: tensor<8x4x3xf32>) {
  // expected-error @+1 {{weight reads 4 channels per group but input has 4 channels in 2 groups}}
  %r = tenon.conv %x, %w strides [1] dilations [1] pads [0] [0] groups 2 : (tensor<1x4x9xf32>, tensor<8x4x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c9(%x: tensor<1x4x9xf32>, %w: tensor<8x4x3xf32>, %c: tensor<4xf32>) {
  // expected-error @+1 {{axis 0 of bias has size 4 but the number of output channels is 8}}
  %r = tenon.conv %x, %w, %c strides [1] dilations [1] pads [0] [0] groups 1 : (tensor<1x4x9xf32>, tensor<8x4x3xf32>, tensor<4xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c10(%x: tensor<1x4x2xf32>, %w: tensor<8x4x5xf32>) {
  // expected-error @+1 {{a window spans 5 elements but its axis has, with padding, only 2}}
  %r = tenon.conv %x, %w strides [1] dilations [1] pads [0] [0] groups 1 : (tensor<1x4x2xf32>, tensor<8x4x5xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c10_one_short(%x: tensor<1x4x4xf32>, %w: tensor<8x4x5xf32>) {
  // expected-error @+1 {{a window spans 5 elements but its axis has, with padding, only 4}}
  %r = tenon.conv %x, %w strides [1] dilations [1] pads [0] [0] groups 1 : (tensor<1x4x4xf32>, tensor<8x4x5xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c10_overflow(%x: tensor<1x4x2xf32>, %w: tensor<8x4x5xf32>) {
  // expected-error @+1 {{the padded size does not fit in 64 bits}}
  %r = tenon.conv %x, %w strides [1] dilations [1] pads [9223372036854775807] [9223372036854775807] groups 1 : (tensor<1x4x2xf32>, tensor<8x4x5xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_transpose_c1(%x: tensor<1x4x3x3x3x3xf32>, %w: tensor<4x8x1x1x1x1xf32>) {
  // expected-error @+1 {{input must have rank 3 to 5}}
  %r = tenon.conv_transpose %x, %w strides [1] dilations [1] pads [0] [0] output_padding [0] groups 1 : (tensor<1x4x3x3x3x3xf32>, tensor<4x8x1x1x1x1xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_transpose_c2(%x: tensor<1x4x9xf32>, %w: tensor<4x8x3xbf16>) {
  // expected-error @+1 {{weight has elements of type 'bf16'}}
  %r = tenon.conv_transpose %x, %w strides [1] dilations [1] pads [0] [0] output_padding [0] groups 1 : (tensor<1x4x9xf32>, tensor<4x8x3xbf16>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_transpose_c3(%x: tensor<1x4x9xf32>, %w: tensor<4x8x3xf32>) {
  // expected-error @+1 {{strides must be at least 1 but has an entry -3}}
  %r = tenon.conv_transpose %x, %w strides [-3] dilations [1] pads [0] [0] output_padding [0] groups 1 : (tensor<1x4x9xf32>, tensor<4x8x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_transpose_c4(%x: tensor<1x4x9xf32>, %w: tensor<4x8x0xf32>) {
  // expected-error @+1 {{has an empty kernel}}
  %r = tenon.conv_transpose %x, %w strides [1] dilations [1] pads [0] [0] output_padding [0] groups 1 : (tensor<1x4x9xf32>, tensor<4x8x0xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_transpose_c5(%x: tensor<1x4x9xf32>, %w: tensor<4x8x3xf32>) {
  // expected-error @+1 {{groups 0 is not positive}}
  %r = tenon.conv_transpose %x, %w strides [1] dilations [1] pads [0] [0] output_padding [0] groups 0 : (tensor<1x4x9xf32>, tensor<4x8x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_transpose_c6(%x: tensor<1x4x9xf32>, %w: tensor<4x8x3xf32>, %c: tensor<8xf16>) {
  // expected-error @+1 {{bias has elements of type 'f16' but input of 'f32'}}
  %r = tenon.conv_transpose %x, %w, %c strides [1] dilations [1] pads [0] [0] output_padding [0] groups 1 : (tensor<1x4x9xf32>, tensor<4x8x3xf32>, tensor<8xf16>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_transpose_c7(%x: tensor<1x5x9xf32>, %w: tensor<5x8x3xf32>) {
  // expected-error @+1 {{5 input channels do not divide into 2 groups}}
  %r = tenon.conv_transpose %x, %w strides [1] dilations [1] pads [0] [0] output_padding [0] groups 2 : (tensor<1x5x9xf32>, tensor<5x8x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_transpose_c8(%x: tensor<1x4x9xf32>, %w: tensor<6x8x3xf32>) {
  // expected-error @+1 {{axis 0 of weight has size 6 but the number of input channels is 4}}
  %r = tenon.conv_transpose %x, %w strides [1] dilations [1] pads [0] [0] output_padding [0] groups 1 : (tensor<1x4x9xf32>, tensor<6x8x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_transpose_c9(%x: tensor<1x4x9xf32>, %w: tensor<4x8x3xf32>, %c: tensor<8xf32>) {
  // expected-error @+1 {{axis 0 of bias has size 8 but the number of output channels is 16}}
  %r = tenon.conv_transpose %x, %w, %c strides [1] dilations [1] pads [0] [0] output_padding [0] groups 2 : (tensor<1x4x9xf32>, tensor<4x8x3xf32>, tensor<8xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_transpose_c10(%x: tensor<1x4x9xf32>, %w: tensor<4x8x3xf32>) {
  // expected-error @+1 {{output_padding must be at least 0}}
  %r = tenon.conv_transpose %x, %w strides [1] dilations [1] pads [0] [0] output_padding [-1] groups 1 : (tensor<1x4x9xf32>, tensor<4x8x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_transpose_c10_count(%x: tensor<1x4x9xf32>, %w: tensor<4x8x3xf32>) {
  // expected-error @+1 {{output_padding has 0 entries for 1 axes}}
  %r = tenon.conv_transpose %x, %w strides [1] dilations [1] pads [0] [0] output_padding [] groups 1 : (tensor<1x4x9xf32>, tensor<4x8x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_transpose_c11_stride(%x: tensor<1x4x3xf32>, %w: tensor<4x8x3xf32>) {
  // expected-error @+1 {{output_padding 2 is not below stride 2 or dilation 1}}
  %r = tenon.conv_transpose %x, %w strides [2] dilations [1] pads [0] [0] output_padding [2] groups 1 : (tensor<1x4x3xf32>, tensor<4x8x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_transpose_c11_one(%x: tensor<1x4x3xf32>, %w: tensor<4x8x3xf32>) {
  // expected-error @+1 {{output_padding 1 is not below stride 1 or dilation 1}}
  %r = tenon.conv_transpose %x, %w strides [1] dilations [1] pads [0] [0] output_padding [1] groups 1 : (tensor<1x4x3xf32>, tensor<4x8x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_transpose_c12(%x: tensor<1x4x2xf32>, %w: tensor<4x8x3xf32>) {
  // expected-error @+1 {{the output size of a transposed convolution is negative: -1}}
  %r = tenon.conv_transpose %x, %w strides [1] dilations [1] pads [3] [2] output_padding [0] groups 1 : (tensor<1x4x2xf32>, tensor<4x8x3xf32>) -> tensor<1x1x1xf32>
  return
}
