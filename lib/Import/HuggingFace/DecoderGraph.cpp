//===- DecoderGraph.cpp - The graph of Llama and its relatives ------------===//

#include "Decoder.h"

#include <cmath>

using namespace mlir;

namespace tenon::hugging_face {

namespace {
class DecoderBuilder {
public:
  DecoderBuilder(OpBuilder &builder, DecoderFolder &folder, int64_t batch,
                 int64_t tokens)
      : builder(builder), folder(folder), config(folder.config), batch(batch),
        tokens(tokens),
        element(elementType(builder.getContext(), folder.weights.type())) {}

  void prepareAngles(const RopeFrequencies &frequencies) {
    std::tie(cosines, sines) = buildAngles(builder, at("rotary_emb"),
                                           frequencies, batch, tokens, element);
  }
  Value embeddings(Value ids);
  /// True where a token is to be seen: [batch, 1, 1, sequence].
  Value tokenMask(Value attentionMask);
  /// One layer. `mask` may be null.
  Value layer(int64_t number, Value states, Value mask);
  Value norm(const std::string &name, Value input, int64_t size);
  Value logits(Value states);

private:
  Location at(const Twine &name) const {
    return NameLoc::get(builder.getStringAttr(name));
  }
  Value weight(const std::string &name, ArrayRef<int64_t> shape) {
    return folder.weights.get(builder, at(name), name, shape);
  }
  Value linear(const std::string &name, Value input, int64_t in, int64_t out,
               bool isBiased) {
    Value matrix = weight(name + ".weight", {out, in});
    Value bias = isBiased ? weight(name + ".bias", {out}) : Value();
    return mlir::tenon::LinearOp::create(builder, at(name), input, matrix,
                                         bias);
  }
  Value reshape(Location loc, Value input, ArrayRef<int64_t> shape) {
    return mlir::tenon::ReshapeOp::create(
        builder, loc, RankedTensorType::get(shape, element), input);
  }
  Value splat(Location loc, Value like, double value) {
    auto type = cast<RankedTensorType>(like.getType());
    return arith::ConstantOp::create(
        builder, loc,
        DenseElementsAttr::get(
            type, builder.getFloatAttr(type.getElementType(), value)));
  }
  Value positioned(const std::string &name, Value heads, int64_t count);
  Value attention(const std::string &prefix, int64_t number, Value states,
                  Value mask);
  Value feedForward(const std::string &prefix, Value states);

  OpBuilder &builder;
  DecoderFolder &folder;
  const DecoderConfig &config;
  int64_t batch, tokens;
  Type element;
  Value cosines, sines;
};
} // namespace

/// Gemma scales by sqrt(hidden size), rounded to the weights' type.
Value DecoderBuilder::embeddings(Value ids) {
  std::string name = "embed_tokens";
  Value table = weight(name + ".weight", {config.vocabulary, config.hidden});
  Value states =
      mlir::tenon::EmbeddingOp::create(builder, at(name), table, ids);
  if (!config.family->isGemma)
    return states;
  double scale = std::sqrt(static_cast<double>(config.hidden));
  return arith::MulFOp::create(builder, at(name), states,
                               splat(at(name), states, scale));
}

Value DecoderBuilder::tokenMask(Value attentionMask) {
  Location loc = at("attention_mask");
  auto type = cast<RankedTensorType>(attentionMask.getType());
  Value zero = arith::ConstantOp::create(
      builder, loc,
      DenseElementsAttr::get(type,
                             builder.getIntegerAttr(type.getElementType(), 0)));
  Value seen = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne,
                                     attentionMask, zero);
  return mlir::tenon::ReshapeOp::create(
      builder, loc,
      RankedTensorType::get({batch, 1, 1, tokens}, builder.getI1Type()), seen);
}

Value DecoderBuilder::norm(const std::string &name, Value input, int64_t size) {
  int64_t axis = cast<RankedTensorType>(input.getType()).getRank() - 1;
  return mlir::tenon::RmsNormOp::create(
      builder, at(name), input, weight(name + ".weight", {size}), axis,
      llvm::APFloat(config.epsilon),
      config.family->isGemma ? mlir::tenon::RmsRounding::gemma
                             : mlir::tenon::RmsRounding::llama);
}

/// Queries or keys of `count` heads, normalised where the family does, turned
/// by their positions.
Value DecoderBuilder::positioned(const std::string &name, Value heads,
                                 int64_t count) {
  Location loc = at(name);
  if (config.family->queryKeyNorms) {
    Value split = reshape(loc, heads, {batch, tokens, count, config.headSize});
    heads = reshape(loc, norm(name, split, config.headSize),
                    {batch, tokens, count * config.headSize});
  }
  return mlir::tenon::RopeOp::create(
      builder, loc, heads, cosines, sines, /*position_ids=*/Value(),
      builder.getI64IntegerAttr(count), config.headSize, /*interleaved=*/false);
}

Value DecoderBuilder::attention(const std::string &prefix, int64_t number,
                                Value states, Value mask) {
  auto name = [&](StringRef part) {
    return prefix + "self_attn." + part.str();
  };
  int64_t queries = config.heads * config.headSize,
          keys = config.keyHeads * config.headSize;
  Value query =
      linear(name("q_proj"), states, config.hidden, queries, config.queryBias);
  Value key =
      linear(name("k_proj"), states, config.hidden, keys, config.queryBias);
  Value value =
      linear(name("v_proj"), states, config.hidden, keys, config.queryBias);
  query = positioned(name("q_norm"), query, config.heads);
  key = positioned(name("k_norm"), key, config.keyHeads);
  IntegerAttr window;
  if (config.hasWindow[number])
    window = builder.getI64IntegerAttr(*config.windowSize);
  FloatAttr cap =
      config.scoreCap ? builder.getF64FloatAttr(*config.scoreCap) : FloatAttr();
  Value attended =
      mlir::tenon::AttentionOp::create(
          builder, at(name("attention")), query.getType(), Type(), query, key,
          value, mask, /*past_key=*/Value(), /*past_value=*/Value(),
          /*valid_lengths=*/Value(), config.heads, config.keyHeads,
          builder.getF64FloatAttr(config.scale),
          mlir::tenon::CausalKind::top_left, window, cap,
          /*scores=*/mlir::tenon::ScoresKindAttr())
          .getResult();
  return linear(name("o_proj"), attended, queries, config.hidden,
                config.outputBias);
}

Value DecoderBuilder::feedForward(const std::string &prefix, Value states) {
  auto name = [&](StringRef part) { return prefix + "mlp." + part.str(); };
  Value gate = linear(name("gate_proj"), states, config.hidden,
                      config.intermediate, config.feedForwardBias);
  Value active = mlir::tenon::ActivationOp::create(builder, at(name("act_fn")),
                                                   config.activation, gate,
                                                   FloatAttr(), FloatAttr());
  Value up = linear(name("up_proj"), states, config.hidden, config.intermediate,
                    config.feedForwardBias);
  Value product =
      arith::MulFOp::create(builder, at(name("act_fn")), active, up);
  return linear(name("down_proj"), product, config.intermediate, config.hidden,
                config.feedForwardBias);
}

Value DecoderBuilder::layer(int64_t number, Value states, Value mask) {
  std::string prefix = "layers." + std::to_string(number) + ".";
  bool isGemma = config.family->isGemma;
  auto normAt = [&](StringRef part, Value input) {
    return norm(prefix + part.str(), input, config.hidden);
  };
  Value attended =
      attention(prefix, number, normAt("input_layernorm", states), mask);
  if (isGemma)
    attended = normAt("post_attention_layernorm", attended);
  states = arith::AddFOp::create(builder, at(prefix + "self_attn"), states,
                                 attended);
  Value fed = feedForward(prefix, normAt(isGemma ? "pre_feedforward_layernorm"
                                                 : "post_attention_layernorm",
                                         states));
  if (isGemma)
    fed = normAt("post_feedforward_layernorm", fed);
  return arith::AddFOp::create(builder, at(prefix + "mlp"), states, fed);
}

Value DecoderBuilder::logits(Value states) {
  std::string name = folder.weights.has("lm_head.weight") && !config.isTied
                         ? "lm_head.weight"
                         : "embed_tokens.weight";
  Location loc = at("lm_head");
  Value matrix = weight(name, {config.vocabulary, config.hidden});
  Value scores =
      mlir::tenon::LinearOp::create(builder, loc, states, matrix, Value());
  if (!config.logitCap)
    return scores;
  Value cap = splat(loc, scores, *config.logitCap);
  Value inside = math::TanhOp::create(
      builder, loc, arith::DivFOp::create(builder, loc, scores, cap));
  return arith::MulFOp::create(builder, loc, inside, cap);
}

Value buildDecoderGraph(OpBuilder &builder, DecoderFolder &folder,
                        const RopeFrequencies &frequencies, func::FuncOp step,
                        int64_t batch, int64_t tokens) {
  DecoderBuilder decoder(builder, folder, batch, tokens);
  Value states = decoder.embeddings(step.getArgument(0));
  // Sizes that only a configuration claims must not decide how much is built.
  if (!folder.weights.status())
    return {};
  Value mask;
  if (step.getNumArguments() > 1)
    mask = decoder.tokenMask(step.getArgument(1));
  decoder.prepareAngles(frequencies);
  for (int64_t i = 0; i < folder.config.layers; ++i) {
    states = decoder.layer(i, states, mask);
    if (!folder.weights.status())
      return {};
  }
  states = decoder.norm("norm", states, folder.config.hidden);
  return folder.hasHead() ? decoder.logits(states) : states;
}

} // namespace tenon::hugging_face
