//===- Windows.cpp - Windows that slide over padded axes ------------------===//

#include "Windows.h"

#include <algorithm>

using namespace mlir;
using namespace mlir::tenon;

Value tenon::createPadded(ImplicitLocOpBuilder &b, Value input,
                          ArrayRef<int64_t> low, ArrayRef<int64_t> high,
                          Value fill) {
  MLIRContext *context = b.getContext();
  ArrayRef<int64_t> shape = shapeOf(input);
  // What is left of the input and what comes before and after it.
  SmallVector<int64_t> offsets, sizes, before, padded;
  for (auto [axis, size] : llvm::enumerate(shape)) {
    int64_t total = size + low[axis] + high[axis];
    int64_t begin = std::clamp<int64_t>(-low[axis], 0, size);
    int64_t end = std::clamp<int64_t>(size + high[axis], begin, size);
    offsets.push_back(begin);
    sizes.push_back(end - begin);
    before.push_back(std::clamp<int64_t>(low[axis], 0, total));
    padded.push_back(total);
  }
  SmallVector<int64_t> steps(shape.size(), 1);
  if (ArrayRef(sizes) != shape)
    input = tensor::ExtractSliceOp::create(
        b, input, getAsIndexOpFoldResult(context, offsets),
        getAsIndexOpFoldResult(context, sizes),
        getAsIndexOpFoldResult(context, steps));
  if (sizes == padded)
    return input;
  return tensor::InsertSliceOp::create(b, input, createFilled(b, padded, fill),
                                       getAsIndexOpFoldResult(context, before),
                                       getAsIndexOpFoldResult(context, sizes),
                                       getAsIndexOpFoldResult(context, steps));
}

Value tenon::createWindowedInput(ImplicitLocOpBuilder &b, Value input,
                                 ArrayRef<WindowAxis> axes,
                                 ArrayRef<int64_t> counts, Value fill,
                                 int64_t first) {
  SmallVector<int64_t> low(first, 0), high(first, 0);
  for (auto [axis, count] : llvm::zip_equal(axes, counts)) {
    low.push_back(axis.padBegin);
    int64_t needed =
        (count - 1) * axis.stride + static_cast<int64_t>(axis.extent());
    // What lies behind the last tap is left where it is.
    high.push_back(std::max<int64_t>(0, needed - axis.padBegin - axis.size));
  }
  low.resize(shapeOf(input).size(), 0);
  high.resize(shapeOf(input).size(), 0);
  return createPadded(b, input, low, high, fill);
}

AffineExpr tenon::getTapPosition(const WindowAxis &axis, AffineExpr window,
                                 AffineExpr tap) {
  return window * axis.stride + tap * axis.dilation;
}
