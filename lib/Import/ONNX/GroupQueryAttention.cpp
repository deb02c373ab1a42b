//===- GroupQueryAttention.cpp - Attention over a cache it writes ---------===//
//
// com.microsoft::GroupQueryAttention: the new keys and values are rotated,
// written behind the valid part of each sequence's cache, and attended to.
//
//===----------------------------------------------------------------------===//

#include "AttentionParts.h"

using namespace mlir;
using mlir::tenon::CausalKind;

namespace tenon::onnx_import {

namespace {
struct Cache {
  int64_t queries = 0; ///< tokens of this call
  int64_t size = 0;    ///< of the caches that are given out
  bool isPrompt = false;
  Value valid; ///< [B] of i64: tokens after this call
  Value start; ///< [B] of i64: where this call's tokens go
};
} // namespace

static LogicalResult refuseVariants(const Node &node) {
  for (StringRef name : {"smooth_softmax", "qk_output"})
    if (node.intAttribute(name, 0) > 0)
      return node.unsupported(name);
  for (StringRef name : {"k_quant_type", "v_quant_type"})
    if (node.stringAttribute(name, "NONE") != "NONE")
      return node.unsupported(name);
  if (node.has(11))
    return node.unsupported("the input head_sink");
  return mlir::success();
}

/// query, key and value, split into heads.
static LogicalResult readProjections(const Node &node, AttentionParts &parts) {
  TensorMath math(node);
  parts.heads = node.intAttribute("num_heads", 0);
  parts.kvHeads = node.intAttribute("kv_num_heads", 0);
  if (parts.heads < 1 || parts.kvHeads < 1)
    return node.error("num_heads or kv_num_heads is missing");
  if (node.has(1) != node.has(2))
    return node.error("key and value go together");
  Value query = node.input(0).value, key, value;
  if (shapeOf(query).size() != 3 || !isFloatValue(node.input(0)))
    return node.error("the query is not a float tensor of rank 3");
  if (node.has(1)) {
    key = node.input(1).value;
    value = node.input(2).value;
  } else {
    int64_t all = parts.heads + 2 * parts.kvHeads, width = shapeOf(query)[2];
    if (width % all != 0)
      return node.error("the packed query does not divide into " + Twine(all) +
                        " heads");
    int64_t size = width / all, kvWidth = parts.kvHeads * size;
    Value packed = query;
    query = math.slice(packed, 2, 0, parts.heads * size);
    key = math.slice(packed, 2, parts.heads * size, kvWidth);
    value = math.slice(packed, 2, parts.heads * size + kvWidth, kvWidth);
  }
  for (auto [tensor, heads] :
       {std::pair(query, parts.heads), std::pair(key, parts.kvHeads),
        std::pair(value, parts.kvHeads)})
    if (shapeOf(tensor).size() != 3 || shapeOf(tensor)[2] % heads != 0 ||
        shapeOf(tensor).take_front(2) != shapeOf(query).take_front(2))
      return node.error("query, key and value do not divide into their heads, "
                        "or are not for the same tokens");
  parts.query = splitHeads(math, query, parts.heads);
  parts.key = splitHeads(math, key, parts.kvHeads);
  parts.value = splitHeads(math, value, parts.kvHeads);
  return mlir::success();
}

static FailureOr<Cache> readCache(const Node &node,
                                  const AttentionParts &parts) {
  TensorMath math(node);
  Cache cache;
  ArrayRef<int64_t> query = shapeOf(parts.query);
  cache.queries = query[2];
  auto total = node.constantInts(6, "total_sequence_length");
  if (failed(total))
    return failure();
  if (total->size() != 1 || total->front() < cache.queries)
    return node.error("total_sequence_length is not one number that covers the "
                      "query");
  cache.isPrompt = total->front() == cache.queries;
  cache.size = total->front();
  if (node.has(3) != node.has(4))
    return node.error("past_key and past_value go together");
  for (size_t i : {3, 4}) {
    if (!node.has(i))
      continue;
    ArrayRef<int64_t> now = shapeOf(i == 3 ? parts.key : parts.value);
    ArrayRef<int64_t> past = node.input(i).shape();
    if (past.size() != 4 || past[0] != now[0] || past[1] != now[1] ||
        past[3] != now[3] || past[2] != node.input(3).shape()[2] ||
        elementTypeOf(node.input(i).value) != elementTypeOf(parts.key))
      return node.error("past_key or past_value does not fit the new keys");
    cache.size = std::max(cache.size, past[2]);
  }
  if (!cache.isPrompt && !node.has(3))
    return node.error("total_sequence_length speaks of past keys that are not "
                      "given");
  const OnnxValue &last = node.input(5);
  std::optional<int64_t> count = elementCount(
      std::vector<int64_t>(last.shape().begin(), last.shape().end()));
  if (isFloatValue(last) || count != query[0])
    return node.error("seqlens_k does not hold a number for each sequence");
  Value lengths = math.convert(math.reshape(last.value, {query[0]}),
                               node.builder.getI64Type());
  auto type = cast<RankedTensorType>(lengths.getType());
  auto constant = [&](int64_t value) {
    return splatInt(node.builder, node.loc, type, value);
  };
  // seqlens_k is the index of the last token, not their number.
  cache.valid = math.add(lengths, constant(1));
  cache.start = cache.isPrompt ? constant(0)
                               : math.sub(cache.valid, constant(cache.queries));
  return cache;
}

static FailureOr<Value> rotate(const Node &node, const Cache &cache,
                               Value input) {
  if (node.intAttribute("do_rotary", 0) == 0)
    return input;
  if (!node.has(7) || !node.has(8) || node.input(7).rank() != 2)
    return node.error("do_rotary needs cos_cache and sin_cache");
  TensorMath math(node);
  RopeParts parts;
  parts.input = input;
  parts.cos = node.input(7).value;
  parts.sin = node.input(8).value;
  parts.rotaryDim = 2 * shapeOf(parts.cos)[1];
  parts.interleaved = node.intAttribute("rotary_interleaved", 0) != 0;
  int64_t batch = shapeOf(input)[0];
  if (node.has(9))
    parts.positions = node.input(9).value;
  else
    parts.positions = math.add(math.reshape(cache.start, {batch, 1}),
                               positions(node, {batch, cache.queries}, 1));
  return buildRope(node, parts);
}

/// The cache with `now` written from each sequence's start on; zeros behind.
static Value writeCache(const Node &node, const Cache &cache, Value past,
                        Value now) {
  ArrayRef<int64_t> shape = shapeOf(now);
  if (cache.isPrompt && cache.size == cache.queries)
    return now;
  int64_t pastSize = past ? shapeOf(past)[2] : 0;
  return computeElements(
      node, {shape[0], shape[1], cache.size, shape[3]}, elementTypeOf(now),
      [&](const ScalarMath &math, ValueRange at) {
        auto clamp = [&](Value place, int64_t size) {
          return math.max(math.min(place, math.index(size - 1)), math.index(0));
        };
        Value start = math.readIndex(cache.start, {at[0]});
        Value place = math.sub(at[2], start);
        Value isNew = math.both(math.lessOrEqual(math.index(0), place),
                                math.less(place, math.index(cache.queries)));
        Value fresh =
            math.read(now, {at[0], at[1], clamp(place, cache.queries), at[3]});
        Value old = math.number(0);
        if (pastSize > 0) {
          Value kept =
              math.read(past, {at[0], at[1], clamp(at[2], pastSize), at[3]});
          old = math.select(math.less(at[2], start), kept, old);
        }
        return math.select(isNew, fresh, old);
      });
}

static LogicalResult importGroupQueryAttention(Node &node) {
  AttentionParts parts;
  for (size_t i : {5, 6})
    if (!node.has(i))
      return node.error("it lacks input " + Twine(i));
  if (failed(refuseVariants(node)) || failed(readProjections(node, parts)))
    return failure();
  FailureOr<Cache> cache = readCache(node, parts);
  if (failed(cache))
    return failure();
  FailureOr<Value> query = rotate(node, *cache, parts.query);
  FailureOr<Value> key = rotate(node, *cache, parts.key);
  if (failed(query) || failed(key))
    return failure();
  if (cache->queries == 0)
    return node.unsupported("a query of no tokens");
  parts.query = *query;
  parts.key = writeCache(node, *cache,
                         node.has(3) ? node.input(3).value : Value(), *key);
  parts.value = writeCache(
      node, *cache, node.has(4) ? node.input(4).value : Value(), parts.value);
  parts.validLengths = cache->valid;
  parts.causal = cache->isPrompt ? CausalKind::top_left : CausalKind::cached;
  if (node.has(10))
    parts.mask = node.input(10).value;
  if (int64_t window = node.intAttribute("local_window_size", -1); window >= 0)
    parts.window = window;
  if (double scale = node.floatAttribute("scale", 0); scale != 0)
    parts.scale = scale;
  if (double softcap = node.floatAttribute("softcap", 0); softcap != 0)
    parts.softcap = softcap;
  auto attention = buildAttention(node, parts);
  if (failed(attention))
    return failure();
  TensorMath math(node);
  Value result = attention->getResult();
  SmallVector<int64_t> shape(shapeOf(result));
  result = math.reshape(math.transpose(result, {0, 2, 1, 3}),
                        {shape[0], shape[2], shape[1] * shape[3]});
  DataType type = node.input(0).type;
  node.setOutput(0, result, type);
  if (node.wants(1))
    node.setOutput(1, parts.key, type);
  if (node.wants(2))
    node.setOutput(2, parts.value, type);
  return mlir::success();
}

void addGroupQueryAttention(OperatorTable &table) {
  table["com.microsoft::GroupQueryAttention"] =
      withInputs<1, importGroupQueryAttention>;
}

} // namespace tenon::onnx_import
