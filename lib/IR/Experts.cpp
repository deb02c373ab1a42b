//===- Experts.cpp - Layers of which each row takes its own ---------------===//

#include "tenon/IR/TenonOps.h"

using namespace mlir;
using namespace mlir::tenon;

LogicalResult GroupRowsOp::inferReturnTypes(MLIRContext *context,
                                            std::optional<Location> location,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  Value choice = adaptor.getChoice();
  // group_rows_c1
  if (failed(checkRank(location, "choice", choice, 2)))
    return failure();
  // group_rows_c2
  auto experts = static_cast<int64_t>(adaptor.getNumExperts()),
       tile = static_cast<int64_t>(adaptor.getTile());
  if (experts < 1)
    return emitOptionalError(location, "num_experts ", experts,
                             " is not positive");
  // group_rows_c3
  if (tile < 1)
    return emitOptionalError(location, "tile ", tile, " is not positive");
  ArrayRef<int64_t> shape = shapeOf(choice);
  int64_t tiles = ShapedType::kDynamic, places = tiles;
  if (!ShapedType::isDynamicShape(shape)) {
    WideInt choices = WideInt(shape[0]) * shape[1],
            most = (choices + WideInt(experts) * (tile - 1)) / tile;
    FailureOr<int64_t> count =
        checkSize(location, std::min(choices, most), "the number of tiles");
    if (failed(count))
      return failure();
    tiles = *count;
    FailureOr<int64_t> size =
        checkSize(location, WideInt(tiles) * tile, "the number of places");
    if (failed(size))
      return failure();
    places = *size;
  }
  Type i64 = IntegerType::get(context, 64);
  return success(succeeded(appendResult(location, {places}, i64, types)) &&
                 succeeded(appendResult(location, {tiles}, i64, types)) &&
                 succeeded(appendResult(location, shape, i64, types)));
}

LogicalResult GroupedLinearOp::inferReturnTypes(
    MLIRContext *, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &types) {
  Value input = adaptor.getInput(), weight = adaptor.getWeight();
  // grouped_linear_c1
  if (failed(checkRank(location, "input", input, 2)) ||
      failed(checkRankBetween(location, "weight", weight, 3, 4)) ||
      failed(checkRank(location, "experts", adaptor.getExperts(), 1)))
    return failure();
  // grouped_linear_c2
  if (failed(checkElementType(location, "weight", weight, "input", input)))
    return failure();
  ArrayRef<int64_t> shape = shapeOf(weight);
  bool isPacked = shape.size() == 4;
  int64_t rows = shapeOf(input)[0], tiles = shapeOf(adaptor.getExperts())[0];
  // grouped_linear_c3
  if (failed(checkAxisSize(location, "weight", weight, 2, shapeOf(input)[1],
                           "the last axis of input")))
    return failure();
  // grouped_linear_c4
  if (!isDynamic(rows) && !isDynamic(tiles) &&
      (tiles == 0 ? rows != 0 : rows % tiles != 0))
    return emitOptionalError(location, "the ", rows,
                             " rows of input are no multiple of the ", tiles,
                             " tiles");
  // grouped_linear_c5
  if (shape[0] == 0)
    return emitOptionalError(location, "weight has no experts");
  int64_t outputs = shape[1];
  if (isPacked) {
    outputs = ShapedType::kDynamic;
    if (!isDynamic(shape[1]) && !isDynamic(shape[3])) {
      FailureOr<int64_t> count =
          checkSize(location, WideInt(shape[1]) * shape[3], "the last axis");
      if (failed(count))
        return failure();
      outputs = *count;
    }
  }
  return appendResult(location, {rows, outputs}, elementTypeOf(input), types);
}
