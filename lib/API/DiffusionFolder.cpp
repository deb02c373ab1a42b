//===- DiffusionFolder.cpp - What a diffusers pipeline's folder says ------===//

#include "DiffusionFolder.h"

#include "Config.h"

#include "tenon/Formats/JsonFile.h"

#include "llvm/ADT/STLExtras.h"

namespace fs = std::filesystem;

namespace tenon {

using hugging_face::Config;

static constexpr llvm::StringRef plainPipelines[] = {
    "StableDiffusionPipeline", "StableDiffusionImg2ImgPipeline"};
static constexpr llvm::StringRef xlPipelines[] = {
    "StableDiffusionXLPipeline", "StableDiffusionXLImg2ImgPipeline"};

static Result<Config> openConfig(const fs::path &file) {
  Result<llvm::json::Object> object = readJsonObject(file);
  if (!object)
    return object.error();
  return Config(std::move(*object), file.string());
}

/// A special token: a text, or an object that has one as its content.
static std::optional<std::string> specialToken(const Config &config,
                                               llvm::StringRef key) {
  const llvm::json::Value *value = config.value(key);
  if (const llvm::json::Object *object = value ? value->getAsObject() : nullptr)
    value = object->get("content");
  if (value)
    if (std::optional<llvm::StringRef> text = value->getAsString())
      return text->str();
  return std::nullopt;
}

static Result<TextEncoderFolder> readEncoder(const fs::path &root,
                                             const std::string &suffix) {
  TextEncoderFolder out;
  out.encoder = root / ("text_encoder" + suffix);
  out.tokenizer = root / ("tokenizer" + suffix);
  Result<Config> config = openConfig(out.encoder / "config.json");
  if (!config)
    return config.error();
  out.tokens = config->size("max_position_embeddings", 77);
  if (Status status = config->status(); !status)
    return status.error();
  Result<Config> tokenizer =
      openConfig(out.tokenizer / "tokenizer_config.json");
  if (!tokenizer)
    return tokenizer.error();
  std::optional<std::string> pad = specialToken(*tokenizer, "pad_token");
  std::error_code code;
  fs::path special = out.tokenizer / "special_tokens_map.json";
  if (!pad && fs::exists(special, code)) {
    Result<Config> map = openConfig(special);
    if (!map)
      return map.error();
    pad = specialToken(*map, "pad_token");
  }
  out.padToken = pad.value_or("<|endoftext|>");
  // A tokenizer may cut texts shorter than its model would.
  out.tokens =
      std::min(out.tokens, tokenizer->size("model_max_length", out.tokens));
  if (Status status = tokenizer->status(); !status)
    return status.error();
  return out;
}

static Status readUnet(DiffusionFolder &out) {
  Result<Config> config = openConfig(out.unet / "config.json");
  if (!config)
    return config.error();
  out.latentChannels = config->size("in_channels", 4);
  out.defaultSize = config->size("sample_size", 64);
  if (int64_t given = config->size("out_channels", 4);
      given != out.latentChannels)
    config->complain("unsupported: " + std::to_string(out.latentChannels) +
                     " channels in and " + std::to_string(given) +
                     " out (a network that fills in images)");
  return config->status();
}

static Status readAutoencoder(DiffusionFolder &out) {
  Result<Config> config = openConfig(out.autoencoder / "config.json");
  if (!config)
    return config.error();
  const llvm::json::Value *levels = config->value("block_out_channels");
  const llvm::json::Array *array = levels ? levels->getAsArray() : nullptr;
  constexpr size_t mostLevels = 16;
  if (!array || array->empty() || array->size() > mostLevels) {
    config->complain("'block_out_channels' is no list of sizes");
    return config->status();
  }
  out.factor = int64_t(1) << (array->size() - 1);
  out.scale = config->number("scaling_factor", 0.18215);
  out.shift = config->number("shift_factor", 0);
  if (config->has("latents_mean") || config->has("latents_std"))
    config->complain("unsupported: latents_mean and latents_std");
  if (out.scale == 0)
    config->complain("'scaling_factor' is 0");
  if (int64_t channels = config->size("latent_channels", 4);
      channels != out.latentChannels)
    config->complain("has latents of " + std::to_string(channels) +
                     " channels, the UNet of " +
                     std::to_string(out.latentChannels));
  return config->status();
}

Result<DiffusionFolder> readDiffusionFolder(const fs::path &folder) {
  fs::path index = folder / "model_index.json";
  std::error_code code;
  if (!fs::exists(index, code))
    return Error{folder.string() +
                 ": no diffusion pipeline (it has no model_index.json)"};
  Result<Config> config = openConfig(index);
  if (!config)
    return config.error();
  std::string kind = config->string("_class_name", "");
  DiffusionFolder out;
  out.isXl = llvm::is_contained(xlPipelines, kind);
  if (!out.isXl && !llvm::is_contained(plainPipelines, kind))
    config->complain("unsupported: _class_name '" + kind +
                     "' (known are StableDiffusionPipeline and "
                     "StableDiffusionXLPipeline)");
  out.zerosForNoText =
      out.isXl && config->flag("force_zeros_for_empty_prompt", true);
  if (config->has("requires_aesthetics_score") &&
      config->flag("requires_aesthetics_score", false))
    config->complain("unsupported: requires_aesthetics_score");
  if (Status status = config->status(); !status)
    return status.error();
  out.root = folder;
  out.unet = folder / "unet";
  out.autoencoder = folder / "vae";
  out.scheduler = folder / "scheduler" / "scheduler_config.json";
  for (const char *suffix : {"", "_2"}) {
    if (*suffix && !out.isXl)
      continue;
    Result<TextEncoderFolder> encoder = readEncoder(folder, suffix);
    if (!encoder)
      return encoder.error();
    out.encoders.push_back(std::move(*encoder));
  }
  if (Status status = readUnet(out); !status)
    return status.error();
  if (Status status = readAutoencoder(out); !status)
    return status.error();
  return out;
}

/// Folders of Stable Diffusion 1 and 2 from before diffusers 0.3 have two
/// values that their pipeline never meant, and that it corrects.
Result<diffusion::Schedule>
readSchedule(const DiffusionFolder &folder,
             const diffusion::ScheduleOptions &options) {
  if (folder.isXl)
    return diffusion::readSchedule(folder.scheduler, options);
  Result<llvm::json::Object> config = readJsonObject(folder.scheduler);
  if (!config)
    return config.error();
  (*config)["steps_offset"] = 1;
  // Schedulers that clip unless they are told otherwise; what takes the place
  // of another one does as it likes.
  std::string own = config->getString("_class_name").value_or("").str();
  bool clips =
      own == "DDIMScheduler" || own == "DDPMScheduler" || own == "LCMScheduler";
  if (clips || config->get("clip_sample"))
    (*config)["clip_sample"] = false;
  std::string text;
  llvm::raw_string_ostream(text) << llvm::json::Value(std::move(*config));
  return diffusion::makeSchedule(text, folder.scheduler.string(), options);
}

} // namespace tenon
