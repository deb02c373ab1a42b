// RUN: tenon-opt %s --tenon-lower-quantized-linear="vector-bytes=64 registers=32 byte-products word-products" | FileCheck %s --check-prefixes=CHECK,BYTES
// RUN: tenon-opt %s --tenon-lower-quantized-linear="vector-bytes=32 word-products" | FileCheck %s --check-prefixes=CHECK,WORDS
// RUN: tenon-opt %s --tenon-lower-quantized-linear="vector-bytes=16 registers=32 signed-byte-products" | FileCheck %s --check-prefixes=CHECK,SIGNED
// RUN: tenon-opt %s --tenon-lower-quantized-linear="vector-bytes=16" | FileCheck %s --check-prefixes=CHECK,FLOATS

// The row becomes fixed point ahead of the tiles: digits of 8 bits. Then 3 digits, 2 halves of a word, 4 vectors.
// CHECK-LABEL: @four_bits
// BYTES: vector.reduction <maximumf>
// BYTES: math.roundeven
// BYTES-COUNT-3: arith.trunci {{.*}} : vector<16xi32> to vector<16xi8>
// BYTES: scf.forall
// BYTES: arith.xori
// BYTES: arith.shrui
// BYTES: arith.andi
// BYTES-COUNT-24: llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"
// BYTES-NOT: call_intrinsic
// BYTES: scf.if
// BYTES: arith.sitofp
// BYTES: } else {
// BYTES: arith.shrsi

// Integers of 4 bits above -8 are signed bytes, too.
// SIGNED: scf.forall
// SIGNED: arith.xori
// SIGNED-COUNT-24: llvm.call_intrinsic "llvm.aarch64.neon.sdot"({{.*}}) : (vector<4xi32>, vector<16xi8>, vector<16xi8>) -> vector<4xi32>
// SIGNED-NOT: call_intrinsic

// Pairs of bytes are added up over four words, as i16.
// WORDS: scf.forall
// WORDS-COUNT-24: llvm.call_intrinsic "llvm.x86.avx2.pmadd.ub.sw"
// WORDS-COUNT-3: llvm.call_intrinsic "llvm.x86.avx2.pmadd.wd"

// FLOATS-NOT: call_intrinsic
// FLOATS: scf.forall
// FLOATS: arith.shrsi
// FLOATS: arith.sitofp {{.*}} to vector<4xf32>
// FLOATS: vector.fma
func.func @four_bits(%x: tensor<1x256xf32>, %w: tensor<8x32x16xi32>, %s: tensor<8x2x16xf32>, %out: tensor<1x128xf32>) -> tensor<1x128xf32> attributes {tenon.kernel} {
  %c16 = arith.constant 16 : index
  %y = scf.forall (%c) = (0) to (128) step (64) shared_outs(%o = %out) -> (tensor<1x128xf32>) {
    %p = arith.divui %c, %c16 : index
    %words = tensor.extract_slice %w[%p, 0, 0] [4, 32, 16] [1, 1, 1] : tensor<8x32x16xi32> to tensor<4x32x16xi32>
    %scales = tensor.extract_slice %s[%p, 0, 0] [4, 2, 16] [1, 1, 1] : tensor<8x2x16xf32> to tensor<4x2x16xf32>
    %q = tenon.quantized_linear %x, %words scale %scales bits 4 : (tensor<1x256xf32>, tensor<4x32x16xi32>, tensor<4x2x16xf32>) -> tensor<1x64xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %q into %o[0, %c] [1, 64] [1, 1] : tensor<1x64xf32> into tensor<1x128xf32>
    }
  }
  return %y : tensor<1x128xf32>
}

// 8 bits, with an offset: two digits of 12 bits where words are multiplied.
// CHECK-LABEL: @eight_bits
// BYTES-COUNT-12: llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"
// SIGNED-NOT: arith.xori
// SIGNED-COUNT-12: llvm.call_intrinsic "llvm.aarch64.neon.sdot"
// WORDS: vector.shuffle
// WORDS-COUNT-8: llvm.call_intrinsic "llvm.x86.avx2.pmadd.wd"
// FLOATS-NOT: call_intrinsic
func.func @eight_bits(%x: tensor<2x64xf32>, %w: tensor<4x16x16xi32>, %s: tensor<4x2x16xf32>, %o: tensor<4x2x16xf32>) -> tensor<2x64xf32> attributes {tenon.kernel} {
  %y = tenon.quantized_linear %x, %w scale %s offset %o bits 8 : (tensor<2x64xf32>, tensor<4x16x16xi32>, tensor<4x2x16xf32>, tensor<4x2x16xf32>) -> tensor<2x64xf32>
  return %y : tensor<2x64xf32>
}

// More rows than pay for products of pairs: f32.
// CHECK-LABEL: @more_rows
// BYTES: vpdpbusd
// SIGNED: neon.sdot
// WORDS-NOT: call_intrinsic
func.func @more_rows(%x: tensor<3x64xf32>, %w: tensor<4x16x16xi32>, %s: tensor<4x2x16xf32>) -> tensor<3x64xf32> attributes {tenon.kernel} {
  %y = tenon.quantized_linear %x, %w scale %s bits 8 : (tensor<3x64xf32>, tensor<4x16x16xi32>, tensor<4x2x16xf32>) -> tensor<3x64xf32>
  return %y : tensor<3x64xf32>
}

// Bytes are left alone.
// CHECK-LABEL: @bytes
// CHECK-NEXT: tenon.quantized_linear
func.func @bytes(%x: tensor<1x64xf32>, %w: tensor<4x64x16xi8>, %s: tensor<4x2x16xf32>) -> tensor<1x64xf32> {
  %y = tenon.quantized_linear %x, %w scale %s bits 8 : (tensor<1x64xf32>, tensor<4x64x16xi8>, tensor<4x2x16xf32>) -> tensor<1x64xf32>
  return %y : tensor<1x64xf32>
}
