// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// The result is declared a type that no inference gives, so that each diagnostic shows the inferred one: sizes
// are static wherever some operand or attribute tells them.

func.func @upsample(%x: tensor<?x1x4x?xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x1x8x?xf32>' are incompatible}}
  %r = tenon.upsample %x factors [2, 3] : tensor<?x1x4x?xf32> -> tensor<f32>
  return
}

// -----

func.func @pixel_shuffle(%x: tensor<?x8x?x3xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x2x?x6xf32>' are incompatible}}
  %r = tenon.pixel_shuffle %x block 2 : tensor<?x8x?x3xf32> -> tensor<f32>
  return
}

// -----

func.func @pixel_shuffle_open_channels(%x: tensor<1x?x2x3xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<1x?x4x6xf32>' are incompatible}}
  %r = tenon.pixel_shuffle %x block 2 : tensor<1x?x2x3xf32> -> tensor<f32>
  return
}

// -----

func.func @pixel_unshuffle(%x: tensor<?x2x?x6xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x8x?x3xf32>' are incompatible}}
  %r = tenon.pixel_unshuffle %x block 2 : tensor<?x2x?x6xf32> -> tensor<f32>
  return
}
