// RUN: tenon-opt %s --convert-tenon-to-linalg --split-input-file --verify-diagnostics

func.func @dynamic_shape(%x: tensor<?x4xf32>) -> tensor<?x4xf32> {
  // expected-error @+1 {{has a tensor of dynamic shape, but only static shapes can be compiled}}
  %0 = tenon.softmax %x axis 1 : tensor<?x4xf32>
  return %0 : tensor<?x4xf32>
}

// -----

func.func @no_lowering(%x: tensor<4xf32>) -> tensor<4xf8E8M0FNU> {
  // expected-error @+1 {{failed to legalize operation 'tenon.cast'}}
  %0 = tenon.cast %x : tensor<4xf32> to tensor<4xf8E8M0FNU>
  return %0 : tensor<4xf8E8M0FNU>
}
