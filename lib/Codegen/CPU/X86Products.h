//===- X86Products.h - Instructions that add several products -------------===//

#ifndef TENON_LIB_CODEGEN_CPU_X86PRODUCTS_H
#define TENON_LIB_CODEGEN_CPU_X86PRODUCTS_H

#include "mlir/IR/Builders.h"

namespace tenon {

/// Of vectors of 16, 32 or 64 bytes; `sum` are i32, or f32 for bf16.

/// sum + products of four unsigned and signed bytes: `vpdpbusd`.
mlir::Value addByteProducts(mlir::OpBuilder &b, mlir::Location loc,
                            mlir::Value sum, mlir::Value unsignedBytes,
                            mlir::Value signedBytes);
/// Sums of products of two i16 as i32: `vpmaddwd`.
mlir::Value createWordProducts(mlir::OpBuilder &b, mlir::Location loc,
                               mlir::Value left, mlir::Value right);
/// Sums of products of two unsigned and signed bytes as i16, the nearest where
/// they exceed it: `vpmaddubsw`.
mlir::Value createBytePairProducts(mlir::OpBuilder &b, mlir::Location loc,
                                   mlir::Value unsignedBytes,
                                   mlir::Value signedBytes);
/// sum + products of two bf16: `vdpbf16ps`.
mlir::Value addBf16Products(mlir::OpBuilder &b, mlir::Location loc,
                            mlir::Value sum, mlir::Value left,
                            mlir::Value right);

} // namespace tenon

#endif // TENON_LIB_CODEGEN_CPU_X86PRODUCTS_H
