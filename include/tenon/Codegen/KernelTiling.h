//===- KernelTiling.h - What cutting a kernel into tiles is made of -------===//

#ifndef TENON_CODEGEN_KERNELTILING_H
#define TENON_CODEGEN_KERNELTILING_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace tenon {

/// The linalg op that gives all the kernel's results, if one does.
mlir::linalg::LinalgOp findRoot(mlir::func::FuncOp kernel);

/// The kernel's largest sum of products of two tensors whose result has the
/// root's shape; null where there is none.
mlir::linalg::LinalgOp findContraction(mlir::func::FuncOp kernel,
                                       mlir::linalg::LinalgOp root);

/// Lets the bodies of linalg ops take elements of the inputs that are walked
/// backwards: upstream takes a tile's slice to begin at the element of its
/// first iteration, which there is the last.
void readBackwardsInBody(mlir::func::FuncOp kernel);

/// The loop over tiles, made by a lowering, whose result `root` passes over
/// element by element; null where there is none.
mlir::scf::ForallOp findTiledProducer(mlir::linalg::LinalgOp root);

/// Moves `root` into the tiles of `loop`.
mlir::LogicalResult fuseIntoTiles(mlir::scf::ForallOp loop,
                                  mlir::linalg::LinalgOp root);

/// Cuts the loops of `root` into pieces of `sizes` (0 leaves one whole), an
/// scf.forall over them, and moves its producers into it.
mlir::LogicalResult tileRoot(mlir::func::FuncOp kernel,
                             mlir::linalg::LinalgOp root,
                             llvm::ArrayRef<int64_t> sizes);

} // namespace tenon

#endif // TENON_CODEGEN_KERNELTILING_H
