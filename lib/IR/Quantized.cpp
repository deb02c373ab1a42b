//===- Quantized.cpp - Ops on weights of few bits -------------------------===//

#include "tenon/IR/Create.h"
#include "tenon/IR/TenonOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace mlir::tenon;

/// (c4, c6) The inputs, `ofElement` of which an element of the weight has.
static LogicalResult checkInputs(std::optional<Location> location,
                                 QuantizedLinearOp::Adaptor adaptor,
                                 int64_t ofElement) {
  Value weight = adaptor.getWeight();
  int64_t inputs = shapeOf(adaptor.getInput()).back(),
          elements = shapeOf(weight)[1],
          groups = shapeOf(adaptor.getScale())[1];
  if (ofElement == 1) {
    if (failed(checkAxisSize(location, "weight", weight, 1, inputs,
                             "the last axis of input")))
      return failure();
  } else if (!isDynamic(inputs) && (inputs % ofElement != 0 ||
                                    !mayEqual(elements, inputs / ofElement))) {
    return emitOptionalError(location, "weight has ", elements, " words of ",
                             ofElement,
                             " inputs but the last axis of input is ", inputs);
  }
  if (isDynamic(inputs) && !isDynamic(elements))
    inputs = elements * ofElement;
  if (isDynamic(inputs) || isDynamic(groups))
    return success();
  if (groups < 1 || inputs % groups != 0)
    return emitOptionalError(location, inputs, " inputs do not divide into ",
                             groups, " groups");
  if (inputs / groups % ofElement != 0)
    return emitOptionalError(location, "groups of ", inputs / groups,
                             " inputs are no whole words of ", ofElement);
  return success();
}

/// (c5) The panels, and the groups of the offset.
static LogicalResult checkPanels(std::optional<Location> location,
                                 QuantizedLinearOp::Adaptor adaptor,
                                 int64_t ofElement) {
  Value weight = adaptor.getWeight();
  ArrayRef<int64_t> scales = shapeOf(adaptor.getScale());
  int64_t width = scales[2];
  bool isHalved = adaptor.getBits() == 4 && ofElement == 1 && !isDynamic(width);
  if (isHalved && width % 2 != 0)
    return emitOptionalError(location, "scale has an odd width ", width);
  if (failed(checkAxisSize(location, "weight", weight, 0, scales[0],
                           "the number of panels of scale")) ||
      failed(checkAxisSize(location, "weight", weight, 2,
                           isHalved ? width / 2 : width,
                           isHalved ? "the bytes of a panel as wide as scale's"
                                    : "the width of scale")))
    return failure();
  for (int64_t axis : {0, 1, 2})
    if (failed(checkAxisSize(location, "offset", adaptor.getOffset(), axis,
                             scales[axis], "scale's")))
      return failure();
  return success();
}

LogicalResult QuantizedLinearOp::inferReturnTypes(
    MLIRContext *, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &types) {
  Value input = adaptor.getInput(), weight = adaptor.getWeight(),
        scale = adaptor.getScale(), offset = adaptor.getOffset(),
        bias = adaptor.getBias();
  // quantized_linear_c1
  if (shapeOf(input).empty())
    return emitOptionalError(location, "input must have rank 1 or more");
  if (failed(checkRank(location, "weight", weight, 3)) ||
      failed(checkRank(location, "scale", scale, 3)) ||
      failed(checkRank(location, "offset", offset, 3)) ||
      failed(checkRank(location, "bias", bias, 1)))
    return failure();
  // quantized_linear_c2
  int64_t bits = adaptor.getBits();
  if (bits != 8 && bits != 4)
    return emitOptionalError(location, "bits ", bits, " are neither 8 nor 4");
  // quantized_linear_c3; the ODS constraints say the rest
  if (failed(checkElementType(location, "bias", bias, "input", input)))
    return failure();
  int64_t ofElement = elementTypeOf(weight).isInteger(32) ? 32 / bits : 1;
  if (failed(checkInputs(location, adaptor, ofElement)) ||
      failed(checkPanels(location, adaptor, ofElement)))
    return failure();
  // quantized_linear_c7
  int64_t panels = shapeOf(scale)[0], width = shapeOf(scale)[2];
  int64_t outputs = isDynamic(panels) || isDynamic(width) ? ShapedType::kDynamic
                                                          : panels * width;
  if (failed(checkAxisSize(location, "bias", bias, 0, outputs,
                           "the number of outputs of weight")))
    return failure();
  SmallVector<int64_t> shape(shapeOf(input));
  shape.back() = outputs;
  return appendResult(location, shape, elementTypeOf(input), types);
}

Value tenon::createHalfBytes(ImplicitLocOpBuilder &b, Value bytes) {
  SmallVector<int64_t> sizes(shapeOf(bytes)), starts(3, 0), ones(3, 1);
  sizes.back() /= 2;
  Value lower = SliceOp::create(b, bytes, starts, sizes, ones);
  starts.back() = sizes.back();
  Value upper = SliceOp::create(b, bytes, starts, sizes, ones);
  auto type = cast<RankedTensorType>(upper.getType());
  Value four = arith::ConstantOp::create(
      b, DenseElementsAttr::get(type, Attribute(b.getI8IntegerAttr(4))));
  return arith::OrIOp::create(b, lower, arith::ShLIOp::create(b, upper, four));
}
