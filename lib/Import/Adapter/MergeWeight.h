//===- MergeWeight.h - A weight with its adapters -------------------------===//

#ifndef TENON_LIB_IMPORT_ADAPTER_MERGEWEIGHT_H
#define TENON_LIB_IMPORT_ADAPTER_MERGEWEIGHT_H

#include "Adapter.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Value.h"

namespace tenon {

/// The weight with all changes added: formed in f32 and rounded once to the
/// weight's type (SEMANTICS C1). With a magnitude, which only one change may
/// have and then alone, its rows get that length (C11). Factors are filled up
/// to `rank`, so that those of other ranks need the same kernels.
mlir::Value mergeChanges(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Value weight,
                         llvm::ArrayRef<WeightChange> changes, int64_t rank);

/// What rows of W + s B A are multiplied by to get the lengths that the change
/// says, in f32 [out].
mlir::Value rowFactors(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value weight, const WeightChange &change);
/// A layer's result [.., out] times such factors, plus its bias or null.
mlir::Value withRowFactors(mlir::OpBuilder &builder, mlir::Location loc,
                           mlir::Value result, mlir::Value factors,
                           mlir::Value bias);

/// `value` times a scale that is read from memory under a name, so that another
/// one needs no other kernels.
mlir::Value scaled(mlir::OpBuilder &builder, mlir::Location loc,
                   mlir::Value value, double scale, const std::string &name);

/// A factor with zeros behind its `axis` up to `rank`.
mlir::Value filledUp(mlir::OpBuilder &builder, mlir::Location loc,
                     mlir::Value factor, int64_t axis, int64_t rank);

/// The bias with scale times `added`, in f32 and rounded once; `name` is the
/// scale's.
mlir::Value mergeBias(mlir::OpBuilder &builder, mlir::Location loc,
                      mlir::Value bias, const StoredTensor &added, double scale,
                      const std::string &name);

/// The tensor in the element type of the base's weights.
mlir::Value createStored(mlir::OpBuilder &builder, mlir::Location loc,
                         const StoredTensor &tensor, mlir::Type element);

} // namespace tenon

#endif // TENON_LIB_IMPORT_ADAPTER_MERGEWEIGHT_H
