//===- PackQuantized.h - Weights of few bits in words ---------------------===//

#ifndef TENON_LIB_TRANSFORMS_PACKQUANTIZED_H
#define TENON_LIB_TRANSFORMS_PACKQUANTIZED_H

#include "mlir/IR/PatternMatch.h"

namespace mlir::tenon {

/// A tenon.quantized_linear with a weight of bytes that is known at load gets
/// one of words, if its groups fill words.
void populatePackQuantizedPatterns(RewritePatternSet &patterns);

} // namespace mlir::tenon

#endif // TENON_LIB_TRANSFORMS_PACKQUANTIZED_H
