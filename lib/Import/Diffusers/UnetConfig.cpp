//===- UnetConfig.cpp - What a UNet's config.json says --------------------===//

#include "Unet.h"

#include "llvm/ADT/STLExtras.h"

namespace tenon::diffusers {

static constexpr llvm::StringRef readKeys[] = {
    "act_fn", "addition_embed_type", "addition_time_embed_dim",
    "attention_head_dim", "block_out_channels", "cross_attention_dim",
    "down_block_types", "downsample_padding", "dropout", "flip_sin_to_cos",
    "freq_shift", "in_channels", "layers_per_block", "mid_block_type",
    "norm_eps", "norm_num_groups", "num_attention_heads",
    "only_cross_attention", "out_channels",
    "projection_class_embeddings_input_dim", "sample_size",
    "transformer_layers_per_block", "up_block_types",
    // Scores are formed in f32 anyway.
    "upcast_attention", "use_linear_projection"};

/// Keys whose only known value is the one that diffusers has without them.
static constexpr std::pair<llvm::StringRef, llvm::StringRef> defaults[] = {
    {"mid_block_scale_factor", "1"},
    {"mid_block_scale_factor", "1.0"},
    {"resnet_time_scale_shift", "\"default\""},
    {"resnet_out_scale_factor", "1"},
    {"resnet_out_scale_factor", "1.0"},
    {"time_embedding_type", "\"positional\""},
    {"conv_in_kernel", "3"},
    {"conv_out_kernel", "3"},
    {"attention_type", "\"default\""},
    {"addition_embed_type_num_heads", "64"}};

/// A number for each level: one for all, or a list.
static std::vector<int64_t> perLevel(Config &config, const char *key,
                                     size_t levels, int64_t otherwise) {
  const llvm::json::Value *value = config.value(key);
  const llvm::json::Array *array = value ? value->getAsArray() : nullptr;
  if (!array)
    return std::vector<int64_t>(levels, config.size(key, otherwise));
  std::vector<int64_t> numbers;
  for (const llvm::json::Value &each : *array) {
    int64_t number = each.getAsInteger().value_or(0);
    bool isSize = number >= 1 && number < int64_t(1) << 31;
    if (!isSize)
      config.complain("'" + std::string(key) +
                      "' holds what is no size (lists of lists are "
                      "unsupported)");
    numbers.push_back(isSize ? number : 1);
  }
  if (numbers.size() != levels)
    config.complain("'" + std::string(key) + "' has " +
                    std::to_string(numbers.size()) + " entries for " +
                    std::to_string(levels) + " blocks");
  numbers.resize(levels, 1);
  return numbers;
}

/// Whether each block attends to the prompt, by the names of its kind.
static std::vector<bool> readKinds(Config &config, const char *key,
                                   llvm::StringRef plain,
                                   llvm::StringRef attending,
                                   std::vector<bool> otherwise) {
  const llvm::json::Value *value = config.value(key);
  if (!value)
    return otherwise;
  std::vector<bool> kinds;
  if (const llvm::json::Array *array = value->getAsArray())
    for (const llvm::json::Value &each : *array) {
      llvm::StringRef kind = each.getAsString().value_or("");
      if (kind != plain && kind != attending)
        config.complain("unsupported: " + std::string(key) + " '" + kind.str() +
                        "'");
      kinds.push_back(kind == attending);
    }
  if (kinds.empty())
    config.complain("'" + std::string(key) + "' is no list of blocks");
  return kinds;
}

static std::vector<bool> readOnlyCross(Config &config, size_t levels) {
  const llvm::json::Value *value = config.value("only_cross_attention");
  const llvm::json::Array *array = value ? value->getAsArray() : nullptr;
  if (!array)
    return std::vector<bool>(levels,
                             config.flag("only_cross_attention", false));
  std::vector<bool> flags;
  for (const llvm::json::Value &each : *array)
    flags.push_back(each.getAsBoolean().value_or(false));
  if (flags.size() != levels)
    config.complain("'only_cross_attention' has " +
                    std::to_string(flags.size()) + " entries for " +
                    std::to_string(levels) + " blocks");
  flags.resize(levels);
  return flags;
}

static void readLevels(Config &config, UnetConfig &out) {
  std::vector<bool> down =
      readKinds(config, "down_block_types", "DownBlock2D",
                "CrossAttnDownBlock2D", {true, true, true, false});
  std::vector<bool> up =
      readKinds(config, "up_block_types", "UpBlock2D", "CrossAttnUpBlock2D",
                {false, true, true, true});
  size_t count = down.size();
  if (up.size() != count)
    config.complain("'up_block_types' has " + std::to_string(up.size()) +
                    " entries, 'down_block_types' " + std::to_string(count));
  up.resize(count);
  std::vector<int64_t> channels = {320, 640, 1280, 1280};
  if (config.has("block_out_channels"))
    channels = perLevel(config, "block_out_channels", count, 1);
  channels.resize(count, 1);
  std::vector<int64_t> resnets = perLevel(config, "layers_per_block", count, 2),
                       transformers = perLevel(
                           config, "transformer_layers_per_block", count, 1),
                       cross =
                           perLevel(config, "cross_attention_dim", count, 1280);
  // The key says how many heads there are, not how large one is, unless there
  // is another key for that (huggingface/diffusers issue 2011).
  const char *headsKey = config.has("num_attention_heads")
                             ? "num_attention_heads"
                             : "attention_head_dim";
  std::vector<int64_t> heads = perLevel(config, headsKey, count, 8);
  std::vector<bool> onlyCross = readOnlyCross(config, count);
  for (size_t i = 0; i < count; ++i) {
    out.levels.push_back({channels[i], resnets[i], down[i], up[count - 1 - i],
                          heads[i], transformers[i], cross[i], onlyCross[i]});
    if (channels[i] % heads[i] != 0 || channels[i] % out.groups != 0)
      config.complain("block " + std::to_string(i) + " has " +
                      std::to_string(channels[i]) + " channels for " +
                      std::to_string(heads[i]) + " heads and " +
                      std::to_string(out.groups) + " groups");
  }
}

Result<UnetConfig> readUnetConfig(Config &config) {
  UnetConfig out;
  refuseOtherKeys(config, readKeys, defaults);
  out.inChannels = config.size("in_channels", 4);
  out.outChannels = config.size("out_channels", 4);
  out.groups = config.size("norm_num_groups", 32);
  out.downPadding = config.integer("downsample_padding", 1);
  out.epsilon = config.number("norm_eps", 1e-5);
  out.isLinear = config.flag("use_linear_projection", false);
  out.cosinesFirst = config.flag("flip_sin_to_cos", true);
  out.frequencyShift = config.number("freq_shift", 0);
  std::string middle = config.string(
      "mid_block_type",
      config.isNull("mid_block_type") ? "" : "UNetMidBlock2DCrossAttn");
  out.hasMiddle = !middle.empty();
  if (out.hasMiddle && middle != "UNetMidBlock2DCrossAttn")
    config.complain("unsupported: mid_block_type '" + middle + "'");
  if (std::string act = config.string("act_fn", "silu"); act != "silu")
    config.complain("unsupported: act_fn '" + act + "'");
  if (out.downPadding != 0 && out.downPadding != 1)
    config.complain("unsupported: downsample_padding " +
                    std::to_string(out.downPadding));
  if (!(out.epsilon >= 0))
    config.complain("'norm_eps' is no number from 0 up");
  std::string added = config.string("addition_embed_type", "");
  if (added == "text_time")
    out.added = {config.size("addition_time_embed_dim"),
                 config.size("projection_class_embeddings_input_dim")};
  else if (!added.empty())
    config.complain("unsupported: addition_embed_type '" + added + "'");
  readLevels(config, out);
  if (Status status = config.status(); !status)
    return status.error();
  if (out.levels.front().channels % 2 != 0 ||
      !(out.frequencyShift < out.levels.front().channels / 2))
    config.complain("'freq_shift' or 'block_out_channels' leaves the time no "
                    "frequencies");
  if (out.added && (out.added->numberSize % 2 != 0 ||
                    out.added->inputSize <= 6 * out.added->numberSize))
    config.complain("'addition_time_embed_dim' does not fit "
                    "'projection_class_embeddings_input_dim'");
  if (Status status = config.status(); !status)
    return status.error();
  return out;
}

} // namespace tenon::diffusers
