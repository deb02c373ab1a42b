//===- WinogradUse.h - Which convolutions take Winograd's form ------------===//

#ifndef TENON_LIB_TRANSFORMS_WINOGRADUSE_H
#define TENON_LIB_TRANSFORMS_WINOGRADUSE_H

#include "mlir/IR/Types.h"

namespace mlir::tenon {

/// Whether a 3 x 3 convolution of step 1 is large enough that the transforms
/// and the reading of larger weights cost less than the products saved, and its
/// sums are not rounded to few bits on the way.
inline bool paysAsWinograd(Type element, int64_t channels, int64_t outputs,
                           int64_t pixels) {
  constexpr int64_t fewestChannels = 16, fewestOutputs = 16, fewestPixels = 64;
  return element.isF32() && channels >= fewestChannels &&
         outputs >= fewestOutputs && pixels >= fewestPixels;
}

} // namespace mlir::tenon

#endif // TENON_LIB_TRANSFORMS_WINOGRADUSE_H
