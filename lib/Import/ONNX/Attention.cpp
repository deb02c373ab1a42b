//===- Attention.cpp - ONNX's attention and rotary embedding --------------===//

#include "AttentionParts.h"
#include "Expressions.h"

using namespace mlir;
using mlir::tenon::CausalKind;
using mlir::tenon::ScoresKind;

namespace tenon::onnx_import {

//===----------------------------------------------------------------------===//
// Parts shared with ONNX Runtime's operators
//===----------------------------------------------------------------------===//

Value splitHeads(const TensorMath &math, Value value, int64_t heads) {
  ArrayRef<int64_t> shape = shapeOf(value);
  if (shape.size() == 4)
    return value;
  Value split = math.reshape(value, {shape[0], shape[1], heads,
                                     shape[2] / std::max<int64_t>(heads, 1)});
  return math.transpose(split, {0, 2, 1, 3});
}

Value appendPast(const TensorMath &math, Value past, Value present) {
  return past ? math.concat({past, present}, 2) : present;
}

FailureOr<mlir::tenon::AttentionOp>
buildAttention(const Node &node, const AttentionParts &parts) {
  OpBuilder &builder = node.builder;
  MLIRContext *context = builder.getContext();
  auto number = [&](std::optional<double> value) {
    return value ? builder.getF64FloatAttr(*value) : FloatAttr();
  };
  return node.create<mlir::tenon::AttentionOp>(
      parts.query, parts.key, parts.value, parts.mask, parts.pastKey,
      parts.pastValue, parts.validLengths, /*key_scale=*/Value(),
      /*value_scale=*/Value(), builder.getI64IntegerAttr(parts.heads),
      builder.getI64IntegerAttr(parts.kvHeads), number(parts.scale),
      mlir::tenon::CausalKindAttr::get(context, parts.causal),
      parts.window ? builder.getI64IntegerAttr(*parts.window) : IntegerAttr(),
      number(parts.softcap),
      parts.scores ? mlir::tenon::ScoresKindAttr::get(context, *parts.scores)
                   : mlir::tenon::ScoresKindAttr(),
      /*splits=*/IntegerAttr());
}

Value andMask(const TensorMath &math, Value mask, Value visible) {
  if (!mask)
    return visible;
  if (elementTypeOf(mask).isInteger(1)) {
    FailureOr<SmallVector<int64_t>> shape =
        broadcastShape(shapeOf(mask), shapeOf(visible));
    return arith::AndIOp::create(math.builder, math.loc,
                                 math.broadcast(mask, *shape),
                                 math.broadcast(visible, *shape));
  }
  return math.select(visible, mask,
                     math.like(mask, -std::numeric_limits<double>::infinity()));
}

//===----------------------------------------------------------------------===//
// Attention
//===----------------------------------------------------------------------===//

/// Head counts: attributes of three-dimensional inputs, axis 1 of others.
static LogicalResult readHeads(const Node &node, AttentionParts &parts) {
  int64_t rank = shapeOf(parts.query).size();
  for (size_t i : {0, 1, 2}) {
    if (node.input(i).rank() != rank || rank < 3 || rank > 4)
      return node.error("Q, K and V must all have rank 3, or all rank 4");
    if (!isFloatValue(node.input(i)))
      return node.error("Q, K and V must have float elements");
  }
  int64_t heads = node.intAttribute("q_num_heads", 0);
  int64_t kvHeads = node.intAttribute("kv_num_heads", 0);
  if (rank == 3) {
    if (heads < 1 || kvHeads < 1)
      return node.error("inputs of rank 3 need q_num_heads and kv_num_heads");
  } else {
    int64_t own = shapeOf(parts.query)[1], ownKv = shapeOf(parts.key)[1];
    if ((heads != 0 && heads != own) || (kvHeads != 0 && kvHeads != ownKv))
      return node.error("q_num_heads or kv_num_heads is not axis 1 of its "
                        "input");
    heads = own;
    kvHeads = ownKv;
  }
  parts.heads = heads;
  parts.kvHeads = kvHeads;
  return mlir::success();
}

/// The mask with its last axis as long as the keys, or shorter where the op
/// hides the rest.
static FailureOr<Value> readMask(const Node &node, int64_t keys) {
  TensorMath math(node);
  const OnnxValue &input = node.input(3);
  Value mask = input.value;
  bool isBool = input.type == DataType::Bool;
  if (!isBool && !isFloatValue(input))
    return node.unsupported("a mask of integers");
  if (input.rank() < 1 || input.rank() > 4)
    return node.error("attn_mask has " + Twine(input.rank()) + " axes");
  int64_t width = input.shape().back();
  if (width == keys)
    return mask;
  if (width > keys)
    return node.error("attn_mask is for " + Twine(width) + " keys, not " +
                      Twine(keys));
  if (node.opset < 24) {
    if (width != 1)
      return node.error("attn_mask is for " + Twine(width) + " keys, not " +
                        Twine(keys));
    SmallVector<int64_t> shape(input.shape());
    shape.back() = keys;
    return math.broadcast(mask, shape);
  }
  // From opset 24 on a short mask hides what it does not cover, one of a
  // single key as well.
  SmallVector<int64_t> low(input.rank(), 0), high(input.rank(), 0);
  high.back() = keys - width;
  auto scalar = RankedTensorType::get({}, elementTypeOf(mask));
  Value hidden = isBool ? splatInt(node.builder, node.loc, scalar, 0)
                        : splat(node.builder, node.loc, scalar,
                                -std::numeric_limits<double>::infinity());
  return Value(mlir::tenon::PadOp::create(node.builder, node.loc, mask, hidden,
                                          low, high,
                                          mlir::tenon::PadMode::constant));
}

/// Which keys lie in the window of each query: p - left <= j <= p + right for
/// query position p = offset + i; a bound below 0 is none. [L, T] or, with an
/// offset a batch entry, [B, 1, L, T].
static Value buildWindow(const Node &node, const AttentionParts &parts,
                         int64_t left, int64_t right, int64_t queries,
                         int64_t keys) {
  OpBuilder &builder = node.builder;
  Location loc = node.loc;
  TensorMath math(node);
  Value position = positions(node, {queries, 1}, 0);
  Value key = positions(node, {1, keys}, 1);
  auto shifted = [&](Value value, int64_t by) {
    auto type = cast<RankedTensorType>(value.getType());
    return math.add(value, splatInt(builder, loc, type, by));
  };
  if (parts.pastKey) {
    position = shifted(position, shapeOf(parts.pastKey)[2]);
  } else if (parts.validLengths) {
    Value lengths = math.convert(parts.validLengths, builder.getI64Type());
    lengths = math.reshape(lengths, {shapeOf(lengths)[0], 1, 1, 1});
    position = math.add(shifted(lengths, -queries), position);
  }
  FailureOr<SmallVector<int64_t>> shape =
      broadcastShape(shapeOf(position), shapeOf(key));
  auto notLess = [&](Value a, Value b) -> Value {
    return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::sge,
                                 math.broadcast(a, *shape),
                                 math.broadcast(b, *shape));
  };
  Value visible;
  if (left >= 0)
    visible = notLess(key, shifted(position, -left));
  if (right >= 0)
    visible = andMask(math, visible, notLess(shifted(position, right), key));
  return visible;
}

/// left_window_size and right_window_size of opset 25.
static LogicalResult readWindows(const Node &node, AttentionParts &parts,
                                 int64_t queries, int64_t keys) {
  int64_t left = node.intAttribute("left_window_size", -1);
  int64_t right = node.intAttribute("right_window_size", -1);
  if (left < -1 || right < -1)
    return node.error("a window size is below -1");
  bool hasOffset = parts.pastKey || parts.validLengths;
  // A window that ends at the query is the causal rule, which is the stricter
  // one wherever both hold.
  if (right == 0)
    parts.causal = hasOffset ? CausalKind::cached : CausalKind::top_left;
  if (right == 0 || parts.causal != CausalKind::none)
    right = -1;
  if (left < 0 && right < 0)
    return mlir::success();
  if (right < 0 && (parts.causal != CausalKind::none || !hasOffset)) {
    parts.window = left + 1;
    return mlir::success();
  }
  TensorMath math(node);
  Value visible = buildWindow(node, parts, left, right, queries, keys);
  if (parts.mask &&
      failed(broadcastShape(shapeOf(parts.mask), shapeOf(visible))))
    return node.unsupported("a short attn_mask with a window");
  parts.mask = andMask(math, parts.mask, visible);
  return mlir::success();
}

static FailureOr<std::optional<ScoresKind>> readScores(const Node &node,
                                                       bool hasSoftcap) {
  if (!node.wants(3))
    return std::optional<ScoresKind>();
  switch (node.intAttribute("qk_matmul_output_mode", 0)) {
  case 0:
    return std::optional(ScoresKind::raw);
  case 1:
    return std::optional(hasSoftcap ? ScoresKind::softcapped : ScoresKind::raw);
  case 2:
    return std::optional(ScoresKind::masked);
  case 3:
    return std::optional(ScoresKind::probabilities);
  default:
    return node.error("qk_matmul_output_mode is not one of 0 to 3");
  }
}

/// Scores and softmax are formed in f32 or wider whatever is asked; f64 for f32
/// inputs computes everything in f64.
static LogicalResult widenForSoftmax(const Node &node, AttentionParts &parts) {
  switch (node.intAttribute("softmax_precision", onnx::TensorProto::FLOAT)) {
  case onnx::TensorProto::FLOAT:
  case onnx::TensorProto::FLOAT16:
  case onnx::TensorProto::BFLOAT16:
    return mlir::success();
  case onnx::TensorProto::DOUBLE:
    break;
  default:
    return node.error("softmax_precision is not a float type");
  }
  TensorMath math(node);
  for (Value *part : {&parts.query, &parts.key, &parts.value, &parts.pastKey,
                      &parts.pastValue, &parts.mask})
    if (*part && isa<FloatType>(elementTypeOf(*part)))
      *part = math.convert(*part, node.builder.getF64Type());
  return mlir::success();
}

static LogicalResult importAttention(Node &node) {
  TensorMath math(node);
  AttentionParts parts;
  parts.query = node.input(0).value;
  parts.key = node.input(1).value;
  parts.value = node.input(2).value;
  if (failed(readHeads(node, parts)))
    return failure();
  if (node.has(4) != node.has(5))
    return node.error("past_key and past_value go together");
  if (node.has(4)) {
    parts.pastKey = node.input(4).value;
    parts.pastValue = node.input(5).value;
    if (node.input(4).rank() != 4 || node.input(5).rank() != 4)
      return node.error("past_key and past_value must have rank 4");
  }
  if (node.has(6)) {
    if (node.has(4))
      return node.error("nonpad_kv_seqlen and past_key exclude each other");
    parts.validLengths = node.input(6).value;
  }
  bool isSplit = shapeOf(parts.query).size() == 4;
  int64_t queries = shapeOf(parts.query)[isSplit ? 2 : 1];
  int64_t keys = shapeOf(parts.key)[isSplit ? 2 : 1];
  if (parts.pastKey)
    keys += shapeOf(parts.pastKey)[2];
  if (node.has(3)) {
    FailureOr<Value> mask = readMask(node, keys);
    if (failed(mask))
      return failure();
    parts.mask = *mask;
  }
  if (node.intAttribute("is_causal", 0) != 0)
    parts.causal = parts.pastKey || parts.validLengths ? CausalKind::cached
                                                       : CausalKind::top_left;
  if (failed(readWindows(node, parts, queries, keys)))
    return failure();
  if (node.hasAttribute("scale"))
    parts.scale = node.floatAttribute("scale", 1);
  double softcap = node.floatAttribute("softcap", 0);
  if (softcap < 0)
    return node.error("softcap is negative");
  if (softcap > 0)
    parts.softcap = softcap;
  FailureOr<std::optional<ScoresKind>> scores = readScores(node, softcap > 0);
  if (failed(scores))
    return failure();
  parts.scores = *scores;

  Type element = elementTypeOf(parts.query);
  // The caches keep the type of the inputs.
  AttentionParts given = parts;
  if (failed(widenForSoftmax(node, parts)))
    return failure();
  auto attention = buildAttention(node, parts);
  if (failed(attention))
    return failure();
  DataType type = node.input(0).type;
  node.setOutput(0, math.convert(attention->getResult(), element), type);
  if (node.wants(1))
    node.setOutput(1,
                   appendPast(math, given.pastKey,
                              splitHeads(math, given.key, given.kvHeads)),
                   node.input(1).type);
  if (node.wants(2))
    node.setOutput(2,
                   appendPast(math, given.pastValue,
                              splitHeads(math, given.value, given.kvHeads)),
                   node.input(2).type);
  if (node.wants(3))
    node.setOutput(3, math.convert(attention->getScoresResult(), element),
                   type);
  return mlir::success();
}

//===----------------------------------------------------------------------===//
// RotaryEmbedding
//===----------------------------------------------------------------------===//

FailureOr<Value> buildRope(const Node &node, const RopeParts &parts) {
  ArrayRef<int64_t> shape = shapeOf(parts.input);
  if (shape.size() < 3 || shape.size() > 4)
    return node.error("the input must have rank 3 or 4");
  std::optional<int64_t> heads;
  int64_t size = shape.back();
  if (shape.size() == 3) {
    if (parts.heads < 1)
      return node.error("an input of rank 3 needs num_heads");
    heads = parts.heads;
    size /= parts.heads;
  } else if (parts.heads != 0 && parts.heads != shape[1]) {
    return node.error("num_heads is not axis 1 of the input");
  }
  OpBuilder &builder = node.builder;
  auto rope = node.create<mlir::tenon::RopeOp>(
      parts.input, parts.cos, parts.sin, parts.positions,
      heads ? builder.getI64IntegerAttr(*heads) : IntegerAttr(),
      builder.getI64IntegerAttr(parts.rotaryDim == 0 ? size : parts.rotaryDim),
      parts.interleaved ? builder.getUnitAttr() : UnitAttr());
  if (failed(rope))
    return failure();
  return rope->getResult();
}

static LogicalResult importRotaryEmbedding(Node &node) {
  RopeParts parts;
  parts.input = node.input(0).value;
  parts.cos = node.input(1).value;
  parts.sin = node.input(2).value;
  if (node.has(3))
    parts.positions = node.input(3).value;
  parts.heads = node.intAttribute("num_heads", 0);
  parts.rotaryDim = node.intAttribute("rotary_embedding_dim", 0);
  parts.interleaved = node.intAttribute("interleaved", 0) != 0;
  FailureOr<Value> result = buildRope(node, parts);
  if (failed(result))
    return failure();
  node.setOutput(0, *result, node.input(0).type);
  return mlir::success();
}

void addFlexAttention(OperatorTable &table);
void addLinearAttention(OperatorTable &table);

void addAttention(OperatorTable &table) {
  table["::Attention"] = withInputs<3, importAttention>;
  table["::RotaryEmbedding"] = withInputs<3, importRotaryEmbedding>;
  addFlexAttention(table);
  addLinearAttention(table);
  addRuntimeAttention(table);
}

} // namespace tenon::onnx_import
