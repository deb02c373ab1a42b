//===- Encoder.cpp - The graph of BERT and its relatives ------------------===//

#include "Encoder.h"

#include "RelativeBias.h"
#include "Sizes.h"
#include "WeightScope.h"

namespace fs = std::filesystem;
using namespace mlir;

namespace tenon::hugging_face {

namespace {
/// What a folder holds, read once for the signature and the import.
struct EncoderFolder {
  EncoderConfig config;
  WeightScope weights;
  std::optional<SentencePooling> pooling;

  bool hasPooler() const { return weights.has("pooler.dense.weight"); }
  /// A single token type needs no input: its row is added everywhere.
  bool asksTokenTypes() const { return config.tokenTypes > 1; }
};

class EncoderBuilder {
public:
  EncoderBuilder(OpBuilder &builder, EncoderFolder &folder, int64_t batch,
                 int64_t tokens)
      : builder(builder), folder(folder), config(folder.config), batch(batch),
        tokens(tokens),
        element(floatType(builder.getContext(), folder.weights.type())) {}

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
    Value matrix = weight(name + ".weight", {out, in});
    Value bias = weight(name + ".bias", {out});
    return tenon::LinearOp::create(builder, at(name), input, matrix, bias);
  }
  Value norm(const std::string &name, Value input) {
    Value scale = weight(name + ".weight", {config.hidden});
    Value bias = weight(name + ".bias", {config.hidden});
    return tenon::LayerNormOp::create(
               builder, at(name), input.getType(), ValueRange(), input, scale,
               bias, cast<RankedTensorType>(input.getType()).getRank() - 1,
               config.epsilon, false)
        .getResult();
  }
  Value activation(const std::string &name, Value input) {
    FloatAttr alpha = config.activationAlpha
                          ? builder.getF64FloatAttr(*config.activationAlpha)
                          : FloatAttr();
    return tenon::ActivationOp::create(builder, at(name), config.activation,
                                       input, alpha, FloatAttr());
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
  Value count = tenon::CumulativeOp::create(
      builder, loc, tenon::ReductionKind::sum, ones, 1, false, false);
  Value counted = arith::MulIOp::create(builder, loc, count, ones);
  return arith::AddIOp::create(builder, loc, counted, padding);
}

Value EncoderBuilder::positions(Value ids) {
  std::string name = "embeddings.position_embeddings";
  Location loc = at(name);
  Value table = weight(name + ".weight", {config.maxPositions, config.hidden});
  if (config.family->positions == PositionKind::AfterPadding)
    return tenon::EmbeddingOp::create(builder, loc, table,
                                      countedAfterPadding(ids));
  Value rows = tenon::SliceOp::create(
      builder, loc, table, builder.getDenseI64ArrayAttr({0, 0}),
      builder.getDenseI64ArrayAttr({tokens, config.hidden}),
      builder.getDenseI64ArrayAttr({1, 1}));
  return tenon::BroadcastOp::create(builder, loc, stateType(), rows);
}

Value EncoderBuilder::addTokenTypes(Value states, Value tokenTypes) {
  std::string name = "embeddings.token_type_embeddings";
  Location loc = at(name);
  Value table = weight(name + ".weight", {config.tokenTypes, config.hidden});
  Value rows;
  if (tokenTypes) {
    rows = tenon::EmbeddingOp::create(builder, loc, table, tokenTypes);
  } else {
    Value first = tenon::SliceOp::create(
        builder, loc, table, builder.getDenseI64ArrayAttr({0, 0}),
        builder.getDenseI64ArrayAttr({1, config.hidden}),
        builder.getDenseI64ArrayAttr({1, 1}));
    rows = tenon::BroadcastOp::create(builder, loc, stateType(), first);
  }
  return arith::AddFOp::create(builder, loc, states, rows);
}

Value EncoderBuilder::embeddings(Value ids, Value tokenTypes) {
  std::string name = "embeddings.word_embeddings";
  Value table = weight(name + ".weight", {config.vocabulary, config.hidden});
  Value states = tenon::EmbeddingOp::create(builder, at(name), table, ids);
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
  Value row = tenon::ReshapeOp::create(
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
  Value wide = tenon::BroadcastOp::create(builder, loc, type, bias);
  Value seen = tenon::BroadcastOp::create(builder, loc,
                                          type.clone(builder.getI1Type()), row);
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
      tenon::AttentionOp::create(
          builder, at(name("attention")), query.getType(), Type(), query, key,
          value, mask, /*past_key=*/Value(), /*past_value=*/Value(),
          /*valid_lengths=*/Value(), config.heads, config.heads,
          /*scale=*/FloatAttr(), tenon::CausalKind::none,
          /*window=*/IntegerAttr(), /*softcap=*/FloatAttr(),
          /*scores=*/tenon::ScoresKindAttr())
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
// The folder
//===----------------------------------------------------------------------===//

static Result<EncoderFolder> openFolder(const fs::path &folder,
                                        Config &config) {
  Result<EncoderConfig> read = readEncoderConfig(config);
  if (!read)
    return read.error();
  Result<std::optional<SentencePooling>> pooling =
      readSentencePooling(folder, read->hidden);
  if (!pooling)
    return pooling.error();
  Result<SafetensorsIndex> index = SafetensorsIndex::open(folder);
  if (!index)
    return index.error();
  Result<WeightScope> weights =
      WeightScope::open(std::move(*index), read->family->prefix,
                        "embeddings.word_embeddings.weight");
  if (!weights)
    return weights.error();
  return EncoderFolder{*read, std::move(*weights), *pooling};
}

static Signature makeSignature(const EncoderFolder &folder) {
  auto port = [](const char *name, DataType type, std::vector<int64_t> shape,
                 std::vector<std::string> symbols, bool optional) {
    return Port{name, type, std::move(shape), std::move(symbols), optional};
  };
  auto input = [&](const char *name, bool optional) {
    return port(name, DataType::Int64, {-1, -1}, {"batch", "sequence"},
                optional);
  };
  Signature signature;
  signature.inputs = {input("input_ids", false),
                      input("attention_mask", false)};
  if (folder.asksTokenTypes())
    signature.inputs.push_back(input("token_type_ids", true));

  DataType type = folder.weights.type();
  int64_t hidden = folder.config.hidden;
  signature.outputs = {port("last_hidden_state", type, {-1, -1, hidden},
                            {"batch", "sequence", ""}, false)};
  if (folder.hasPooler())
    signature.outputs.push_back(
        port("pooler_output", type, {-1, hidden}, {"batch", ""}, false));
  if (folder.pooling)
    signature.outputs.push_back(
        port("sentence_embedding", type, {-1, hidden}, {"batch", ""}, false));
  return signature;
}

Result<Signature> readEncoderSignature(const fs::path &folder, Config &config) {
  Result<EncoderFolder> opened = openFolder(folder, config);
  if (!opened)
    return opened.error();
  return makeSignature(*opened);
}

/// The largest sequence for which every token has a position of its own.
static int64_t maxTokens(const EncoderConfig &config) {
  return config.family->positions == PositionKind::Counted
             ? config.maxPositions
             : config.maxPositions - config.padding - 1;
}

static DictionaryAttr portAttributes(OpBuilder &builder, const Port &port) {
  return builder.getDictionaryAttr(
      {builder.getNamedAttr("tenon.dtype",
                            builder.getStringAttr(name(port.type))),
       builder.getNamedAttr("tenon.name", builder.getStringAttr(port.name))});
}

/// @step with the given inputs as arguments; its body is empty.
static func::FuncOp createStep(OpBuilder &builder, ArrayRef<Port> inputs,
                               int64_t batch, int64_t tokens) {
  auto type = RankedTensorType::get({batch, tokens}, builder.getI64Type());
  SmallVector<Type> types(inputs.size(), type);
  auto step = func::FuncOp::create(builder, builder.getUnknownLoc(), "step",
                                   builder.getFunctionType(types, {}));
  step.addEntryBlock();
  for (auto [i, port] : llvm::enumerate(inputs))
    step.setArgAttrs(i, portAttributes(builder, port));
  return step;
}

static void finishStep(OpBuilder &builder, func::FuncOp step,
                       ArrayRef<Value> results, ArrayRef<Port> outputs) {
  func::ReturnOp::create(builder, step.getLoc(), results);
  step.setFunctionType(builder.getFunctionType(step.getArgumentTypes(),
                                               TypeRange(ValueRange(results))));
  for (auto [i, port] : llvm::enumerate(outputs))
    step.setResultAttrs(i, portAttributes(builder, port));
}

/// The whole graph: one result for each output of the signature.
static SmallVector<Value> buildGraph(OpBuilder &builder, EncoderFolder &folder,
                                     func::FuncOp step, int64_t batch,
                                     int64_t tokens) {
  EncoderBuilder encoder(builder, folder, batch, tokens);
  Value tokenTypes =
      step.getNumArguments() > 2 ? Value(step.getArgument(2)) : Value();
  Value states = encoder.embeddings(step.getArgument(0), tokenTypes);
  Value seen = encoder.tokenMask(step.getArgument(1));
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

Result<ImportedModel> importEncoder(MLIRContext &context,
                                    const fs::path &folder, Config &config,
                                    const ImportOptions &options) {
  Result<EncoderFolder> opened = openFolder(folder, config);
  if (!opened)
    return opened.error();
  Signature signature = makeSignature(*opened);
  auto sizes = resolveSizes(signature, options, folder.string());
  if (!sizes)
    return sizes.error();
  int64_t batch = (*sizes)["batch"], tokens = (*sizes)["sequence"];
  if (tokens < 1 || tokens > maxTokens(opened->config))
    return Error{folder.string() + ": a sequence of " + std::to_string(tokens) +
                 " tokens: the model has positions "
                 "for 1 to " +
                 std::to_string(maxTokens(opened->config)) +
                 " (max_position_embeddings)"};
  if (!byteCount(
          DataType::Float64,
          std::vector<int64_t>{batch, opened->config.heads, tokens, tokens}) ||
      !byteCount(DataType::Float64,
                 std::vector<int64_t>{batch, tokens, opened->config.hidden}) ||
      !byteCount(
          DataType::Float64,
          std::vector<int64_t>{batch, tokens, opened->config.intermediate}))
    return Error{folder.string() + ": a batch of " + std::to_string(batch) +
                 " is too large"};

  context.loadDialect<tenon::TenonDialect, func::FuncDialect,
                      arith::ArithDialect, math::MathDialect>();
  OpBuilder builder(&context);
  ImportedModel imported;
  imported.module = ModuleOp::create(builder, builder.getUnknownLoc());
  builder.setInsertionPointToEnd(imported.module->getBody());
  std::vector<Port> inputs;
  for (const Port &port : signature.inputs)
    if (!port.optional || isGiven(port.name, options))
      inputs.push_back(port);
  func::FuncOp step = createStep(builder, inputs, batch, tokens);
  builder.setInsertionPointToStart(&step.getBody().front());
  SmallVector<Value> results =
      buildGraph(builder, *opened, step, batch, tokens);
  if (Status status = opened->weights.status(); !status)
    return status.error();
  finishStep(builder, step, results, signature.outputs);
  return imported;
}

} // namespace tenon::hugging_face
