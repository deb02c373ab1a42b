// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// Each constraint of the family's ops, broken alone. The function is named after it.

func.func @pad_c1(%x: tensor<3xf32>) {
  // expected-error @+1 {{low has 2 entries for 1 axes}}
  %r = tenon.pad %x low [1, 1] high [0] : (tensor<3xf32>) -> tensor<1xf32>
  return
}

// -----

func.func @pad_c1_high(%x: tensor<3xf32>) {
  // expected-error @+1 {{high has 0 entries for 1 axes}}
  %r = tenon.pad %x low [1] high [] : (tensor<3xf32>) -> tensor<1xf32>
  return
}

// -----

func.func @pad_c2_rank(%x: tensor<3xf32>, %v: tensor<1xf32>) {
  // expected-error @+1 {{value must have rank 0}}
  %r = tenon.pad %x value %v low [1] high [0] : (tensor<3xf32>, tensor<1xf32>) -> tensor<1xf32>
  return
}

// -----

func.func @pad_c2_type(%x: tensor<3xf32>, %v: tensor<f16>) {
  // expected-error @+1 {{value has elements of type 'f16' but input of 'f32'}}
  %r = tenon.pad %x value %v low [1] high [0] : (tensor<3xf32>, tensor<f16>) -> tensor<1xf32>
  return
}

// -----

func.func @pad_c3(%x: tensor<3xf32>, %v: tensor<f32>) {
  // expected-error @+1 {{mode edge takes no value}}
  %r = tenon.pad %x value %v low [1] high [0] {mode = #tenon<pad_mode edge>} : (tensor<3xf32>, tensor<f32>) -> tensor<1xf32>
  return
}

// -----

func.func @pad_c4(%x: tensor<3xf32>) {
  // expected-error @+1 {{more is cropped from axis 0 than its size 3}}
  %r = tenon.pad %x low [-2] high [-2] : (tensor<3xf32>) -> tensor<1xf32>
  return
}

// -----

func.func @pad_c4_crop_first(%x: tensor<3xf32>) {
  // expected-error @+1 {{more is cropped from axis 0 than its size 3}}
  %r = tenon.pad %x low [-4] high [2] : (tensor<3xf32>) -> tensor<1xf32>
  return
}

// -----

func.func @pad_c5(%x: tensor<3xf32>) {
  // expected-error @+1 {{axis 0 of size 3 cannot be mirrored 3 elements far}}
  %r = tenon.pad %x low [3] high [0] {mode = #tenon<pad_mode reflect>} : (tensor<3xf32>) -> tensor<1xf32>
  return
}

// -----

func.func @pad_c6_edge(%x: tensor<0xf32>) {
  // expected-error @+1 {{axis 0 is empty: there is nothing to pad it with}}
  %r = tenon.pad %x low [1] high [0] {mode = #tenon<pad_mode edge>} : (tensor<0xf32>) -> tensor<1xf32>
  return
}

// -----

func.func @pad_c6_wrap(%x: tensor<2xf32>) {
  // expected-error @+1 {{axis 0 is empty: there is nothing to pad it with}}
  %r = tenon.pad %x low [-2] high [1] {mode = #tenon<pad_mode wrap>} : (tensor<2xf32>) -> tensor<1xf32>
  return
}

// -----

func.func @pad_c7(%x: tensor<3xf32>) {
  // expected-error @+1 {{the padded size does not fit in 64 bits}}
  %r = tenon.pad %x low [9223372036854775807] high [9223372036854775807] : (tensor<3xf32>) -> tensor<1xf32>
  return
}

// -----

func.func @slice_c1(%x: tensor<3xf32>) {
  // expected-error @+1 {{starts has 2 entries for 1 axes}}
  %r = tenon.slice %x starts [0, 0] sizes [1] steps [1] : tensor<3xf32> -> tensor<1xf32>
  return
}

// -----

func.func @slice_c1_sizes(%x: tensor<3xf32>) {
  // expected-error @+1 {{sizes must be at least 0 but has an entry -1}}
  %r = tenon.slice %x starts [0] sizes [-1] steps [1] : tensor<3xf32> -> tensor<1xf32>
  return
}

// -----

func.func @slice_c1_steps(%x: tensor<3xf32>) {
  // expected-error @+1 {{steps has 0 entries for 1 axes}}
  %r = tenon.slice %x starts [0] sizes [1] steps [] : tensor<3xf32> -> tensor<1xf32>
  return
}

// -----

func.func @slice_c2(%x: tensor<3xf32>) {
  // expected-error @+1 {{the step of axis 0 is 0}}
  %r = tenon.slice %x starts [0] sizes [1] steps [0] : tensor<3xf32> -> tensor<1xf32>
  return
}

// -----

func.func @slice_c3_start(%x: tensor<3xf32>) {
  // expected-error @+1 {{1 elements from 3 in steps of 1 do not lie inside axis 0}}
  %r = tenon.slice %x starts [3] sizes [1] steps [1] : tensor<3xf32> -> tensor<1xf32>
  return
}

// -----

func.func @slice_c3_end(%x: tensor<3xf32>) {
  // expected-error @+1 {{3 elements from 0 in steps of 2 do not lie inside axis 0}}
  %r = tenon.slice %x starts [0] sizes [3] steps [2] : tensor<3xf32> -> tensor<1xf32>
  return
}

// -----

func.func @slice_c3_backwards(%x: tensor<3xf32>) {
  // expected-error @+1 {{3 elements from 1 in steps of -1 do not lie inside axis 0}}
  %r = tenon.slice %x starts [1] sizes [3] steps [-1] : tensor<3xf32> -> tensor<1xf32>
  return
}

// -----

func.func @slice_c3_dynamic(%x: tensor<?xf32>) {
  // expected-error @+1 {{3 elements from 1 in steps of -1 do not lie inside axis 0}}
  %r = tenon.slice %x starts [1] sizes [3] steps [-1] : tensor<?xf32> -> tensor<1xf32>
  return
}

// -----

func.func @slice_c3_overflow(%x: tensor<?xf32>) {
  // expected-error @+1 {{do not lie inside axis 0}}
  %r = tenon.slice %x starts [1] sizes [9223372036854775807] steps [9223372036854775807] : tensor<?xf32> -> tensor<1xf32>
  return
}

// -----

func.func @concat_c1() {
  // expected-error @+1 {{there is no input}}
  %r = "tenon.concat"() <{axis = 0 : i64}> : () -> tensor<1xf32>
  return
}

// -----

func.func @concat_c2(%x: tensor<3xf32>) {
  // expected-error @+1 {{axis 1 is not an axis of a tensor of rank 1}}
  %r = tenon.concat %x axis 1 : (tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @concat_c3_rank(%x: tensor<3xf32>, %y: tensor<1x3xf32>) {
  // expected-error @+1 {{input 1 must have rank 1}}
  %r = tenon.concat %x, %y axis 0 : (tensor<3xf32>, tensor<1x3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @concat_c3_type(%x: tensor<3xf32>, %y: tensor<3xf16>) {
  // expected-error @+1 {{input 1 has elements of type 'f16' but input 0 of 'f32'}}
  %r = tenon.concat %x, %y axis 0 : (tensor<3xf32>, tensor<3xf16>) -> tensor<3xf32>
  return
}

// -----

func.func @concat_c4(%x: tensor<3x2xf32>, %y: tensor<3x4xf32>) {
  // expected-error @+1 {{axis 1 of input 1 has size 4 but that of the inputs before it is 2}}
  %r = tenon.concat %x, %y axis 0 : (tensor<3x2xf32>, tensor<3x4xf32>) -> tensor<3x2xf32>
  return
}

// -----

func.func @concat_c5(%x: tensor<9223372036854775807x0xf32>) {
  // expected-error @+1 {{the size of the joined axis does not fit in 64 bits}}
  %r = tenon.concat %x, %x axis 0 : (tensor<9223372036854775807x0xf32>, tensor<9223372036854775807x0xf32>) -> tensor<9223372036854775807x0xf32>
  return
}

// -----

func.func @top_k_c1(%x: tensor<3xf32>) {
  // expected-error @+1 {{axis 1 is not an axis of a tensor of rank 1}}
  %r:2 = tenon.top_k %x k 1 axis 1 : (tensor<3xf32>) -> (tensor<1xf32>, tensor<1xi64>)
  return
}

// -----

func.func @top_k_c2_negative(%x: tensor<3xf32>) {
  // expected-error @+1 {{k -1 is negative}}
  %r:2 = tenon.top_k %x k -1 axis 0 : (tensor<3xf32>) -> (tensor<1xf32>, tensor<1xi64>)
  return
}

// -----

func.func @top_k_c2(%x: tensor<3xf32>) {
  // expected-error @+1 {{k 4 is larger than size 3 of axis 0}}
  %r:2 = tenon.top_k %x k 4 axis 0 : (tensor<3xf32>) -> (tensor<4xf32>, tensor<4xi64>)
  return
}

// -----

func.func @top_k_c3(%x: tensor<3xcomplex<f32>>) {
  // expected-error @+1 {{have no order}}
  %r:2 = tenon.top_k %x k 1 axis 0 : (tensor<3xcomplex<f32>>) -> (tensor<1xcomplex<f32>>, tensor<1xi64>)
  return
}

// -----

func.func @top_k_c4(%x: tensor<3xf32>) {
  // expected-error @+1 {{unsigned_elements is for integers}}
  %r:2 = tenon.top_k %x k 1 axis 0 {unsigned_elements} : (tensor<3xf32>) -> (tensor<1xf32>, tensor<1xi64>)
  return
}
