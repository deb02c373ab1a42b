//===- Lowerings.h - Lowerings that several families use --------*- C++ -*-===//

#ifndef TENON_CONVERSION_TENONTOLINALG_LOWERINGS_H
#define TENON_CONVERSION_TENONTOLINALG_LOWERINGS_H

#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir::tenon {

/// Softmax of `input` along `axis`, or its logarithm, rounded to `element`. A
/// row of -inf gives zeros (its logarithm -inf).
Value createSoftmax(ImplicitLocOpBuilder &b, Value input, int64_t axis,
                    bool log, Type element);

/// Part of populateElementwiseToLinalgPatterns: the longest list of kinds.
void populateActivationToLinalgPatterns(RewritePatternSet &patterns);

} // namespace mlir::tenon

#endif // TENON_CONVERSION_TENONTOLINALG_LOWERINGS_H
