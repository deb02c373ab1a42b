//===- Convolution.cpp - Convolution and transposed convolution -----------===//

#include "tenon/IR/TenonOps.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace mlir::tenon;

/// What both convolutions ask of their operands and window attributes.
template <typename Adaptor>
static LogicalResult checkConvolution(std::optional<Location> location,
                                      Adaptor adaptor) {
  Value input = adaptor.getInput(), weight = adaptor.getWeight();
  // conv_c1, conv_transpose_c1
  if (failed(checkRankBetween(location, "input", input, 3, 5)) ||
      failed(checkRank(location, "weight", weight, shapeOf(input).size())) ||
      failed(checkRank(location, "bias", adaptor.getBias(), 1)))
    return failure();
  // conv_c2, conv_transpose_c2
  if (failed(checkElementType(location, "weight", weight, "input", input)))
    return failure();
  // conv_c3, conv_transpose_c3
  int64_t axes = shapeOf(input).size() - 2;
  if (failed(checkWindows(location, adaptor, axes)))
    return failure();
  // conv_c4, conv_transpose_c4
  if (llvm::is_contained(shapeOf(weight).drop_front(2), 0))
    return emitOptionalError(location, "weight of type ", weight.getType(),
                             " has an empty kernel");
  // conv_c5, conv_transpose_c5
  int64_t groups = adaptor.getGroups();
  if (groups < 1)
    return emitOptionalError(location, "groups ", groups, " is not positive");
  return success();
}

static LogicalResult checkGroups(std::optional<Location> location,
                                 StringRef what, int64_t channels,
                                 int64_t groups) {
  if (isDynamic(channels) || channels % groups == 0)
    return success();
  return emitOptionalError(location, channels, " ", what,
                           " channels do not divide into ", groups, " groups");
}

template <typename Adaptor>
static WindowAxis windowAxis(Adaptor adaptor, int64_t axis) {
  return getWindowAxis(adaptor, axis, shapeOf(adaptor.getInput())[axis + 2],
                       shapeOf(adaptor.getWeight())[axis + 2]);
}

LogicalResult ConvOp::inferReturnTypes(MLIRContext *context,
                                       std::optional<Location> location,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &types) {
  if (failed(checkConvolution(location, adaptor)))
    return failure();
  Value bias = adaptor.getBias();
  ArrayRef<int64_t> input = shapeOf(adaptor.getInput());
  ArrayRef<int64_t> weight = shapeOf(adaptor.getWeight());
  int64_t groups = adaptor.getGroups();
  // conv_c6
  Type element = elementTypeOf(adaptor.getInput());
  if (!element.isIntOrFloat())
    return emitOptionalError(location, "elements of type ", element,
                             " have no product");
  Type result =
      isa<IntegerType>(element) ? IntegerType::get(context, 32) : element;
  if (bias && elementTypeOf(bias) != result)
    return emitOptionalError(location, "bias has elements of type ",
                             elementTypeOf(bias), " but the result of ",
                             result);
  // conv_c7
  if (failed(checkGroups(location, "input", input[1], groups)) ||
      failed(checkGroups(location, "output", weight[0], groups)))
    return failure();
  // conv_c8
  if (!isDynamic(input[1]) && !mayEqual(weight[1], input[1] / groups))
    return emitOptionalError(location, "weight reads ", weight[1],
                             " channels per group but input has ", input[1],
                             " channels in ", groups, " groups");
  // conv_c9
  if (failed(checkAxisSize(location, "bias", bias, 0, weight[0],
                           "the number of output channels")))
    return failure();
  int64_t channels = bias ? refineSize(weight[0], shapeOf(bias)[0]) : weight[0];
  SmallVector<int64_t> shape = {input[0], channels};
  for (size_t i = 0; i + 2 < input.size(); ++i) {
    // conv_c10
    FailureOr<int64_t> size = convolvedSize(location, windowAxis(adaptor, i));
    if (failed(size))
      return failure();
    shape.push_back(*size);
  }
  return appendResult(location, shape, result, types);
}

LogicalResult ConvTransposeOp::inferReturnTypes(
    MLIRContext *, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &types) {
  if (failed(checkConvolution(location, adaptor)))
    return failure();
  Value bias = adaptor.getBias();
  ArrayRef<int64_t> input = shapeOf(adaptor.getInput());
  ArrayRef<int64_t> weight = shapeOf(adaptor.getWeight());
  int64_t groups = adaptor.getGroups();
  // conv_transpose_c6
  if (failed(checkElementType(location, "bias", bias, "input",
                              adaptor.getInput())))
    return failure();
  // conv_transpose_c7
  if (failed(checkGroups(location, "input", refineSize(input[1], weight[0]),
                         groups)))
    return failure();
  // conv_transpose_c8
  if (failed(checkAxisSize(location, "weight", adaptor.getWeight(), 0, input[1],
                           "the number of input channels")))
    return failure();
  int64_t channels = ShapedType::kDynamic;
  if (!isDynamic(weight[1])) {
    FailureOr<int64_t> product = checkSize(
        location, WideInt(weight[1]) * groups, "the number of output channels");
    if (failed(product))
      return failure();
    channels = *product;
  }
  // conv_transpose_c9
  if (failed(checkAxisSize(location, "bias", bias, 0, channels,
                           "the number of output channels")))
    return failure();
  if (bias)
    channels = refineSize(channels, shapeOf(bias)[0]);
  // conv_transpose_c10
  ArrayRef<int64_t> outputPadding = adaptor.getOutputPadding();
  if (failed(checkEntries(location, "output_padding", outputPadding,
                          input.size() - 2, 0)))
    return failure();
  SmallVector<int64_t> shape = {input[0], channels};
  for (size_t i = 0; i + 2 < input.size(); ++i) {
    WindowAxis axis = windowAxis(adaptor, i);
    // conv_transpose_c11
    if (outputPadding[i] >= std::max(axis.stride, axis.dilation))
      return emitOptionalError(location, "output_padding ", outputPadding[i],
                               " is not below stride ", axis.stride,
                               " or dilation ", axis.dilation);
    // conv_transpose_c12
    FailureOr<int64_t> size = transposedSize(location, axis, outputPadding[i]);
    if (failed(size))
      return failure();
    shape.push_back(*size);
  }
  return appendResult(location, shape, elementTypeOf(adaptor.getInput()),
                      types);
}
