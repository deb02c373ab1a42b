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
