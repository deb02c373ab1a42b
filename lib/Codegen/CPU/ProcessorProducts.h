//===- ProcessorProducts.h - Instructions that add several products -------===//

#ifndef TENON_LIB_CODEGEN_CPU_PROCESSORPRODUCTS_H
#define TENON_LIB_CODEGEN_CPU_PROCESSORPRODUCTS_H

#include "mlir/IR/Builders.h"

namespace tenon {

/// Of vectors of 16 bytes, or on x86 also of 32 and 64; `sum` are i32, or f32
/// for bf16. `isArm`: by AArch64's instruction, not x86's.

/// sum + products of four unsigned and signed bytes: `vpdpbusd`, `usdot`.
mlir::Value addByteProducts(mlir::OpBuilder &b, mlir::Location loc, bool isArm,
                            mlir::Value sum, mlir::Value unsignedBytes,
                            mlir::Value signedBytes);
/// sum + products of two bf16: `vdpbf16ps`, `bfdot`.
mlir::Value addBf16Products(mlir::OpBuilder &b, mlir::Location loc, bool isArm,
                            mlir::Value sum, mlir::Value left,
                            mlir::Value right);

/// Of AArch64 alone. sum + products of four signed bytes: `sdot`.
mlir::Value addSignedByteProducts(mlir::OpBuilder &b, mlir::Location loc,
                                  mlir::Value sum, mlir::Value left,
                                  mlir::Value right);

/// Of x86 alone. Sums of products of two i16 as i32: `vpmaddwd`.
mlir::Value createWordProducts(mlir::OpBuilder &b, mlir::Location loc,
                               mlir::Value left, mlir::Value right);
/// Sums of products of two unsigned and signed bytes as i16, the nearest where
/// they exceed it: `vpmaddubsw`.
mlir::Value createBytePairProducts(mlir::OpBuilder &b, mlir::Location loc,
                                   mlir::Value unsignedBytes,
                                   mlir::Value signedBytes);

} // namespace tenon

#endif // TENON_LIB_CODEGEN_CPU_PROCESSORPRODUCTS_H
