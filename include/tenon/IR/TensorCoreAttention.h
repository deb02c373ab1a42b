//===- TensorCoreAttention.h - Attention that tensor cores may do ---------===//

#ifndef TENON_IR_TENSORCOREATTENTION_H
#define TENON_IR_TENSORCOREATTENTION_H

#include "tenon/IR/TenonOps.h"

namespace mlir::tenon {

/// Whether a GPU's tensor cores do the op as one kernel: queries, keys and
/// values of one type of 16 bits, heads of multiples of 16 numbers, up to 256,
/// no past beside the keys, no scores to hand out, no mask of f64. Where values
/// are the first numbers of their keys (latents), heads have up to 576.
bool isForTensorCores(AttentionOp op);

/// Whether the op's values are the first numbers of its one key head: a slice
/// of it, which need not be in memory.
bool hasValuesInKeys(AttentionOp op);

/// Whether all warps of a block share its rows, which are the queries of all
/// heads that read one key head: there are too few queries for warps of their
/// own, or heads are too large for one warp's registers.
bool sharesRows(AttentionOp op);

/// How many parts the keys of such an op are best cut into, so that a GPU's
/// many processors have work: 1 where there are heads enough.
int64_t chooseSplits(AttentionOp op);

} // namespace mlir::tenon

#endif // TENON_IR_TENSORCOREATTENTION_H
