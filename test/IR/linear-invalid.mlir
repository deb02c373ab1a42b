// RUN: tenon-opt %s -split-input-file -verify-diagnostics=only-expected

// Each constraint of the family's ops, broken alone. The function is named after it.

func.func @linear_c1_input(%x: tensor<f32>, %w: tensor<4x3xf32>) {
  // expected-error @+1 {{input must have rank 1 or more}}
  %r = tenon.linear %x, %w : (tensor<f32>, tensor<4x3xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @linear_c1_weight(%x: tensor<2x3xf32>, %w: tensor<1x4x3xf32>) {
  // expected-error @+1 {{weight must have rank 2}}
  %r = tenon.linear %x, %w : (tensor<2x3xf32>, tensor<1x4x3xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @linear_c1_bias(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>, %b: tensor<1x4xf32>) {
  // expected-error @+1 {{bias must have rank 1}}
  %r = tenon.linear %x, %w, %b : (tensor<2x3xf32>, tensor<4x3xf32>, tensor<1x4xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @linear_c2_weight(%x: tensor<2x3xf32>, %w: tensor<4x3xf16>) {
  // expected-error @+1 {{weight has elements of type 'f16' but input of 'f32'}}
  %r = tenon.linear %x, %w : (tensor<2x3xf32>, tensor<4x3xf16>) -> tensor<2x4xf32>
  return
}

// -----

func.func @linear_c2_bias(%x: tensor<2x3xf16>, %w: tensor<4x3xf16>, %b: tensor<4xf32>) {
  // expected-error @+1 {{bias has elements of type 'f32' but input of 'f16'}}
  %r = tenon.linear %x, %w, %b : (tensor<2x3xf16>, tensor<4x3xf16>, tensor<4xf32>) -> tensor<2x4xf16>
  return
}

// -----

func.func @linear_c3(%x: tensor<2x3xf32>, %w: tensor<4x5xf32>) {
  // expected-error @+1 {{axis 1 of weight has size 5 but the last axis of input is 3}}
  %r = tenon.linear %x, %w : (tensor<2x3xf32>, tensor<4x5xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @linear_c4(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>, %b: tensor<5xf32>) {
  // expected-error @+1 {{axis 0 of bias has size 5 but the number of rows of weight is 4}}
  %r = tenon.linear %x, %w, %b : (tensor<2x3xf32>, tensor<4x3xf32>, tensor<5xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @matmul_c1(%x: tensor<3xf32>, %y: tensor<3x4xf32>) {
  // expected-error @+1 {{lhs and rhs must have rank 2 or more}}
  %r = tenon.matmul %x, %y : (tensor<3xf32>, tensor<3x4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @matmul_c2(%x: tensor<2x3xf32>, %y: tensor<3x4xbf16>) {
  // expected-error @+1 {{rhs has elements of type 'bf16' but lhs of 'f32'}}
  %r = tenon.matmul %x, %y : (tensor<2x3xf32>, tensor<3x4xbf16>) -> tensor<2x4xf32>
  return
}

// -----

func.func @matmul_c3(%x: tensor<2x3xcomplex<f32>>, %y: tensor<3x4xcomplex<f32>>) {
  // expected-error @+1 {{have no product}}
  %r = tenon.matmul %x, %y : (tensor<2x3xcomplex<f32>>, tensor<3x4xcomplex<f32>>) -> tensor<2x4xcomplex<f32>>
  return
}

// -----

func.func @matmul_c4(%x: tensor<2x3xf32>, %y: tensor<4x5xf32>) {
  // expected-error @+1 {{lhs sums over 3 elements but rhs over 4}}
  %r = tenon.matmul %x, %y : (tensor<2x3xf32>, tensor<4x5xf32>) -> tensor<2x5xf32>
  return
}

// -----

func.func @matmul_c4_transposed(%x: tensor<3x2xf32>, %y: tensor<5x4xf32>) {
  // expected-error @+1 {{lhs sums over 3 elements but rhs over 4}}
  %r = tenon.matmul %x transposed, %y transposed : (tensor<3x2xf32>, tensor<5x4xf32>) -> tensor<2x5xf32>
  return
}

// -----

func.func @matmul_c5(%x: tensor<6x2x3xf32>, %y: tensor<4x3x5xf32>) {
  // expected-error @+1 {{sizes 6 and 4 do not broadcast}}
  %r = tenon.matmul %x, %y : (tensor<6x2x3xf32>, tensor<4x3x5xf32>) -> tensor<6x2x5xf32>
  return
}

// -----

func.func @matmul_overflow(%x: tensor<4294967296x1xf32>, %y: tensor<1x4294967296xf32>) {
  // expected-error @+1 {{has more bytes than 64 bits can count}}
  %r = tenon.matmul %x, %y : (tensor<4294967296x1xf32>, tensor<1x4294967296xf32>) -> tensor<4294967296x4294967296xf32>
  return
}

// -----

func.func @embedding_c1(%t: tensor<9xf32>, %i: tensor<2xi64>) {
  // expected-error @+1 {{table must have rank 2}}
  %r = tenon.embedding %t, %i : (tensor<9xf32>, tensor<2xi64>) -> tensor<2xf32>
  return
}

// -----

func.func @embedding_c2(%t: tensor<0x3xf32>, %i: tensor<2xi64>) {
  // expected-error @+1 {{2 indices read from an axis of size 0}}
  %r = tenon.embedding %t, %i : (tensor<0x3xf32>, tensor<2xi64>) -> tensor<2x3xf32>
  return
}

// -----

func.func @embedding_ids(%t: tensor<9x3xf32>, %i: tensor<2xf32>) {
  // expected-error @+1 {{must be ranked tensor of 32-bit signless integer or 64-bit signless integer values}}
  %r = tenon.embedding %t, %i : (tensor<9x3xf32>, tensor<2xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @lora_c1(%x: tensor<f32>, %w: tensor<4x3xf32>, %a: tensor<2x3xf32>, %b: tensor<4x2xf32>, %s: tensor<f32>) {
  // expected-error @+1 {{input must have rank 1 or more}}
  %r = tenon.lora %x, %w, %a, %b, %s : (tensor<f32>, tensor<4x3xf32>, tensor<2x3xf32>, tensor<4x2xf32>, tensor<f32>) -> tensor<4xf32>
  return
}

// -----

func.func @lora_c2(%x: tensor<5x3xf32>, %w: tensor<4x3xf16>, %a: tensor<2x3xf32>, %b: tensor<4x2xf32>, %s: tensor<f32>) {
  // expected-error @+1 {{weight has elements of type 'f16'}}
  %r = tenon.lora %x, %w, %a, %b, %s : (tensor<5x3xf32>, tensor<4x3xf16>, tensor<2x3xf32>, tensor<4x2xf32>, tensor<f32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @lora_c3(%x: tensor<5x3xf32>, %w: tensor<4x7xf32>, %a: tensor<2x3xf32>, %b: tensor<4x2xf32>, %s: tensor<f32>) {
  // expected-error @+1 {{axis 1 of weight has size 7}}
  %r = tenon.lora %x, %w, %a, %b, %s : (tensor<5x3xf32>, tensor<4x7xf32>, tensor<2x3xf32>, tensor<4x2xf32>, tensor<f32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @lora_c4(%x: tensor<5x3xf32>, %w: tensor<4x3xf32>, %a: tensor<2x3xf32>, %b: tensor<4x2xf32>, %s: tensor<f32>,
    %c: tensor<3xf32>) {
  // expected-error @+1 {{axis 0 of bias has size 3}}
  %r = tenon.lora %x, %w, %a, %b, %s, %c : (tensor<5x3xf32>, tensor<4x3xf32>, tensor<2x3xf32>, tensor<4x2xf32>, tensor<f32>, tensor<3xf32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @lora_c5_a(%x: tensor<5x3xf32>, %w: tensor<4x3xf32>, %a: tensor<3xf32>, %b: tensor<4x2xf32>, %s: tensor<f32>) {
  // expected-error @+1 {{a must have rank 2}}
  %r = tenon.lora %x, %w, %a, %b, %s : (tensor<5x3xf32>, tensor<4x3xf32>, tensor<3xf32>, tensor<4x2xf32>, tensor<f32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @lora_c5_b(%x: tensor<5x3xf32>, %w: tensor<4x3xf32>, %a: tensor<2x3xf32>, %b: tensor<4x2x1xf32>,
    %s: tensor<f32>) {
  // expected-error @+1 {{b must have rank 2}}
  %r = tenon.lora %x, %w, %a, %b, %s : (tensor<5x3xf32>, tensor<4x3xf32>, tensor<2x3xf32>, tensor<4x2x1xf32>, tensor<f32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @lora_c5_scale(%x: tensor<5x3xf32>, %w: tensor<4x3xf32>, %a: tensor<2x3xf32>, %b: tensor<4x2xf32>,
    %s: tensor<1xf32>) {
  // expected-error @+1 {{scale must have rank 0}}
  %r = tenon.lora %x, %w, %a, %b, %s : (tensor<5x3xf32>, tensor<4x3xf32>, tensor<2x3xf32>, tensor<4x2xf32>, tensor<1xf32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @lora_c6(%x: tensor<5x3xf32>, %w: tensor<4x3xf32>, %a: tensor<2x3xbf16>, %b: tensor<4x2xf32>, %s: tensor<f32>) {
  // expected-error @+1 {{a has elements of type 'bf16'}}
  %r = tenon.lora %x, %w, %a, %b, %s : (tensor<5x3xf32>, tensor<4x3xf32>, tensor<2x3xbf16>, tensor<4x2xf32>, tensor<f32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @lora_c7_a(%x: tensor<5x3xf32>, %w: tensor<4x3xf32>, %a: tensor<2x4xf32>, %b: tensor<4x2xf32>, %s: tensor<f32>) {
  // expected-error @+1 {{axis 1 of a has size 4 but the number of inputs of weight is 3}}
  %r = tenon.lora %x, %w, %a, %b, %s : (tensor<5x3xf32>, tensor<4x3xf32>, tensor<2x4xf32>, tensor<4x2xf32>, tensor<f32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @lora_c7_b(%x: tensor<5x3xf32>, %w: tensor<4x3xf32>, %a: tensor<2x3xf32>, %b: tensor<3x2xf32>, %s: tensor<f32>) {
  // expected-error @+1 {{axis 0 of b has size 3 but the number of rows of weight is 4}}
  %r = tenon.lora %x, %w, %a, %b, %s : (tensor<5x3xf32>, tensor<4x3xf32>, tensor<2x3xf32>, tensor<3x2xf32>, tensor<f32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @lora_c8(%x: tensor<5x3xf32>, %w: tensor<4x3xf32>, %a: tensor<2x3xf32>, %b: tensor<4x6xf32>, %s: tensor<f32>) {
  // expected-error @+1 {{axis 1 of b has size 6 but the rank of the adapter (axis 0 of a) is 2}}
  %r = tenon.lora %x, %w, %a, %b, %s : (tensor<5x3xf32>, tensor<4x3xf32>, tensor<2x3xf32>, tensor<4x6xf32>, tensor<f32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @adapters_c1_a(%y: tensor<5x4xf32>, %x: tensor<5x3xf32>, %a: tensor<8x3xf32>, %b: tensor<6x4x8xf32>, %s: tensor<6xf32>) {
  // expected-error @+1 {{a must have rank 3}}
  %r = tenon.adapters %y, %x, %a, %b, %s : (tensor<5x4xf32>, tensor<5x3xf32>, tensor<8x3xf32>, tensor<6x4x8xf32>, tensor<6xf32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @adapters_c1_b(%y: tensor<5x4xf32>, %x: tensor<5x3xf32>, %a: tensor<6x8x3xf32>, %b: tensor<4x8xf32>, %s: tensor<6xf32>) {
  // expected-error @+1 {{b must have rank 3}}
  %r = tenon.adapters %y, %x, %a, %b, %s : (tensor<5x4xf32>, tensor<5x3xf32>, tensor<6x8x3xf32>, tensor<4x8xf32>, tensor<6xf32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @adapters_c1_scales(%y: tensor<5x4xf32>, %x: tensor<5x3xf32>, %a: tensor<6x8x3xf32>, %b: tensor<6x4x8xf32>, %s: tensor<f32>) {
  // expected-error @+1 {{scales must have rank 1}}
  %r = tenon.adapters %y, %x, %a, %b, %s : (tensor<5x4xf32>, tensor<5x3xf32>, tensor<6x8x3xf32>, tensor<6x4x8xf32>, tensor<f32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @adapters_c1_rows(%y: tensor<5x4xf32>, %x: tensor<5x3xf32>, %a: tensor<6x8x3xf32>, %b: tensor<6x4x8xf32>, %s: tensor<6xf32>, %n: tensor<5x1xi64>) {
  // expected-error @+1 {{rows must have rank 1}}
  %r = tenon.adapters %y, %x, %a, %b, %s rows %n : (tensor<5x4xf32>, tensor<5x3xf32>, tensor<6x8x3xf32>, tensor<6x4x8xf32>, tensor<6xf32>, tensor<5x1xi64>) -> tensor<5x4xf32>
  return
}

// -----

func.func @adapters_c2(%y: tensor<5x4xf32>, %x: tensor<5x3xf32>, %a: tensor<6x8x3xf16>, %b: tensor<6x4x8xf32>, %s: tensor<6xf32>) {
  // expected-error @+1 {{a has elements of type 'f16'}}
  %r = tenon.adapters %y, %x, %a, %b, %s : (tensor<5x4xf32>, tensor<5x3xf32>, tensor<6x8x3xf16>, tensor<6x4x8xf32>, tensor<6xf32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @adapters_c3_rank(%y: tensor<4xf32>, %x: tensor<5x3xf32>, %a: tensor<6x8x3xf32>, %b: tensor<6x4x8xf32>, %s: tensor<6xf32>) {
  // expected-error @+1 {{base must have rank 2}}
  %r = tenon.adapters %y, %x, %a, %b, %s : (tensor<4xf32>, tensor<5x3xf32>, tensor<6x8x3xf32>, tensor<6x4x8xf32>, tensor<6xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @adapters_c3_size(%y: tensor<2x4xf32>, %x: tensor<5x3xf32>, %a: tensor<6x8x3xf32>, %b: tensor<6x4x8xf32>, %s: tensor<6xf32>) {
  // expected-error @+1 {{that of input}}
  %r = tenon.adapters %y, %x, %a, %b, %s : (tensor<2x4xf32>, tensor<5x3xf32>, tensor<6x8x3xf32>, tensor<6x4x8xf32>, tensor<6xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @adapters_c4_b(%y: tensor<5x4xf32>, %x: tensor<5x3xf32>, %a: tensor<6x8x3xf32>, %b: tensor<7x4x8xf32>, %s: tensor<6xf32>) {
  // expected-error @+1 {{the number of adapters (axis 0 of a)}}
  %r = tenon.adapters %y, %x, %a, %b, %s : (tensor<5x4xf32>, tensor<5x3xf32>, tensor<6x8x3xf32>, tensor<7x4x8xf32>, tensor<6xf32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @adapters_c4_scales(%y: tensor<5x4xf32>, %x: tensor<5x3xf32>, %a: tensor<6x8x3xf32>, %b: tensor<6x4x8xf32>, %s: tensor<5xf32>) {
  // expected-error @+1 {{the number of adapters (axis 0 of a)}}
  %r = tenon.adapters %y, %x, %a, %b, %s : (tensor<5x4xf32>, tensor<5x3xf32>, tensor<6x8x3xf32>, tensor<6x4x8xf32>, tensor<5xf32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @adapters_c5_a(%y: tensor<5x4xf32>, %x: tensor<5x3xf32>, %a: tensor<6x8x4xf32>, %b: tensor<6x4x8xf32>, %s: tensor<6xf32>) {
  // expected-error @+1 {{the last axis of input}}
  %r = tenon.adapters %y, %x, %a, %b, %s : (tensor<5x4xf32>, tensor<5x3xf32>, tensor<6x8x4xf32>, tensor<6x4x8xf32>, tensor<6xf32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @adapters_c5_b(%y: tensor<5x4xf32>, %x: tensor<5x3xf32>, %a: tensor<6x8x3xf32>, %b: tensor<6x3x8xf32>, %s: tensor<6xf32>) {
  // expected-error @+1 {{the last axis of base}}
  %r = tenon.adapters %y, %x, %a, %b, %s : (tensor<5x4xf32>, tensor<5x3xf32>, tensor<6x8x3xf32>, tensor<6x3x8xf32>, tensor<6xf32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @adapters_c6(%y: tensor<5x4xf32>, %x: tensor<5x3xf32>, %a: tensor<6x8x3xf32>, %b: tensor<6x4x2xf32>, %s: tensor<6xf32>) {
  // expected-error @+1 {{the rank of the adapters (axis 1 of a)}}
  %r = tenon.adapters %y, %x, %a, %b, %s : (tensor<5x4xf32>, tensor<5x3xf32>, tensor<6x8x3xf32>, tensor<6x4x2xf32>, tensor<6xf32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @adapters_c7_batch(%y: tensor<4xf32>, %x: tensor<3xf32>, %a: tensor<6x8x3xf32>, %b: tensor<6x4x8xf32>, %s: tensor<6xf32>, %n: tensor<1xi64>) {
  // expected-error @+1 {{input has no batch that rows could be of}}
  %r = tenon.adapters %y, %x, %a, %b, %s rows %n : (tensor<4xf32>, tensor<3xf32>, tensor<6x8x3xf32>, tensor<6x4x8xf32>, tensor<6xf32>, tensor<1xi64>) -> tensor<4xf32>
  return
}

// -----

func.func @adapters_c7_size(%y: tensor<5x4xf32>, %x: tensor<5x3xf32>, %a: tensor<6x8x3xf32>, %b: tensor<6x4x8xf32>, %s: tensor<6xf32>, %n: tensor<6xi64>) {
  // expected-error @+1 {{the first axis of input}}
  %r = tenon.adapters %y, %x, %a, %b, %s rows %n : (tensor<5x4xf32>, tensor<5x3xf32>, tensor<6x8x3xf32>, tensor<6x4x8xf32>, tensor<6xf32>, tensor<6xi64>) -> tensor<5x4xf32>
  return
}

// -----

func.func @integer_matmul_c1(%x: tensor<3xi8>, %y: tensor<3x4xi8>) {
  // expected-error @below {{lhs and rhs must have rank 2 or more but have types 'tensor<3xi8>' and 'tensor<3x4xi8>'}}
  %r = tenon.integer_matmul %x, %y : (tensor<3xi8>, tensor<3x4xi8>) -> tensor<4xi32>
  return
}

// -----

func.func @integer_matmul_c2(%x: tensor<2x3xi8>, %y: tensor<3x4xi32>) {
  // expected-error @below {{lhs and rhs must be of i8 but have types 'tensor<2x3xi8>' and 'tensor<3x4xi32>'}}
  %r = tenon.integer_matmul %x, %y : (tensor<2x3xi8>, tensor<3x4xi32>) -> tensor<2x4xi32>
  return
}

// -----

func.func @integer_matmul_c3(%x: tensor<2x3xi8>, %y: tensor<4x5xi8>) {
  // expected-error @below {{lhs sums over 3 elements but rhs over 4}}
  %r = tenon.integer_matmul %x, %y : (tensor<2x3xi8>, tensor<4x5xi8>) -> tensor<2x5xi32>
  return
}

// -----

func.func @integer_matmul_c4(%x: tensor<2x2x3xi8>, %y: tensor<3x3x5xi8>) {
  // expected-error-re @below {{{{.*}}broadcast{{.*}}}}
  %r = tenon.integer_matmul %x, %y : (tensor<2x2x3xi8>, tensor<3x3x5xi8>) -> tensor<2x2x5xi32>
  return
}
