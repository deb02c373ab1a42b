//===- RuntimeAttention.cpp - ONNX Runtime's attention operators ----------===//
//
// The domain com.microsoft. Masks there are added to the scores:
// mask_filter_value where a key is hidden, not minus infinity.
//
//===----------------------------------------------------------------------===//

#include "AttentionParts.h"

using namespace mlir;
using mlir::tenon::CausalKind;

namespace tenon::onnx_import {

static LogicalResult refuseAttribute(const Node &node, StringRef name,
                                     int64_t otherwise = 0) {
  if (node.intAttribute(name, otherwise) == otherwise)
    return mlir::success();
  return node.unsupported(name);
}

static LogicalResult refuseInput(const Node &node, size_t i, StringRef name) {
  if (node.has(i))
    return node.unsupported("the input " + name);
  return mlir::success();
}

/// Input `i` (1 for a key that is seen: [B, T] or [B, L, T]; or the number of
/// keys seen: [B]) as what is added to the scores.
static FailureOr<Value> readFilter(const Node &node, size_t i, int64_t batch,
                                   int64_t queries, int64_t keys,
                                   Type element) {
  OpBuilder &builder = node.builder;
  TensorMath math(node);
  const OnnxValue &input = node.input(i);
  if (isFloatValue(input))
    return node.unsupported("a padding mask of floats");
  Value mask = math.convert(input.value, builder.getI64Type());
  ArrayRef<int64_t> shape = input.shape();
  Value threshold;
  auto predicate = arith::CmpIPredicate::ne;
  if (shape == ArrayRef<int64_t>{batch}) {
    threshold = positions(node, {1, 1, 1, keys}, 3);
    mask = math.reshape(mask, {batch, 1, 1, 1});
    predicate = arith::CmpIPredicate::sgt;
  } else if (shape == ArrayRef<int64_t>{batch, keys}) {
    mask = math.reshape(mask, {batch, 1, 1, keys});
  } else if (shape == ArrayRef<int64_t>{batch, queries, keys}) {
    mask = math.reshape(mask, {batch, 1, queries, keys});
  } else {
    return node.unsupported("a mask that is not [batch], [batch, keys] or "
                            "[batch, queries, keys]");
  }
  if (!threshold)
    threshold =
        splatInt(builder, node.loc, cast<RankedTensorType>(mask.getType()), 0);
  FailureOr<SmallVector<int64_t>> common =
      broadcastShape(shapeOf(mask), shapeOf(threshold));
  Value seen = arith::CmpIOp::create(builder, node.loc, predicate,
                                     math.broadcast(mask, *common),
                                     math.broadcast(threshold, *common));
  auto type = RankedTensorType::get(*common, element);
  double filter = node.floatAttribute("mask_filter_value", -10000.0);
  return math.select(seen, splat(builder, node.loc, type, 0),
                     splat(builder, node.loc, type, filter));
}

/// The sum of a filter (may be null) and the bias of input `i` (may be absent).
static FailureOr<Value> addBias(const Node &node, Value filter, size_t i) {
  if (!node.has(i))
    return filter;
  Value bias = node.input(i).value;
  if (!filter)
    return bias;
  if (failed(broadcastShape(shapeOf(filter), shapeOf(bias))))
    return node.error("attention_bias does not fit the mask");
  return TensorMath(node).add(filter, bias);
}

/// [B, heads, L, d] as [B, L, heads d].
static Value joinHeads(const TensorMath &math, Value value) {
  SmallVector<int64_t> shape(shapeOf(value));
  return math.reshape(math.transpose(value, {0, 2, 1, 3}),
                      {shape[0], shape[2], shape[1] * shape[3]});
}

static void readCommon(const Node &node, AttentionParts &parts) {
  if (node.intAttribute("unidirectional", 0) != 0)
    parts.causal = parts.pastKey ? CausalKind::cached : CausalKind::top_left;
  // A scale of 0 stands for the default.
  if (double scale = node.floatAttribute("scale", 0); scale != 0)
    parts.scale = scale;
}

//===----------------------------------------------------------------------===//
// MultiHeadAttention
//===----------------------------------------------------------------------===//

/// query, key and value from inputs that may hold several of them, packed as
/// [B, L, heads, 3 or 2, d].
static LogicalResult readPacked(const Node &node, AttentionParts &parts) {
  TensorMath math(node);
  auto unpack = [&](Value packed, int64_t i) {
    SmallVector<int64_t> shape(shapeOf(packed));
    return math.reshape(math.slice(packed, 3, i, 1),
                        {shape[0], shape[1], shape[2] * shape[4]});
  };
  Value first = node.input(0).value;
  if (shapeOf(first).size() == 5) {
    if (shapeOf(first)[3] != 3 || node.has(1) || node.has(2))
      return node.error("a packed query must hold query, key and value");
    parts.query = unpack(first, 0);
    parts.key = unpack(first, 1);
    parts.value = unpack(first, 2);
    return mlir::success();
  }
  if (!node.has(1))
    return node.error("the key is missing");
  parts.query = first;
  parts.key = node.input(1).value;
  if (shapeOf(parts.key).size() == 5) {
    if (shapeOf(parts.key)[3] != 2 || node.has(2))
      return node.error("a packed key must hold key and value");
    Value packed = parts.key;
    parts.key = unpack(packed, 0);
    parts.value = unpack(packed, 1);
    return mlir::success();
  }
  if (!node.has(2))
    return node.error("the value is missing");
  parts.value = node.input(2).value;
  return mlir::success();
}

static LogicalResult addProjectionBias(const Node &node, size_t i,
                                       AttentionParts &parts) {
  if (!node.has(i))
    return mlir::success();
  TensorMath math(node);
  Value bias = node.input(i).value;
  int64_t total = 0;
  for (Value part : {parts.query, parts.key, parts.value}) {
    if (shapeOf(part).size() != 3)
      return node.unsupported("a bias with a split key or value");
    total += shapeOf(part)[2];
  }
  if (shapeOf(bias) != ArrayRef<int64_t>(total))
    return node.error("the bias does not have " + Twine(total) + " elements");
  int64_t start = 0;
  for (Value *part : {&parts.query, &parts.key, &parts.value}) {
    int64_t size = shapeOf(*part)[2];
    *part = math.add(*part, math.slice(bias, 0, start, size));
    start += size;
  }
  return mlir::success();
}

/// The mask: what input `filter` lets through, and input 5 added to the scores.
static LogicalResult readMask(Node &node, size_t filter, int64_t batch,
                              int64_t queries, int64_t keys, Type element,
                              AttentionParts &parts) {
  if (node.has(filter)) {
    FailureOr<Value> mask =
        readFilter(node, filter, batch, queries, keys, element);
    if (failed(mask))
      return failure();
    parts.mask = *mask;
  }
  FailureOr<Value> biased = addBias(node, parts.mask, 5);
  if (failed(biased))
    return failure();
  parts.mask = *biased;
  return mlir::success();
}

static LogicalResult importMultiHeadAttention(Node &node) {
  TensorMath math(node);
  AttentionParts parts;
  parts.heads = parts.kvHeads = node.intAttribute("num_heads", 0);
  if (parts.heads < 1)
    return node.error("num_heads is missing");
  if (failed(readPacked(node, parts)) ||
      failed(addProjectionBias(node, 3, parts)) ||
      failed(refuseInput(node, 8, "past_sequence_length")) ||
      failed(refuseInput(node, 9, "cache_indirection")))
    return failure();
  if (node.has(6) != node.has(7))
    return node.error("past_key and past_value go together");
  if (node.has(6)) {
    parts.pastKey = node.input(6).value;
    parts.pastValue = node.input(7).value;
    if (shapeOf(parts.pastKey).size() != 4)
      return node.error("past_key must have rank 4");
  }
  for (Value part : {parts.query, parts.key, parts.value})
    if (shapeOf(part).size() < 3 || shapeOf(part).size() > 4 ||
        !isa<FloatType>(elementTypeOf(part)))
      return node.error("query, key and value must be float tensors of rank 3 "
                        "or 4");
  for (Value part : {parts.query, parts.key, parts.value})
    if (shapeOf(part).size() == 3 && shapeOf(part)[2] % parts.heads != 0)
      return node.error("num_heads " + Twine(parts.heads) +
                        " does not divide the " + Twine(shapeOf(part)[2]) +
                        " channels");
  // Key and value may come split; then all of them are.
  if (shapeOf(parts.key).size() == 4 || shapeOf(parts.value).size() == 4)
    for (Value *part : {&parts.query, &parts.key, &parts.value})
      *part = splitHeads(math, *part, parts.heads);
  bool isSplit = shapeOf(parts.query).size() == 4;
  int64_t batch = shapeOf(parts.query)[0];
  int64_t queries = shapeOf(parts.query)[isSplit ? 2 : 1];
  int64_t keys = shapeOf(parts.key)[isSplit ? 2 : 1] +
                 (parts.pastKey ? shapeOf(parts.pastKey)[2] : 0);
  if (failed(readMask(node, 4, batch, queries, keys, elementTypeOf(parts.query),
                      parts)))
    return failure();
  readCommon(node, parts);
  if (node.wants(3))
    return node.unsupported("qk as an output");
  auto attention = buildAttention(node, parts);
  if (failed(attention))
    return failure();
  Value result = attention->getResult();
  DataType type = node.input(0).type;
  node.setOutput(0, isSplit ? joinHeads(math, result) : result, type);
  if (node.wants(1))
    node.setOutput(1,
                   appendPast(math, parts.pastKey,
                              splitHeads(math, parts.key, parts.heads)),
                   type);
  if (node.wants(2))
    node.setOutput(2,
                   appendPast(math, parts.pastValue,
                              splitHeads(math, parts.value, parts.heads)),
                   type);
  return mlir::success();
}

//===----------------------------------------------------------------------===//
// Attention, which projects its input first
//===----------------------------------------------------------------------===//

/// The widths of query, key and value in the projection.
static FailureOr<SmallVector<int64_t>>
readWidths(const Node &node, int64_t total, int64_t heads) {
  SmallVector<int64_t> widths = node.intsAttribute("qkv_hidden_sizes");
  if (widths.empty())
    widths.assign(3, total / 3);
  if (widths.size() != 3 || widths[0] + widths[1] + widths[2] != total ||
      widths[0] != widths[1])
    return node.error("query, key and value do not fill the " + Twine(total) +
                      " columns of the weights");
  for (int64_t width : widths)
    if (width < 1 || width % heads != 0)
      return node.error("num_heads " + Twine(heads) + " does not divide the " +
                        Twine(width) + " channels");
  return widths;
}

static LogicalResult importProjectedAttention(Node &node) {
  TensorMath math(node);
  if (failed(refuseAttribute(node, "do_rotary")) ||
      failed(refuseAttribute(node, "past_present_share_buffer")) ||
      failed(refuseInput(node, 6, "past_sequence_length")))
    return failure();
  AttentionParts parts;
  parts.heads = parts.kvHeads = node.intAttribute("num_heads", 0);
  const OnnxValue &x = node.input(0), &weights = node.input(1);
  if (parts.heads < 1 || x.rank() != 3 || weights.rank() != 2 ||
      !isFloatValue(x) || x.shape()[2] != weights.shape()[0])
    return node.error("the input must be [batch, length, channels], the "
                      "weights a matrix for them, num_heads positive");
  FailureOr<SmallVector<int64_t>> widths =
      readWidths(node, weights.shape()[1], parts.heads);
  if (failed(widths))
    return failure();
  if (node.has(2) &&
      node.input(2).shape() != ArrayRef<int64_t>(weights.shape()[1]))
    return node.error("the bias does not fit the weights");
  int64_t start = 0;
  std::array<Value *, 3> projections = {&parts.query, &parts.key, &parts.value};
  for (auto [part, width] : llvm::zip(projections, *widths)) {
    auto product = node.create<mlir::tenon::MatmulOp>(
        x.value, math.slice(weights.value, 1, start, width), false, false);
    if (failed(product))
      return failure();
    *part = product->getResult();
    if (node.has(2))
      *part = math.add(*part, math.slice(node.input(2).value, 0, start, width));
    start += width;
  }
  int64_t batch = x.shape()[0], queries = x.shape()[1], keys = queries;
  if (node.has(4)) {
    const OnnxValue &past = node.input(4);
    if (past.rank() != 5 || past.shape()[0] != 2 ||
        (*widths)[2] != (*widths)[0])
      return node.error("past is not [2, batch, num_heads, length, head size]");
    SmallVector<int64_t> one(past.shape().drop_front());
    parts.pastKey = math.reshape(math.slice(past.value, 0, 0, 1), one);
    parts.pastValue = math.reshape(math.slice(past.value, 0, 1, 1), one);
    keys += past.shape()[3];
  }
  if (failed(readMask(node, 3, batch, queries, keys, elementTypeOf(x.value),
                      parts)))
    return failure();
  readCommon(node, parts);
  auto attention = buildAttention(node, parts);
  if (failed(attention))
    return failure();
  node.setOutput(0, attention->getResult(), x.type);
  if (!node.wants(1))
    return mlir::success();
  if ((*widths)[2] != (*widths)[0])
    return node.unsupported("present with values of another size than keys");
  Value key =
      appendPast(math, parts.pastKey, splitHeads(math, parts.key, parts.heads));
  Value value = appendPast(math, parts.pastValue,
                           splitHeads(math, parts.value, parts.heads));
  SmallVector<int64_t> one = {1};
  llvm::append_range(one, shapeOf(key));
  node.setOutput(
      1, math.concat({math.reshape(key, one), math.reshape(value, one)}, 0),
      x.type);
  return mlir::success();
}

//===----------------------------------------------------------------------===//
// RotaryEmbedding
//===----------------------------------------------------------------------===//

static LogicalResult importRuntimeRotaryEmbedding(Node &node) {
  if (node.floatAttribute("scale", 1) != 1)
    return node.unsupported("scale");
  if (failed(refuseAttribute(node, "is_packed_batching")))
    return failure();
  TensorMath math(node);
  const OnnxValue &x = node.input(0), &ids = node.input(1);
  if (x.rank() < 3 || x.rank() > 4)
    return node.error("the input must have rank 3 or 4");
  RopeParts parts;
  parts.input = x.value;
  parts.cos = node.input(2).value;
  parts.sin = node.input(3).value;
  parts.heads = node.intAttribute("num_heads", 0);
  parts.rotaryDim = node.intAttribute("rotary_embedding_dim", 0);
  parts.interleaved = node.intAttribute("interleaved", 0) != 0;
  if (parts.heads == 0 && x.rank() == 3) {
    // Without num_heads the tables are for whole heads.
    int64_t size =
        shapeOf(parts.cos).empty() ? 0 : 2 * shapeOf(parts.cos).back();
    if (size < 1 || x.shape()[2] % size != 0)
      return node.error("num_heads is missing");
    parts.heads = x.shape()[2] / size;
  }
  parts.positions = ids.value;
  if (ids.rank() == 1) {
    // One number: the position of the first token.
    if (ids.shape()[0] != 1)
      return node.error("position_ids is neither [1] nor [batch, length]");
    int64_t batch = x.shape()[0], length = x.shape()[x.rank() == 4 ? 2 : 1];
    Value steps = positions(node, {1, length}, 1);
    Value first = math.convert(ids.value, node.builder.getI64Type());
    parts.positions = math.broadcast(
        math.add(math.reshape(first, {1, 1}), steps), {batch, length});
  }
  FailureOr<Value> result = buildRope(node, parts);
  if (failed(result))
    return failure();
  node.setOutput(0, *result, x.type);
  return mlir::success();
}

void addGroupQueryAttention(OperatorTable &table);

void addRuntimeAttention(OperatorTable &table) {
  table["com.microsoft::MultiHeadAttention"] =
      withInputs<1, importMultiHeadAttention>;
  table["com.microsoft::Attention"] = withInputs<2, importProjectedAttention>;
  table["com.microsoft::RotaryEmbedding"] =
      withInputs<4, importRuntimeRotaryEmbedding>;
  addGroupQueryAttention(table);
}

} // namespace tenon::onnx_import
