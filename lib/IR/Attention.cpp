//===- Attention.cpp - Attention and rotary embeddings --------------------===//

#include "tenon/IR/TenonOps.h"

#include "llvm/ADT/APFloat.h"
#include <cmath>

using namespace mlir;
using namespace mlir::tenon;

namespace {
/// The sizes of an attention, collected from all operands that know them.
struct AttentionSizes {
  int64_t batch = ShapedType::kDynamic;
  int64_t queries = ShapedType::kDynamic;
  int64_t newKeys = ShapedType::kDynamic;
  int64_t pastKeys = 0;
  int64_t keys = ShapedType::kDynamic;
  int64_t keySize = ShapedType::kDynamic;
  int64_t valueSize = ShapedType::kDynamic;
};
} // namespace

/// Notes that `meaning` is `size`, as operand `name` has it; an error where
/// another operand said otherwise.
static LogicalResult learnSize(std::optional<Location> location, int64_t &known,
                               int64_t size, StringRef name,
                               StringRef meaning) {
  if (!mayEqual(known, size))
    return emitOptionalError(location, name, " has ", meaning, " ", size,
                             " where another operand has ", known);
  known = refineSize(known, size);
  return success();
}

/// Reads [B, heads, length, size] or [B, length, heads size].
static LogicalResult learnHeads(std::optional<Location> location, Value tensor,
                                StringRef name, int64_t heads,
                                StringRef headsName, int64_t &batch,
                                int64_t &length, StringRef lengthName,
                                int64_t &size, StringRef sizeName) {
  ArrayRef<int64_t> shape = shapeOf(tensor);
  bool isSplit = shape.size() == 4;
  int64_t ownSize = shape.back();
  if (isSplit && !mayEqual(shape[1], heads))
    return emitOptionalError(location, name, " has ", shape[1], " heads but ",
                             headsName, " is ", heads);
  if (!isSplit && !isDynamic(ownSize)) {
    if (ownSize % heads != 0)
      return emitOptionalError(location, "the last axis of ", name, ", ",
                               ownSize, ", is not a multiple of ", headsName,
                               " ", heads);
    ownSize /= heads;
  }
  return success(
      succeeded(learnSize(location, batch, shape[0], name, "batch size")) &&
      succeeded(learnSize(location, length, shape[isSplit ? 2 : 1], name,
                          lengthName)) &&
      succeeded(learnSize(location, size, ownSize, name, sizeName)));
}

static LogicalResult checkHeadCounts(std::optional<Location> location,
                                     int64_t heads, int64_t keyHeads) {
  // attention_c1
  if (heads < 1)
    return emitOptionalError(location, "num_heads ", heads, " is not positive");
  if (keyHeads < 1)
    return emitOptionalError(location, "num_kv_heads ", keyHeads,
                             " is not positive");
  // attention_c2
  if (heads % keyHeads != 0)
    return emitOptionalError(location, "num_heads ", heads,
                             " is not a multiple of num_kv_heads ", keyHeads);
  return success();
}

static FailureOr<AttentionSizes> learnSizes(std::optional<Location> location,
                                            AttentionOp::Adaptor adaptor) {
  Value query = adaptor.getQuery(), key = adaptor.getKey();
  Value value = adaptor.getValue();
  Value pastKey = adaptor.getPastKey(), pastValue = adaptor.getPastValue();
  // attention_c3
  int64_t rank = shapeOf(query).size();
  if (failed(checkRankBetween(location, "query", query, 3, 4)) ||
      failed(checkRank(location, "key", key, rank)) ||
      failed(checkRank(location, "value", value, rank)) ||
      failed(checkRank(location, "past_key", pastKey, 4)) ||
      failed(checkRank(location, "past_value", pastValue, 4)))
    return failure();
  // attention_c4
  for (auto [name, tensor] : {std::pair<StringRef, Value>{"value", value},
                              {"past_key", pastKey},
                              {"past_value", pastValue}})
    if (failed(checkElementType(location, name, tensor, "key", key)))
      return failure();
  // attention_c5
  if (!pastKey != !pastValue)
    return emitOptionalError(location, "past_key and past_value go together");
  // attention_c6
  AttentionSizes sizes;
  int64_t heads = adaptor.getNumHeads(), keyHeads = adaptor.getNumKvHeads();
  if (failed(learnHeads(location, query, "query", heads, "num_heads",
                        sizes.batch, sizes.queries, "length", sizes.keySize,
                        "head size")) ||
      failed(learnHeads(location, key, "key", keyHeads, "num_kv_heads",
                        sizes.batch, sizes.newKeys, "length", sizes.keySize,
                        "head size")) ||
      failed(learnHeads(location, value, "value", keyHeads, "num_kv_heads",
                        sizes.batch, sizes.newKeys, "length", sizes.valueSize,
                        "head size")))
    return failure();
  // attention_c7
  if (pastKey) {
    sizes.pastKeys = ShapedType::kDynamic;
    if (failed(learnHeads(location, pastKey, "past_key", keyHeads,
                          "num_kv_heads", sizes.batch, sizes.pastKeys, "length",
                          sizes.keySize, "head size")) ||
        failed(learnHeads(location, pastValue, "past_value", keyHeads,
                          "num_kv_heads", sizes.batch, sizes.pastKeys, "length",
                          sizes.valueSize, "head size")))
      return failure();
  }
  // attention_c8: 1/sqrt(0) is no scale.
  if (sizes.keySize == 0)
    return emitOptionalError(location, "the head size of query is 0");
  if (!isDynamic(sizes.newKeys) && !isDynamic(sizes.pastKeys)) {
    FailureOr<int64_t> keys =
        checkSize(location, WideInt(sizes.newKeys) + sizes.pastKeys,
                  "the number of keys");
    if (failed(keys))
      return failure();
    sizes.keys = *keys;
  }
  return sizes;
}

/// What hides keys from queries: nothing, booleans or what is added to scores.
static LogicalResult checkMask(std::optional<Location> location, Value mask,
                               int64_t batch, int64_t heads, int64_t queries,
                               int64_t keys) {
  if (!mask)
    return success();
  // attention_c12, mla_c9
  Type element = elementTypeOf(mask);
  if (!element.isInteger(1) && !isa<FloatType>(element))
    return emitOptionalError(location,
                             "mask must be boolean or float but has "
                             "type ",
                             mask.getType());
  // attention_c13, mla_c10
  if (failed(checkRankBetween(location, "mask", mask, 1, 4)))
    return failure();
  int64_t width = shapeOf(mask).back();
  if (!isDynamic(width) && !isDynamic(keys) && width > keys)
    return emitOptionalError(location, "the last axis of mask, ", width,
                             ", is longer than the ", keys, " keys");
  return checkBroadcastsTo(location, "mask", mask,
                           {batch, heads, queries, width});
}

/// Whether the last axis of `scale` says how many groups `channels` are.
static LogicalResult checkGroups(std::optional<Location> location,
                                 StringRef name, Value scale,
                                 int64_t channels) {
  int64_t groups = shapeOf(scale).back();
  if (isDynamic(groups) || isDynamic(channels) ||
      (groups > 0 && channels % groups == 0))
    return success();
  return emitOptionalError(location, name, " has ", groups,
                           " groups, which do not divide ", channels,
                           " channels");
}

static LogicalResult checkScales(std::optional<Location> location,
                                 AttentionOp::Adaptor adaptor,
                                 AttentionSizes &sizes) {
  // attention_c17
  Value keyScale = adaptor.getKeyScale(), valueScale = adaptor.getValueScale();
  bool isWhole = elementTypeOf(adaptor.getKey()).isInteger(8);
  if (isWhole != (keyScale != nullptr) || isWhole != (valueScale != nullptr))
    return emitOptionalError(location, "keys and values of i8 have scales, "
                                       "others none");
  // attention_c18
  if (isWhole && adaptor.getPastKey())
    return emitOptionalError(location, "keys with scales have no past");
  if (!isWhole)
    return success();
  for (auto [name, scale, channels] :
       {std::tuple<StringRef, Value, int64_t>{"key_scale", keyScale,
                                              sizes.keySize},
        {"value_scale", valueScale, sizes.valueSize}}) {
    if (failed(checkRank(location, name, scale, 4)))
      return failure();
    ArrayRef<int64_t> shape = shapeOf(scale);
    int64_t heads = adaptor.getNumKvHeads();
    if (failed(
            learnSize(location, sizes.batch, shape[0], name, "batch size")) ||
        failed(learnSize(location, heads, shape[1], name, "heads")) ||
        failed(learnSize(location, sizes.keys, shape[2], name, "length")) ||
        failed(checkGroups(location, name, scale, channels)))
      return failure();
  }
  return success();
}

static LogicalResult checkVisibility(std::optional<Location> location,
                                     AttentionOp::Adaptor adaptor,
                                     AttentionSizes &sizes) {
  // attention_c9
  if (Value lengths = adaptor.getValidLengths()) {
    if (failed(checkRank(location, "valid_lengths", lengths, 1)) ||
        failed(learnSize(location, sizes.batch, shapeOf(lengths)[0],
                         "valid_lengths", "batch size")))
      return failure();
  }
  // attention_c10
  if (adaptor.getCausal() == CausalKind::cached && !adaptor.getPastKey() &&
      !adaptor.getValidLengths())
    return emitOptionalError(location,
                             "causal cached needs past keys or valid_lengths");
  // attention_c11
  if (std::optional<int64_t> window = adaptor.getWindow())
    if (*window < 1)
      return emitOptionalError(location, "window ", *window,
                               " is not positive");
  return checkMask(location, adaptor.getMask(), sizes.batch,
                   adaptor.getNumHeads(), sizes.queries, sizes.keys);
}

/// Sums, and the largest score and the total, of each part of the keys.
static LogicalResult inferParts(std::optional<Location> location,
                                AttentionOp::Adaptor adaptor,
                                const AttentionSizes &sizes, int64_t splits,
                                SmallVectorImpl<Type> &types) {
  Type element = elementTypeOf(adaptor.getQuery());
  if (!element.isF64())
    element = Float32Type::get(element.getContext());
  int64_t keyHeads = adaptor.getNumKvHeads(), rows = ShapedType::kDynamic;
  if (!isDynamic(sizes.queries)) {
    FailureOr<int64_t> all = checkSize(
        location, WideInt(adaptor.getNumHeads()) / keyHeads * sizes.queries,
        "the number of rows");
    if (failed(all))
      return failure();
    rows = *all;
  }
  return success(
      succeeded(appendResult(
          location, {sizes.batch, keyHeads, splits, rows, sizes.valueSize},
          element, types)) &&
      succeeded(appendResult(location, {sizes.batch, keyHeads, splits, rows, 2},
                             element, types)));
}

LogicalResult AttentionOp::inferReturnTypes(MLIRContext *,
                                            std::optional<Location> location,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  int64_t heads = adaptor.getNumHeads();
  if (failed(checkHeadCounts(location, heads, adaptor.getNumKvHeads())))
    return failure();
  FailureOr<AttentionSizes> sizes = learnSizes(location, adaptor);
  if (failed(sizes) || failed(checkScales(location, adaptor, *sizes)) ||
      failed(checkVisibility(location, adaptor, *sizes)))
    return failure();
  // attention_c14
  if (std::optional<APFloat> scale = adaptor.getScale())
    if (!scale->isFinite())
      return emitOptionalError(location, "scale is not a finite number");
  // attention_c15
  if (std::optional<APFloat> cap = adaptor.getSoftcap())
    if (!cap->isFinite() || cap->isZero() || cap->isNegative())
      return emitOptionalError(location, "softcap ", cap->convertToDouble(),
                               " is not a positive number");
  // attention_c16
  if (adaptor.getScores() == ScoresKind::softcapped && !adaptor.getSoftcap())
    return emitOptionalError(location, "softcapped scores need a softcap");

  Type element = elementTypeOf(adaptor.getQuery());
  // attention_c19
  if (std::optional<int64_t> splits = adaptor.getSplits()) {
    if (*splits < 1)
      return emitOptionalError(location, "splits ", *splits,
                               " is not positive");
    if (adaptor.getScores())
      return emitOptionalError(location, "parts of the keys have no scores");
    return inferParts(location, adaptor, *sizes, *splits, types);
  }
  SmallVector<int64_t> shape = {sizes->batch, heads, sizes->queries,
                                sizes->valueSize};
  if (shapeOf(adaptor.getQuery()).size() == 3) {
    shape = {sizes->batch, sizes->queries, ShapedType::kDynamic};
    if (!isDynamic(sizes->valueSize)) {
      FailureOr<int64_t> width = checkSize(
          location, WideInt(heads) * sizes->valueSize, "the last axis");
      if (failed(width))
        return failure();
      shape.back() = *width;
    }
  }
  if (failed(appendResult(location, shape, element, types)))
    return failure();
  if (!adaptor.getScores())
    return success();
  return appendResult(location,
                      {sizes->batch, heads, sizes->queries, sizes->keys},
                      element, types);
}

/// Checks cos or sin and learns the batch size and length from it.
static LogicalResult checkRopeTable(std::optional<Location> location,
                                    StringRef name, Value table, Value ids,
                                    int64_t pairs, int64_t &batch,
                                    int64_t &length, int64_t &positions) {
  // rope_c6
  if (failed(checkRank(location, name, table, ids ? 2 : 3)))
    return failure();
  ArrayRef<int64_t> shape = shapeOf(table);
  // rope_c7
  if (!mayEqual(shape.back(), pairs))
    return emitOptionalError(location, name, " has ", shape.back(),
                             " angles a position but rotary_dim is ",
                             2 * pairs);
  // rope_c8
  if (ids)
    return learnSize(location, positions, shape[0], name, "positions");
  return success(
      succeeded(learnSize(location, batch, shape[0], name, "batch size")) &&
      succeeded(learnSize(location, length, shape[1], name, "length")));
}

LogicalResult RopeOp::inferReturnTypes(MLIRContext *,
                                       std::optional<Location> location,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &types) {
  Value input = adaptor.getInput(), ids = adaptor.getPositionIds();
  // rope_c1
  if (failed(checkRankBetween(location, "input", input, 3, 4)))
    return failure();
  SmallVector<int64_t> shape(shapeOf(input));
  bool isSplit = shape.size() == 4;
  // rope_c2
  if (failed(checkElementType(location, "cos", adaptor.getCos(), "input",
                              input)) ||
      failed(
          checkElementType(location, "sin", adaptor.getSin(), "input", input)))
    return failure();
  // rope_c3
  std::optional<int64_t> heads = adaptor.getNumHeads();
  if (!heads && !isSplit)
    return emitOptionalError(location, "an input of rank 3 needs num_heads");
  if (heads && *heads < 1)
    return emitOptionalError(location, "num_heads ", *heads,
                             " is not positive");
  // rope_c4
  int64_t batch = ShapedType::kDynamic, length = ShapedType::kDynamic;
  int64_t size = ShapedType::kDynamic, positions = ShapedType::kDynamic;
  if (failed(learnHeads(location, input, "input", heads.value_or(shape[1]),
                        "num_heads", batch, length, "length", size,
                        "head size")))
    return failure();
  // rope_c5
  int64_t rotary = adaptor.getRotaryDim();
  if (rotary < 2 || rotary % 2 != 0)
    return emitOptionalError(location, "rotary_dim ", rotary,
                             " is not a positive even number");
  if (!isDynamic(size) && rotary > size)
    return emitOptionalError(location, "rotary_dim ", rotary,
                             " is larger than the head size ", size);
  if (failed(checkRopeTable(location, "cos", adaptor.getCos(), ids, rotary / 2,
                            batch, length, positions)) ||
      failed(checkRopeTable(location, "sin", adaptor.getSin(), ids, rotary / 2,
                            batch, length, positions)))
    return failure();
  if (ids) {
    // rope_c9
    if (failed(checkRank(location, "position_ids", ids, 2)) ||
        failed(learnSize(location, batch, shapeOf(ids)[0], "position_ids",
                         "batch size")) ||
        failed(learnSize(location, length, shapeOf(ids)[1], "position_ids",
                         "length")))
      return failure();
    // rope_c10
    if (failed(checkReadable(location, positions, {batch, length})))
      return failure();
  }
  shape[0] = batch;
  shape[isSplit ? 2 : 1] = length;
  if (isSplit && heads)
    shape[1] = *heads;
  return appendResult(location, shape, elementTypeOf(input), types);
}

//===----------------------------------------------------------------------===//
// CacheUpdateOp
//===----------------------------------------------------------------------===//

LogicalResult CacheUpdateOp::inferReturnTypes(MLIRContext *,
                                              std::optional<Location> location,
                                              Adaptor adaptor,
                                              SmallVectorImpl<Type> &types) {
  Value cache = adaptor.getCache(), rows = adaptor.getRows(),
        positions = adaptor.getPositions();
  // cache_update_c1
  if (failed(checkRank(location, "cache", cache, 4)) ||
      failed(checkRankBetween(location, "rows", rows, 3, 4)))
    return failure();
  // cache_update_c2
  if (failed(checkElementType(location, "rows", rows, "cache", cache)))
    return failure();
  // cache_update_c3
  SmallVector<int64_t> shape(shapeOf(cache));
  int64_t length = ShapedType::kDynamic;
  if (failed(learnHeads(location, rows, "rows", shape[1], "heads of the cache",
                        shape[0], length, "length", shape[3], "head size")))
    return failure();
  // cache_update_c4
  if (failed(checkRank(location, "positions", positions, 1)) ||
      failed(learnSize(location, shape[0], shapeOf(positions)[0], "positions",
                       "batch size")))
    return failure();
  return appendResult(location, shape, elementTypeOf(cache), types);
}

//===----------------------------------------------------------------------===//
// MlaOp
//===----------------------------------------------------------------------===//

double MlaOp::getScaleValue() {
  if (getScale())
    return getScale()->convertToDouble();
  return 1 / std::sqrt(static_cast<double>(getKeySize() + getRopeSize()));
}

static LogicalResult checkScales(std::optional<Location> location,
                                 MlaOp::Adaptor adaptor, int64_t batch,
                                 int64_t keys) {
  // mla_c12
  Value latent = adaptor.getLatent(), keyRope = adaptor.getKeyRope(),
        latentScale = adaptor.getLatentScale(),
        ropeScale = adaptor.getKeyRopeScale();
  bool isWhole = elementTypeOf(latent).isInteger(8);
  if (isWhole != (latentScale != nullptr) || isWhole != (ropeScale != nullptr))
    return emitOptionalError(location,
                             "latents of i8 have scales, others none");
  if (!isWhole)
    return success();
  // mla_c13
  if (failed(checkElementType(location, "key_rope_scale", ropeScale,
                              "latent_scale", latentScale)))
    return failure();
  for (auto [name, scale, rows] : {std::tuple<StringRef, Value, Value>{
                                       "latent_scale", latentScale, latent},
                                   {"key_rope_scale", ropeScale, keyRope}}) {
    if (failed(checkRank(location, name, scale, 3)) ||
        failed(learnSize(location, batch, shapeOf(scale)[0], name,
                         "batch size")) ||
        failed(learnSize(location, keys, shapeOf(scale)[1], name, "length")) ||
        failed(checkGroups(location, name, scale, shapeOf(rows)[2])))
      return failure();
  }
  // mla_c14
  int64_t rank = shapeOf(latent)[2], ropeSize = shapeOf(keyRope)[2],
          groups = shapeOf(latentScale)[2], ropeGroups = shapeOf(ropeScale)[2];
  bool isKnown =
      !llvm::any_of(ArrayRef({rank, ropeSize, groups, ropeGroups}),
                    [](int64_t size) { return ShapedType::isDynamic(size); });
  if (isKnown && rank / groups != ropeSize / ropeGroups)
    return emitOptionalError(location, "groups of latent are ", rank / groups,
                             " wide but those of key_rope ",
                             ropeSize / ropeGroups);
  return success();
}

LogicalResult MlaOp::inferReturnTypes(MLIRContext *,
                                      std::optional<Location> location,
                                      Adaptor adaptor,
                                      SmallVectorImpl<Type> &types) {
  Value query = adaptor.getQuery(), turned = adaptor.getQueryRope(),
        latent = adaptor.getLatent(), keyRope = adaptor.getKeyRope(),
        weight = adaptor.getWeight(), lengths = adaptor.getValidLengths();
  // mla_c1
  if (failed(checkRank(location, "query", query, 4)) ||
      failed(checkRank(location, "query_rope", turned, 4)) ||
      failed(checkRank(location, "latent", latent, 3)) ||
      failed(checkRank(location, "key_rope", keyRope, 3)) ||
      failed(checkRank(location, "weight", weight, 2)))
    return failure();
  // mla_c2
  if (failed(
          checkElementType(location, "query_rope", turned, "query", query)) ||
      failed(checkElementType(location, "weight", weight, "query", query)) ||
      failed(checkElementType(location, "key_rope", keyRope, "latent", latent)))
    return failure();
  ArrayRef<int64_t> shape = shapeOf(query), turnedShape = shapeOf(turned),
                    keyShape = shapeOf(keyRope);
  int64_t batch = shape[0], heads = shape[1], queries = shape[2];
  int64_t keys = shapeOf(latent)[1], rank = shapeOf(latent)[2];
  int64_t ropeSize = turnedShape[3];
  // mla_c3
  if (failed(learnSize(location, batch, turnedShape[0], "query_rope",
                       "batch size")) ||
      failed(
          learnSize(location, heads, turnedShape[1], "query_rope", "heads")) ||
      failed(
          learnSize(location, queries, turnedShape[2], "query_rope", "length")))
    return failure();
  // mla_c4
  if (failed(learnSize(location, batch, shapeOf(latent)[0], "latent",
                       "batch size")) ||
      failed(
          learnSize(location, batch, keyShape[0], "key_rope", "batch size")) ||
      failed(learnSize(location, keys, keyShape[1], "key_rope", "length")))
    return failure();
  // mla_c5
  if (failed(learnSize(location, ropeSize, keyShape[2], "key_rope", "size")) ||
      failed(
          learnSize(location, rank, shapeOf(weight)[1], "weight", "columns")))
    return failure();
  // mla_c6
  int64_t rows = shapeOf(weight)[0], valueSize = ShapedType::kDynamic;
  if (heads == 0)
    return emitOptionalError(location, "query has no heads");
  if (!isDynamic(rows) && !isDynamic(heads)) {
    if (rows % heads != 0)
      return emitOptionalError(location, "the ", rows,
                               " rows of weight are no multiple of the ", heads,
                               " heads");
    if (!isDynamic(shape[3])) {
      valueSize = rows / heads - shape[3];
      if (valueSize < 1)
        return emitOptionalError(location, "weight has ", rows / heads,
                                 " rows a head, which leaves none for values "
                                 "behind ",
                                 shape[3], " for keys");
    }
  }
  // mla_c7
  if (failed(checkRank(location, "valid_lengths", lengths, 1)) ||
      (lengths && failed(learnSize(location, batch, shapeOf(lengths)[0],
                                   "valid_lengths", "batch size"))))
    return failure();
  // mla_c8
  if (adaptor.getCausal() == CausalKind::cached && !lengths)
    return emitOptionalError(location, "causal cached needs valid_lengths");
  if (failed(
          checkMask(location, adaptor.getMask(), batch, heads, queries, keys)))
    return failure();
  // mla_c11
  if (std::optional<APFloat> scale = adaptor.getScale())
    if (!scale->isFinite())
      return emitOptionalError(location, "scale is not a finite number");
  if (failed(checkScales(location, adaptor, batch, keys)))
    return failure();
  return appendResult(location, {batch, heads, queries, valueSize},
                      elementTypeOf(query), types);
}
