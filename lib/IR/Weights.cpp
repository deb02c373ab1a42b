//===- Weights.cpp - Weights by reference ---------------------------------===//

#include "tenon/IR/TenonOps.h"

#include <limits>

using namespace mlir;
using namespace mlir::tenon;

LogicalResult WeightOp::verify() {
  RankedTensorType type = getType();
  Type element = type.getElementType();
  // weight_c1
  if (!type.hasStaticShape())
    return emitOpError("needs a static shape but has type ") << type;
  // weight_c2
  if (!element.isIntOrFloat() ||
      (!element.isInteger(1) && element.getIntOrFloatBitWidth() % 8 != 0))
    return emitOpError("needs elements of whole bytes but has type ") << type;
  // weight_c3
  if (getTensor().empty() || getFile().empty())
    return emitOpError("needs the name of a tensor and of a file");
  // weight_c4
  auto offset = static_cast<int64_t>(getOffset());
  if (offset < 0)
    return emitOpError("offset ") << offset << " is negative";
  // weight_c5
  int64_t bytes =
      element.isInteger(1) ? 1 : element.getIntOrFloatBitWidth() / 8;
  std::optional<int64_t> count = countElements(type.getShape());
  if (!count ||
      WideInt(*count) * bytes + offset > std::numeric_limits<int64_t>::max())
    return emitOpError("ends at an offset that does not fit in 64 bits");
  return success();
}
