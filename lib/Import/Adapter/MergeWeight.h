//===- MergeWeight.h - A weight with its adapters -------------------------===//

#ifndef TENON_LIB_IMPORT_ADAPTER_MERGEWEIGHT_H
#define TENON_LIB_IMPORT_ADAPTER_MERGEWEIGHT_H

#include "Adapter.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Value.h"

namespace tenon {

/// The weight with all changes added: formed in f32 and rounded once to the
/// weight's type (SEMANTICS C1). With a magnitude, which only one change may
/// have and then alone, its rows get that length (C11).
mlir::Value mergeChanges(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Value weight,
                         llvm::ArrayRef<LowRankChange> changes);

/// The bias with scale times `added`, in f32 and rounded once.
mlir::Value mergeBias(mlir::OpBuilder &builder, mlir::Location loc,
                      mlir::Value bias, const StoredTensor &added,
                      double scale);

/// The tensor in the element type of the base's weights.
mlir::Value createStored(mlir::OpBuilder &builder, mlir::Location loc,
                         const StoredTensor &tensor, mlir::Type element);

} // namespace tenon

#endif // TENON_LIB_IMPORT_ADAPTER_MERGEWEIGHT_H
