//===- WeightRounding.h - Weights as integers of few bits -----------------===//

#ifndef TENON_LIB_TRANSFORMS_WEIGHTROUNDING_H
#define TENON_LIB_TRANSFORMS_WEIGHTROUNDING_H

#include "tenon/IR/TenonOps.h"

#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace mlir::tenon {

/// Integers [outputs, groups, group] in f32, and the scale and offset
/// [outputs, groups, 1] of each group; no offset where it is zero. A weight is
/// about integer scale - offset.
struct RoundedWeight {
  Value integers, scale, offset;
};

/// Why the weight of `op` is not kept in few bits, by groups of `group` inputs
/// (0: all) and panels of `panel` outputs; none where it is.
std::optional<StringRef> whyNotRounded(LinearOp op, int64_t group,
                                       int64_t panel);

/// A weight [outputs, inputs] in f32 as [outputs, groups, group].
Value createGroups(ImplicitLocOpBuilder &b, Value weight, int64_t group);

/// Those groups in 8 bits, or in 4 with an offset.
RoundedWeight createRounding(ImplicitLocOpBuilder &b, Value groups,
                             int64_t bits);

} // namespace mlir::tenon

#endif // TENON_LIB_TRANSFORMS_WEIGHTROUNDING_H
