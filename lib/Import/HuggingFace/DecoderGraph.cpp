//===- DecoderGraph.cpp - The graph of Llama and its relatives ------------===//

#include "DecoderBuilder.h"

#include <cmath>

using namespace mlir;

namespace tenon::hugging_face {

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

/// `lengths` [batch] of rows as f32 [batch, 1, 1].
Value DecoderBuilder::inRows(Location loc, Value lengths) {
  Value wide = arith::SIToFPOp::create(
      builder, loc, RankedTensorType::get({batch}, builder.getF32Type()),
      lengths);
  return reshape(loc, wide, {batch, 1, 1});
}

/// How many tokens each row has with those of this call.
Value DecoderBuilder::lengths() {
  Location loc = at("rotary_emb");
  Value added = inputs.newLengths ? inputs.newLengths : integers(loc, tokens);
  return inRows(
      loc, inputs.isCached()
               ? arith::AddIOp::create(builder, loc, inputs.pastLengths, added)
               : added);
}

/// 0, 1, .. behind each row's past, in f32: [batch, tokens, 1].
Value DecoderBuilder::positions() {
  Location loc = at("rotary_emb");
  std::vector<float> steps(tokens);
  for (auto [i, step] : llvm::enumerate(steps))
    step = static_cast<float>(i);
  Type f32 = builder.getF32Type();
  auto type = RankedTensorType::get({batch, tokens, 1}, f32);
  Value counted = arith::ConstantOp::create(
      builder, loc,
      DenseElementsAttr::get(RankedTensorType::get({1, tokens, 1}, f32),
                             ArrayRef(steps)));
  counted = mlir::tenon::BroadcastOp::create(builder, loc, type, counted);
  if (!inputs.isCached())
    return counted;
  Value past = mlir::tenon::BroadcastOp::create(
      builder, loc, type, inRows(loc, inputs.pastLengths));
  return arith::AddFOp::create(builder, loc, counted, past);
}

void DecoderBuilder::prepareVisible() {
  if (inputs.isCached()) {
    // What stands behind a row's last token is hidden from it by causality.
    Location loc = at("past_lengths");
    validLengths = arith::AddIOp::create(builder, loc, inputs.pastLengths,
                                         integers(loc, tokens));
    return;
  }
  if (!inputs.attentionMask)
    return;
  Location loc = at("attention_mask");
  auto type = cast<RankedTensorType>(inputs.attentionMask.getType());
  Value zero = arith::ConstantOp::create(
      builder, loc,
      DenseElementsAttr::get(type,
                             builder.getIntegerAttr(type.getElementType(), 0)));
  Value seen = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne,
                                     inputs.attentionMask, zero);
  mask = mlir::tenon::ReshapeOp::create(
      builder, loc,
      RankedTensorType::get({batch, 1, 1, tokens}, builder.getI1Type()), seen);
}

Value DecoderBuilder::lastStates(Value states) {
  if (!inputs.newLengths)
    return states;
  Location loc = at("new_lengths");
  Value last =
      arith::SubIOp::create(builder, loc, inputs.newLengths, integers(loc, 1));
  Value places = mlir::tenon::ReshapeOp::create(
      builder, loc, RankedTensorType::get({batch, 1, 1}, builder.getI64Type()),
      last);
  return mlir::tenon::GatherNdOp::create(builder, loc, states, places,
                                         /*batch_dims=*/1);
}

/// Columns [start, start + size) of the last axis.
Value DecoderBuilder::columns(Location loc, Value input, int64_t start,
                              int64_t size) {
  SmallVector<int64_t> sizes(
      cast<RankedTensorType>(input.getType()).getShape());
  SmallVector<int64_t> starts(sizes.size(), 0), steps(sizes.size(), 1);
  starts.back() = start;
  sizes.back() = size;
  return mlir::tenon::SliceOp::create(builder, loc, input, starts, sizes,
                                      steps);
}

Value DecoderBuilder::norm(const std::string &name, Value input, int64_t size,
                           double epsilon) {
  int64_t axis = cast<RankedTensorType>(input.getType()).getRank() - 1;
  return mlir::tenon::RmsNormOp::create(
      builder, at(name), input, weight(name + ".weight", {size}), axis,
      llvm::APFloat(epsilon),
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

/// [batch, tokens, heads size] as [batch, heads, tokens, size].
Value DecoderBuilder::splitHeads(Location loc, Value input, int64_t count) {
  int64_t width = cast<RankedTensorType>(input.getType()).getDimSize(2);
  Value split = reshape(loc, input, {batch, tokens, count, width / count});
  return mlir::tenon::TransposeOp::create(
      builder, loc, split, builder.getDenseI64ArrayAttr({0, 2, 1, 3}));
}

/// `rows` [batch, tokens, heads size], or of one head, put into a cache as it
/// keeps them; of i8 also the scales, each the largest magnitude of a group of
/// a row's channels / 127.
std::pair<Value, Value> DecoderBuilder::stored(Location loc, const Cache &cache,
                                               Value rows) {
  auto update = [&](Value whole, Value added) -> Value {
    return mlir::tenon::CacheUpdateOp::create(builder, loc, whole, added,
                                              inputs.pastLengths);
  };
  auto type = cast<RankedTensorType>(cache.rows.getType());
  if (!cache.scales)
    return {update(cache.rows, inType(loc, rows, type.getElementType())),
            Value()};

  int64_t heads = type.getDimSize(1), size = type.getDimSize(3),
          groups = cast<RankedTensorType>(cache.scales.getType()).getDimSize(3);
  rows = inType(loc, splitHeads(loc, rows, heads), builder.getF32Type());
  Value split =
      reshape(loc, rows, {batch, heads, tokens, groups, size / groups});
  Value largest = mlir::tenon::ReduceOp::create(
      builder, loc, mlir::tenon::ReductionKind::max,
      math::AbsFOp::create(builder, loc, split),
      builder.getDenseI64ArrayAttr({4}), /*keep_dims=*/true,
      /*unsigned_elements=*/false);
  Value scale = arith::MulFOp::create(builder, loc, largest,
                                      splat(loc, largest, 1.0 / 127));
  // A group of zeros has some scale, so that 0 / scale is 0.
  scale = arith::MaximumFOp::create(
      builder, loc, scale,
      splat(loc, scale, std::numeric_limits<float>::min()));
  Value ratio = arith::DivFOp::create(
      builder, loc, split,
      mlir::tenon::BroadcastOp::create(builder, loc, split.getType(), scale));
  Value whole = inType(loc, math::RoundEvenOp::create(builder, loc, ratio),
                       builder.getI8Type());
  return {update(cache.rows, reshape(loc, whole, {batch, heads, tokens, size})),
          update(cache.scales,
                 reshape(loc, scale, {batch, heads, tokens, groups}))};
}

Value DecoderBuilder::attention(const std::string &prefix, int64_t number,
                                Value states) {
  auto name = [&](StringRef part) {
    return prefix + "self_attn." + part.str();
  };
  Location loc = at(name("attention"));
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
  auto causal = mlir::tenon::CausalKind::top_left;
  Value keyScale, valueScale;
  if (inputs.isCached()) {
    causal = mlir::tenon::CausalKind::cached;
    std::tie(key, keyScale) = stored(loc, inputs.keys[number], key);
    std::tie(value, valueScale) = stored(loc, inputs.values[number], value);
    query = splitHeads(loc, query, config.heads);
  }
  IntegerAttr window;
  if (config.hasWindow[number])
    window = builder.getI64IntegerAttr(*config.windowSize);
  FloatAttr cap =
      config.scoreCap ? builder.getF64FloatAttr(*config.scoreCap) : FloatAttr();
  Value attended =
      mlir::tenon::AttentionOp::create(
          builder, loc, query.getType(), Type(), query, key, value, mask,
          /*past_key=*/Value(), /*past_value=*/Value(), validLengths, keyScale,
          valueScale, config.heads, config.keyHeads,
          builder.getF64FloatAttr(config.scale), causal, window, cap,
          /*scores=*/mlir::tenon::ScoresKindAttr(), /*splits=*/IntegerAttr())
          .getResult();
  if (inputs.isCached()) {
    attended = mlir::tenon::TransposeOp::create(
        builder, loc, attended, builder.getDenseI64ArrayAttr({0, 2, 1, 3}));
    attended = reshape(loc, attended, {batch, tokens, queries});
  }
  return linear(name("o_proj"), attended, queries, config.hidden,
                config.outputBias);
}

Value DecoderBuilder::feedForward(const std::string &prefix, Value states,
                                  int64_t intermediate) {
  auto name = [&](StringRef part) { return prefix + part.str(); };
  bool isBiased = config.feedForwardBias;
  Value gate =
      linear(name("gate_proj"), states, config.hidden, intermediate, isBiased);
  Value active = mlir::tenon::ActivationOp::create(builder, at(name("act_fn")),
                                                   config.activation, gate,
                                                   FloatAttr(), FloatAttr());
  Value up =
      linear(name("up_proj"), states, config.hidden, intermediate, isBiased);
  Value product =
      arith::MulFOp::create(builder, at(name("act_fn")), active, up);
  return linear(name("down_proj"), product, intermediate, config.hidden,
                isBiased);
}

Value DecoderBuilder::layer(int64_t number, Value states) {
  std::string prefix = "layers." + std::to_string(number) + ".";
  bool isGemma = config.family->isGemma;
  auto normAt = [&](StringRef part, Value input) {
    return norm(prefix + part.str(), input, config.hidden);
  };
  Value given = normAt("input_layernorm", states);
  Value attended = config.latent ? latentAttention(prefix, number, given)
                                 : attention(prefix, number, given);
  if (isGemma)
    attended = normAt("post_attention_layernorm", attended);
  states = arith::AddFOp::create(builder, at(prefix + "self_attn"), states,
                                 attended);
  given =
      normAt(isGemma ? "pre_feedforward_layernorm" : "post_attention_layernorm",
             states);
  bool isMixed = config.experts && number >= config.experts->firstLayer;
  Value fed = isMixed
                  ? mixture(prefix + "mlp.", given)
                  : feedForward(prefix + "mlp.", given, config.intermediate);
  if (isGemma)
    fed = normAt("post_feedforward_layernorm", fed);
  return arith::AddFOp::create(builder, at(prefix + "mlp"), states, fed);
}

Value DecoderBuilder::logits(Value states) {
  std::string name = folder.weights.has("lm_head.weight") && !config.isTied
                         ? "lm_head"
                         : "embed_tokens";
  Location loc = at("lm_head");
  // A tied table that an adapter changes is the embeddings' alone (C14).
  Value scores = folder.weights.linear(builder, loc, states, name,
                                       {config.vocabulary, config.hidden},
                                       /*isBiased=*/false, "lm_head");
  if (!config.logitCap)
    return scores;
  Value cap = splat(loc, scores, *config.logitCap);
  Value inside = math::TanhOp::create(
      builder, loc, arith::DivFOp::create(builder, loc, scores, cap));
  return arith::MulFOp::create(builder, loc, inside, cap);
}

Value buildDecoderGraph(OpBuilder &builder, DecoderFolder &folder,
                        const RopeFrequencies &frequencies,
                        const DecoderInputs &inputs) {
  if (inputs.adapters)
    folder.weights.setAdapterRows(inputs.adapters);
  DecoderBuilder decoder(builder, folder, inputs);
  Value states = decoder.embeddings(inputs.ids);
  // Sizes that only a configuration claims must not decide how much is built.
  if (!folder.weights.status())
    return {};
  decoder.prepareVisible();
  decoder.prepareAngles(frequencies);
  for (int64_t i = 0; i < folder.config.layers; ++i) {
    states = decoder.layer(i, states);
    if (!folder.weights.status())
      return {};
  }
  states =
      decoder.norm("norm", decoder.lastStates(states), folder.config.hidden);
  return folder.hasHead() ? decoder.logits(states) : states;
}

} // namespace tenon::hugging_face
