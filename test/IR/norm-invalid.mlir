// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// Each constraint of the family's ops, broken alone. The function is named after it.

func.func @layer_norm_c1(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axis 2 is not an axis of a tensor of rank 2}}
  %r = tenon.layer_norm %x axis 2 epsilon 1.0e-05 : (tensor<2x3xf32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @layer_norm_c1_negative(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{axis -1 is not an axis of a tensor of rank 2}}
  %r = tenon.layer_norm %x axis -1 epsilon 1.0e-05 : (tensor<2x3xf32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @layer_norm_c2(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{is not a number from 0 up}}
  %r = tenon.layer_norm %x axis 1 epsilon -1.0 : (tensor<2x3xf32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @layer_norm_c2_nan(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{is not a number from 0 up}}
  %r = tenon.layer_norm %x axis 1 epsilon 0x7FF8000000000000 : (tensor<2x3xf32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @layer_norm_c3(%x: tensor<2x3xf32>, %s: tensor<3xf16>) {
  // expected-error @+1 {{scale has elements of type 'f16' but input of 'f32'}}
  %r = tenon.layer_norm %x scale %s axis 1 epsilon 1.0e-05 : (tensor<2x3xf32>, tensor<3xf16>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @layer_norm_c4_scale(%x: tensor<2x3xf32>, %s: tensor<2xf32>) {
  // expected-error @+1 {{does not broadcast to [2, 3]}}
  %r = tenon.layer_norm %x scale %s axis 1 epsilon 1.0e-05 : (tensor<2x3xf32>, tensor<2xf32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @layer_norm_c4_bias(%x: tensor<2x3xf32>, %s: tensor<1x2x3xf32>) {
  // expected-error @+1 {{does not broadcast to [2, 3]}}
  %r = tenon.layer_norm %x bias %s axis 1 epsilon 1.0e-05 : (tensor<2x3xf32>, tensor<1x2x3xf32>) -> (tensor<2x3xf32>)
  return
}

// -----

func.func @rms_norm_c1(%x: tensor<f32>) {
  // expected-error @+1 {{axis 0 is not an axis of a tensor of rank 0}}
  %r = tenon.rms_norm %x axis 0 epsilon 1.0e-05 : (tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @rms_norm_c2(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{is not a number from 0 up}}
  %r = tenon.rms_norm %x axis 1 epsilon 0x7FF0000000000000 : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @rms_norm_c3(%x: tensor<2x3xbf16>, %w: tensor<3xf32>) {
  // expected-error @+1 {{weight has elements of type 'f32' but input of 'bf16'}}
  %r = tenon.rms_norm %x weight %w axis 1 epsilon 1.0e-05 : (tensor<2x3xbf16>, tensor<3xf32>) -> tensor<2x3xbf16>
  return
}

// -----

func.func @rms_norm_c4(%x: tensor<2x3xf32>, %w: tensor<4xf32>) {
  // expected-error @+1 {{does not broadcast to [2, 3]}}
  %r = tenon.rms_norm %x weight %w axis 1 epsilon 1.0e-05 : (tensor<2x3xf32>, tensor<4xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @rms_norm_c5(%x: tensor<2x3xf16>) {
  // expected-error @+1 {{rounding gemma needs a weight}}
  %r = tenon.rms_norm %x axis 1 epsilon 1.0e-05 {rounding = #tenon<rms_rounding gemma>} : (tensor<2x3xf16>) -> tensor<2x3xf16>
  return
}

// -----

func.func @group_norm_c1(%x: tensor<4xf32>) {
  // expected-error @+1 {{input must have rank 2 or more}}
  %r = tenon.group_norm %x groups 2 epsilon 1.0e-05 : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @group_norm_c2_zero(%x: tensor<2x6x5xf32>) {
  // expected-error @+1 {{groups 0 is not positive}}
  %r = tenon.group_norm %x groups 0 epsilon 1.0e-05 : (tensor<2x6x5xf32>) -> tensor<2x6x5xf32>
  return
}

// -----

func.func @group_norm_c2(%x: tensor<2x6x5xf32>) {
  // expected-error @+1 {{6 channels do not divide into 4 groups}}
  %r = tenon.group_norm %x groups 4 epsilon 1.0e-05 : (tensor<2x6x5xf32>) -> tensor<2x6x5xf32>
  return
}

// -----

func.func @group_norm_c2_last(%x: tensor<2x6x5xf32>) {
  // expected-error @+1 {{5 channels do not divide into 3 groups}}
  %r = tenon.group_norm %x groups 3 epsilon 1.0e-05 channels_last : (tensor<2x6x5xf32>) -> tensor<2x6x5xf32>
  return
}

// -----

func.func @group_norm_c3(%x: tensor<2x6x5xf32>) {
  // expected-error @+1 {{is not a number from 0 up}}
  %r = tenon.group_norm %x groups 3 epsilon -0.5 : (tensor<2x6x5xf32>) -> tensor<2x6x5xf32>
  return
}

// -----

func.func @group_norm_c4_scale(%x: tensor<2x6x5xf32>, %s: tensor<3xf32>) {
  // expected-error @+1 {{axis 0 of scale has size 3 but the number of channels is 6}}
  %r = tenon.group_norm %x scale %s groups 3 epsilon 1.0e-05 : (tensor<2x6x5xf32>, tensor<3xf32>) -> tensor<2x6x5xf32>
  return
}

// -----

func.func @group_norm_c4_last(%x: tensor<2x6x4xf32>, %s: tensor<6xf32>) {
  // expected-error @+1 {{axis 0 of scale has size 6 but the number of channels is 4}}
  %r = tenon.group_norm %x scale %s groups 2 epsilon 1.0e-05 channels_last : (tensor<2x6x4xf32>, tensor<6xf32>) -> tensor<2x6x4xf32>
  return
}

// -----

func.func @group_norm_c4_bias(%x: tensor<2x6x5xf32>, %s: tensor<6x1xf32>) {
  // expected-error @+1 {{bias must have rank 1}}
  %r = tenon.group_norm %x bias %s groups 3 epsilon 1.0e-05 : (tensor<2x6x5xf32>, tensor<6x1xf32>) -> tensor<2x6x5xf32>
  return
}

// -----

func.func @batch_norm_c1(%x: tensor<6xf32>, %p: tensor<6xf32>) {
  // expected-error @+1 {{input must have rank 2 or more}}
  %r = tenon.batch_norm %x, %p, %p, %p, %p epsilon 1.0e-05 : (tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>) -> tensor<6xf32>
  return
}

// -----

func.func @batch_norm_c2(%x: tensor<2x6xf32>, %p: tensor<6xf32>) {
  // expected-error @+1 {{is not a number from 0 up}}
  %r = tenon.batch_norm %x, %p, %p, %p, %p epsilon -1.0 : (tensor<2x6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>) -> tensor<2x6xf32>
  return
}

// -----

func.func @batch_norm_c3_size(%x: tensor<2x6xf32>, %p: tensor<6xf32>, %q: tensor<5xf32>) {
  // expected-error @+1 {{axis 0 of variance has size 5 but the number of channels is 6}}
  %r = tenon.batch_norm %x, %p, %p, %p, %q epsilon 1.0e-05 : (tensor<2x6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<5xf32>) -> tensor<2x6xf32>
  return
}

// -----

func.func @batch_norm_c3_type(%x: tensor<2x6xf16>, %p: tensor<6xf16>, %q: tensor<6xf32>) {
  // expected-error @+1 {{mean has elements of type 'f32' but input of 'f16'}}
  %r = tenon.batch_norm %x, %p, %p, %q, %p epsilon 1.0e-05 : (tensor<2x6xf16>, tensor<6xf16>, tensor<6xf16>, tensor<6xf32>, tensor<6xf16>) -> tensor<2x6xf16>
  return
}
