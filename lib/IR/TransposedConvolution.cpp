//===- TransposedConvolution.cpp - As convolutions of stride 1 ------------===//

#include "tenon/IR/TransposedConvolution.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::tenon;

static TransposedAxis getTransposedAxis(const WindowAxis &axis,
                                        int64_t resultSize) {
  bool isStrided = axis.stride > 1;
  auto extent = static_cast<int64_t>(axis.extent());
  TransposedAxis result;
  result.size = axis.size;
  result.stride = axis.stride;
  result.kernel = axis.kernel;
  result.taps = isStrided ? llvm::divideCeil(extent, axis.stride) : axis.kernel;
  result.dilation = isStrided ? 1 : axis.dilation;
  result.spread = isStrided ? axis.dilation : 1;
  result.first = axis.padBegin / axis.stride;
  result.count =
      (axis.padBegin + resultSize - 1) / axis.stride - result.first + 1;
  result.crop = axis.padBegin - result.first * axis.stride;
  return result;
}

SmallVector<TransposedAxis> tenon::getTransposedAxes(ConvTransposeOp op) {
  SmallVector<TransposedAxis> axes;
  ArrayRef<int64_t> input = shapeOf(op.getInput()),
                    weight = shapeOf(op.getWeight()),
                    result = shapeOf(op.getResult());
  for (size_t i = 2; i < result.size(); ++i)
    axes.push_back(getTransposedAxis(
        getWindowAxis(op, static_cast<int64_t>(i) - 2, input[i], weight[i]),
        result[i]));
  return axes;
}
