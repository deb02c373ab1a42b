//===- EncoderGraph.cpp - The graph of BERT and its relatives -------------===//

#include "Encoder.h"

#include "RelativeBias.h"

using namespace mlir;

namespace tenon::hugging_face {

namespace {
class EncoderBuilder {
public:
  EncoderBuilder(OpBuilder &builder, EncoderFolder &folder, int64_t batch,
                 int64_t tokens)
      : builder(builder), folder(folder), config(folder.config), batch(batch),
        tokens(tokens),
        element(elementType(builder.getContext(), folder.weights.type())) {}

  /// The sum of the embeddings, normalised.
  Value embeddings(Value ids, Value tokenTypes);
  /// One layer. `mask` is what tenon.attention takes.
  Value layer(int64_t number, Value states, Value mask);
  Value pooler(Value states);
  /// True where a token is to be seen: [batch, sequence].
  Value tokenMask(Value attentionMask);
  Value attentionBias(Value tokenMask);

  Location at(const Twine &name) const {
    return NameLoc::get(builder.getStringAttr(name));
  }

private:
  Value weight(const std::string &name, ArrayRef<int64_t> shape) {
    return folder.weights.get(builder, at(name), name, shape);
  }
  Value linear(const std::string &name, Value input, int64_t in, int64_t out) {
    return folder.weights.linear(builder, at(name), input, name, {out, in},
                                 /*isBiased=*/true);
  }
  Value norm(const std::string &name, Value input) {
    Value scale = weight(name + ".weight", {config.hidden});
    Value bias = weight(name + ".bias", {config.hidden});
    int64_t axis = cast<RankedTensorType>(input.getType()).getRank() - 1;
    return mlir::tenon::LayerNormOp::create(
               builder, at(name), input, scale, bias, axis,
               llvm::APFloat(config.epsilon), false)
        .getResult();
  }
  Value activation(const std::string &name, Value input) {
    FloatAttr alpha = config.activationAlpha
                          ? builder.getF64FloatAttr(*config.activationAlpha)
                          : FloatAttr();
    return mlir::tenon::ActivationOp::create(
        builder, at(name), config.activation, input, alpha, FloatAttr());
  }
  Value positions(Value ids);
  Value countedAfterPadding(Value ids);
  Value addTokenTypes(Value states, Value tokenTypes);
  RankedTensorType stateType() const {
    return RankedTensorType::get({batch, tokens, config.hidden}, element);
  }
  Value splat(Location loc, Type type, int64_t value) {
    auto tensor = cast<RankedTensorType>(type);
    return arith::ConstantOp::create(
        builder, loc,
        DenseElementsAttr::get(
            tensor, builder.getIntegerAttr(tensor.getElementType(), value)));
  }

  OpBuilder &builder;
  EncoderFolder &folder;
  const EncoderConfig &config;
  int64_t batch, tokens;
  Type element;
};
} // namespace

//===----------------------------------------------------------------------===//
// Embeddings
//===----------------------------------------------------------------------===//

/// pad + (running count of the tokens that are not padding), pad on padding.
Value EncoderBuilder::countedAfterPadding(Value ids) {
  Location loc = at("embeddings.position_ids");
  Value padding = splat(loc, ids.getType(), config.padding);
  Value real = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne,
                                     ids, padding);
  Value ones = arith::ExtUIOp::create(builder, loc, ids.getType(), real);
  Value count = mlir::tenon::CumulativeOp::create(
      builder, loc, mlir::tenon::ReductionKind::sum, ones, 1, false, false);
  Value counted = arith::MulIOp::create(builder, loc, count, ones);
  return arith::AddIOp::create(builder, loc, counted, padding);
}

Value EncoderBuilder::positions(Value ids) {
  std::string name = "embeddings.position_embeddings";
  Location loc = at(name);
  Value table = weight(name + ".weight", {config.maxPositions, config.hidden});
  if (config.family->positions == PositionKind::AfterPadding)
    return mlir::tenon::EmbeddingOp::create(builder, loc, table,
                                            countedAfterPadding(ids));
  Value rows = mlir::tenon::SliceOp::create(
      builder, loc, table, builder.getDenseI64ArrayAttr({0, 0}),
      builder.getDenseI64ArrayAttr({tokens, config.hidden}),
      builder.getDenseI64ArrayAttr({1, 1}));
  return mlir::tenon::BroadcastOp::create(builder, loc, stateType(), rows);
}

Value EncoderBuilder::addTokenTypes(Value states, Value tokenTypes) {
  std::string name = "embeddings.token_type_embeddings";
  Location loc = at(name);
  Value table = weight(name + ".weight", {config.tokenTypes, config.hidden});
  Value rows;
  if (tokenTypes) {
    rows = mlir::tenon::EmbeddingOp::create(builder, loc, table, tokenTypes);
  } else {
    Value first = mlir::tenon::SliceOp::create(
        builder, loc, table, builder.getDenseI64ArrayAttr({0, 0}),
        builder.getDenseI64ArrayAttr({1, config.hidden}),
        builder.getDenseI64ArrayAttr({1, 1}));
    rows = mlir::tenon::BroadcastOp::create(builder, loc, stateType(), first);
  }
  return arith::AddFOp::create(builder, loc, states, rows);
}

Value EncoderBuilder::embeddings(Value ids, Value tokenTypes) {
  std::string name = "embeddings.word_embeddings";
  Value table = weight(name + ".weight", {config.vocabulary, config.hidden});
  Value states =
      mlir::tenon::EmbeddingOp::create(builder, at(name), table, ids);
  if (config.tokenTypes > 0)
    states = addTokenTypes(states, tokenTypes);
  states =
      arith::AddFOp::create(builder, at("embeddings"), states, positions(ids));
  return norm("embeddings.LayerNorm", states);
}

//===----------------------------------------------------------------------===//
// Masks
//===----------------------------------------------------------------------===//

Value EncoderBuilder::tokenMask(Value attentionMask) {
  Location loc = at("attention_mask");
  Value zero = splat(loc, attentionMask.getType(), 0);
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne,
                               attentionMask, zero);
}

/// The mask of every layer: boolean [batch, 1, 1, sequence], or for MPNet the
/// relative position bias, -inf where a token is not to be seen.
Value EncoderBuilder::attentionBias(Value tokenMask) {
  Location loc = at("attention_mask");
  Value row = mlir::tenon::ReshapeOp::create(
      builder, loc,
      RankedTensorType::get({batch, 1, 1, tokens}, builder.getI1Type()),
      tokenMask);
  if (!config.family->relativeBias)
    return row;
  std::string name = "encoder.relative_attention_bias";
  Value table = weight(name + ".weight", {config.biasBuckets, config.heads});
  Value bias =
      relativeBias(builder, at(name), table, config.biasBuckets, tokens);
  auto type =
      RankedTensorType::get({batch, config.heads, tokens, tokens}, element);
  Value wide = mlir::tenon::BroadcastOp::create(builder, loc, type, bias);
  Value seen = mlir::tenon::BroadcastOp::create(
      builder, loc, type.clone(builder.getI1Type()), row);
  Value hidden = arith::ConstantOp::create(
      builder, loc,
      DenseElementsAttr::get(
          type, APFloat::getInf(cast<FloatType>(element).getFloatSemantics(),
                                /*Negative=*/true)));
  return arith::SelectOp::create(builder, loc, seen, wide, hidden);
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

Value EncoderBuilder::layer(int64_t number, Value states, Value mask) {
  const LayerNames &names = config.family->names;
  std::string prefix =
      config.family->layers.str() + std::to_string(number) + ".";
  auto name = [&](StringRef part) { return prefix + part.str(); };

  Value query = linear(name(names.query), states, config.hidden, config.hidden);
  Value key = linear(name(names.key), states, config.hidden, config.hidden);
  Value value = linear(name(names.value), states, config.hidden, config.hidden);
  Value attended =
      mlir::tenon::AttentionOp::create(
          builder, at(name("attention")), query.getType(), Type(), query, key,
          value, mask, /*past_key=*/Value(), /*past_value=*/Value(),
          /*valid_lengths=*/Value(), /*key_scale=*/Value(),
          /*value_scale=*/Value(), config.heads, config.heads,
          /*scale=*/FloatAttr(), mlir::tenon::CausalKind::none,
          /*window=*/IntegerAttr(), /*softcap=*/FloatAttr(),
          /*scores=*/mlir::tenon::ScoresKindAttr(), /*splits=*/IntegerAttr())
          .getResult();
  Value joined = linear(name(names.attentionOutput), attended, config.hidden,
                        config.hidden);
  Value residual = arith::AddFOp::create(builder, at(name(names.attentionNorm)),
                                         joined, states);
  Value middle = norm(name(names.attentionNorm), residual);

  Value wide = linear(name(names.feedForwardIn), middle, config.hidden,
                      config.intermediate);
  Value active = activation(name(names.feedForwardIn), wide);
  Value narrow = linear(name(names.feedForwardOut), active, config.intermediate,
                        config.hidden);
  Value sum = arith::AddFOp::create(builder, at(name(names.outputNorm)), narrow,
                                    middle);
  return norm(name(names.outputNorm), sum);
}

Value EncoderBuilder::pooler(Value states) {
  Location loc = at("pooler");
  Value first = firstToken(builder, loc, states);
  Value dense = linear("pooler.dense", first, config.hidden, config.hidden);
  return math::TanhOp::create(builder, loc, dense);
}

//===----------------------------------------------------------------------===//
// The whole
//===----------------------------------------------------------------------===//

SmallVector<Value> buildEncoderGraph(OpBuilder &builder, EncoderFolder &folder,
                                     const EncoderInputs &inputs, int64_t batch,
                                     int64_t tokens) {
  if (inputs.adapters)
    folder.weights.setAdapterRows(inputs.adapters);
  EncoderBuilder encoder(builder, folder, batch, tokens);
  Value states = encoder.embeddings(inputs.ids, inputs.tokenTypes);
  // Sizes that only a configuration claims must not decide how much is built.
  if (!folder.weights.status())
    return {};
  Value seen = encoder.tokenMask(inputs.attentionMask);
  Value mask = encoder.attentionBias(seen);
  for (int64_t i = 0; i < folder.config.layers; ++i) {
    states = encoder.layer(i, states, mask);
    // A configuration may claim any number of layers; the weights decide.
    if (!folder.weights.status())
      return {};
  }
  SmallVector<Value> results = {states};
  if (folder.hasPooler())
    results.push_back(encoder.pooler(states));
  if (folder.pooling)
    results.push_back(buildSentencePooling(builder,
                                           encoder.at("sentence_embedding"),
                                           *folder.pooling, states, seen));
  return results;
}

} // namespace tenon::hugging_face
