//===- SentencePooling.cpp - Sentence embeddings from token states --------===//

#include "SentencePooling.h"

#include "Config.h"

#include <limits>

namespace fs = std::filesystem;
using namespace mlir;

namespace tenon::hugging_face {

static Result<PoolingKind> readPoolingKind(const fs::path &path,
                                           int64_t hidden) {
  Result<llvm::json::Object> object = readJsonObject(path);
  if (!object)
    return object.error();
  Config config(std::move(*object), path.string());
  int64_t width = config.size("word_embedding_dimension", hidden);
  if (width != hidden)
    config.complain("word_embedding_dimension is " + std::to_string(width) +
                    ", but the encoder's states have " +
                    std::to_string(hidden));
  std::vector<PoolingKind> kinds;
  if (config.flag("pooling_mode_mean_tokens", false))
    kinds.push_back(PoolingKind::Mean);
  if (config.flag("pooling_mode_cls_token", false))
    kinds.push_back(PoolingKind::FirstToken);
  if (config.flag("pooling_mode_max_tokens", false))
    kinds.push_back(PoolingKind::Max);
  for (const char *key :
       {"pooling_mode_mean_sqrt_len_tokens", "pooling_mode_weightedmean_tokens",
        "pooling_mode_lasttoken"})
    if (config.flag(key, false))
      config.complain("unsupported: " + std::string(key));
  if (kinds.size() != 1)
    config.complain("unsupported: " + std::to_string(kinds.size()) +
                    " pooling modes (exactly one is known how to join)");
  if (Status status = config.status(); !status)
    return status.error();
  return kinds.front();
}

Result<std::optional<SentencePooling>>
readSentencePooling(const fs::path &folder, int64_t hidden) {
  fs::path path = folder / "modules.json";
  std::error_code code;
  if (!fs::exists(path, code))
    return std::optional<SentencePooling>();
  Result<llvm::json::Value> value = readJson(path);
  if (!value)
    return value.error();
  const llvm::json::Array *modules = value->getAsArray();
  if (!modules)
    return Error{path.string() + ": not a list of modules"};

  std::optional<SentencePooling> pooling;
  for (const llvm::json::Value &entry : *modules) {
    const llvm::json::Object *module = entry.getAsObject();
    std::optional<StringRef> type =
        module ? module->getString("type") : std::nullopt;
    if (!type)
      return Error{path.string() + ": a module has no 'type'"};
    StringRef kind = type->rsplit('.').second;
    if (kind == "Transformer" && &entry == &modules->front())
      continue;
    if (kind == "Pooling" && !pooling) {
      fs::path place = module->getString("path").value_or("").str();
      if (place.empty() || place.filename() != place)
        return Error{path.string() + ": the pooling module lies outside"};
      Result<PoolingKind> read =
          readPoolingKind(folder / place / "config.json", hidden);
      if (!read)
        return read.error();
      pooling = SentencePooling{*read, false};
      continue;
    }
    if (kind == "Normalize" && pooling && !pooling->normalize) {
      pooling->normalize = true;
      continue;
    }
    return Error{path.string() + ": unsupported: " + type->str() +
                 " (this sentence-transformers module, here)"};
  }
  return pooling;
}

Value firstToken(OpBuilder &builder, Location loc, Value states) {
  auto type = cast<RankedTensorType>(states.getType());
  int64_t batch = type.getDimSize(0), hidden = type.getDimSize(2);
  Value first = mlir::tenon::SliceOp::create(
      builder, loc, states, builder.getDenseI64ArrayAttr({0, 0, 0}),
      builder.getDenseI64ArrayAttr({batch, 1, hidden}),
      builder.getDenseI64ArrayAttr({1, 1, 1}));
  return mlir::tenon::ReshapeOp::create(builder, loc,
                                        type.clone({batch, hidden}), first);
}

static Value floatSplat(OpBuilder &builder, Location loc, Type type,
                        double value) {
  auto tensor = cast<RankedTensorType>(type);
  return arith::ConstantOp::create(
      builder, loc,
      DenseElementsAttr::get(
          tensor, builder.getFloatAttr(tensor.getElementType(), value)));
}

static Value reduce(OpBuilder &builder, Location loc,
                    mlir::tenon::ReductionKind kind, Value value, int64_t axis,
                    bool keepDims) {
  return mlir::tenon::ReduceOp::create(
      builder, loc, kind, value, ArrayRef<int64_t>{axis}, keepDims, false);
}

/// The sum of the states of real tokens over their number (at least 1e-9).
static Value meanOfTokens(OpBuilder &builder, Location loc, Value states,
                          Value mask) {
  auto type = cast<RankedTensorType>(mask.getType());
  Type element = cast<RankedTensorType>(states.getType()).getElementType();
  int64_t batch = type.getDimSize(0), tokens = type.getDimSize(1);
  Value weights =
      arith::UIToFPOp::create(builder, loc, type.clone(element), mask);
  Value column = mlir::tenon::ReshapeOp::create(
      builder, loc, RankedTensorType::get({batch, tokens, 1}, element),
      weights);
  Value spread =
      mlir::tenon::BroadcastOp::create(builder, loc, states.getType(), column);
  Value masked = arith::MulFOp::create(builder, loc, states, spread);
  Value sum =
      reduce(builder, loc, mlir::tenon::ReductionKind::sum, masked, 1, false);
  Value count =
      reduce(builder, loc, mlir::tenon::ReductionKind::sum, weights, 1, true);
  Value floor = floatSplat(builder, loc, count.getType(), 1e-9);
  Value divisor = arith::MaximumFOp::create(builder, loc, count, floor);
  Value divisors =
      mlir::tenon::BroadcastOp::create(builder, loc, sum.getType(), divisor);
  return arith::DivFOp::create(builder, loc, sum, divisors);
}

static Value maxOfTokens(OpBuilder &builder, Location loc, Value states,
                         Value mask) {
  auto type = cast<RankedTensorType>(states.getType());
  Value column = mlir::tenon::ReshapeOp::create(
      builder, loc,
      RankedTensorType::get({type.getDimSize(0), type.getDimSize(1), 1},
                            builder.getI1Type()),
      mask);
  Value spread = mlir::tenon::BroadcastOp::create(
      builder, loc, type.clone(builder.getI1Type()), column);
  Value low =
      floatSplat(builder, loc, type, -std::numeric_limits<double>::infinity());
  Value masked = arith::SelectOp::create(builder, loc, spread, states, low);
  return reduce(builder, loc, mlir::tenon::ReductionKind::max, masked, 1,
                false);
}

/// x / max(|x|, 1e-12), row by row.
static Value unitLength(OpBuilder &builder, Location loc, Value rows) {
  Value length =
      reduce(builder, loc, mlir::tenon::ReductionKind::l2, rows, 1, true);
  Value floor = floatSplat(builder, loc, length.getType(), 1e-12);
  Value divisor = arith::MaximumFOp::create(builder, loc, length, floor);
  Value divisors =
      mlir::tenon::BroadcastOp::create(builder, loc, rows.getType(), divisor);
  return arith::DivFOp::create(builder, loc, rows, divisors);
}

Value buildSentencePooling(OpBuilder &builder, Location loc,
                           const SentencePooling &pooling, Value states,
                           Value mask) {
  Value pooled;
  switch (pooling.kind) {
  case PoolingKind::Mean:
    pooled = meanOfTokens(builder, loc, states, mask);
    break;
  case PoolingKind::FirstToken:
    pooled = firstToken(builder, loc, states);
    break;
  case PoolingKind::Max:
    pooled = maxOfTokens(builder, loc, states, mask);
    break;
  }
  return pooling.normalize ? unitLength(builder, loc, pooled) : pooled;
}

} // namespace tenon::hugging_face
