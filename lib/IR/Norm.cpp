//===- Norm.cpp - Layer, RMS, group and batch normalisation ---------------===//

#include "tenon/IR/TenonOps.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/APFloat.h"

using namespace mlir;
using namespace mlir::tenon;

static LogicalResult checkEpsilon(std::optional<Location> location,
                                  const APFloat &epsilon) {
  if (epsilon.isFinite() && !epsilon.isNegative())
    return success();
  return emitOptionalError(location, "epsilon ", epsilon.convertToDouble(),
                           " is not a number from 0 up");
}

/// `tensor` is [channels] of input's element type.
static LogicalResult checkPerChannel(std::optional<Location> location,
                                     StringRef name, Value tensor, Value input,
                                     int64_t channels) {
  return success(
      succeeded(checkElementType(location, name, tensor, "input", input)) &&
      succeeded(checkRank(location, name, tensor, 1)) &&
      succeeded(checkAxisSize(location, name, tensor, 0, channels,
                              "the number of channels")));
}

LogicalResult LayerNormOp::inferReturnTypes(MLIRContext *context,
                                            std::optional<Location> location,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  Value input = adaptor.getInput();
  ArrayRef<int64_t> shape = shapeOf(input);
  int64_t axis = adaptor.getAxis();
  // layer_norm_c1
  if (failed(checkAxis(location, "axis", axis, shape.size())))
    return failure();
  // layer_norm_c2
  if (failed(checkEpsilon(location, adaptor.getEpsilon())))
    return failure();
  for (auto [name, parameter] :
       {std::pair<StringRef, Value>{"scale", adaptor.getScale()},
        {"bias", adaptor.getBias()}}) {
    // layer_norm_c3
    if (failed(checkElementType(location, name, parameter, "input", input)))
      return failure();
    // layer_norm_c4
    if (failed(checkBroadcastsTo(location, name, parameter, shape)))
      return failure();
  }
  if (failed(appendResult(location, shape, elementTypeOf(input), types)))
    return failure();
  if (!adaptor.getWithStatistics())
    return success();
  SmallVector<int64_t> statistics(shape.size(), 1);
  llvm::copy(shape.take_front(axis), statistics.begin());
  Type f32 = Float32Type::get(context);
  return success(succeeded(appendResult(location, statistics, f32, types)) &&
                 succeeded(appendResult(location, statistics, f32, types)));
}

LogicalResult RmsNormOp::inferReturnTypes(MLIRContext *,
                                          std::optional<Location> location,
                                          Adaptor adaptor,
                                          SmallVectorImpl<Type> &types) {
  Value input = adaptor.getInput(), weight = adaptor.getWeight();
  ArrayRef<int64_t> shape = shapeOf(input);
  // rms_norm_c1
  if (failed(checkAxis(location, "axis", adaptor.getAxis(), shape.size())))
    return failure();
  // rms_norm_c2
  if (failed(checkEpsilon(location, adaptor.getEpsilon())))
    return failure();
  // rms_norm_c3
  if (failed(checkElementType(location, "weight", weight, "input", input)))
    return failure();
  // rms_norm_c4
  if (failed(checkBroadcastsTo(location, "weight", weight, shape)))
    return failure();
  // rms_norm_c5
  if (!weight && adaptor.getRounding() != RmsRounding::once)
    return emitOptionalError(location, "rounding ",
                             stringifyRmsRounding(adaptor.getRounding()),
                             " needs a weight");
  return appendResult(location, shape, elementTypeOf(input), types);
}

LogicalResult GroupNormOp::inferReturnTypes(MLIRContext *,
                                            std::optional<Location> location,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  Value input = adaptor.getInput();
  ArrayRef<int64_t> shape = shapeOf(input);
  // group_norm_c1
  if (shape.size() < 2)
    return emitOptionalError(location, "input must have rank 2 or more but has",
                             " type ", input.getType());
  int64_t channels = adaptor.getChannelsLast() ? shape.back() : shape[1],
          groups = adaptor.getGroups();
  // group_norm_c2
  if (groups < 1)
    return emitOptionalError(location, "groups ", groups, " is not positive");
  if (!isDynamic(channels) && channels % groups != 0)
    return emitOptionalError(
        location, channels, " channels do not divide into ", groups, " groups");
  // group_norm_c3
  if (failed(checkEpsilon(location, adaptor.getEpsilon())))
    return failure();
  // group_norm_c4
  if (failed(checkPerChannel(location, "scale", adaptor.getScale(), input,
                             channels)) ||
      failed(checkPerChannel(location, "bias", adaptor.getBias(), input,
                             channels)))
    return failure();
  return appendResult(location, shape, elementTypeOf(input), types);
}

LogicalResult BatchNormOp::inferReturnTypes(MLIRContext *,
                                            std::optional<Location> location,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  Value input = adaptor.getInput();
  ArrayRef<int64_t> shape = shapeOf(input);
  // batch_norm_c1
  if (shape.size() < 2)
    return emitOptionalError(location, "input must have rank 2 or more but has",
                             " type ", input.getType());
  // batch_norm_c2
  if (failed(checkEpsilon(location, adaptor.getEpsilon())))
    return failure();
  // batch_norm_c3
  for (auto [name, parameter] :
       {std::pair<StringRef, Value>{"scale", adaptor.getScale()},
        {"bias", adaptor.getBias()},
        {"mean", adaptor.getMean()},
        {"variance", adaptor.getVariance()}})
    if (failed(checkPerChannel(location, name, parameter, input, shape[1])))
      return failure();
  return appendResult(location, shape, elementTypeOf(input), types);
}
