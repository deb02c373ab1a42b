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

/// The image [N, O, sizes..] that a convolution of stride 1 computes as phases
/// [N, slots O, places..], where the slots count the phases of the last axis
/// fastest. `kernels` are those of all slots; the bias is that of the image.
Value createConvOfPhases(ImplicitLocOpBuilder &b, Value input, Value kernels,
                         Value bias, ArrayRef<int64_t> dilations,
                         ArrayRef<int64_t> padsBegin, ArrayRef<int64_t> padsEnd,
                         ArrayRef<PhaseAxis> axes);

} // namespace mlir::tenon

#endif // TENON_LIB_TRANSFORMS_PHASES_H
