//===- JsonFile.cpp - The JSON files of a model folder --------------------===//

#include "JsonFile.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/MemoryBuffer.h"

namespace tenon::hugging_face {

static constexpr uint64_t maxJsonBytes = 64 << 20;
static constexpr int maxJsonDepth = 64;
static constexpr int64_t maxSize = int64_t(1) << 31;

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

Result<llvm::json::Value> readJson(const std::filesystem::path &path) {
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
  llvm::StringRef text = (*buffer)->getBuffer();
  if (isNestedTooDeeply(text))
    return Error{path.string() + ": nested too deeply for a configuration"};
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(text);
  if (!value)
    return Error{path.string() + ": " + llvm::toString(value.takeError())};
  return std::move(*value);
}

Result<llvm::json::Object> readJsonObject(const std::filesystem::path &path) {
  Result<llvm::json::Value> value = readJson(path);
  if (!value)
    return value.error();
  if (llvm::json::Object *object = value->getAsObject())
    return std::move(*object);
  return Error{path.string() + ": not a JSON object"};
}

bool Config::has(llvm::StringRef key) const { return value(key) != nullptr; }

bool Config::isNull(llvm::StringRef key) const {
  return object.get(key) != nullptr && !has(key);
}

const llvm::json::Value *Config::value(llvm::StringRef key) const {
  const llvm::json::Value *found = object.get(key);
  return found && found->kind() != llvm::json::Value::Null ? found : nullptr;
}

int64_t Config::size(llvm::StringRef key) {
  if (!has(key))
    complain("'" + key.str() + "' is missing");
  return size(key, 1);
}

int64_t Config::size(llvm::StringRef key, int64_t otherwise) {
  int64_t number = integer(key, otherwise);
  if (number >= 1 && number < maxSize)
    return number;
  complain("'" + key.str() + "' is " + std::to_string(number) +
           ", which is no size");
  return 1;
}

int64_t Config::integer(llvm::StringRef key, int64_t otherwise) {
  const llvm::json::Value *found = value(key);
  if (!found)
    return otherwise;
  if (std::optional<int64_t> number = found->getAsInteger())
    return *number;
  complain("'" + key.str() + "' is not an integer");
  return otherwise;
}

double Config::number(llvm::StringRef key, double otherwise) {
  const llvm::json::Value *found = value(key);
  if (!found)
    return otherwise;
  if (std::optional<double> number = found->getAsNumber())
    return *number;
  complain("'" + key.str() + "' is not a number");
  return otherwise;
}

bool Config::flag(llvm::StringRef key, bool otherwise) {
  const llvm::json::Value *found = value(key);
  if (!found)
    return otherwise;
  if (std::optional<bool> flag = found->getAsBoolean())
    return *flag;
  complain("'" + key.str() + "' is neither true nor false");
  return otherwise;
}

std::string Config::string(llvm::StringRef key, llvm::StringRef otherwise) {
  const llvm::json::Value *found = value(key);
  if (!found)
    return otherwise.str();
  if (std::optional<llvm::StringRef> text = found->getAsString())
    return text->str();
  complain("'" + key.str() + "' is not a string");
  return otherwise.str();
}

void Config::complain(const std::string &what) {
  if (!first)
    first = Error{file + ": " + what};
}

Status Config::status() const {
  if (first)
    return *first;
  return success();
}

} // namespace tenon::hugging_face
