//===- Packed.cpp - Ops on weights laid out for registers -----------------===//

#include "tenon/IR/Create.h"
#include "tenon/IR/TenonOps.h"

using namespace mlir;
using namespace mlir::tenon;

static LogicalResult checkElementTypes(std::optional<Location> location,
                                       Value input, Value weight, Value bias) {
  return success(
      succeeded(checkElementType(location, "weight", weight, "input", input)) &&
      succeeded(checkElementType(location, "bias", bias, "input", input)));
}

/// panels width, where both are known.
static int64_t countOutputs(Value weight) {
  int64_t panels = shapeOf(weight).front(), width = shapeOf(weight).back();
  return isDynamic(panels) || isDynamic(width) ? ShapedType::kDynamic
                                               : panels * width;
}

LogicalResult PackedLinearOp::inferReturnTypes(MLIRContext *,
                                               std::optional<Location> location,
                                               Adaptor adaptor,
                                               SmallVectorImpl<Type> &types) {
  Value input = adaptor.getInput(), weight = adaptor.getWeight();
  // packed_linear_c1
  if (shapeOf(input).empty())
    return emitOptionalError(location, "input must have rank 1 or more");
  if (failed(checkRank(location, "weight", weight, 3)) ||
      failed(checkRank(location, "bias", adaptor.getBias(), 1)))
    return failure();
  // packed_linear_c2
  bool isWidened = elementTypeOf(input).isF32() &&
                   isa<Float16Type, BFloat16Type>(elementTypeOf(weight));
  if (failed(checkElementTypes(location, input, isWidened ? input : weight,
                               adaptor.getBias())))
    return failure();
  // packed_linear_c3
  if (failed(checkAxisSize(location, "weight", weight, 1, shapeOf(input).back(),
                           "the last axis of input")))
    return failure();
  // packed_linear_c4
  int64_t outputs = countOutputs(weight);
  if (failed(checkAxisSize(location, "bias", adaptor.getBias(), 0, outputs,
                           "the number of outputs of weight")))
    return failure();
  SmallVector<int64_t> shape(shapeOf(input));
  shape.back() = outputs;
  return appendResult(location, shape, elementTypeOf(input), types);
}

/// What both convolutions ask of their operands; `kernel` are the weight's
/// spatial sizes. Gives the result's shape, with `outputs` channels.
template <typename Adaptor>
static FailureOr<SmallVector<int64_t>>
inferConvolution(std::optional<Location> location, Adaptor adaptor,
                 ArrayRef<int64_t> kernel, int64_t outputs) {
  Value input = adaptor.getInput(), weight = adaptor.getWeight();
  // packed_conv_c2, depthwise_conv_c2
  if (failed(checkElementTypes(location, input, weight, adaptor.getBias())))
    return failure();
  // packed_conv_c3, depthwise_conv_c3
  ArrayRef<int64_t> sizes = shapeOf(input).drop_front().drop_back();
  if (failed(checkWindows(location, adaptor, sizes.size())))
    return failure();
  SmallVector<int64_t> shape = {shapeOf(input).front()};
  for (auto [i, size] : llvm::enumerate(sizes)) {
    // packed_conv_c4, depthwise_conv_c4
    if (kernel[i] == 0)
      return emitOptionalError(location, "weight of type ", weight.getType(),
                               " has an empty kernel");
    FailureOr<int64_t> count =
        convolvedSize(location, getWindowAxis(adaptor, i, size, kernel[i]));
    if (failed(count))
      return failure();
    shape.push_back(*count);
  }
  // packed_conv_c6, depthwise_conv_c6
  if (failed(checkAxisSize(location, "bias", adaptor.getBias(), 0, outputs,
                           "the number of output channels")))
    return failure();
  shape.push_back(outputs);
  return shape;
}

/// How often the channels of `weight` go into those of `input`, as far as both
/// are known.
static int64_t groupsOf(Value input, Value weight) {
  int64_t given = shapeOf(input).back();
  int64_t seen = shapeOf(weight).drop_back().back();
  return isDynamic(given) || isDynamic(seen) || seen == 0 ? 1 : given / seen;
}

int64_t PackedConvOp::countGroups() {
  return groupsOf(getInput(), getWeight());
}

LogicalResult PackedConvOp::inferReturnTypes(MLIRContext *,
                                             std::optional<Location> location,
                                             Adaptor adaptor,
                                             SmallVectorImpl<Type> &types) {
  Value input = adaptor.getInput(), weight = adaptor.getWeight();
  // packed_conv_c1
  if (failed(checkRankBetween(location, "input", input, 3, 5)) ||
      failed(
          checkRank(location, "weight", weight, shapeOf(input).size() + 1)) ||
      failed(checkRank(location, "bias", adaptor.getBias(), 1)))
    return failure();
  ArrayRef<int64_t> kernel = shapeOf(weight).drop_front().drop_back(2);
  FailureOr<SmallVector<int64_t>> shape =
      inferConvolution(location, adaptor, kernel, countOutputs(weight));
  if (failed(shape))
    return failure();
  // packed_conv_c5
  int64_t channels = shapeOf(weight)[kernel.size() + 1];
  int64_t groups = groupsOf(input, weight);
  bool isGrouped = groups > 1 && groups * channels == shapeOf(input).back() &&
                   (isDynamic(shapeOf(weight).front()) ||
                    shapeOf(weight).front() % groups == 0);
  if (!isGrouped &&
      failed(checkAxisSize(location, "weight", weight, kernel.size() + 1,
                           shapeOf(input).back(),
                           "the number of channels of input")))
    return failure();
  return appendResult(location, *shape, elementTypeOf(input), types);
}

LogicalResult WinogradConvOp::inferReturnTypes(MLIRContext *,
                                               std::optional<Location> location,
                                               Adaptor adaptor,
                                               SmallVectorImpl<Type> &types) {
  Value input = adaptor.getInput(), weight = adaptor.getWeight();
  // winograd_conv_c1
  if (failed(checkRank(location, "input", input, 4)) ||
      failed(checkRank(location, "weight", weight, 4)) ||
      failed(checkRank(location, "bias", adaptor.getBias(), 1)))
    return failure();
  // winograd_conv_c2
  if (failed(checkElementTypes(location, input, weight, adaptor.getBias())))
    return failure();
  if (!isa<Float32Type, Float64Type>(elementTypeOf(input)))
    return emitOptionalError(location, "input must have elements of f32 or f64",
                             " but has type ", input.getType());
  // winograd_conv_c3
  ArrayRef<int64_t> begin = adaptor.getPadsBegin(), end = adaptor.getPadsEnd();
  for (auto [name, pads] :
       {std::pair<StringRef, ArrayRef<int64_t>>{"pads_begin", begin},
        {"pads_end", end}})
    if (pads.size() != 2 ||
        llvm::any_of(pads, [](int64_t pad) { return pad < 0 || pad > 2; }))
      return emitOptionalError(location, name,
                               " must be two numbers from 0 to 2");
  SmallVector<int64_t> shape(shapeOf(input));
  for (int64_t axis : {0, 1}) {
    int64_t &size = shape[axis + 1];
    if (isDynamic(size))
      continue;
    size += begin[axis] + end[axis] - 2;
    // winograd_conv_c4
    if (size < 1)
      return emitOptionalError(location, "the padded axis ", axis + 1,
                               " of input is shorter than the kernel");
  }
  // winograd_conv_c5
  if (failed(checkAxisSize(location, "weight", weight, 1, 16,
                           "the number of places")) ||
      failed(checkAxisSize(location, "weight", weight, 2, shape.back(),
                           "the number of channels of input")))
    return failure();
  // winograd_conv_c6
  shape.back() = countOutputs(weight);
  if (failed(checkAxisSize(location, "bias", adaptor.getBias(), 0, shape.back(),
                           "the number of output channels")))
    return failure();
  return appendResult(location, shape, elementTypeOf(input), types);
}

LogicalResult DepthwiseConvOp::inferReturnTypes(
    MLIRContext *, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &types) {
  Value input = adaptor.getInput(), weight = adaptor.getWeight();
  // depthwise_conv_c1
  if (failed(checkRankBetween(location, "input", input, 3, 5)) ||
      failed(
          checkRank(location, "weight", weight, shapeOf(input).size() - 1)) ||
      failed(checkRank(location, "bias", adaptor.getBias(), 1)))
    return failure();
  ArrayRef<int64_t> kernel = shapeOf(weight).drop_back();
  int64_t channels = refineSize(shapeOf(input).back(), shapeOf(weight).back());
  FailureOr<SmallVector<int64_t>> shape =
      inferConvolution(location, adaptor, kernel, channels);
  if (failed(shape))
    return failure();
  // depthwise_conv_c5
  if (failed(checkAxisSize(location, "weight", weight, kernel.size(),
                           shapeOf(input).back(),
                           "the number of channels of input")))
    return failure();
  return appendResult(location, *shape, elementTypeOf(input), types);
}

Value tenon::createPanels(ImplicitLocOpBuilder &b, Value weight,
                          int64_t width) {
  SmallVector<int64_t> shape(shapeOf(weight)), permutation = {0};
  int64_t panels = shape[0] / width, rank = shape.size();
  shape[0] = width;
  shape.insert(shape.begin(), panels);
  llvm::append_range(permutation, llvm::seq<int64_t>(2, rank + 1));
  permutation.push_back(1);
  return TransposeOp::create(b, createReshape(b, weight, shape), permutation);
}
