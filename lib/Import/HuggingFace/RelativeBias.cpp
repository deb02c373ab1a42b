//===- RelativeBias.cpp - Attention biases by distance --------------------===//

#include "RelativeBias.h"

#include <cmath>

using namespace mlir;

namespace tenon::hugging_face {

/// The bucket of key - query: half of the buckets for keys that come later;
/// within a half, one for each small distance, then logarithmic ones up to 128.
static int64_t bucketOf(int64_t distance, int64_t buckets) {
  int64_t half = buckets / 2, exact = half / 2;
  int64_t start = distance > 0 ? half : 0;
  int64_t size = std::abs(distance);
  if (size < exact)
    return start + size;
  // In float, as the models were trained: the borders depend on the rounding.
  float logarithm = std::log(static_cast<float>(size) / exact);
  float range = static_cast<float>(std::log(128.0 / exact));
  int64_t large =
      exact + static_cast<int64_t>(logarithm / range * (half - exact));
  return start + std::min(large, half - 1);
}

Value relativeBias(OpBuilder &builder, Location loc, Value table,
                   int64_t buckets, int64_t tokens) {
  SmallVector<int32_t> ids;
  ids.reserve(tokens * tokens);
  for (int64_t query = 0; query < tokens; ++query)
    for (int64_t key = 0; key < tokens; ++key)
      ids.push_back(bucketOf(key - query, buckets));
  auto type = RankedTensorType::get({tokens, tokens}, builder.getI32Type());
  Value constant = arith::ConstantOp::create(
      builder, loc, DenseElementsAttr::get(type, ArrayRef<int32_t>(ids)));
  Value rows = mlir::tenon::EmbeddingOp::create(builder, loc, table, constant);
  Value heads = mlir::tenon::TransposeOp::create(
      builder, loc, rows, builder.getDenseI64ArrayAttr({2, 0, 1}));
  auto headsType = cast<RankedTensorType>(heads.getType());
  return mlir::tenon::ReshapeOp::create(
      builder, loc,
      headsType.clone({1, headsType.getDimSize(0), tokens, tokens}), heads);
}

} // namespace tenon::hugging_face
