//===- AttentionTiles.h - What attention tile by tile is made of -*- C++
//-*-===//

#ifndef TENON_CONVERSION_TENONTOLINALG_ATTENTIONTILES_H
#define TENON_CONVERSION_TENONTOLINALG_ATTENTIONTILES_H

#include "AttentionLowering.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace mlir::tenon {

/// 2^(x - largest), where x is no larger: within 1.01 ulp, 0 for what would be
/// denormal, NaN for NaN.
Value createPowerOfDifference(ImplicitLocOpBuilder &b, Value x, Value largest);

/// The larger of two scores, in one instruction; a NaN among them shows in the
/// sum of their exponentials. Adding 0 keeps LLVM from storing the larger ones
/// under a mask, which takes far longer.
Value createLarger(ImplicitLocOpBuilder &b, Value x, Value other);

/// What is known of the keys so far, of each query (or each head, of one
/// query): the sums of values, the largest score and the sum of exponentials.
struct Progress {
  Value sums, largest, total;
};

/// Slices, loops and steps on tensors, the same for many queries and for one.
struct AttentionTiles {
  using LoopBody = llvm::function_ref<SmallVector<Value>(ImplicitLocOpBuilder &,
                                                         ValueRange)>;
  /// Scores in tiles are exponents of 2: what they are otherwise times this.
  static constexpr double perScore = 1.4426950408889634; // log2(e)

  explicit AttentionTiles(AttentionLowering &lowering)
      : a(lowering), b(lowering.b), op(lowering.op) {}

  /// A part of `tensor` with the axes `kept`; the others have size 1 there.
  Value slice(Value tensor, ArrayRef<OpFoldResult> offsets,
              ArrayRef<OpFoldResult> sizes, ArrayRef<int64_t> kept);
  /// [count, size] of one head.
  Value sliceHead(const LoopedTensor &tensor, Value batch, Value head,
                  Value first, OpFoldResult count);
  /// sliceHead() of keys or values, where they are stored in another type than
  /// the query's widened and its groups of channels multiplied by `scale`
  /// [batch, heads, keys, groups], if there is one.
  Value readHead(const LoopedTensor &tensor, Value scale, Value batch,
                 Value head, Value first, int64_t count);
  /// A linalg.generic. `axes` gives the loops that run over the axes of each
  /// input and init, -1 for an axis of size 1.
  SmallVector<Value> createLoopNest(ValueRange inputs, ValueRange inits,
                                    ArrayRef<SmallVector<int64_t>> axes,
                                    ArrayRef<utils::IteratorType> kinds,
                                    LoopBody body);
  /// init[i, j] += sum over s of lhs rhs, the loops being i, j, s.
  Value sumProducts(Value lhs, SmallVector<int64_t> lhsLoops, Value rhs,
                    SmallVector<int64_t> rhsLoops, Value init);

  /// A finite score below all others: no difference is one of infinities, and
  /// who sees no key sums nothing.
  Value createLowestScore();
  Value createLowestRow(int64_t size) {
    return createFilled(b, {size}, createLowestScore());
  }
  /// `before` with the larger of its largest scores and `largestHere`, and all
  /// that was summed shrunk by as much. Axis `axis` of the sums is the
  /// queries'.
  Progress advance(Progress before, Value largestHere, int64_t axis);
  /// The values [keys, size] of a block, 0 where `scores` (of loops `loops`, 0
  /// the keys') are -inf for all: the probability is 0 then, but 0 times what
  /// an unused slot of a cache holds may be NaN.
  Value createSeenValues(Value values, Value scores,
                         SmallVector<int64_t> loops);
  /// Blocks `begin` to `end`, one after the other.
  Progress overBlocks(Progress before, Value begin, Value end,
                      llvm::function_ref<Progress(Progress, Value)> addBlock);

  /// `before` where `condition` holds, else what `add` makes of it.
  Progress unless(Value condition, Progress before,
                  llvm::function_ref<Progress()> add);

  /// What queries are multiplied by; the softcap wants scores as they are.
  double getQueryScale() {
    return a.getScale() * (op.getSoftcap() ? 1.0 : perScore);
  }
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
