//===- BlockMatmul.h - A sum of products by all threads of a block --------===//

#ifndef TENON_CODEGEN_GPU_BLOCKMATMUL_H
#define TENON_CODEGEN_GPU_BLOCKMATMUL_H

#include "ThreadLoops.h"

namespace tenon {

/// Whether `op`, on memrefs, is a sum of products large enough that staging its
/// factors in shared memory pays (SumOfProducts), summed in f32.
bool isBlockMatmul(mlir::linalg::LinalgOp op, ThreadGroup threads);

/// What surrounds a sum of products that the block can do with it.
struct MatmulSurroundings {
  /// Its result is not read: the sums begin at zero.
  bool startsAtZero = false;
  /// An op that passes over its result element by element, and is all that
  /// reads it; may be null.
  mlir::linalg::LinalgOp epilogue;
};

/// Replaces `op`, and the epilogue, by code for the block. The threads have
/// waited for one another before and have to after it.
void lowerBlockMatmul(mlir::linalg::LinalgOp op, ThreadGroup threads,
                      const MatmulSurroundings &surroundings);

} // namespace tenon

#endif // TENON_CODEGEN_GPU_BLOCKMATMUL_H
