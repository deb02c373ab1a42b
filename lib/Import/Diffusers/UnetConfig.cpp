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

/// A ControlNet has no way up.
static void readLevels(Config &config, UnetConfig &out, bool hasWayUp) {
  std::vector<bool> down =
      readKinds(config, "down_block_types", "DownBlock2D",
                "CrossAttnDownBlock2D", {true, true, true, false});
  size_t count = down.size();
  std::vector<bool> up(count);
  if (hasWayUp)
    up = readKinds(config, "up_block_types", "UpBlock2D", "CrossAttnUpBlock2D",
                   {false, true, true, true});
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

/// What both classes of models have, but for complaints about other keys.
static Result<UnetConfig> readShared(Config &config, bool hasWayUp) {
  UnetConfig out;
  out.inChannels = config.size("in_channels", 4);
  out.outChannels = hasWayUp ? config.size("out_channels", 4) : 0;
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
  readLevels(config, out, hasWayUp);
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

Result<UnetConfig> readUnetConfig(Config &config) {
  refuseOtherKeys(config, readKeys, defaults);
  return readShared(config, /*hasWayUp=*/true);
}

Result<UnetConfig> readControlNetConfig(Config &config) {
  static constexpr llvm::StringRef ownKeys[] = {
      "conditioning_channels", "conditioning_embedding_out_channels",
      "controlnet_conditioning_channel_order"};
  std::vector<llvm::StringRef> keys(std::begin(readKeys), std::end(readKeys));
  keys.insert(keys.end(), std::begin(ownKeys), std::end(ownKeys));
  refuseOtherKeys(config, keys, defaults);
  ConditionEncoder condition;
  condition.channels = config.size("conditioning_channels", 3);
  condition.sizes = {16, 32, 96, 256};
  constexpr size_t mostLayers = 16;
  if (const llvm::json::Value *value =
          config.value("conditioning_embedding_out_channels")) {
    condition.sizes.clear();
    if (const llvm::json::Array *array = value->getAsArray())
      for (const llvm::json::Value &each : *array)
        condition.sizes.push_back(each.getAsInteger().value_or(0));
    if (condition.sizes.empty() || condition.sizes.size() > mostLayers ||
        llvm::any_of(condition.sizes, [](int64_t size) {
          return size < 1 || size >= int64_t(1) << 31;
        }))
      config.complain(
          "'conditioning_embedding_out_channels' is no list of sizes");
  }
  std::string order =
      config.string("controlnet_conditioning_channel_order", "rgb");
  condition.isBgr = order == "bgr";
  if (order != "rgb" && order != "bgr")
    config.complain("unsupported: controlnet_conditioning_channel_order '" +
                    order + "'");
  Result<UnetConfig> out = readShared(config, /*hasWayUp=*/false);
  if (!out)
    return out;
  if (!out->hasMiddle)
    config.complain("unsupported: a ControlNet without mid_block_type");
  if (Status status = config.status(); !status)
    return status.error();
  out->condition = condition;
  return out;
}

std::vector<Residual> residualsOf(const UnetConfig &config, int64_t height,
                                  int64_t width) {
  std::vector<Residual> residuals;
  auto add = [&](int64_t channels) {
    residuals.push_back(
        {"down_block_additional_residual_" + std::to_string(residuals.size()),
         channels, height, width});
  };
  // A window of 3 with a stride of 2, over the paddings of both sides.
  auto halve = [&](int64_t &size) {
    size = (size + (config.downPadding == 0 ? 1 : 2) - 3) / 2 + 1;
  };
  add(config.levels.front().channels);
  for (const UnetLevel &level : config.levels) {
    for (int64_t i = 0; i < level.resnets; ++i)
      add(level.channels);
    if (&level == &config.levels.back())
      break;
    halve(height);
    halve(width);
    add(level.channels);
  }
  residuals.push_back({"mid_block_additional_residual",
                       config.levels.back().channels, height, width});
  return residuals;
}

} // namespace tenon::diffusers
