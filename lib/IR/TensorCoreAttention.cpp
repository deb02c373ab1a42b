//===- TensorCoreAttention.cpp - Attention that tensor cores may do -------===//

#include "tenon/IR/TensorCoreAttention.h"
#include "tenon/IR/Shapes.h"

using namespace mlir;
using namespace mlir::tenon;

static constexpr int64_t fewestQueries = 16, sizeGrain = 16, largestSize = 128;

bool tenon::isForTensorCores(AttentionOp op) {
  Type element = elementTypeOf(op.getQuery());
  if (!element.isF16() && !element.isBF16())
    return false;
  if (elementTypeOf(op.getKey()) != element ||
      elementTypeOf(op.getValue()) != element ||
      elementTypeOf(op.getResult()) != element)
    return false;
  if (op.getMask() || op.getPastKey() || op.getKeyScale() || op.getScores() ||
      op.getSoftcap())
    return false;
  ArrayRef<int64_t> query = shapeOf(op.getQuery()), key = shapeOf(op.getKey()),
                    value = shapeOf(op.getValue());
  if (ShapedType::isDynamicShape(query) || ShapedType::isDynamicShape(key) ||
      ShapedType::isDynamicShape(value) || llvm::is_contained(key, 0) ||
      query[0] == 0)
    return false;
  auto isFit = [&](ArrayRef<int64_t> shape, int64_t heads) {
    int64_t size = shape.size() == 4 ? shape[3] : shape[2] / heads;
    return size > 0 && size % sizeGrain == 0 && size <= largestSize;
  };
  return query[query.size() == 4 ? 2 : 1] >= fewestQueries &&
         isFit(query, op.getNumHeads()) && isFit(key, op.getNumKvHeads()) &&
         isFit(value, op.getNumKvHeads());
}
