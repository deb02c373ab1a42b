// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// The result is declared a type that no inference gives, so that each diagnostic shows the inferred one: sizes
// are static wherever some operand or attribute tells them.

func.func @layer_norm(%x: tensor<?x3x?xf16>, %s: tensor<?xf16>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x3x?xf16>' are incompatible}}
  %r = tenon.layer_norm %x scale %s axis 2 epsilon 0.0 : (tensor<?x3x?xf16>, tensor<?xf16>) -> (tensor<f16>)
  return
}

// -----

func.func @layer_norm_statistics(%x: tensor<?x3x4xf16>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x3x4xf16>', 'tensor<?x1x1xf32>', 'tensor<?x1x1xf32>' are incompatible}}
  %r:3 = tenon.layer_norm %x axis 1 epsilon 0.0 {with_statistics} : (tensor<?x3x4xf16>) -> (tensor<f16>, tensor<f32>, tensor<f32>)
  return
}

// -----

func.func @layer_norm_statistics_not_declared(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<2x3xf32>', 'tensor<2x1xf32>', 'tensor<2x1xf32>' are incompatible}}
  %r = tenon.layer_norm %x axis 1 epsilon 0.0 {with_statistics} : (tensor<2x3xf32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @rms_norm(%x: tensor<?x3xbf16>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x3xbf16>' are incompatible}}
  %r = tenon.rms_norm %x axis 1 epsilon 0.0 : (tensor<?x3xbf16>) -> tensor<bf16>
  return
}

// -----

func.func @group_norm(%x: tensor<?x?x5xf32>, %p: tensor<6xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x?x5xf32>' are incompatible}}
  %r = tenon.group_norm %x scale %p groups 3 epsilon 0.0 : (tensor<?x?x5xf32>, tensor<6xf32>) -> tensor<f32>
  return
}

// -----

func.func @batch_norm(%x: tensor<?x6x?xf32>, %p: tensor<6xf32>) {
  // expected-error @+1 {{inferred type(s) 'tensor<?x6x?xf32>' are incompatible}}
  %r = tenon.batch_norm %x, %p, %p, %p, %p epsilon 0.0 : (tensor<?x6x?xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>) -> tensor<f32>
  return
}
