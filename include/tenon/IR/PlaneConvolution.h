//===- PlaneConvolution.h - Depthwise, with the channels first --*- C++ -*-===//
//
// A convolution of each channel by itself works on images [N, axes.., C], where
// vectors hold channels, or plane by plane on images [N, C, rows, columns],
// where they hold neighbours of a row. An image with the channels first needs
// no transpose for the second.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_IR_PLANECONVOLUTION_H
#define TENON_IR_PLANECONVOLUTION_H

#include "tenon/IR/Shapes.h"

namespace mlir::tenon {

/// Whether windows of known sizes, `counts` of them along each axis, over
/// planes of `element` fill vectors well enough for an image with the channels
/// first to stay as it is.
bool paysByPlanes(ArrayRef<WindowAxis> axes, ArrayRef<int64_t> counts,
                  Type element);

} // namespace mlir::tenon

#endif // TENON_IR_PLANECONVOLUTION_H
