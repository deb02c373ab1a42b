//===- ResizeTaps.h - What each element of a resized axis reads -*- C++ -*-===//
//
// Coordinates and filters of tenon.resize. They depend on sizes and attributes
// alone and are worked out while compiling, exactly where the ratio of the
// sizes decides.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_CONVERSION_TENONTOLINALG_RESIZETAPS_H
#define TENON_CONVERSION_TENONTOLINALG_RESIZETAPS_H

#include "tenon/IR/TenonOps.h"

namespace mlir::tenon {

/// One axis of a resize.
struct ResizeAxis {
  int64_t size;
  int64_t resultSize;
  /// Result over input where it is not the ratio of the sizes.
  std::optional<double> scale;
  /// The part of the axis that tf_crop_and_resize takes, as shares of its
  /// length.
  double begin = 0;
  double end = 1;
};

/// Result element i is the sum of weights[i count + t] times input element
/// indices[i count + t] over t < count. Indices lie inside the input.
struct ResizeTaps {
  int64_t count = 0;
  SmallVector<int64_t> indices;
  SmallVector<double> weights;
  /// Elements that lie outside the input and take extrapolation_value; empty
  /// where none does.
  SmallVector<bool> isOutside;
};

ResizeAxis getResizeAxis(ResizeOp op, int64_t axis);

/// Whether every element of the axis stays as and where it is.
bool isIdentity(ResizeOp op, const ResizeAxis &axis);

/// How many taps a result element of the axis has; none where the table of all
/// of them would be beyond reason.
std::optional<int64_t> countResizeTaps(ResizeOp op, const ResizeAxis &axis);

/// The table, for an axis that countResizeTaps counts.
ResizeTaps computeResizeTaps(ResizeOp op, const ResizeAxis &axis);

} // namespace mlir::tenon

#endif // TENON_CONVERSION_TENONTOLINALG_RESIZETAPS_H
