//===- LinearAttention.cpp - Attention by a recurrent state ---------------===//
//
// The state of each head, [key size, value size], decays, forgets what the new
// key already gives (Yang et al., 2024), takes the new product in and is read
// by the query: unrolled over the tokens, in f32 or wider.
//
//===----------------------------------------------------------------------===//

#include "AttentionParts.h"

using namespace mlir;

namespace tenon::onnx_import {

namespace {
struct LinearLayer {
  int64_t heads = 0, kvHeads = 0, tokens = 0;
  /// [B, heads, T, size], decay and beta with size or heads of 1 where they
  /// repeat; null where the rule has none.
  Value query, key, value, decay, beta;
  Value state; ///< [B, kvHeads, key size, value size]
};
} // namespace

/// Input `i` [B, T, heads size] as [B, heads, T, size].
static FailureOr<Value> readTokens(const Node &node, size_t i, int64_t heads,
                                   Type wide) {
  const OnnxValue &input = node.input(i), &query = node.input(0);
  if (input.rank() != 3 || !isFloatValue(input) ||
      input.shape().take_front(2) != query.shape().take_front(2) ||
      input.shape()[2] % heads != 0)
    return node.error("input " + Twine(i) + " is not [batch, tokens, " +
                      Twine(heads) + " heads]");
  TensorMath math(node);
  return splitHeads(math, math.convert(input.value, wide), heads);
}

/// decay and beta, where the rule has them and only there.
static LogicalResult readGates(const Node &node, Type wide,
                               LinearLayer &layer) {
  std::string rule = node.stringAttribute("update_rule", "gated_delta");
  bool decays = rule == "gated" || rule == "gated_delta";
  bool corrects = rule == "delta" || rule == "gated_delta";
  if (!decays && !corrects && rule != "linear")
    return node.error("update_rule '" + rule + "' is not known");
  if (decays != node.has(4) || corrects != node.has(5))
    return node.error("update_rule '" + rule +
                      "' needs other inputs of decay and beta than are given");
  int64_t keySize = shapeOf(layer.key)[3];
  if (decays) {
    FailureOr<Value> decay = readTokens(node, 4, layer.kvHeads, wide);
    if (failed(decay))
      return failure();
    int64_t size = shapeOf(*decay)[3];
    if (size != 1 && size != keySize)
      return node.error("decay is neither one number a head nor one a channel "
                        "of the key");
    layer.decay = *decay;
  }
  if (corrects) {
    bool isShared = node.input(5).rank() == 3 && node.input(5).shape()[2] == 1;
    FailureOr<Value> beta =
        readTokens(node, 5, isShared ? 1 : layer.kvHeads, wide);
    if (failed(beta))
      return failure();
    if (shapeOf(*beta)[3] != 1)
      return node.error("beta is not one number a head");
    layer.beta = *beta;
  }
  return mlir::success();
}

static FailureOr<LinearLayer> readLinearLayer(const Node &node) {
  LinearLayer layer;
  layer.heads = node.intAttribute("q_num_heads", 0);
  layer.kvHeads = node.intAttribute("kv_num_heads", 0);
  if (layer.heads < 1 || layer.kvHeads < 1 || layer.heads % layer.kvHeads != 0)
    return node.error("q_num_heads " + Twine(layer.heads) +
                      " is not a positive multiple of kv_num_heads " +
                      Twine(layer.kvHeads));
  const OnnxValue &query = node.input(0);
  if (query.rank() != 3 || !isFloatValue(query))
    return node.error("the query is not a float tensor of rank 3");
  Type wide = accumulatorOf(elementTypeOf(query.value));
  layer.tokens = query.shape()[1];
  FailureOr<Value> q = readTokens(node, 0, layer.heads, wide);
  FailureOr<Value> k = readTokens(node, 1, layer.kvHeads, wide);
  FailureOr<Value> v = readTokens(node, 2, layer.kvHeads, wide);
  if (failed(q) || failed(k) || failed(v))
    return failure();
  layer.query = *q;
  layer.key = *k;
  layer.value = *v;
  int64_t keySize = shapeOf(*k)[3];
  if (shapeOf(*q)[3] != keySize || keySize == 0)
    return node.error("query and key have heads of different size, or empty "
                      "ones");
  if (failed(readGates(node, wide, layer)))
    return failure();
  SmallVector<int64_t> shape = {query.shape()[0], layer.kvHeads, keySize,
                                shapeOf(*v)[3]};
  TensorMath math(node);
  if (!node.has(3)) {
    layer.state =
        splat(node.builder, node.loc, RankedTensorType::get(shape, wide), 0);
    return layer;
  }
  if (node.input(3).shape() != ArrayRef<int64_t>(shape) ||
      !isFloatValue(node.input(3)))
    return node.error("past_state is not [batch, kv_num_heads, key size, value "
                      "size]");
  layer.state = math.convert(node.input(3).value, wide);
  return layer;
}

/// Takes token `i` into the state and gives what the query reads,
/// [B, kvHeads, queries a head, value size].
static Value stepToken(const TensorMath &math, LinearLayer &layer, int64_t i) {
  auto token = [&](Value tokens) { return math.slice(tokens, 2, i, 1); };
  Value key = token(layer.key), value = token(layer.value);
  if (layer.decay) {
    Value factor = math.unary<math::ExpOp>(token(layer.decay));
    layer.state = math.mul(layer.state, math.transpose(factor, {0, 1, 3, 2}));
  }
  if (layer.beta) {
    Value known = math.matmul(key, layer.state);
    value = math.mul(token(layer.beta), math.sub(value, known));
  }
  layer.state =
      math.add(layer.state, math.mul(math.transpose(key, {0, 1, 3, 2}), value));
  SmallVector<int64_t> shape(shapeOf(layer.query));
  Value query =
      math.reshape(token(layer.query), {shape[0], layer.kvHeads,
                                        layer.heads / layer.kvHeads, shape[3]});
  return math.matmul(query, layer.state);
}

static LogicalResult importLinearAttention(Node &node) {
  FailureOr<LinearLayer> layer = readLinearLayer(node);
  if (failed(layer))
    return failure();
  TensorMath math(node);
  const OnnxValue &query = node.input(0);
  Type element = elementTypeOf(query.value);
  int64_t batch = query.shape()[0], valueSize = shapeOf(layer->value)[3];
  double scale = node.floatAttribute("scale", 0);
  if (scale == 0)
    scale = 1 / std::sqrt(static_cast<double>(shapeOf(layer->key)[3]));
  SmallVector<Value> outputs;
  for (int64_t i = 0; i < layer->tokens; ++i)
    outputs.push_back(math.reshape(stepToken(math, *layer, i),
                                   {batch, 1, layer->heads * valueSize}));
  auto type = RankedTensorType::get({batch, 0, layer->heads * valueSize},
                                    elementTypeOf(layer->state));
  Value result = outputs.empty() ? splat(node.builder, node.loc, type, 0)
                                 : math.concat(outputs, 1);
  node.setOutput(0, math.convert(math.mul(result, scale), element), query.type);
  if (node.wants(1)) {
    const OnnxValue &anchor = node.input(node.has(3) ? 3 : 0);
    node.setOutput(1, math.convert(layer->state, elementTypeOf(anchor.value)),
                   anchor.type);
  }
  return mlir::success();
}

void addLinearAttention(OperatorTable &table) {
  table["::LinearAttention"] = withInputs<3, importLinearAttention>;
}

} // namespace tenon::onnx_import
