//===- GenerationConfig.cpp - How a folder ends what it generates ---------===//

#include "Config.h"

#include "tenon/Import/Import.h"

namespace fs = std::filesystem;

namespace tenon {

/// `eos_token_id`, one or several.
static void readStopTokens(hugging_face::Config &config,
                           std::vector<int64_t> &tokens) {
  const llvm::json::Value *value = config.value("eos_token_id");
  if (!value)
    return;
  auto add = [&](const llvm::json::Value &entry) {
    if (std::optional<int64_t> token = entry.getAsInteger())
      tokens.push_back(*token);
    else
      config.complain(
          "'eos_token_id' is neither an integer nor a list of some");
  };
  if (const llvm::json::Array *list = value->getAsArray())
    for (const llvm::json::Value &entry : *list)
      add(entry);
  else
    add(*value);
}

Result<GenerationDefaults> readGenerationDefaults(const fs::path &folder) {
  GenerationDefaults defaults;
  // The first file that names tokens counts, as in transformers.
  for (const char *name : {"generation_config.json", "config.json"}) {
    fs::path path = folder / name;
    std::error_code code;
    if (!fs::exists(path, code) || !defaults.stopTokens.empty())
      continue;
    Result<llvm::json::Object> object = readJsonObject(path);
    if (!object)
      return object.error();
    hugging_face::Config config(std::move(*object), path.string());
    readStopTokens(config, defaults.stopTokens);
    if (Status status = config.status(); !status)
      return status.error();
  }
  return defaults;
}

} // namespace tenon
