//===- Phases.h - Images computed phase by phase ----------------*- C++ -*-===//
//
// A convolution may compute the pixels of a larger image as channels of a
// smaller one: of each place, a slot of channels for every phase, which is
// where a pixel lies among those of its place.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_TRANSFORMS_PHASES_H
#define TENON_LIB_TRANSFORMS_PHASES_H

#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace mlir::tenon {

/// One spatial axis: `factor` phases at each of `places`, of which pixels
/// `skipped` to `skipped + size` are the image.
struct PhaseAxis {
  int64_t factor, places, skipped, size;
};

/// bias [O] for `slots` slots of channels: [slots O]. None where null.
Value createSlotBias(ImplicitLocOpBuilder &b, Value bias, int64_t slots);

/// What a convolution gives, [N, slots O, places..], as [N, places..,
/// factors.., O]; the slots count the phases of the last axis fastest.
Value createPhasesApart(ImplicitLocOpBuilder &b, Value phases,
                        ArrayRef<int64_t> factors);

/// The image [N, O, sizes..] from its phases [N, places.., factors.., O].
Value createImageOfPhases(ImplicitLocOpBuilder &b, Value phases,
                          ArrayRef<PhaseAxis> axes);

} // namespace mlir::tenon

#endif // TENON_LIB_TRANSFORMS_PHASES_H
