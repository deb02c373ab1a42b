//===- AdapterConfig.cpp - What an adapter_config.json says ---------------===//

#include "AdapterConfig.h"

#include "Config.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>
#include <unicode/regex.h>

namespace tenon {

using hugging_face::Config;

/// Options that say how an adapter was trained or found, not what it computes.
/// Its tensors show which modules and layers it has.
static constexpr llvm::StringLiteral ignored[] = {"auto_mapping",
                                                  "base_model_name_or_path",
                                                  "exclude_modules",
                                                  "inference_mode",
                                                  "layers_pattern",
                                                  "layers_to_transform",
                                                  "lora_dropout",
                                                  "megatron_core",
                                                  "modules_to_save",
                                                  "peft_version",
                                                  "qalora_group_size",
                                                  "revision",
                                                  "runtime_config",
                                                  "task_type",
                                                  "eva_config",
                                                  "lora_bias",
                                                  "bias",
                                                  "fan_in_fan_out"};
static constexpr llvm::StringLiteral read[] = {
    "peft_type",        "r",
    "lora_alpha",       "rank_pattern",
    "alpha_pattern",    "target_modules",
    "use_rslora",       "use_dora",
    "init_lora_weights"};
/// Likewise of LoHa and LoKr.
static constexpr llvm::StringLiteral ignoredOfLycoris[] = {
    "auto_mapping",     "base_model_name_or_path", "decompose_both",
    "decompose_factor", "exclude_modules",         "inference_mode",
    "init_weights",     "layers_pattern",          "layers_to_transform",
    "module_dropout",   "modules_to_save",         "peft_version",
    "rank_dropout",     "rank_dropout_scale",      "revision",
    "task_type",        "use_effective_conv2d"};
static constexpr llvm::StringLiteral readOfLycoris[] = {
    "peft_type",     "r", "alpha", "rank_pattern", "alpha_pattern",
    "target_modules"};

/// Whether a value turns nothing on; an empty list or object does not.
static bool isOffOrEmpty(const llvm::json::Value &value) {
  if (const llvm::json::Array *array = value.getAsArray())
    return array->empty();
  if (const llvm::json::Object *object = value.getAsObject())
    return object->empty();
  return hugging_face::isOff(value);
}

static std::vector<NamePattern> readPatterns(Config &config, const char *key) {
  std::vector<NamePattern> patterns;
  if (!config.has(key))
    return patterns;
  const llvm::json::Object *object = config.value(key)->getAsObject();
  if (!object) {
    config.complain("'" + std::string(key) + "' is no object");
    return patterns;
  }
  for (const auto &[pattern, value] : *object) {
    std::optional<double> number = value.getAsNumber();
    if (!number || !(*number > 0))
      config.complain("'" + std::string(key) + "." + pattern.str() +
                      "' is no positive number");
    else
      patterns.push_back({pattern.str(), *number});
  }
  return patterns;
}

/// Ways to begin training that take a part of the base weight with them: what
/// the adapter is added to is not the base.
static bool changesBase(llvm::StringRef begin) {
  return llvm::any_of(llvm::ArrayRef<llvm::StringRef>(
                          {"pissa", "olora", "corda", "loftq", "lora_ga"}),
                      [&](llvm::StringRef name) {
                        return begin.starts_with_insensitive(name);
                      });
}

Result<AdapterConfig> readAdapterConfig(const std::filesystem::path &folder) {
  std::filesystem::path path = folder / "adapter_config.json";
  Result<llvm::json::Object> object = readJsonObject(path);
  if (!object)
    return object.error();
  llvm::StringRef type = object->getString("peft_type").value_or("LORA");
  bool isLycoris = type == "LOHA" || type == "LOKR";
  auto isKnown = [&](llvm::StringRef key) {
    return isLycoris ? llvm::is_contained(ignoredOfLycoris, key) ||
                           llvm::is_contained(readOfLycoris, key)
                     : llvm::is_contained(ignored, key) ||
                           llvm::is_contained(read, key);
  };
  std::vector<std::string> unknown;
  for (const auto &[name, value] : *object)
    if (llvm::StringRef key = name; !isOffOrEmpty(value) && !isKnown(key))
      unknown.push_back(key.str());
  Config config(std::move(*object), path.string());
  llvm::sort(unknown);
  for (const std::string &key : unknown)
    config.complain("unsupported: " + key);
  if (std::string other = config.string("peft_type", "LORA");
      other != "LORA" && !isLycoris)
    config.complain("unsupported: peft_type '" + other +
                    "' (known are LORA, LOHA, LOKR)");

  AdapterConfig out;
  out.file = path.string();
  out.rank = config.size("r", 8);
  out.alpha = config.number(isLycoris ? "alpha" : "lora_alpha", 8);
  out.ranks = readPatterns(config, "rank_pattern");
  out.alphas = readPatterns(config, "alpha_pattern");
  out.isRankStabilized = config.flag("use_rslora", false);
  out.isDecomposed = config.flag("use_dora", false);
  if (!std::isfinite(out.alpha))
    config.complain("the alpha is no finite number");
  if (config.has("init_lora_weights"))
    if (auto begin = config.value("init_lora_weights")->getAsString();
        begin && changesBase(*begin))
      config.complain("unsupported: init_lora_weights '" + begin->str() +
                      "' (it changes the base weights; save the adapter as one "
                      "of plain LoRA)");
  if (config.has("target_modules"))
    if (const llvm::json::Array *names =
            config.value("target_modules")->getAsArray())
      for (const llvm::json::Value &name : *names)
        out.targets.push_back(name.getAsString().value_or("").str());
  if (Status status = config.status(); !status)
    return status.error();
  return out;
}

bool hasEnd(llvm::StringRef module, llvm::StringRef end) {
  return module.consume_back(end) && (module.empty() || module.ends_with("."));
}

/// The number of the first pattern that matches the module's end, as PEFT
/// matches: (.*\.)?(pattern), the whole name.
static Result<std::optional<double>>
findNumber(const std::vector<NamePattern> &patterns, llvm::StringRef module,
           const std::string &file) {
  auto text = icu::UnicodeString::fromUTF8(
      {module.data(), static_cast<int32_t>(module.size())});
  for (const NamePattern &each : patterns) {
    UErrorCode code = U_ZERO_ERROR;
    icu::RegexMatcher matcher(
        icu::UnicodeString::fromUTF8("(.*\\.)?(" + each.pattern + ")"), 0,
        code);
    bool matches = false;
    if (U_SUCCESS(code)) {
      matcher.setTimeLimit(1000, code);
      matcher.reset(text);
      matches = matcher.matches(code);
    }
    if (U_FAILURE(code))
      return Error{file + ": the pattern '" + each.pattern +
                   "' is no regular expression"};
    if (matches)
      return std::optional<double>(each.number);
  }
  return std::optional<double>();
}

Result<int64_t> AdapterConfig::rankOf(llvm::StringRef module) const {
  auto number = findNumber(ranks, module, file);
  if (!number)
    return number.error();
  return *number ? static_cast<int64_t>(**number) : rank;
}

Result<double> AdapterConfig::scaleOf(llvm::StringRef module) const {
  Result<int64_t> ownRank = rankOf(module);
  if (!ownRank)
    return ownRank.error();
  auto ownAlpha = findNumber(alphas, module, file);
  if (!ownAlpha)
    return ownAlpha.error();
  auto size = static_cast<double>(*ownRank);
  return ownAlpha->value_or(alpha) /
         (isRankStabilized ? std::sqrt(size) : size);
}

} // namespace tenon
