//===- Windows.h - Windows that slide over padded axes ----------*- C++ -*-===//
//
// What convolutions and pooling share. Unless said otherwise the first two axes
// of a tensor are batch and channel, the others are the ones over which windows
// slide.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_CONVERSION_TENONTOLINALG_WINDOWS_H
#define TENON_CONVERSION_TENONTOLINALG_WINDOWS_H

#include "LoweringBuilders.h"

namespace mlir::tenon {

/// `input` within a tensor of `fill`: `low` elements come before it and `high`
/// after it, an entry for each axis; negative ones crop.
Value createPadded(ImplicitLocOpBuilder &b, Value input, ArrayRef<int64_t> low,
                   ArrayRef<int64_t> high, Value fill);

/// `input` such that every tap of the windows lies in it: `counts` windows per
/// axis, of which `first` is the first that they slide over. A negative
/// `padBegin` drops elements; `padEnd` is not asked for, as the last tap
/// decides.
Value createWindowedInput(ImplicitLocOpBuilder &b, Value input,
                          ArrayRef<WindowAxis> axes, ArrayRef<int64_t> counts,
                          Value fill, int64_t first = 2);

/// Whether the windows of an image with so many channels reach into padding,
/// and to leave out those taps pays.
bool paysWithoutPadding(ArrayRef<WindowAxis> axes, ArrayRef<int64_t> counts,
                        int64_t channels);

/// The sums [N, windows.., panels, width] of a convolution of an image [N,
/// axes.., C], which has the type of sums, with weights in panels [panels,
/// taps.., C, width], of `counts` windows per axis, without a padded image.
Value createUnpaddedSums(ImplicitLocOpBuilder &b, Value input, Value weight,
                         ArrayRef<WindowAxis> axes, ArrayRef<int64_t> counts);

/// The sums, of `shape` [N, C, windows..], of a convolution of each channel of
/// an image [N, C, rows, columns] with its own weights, [C, 1, taps..]. No
/// padded image is made.
Value createPlaneSums(ImplicitLocOpBuilder &b, Value input, Value weight,
                      ArrayRef<WindowAxis> axes, ArrayRef<int64_t> shape);

/// Where tap `tap` of window `window` lies in the padded axis.
AffineExpr getTapPosition(const WindowAxis &axis, AffineExpr window,
                          AffineExpr tap);

/// The windows of an op over the axes behind the first two of its input.
template <typename OpTy>
SmallVector<WindowAxis> getWindowAxes(OpTy op, ArrayRef<int64_t> kernel) {
  return getWindowAxes(op, shapeOf(op.getInput()).drop_front(2), kernel);
}

} // namespace mlir::tenon

#endif // TENON_CONVERSION_TENONTOLINALG_WINDOWS_H
