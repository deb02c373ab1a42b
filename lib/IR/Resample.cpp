//===- Resample.cpp - Resizing, pixel shuffles, unpooling -----------------===//

#include "tenon/IR/PixelParts.h"
#include "tenon/IR/TenonOps.h"

#include <cmath>

using namespace mlir;
using namespace mlir::tenon;

static LogicalResult verifyModes(ResizeOp op) {
  ResizeMode mode = op.getMode();
  // resize_c4: mixing neighbours needs fractions.
  Type element = op.getType().getElementType();
  if (mode != ResizeMode::nearest && !isa<FloatType>(element))
    return op.emitOpError("in mode ")
           << stringifyResizeMode(mode) << " needs floats but has " << element;
  // resize_c5
  if (mode == ResizeMode::nearest && op.getAntialias())
    return op.emitOpError("has antialias, which mode nearest does not know");
  // resize_c6
  if (mode == ResizeMode::nearest && op.getExcludeOutside())
    return op.emitOpError(
        "has exclude_outside, which mode nearest does not know");
  bool crops = op.getCoordinates() == CoordinateMode::tf_crop_and_resize;
  // resize_c7
  if (crops != op.getRoi().has_value())
    return op.emitOpError("needs roi with coordinates tf_crop_and_resize, and "
                          "only then");
  // resize_c8
  if (!crops && !op.getExtrapolationValue().isZero())
    return op.emitOpError("has extrapolation_value, which is for coordinates "
                          "tf_crop_and_resize");
  // resize_c9
  if (!op.getCubicCoeff().isFinite())
    return op.emitOpError("cubic_coeff is not a finite number");
  return success();
}

LogicalResult ResizeOp::verify() {
  RankedTensorType from = getInput().getType(), to = getType();
  // resize_c1
  if (from.getElementType() != to.getElementType())
    return emitOpError("changes elements of type ")
           << from.getElementType() << " to " << to.getElementType();
  // resize_c2
  if (from.getRank() != to.getRank())
    return emitOpError("changes the rank of ") << from << " to that of " << to;
  // resize_c3
  for (auto [axis, sizes] :
       llvm::enumerate(llvm::zip(from.getShape(), to.getShape()))) {
    auto [size, result] = sizes;
    if (size == 0 && result > 0)
      return emitOpError("stretches empty axis ")
             << axis << " to size " << result;
  }
  if (failed(verifyModes(*this)))
    return failure();
  // resize_c10
  if (std::optional<ArrayRef<double>> scales = getScales()) {
    if (static_cast<int64_t>(scales->size()) != from.getRank())
      return emitOpError("has ")
             << scales->size() << " scales for " << from.getRank() << " axes";
    for (double scale : *scales)
      if (!std::isfinite(scale) || scale <= 0)
        return emitOpError("scale ") << scale << " is not a positive number";
  }
  // resize_c11
  if (std::optional<ArrayRef<double>> roi = getRoi()) {
    if (static_cast<int64_t>(roi->size()) != 2 * from.getRank())
      return emitOpError("has ") << roi->size() << " values in roi for "
                                 << from.getRank() << " axes, two each";
    if (!llvm::all_of(*roi, [](double value) { return std::isfinite(value); }))
      return emitOpError("roi has a value that is not finite");
  }
  // resize_c12
  SmallVector<Type> types;
  return appendResult(getLoc(), to.getShape(), to.getElementType(), types);
}

/// size * factor, or an error where that is no size.
static FailureOr<int64_t> multiplySize(std::optional<Location> location,
                                       int64_t size, int64_t factor) {
  if (isDynamic(size))
    return size;
  return checkSize(location, WideInt(size) * factor, "the output size");
}

LogicalResult UpsampleOp::inferReturnTypes(MLIRContext *,
                                           std::optional<Location> location,
                                           Adaptor adaptor,
                                           SmallVectorImpl<Type> &types) {
  ArrayRef<int64_t> input = shapeOf(adaptor.getInput());
  // upsample_c1
  if (input.size() < 3)
    return emitOptionalError(location, "input must have rank 3 or more but has",
                             " type ", adaptor.getInput().getType());
  // upsample_c2
  if (failed(checkEntries(location, "factors", adaptor.getFactors(),
                          input.size() - 2, 1)))
    return failure();
  SmallVector<int64_t> shape(input.take_front(2));
  for (auto [size, factor] :
       llvm::zip(input.drop_front(2), adaptor.getFactors())) {
    // upsample_c3
    FailureOr<int64_t> result = multiplySize(location, size, factor);
    if (failed(result))
      return failure();
    shape.push_back(*result);
  }
  return appendResult(location, shape, elementTypeOf(adaptor.getInput()),
                      types);
}

/// The number of channels that a block of pixels makes, checked.
static FailureOr<int64_t> checkBlock(std::optional<Location> location,
                                     Value input, int64_t block) {
  // pixel_shuffle_c1, pixel_unshuffle_c1
  if (failed(checkRank(location, "input", input, 4)))
    return failure();
  // pixel_shuffle_c2, pixel_unshuffle_c2
  if (block < 1)
    return emitOptionalError(location, "block ", block, " is not positive");
  return checkSize(location, WideInt(block) * block, "the size of a block");
}

LogicalResult PixelShuffleOp::inferReturnTypes(MLIRContext *,
                                               std::optional<Location> location,
                                               Adaptor adaptor,
                                               SmallVectorImpl<Type> &types) {
  int64_t block = adaptor.getBlock();
  FailureOr<int64_t> area = checkBlock(location, adaptor.getInput(), block);
  if (failed(area))
    return failure();
  ArrayRef<int64_t> input = shapeOf(adaptor.getInput());
  // pixel_shuffle_c3
  if (!isDynamic(input[1]) && input[1] % *area != 0)
    return emitOptionalError(location, input[1],
                             " channels do not divide into blocks of ", block,
                             " x ", block);
  FailureOr<int64_t> height = multiplySize(location, input[2], block);
  FailureOr<int64_t> width = multiplySize(location, input[3], block);
  if (failed(height) || failed(width))
    return failure();
  int64_t channels = isDynamic(input[1]) ? input[1] : input[1] / *area;
  return appendResult(location, {input[0], channels, *height, *width},
                      elementTypeOf(adaptor.getInput()), types);
}

LogicalResult PixelUnshuffleOp::inferReturnTypes(
    MLIRContext *, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &types) {
  int64_t block = adaptor.getBlock();
  FailureOr<int64_t> area = checkBlock(location, adaptor.getInput(), block);
  if (failed(area))
    return failure();
  ArrayRef<int64_t> input = shapeOf(adaptor.getInput());
  SmallVector<int64_t> shape(input);
  // pixel_unshuffle_c3
  for (int64_t &size : llvm::drop_begin(shape, 2)) {
    if (isDynamic(size))
      continue;
    if (size % block != 0)
      return emitOptionalError(location, "size ", size,
                               " is not a multiple of block ", block);
    size /= block;
  }
  FailureOr<int64_t> channels = multiplySize(location, input[1], *area);
  if (failed(channels))
    return failure();
  shape[1] = *channels;
  return appendResult(location, shape, elementTypeOf(adaptor.getInput()),
                      types);
}

/// A block of channels seen as (C, i, j) or (i, j, C) moves between the pixels:
/// [N, C, i, j, H, W] to [N, C, H, i, W, j].
PixelParts mlir::tenon::getPixelParts(PixelShuffleOp op) {
  ArrayRef<int64_t> input = shapeOf(op.getInput());
  int64_t block = op.getBlock(), channels = shapeOf(op)[1];
  if (op.getOrder() == PixelOrder::crd)
    return {{input[0], channels, block, block, input[2], input[3]},
            {0, 1, 4, 2, 5, 3}};
  return {{input[0], block, block, channels, input[2], input[3]},
          {0, 3, 4, 1, 5, 2}};
}

PixelParts mlir::tenon::getPixelParts(PixelUnshuffleOp op) {
  ArrayRef<int64_t> input = shapeOf(op.getInput()), result = shapeOf(op);
  int64_t block = op.getBlock();
  bool isCrd = op.getOrder() == PixelOrder::crd;
  return {{input[0], input[1], result[2], block, result[3], block},
          isCrd ? SmallVector<int64_t>{0, 1, 3, 5, 2, 4}
                : SmallVector<int64_t>{0, 3, 5, 1, 2, 4}};
}

LogicalResult MaxUnpoolOp::verify() {
  RankedTensorType from = getInput().getType(), to = getType();
  // max_unpool_c1
  if (from.getElementType() != to.getElementType())
    return emitOpError("changes elements of type ")
           << from.getElementType() << " to " << to.getElementType();
  // max_unpool_c2
  if (failed(checkRankBetween(getLoc(), "input", getInput(), 3, 5)))
    return failure();
  if (from.getRank() != to.getRank())
    return emitOpError("changes the rank of ") << from << " to that of " << to;
  // max_unpool_c3
  ArrayRef<int64_t> indices = getIndices().getType().getShape();
  if (!llvm::equal(from.getShape(), indices, mayEqual))
    return emitOpError("has indices of type ")
           << getIndices().getType() << " for an input of type " << from;
  // max_unpool_c4
  for (int64_t axis : {0, 1})
    if (!mayEqual(from.getDimSize(axis), to.getDimSize(axis)))
      return emitOpError("changes size ")
             << from.getDimSize(axis) << " of axis " << axis << " to "
             << to.getDimSize(axis);
  // max_unpool_c5
  SmallVector<Type> types;
  return appendResult(getLoc(), to.getShape(), to.getElementType(), types);
}
