//===- LoopPlaces.h - Where an iteration of several loops is --------------===//

#ifndef TENON_CODEGEN_GPU_LOOPPLACES_H
#define TENON_CODEGEN_GPU_LOOPPLACES_H

#include "mlir/IR/AffineMap.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace tenon {

/// How many iterations `loops` have together, of which `sizes` has the counts;
/// constant where these are.
mlir::OpFoldResult countOf(mlir::ImplicitLocOpBuilder &b,
                           llvm::ArrayRef<unsigned> loops,
                           llvm::ArrayRef<mlir::OpFoldResult> sizes);

/// Sets the places along `loops` to those of iteration `number`, row-major.
void placeIteration(mlir::ImplicitLocOpBuilder &b, mlir::Value number,
                    llvm::ArrayRef<unsigned> loops,
                    llvm::ArrayRef<mlir::OpFoldResult> sizes,
                    llvm::MutableArrayRef<mlir::Value> places);

/// The indices that `map` gives at the places along all loops.
llvm::SmallVector<mlir::Value> indicesAt(mlir::ImplicitLocOpBuilder &b,
                                         mlir::AffineMap map,
                                         llvm::ArrayRef<mlir::Value> places);

} // namespace tenon

#endif // TENON_CODEGEN_GPU_LOOPPLACES_H
