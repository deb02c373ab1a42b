// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// Each constraint of the family's ops, broken alone. The function is named after it.

func.func @max_pool_c1(%x: tensor<1x4xf32>) {
  // expected-error @+1 {{input must have rank 3 to 5}}
  %r = tenon.max_pool %x kernel [2] strides [1] dilations [1] pads [0] [0] : (tensor<1x4xf32>) -> (tensor<1x1x1xf32>)
  return
}

// -----

func.func @max_pool_c2_kernel(%x: tensor<1x4x9xf32>) {
  // expected-error @+1 {{kernel must be at least 1 but has an entry 0}}
  %r = tenon.max_pool %x kernel [0] strides [1] dilations [1] pads [0] [0] : (tensor<1x4x9xf32>) -> (tensor<1x1x1xf32>)
  return
}

// -----

func.func @max_pool_c2_strides(%x: tensor<1x4x9xf32>) {
  // expected-error @+1 {{strides must be at least 1 but has an entry 0}}
  %r = tenon.max_pool %x kernel [2] strides [0] dilations [1] pads [0] [0] : (tensor<1x4x9xf32>) -> (tensor<1x1x1xf32>)
  return
}

// -----

func.func @max_pool_c2_dilations(%x: tensor<1x4x9xf32>) {
  // expected-error @+1 {{dilations must be at least 1 but has an entry 0}}
  %r = tenon.max_pool %x kernel [2] strides [1] dilations [0] pads [0] [0] : (tensor<1x4x9xf32>) -> (tensor<1x1x1xf32>)
  return
}

// -----

func.func @max_pool_c2_pads(%x: tensor<1x4x9xf32>) {
  // expected-error @+1 {{pads_end must be at least 0 but has an entry -1}}
  %r = tenon.max_pool %x kernel [2] strides [1] dilations [1] pads [0] [-1] : (tensor<1x4x9xf32>) -> (tensor<1x1x1xf32>)
  return
}

// -----

func.func @max_pool_c2_count(%x: tensor<1x4x9x9xf32>) {
  // expected-error @+1 {{kernel has 1 entries for 2 axes}}
  %r = tenon.max_pool %x kernel [2] strides [1] dilations [1] pads [0] [0] : (tensor<1x4x9x9xf32>) -> (tensor<1x1x1xf32>)
  return
}

// -----

func.func @max_pool_c3(%x: tensor<1x4x9xf32>) {
  // expected-error @+1 {{a padding of 2 leaves nothing of a window with kernel 2 and dilation 1}}
  %r = tenon.max_pool %x kernel [2] strides [1] dilations [1] pads [2] [0] : (tensor<1x4x9xf32>) -> (tensor<1x1x1xf32>)
  return
}

// -----

func.func @max_pool_c4(%x: tensor<1x4x2xf32>) {
  // expected-error @+1 {{a window spans 5 elements but its axis has, with padding, only 2}}
  %r = tenon.max_pool %x kernel [5] strides [1] dilations [1] pads [0] [0] : (tensor<1x4x2xf32>) -> (tensor<1x1x1xf32>)
  return
}

// -----

func.func @avg_pool_c1(%x: tensor<1x4xf32>) {
  // expected-error @+1 {{input must have rank 3 to 5}}
  %r = tenon.avg_pool %x kernel [2] strides [1] dilations [1] pads [0] [0] : (tensor<1x4xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @avg_pool_c2_kernel(%x: tensor<1x4x9xf32>) {
  // expected-error @+1 {{kernel must be at least 1 but has an entry 0}}
  %r = tenon.avg_pool %x kernel [0] strides [1] dilations [1] pads [0] [0] : (tensor<1x4x9xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @avg_pool_c2_strides(%x: tensor<1x4x9xf32>) {
  // expected-error @+1 {{strides must be at least 1 but has an entry 0}}
  %r = tenon.avg_pool %x kernel [2] strides [0] dilations [1] pads [0] [0] : (tensor<1x4x9xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @avg_pool_c2_dilations(%x: tensor<1x4x9xf32>) {
  // expected-error @+1 {{dilations must be at least 1 but has an entry 0}}
  %r = tenon.avg_pool %x kernel [2] strides [1] dilations [0] pads [0] [0] : (tensor<1x4x9xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @avg_pool_c2_pads(%x: tensor<1x4x9xf32>) {
  // expected-error @+1 {{pads_end must be at least 0 but has an entry -1}}
  %r = tenon.avg_pool %x kernel [2] strides [1] dilations [1] pads [0] [-1] : (tensor<1x4x9xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @avg_pool_c2_count(%x: tensor<1x4x9x9xf32>) {
  // expected-error @+1 {{kernel has 1 entries for 2 axes}}
  %r = tenon.avg_pool %x kernel [2] strides [1] dilations [1] pads [0] [0] : (tensor<1x4x9x9xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @avg_pool_c3(%x: tensor<1x4x9xf32>) {
  // expected-error @+1 {{a padding of 2 leaves nothing of a window with kernel 2 and dilation 1}}
  %r = tenon.avg_pool %x kernel [2] strides [1] dilations [1] pads [2] [0] : (tensor<1x4x9xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @avg_pool_c4(%x: tensor<1x4x2xf32>) {
  // expected-error @+1 {{a window spans 5 elements but its axis has, with padding, only 2}}
  %r = tenon.avg_pool %x kernel [5] strides [1] dilations [1] pads [0] [0] : (tensor<1x4x2xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @max_pool_c5_order(%x: tensor<1x4x9xcomplex<f32>>) {
  // expected-error @+1 {{have no order}}
  %r = tenon.max_pool %x kernel [2] strides [1] dilations [1] pads [0] [0] : (tensor<1x4x9xcomplex<f32>>) -> (tensor<1x1x1xf32>)
  return
}

// -----

func.func @max_pool_c5_unsigned(%x: tensor<1x4x9xf32>) {
  // expected-error @+1 {{unsigned_elements is for integers but the elements are 'f32'}}
  %r = tenon.max_pool %x kernel [2] strides [1] dilations [1] pads [0] [0] {unsigned_elements} : (tensor<1x4x9xf32>) -> (tensor<1x1x1xf32>)
  return
}

// -----

func.func @max_pool_c6(%x: tensor<1x4x9xf32>) {
  // expected-error @+1 {{column_major has no meaning without indices}}
  %r = tenon.max_pool %x kernel [2] strides [1] dilations [1] pads [0] [0] {column_major} : (tensor<1x4x9xf32>) -> (tensor<1x1x1xf32>)
  return
}

// -----

func.func @avg_pool_c5(%x: tensor<1x4x9xf32>) {
  // expected-error @+1 {{lp 0 is not positive}}
  %r = tenon.avg_pool %x kernel [2] strides [1] dilations [1] pads [0] [0] {lp = 0 : i64} : (tensor<1x4x9xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @avg_pool_c6(%x: tensor<1x4x9xf32>) {
  // expected-error @+1 {{count_include_pad has no meaning with lp}}
  %r = tenon.avg_pool %x kernel [2] strides [1] dilations [1] pads [0] [0] {lp = 2 : i64, count_include_pad} : (tensor<1x4x9xf32>) -> tensor<1x1x1xf32>
  return
}
