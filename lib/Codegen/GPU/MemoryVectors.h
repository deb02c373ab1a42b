//===- MemoryVectors.h - What can be read at once -------------------------===//

#ifndef TENON_CODEGEN_GPU_MEMORYVECTORS_H
#define TENON_CODEGEN_GPU_MEMORYVECTORS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace tenon {

/// The most that a thread reads at once.
inline constexpr int64_t widestAccess = 16;

/// Of an integer or a float.
int64_t bytesOf(mlir::Type element);

/// Whether along `loop`, from each multiple of `elements` on, so many elements
/// of `source` (read by `map` in loops of `sizes`) lie side by side and
/// aligned to all of their bytes, for certain.
bool liesInVectors(mlir::Value source, mlir::AffineMap map, unsigned loop,
                   llvm::ArrayRef<mlir::OpFoldResult> sizes, int64_t elements);

/// `count` elements from `indices` on that lie so, by accesses as wide as they
/// can be.
llvm::SmallVector<mlir::Value> loadVector(mlir::ImplicitLocOpBuilder &b,
                                          mlir::Value source,
                                          mlir::ValueRange indices,
                                          int64_t count);

/// Stores elements side by side, of 16 bytes at most, where they lie so.
void storeVector(mlir::ImplicitLocOpBuilder &b, mlir::Value target,
                 mlir::ValueRange indices,
                 llvm::ArrayRef<mlir::Value> elements);

/// Whether it is (a view of) one of the kernel's buffers.
bool isOfKernel(mlir::Value memref);

} // namespace tenon

#endif // TENON_CODEGEN_GPU_MEMORYVECTORS_H
