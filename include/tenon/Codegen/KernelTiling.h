//===- KernelTiling.h - What cutting a kernel into tiles is made of -------===//

#ifndef TENON_CODEGEN_KERNELTILING_H
#define TENON_CODEGEN_KERNELTILING_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace tenon {

/// The linalg op that gives all the kernel's results and may be cut into tiles;
/// null where there is none. What a lowering has cut already gets what follows
/// moved into its tiles, and null too.
mlir::FailureOr<mlir::linalg::LinalgOp>
findRootToTile(mlir::func::FuncOp kernel);

/// The kernel's largest sum of products whose result has the root's shape, as
/// far as `isProduct` takes it for one (nothing: it has two inputs); null where
/// there is none.
mlir::linalg::LinalgOp findContraction(
    mlir::func::FuncOp kernel, mlir::linalg::LinalgOp root,
    llvm::function_ref<bool(mlir::linalg::LinalgOp)> isProduct = nullptr);

/// Cuts the loops of `root` into pieces of `sizes` (0 leaves one whole), an
/// scf.forall over them, and moves its producers into it. With `worksInPlace`
/// what a tile's last op passes over is made where that puts its result.
mlir::LogicalResult tileRoot(mlir::func::FuncOp kernel,
                             mlir::linalg::LinalgOp root,
                             llvm::ArrayRef<int64_t> sizes,
                             bool worksInPlace = true);

} // namespace tenon

#endif // TENON_CODEGEN_KERNELTILING_H
