// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// Each constraint of the family's ops, broken alone. The function is named after it.

func.func @resize_c1(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{changes elements of type 'f32' to 'f16'}}
  %r = tenon.resize nearest %x : tensor<1x1x4x4xf32> to tensor<1x1x8x8xf16>
  return
}

// -----

func.func @resize_c2(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{changes the rank of}}
  %r = tenon.resize nearest %x : tensor<1x1x4x4xf32> to tensor<1x8x8xf32>
  return
}

// -----

func.func @resize_c3(%x: tensor<1x1x0x4xf32>) {
  // expected-error @+1 {{stretches empty axis 2 to size 8}}
  %r = tenon.resize nearest %x : tensor<1x1x0x4xf32> to tensor<1x1x8x8xf32>
  return
}

// -----

func.func @resize_c4(%x: tensor<1x1x4x4xi8>) {
  // expected-error @+1 {{in mode linear needs floats but has 'i8'}}
  %r = tenon.resize linear %x : tensor<1x1x4x4xi8> to tensor<1x1x8x8xi8>
  return
}

// -----

func.func @resize_c5(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{has antialias, which mode nearest does not know}}
  %r = tenon.resize nearest %x {antialias} : tensor<1x1x4x4xf32> to tensor<1x1x8x8xf32>
  return
}

// -----

func.func @resize_c6(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{has exclude_outside, which mode nearest does not know}}
  %r = tenon.resize nearest %x {exclude_outside} : tensor<1x1x4x4xf32> to tensor<1x1x8x8xf32>
  return
}

// -----

func.func @resize_c7(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{needs roi with coordinates tf_crop_and_resize, and only then}}
  %r = tenon.resize linear %x {coordinates = #tenon<coordinate_mode tf_crop_and_resize>} : tensor<1x1x4x4xf32> to tensor<1x1x8x8xf32>
  return
}

// -----

func.func @resize_c7_roi(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{needs roi with coordinates tf_crop_and_resize, and only then}}
  %r = tenon.resize linear %x {roi = array<f64: 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0>} : tensor<1x1x4x4xf32> to tensor<1x1x8x8xf32>
  return
}

// -----

func.func @resize_c8(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{has extrapolation_value, which is for coordinates tf_crop_and_resize}}
  %r = tenon.resize linear %x {extrapolation_value = 1.0 : f64} : tensor<1x1x4x4xf32> to tensor<1x1x8x8xf32>
  return
}

// -----

func.func @resize_c9(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{cubic_coeff is not a finite number}}
  %r = tenon.resize cubic %x {cubic_coeff = 0x7FF8000000000000 : f64} : tensor<1x1x4x4xf32> to tensor<1x1x8x8xf32>
  return
}

// -----

func.func @resize_c10_count(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{has 2 scales for 4 axes}}
  %r = tenon.resize nearest %x {scales = array<f64: 2.0, 2.0>} : tensor<1x1x4x4xf32> to tensor<1x1x8x8xf32>
  return
}

// -----

func.func @resize_c10(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{is not a positive number}}
  %r = tenon.resize nearest %x {scales = array<f64: 1.0, 1.0, -2.0, 2.0>} : tensor<1x1x4x4xf32> to tensor<1x1x8x8xf32>
  return
}

// -----

func.func @resize_c11(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{has 2 values in roi for 4 axes, two each}}
  %r = tenon.resize linear %x {coordinates = #tenon<coordinate_mode tf_crop_and_resize>, roi = array<f64: 0.0, 1.0>} : tensor<1x1x4x4xf32> to tensor<1x1x8x8xf32>
  return
}

// -----

func.func @resize_c12(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{has more bytes than 64 bits can count}}
  %r = tenon.resize nearest %x : tensor<1x1x4x4xf32> to tensor<1x1x4294967296x4294967296xf32>
  return
}

// -----

func.func @upsample_c1(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{input must have rank 3 or more}}
  %r = tenon.upsample %x factors [] : tensor<4x4xf32> -> tensor<4x4xf32>
  return
}

// -----

func.func @upsample_c2(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{factors must be at least 1 but has an entry 0}}
  %r = tenon.upsample %x factors [0] : tensor<1x1x4xf32> -> tensor<1x1x4xf32>
  return
}

// -----

func.func @upsample_c2_count(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{factors has 1 entries for 2 axes}}
  %r = tenon.upsample %x factors [2] : tensor<1x1x4x4xf32> -> tensor<1x1x4x4xf32>
  return
}

// -----

func.func @upsample_c3(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{the output size does not fit in 64 bits}}
  %r = tenon.upsample %x factors [9223372036854775807] : tensor<1x1x4xf32> -> tensor<1x1x4xf32>
  return
}

// -----

func.func @pixel_shuffle_c1(%x: tensor<4x2x2xf32>) {
  // expected-error @+1 {{input must have rank 4}}
  %r = tenon.pixel_shuffle %x block 2 : tensor<4x2x2xf32> -> tensor<1x4x4xf32>
  return
}

// -----

func.func @pixel_shuffle_c2(%x: tensor<1x4x2x2xf32>) {
  // expected-error @+1 {{block 0 is not positive}}
  %r = tenon.pixel_shuffle %x block 0 : tensor<1x4x2x2xf32> -> tensor<1x4x2x2xf32>
  return
}

// -----

func.func @pixel_shuffle_c2_large(%x: tensor<1x4x2x2xf32>) {
  // expected-error @+1 {{the size of a block does not fit in 64 bits}}
  %r = tenon.pixel_shuffle %x block 9223372036854775807 : tensor<1x4x2x2xf32> -> tensor<1x4x2x2xf32>
  return
}

// -----

func.func @pixel_shuffle_c3(%x: tensor<1x6x2x2xf32>) {
  // expected-error @+1 {{6 channels do not divide into blocks of 2 x 2}}
  %r = tenon.pixel_shuffle %x block 2 : tensor<1x6x2x2xf32> -> tensor<1x1x4x4xf32>
  return
}

// -----

func.func @pixel_unshuffle_c1(%x: tensor<4x4xf32>) {
  // expected-error @+1 {{input must have rank 4}}
  %r = tenon.pixel_unshuffle %x block 2 : tensor<4x4xf32> -> tensor<4x2x2xf32>
  return
}

// -----

func.func @pixel_unshuffle_c2(%x: tensor<1x1x4x4xf32>) {
  // expected-error @+1 {{block -2 is not positive}}
  %r = tenon.pixel_unshuffle %x block -2 : tensor<1x1x4x4xf32> -> tensor<1x1x4x4xf32>
  return
}

// -----

func.func @pixel_unshuffle_c3(%x: tensor<1x1x4x5xf32>) {
  // expected-error @+1 {{size 5 is not a multiple of block 2}}
  %r = tenon.pixel_unshuffle %x block 2 : tensor<1x1x4x5xf32> -> tensor<1x4x2x2xf32>
  return
}

// -----

func.func @max_unpool_c1(%x: tensor<1x1x2xf32>, %i: tensor<1x1x2xi64>) {
  // expected-error @+1 {{changes elements of type 'f32' to 'f16'}}
  %r = tenon.max_unpool %x, %i : (tensor<1x1x2xf32>, tensor<1x1x2xi64>) -> tensor<1x1x4xf16>
  return
}

// -----

func.func @max_unpool_c2(%x: tensor<2xf32>, %i: tensor<2xi64>) {
  // expected-error @+1 {{input must have rank 3 to 5}}
  %r = tenon.max_unpool %x, %i : (tensor<2xf32>, tensor<2xi64>) -> tensor<4xf32>
  return
}

// -----

func.func @max_unpool_c2_rank(%x: tensor<1x1x2xf32>, %i: tensor<1x1x2xi64>) {
  // expected-error @+1 {{changes the rank of}}
  %r = tenon.max_unpool %x, %i : (tensor<1x1x2xf32>, tensor<1x1x2xi64>) -> tensor<1x1x2x2xf32>
  return
}

// -----

func.func @max_unpool_c3(%x: tensor<1x1x2xf32>, %i: tensor<1x1x3xi64>) {
  // expected-error @+1 {{has indices of type}}
  %r = tenon.max_unpool %x, %i : (tensor<1x1x2xf32>, tensor<1x1x3xi64>) -> tensor<1x1x4xf32>
  return
}

// -----

func.func @max_unpool_c4(%x: tensor<1x1x2xf32>, %i: tensor<1x1x2xi64>) {
  // expected-error @+1 {{changes size 1 of axis 1 to 2}}
  %r = tenon.max_unpool %x, %i : (tensor<1x1x2xf32>, tensor<1x1x2xi64>) -> tensor<1x2x4xf32>
  return
}

// -----

func.func @max_unpool_c5(%x: tensor<1x1x2xf32>, %i: tensor<1x1x2xi64>) {
  // expected-error @+1 {{has more bytes than 64 bits can count}}
  %r = tenon.max_unpool %x, %i : (tensor<1x1x2xf32>, tensor<1x1x2xi64>) -> tensor<1x1x9223372036854775807xf32>
  return
}
