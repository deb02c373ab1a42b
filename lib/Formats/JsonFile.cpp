//===- JsonFile.cpp - The JSON files of a model folder --------------------===//

#include "tenon/Formats/JsonFile.h"

#include "llvm/Support/MemoryBuffer.h"

using namespace tenon;

static constexpr uint64_t maxJsonBytes = 64 << 20;
static constexpr int maxJsonDepth = 64;

static bool isNestedTooDeeply(llvm::StringRef text) {
  int depth = 0;
  bool inString = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (inString) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        inString = false;
      continue;
    }
    if (c == '"')
      inString = true;
    else if (c == '[' || c == '{') {
      if (++depth > maxJsonDepth)
        return true;
    } else if (c == ']' || c == '}')
      --depth;
  }
  return false;
}

Result<llvm::json::Value> tenon::parseJson(std::string_view text,
                                           const std::string &name) {
  if (isNestedTooDeeply(text))
    return Error{name + ": nested too deeply for a configuration"};
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(text);
  if (!value)
    return Error{name + ": " + llvm::toString(value.takeError())};
  return std::move(*value);
}

Result<llvm::json::Value> tenon::readJson(const std::filesystem::path &path) {
  std::error_code code;
  uint64_t bytes = std::filesystem::file_size(path, code);
  if (code)
    return Error{path.string() + ": " + code.message()};
  if (bytes > maxJsonBytes)
    return Error{path.string() + ": " + std::to_string(bytes) +
                 " bytes are too many for a configuration"};
  auto buffer = llvm::MemoryBuffer::getFile(path.string());
  if (!buffer)
    return Error{path.string() + ": " + buffer.getError().message()};
  return parseJson((*buffer)->getBuffer(), path.string());
}

Result<llvm::json::Object>
tenon::readJsonObject(const std::filesystem::path &path) {
  Result<llvm::json::Value> value = readJson(path);
  if (!value)
    return value.error();
  if (llvm::json::Object *object = value->getAsObject())
    return std::move(*object);
  return Error{path.string() + ": not a JSON object"};
}
