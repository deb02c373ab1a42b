//===- KernelLoops.h - The loop over a kernel's tiles ---------------------===//

#ifndef TENON_CODEGEN_KERNELLOOPS_H
#define TENON_CODEGEN_KERNELLOOPS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace tenon {

/// The kernel's only op with effects other than making and freeing its buffers,
/// if it is an scf.forall with constant bounds; else null. Where the kernel
/// `mayPrepare`, ops before the loop may write into its buffers.
mlir::scf::ForallOp findOnlyLoop(mlir::func::FuncOp kernel,
                                 bool mayPrepare = false);

/// How many iterations the loop has along each axis; its bounds are constant.
llvm::SmallVector<int64_t> countAlongAxes(mlir::scf::ForallOp loop);

/// How many it has in all.
int64_t countIterations(mlir::scf::ForallOp loop);

/// Turns `loop` into a loop over the iterations begin, begin + step, ... below
/// `end`, counted row-major. Its bounds are constant.
mlir::scf::ForOp flatten(mlir::scf::ForallOp loop, mlir::Value begin,
                         mlir::Value end, mlir::Value step);

/// The largest value that `size` has, where it has a bound.
std::optional<int64_t> boundOf(mlir::OpFoldResult size);

} // namespace tenon

#endif // TENON_CODEGEN_KERNELLOOPS_H
