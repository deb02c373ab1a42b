//===- VectorBody.h - Bodies of linalg ops on vectors -----------*- C++ -*-===//

#ifndef TENON_LIB_CODEGEN_CPU_VECTORBODY_H
#define TENON_LIB_CODEGEN_CPU_VECTORBODY_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace tenon {

/// Whether `op`, of a linalg op's body, does the same to each element of
/// vectors.
bool isElementwiseOnNumbers(mlir::Operation &op);

/// What `op`'s body yields for `arguments`, the first of its block arguments:
/// elements, or vectors where one of them is one. `indexOf` gives what a
/// linalg.index of a loop stands for.
llvm::SmallVector<mlir::Value>
computeBody(mlir::OpBuilder &builder, mlir::linalg::GenericOp op,
            llvm::ArrayRef<mlir::Value> arguments,
            llvm::function_ref<mlir::Value(int64_t)> indexOf = {});

} // namespace tenon

#endif // TENON_LIB_CODEGEN_CPU_VECTORBODY_H
