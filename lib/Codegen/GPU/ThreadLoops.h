//===- ThreadLoops.h - A loop nest shared by the threads of a block -------===//

#ifndef TENON_CODEGEN_GPU_THREADLOOPS_H
#define TENON_CODEGEN_GPU_THREADLOOPS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace tenon {

/// Lanes of a warp, which exchange values without memory.
inline constexpr int64_t warpSize = 32;

/// The threads of a block: thread `number` (an index) of `count`, which is a
/// multiple of a warp.
struct ThreadGroup {
  mlir::Value number;
  int64_t count;
  /// Whether groups of four warps multiply matrices in shared memory (wgmma).
  bool hasWarpgroupProducts = false;
  /// Whether tensor cores may multiply f32 numbers rounded to tf32.
  bool usesTf32 = false;
};

/// Replaces `op`, on memrefs, by loops in which each thread computes some of
/// the elements. Where there are fewer elements than threads and each is a long
/// reduction of 32-bit numbers by one op with a neutral element, a warp's lanes
/// share one. The threads do not wait for one another.
void distributeLoops(mlir::linalg::LinalgOp op, ThreadGroup threads);

/// Whether `op` passes over the elements of `memref` one by one, each at the
/// place of its own result or results, so that whoever has an element can do
/// it.
bool isElementwiseOn(mlir::linalg::LinalgOp op, mlir::Value memref);

/// Does what such an op does to the element at `place` of `memref`, which is
/// `value` and need not be in memory.
void emitElement(mlir::OpBuilder &builder, mlir::linalg::LinalgOp op,
                 mlir::Value memref, mlir::ValueRange place, mlir::Value value);

} // namespace tenon

#endif // TENON_CODEGEN_GPU_THREADLOOPS_H
