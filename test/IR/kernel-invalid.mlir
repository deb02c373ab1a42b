// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// Each constraint of the family's ops, broken alone. The function is named after it.

func.func @launch_c1(%x: tensor<4xf32>) {
  // expected-error @+1 {{runs @k, which is no function}}
  %y = tenon.launch @k(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func private @k(tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
func.func @launch_c2(%x: tensor<4xf32>) {
  // expected-error @+1 {{runs @k, which is not marked tenon.kernel}}
  %y = tenon.launch @k(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func private @k(tensor<4xf32>) -> tensor<4xf32> attributes {tenon.kernel}
func.func @launch_c3(%x: tensor<4xf32>) {
  // expected-error @+1 {{passes inputs and destinations of types}}
  %y = tenon.launch @k(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func private @k(tensor<4xf32>, tensor<4xf16>) -> tensor<4xf32> attributes {tenon.kernel}
func.func @launch_c3_type(%x: tensor<4xf32>) {
  // expected-error @+1 {{passes inputs and destinations of types}}
  %y = tenon.launch @k(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func private @k(tensor<4xf32>, tensor<4xf32>) -> tensor<5xf32> attributes {tenon.kernel}
func.func @launch_c4(%x: tensor<4xf32>) {
  // expected-error @+1 {{has results of types}}
  %y = tenon.launch @k(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func private @k(tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> attributes {tenon.kernel}
func.func @launch_c5(%x: tensor<4xf32>) {
  // expected-error @+1 {{has in_place for 2 results, not 1}}
  %y = tenon.launch @k(%x) {in_place = array<i64: 0, 0>} : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func private @k(tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> attributes {tenon.kernel}
func.func @launch_c5_none(%x: tensor<4xf32>) {
  // expected-error @+1 {{has in_place for 0 results, not 1}}
  %y = tenon.launch @k(%x) {in_place = array<i64>} : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func private @k(tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> attributes {tenon.kernel}
func.func @launch_c5_input(%x: tensor<4xf32>) {
  // expected-error @+1 {{has no input 1 to overwrite}}
  %y = tenon.launch @k(%x) {in_place = array<i64: 1>} : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func private @k(tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> attributes {tenon.kernel}
func.func @launch_c5_negative(%x: tensor<4xf32>) {
  // expected-error @+1 {{has no input -2 to overwrite}}
  %y = tenon.launch @k(%x) {in_place = array<i64: -2>} : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func private @k(tensor<4xf32>, tensor<4xi32>) -> tensor<4xi32> attributes {tenon.kernel}
func.func @launch_c5_type(%x: tensor<4xf32>) {
  // expected-error @+1 {{overwrites}}
  %y = tenon.launch @k(%x) {in_place = array<i64: 0>} : (tensor<4xf32>) -> tensor<4xi32>
  return
}

// -----

func.func private @k(tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> attributes {tenon.kernel}
func.func @launch_c5_used(%x: tensor<4xf32>) {
  // expected-error @+1 {{which is used elsewhere too}}
  %y = tenon.launch @k(%x) {in_place = array<i64: 0>} : (tensor<4xf32>) -> tensor<4xf32>
  %z = arith.negf %x : tensor<4xf32>
  return
}
