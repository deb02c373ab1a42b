//===- EncoderConfig.cpp - Configurations of BERT and its relatives -------===//

#include "Encoder.h"

namespace tenon::hugging_face {

using mlir::tenon::ActivationKind;

static const LayerNames bertNames = {"attention.self.query",
                                     "attention.self.key",
                                     "attention.self.value",
                                     "attention.output.dense",
                                     "attention.output.LayerNorm",
                                     "intermediate.dense",
                                     "output.dense",
                                     "output.LayerNorm"};
static const LayerNames distilBertNames = {
    "attention.q_lin",   "attention.k_lin",  "attention.v_lin",
    "attention.out_lin", "sa_layer_norm",    "ffn.lin1",
    "ffn.lin2",          "output_layer_norm"};
static const LayerNames mpnetNames = {
    "attention.attn.q", "attention.attn.k",    "attention.attn.v",
    "attention.attn.o", "attention.LayerNorm", "intermediate.dense",
    "output.dense",     "output.LayerNorm"};

static EncoderFamily bertFamily(llvm::StringRef modelType,
                                llvm::StringRef prefix) {
  return {.modelType = modelType,
          .prefix = prefix,
          .layers = "encoder.layer.",
          .names = bertNames,
          .hiddenKey = "hidden_size",
          .layersKey = "num_hidden_layers",
          .headsKey = "num_attention_heads",
          .intermediateKey = "intermediate_size",
          .activationKey = "hidden_act",
          .defaultHidden = 768,
          .defaultLayers = 12,
          .defaultHeads = 12,
          .defaultIntermediate = 3072,
          .defaultPositions = 512,
          .defaultEpsilon = 1e-12,
          .positions = PositionKind::Counted,
          .defaultPadding = 0,
          .fixedPadding = false,
          .defaultTokenTypes = 2,
          .relativeBias = false};
}

static EncoderFamily robertaFamily(llvm::StringRef modelType) {
  EncoderFamily family = bertFamily(modelType, "roberta.");
  family.positions = PositionKind::AfterPadding;
  family.defaultPadding = 1;
  return family;
}

static EncoderFamily distilBertFamily() {
  EncoderFamily family = bertFamily("distilbert", "distilbert.");
  family.layers = "transformer.layer.";
  family.names = distilBertNames;
  family.hiddenKey = "dim";
  family.layersKey = "n_layers";
  family.defaultLayers = 6;
  family.headsKey = "n_heads";
  family.intermediateKey = "hidden_dim";
  family.activationKey = "activation";
  family.defaultTokenTypes = 0;
  return family;
}

static EncoderFamily mpnetFamily() {
  EncoderFamily family = bertFamily("mpnet", "mpnet.");
  family.names = mpnetNames;
  family.positions = PositionKind::AfterPadding;
  family.defaultPadding = 1;
  family.fixedPadding = true;
  family.defaultTokenTypes = 0;
  family.relativeBias = true;
  return family;
}

const EncoderFamily *findEncoderFamily(llvm::StringRef modelType) {
  static const EncoderFamily families[] = {
      bertFamily("bert", "bert."),  robertaFamily("roberta"),
      robertaFamily("xlm-roberta"), robertaFamily("camembert"),
      distilBertFamily(),           mpnetFamily()};
  for (const EncoderFamily &family : families)
    if (family.modelType == modelType)
      return &family;
  return nullptr;
}

static void readActivation(Config &config, EncoderConfig &out) {
  std::string name = config.string(out.family->activationKey, "gelu");
  auto kind = llvm::StringSwitch<std::optional<ActivationKind>>(name)
                  .Cases({"gelu", "gelu_python"}, ActivationKind::gelu)
                  .Cases({"gelu_new", "gelu_fast", "gelu_pytorch_tanh",
                          "gelu_accurate", "gelu_python_tanh"},
                         ActivationKind::gelu_tanh)
                  .Case("relu", ActivationKind::relu)
                  .Cases({"silu", "swish", "quick_gelu"}, ActivationKind::silu)
                  .Case("mish", ActivationKind::mish)
                  .Default(std::nullopt);
  if (!kind)
    return config.complain("unsupported: " + out.family->activationKey.str() +
                           " '" + name + "' (an unknown activation)");
  out.activation = *kind;
  if (name == "quick_gelu")
    out.activationAlpha = 1.702;
}

/// Keys that change what the model computes in a way the builder does not know.
static void refuseOtherModels(Config &config) {
  if (config.has("auto_map"))
    config.complain("unsupported: auto_map (the folder brings its own code)");
  if (config.flag("is_decoder", false))
    config.complain("unsupported: is_decoder (the builder makes encoders)");
  if (config.flag("add_cross_attention", false))
    config.complain("unsupported: add_cross_attention (the builder makes "
                    "encoders without a second input)");
  std::string positions = config.string("position_embedding_type", "absolute");
  if (positions != "absolute")
    config.complain("unsupported: position_embedding_type '" + positions +
                    "' (only 'absolute' is known)");
  if (config.has("quantization_config"))
    config.complain("unsupported: quantization_config (quantized weights)");
  if (const llvm::json::Value *pruned = config.value("pruned_heads"))
    if (const llvm::json::Object *heads = pruned->getAsObject();
        !heads || !heads->empty())
      config.complain("unsupported: pruned_heads (layers with fewer heads)");
}

Result<EncoderConfig> readEncoderConfig(Config &config) {
  EncoderConfig out;
  out.family = findEncoderFamily(config.string("model_type", ""));
  const EncoderFamily &family = *out.family;
  refuseOtherModels(config);
  out.vocabulary = config.size("vocab_size");
  out.hidden = config.size(family.hiddenKey, family.defaultHidden);
  out.layers = config.size(family.layersKey, family.defaultLayers);
  out.heads = config.size(family.headsKey, family.defaultHeads);
  out.intermediate =
      config.size(family.intermediateKey, family.defaultIntermediate);
  out.maxPositions =
      config.size("max_position_embeddings", family.defaultPositions);
  out.epsilon = config.number("layer_norm_eps", family.defaultEpsilon);
  out.padding = family.fixedPadding
                    ? family.defaultPadding
                    : config.integer("pad_token_id", family.defaultPadding);
  out.tokenTypes =
      family.defaultTokenTypes == 0
          ? 0
          : config.size("type_vocab_size", family.defaultTokenTypes);
  if (family.relativeBias)
    out.biasBuckets = config.size("relative_attention_num_buckets", 32);
  readActivation(config, out);
  if (out.hidden % out.heads != 0)
    config.complain(family.hiddenKey.str() + " " + std::to_string(out.hidden) +
                    " is not a multiple of " + family.headsKey.str() + " " +
                    std::to_string(out.heads));
  if (family.positions == PositionKind::AfterPadding &&
      (out.padding < 0 || out.padding >= out.maxPositions))
    config.complain("pad_token_id " + std::to_string(out.padding) +
                    " is no position below max_position_embeddings " +
                    std::to_string(out.maxPositions));
  if (Status status = config.status(); !status)
    return status.error();
  return out;
}

} // namespace tenon::hugging_face
