// RUN: tenon-opt %s --tenon-split-denoising=stage=begin --canonicalize --split-input-file | FileCheck %s --check-prefix=BEGIN
// RUN: tenon-opt %s --tenon-split-denoising=stage=time --canonicalize --split-input-file | FileCheck %s --check-prefix=TIME
// RUN: tenon-opt %s --tenon-split-denoising=stage=step --canonicalize --split-input-file | FileCheck %s --check-prefix=STEP
// RUN: not tenon-opt %s --tenon-split-denoising=stage=end --split-input-file 2>&1 | FileCheck %s --check-prefix=WRONG
// WRONG: error: 'end' is none of begin, time, step

// Each stage has its own part; what passes on has one name; a spread of what an earlier stage gives stays with the later one.
// BEGIN: func.func @step(%[[PROMPT:.*]]: tensor<2x3x4xf32> {tenon.name = "prompt"})
// BEGIN-SAME: -> (tensor<2x3x4xf32> {tenon.dtype = "float32", tenon.name = "hoisted.0"})
// BEGIN: %[[W:.*]] = tenon.weight "k"
// BEGIN: %[[K:.*]] = tenon.linear %[[PROMPT]], %[[W]]
// BEGIN: return %[[K]]
// TIME: func.func @step(%[[T:.*]]: tensor<2x4xf32> {tenon.name = "t"})
// TIME-SAME: -> (tensor<2x4xf32> {tenon.dtype = "float32", tenon.name = "hoisted.1"})
// TIME-NOT: tenon.weight "k"
// TIME: %[[W:.*]] = tenon.weight "e"
// TIME: %[[E:.*]] = tenon.linear %[[T]], %[[W]]
// TIME: return %[[E]]
// STEP: func.func @step(%[[IMAGE:.*]]: tensor<2x3x4xf32> {tenon.name = "image"}, %[[K:.*]]: tensor<2x3x4xf32> {tenon.dtype = "float32", tenon.name = "hoisted.0"},
// STEP-SAME: %[[E:.*]]: tensor<2x4xf32> {tenon.dtype = "float32", tenon.name = "hoisted.1"}) -> (tensor<2x3x4xf32> {tenon.name = "out"})
// STEP-NOT: tenon.weight
// STEP: %[[R:.*]] = tenon.reshape %[[E]] : tensor<2x4xf32> to tensor<2x1x4xf32>
// STEP: %[[B:.*]] = tenon.broadcast %[[R]]
// STEP: %[[S:.*]] = arith.addf %[[IMAGE]], %[[B]]
// STEP: %[[Y:.*]] = arith.mulf %[[S]], %[[K]]
// STEP: return %[[Y]]
func.func @step(%image: tensor<2x3x4xf32> {tenon.name = "image"}, %t: tensor<2x4xf32> {tenon.name = "t", tenon.stage = "time"},
                %prompt: tensor<2x3x4xf32> {tenon.name = "prompt", tenon.stage = "begin"}) -> (tensor<2x3x4xf32> {tenon.name = "out"}) {
  %k = tenon.weight "k" in "f" at 0 : tensor<4x4xf32>
  %e = tenon.weight "e" in "f" at 64 : tensor<4x4xf32>
  %key = tenon.linear %prompt, %k : (tensor<2x3x4xf32>, tensor<4x4xf32>) -> tensor<2x3x4xf32>
  %embedding = tenon.linear %t, %e : (tensor<2x4xf32>, tensor<4x4xf32>) -> tensor<2x4xf32>
  %r = tenon.reshape %embedding : tensor<2x4xf32> to tensor<2x1x4xf32>
  %b = tenon.broadcast %r : tensor<2x1x4xf32> to tensor<2x3x4xf32>
  %s = arith.addf %image, %b : tensor<2x3x4xf32>
  %y = arith.mulf %s, %key : tensor<2x3x4xf32>
  return %y : tensor<2x3x4xf32>
}

// -----

// What the prompt and the time give together is of the time, which is then given what it needs of the prompt; a result that no step changes is
// passed on too.
// BEGIN: func.func @step(%[[PROMPT:.*]]: tensor<4xf32>
// BEGIN-SAME: -> (tensor<4xf32> {tenon.dtype = "float32", tenon.name = "hoisted.0"})
// BEGIN: math.exp
// TIME: func.func @step(%{{.*}}: tensor<4xf32> {tenon.name = "t"}, %{{.*}}: tensor<4xf32> {tenon.dtype = "float32", tenon.name = "hoisted.0"})
// TIME-SAME: -> (tensor<4xf32> {tenon.dtype = "float32", tenon.name = "hoisted.1"})
// TIME: arith.addf
// STEP: func.func @step(%{{.*}}: tensor<4xf32> {tenon.name = "image"}, %[[H:.*]]: tensor<4xf32> {tenon.dtype = "float32", tenon.name = "hoisted.1"})
// STEP: arith.mulf
// STEP: return %{{.*}}, %[[H]]
func.func @step(%image: tensor<4xf32> {tenon.name = "image"}, %t: tensor<4xf32> {tenon.name = "t", tenon.stage = "time"},
                %prompt: tensor<4xf32> {tenon.name = "prompt", tenon.stage = "begin"}) -> (tensor<4xf32>, tensor<4xf32>) {
  %e = math.exp %prompt : tensor<4xf32>
  %s = arith.addf %t, %e : tensor<4xf32>
  %y = arith.mulf %image, %s : tensor<4xf32>
  return %y, %s : tensor<4xf32>, tensor<4xf32>
}
