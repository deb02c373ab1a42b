//===- AttentionLowering.h - An attention being lowered ---------*- C++ -*-===//

#ifndef TENON_CONVERSION_TENONTOLINALG_ATTENTIONLOWERING_H
#define TENON_CONVERSION_TENONTOLINALG_ATTENTIONLOWERING_H

#include "LoweringBuilders.h"
#include "Lowerings.h"

namespace mlir::tenon {

/// Sizes and operands of an attention op, in the form in which all lowerings
/// want them: scores in memory (Attention.cpp), and tile by tile, for many
/// queries (FusedAttention.cpp) and for few (DecodeAttention.cpp).
struct AttentionLowering {
  ImplicitLocOpBuilder &b;
  AttentionOp op;
  /// [B, heads, length, size] rather than [B, length, heads size].
  bool isSplit;
  int64_t batch, keyHeads, group, queries, newKeys, pastKeys = 0, keys;
  int64_t keySize, valueSize;
  Type element, wide;

  AttentionLowering(ImplicitLocOpBuilder &b, AttentionOp op);

  // The loops, numbered without a gap where there is no group axis.
  int64_t queryLoop() const { return group > 1 ? 3 : 2; }
  int64_t keyLoop() const { return queryLoop() + 1; }
  int64_t innerLoop() const { return queryLoop() + 2; }
  SmallVector<int64_t> headLoops() const {
    return group > 1 ? SmallVector<int64_t>{1, 2} : SmallVector<int64_t>{1};
  }
  SmallVector<int64_t> headShape() const {
    return group > 1 ? SmallVector<int64_t>{keyHeads, group}
                     : SmallVector<int64_t>{keyHeads};
  }
  double getScale();
  /// Whether each row of the batch has its own offset, from its valid length.
  bool hasOwnOffset();
  /// Where the first query stands among the keys, if the shapes say it.
  int64_t getOffset();
  bool isCausal() { return op.getCausal() != CausalKind::none; }
  /// Whether what a query sees depends on where it stands.
  bool isByPosition() { return isCausal() || op.getWindow(); }
  /// Whether a key may be hidden from every query.
  bool hidesValues();
  /// Keys or values, the past ones in front: [B, T, heads, size] or
  /// [B, heads, T, size], as `loops` says.
  LoopedTensor createCache(Value past, Value current, int64_t size);
  /// The mask with the axes of the scores, each of full size or 1; null where
  /// there is none. Keys past the end of a short one are hidden.
  Value createMask();

  // Scalars, for the bodies of loops.

  /// Whether the query that stands at `position` sees `key`: all that the op
  /// asks for, null where it asks for nothing. `length` is the batch entry's,
  /// `mask` the mask's element; null where the op has none. The integers are
  /// of one type.
  Value createVisible(ImplicitLocOpBuilder &b, Value key, Value position,
                      Value length, Value mask);
  /// The score with the op's softcap, if it has one, times `unit` then.
  Value createCapped(ImplicitLocOpBuilder &b, Value score, double unit = 1.0);
  /// The score with `unit` times a float mask added, which stays finite where
  /// the mask is; -inf where it is not visible. Either may be null.
  Value createMasked(ImplicitLocOpBuilder &b, Value score, Value mask,
                     double unit, Value visible);
};

/// Whether there are queries enough to fill vectors, as lowerFusedAttention()
/// wants them.
bool hasManyQueries(AttentionOp op);

/// Attention in tiles of queries that walk over blocks of keys.
Value lowerFusedAttention(AttentionLowering lowering);

/// Attention of few queries a batch entry, in blocks of the keys that they see.
Value lowerDecodeAttention(AttentionLowering lowering);

} // namespace mlir::tenon

#endif // TENON_CONVERSION_TENONTOLINALG_ATTENTIONLOWERING_H
