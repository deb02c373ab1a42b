//===- PixelParts.h - Pixel shuffles as transposes --------------*- C++ -*-===//

#ifndef TENON_IR_PIXELPARTS_H
#define TENON_IR_PIXELPARTS_H

#include "tenon/IR/TenonOps.h"

namespace mlir::tenon {

/// An input whose axes are taken apart to `shape` has its parts in the result's
/// order after `permutation`.
struct PixelParts {
  SmallVector<int64_t> shape, permutation;
};

PixelParts getPixelParts(PixelShuffleOp op);
PixelParts getPixelParts(PixelUnshuffleOp op);

} // namespace mlir::tenon

#endif // TENON_IR_PIXELPARTS_H
