// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// Each constraint of the family's ops, broken alone. The function is named after it.

func.func @weight_c1() {
  // expected-error @+1 {{needs a static shape but has type}}
  %r = tenon.weight "w" in "m.safetensors" at 0 : tensor<?x3xf32>
  return
}

// -----

func.func @weight_c2() {
  // expected-error @+1 {{needs elements of whole bytes}}
  %r = tenon.weight "w" in "m.safetensors" at 0 : tensor<3xi4>
  return
}

// -----

func.func @weight_c2_index() {
  // expected-error @+1 {{needs elements of whole bytes}}
  %r = tenon.weight "w" in "m.safetensors" at 0 : tensor<3xindex>
  return
}

// -----

func.func @weight_c3_tensor() {
  // expected-error @+1 {{needs the name of a tensor and of a file}}
  %r = tenon.weight "" in "m.safetensors" at 0 : tensor<3xf32>
  return
}

// -----

func.func @weight_c3_file() {
  // expected-error @+1 {{needs the name of a tensor and of a file}}
  %r = tenon.weight "w" in "" at 0 : tensor<3xf32>
  return
}

// -----

func.func @weight_c4() {
  // expected-error @+1 {{offset -1 is negative}}
  %r = tenon.weight "w" in "m.safetensors" at -1 : tensor<3xf32>
  return
}

// -----

func.func @weight_c5_shape() {
  // expected-error @+1 {{does not fit in 64 bits}}
  %r = tenon.weight "w" in "m.safetensors" at 0 : tensor<4294967296x4294967296xf32>
  return
}

// -----

func.func @weight_c5_offset() {
  // expected-error @+1 {{does not fit in 64 bits}}
  %r = tenon.weight "w" in "m.safetensors" at 9223372036854775807 : tensor<1xf32>
  return
}

// -----

func.func @weight_c5_bytes() {
  // expected-error @+1 {{does not fit in 64 bits}}
  %r = tenon.weight "w" in "m.safetensors" at 0 : tensor<4611686018427387904xf32>
  return
}
