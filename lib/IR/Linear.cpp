//===- Linear.cpp - Matrix products, embeddings, LoRA ---------------------===//

#include "tenon/IR/TenonOps.h"

using namespace mlir;
using namespace mlir::tenon;

/// What tenon.linear and tenon.lora ask of input, weight and bias; gives the
/// result's shape.
static FailureOr<SmallVector<int64_t>>
inferLinear(std::optional<Location> location, Value input, Value weight,
            Value bias) {
  // linear_c1, lora_c1
  if (shapeOf(input).empty())
    return emitOptionalError(location, "input must have rank 1 or more");
  if (failed(checkRank(location, "weight", weight, 2)) ||
      failed(checkRank(location, "bias", bias, 1)))
    return failure();
  // linear_c2, lora_c2
  if (failed(checkElementType(location, "weight", weight, "input", input)) ||
      failed(checkElementType(location, "bias", bias, "input", input)))
    return failure();
  // linear_c3, lora_c3
  if (failed(checkAxisSize(location, "weight", weight, 1, shapeOf(input).back(),
                           "the last axis of input")))
    return failure();
  // linear_c4, lora_c4
  int64_t outputs = shapeOf(weight)[0];
  if (failed(checkAxisSize(location, "bias", bias, 0, outputs,
                           "the number of rows of weight")))
    return failure();
  if (bias)
    outputs = refineSize(outputs, shapeOf(bias)[0]);
  SmallVector<int64_t> shape(shapeOf(input));
  shape.back() = outputs;
  return shape;
}

LogicalResult LinearOp::inferReturnTypes(MLIRContext *,
                                         std::optional<Location> location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  FailureOr<SmallVector<int64_t>> shape = inferLinear(
      location, adaptor.getInput(), adaptor.getWeight(), adaptor.getBias());
  if (failed(shape))
    return failure();
  return appendResult(location, *shape, elementTypeOf(adaptor.getInput()),
                      types);
}

LogicalResult LoraOp::inferReturnTypes(MLIRContext *,
                                       std::optional<Location> location,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &types) {
  Value input = adaptor.getInput();
  FailureOr<SmallVector<int64_t>> shape =
      inferLinear(location, input, adaptor.getWeight(), adaptor.getBias());
  if (failed(shape))
    return failure();
  Value a = adaptor.getA(), b = adaptor.getB();
  // lora_c5
  if (failed(checkRank(location, "a", a, 2)) ||
      failed(checkRank(location, "b", b, 2)) ||
      failed(checkRank(location, "scale", adaptor.getScale(), 0)))
    return failure();
  // lora_c6
  if (failed(checkElementType(location, "a", a, "input", input)) ||
      failed(checkElementType(location, "b", b, "input", input)))
    return failure();
  // lora_c7
  if (failed(checkAxisSize(
          location, "a", a, 1,
          refineSize(shapeOf(input).back(), shapeOf(adaptor.getWeight())[1]),
          "the number of inputs of weight")) ||
      failed(checkAxisSize(location, "b", b, 0, shape->back(),
                           "the number of rows of weight")))
    return failure();
  // lora_c8
  if (failed(checkAxisSize(location, "b", b, 1, shapeOf(a)[0],
                           "the rank of the adapter (axis 0 of a)")))
    return failure();
  shape->back() = refineSize(shape->back(), shapeOf(b)[0]);
  return appendResult(location, *shape, elementTypeOf(input), types);
}

LogicalResult AdaptersOp::inferReturnTypes(MLIRContext *,
                                           std::optional<Location> location,
                                           Adaptor adaptor,
                                           SmallVectorImpl<Type> &types) {
  Value base = adaptor.getBase(), input = adaptor.getInput(),
        a = adaptor.getA(), b = adaptor.getB(), scales = adaptor.getScales(),
        rows = adaptor.getRows();
  // adapters_c1
  if (failed(checkRank(location, "a", a, 3)) ||
      failed(checkRank(location, "b", b, 3)) ||
      failed(checkRank(location, "scales", scales, 1)) ||
      failed(checkRank(location, "rows", rows, 1)))
    return failure();
  // adapters_c2
  if (failed(checkElementType(location, "base", base, "input", input)) ||
      failed(checkElementType(location, "a", a, "input", input)) ||
      failed(checkElementType(location, "b", b, "input", input)))
    return failure();
  // adapters_c3
  int64_t last = static_cast<int64_t>(shapeOf(input).size()) - 1;
  if (last < 0)
    return emitOptionalError(location, "input must have rank 1 or more");
  if (failed(checkRank(location, "base", base, last + 1)))
    return failure();
  for (int64_t axis = 0; axis < last; ++axis)
    if (failed(checkAxisSize(location, "base", base, axis, shapeOf(input)[axis],
                             "that of input")))
      return failure();
  // adapters_c4
  if (failed(checkAxisSize(location, "b", b, 0, shapeOf(a)[0],
                           "the number of adapters (axis 0 of a)")) ||
      failed(checkAxisSize(location, "scales", scales, 0, shapeOf(a)[0],
                           "the number of adapters (axis 0 of a)")))
    return failure();
  // adapters_c5
  if (failed(checkAxisSize(location, "a", a, 2, shapeOf(input).back(),
                           "the last axis of input")) ||
      failed(checkAxisSize(location, "b", b, 1, shapeOf(base).back(),
                           "the last axis of base")))
    return failure();
  // adapters_c6
  if (failed(checkAxisSize(location, "b", b, 2, shapeOf(a)[1],
                           "the rank of the adapters (axis 1 of a)")))
    return failure();
  // adapters_c7
  if (rows && last == 0)
    return emitOptionalError(location, "input has no batch that rows could be "
                                       "of");
  if (failed(checkAxisSize(location, "rows", rows, 0, shapeOf(input)[0],
                           "the first axis of input")))
    return failure();
  return appendResult(location, shapeOf(base), elementTypeOf(input), types);
}

/// Whether both are matrices, or batches of them.
static LogicalResult checkMatrices(std::optional<Location> location, Value lhs,
                                   Value rhs) {
  if (shapeOf(lhs).size() >= 2 && shapeOf(rhs).size() >= 2)
    return success();
  return emitOptionalError(location, "lhs and rhs must have rank 2 or more ",
                           "but have types ", lhs.getType(), " and ",
                           rhs.getType());
}

/// The shape of the product of two batches of matrices.
static FailureOr<SmallVector<int64_t>>
inferProduct(std::optional<Location> location, Value lhs, Value rhs,
             bool transposeLhs, bool transposeRhs) {
  ArrayRef<int64_t> left = shapeOf(lhs).take_back(2);
  ArrayRef<int64_t> right = shapeOf(rhs).take_back(2);
  int64_t rows = left[transposeLhs ? 1 : 0];
  int64_t inner = left[transposeLhs ? 0 : 1];
  int64_t otherInner = right[transposeRhs ? 1 : 0];
  int64_t columns = right[transposeRhs ? 0 : 1];
  if (!mayEqual(inner, otherInner))
    return emitOptionalError(location, "lhs sums over ", inner,
                             " elements but rhs over ", otherInner);
  FailureOr<SmallVector<int64_t>> shape = broadcastShapes(
      location, shapeOf(lhs).drop_back(2), shapeOf(rhs).drop_back(2));
  if (succeeded(shape))
    shape->append({rows, columns});
  return shape;
}

LogicalResult MatmulOp::inferReturnTypes(MLIRContext *,
                                         std::optional<Location> location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  Value lhs = adaptor.getLhs(), rhs = adaptor.getRhs();
  // matmul_c1
  if (failed(checkMatrices(location, lhs, rhs)))
    return failure();
  // matmul_c2
  if (failed(checkElementType(location, "rhs", rhs, "lhs", lhs)))
    return failure();
  // matmul_c3
  if (!elementTypeOf(lhs).isIntOrFloat())
    return emitOptionalError(location, "elements of type ", elementTypeOf(lhs),
                             " have no product");
  // matmul_c4, matmul_c5
  FailureOr<SmallVector<int64_t>> shape = inferProduct(
      location, lhs, rhs, adaptor.getTransposeLhs(), adaptor.getTransposeRhs());
  if (failed(shape))
    return failure();
  return appendResult(location, *shape, elementTypeOf(lhs), types);
}

LogicalResult IntegerMatmulOp::inferReturnTypes(
    MLIRContext *context, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &types) {
  Value lhs = adaptor.getLhs(), rhs = adaptor.getRhs();
  // integer_matmul_c1
  if (failed(checkMatrices(location, lhs, rhs)))
    return failure();
  // integer_matmul_c2
  if (!elementTypeOf(lhs).isInteger(8) || !elementTypeOf(rhs).isInteger(8))
    return emitOptionalError(location, "lhs and rhs must be of i8 but have ",
                             "types ", lhs.getType(), " and ", rhs.getType());
  // integer_matmul_c3, integer_matmul_c4
  FailureOr<SmallVector<int64_t>> shape =
      inferProduct(location, lhs, rhs, false, false);
  if (failed(shape))
    return failure();
  return appendResult(location, *shape, IntegerType::get(context, 32), types);
}

LogicalResult EmbeddingOp::inferReturnTypes(MLIRContext *,
                                            std::optional<Location> location,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  // embedding_c1
  if (failed(checkRank(location, "table", adaptor.getTable(), 2)))
    return failure();
  ArrayRef<int64_t> table = shapeOf(adaptor.getTable());
  // embedding_c2
  SmallVector<int64_t> shape(shapeOf(adaptor.getIds()));
  if (failed(checkReadable(location, table[0], shape)))
    return failure();
  shape.push_back(table[1]);
  return appendResult(location, shape, elementTypeOf(adaptor.getTable()),
                      types);
}
