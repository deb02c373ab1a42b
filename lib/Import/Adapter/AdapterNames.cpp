//===- AdapterNames.cpp - Tensors of diffusion pipelines' adapters --------===//

#include "AdapterNames.h"

#include <algorithm>

namespace tenon {

std::string flattened(llvm::StringRef module) {
  std::string flat = module.str();
  std::ranges::replace(flat, '.', '_');
  return flat;
}

/// Takes a number and, where more follows, an underscore off the front.
static std::optional<int64_t> takeNumber(llvm::StringRef &name) {
  int64_t number = 0;
  if (name.consumeInteger(10, number) || number < 0)
    return std::nullopt;
  name.consume_front("_");
  return number;
}

/// Layers of a residual block in the names of Stable Diffusion's first code.
static std::string resnetPart(llvm::StringRef part) {
  static constexpr std::pair<llvm::StringRef, llvm::StringRef> parts[] = {
      {"in_layers_2", "conv1"},
      {"out_layers_3", "conv2"},
      {"emb_layers_1", "time_emb_proj"},
      {"skip_connection", "conv_shortcut"}};
  for (auto [before, now] : parts)
    if (part == before)
      return now.str();
  return part.str();
}

/// Files for Stable Diffusion XL count the blocks of the UNet as its first code
/// does, with two layers at each resolution on the way down and three on the
/// way up: block by block, and in a block the residual layer, the transformer
/// and what changes the size.
static std::string renamedBlocks(llvm::StringRef name) {
  llvm::StringRef rest = name;
  if (rest.consume_front("middle_block_")) {
    std::optional<int64_t> layer = takeNumber(rest);
    if (!layer || *layer > 2)
      return name.str();
    return *layer == 1 ? "mid_block_attentions_0_" + rest.str()
                       : "mid_block_resnets_" + std::to_string(*layer / 2) +
                             "_" + resnetPart(rest);
  }
  bool isDown = rest.consume_front("input_blocks_");
  if (!isDown && !rest.consume_front("output_blocks_"))
    return name.str();
  std::optional<int64_t> block = takeNumber(rest), layer = takeNumber(rest);
  if (!block || !layer || (isDown && *block == 0))
    return name.str();
  int64_t counted = isDown ? *block - 1 : *block, level = counted / 3,
          number = counted % 3;
  std::string prefix = (isDown ? "down_blocks_" : "up_blocks_") +
                       std::to_string(level) + "_",
              own = std::to_string(number) + "_";
  if (isDown && number == 2)
    return prefix + "downsamplers_0_" + (rest == "op" ? "conv" : rest.str());
  if (rest == "conv")
    return prefix + "upsamplers_0_conv";
  return *layer == 0 ? prefix + "resnets_" + own + resnetPart(rest)
                     : prefix + "attentions_" + own + rest.str();
}

/// Splits what a name ends with off its module.
static std::optional<llvm::StringRef> takeSuffix(llvm::StringRef &name) {
  static constexpr std::pair<llvm::StringRef, llvm::StringRef> suffixes[] = {
      {".lora_A.weight", ".lora_A.weight"},
      {".lora_B.weight", ".lora_B.weight"},
      {".lora_down.weight", ".lora_A.weight"},
      {".lora_up.weight", ".lora_B.weight"},
      {".lora.down.weight", ".lora_A.weight"},
      {".lora.up.weight", ".lora_B.weight"},
      {".lora_linear_layer.down.weight", ".lora_A.weight"},
      {".lora_linear_layer.up.weight", ".lora_B.weight"},
      {"_lora.down.weight", ".lora_A.weight"},
      {"_lora.up.weight", ".lora_B.weight"},
      {".lora_magnitude_vector", ".lora_magnitude_vector"},
      {".lora_magnitude_vector.weight", ".lora_magnitude_vector"},
      {".dora_scale", ".dora_scale"},
      {".hada_w1_a", ".hada_w1_a"},
      {".hada_w1_b", ".hada_w1_b"},
      {".hada_t1", ".hada_t1"},
      {".hada_w2_a", ".hada_w2_a"},
      {".hada_w2_b", ".hada_w2_b"},
      {".hada_t2", ".hada_t2"},
      {".lokr_w1", ".lokr_w1"},
      {".lokr_w1_a", ".lokr_w1_a"},
      {".lokr_w1_b", ".lokr_w1_b"},
      {".lokr_w2", ".lokr_w2"},
      {".lokr_w2_a", ".lokr_w2_a"},
      {".lokr_w2_b", ".lokr_w2_b"},
      {".lokr_t2", ".lokr_t2"},
      {".alpha", ".alpha"}};
  for (auto [written, canonical] : suffixes)
    if (name.consume_back(written))
      return canonical;
  return std::nullopt;
}

/// "attn1.to_out.0" of "attn1.processor.to_out".
static std::string withoutProcessor(llvm::StringRef module) {
  auto [front, back] = module.split(".processor.");
  if (back.empty())
    return module.str();
  return (front + "." + (back == "to_out" ? "to_out.0" : back)).str();
}

std::optional<AdapterTensorName> parseAdapterName(llvm::StringRef name) {
  static constexpr struct {
    llvm::StringRef prefix, component;
    bool isFlat;
  } components[] = {{"lora_unet_", "unet", true},
                    {"lora_te1_", "text_encoder", true},
                    {"lora_te2_", "text_encoder_2", true},
                    {"lora_te_", "text_encoder", true},
                    {"unet.", "unet", false},
                    {"text_encoder.", "text_encoder", false},
                    {"text_encoder_2.", "text_encoder_2", false}};
  for (auto [prefix, component, isFlat] : components) {
    llvm::StringRef module = name;
    if (!module.consume_front(prefix))
      continue;
    std::optional<llvm::StringRef> suffix = takeSuffix(module);
    if (!suffix)
      return std::nullopt;
    return AdapterTensorName{component.str(),
                             isFlat ? renamedBlocks(module)
                                    : withoutProcessor(module),
                             suffix->str(), isFlat};
  }
  return std::nullopt;
}

} // namespace tenon
