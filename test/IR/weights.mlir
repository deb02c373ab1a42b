// RUN: tenon-opt %s | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --mlir-print-op-generic | tenon-opt | FileCheck %s
// RUN: tenon-opt %s --emit-bytecode | tenon-opt | FileCheck %s

// What is written is what is printed, also from the generic form and from bytecode.

// CHECK-LABEL: func.func @weights(
func.func @weights() {
  // CHECK: tenon.weight "encoder.weight" in "model.safetensors" at 1024 : tensor<384x384xf32>
  %0 = tenon.weight "encoder.weight" in "model.safetensors" at 1024 : tensor<384x384xf32>
  // CHECK: tenon.weight "mask" in "data/model.onnx.data" at 0 : tensor<7xi1>
  %1 = tenon.weight "mask" in "data/model.onnx.data" at 0 : tensor<7xi1>
  // CHECK: tenon.weight "scalar" in "model.safetensors" at 8 : tensor<bf16>
  %2 = tenon.weight "scalar" in "model.safetensors" at 8 : tensor<bf16>
  // CHECK: tenon.weight "empty" in "model.safetensors" at 8 : tensor<0x4xf16>
  %3 = tenon.weight "empty" in "model.safetensors" at 8 : tensor<0x4xf16>
  return
}

// CHECK-LABEL: func.func @parameters(
func.func @parameters() {
  // CHECK: tenon.parameter "layer scale 0" = dense<2.000000e+00> : tensor<f32>
  %0 = tenon.parameter "layer scale 0" = dense<2.0> : tensor<f32>
  // CHECK: tenon.parameter "all" = dense<[1, 2]> : tensor<2xi64>
  %1 = tenon.parameter "all" = dense<[1, 2]> : tensor<2xi64>
  return
}
