//===- Quantized.cpp - Ops on weights of few bits -------------------------===//

#include "tenon/IR/Create.h"
#include "tenon/IR/TenonOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace mlir::tenon;

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
  // quantized_linear_c4
  if (failed(checkAxisSize(location, "weight", weight, 1, shapeOf(input).back(),
                           "the last axis of input")))
    return failure();
  // quantized_linear_c5
  ArrayRef<int64_t> scales = shapeOf(scale);
  int64_t panels = scales[0], groups = scales[1], width = scales[2];
  if (bits == 4 && !isDynamic(width) && width % 2 != 0)
    return emitOptionalError(location, "scale has an odd width ", width);
  int64_t bytes = bits == 4 && !isDynamic(width) ? width / 2 : width;
  if (failed(checkAxisSize(location, "weight", weight, 0, panels,
                           "the number of panels of scale")) ||
      failed(checkAxisSize(location, "weight", weight, 2, bytes,
                           "the bytes of a panel as wide as scale's")))
    return failure();
  for (int64_t axis : {0, 1, 2})
    if (failed(checkAxisSize(location, "offset", offset, axis, scales[axis],
                             "scale's")))
      return failure();
  // quantized_linear_c6
  int64_t size = shapeOf(weight)[1];
  if (!isDynamic(groups) && !isDynamic(size) &&
      (groups < 1 || size % groups != 0))
    return emitOptionalError(location, size, " inputs do not divide into ",
                             groups, " groups");
  // quantized_linear_c7
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
