// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// Each constraint of the family's ops, broken alone. The function is named after it.

func.func @packed_linear_c1_input(%x: tensor<f32>, %w: tensor<2x3x8xf32>) {
  // expected-error @+1 {{input must have rank 1 or more}}
  %r = tenon.packed_linear %x, %w : (tensor<f32>, tensor<2x3x8xf32>) -> tensor<16xf32>
  return
}

// -----

func.func @packed_linear_c1_weight(%x: tensor<4x3xf32>, %w: tensor<16x3xf32>) {
  // expected-error @+1 {{weight must have rank 3}}
  %r = tenon.packed_linear %x, %w : (tensor<4x3xf32>, tensor<16x3xf32>) -> tensor<4x16xf32>
  return
}

// -----

func.func @packed_linear_c1_bias(%x: tensor<4x3xf32>, %w: tensor<2x3x8xf32>, %b: tensor<2x8xf32>) {
  // expected-error @+1 {{bias must have rank 1}}
  %r = tenon.packed_linear %x, %w, %b : (tensor<4x3xf32>, tensor<2x3x8xf32>, tensor<2x8xf32>) -> tensor<4x16xf32>
  return
}

// -----

func.func @packed_linear_c2(%x: tensor<4x3xf16>, %w: tensor<2x3x8xf32>) {
  // expected-error @+1 {{weight}}
  %r = tenon.packed_linear %x, %w : (tensor<4x3xf16>, tensor<2x3x8xf32>) -> tensor<4x16xf16>
  return
}

// -----

func.func @packed_linear_c2_narrow(%x: tensor<4x3xbf16>, %w: tensor<2x3x8xf16>) {
  // expected-error @+1 {{weight}}
  %r = tenon.packed_linear %x, %w : (tensor<4x3xbf16>, tensor<2x3x8xf16>) -> tensor<4x16xbf16>
  return
}

// -----

func.func @packed_linear_c2_bias(%x: tensor<4x3xf32>, %w: tensor<2x3x8xf16>, %b: tensor<16xf16>) {
  // expected-error @+1 {{bias}}
  %r = tenon.packed_linear %x, %w, %b : (tensor<4x3xf32>, tensor<2x3x8xf16>, tensor<16xf16>) -> tensor<4x16xf32>
  return
}

// -----

func.func @packed_linear_c3(%x: tensor<4x3xf32>, %w: tensor<2x5x8xf32>) {
  // expected-error @+1 {{weight}}
  %r = tenon.packed_linear %x, %w : (tensor<4x3xf32>, tensor<2x5x8xf32>) -> tensor<4x16xf32>
  return
}

// -----

func.func @packed_linear_c4(%x: tensor<4x3xf32>, %w: tensor<2x3x8xf32>, %b: tensor<8xf32>) {
  // expected-error @+1 {{bias}}
  %r = tenon.packed_linear %x, %w, %b : (tensor<4x3xf32>, tensor<2x3x8xf32>, tensor<8xf32>) -> tensor<4x16xf32>
  return
}

// -----

func.func @packed_conv_c1_input(%x: tensor<6x3xf32>, %w: tensor<2x3x3x3x8xf32>) {
  // expected-error @+1 {{input}}
  %r = tenon.packed_conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<6x3xf32>, tensor<2x3x3x3x8xf32>) -> tensor<1x6x6x16xf32>
  return
}

// -----

func.func @packed_conv_c1_weight(%x: tensor<1x6x6x3xf32>, %w: tensor<3x3x3x8xf32>) {
  // expected-error @+1 {{weight must have rank}}
  %r = tenon.packed_conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x6x3xf32>, tensor<3x3x3x8xf32>) -> tensor<1x6x6x16xf32>
  return
}

// -----

func.func @packed_conv_c1_bias(%x: tensor<1x6x6x3xf32>, %w: tensor<2x3x3x3x8xf32>, %b: tensor<1x16xf32>) {
  // expected-error @+1 {{bias must have rank 1}}
  %r = tenon.packed_conv %x, %w, %b strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x6x3xf32>, tensor<2x3x3x3x8xf32>, tensor<1x16xf32>) -> tensor<1x6x6x16xf32>
  return
}

// -----

func.func @packed_conv_c2(%x: tensor<1x6x6x3xf32>, %w: tensor<2x3x3x3x8xf16>) {
  // expected-error @+1 {{weight}}
  %r = tenon.packed_conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x6x3xf32>, tensor<2x3x3x3x8xf16>) -> tensor<1x6x6x16xf32>
  return
}

// -----

func.func @packed_conv_c3_entries(%x: tensor<1x6x6x3xf32>, %w: tensor<2x3x3x3x8xf32>) {
  // expected-error @+1 {{strides}}
  %r = tenon.packed_conv %x, %w strides [1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x6x3xf32>, tensor<2x3x3x3x8xf32>) -> tensor<1x6x6x16xf32>
  return
}

// -----

func.func @packed_conv_c3_positive(%x: tensor<1x6x6x3xf32>, %w: tensor<2x3x3x3x8xf32>) {
  // expected-error @+1 {{dilations}}
  %r = tenon.packed_conv %x, %w strides [1, 1] dilations [1, 0] pads [1, 1] [1, 1] : (tensor<1x6x6x3xf32>, tensor<2x3x3x3x8xf32>) -> tensor<1x6x6x16xf32>
  return
}

// -----

func.func @packed_conv_c4_empty(%x: tensor<1x6x6x3xf32>, %w: tensor<2x3x0x3x8xf32>) {
  // expected-error @+1 {{has an empty kernel}}
  %r = tenon.packed_conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x6x3xf32>, tensor<2x3x0x3x8xf32>) -> tensor<1x6x6x16xf32>
  return
}

// -----

func.func @packed_conv_c4_long(%x: tensor<1x6x6x3xf32>, %w: tensor<2x9x3x3x8xf32>) {
  // expected-error @+1 {{a window spans 9}}
  %r = tenon.packed_conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x6x3xf32>, tensor<2x9x3x3x8xf32>) -> tensor<1x6x6x16xf32>
  return
}

// -----

func.func @packed_conv_c5(%x: tensor<1x6x6x3xf32>, %w: tensor<2x3x3x4x8xf32>) {
  // expected-error @+1 {{weight}}
  %r = tenon.packed_conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x6x3xf32>, tensor<2x3x3x4x8xf32>) -> tensor<1x6x6x16xf32>
  return
}

// -----

func.func @packed_conv_c6(%x: tensor<1x6x6x3xf32>, %w: tensor<2x3x3x3x8xf32>, %b: tensor<8xf32>) {
  // expected-error @+1 {{bias}}
  %r = tenon.packed_conv %x, %w, %b strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x6x3xf32>, tensor<2x3x3x3x8xf32>, tensor<8xf32>) -> tensor<1x6x6x16xf32>
  return
}

// -----

func.func @depthwise_conv_c1_input(%x: tensor<6x3xf32>, %w: tensor<3x3x3xf32>) {
  // expected-error @+1 {{input}}
  %r = tenon.depthwise_conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<6x3xf32>, tensor<3x3x3xf32>) -> tensor<1x6x6x3xf32>
  return
}

// -----

func.func @depthwise_conv_c1_weight(%x: tensor<1x6x6x3xf32>, %w: tensor<1x3x3x3xf32>) {
  // expected-error @+1 {{weight must have rank}}
  %r = tenon.depthwise_conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x6x3xf32>, tensor<1x3x3x3xf32>) -> tensor<1x6x6x3xf32>
  return
}

// -----

func.func @depthwise_conv_c1_bias(%x: tensor<1x6x6x3xf32>, %w: tensor<3x3x3xf32>, %b: tensor<1x3xf32>) {
  // expected-error @+1 {{bias must have rank 1}}
  %r = tenon.depthwise_conv %x, %w, %b strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x6x3xf32>, tensor<3x3x3xf32>, tensor<1x3xf32>) -> tensor<1x6x6x3xf32>
  return
}

// -----

func.func @depthwise_conv_c2(%x: tensor<1x6x6x3xf32>, %w: tensor<3x3x3xf16>) {
  // expected-error @+1 {{weight}}
  %r = tenon.depthwise_conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x6x3xf32>, tensor<3x3x3xf16>) -> tensor<1x6x6x3xf32>
  return
}

// -----

func.func @depthwise_conv_c3_entries(%x: tensor<1x6x6x3xf32>, %w: tensor<3x3x3xf32>) {
  // expected-error @+1 {{strides}}
  %r = tenon.depthwise_conv %x, %w strides [1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x6x3xf32>, tensor<3x3x3xf32>) -> tensor<1x6x6x3xf32>
  return
}

// -----

func.func @depthwise_conv_c3_positive(%x: tensor<1x6x6x3xf32>, %w: tensor<3x3x3xf32>) {
  // expected-error @+1 {{dilations}}
  %r = tenon.depthwise_conv %x, %w strides [1, 1] dilations [1, 0] pads [1, 1] [1, 1] : (tensor<1x6x6x3xf32>, tensor<3x3x3xf32>) -> tensor<1x6x6x3xf32>
  return
}

// -----

func.func @depthwise_conv_c4_empty(%x: tensor<1x6x6x3xf32>, %w: tensor<3x0x3xf32>) {
  // expected-error @+1 {{has an empty kernel}}
  %r = tenon.depthwise_conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x6x3xf32>, tensor<3x0x3xf32>) -> tensor<1x6x6x3xf32>
  return
}

// -----

func.func @depthwise_conv_c4_long(%x: tensor<1x6x6x3xf32>, %w: tensor<9x3x3xf32>) {
  // expected-error @+1 {{a window spans 9}}
  %r = tenon.depthwise_conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x6x3xf32>, tensor<9x3x3xf32>) -> tensor<1x6x6x3xf32>
  return
}

// -----

func.func @depthwise_conv_c5(%x: tensor<1x6x6x3xf32>, %w: tensor<3x3x4xf32>) {
  // expected-error @+1 {{weight}}
  %r = tenon.depthwise_conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x6x3xf32>, tensor<3x3x4xf32>) -> tensor<1x6x6x3xf32>
  return
}

// -----

func.func @depthwise_conv_c6(%x: tensor<1x6x6x3xf32>, %w: tensor<3x3x3xf32>, %b: tensor<4xf32>) {
  // expected-error @+1 {{bias}}
  %r = tenon.depthwise_conv %x, %w, %b strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x6x3xf32>, tensor<3x3x3xf32>, tensor<4xf32>) -> tensor<1x6x6x3xf32>
  return
}

// -----

func.func @winograd_conv_c1_input(%x: tensor<1x5x3xf32>, %w: tensor<2x16x3x8xf32>) {
  // expected-error @+1 {{input must have rank 4}}
  %r = tenon.winograd_conv %x, %w pads [1, 1] [1, 1] : (tensor<1x5x3xf32>, tensor<2x16x3x8xf32>) -> tensor<1x5x5x16xf32>
  return
}

// -----

func.func @winograd_conv_c1_weight(%x: tensor<1x5x5x3xf32>, %w: tensor<2x4x4x3x8xf32>) {
  // expected-error @+1 {{weight must have rank 4}}
  %r = tenon.winograd_conv %x, %w pads [1, 1] [1, 1] : (tensor<1x5x5x3xf32>, tensor<2x4x4x3x8xf32>) -> tensor<1x5x5x16xf32>
  return
}

// -----

func.func @winograd_conv_c1_bias(%x: tensor<1x5x5x3xf32>, %w: tensor<2x16x3x8xf32>, %b: tensor<2x8xf32>) {
  // expected-error @+1 {{bias must have rank 1}}
  %r = tenon.winograd_conv %x, %w, %b pads [1, 1] [1, 1] : (tensor<1x5x5x3xf32>, tensor<2x16x3x8xf32>, tensor<2x8xf32>) -> tensor<1x5x5x16xf32>
  return
}

// -----

func.func @winograd_conv_c2_weight(%x: tensor<1x5x5x3xf32>, %w: tensor<2x16x3x8xf64>) {
  // expected-error @+1 {{weight}}
  %r = tenon.winograd_conv %x, %w pads [1, 1] [1, 1] : (tensor<1x5x5x3xf32>, tensor<2x16x3x8xf64>) -> tensor<1x5x5x16xf32>
  return
}

// -----

func.func @winograd_conv_c2_half(%x: tensor<1x5x5x3xf16>, %w: tensor<2x16x3x8xf16>) {
  // expected-error @+1 {{input must have elements of f32 or f64}}
  %r = tenon.winograd_conv %x, %w pads [1, 1] [1, 1] : (tensor<1x5x5x3xf16>, tensor<2x16x3x8xf16>) -> tensor<1x5x5x16xf16>
  return
}

// -----

func.func @winograd_conv_c3_count(%x: tensor<1x5x5x3xf32>, %w: tensor<2x16x3x8xf32>) {
  // expected-error @+1 {{pads_begin must be two numbers from 0 to 2}}
  %r = tenon.winograd_conv %x, %w pads [1] [1, 1] : (tensor<1x5x5x3xf32>, tensor<2x16x3x8xf32>) -> tensor<1x5x5x16xf32>
  return
}

// -----

func.func @winograd_conv_c3_wide(%x: tensor<1x5x5x3xf32>, %w: tensor<2x16x3x8xf32>) {
  // expected-error @+1 {{pads_end must be two numbers from 0 to 2}}
  %r = tenon.winograd_conv %x, %w pads [1, 1] [1, 3] : (tensor<1x5x5x3xf32>, tensor<2x16x3x8xf32>) -> tensor<1x5x5x16xf32>
  return
}

// -----

func.func @winograd_conv_c3_negative(%x: tensor<1x5x5x3xf32>, %w: tensor<2x16x3x8xf32>) {
  // expected-error @+1 {{pads_begin must be two numbers from 0 to 2}}
  %r = tenon.winograd_conv %x, %w pads [-1, 1] [1, 1] : (tensor<1x5x5x3xf32>, tensor<2x16x3x8xf32>) -> tensor<1x5x5x16xf32>
  return
}

// -----

func.func @winograd_conv_c4(%x: tensor<1x5x1x3xf32>, %w: tensor<2x16x3x8xf32>) {
  // expected-error @+1 {{the padded axis 2 of input is shorter than the kernel}}
  %r = tenon.winograd_conv %x, %w pads [1, 0] [1, 1] : (tensor<1x5x1x3xf32>, tensor<2x16x3x8xf32>) -> tensor<1x5x5x16xf32>
  return
}

// -----

func.func @winograd_conv_c5_places(%x: tensor<1x5x5x3xf32>, %w: tensor<2x9x3x8xf32>) {
  // expected-error @+1 {{axis 1 of weight has size 9 but the number of places is 16}}
  %r = tenon.winograd_conv %x, %w pads [1, 1] [1, 1] : (tensor<1x5x5x3xf32>, tensor<2x9x3x8xf32>) -> tensor<1x5x5x16xf32>
  return
}

// -----

func.func @winograd_conv_c5_channels(%x: tensor<1x5x5x3xf32>, %w: tensor<2x16x4x8xf32>) {
  // expected-error @+1 {{axis 2 of weight has size 4 but the number of channels of input is 3}}
  %r = tenon.winograd_conv %x, %w pads [1, 1] [1, 1] : (tensor<1x5x5x3xf32>, tensor<2x16x4x8xf32>) -> tensor<1x5x5x16xf32>
  return
}

// -----

func.func @winograd_conv_c6(%x: tensor<1x5x5x3xf32>, %w: tensor<2x16x3x8xf32>, %b: tensor<8xf32>) {
  // expected-error @+1 {{axis 0 of bias has size 8 but the number of output channels is 16}}
  %r = tenon.winograd_conv %x, %w, %b pads [1, 1] [1, 1] : (tensor<1x5x5x3xf32>, tensor<2x16x3x8xf32>, tensor<8xf32>) -> tensor<1x5x5x16xf32>
  return
}

// -----

func.func @packed_conv_c5_groups(%x: tensor<1x6x6x6xf32>, %w: tensor<3x3x3x3x8xf32>) {
  // expected-error @+1 {{weight}}
  %r = tenon.packed_conv %x, %w strides [1, 1] dilations [1, 1] pads [1, 1] [1, 1] : (tensor<1x6x6x6xf32>, tensor<3x3x3x3x8xf32>) -> tensor<1x6x6x24xf32>
  return
}
