//===- DecoderConfig.cpp - Configurations of Llama and its relatives ------===//

#include "Decoder.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

namespace tenon::hugging_face {

using mlir::tenon::ActivationKind;

static DecoderFamily gemma2Family() {
  DecoderFamily family{.modelType = "gemma2",
                       .window = WindowKind::EveryOtherLayer,
                       .isGemma = true};
  family.activationKey = "hidden_activation";
  family.defaultActivation = "gelu_pytorch_tanh";
  family.defaultHeadSize = 256;
  family.defaultTied = true;
  return family;
}

const DecoderFamily *findDecoderFamily(llvm::StringRef modelType) {
  static const DecoderFamily families[] = {
      {.modelType = "llama"},
      {.modelType = "mistral",
       .projectionBias = ProjectionBias::None,
       .window = WindowKind::Everywhere},
      {.modelType = "qwen2",
       .projectionBias = ProjectionBias::QueryKeyValue,
       .window = WindowKind::FromLayer},
      {.modelType = "qwen3",
       .window = WindowKind::FromLayer,
       .queryKeyNorms = true,
       .defaultHeadSize = 128},
      gemma2Family(),
      {.modelType = "deepseek_v2", .routing = ExpertRouting::Softmax},
      {.modelType = "deepseek_v3", .routing = ExpertRouting::CorrectedSigmoid}};
  for (const DecoderFamily &family : families)
    if (family.modelType == modelType)
      return &family;
  return nullptr;
}

/// Keys that change what the model computes in a way the builder does not know.
static void refuseOtherModels(Config &config) {
  if (config.has("auto_map"))
    config.complain("unsupported: auto_map (the folder brings its own code)");
  if (config.has("quantization_config"))
    config.complain("unsupported: quantization_config (quantized weights)");
  if (config.flag("add_cross_attention", false))
    config.complain("unsupported: add_cross_attention (the builder makes "
                    "decoders without a second input)");
  if (config.flag("use_bidirectional_attention", false))
    config.complain("unsupported: use_bidirectional_attention (the builder "
                    "makes causal models)");
  // pretraining_tp above 1 splits products into sums that round differently.
  if (config.integer("pretraining_tp", 1) > 1)
    config.complain("unsupported: pretraining_tp (products in parts)");
}

static ActivationKind readActivation(Config &config,
                                     const DecoderFamily &family) {
  // The older key of Gemma folders is wrong in some of them: transformers takes
  // the newer one alone.
  std::string name =
      config.string(family.activationKey, family.defaultActivation);
  auto kind = llvm::StringSwitch<std::optional<ActivationKind>>(name)
                  .Cases({"silu", "swish"}, ActivationKind::silu)
                  .Case("gelu", ActivationKind::gelu)
                  .Cases({"gelu_new", "gelu_fast", "gelu_pytorch_tanh"},
                         ActivationKind::gelu_tanh)
                  .Case("relu", ActivationKind::relu)
                  .Default(std::nullopt);
  if (!kind)
    config.complain("unsupported: " + family.activationKey.str() + " '" + name +
                    "' (an unknown activation)");
  return kind.value_or(ActivationKind::silu);
}

/// `layer_types` says it of each layer, where it is given; else the family's
/// rule.
static void readWindows(Config &config, DecoderConfig &out) {
  WindowKind kind = out.family->window;
  out.hasWindow.assign(out.layers, false);
  bool isUsed = kind != WindowKind::None && config.has("sliding_window") &&
                (kind != WindowKind::FromLayer ||
                 config.flag("use_sliding_window", false));
  if (isUsed)
    out.windowSize = config.size("sliding_window");
  const llvm::json::Value *types = config.value("layer_types");
  if (kind == WindowKind::EveryOtherLayer || kind == WindowKind::FromLayer) {
    if (types) {
      const llvm::json::Array *array = types->getAsArray();
      if (!array || static_cast<int64_t>(array->size()) < out.layers)
        return config.complain("'layer_types' does not list " +
                               std::to_string(out.layers) + " layers");
      for (int64_t layer = 0; layer < out.layers; ++layer) {
        llvm::StringRef type = (*array)[layer].getAsString().value_or("");
        if (type != "full_attention" && type != "sliding_attention")
          return config.complain("unsupported: layer_types '" + type.str() +
                                 "' (known are full_attention, "
                                 "sliding_attention)");
        out.hasWindow[layer] = type == "sliding_attention";
      }
    } else {
      int64_t from = config.integer("max_window_layers", 28);
      for (int64_t layer = 0; layer < out.layers; ++layer)
        out.hasWindow[layer] = kind == WindowKind::FromLayer
                                   ? isUsed && layer >= from
                                   : layer % 2 == 0;
    }
  } else if (isUsed) {
    out.hasWindow.assign(out.layers, true);
  }
  if (out.windowSize || !llvm::is_contained(out.hasWindow, true))
    return;
  if (kind == WindowKind::EveryOtherLayer)
    out.windowSize = config.size("sliding_window", 4096);
  else
    config.complain("a layer of 'layer_types' is sliding_attention, but no "
                    "sliding_window is in use");
}

static std::optional<double> readCap(Config &config, llvm::StringRef key) {
  if (!config.has(key))
    return std::nullopt;
  double cap = config.number(key, 1);
  if (cap > 0 && std::isfinite(cap))
    return cap;
  config.complain("'" + key.str() + "' is no positive number");
  return std::nullopt;
}

Result<DecoderConfig> readDecoderConfig(Config &config) {
  DecoderConfig out;
  out.family = findDecoderFamily(config.string("model_type", ""));
  const DecoderFamily &family = *out.family;
  refuseOtherModels(config);
  out.vocabulary = config.size("vocab_size");
  out.hidden = config.size("hidden_size");
  out.layers = config.size("num_hidden_layers");
  out.heads = config.size("num_attention_heads");
  out.keyHeads = config.size("num_key_value_heads", out.heads);
  out.intermediate = config.size("intermediate_size");
  out.maxPositions = config.size("max_position_embeddings", 2048);
  out.headSize = config.size("head_dim", family.defaultHeadSize != 0
                                             ? family.defaultHeadSize
                                             : out.hidden / out.heads);
  out.epsilon = config.number("rms_norm_eps", family.defaultEpsilon);
  out.activation = readActivation(config, family);
  out.isTied = config.flag("tie_word_embeddings", family.defaultTied);
  if (family.isLatent()) {
    out.latent = readLatentSizes(config);
    out.experts = readExpertSizes(config, family.routing);
    out.headSize = out.latent->keySize();
    if (out.keyHeads != out.heads)
      config.complain("unsupported: num_key_value_heads " +
                      std::to_string(out.keyHeads) + " (latents give keys to " +
                      "each of the " + std::to_string(out.heads) + " heads)");
  }
  bool isBiased = config.flag("attention_bias", false);
  out.queryBias =
      family.projectionBias == ProjectionBias::QueryKeyValue ||
      (family.projectionBias == ProjectionBias::Configured && isBiased);
  out.outputBias =
      family.projectionBias == ProjectionBias::Configured && isBiased;
  out.feedForwardBias = family.routing != ExpertRouting::CorrectedSigmoid &&
                        config.flag("mlp_bias", false);
  double scaledBy = static_cast<double>(out.headSize);
  if (family.isGemma) {
    scaledBy = config.number("query_pre_attn_scalar", 256);
    out.scoreCap = readCap(config, "attn_logit_softcapping");
    out.logitCap = readCap(config, "final_logit_softcapping");
  }
  if (!(scaledBy > 0))
    config.complain("'query_pre_attn_scalar' is no positive number");
  out.scale = 1 / std::sqrt(scaledBy);
  if (!(out.epsilon >= 0) || !std::isfinite(out.epsilon))
    config.complain("'rms_norm_eps' is no number from 0 up");
  if (out.heads % out.keyHeads != 0)
    config.complain("num_attention_heads " + std::to_string(out.heads) +
                    " is not a multiple of num_key_value_heads " +
                    std::to_string(out.keyHeads));
  // Sizes that only a configuration claims must not decide what is allocated.
  if (out.layers > 10000)
    config.complain("num_hidden_layers " + std::to_string(out.layers) +
                    " are too many");
  else
    readWindows(config, out);
  if (Status status = config.status(); !status)
    return status.error();
  return out;
}

} // namespace tenon::hugging_face
