//===- TensorCoreAttention.h - Attention that tensor cores may do ---------===//

#ifndef TENON_IR_TENSORCOREATTENTION_H
#define TENON_IR_TENSORCOREATTENTION_H

#include "tenon/IR/TenonOps.h"

namespace mlir::tenon {

/// Whether a GPU's tensor cores do the op as one kernel: queries, keys and
/// values of one type of 16 bits, at least 16 queries, heads of up to 128
/// numbers in multiples of 16, no mask, no past beside the keys, no softcap, no
/// scores to hand out.
bool isForTensorCores(AttentionOp op);

} // namespace mlir::tenon

#endif // TENON_IR_TENSORCOREATTENTION_H
