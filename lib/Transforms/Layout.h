//===- Layout.h - Where the channels of an image stand ----------*- C++ -*-===//

#ifndef TENON_LIB_TRANSFORMS_LAYOUT_H
#define TENON_LIB_TRANSFORMS_LAYOUT_H

#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir::tenon {

/// The permutation from [N, spatial.., C] to [N, C, spatial..].
SmallVector<int64_t> toChannelsFirst(int64_t rank);
/// The permutation from [N, C, spatial..] to [N, spatial.., C].
SmallVector<int64_t> toChannelsLast(int64_t rank);

template <typename T>
SmallVector<T> permuted(ArrayRef<T> values, ArrayRef<int64_t> permutation) {
  return llvm::map_to_vector(permutation,
                             [&](int64_t axis) { return values[axis]; });
}

/// `value` with its axes in another order: a reshape where only axes of size 1
/// move, and of what is repeated only the source is moved.
Value createTransposed(ImplicitLocOpBuilder &b, Value value,
                       ArrayRef<int64_t> permutation);

/// Whether each element of `op`'s one result comes of those at its place, so
/// that the op does the same in any layout.
bool isElementwise(Operation *op);
/// `op`, of one result, with its attributes on other operands.
Operation *recreate(PatternRewriter &rewriter, Operation *op,
                    ValueRange operands, Type type);

} // namespace mlir::tenon

#endif // TENON_LIB_TRANSFORMS_LAYOUT_H
