//===- AttentionTiles.h - What attention tile by tile is made of -*- C++
//-*-===//

#ifndef TENON_CONVERSION_TENONTOLINALG_ATTENTIONTILES_H
#define TENON_CONVERSION_TENONTOLINALG_ATTENTIONTILES_H

#include "AttentionLowering.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace mlir::tenon {

/// exp(x - largest), where x is no larger: within 1 ulp, 0 for what would be
/// denormal, NaN for NaN.
Value createExpOfDifference(ImplicitLocOpBuilder &b, Value x, Value largest);

/// The larger of two scores, in one instruction; a NaN among them shows in the
/// sum of their exponentials. Adding 0 keeps LLVM from storing the larger ones
/// under a mask, which takes far longer.
Value createLarger(ImplicitLocOpBuilder &b, Value x, Value other);

/// Slices and loops on tensors, the same for many queries and for one.
struct AttentionTiles {
  using LoopBody = llvm::function_ref<SmallVector<Value>(ImplicitLocOpBuilder &,
                                                         ValueRange)>;

  explicit AttentionTiles(AttentionLowering &lowering)
      : a(lowering), b(lowering.b), op(lowering.op) {}

  /// A part of `tensor` with the axes `kept`; the others have size 1 there.
  Value slice(Value tensor, ArrayRef<OpFoldResult> offsets,
              ArrayRef<OpFoldResult> sizes, ArrayRef<int64_t> kept);
  /// [count, size] of one head.
  Value sliceHead(const LoopedTensor &tensor, Value batch, Value head,
                  Value first, OpFoldResult count);
  /// A linalg.generic. `axes` gives the loops that run over the axes of each
  /// input and init, -1 for an axis of size 1.
  SmallVector<Value> createLoopNest(ValueRange inputs, ValueRange inits,
                                    ArrayRef<SmallVector<int64_t>> axes,
                                    ArrayRef<utils::IteratorType> kinds,
                                    LoopBody body);
  /// init[i, j] += sum over s of lhs rhs, the loops being i, j, s.
  Value sumProducts(Value lhs, SmallVector<int64_t> lhsLoops, Value rhs,
                    SmallVector<int64_t> rhsLoops, Value init);

  Value index(int64_t value) { return createIndex(b, value); }
  template <typename Op> Value fold(Value left, Value right) {
    return b.createOrFold<Op>(left, right);
  }

  AttentionLowering &a;
  ImplicitLocOpBuilder &b;
  AttentionOp op;
};

} // namespace mlir::tenon

#endif // TENON_CONVERSION_TENONTOLINALG_ATTENTIONTILES_H
