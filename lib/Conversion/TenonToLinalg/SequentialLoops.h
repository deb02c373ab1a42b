//===- SequentialLoops.h - Loops that update tensors in order ---*- C++ -*-===//

#ifndef TENON_CONVERSION_TENONTOLINALG_SEQUENTIALLOOPS_H
#define TENON_CONVERSION_TENONTOLINALG_SEQUENTIALLOOPS_H

#include "LoweringBuilders.h"

namespace mlir::tenon {

/// Makes the next values of what the loops carry.
using SequentialBody = llvm::function_ref<SmallVector<Value>(
    ImplicitLocOpBuilder &b, ValueRange indices, ValueRange carried)>;

/// Nested loops over every index below `shape`, in row-major order and one
/// after another.
SmallVector<Value> createSequentialLoops(ImplicitLocOpBuilder &b,
                                         ArrayRef<int64_t> shape,
                                         ValueRange carried,
                                         SequentialBody body);

/// One loop from `begin` to `end`.
SmallVector<Value> createSequentialLoop(ImplicitLocOpBuilder &b, Value begin,
                                        Value end, ValueRange carried,
                                        SequentialBody body);

/// A tensor with the elements of `tensor` that may be updated.
Value createCopy(ImplicitLocOpBuilder &b, Value tensor);

/// `tensor` with the element at `point` replaced where `applies` holds. The
/// point must lie inside in any case.
Value createUpdate(ImplicitLocOpBuilder &b, Value tensor, ValueRange point,
                   Value applies, Value element);

/// Whether 0 <= index < size.
Value createIsInside(ImplicitLocOpBuilder &b, Value index, int64_t size);

} // namespace mlir::tenon

#endif // TENON_CONVERSION_TENONTOLINALG_SEQUENTIALLOOPS_H
