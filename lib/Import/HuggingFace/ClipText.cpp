//===- ClipText.cpp - CLIP's text encoder ---------------------------------===//

#include "ClipText.h"

#include "Sizes.h"
#include "StepFunction.h"
#include "WeightScope.h"

#include "tenon/IR/Create.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include "llvm/ADT/StringSwitch.h"

namespace fs = std::filesystem;
namespace ir = mlir::tenon;
using namespace mlir;

namespace tenon::hugging_face {

namespace {
struct ClipTextConfig {
  int64_t vocabulary, hidden, intermediate, layers, heads, maxPositions;
  std::optional<int64_t> projection; ///< of the pooled output
  double epsilon;
  ir::ActivationKind activation;
  std::optional<double> activationAlpha;
  int64_t endToken;
};

struct ClipTextFolder {
  ClipTextConfig config;
  WeightScope weights;
};
} // namespace

static void readActivation(Config &config, ClipTextConfig &out) {
  std::string name = config.string("hidden_act", "quick_gelu");
  auto kind = llvm::StringSwitch<std::optional<ir::ActivationKind>>(name)
                  .Case("quick_gelu", ir::ActivationKind::silu)
                  .Case("gelu", ir::ActivationKind::gelu)
                  .Default(std::nullopt);
  if (!kind)
    return config.complain("unsupported: hidden_act '" + name + "'");
  out.activation = *kind;
  if (name == "quick_gelu") // x sigmoid(1.702 x)
    out.activationAlpha = 1.702;
}

static bool hasProjection(Config &config) {
  const llvm::json::Value *names = config.value("architectures");
  const llvm::json::Array *array = names ? names->getAsArray() : nullptr;
  return array && !array->empty() &&
         array->front().getAsString() ==
             llvm::StringRef("CLIPTextModelWithProjection");
}

static Result<ClipTextConfig> readConfig(Config &config) {
  ClipTextConfig out;
  out.vocabulary = config.size("vocab_size", 49408);
  out.hidden = config.size("hidden_size", 512);
  out.intermediate = config.size("intermediate_size", 2048);
  out.layers = config.size("num_hidden_layers", 12);
  out.heads = config.size("num_attention_heads", 8);
  out.maxPositions = config.size("max_position_embeddings", 77);
  out.epsilon = config.number("layer_norm_eps", 1e-5);
  out.endToken = config.integer("eos_token_id", 49407);
  if (hasProjection(config))
    out.projection = config.size("projection_dim", 512);
  if (out.hidden % out.heads != 0)
    config.complain("'hidden_size' is no multiple of 'num_attention_heads'");
  if (!(out.epsilon >= 0))
    config.complain("'layer_norm_eps' is no number from 0 up");
  readActivation(config, out);
  if (Status status = config.status(); !status)
    return status.error();
  return out;
}

static Result<ClipTextFolder> openFolder(const fs::path &folder,
                                         Config &config) {
  Result<ClipTextConfig> read = readConfig(config);
  if (!read)
    return read.error();
  Result<SafetensorsIndex> index = SafetensorsIndex::open(folder);
  if (!index)
    return index.error();
  Result<WeightScope> weights = WeightScope::open(
      std::move(*index), "text_model.", "embeddings.token_embedding.weight");
  if (!weights)
    return weights.error();
  return ClipTextFolder{*read, std::move(*weights)};
}

static Signature makeSignature(const ClipTextFolder &folder,
                               const ImportOptions &options) {
  Signature signature;
  std::vector<std::string> tokens = {"batch", "sequence"};
  signature.inputs = {{"input_ids", DataType::Int64, {-1, -1}, tokens}};
  if (options.adapters.form == AdapterForm::ByRow)
    signature.inputs.push_back(adapterPort());
  DataType type = folder.weights.type();
  const ClipTextConfig &config = folder.config;
  auto states = [&](const char *name) {
    return Port{name, type, {-1, -1, config.hidden}, {"batch", "sequence", ""}};
  };
  signature.outputs = {states("last_hidden_state"),
                       states("penultimate_hidden_state")};
  if (config.projection)
    signature.outputs.push_back(
        {"text_embeds", type, {-1, *config.projection}, {"batch", ""}});
  else
    signature.outputs.push_back(
        {"pooler_output", type, {-1, config.hidden}, {"batch", ""}});
  return signature;
}

namespace {
class ClipTextBuilder {
public:
  ClipTextBuilder(OpBuilder &builder, ClipTextFolder &folder, Value ids)
      : builder(builder), weights(folder.weights), config(folder.config),
        ids(ids) {
    ArrayRef<int64_t> shape = cast<RankedTensorType>(ids.getType()).getShape();
    batch = shape[0];
    tokens = shape[1];
  }

  /// The last states, those before the last layer, the pooled one.
  SmallVector<Value> build();

private:
  Location at(const Twine &name) const {
    return NameLoc::get(builder.getStringAttr(name));
  }
  Value weight(const std::string &name, ArrayRef<int64_t> shape) {
    return weights.get(builder, at(name), name, shape);
  }
  Value linear(const std::string &name, Value input, int64_t in, int64_t out) {
    return weights.linear(builder, at(name), input, name, {out, in},
                          /*isBiased=*/true);
  }
  Value norm(const std::string &name, Value input) {
    return ir::LayerNormOp::create(builder, at(name), input,
                                   weight(name + ".weight", {config.hidden}),
                                   weight(name + ".bias", {config.hidden}),
                                   /*axis=*/2, llvm::APFloat(config.epsilon),
                                   /*with_statistics=*/false)
        .getResult();
  }
  Value embeddings();
  Value layer(const std::string &prefix, Value states);
  Value endStates(Value states);

  OpBuilder &builder;
  WeightScope &weights;
  const ClipTextConfig &config;
  Value ids;
  int64_t batch, tokens;
};
} // namespace

Value ClipTextBuilder::embeddings() {
  std::string name = "embeddings.token_embedding";
  Value states = ir::EmbeddingOp::create(
      builder, at(name),
      weight(name + ".weight", {config.vocabulary, config.hidden}), ids);
  name = "embeddings.position_embedding";
  Location loc = at(name);
  Value table = weight(name + ".weight", {config.maxPositions, config.hidden});
  if (tokens < config.maxPositions)
    table = ir::SliceOp::create(builder, loc, table, ArrayRef<int64_t>{0, 0},
                                ArrayRef<int64_t>{tokens, config.hidden},
                                ArrayRef<int64_t>{1, 1});
  return arith::AddFOp::create(
      builder, loc, states,
      ir::BroadcastOp::create(builder, loc, states.getType(), table));
}

Value ClipTextBuilder::layer(const std::string &prefix, Value states) {
  auto name = [&](const char *part) { return prefix + part; };
  int64_t hidden = config.hidden;
  Value given = norm(name("layer_norm1"), states);
  Value query = linear(name("self_attn.q_proj"), given, hidden, hidden),
        key = linear(name("self_attn.k_proj"), given, hidden, hidden),
        value = linear(name("self_attn.v_proj"), given, hidden, hidden);
  Location loc = at(name("self_attn"));
  Value attended =
      ir::AttentionOp::create(
          builder, loc, query.getType(), Type(), query, key, value,
          /*mask=*/Value(), /*past_key=*/Value(), /*past_value=*/Value(),
          /*valid_lengths=*/Value(), /*key_scale=*/Value(),
          /*value_scale=*/Value(), config.heads, config.heads,
          /*scale=*/FloatAttr(), ir::CausalKind::top_left,
          /*window=*/IntegerAttr(), /*softcap=*/FloatAttr(),
          /*scores=*/ir::ScoresKindAttr(), /*splits=*/IntegerAttr())
          .getResult();
  states = arith::AddFOp::create(
      builder, loc, states,
      linear(name("self_attn.out_proj"), attended, hidden, hidden));
  given = norm(name("layer_norm2"), states);
  Value wide = linear(name("mlp.fc1"), given, hidden, config.intermediate);
  FloatAttr alpha = config.activationAlpha
                        ? builder.getF64FloatAttr(*config.activationAlpha)
                        : FloatAttr();
  wide = ir::ActivationOp::create(builder, at(name("mlp")), config.activation,
                                  wide, alpha, FloatAttr());
  return arith::AddFOp::create(
      builder, at(name("mlp")), states,
      linear(name("mlp.fc2"), wide, config.intermediate, hidden));
}

/// The state of each row's end of text [batch, hidden]: of its first end token,
/// or of its largest id where config.json has the end token 2, which old
/// folders have by mistake (SEMANTICS F10).
Value ClipTextBuilder::endStates(Value states) {
  Location loc = at("pooler_output");
  Value searched = ids;
  constexpr int64_t oldEndToken = 2;
  if (config.endToken != oldEndToken) {
    auto type = cast<RankedTensorType>(ids.getType());
    Value end = arith::ConstantOp::create(
        builder, loc,
        DenseElementsAttr::get(type,
                               builder.getI64IntegerAttr(config.endToken)));
    searched = arith::ExtUIOp::create(
        builder, loc, type,
        arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, ids,
                              end));
  }
  Value place = ir::ArgReduceOp::create(
      builder, loc, searched, /*axis=*/1, /*minimum=*/false, /*keep_dims=*/true,
      /*select_last=*/false, /*unsigned_elements=*/false);
  return ir::GatherNdOp::create(builder, loc, states, place, /*batch_dims=*/1);
}

SmallVector<Value> ClipTextBuilder::build() {
  Value states = embeddings(), penultimate = states;
  // Sizes that only a configuration claims must not decide how much is built.
  for (int64_t i = 0; i < config.layers && weights.status().ok(); ++i) {
    penultimate = states;
    states = layer("encoder.layers." + std::to_string(i) + ".", states);
  }
  if (!weights.status())
    return {};
  Value last = norm("final_layer_norm", states), pooled = endStates(last);
  if (config.projection)
    pooled =
        weights.linear(builder, at("text_projection"), pooled,
                       "text_projection", {*config.projection, config.hidden},
                       /*isBiased=*/false);
  return {last, penultimate, pooled};
}

Result<Signature> readClipTextSignature(const fs::path &folder, Config &config,
                                        const ImportOptions &options) {
  Result<ClipTextFolder> opened = openFolder(folder, config);
  if (!opened)
    return opened.error();
  return makeSignature(*opened, options);
}

Result<ImportedModel> importClipText(MLIRContext &context,
                                     const fs::path &folder, Config &config,
                                     const ImportOptions &options) {
  Result<ClipTextFolder> opened = openFolder(folder, config);
  if (!opened)
    return opened.error();
  AdapterOptions adapters = options.adapters;
  if (adapters.component.empty())
    adapters.component = "text_encoder";
  if (Status status = opened->weights.attach(adapters); !status)
    return status.error();
  Signature signature = makeSignature(*opened, options);
  auto sizes = resolveSizes(signature, options, folder.string());
  if (!sizes)
    return sizes.error();
  int64_t tokens = (*sizes)["sequence"];
  if (tokens < 1 || tokens > opened->config.maxPositions)
    return Error{folder.string() + ": a sequence of " + std::to_string(tokens) +
                 " tokens: the model has positions for 1 to " +
                 std::to_string(opened->config.maxPositions) +
                 " (max_position_embeddings)"};
  int64_t atLeastOne = std::max<int64_t>((*sizes)["batch"], 1);
  if (!byteCount(DataType::Float64,
                 std::vector<int64_t>{atLeastOne, tokens,
                                      opened->config.intermediate}) ||
      !byteCount(DataType::Float64,
                 std::vector<int64_t>{atLeastOne, opened->config.heads, tokens,
                                      tokens}))
    return Error{folder.string() + ": a batch of " +
                 std::to_string(atLeastOne) + " is too large"};
  ImportedModel imported = createStep(
      context, signature, options, *sizes,
      [&](OpBuilder &builder, func::FuncOp step, ArrayRef<Port> inputs) {
        if (inputs.size() > 1)
          opened->weights.setAdapterRows(step.getArgument(1));
        return ClipTextBuilder(builder, *opened, step.getArgument(0)).build();
      });
  if (Status status = opened->weights.finish(); !status)
    return status.error();
  return imported;
}

} // namespace tenon::hugging_face
