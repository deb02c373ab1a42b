//===- RowGroups.h - Ops that work row by row -----------------------------===//

#ifndef TENON_LIB_TRANSFORMS_ROWGROUPS_H
#define TENON_LIB_TRANSFORMS_ROWGROUPS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace tenon {

/// The ops that one kernel can do row by row together with `root`, which makes
/// a number of each element of long rows: reductions of the rows, what is made
/// of their results, what passes over all elements; `root` is the last. Nothing
/// but `root` is used by other ops. Empty where nothing is reduced, or where
/// the rows between the ops are more than a block's shared memory should hold.
/// `kernelOf` says which ops are in an op's kernel already, none where it has
/// none: they join together, or not at all.
llvm::SmallVector<mlir::Operation *> collectRows(
    mlir::linalg::LinalgOp root,
    llvm::function_ref<llvm::SmallVector<mlir::Operation *>(mlir::Operation *)>
        kernelOf);

} // namespace tenon

#endif // TENON_LIB_TRANSFORMS_ROWGROUPS_H
