//===- AttentionParts.h - The parts of a decomposed attention -------------===//

#ifndef TENON_LIB_TRANSFORMS_ATTENTIONPARTS_H
#define TENON_LIB_TRANSFORMS_ATTENTIONPARTS_H

#include "tenon/IR/TenonOps.h"

#include "mlir/IR/PatternMatch.h"

namespace mlir::tenon {

/// A term that hides keys or is added to scores; it broadcasts to the scores
/// where it was applied.
struct ScoreMask {
  enum Kind {
    Seen,   ///< boolean, true where a key is seen
    Hidden, ///< boolean, false where a key is seen
    Added,  ///< a float
  } kind;
  Value value;
  /// Of those scores: [batch, heads, L, T] or [batch heads, L, T].
  int64_t axes;
};

/// softmax(mask(softcap(scale Q K^T))) as it was found.
struct ScoreParts {
  Value query;         ///< [..., L, d]
  Value keyTransposed; ///< [..., d, T], or [..., T, d] with `isKeyTransposed`
  bool isKeyTransposed = false;
  double scale = 1;
  std::optional<double> softcap;
  SmallVector<ScoreMask, 2> masks; ///< outermost first
  /// [batch, heads] where the scores were seen with four axes.
  std::optional<std::pair<int64_t, int64_t>> batchAndHeads;
};

/// Reads probabilities backwards to their query and key. On failure `reason`
/// says what is in the way.
FailureOr<ScoreParts> matchScores(Value probabilities, StringRef &reason);

/// Takes factors that are the same for every element off `value`.
void takeScale(Value &value, double &scale);

} // namespace mlir::tenon

#endif // TENON_LIB_TRANSFORMS_ATTENTIONPARTS_H
