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

/// The number of an escape "\\uXXXX" that `text` starts with.
static std::optional<uint32_t> escapedUnit(llvm::StringRef text) {
  uint32_t unit = 0;
  if (!text.starts_with("\\u") || text.substr(2, 4).getAsInteger(16, unit))
    return std::nullopt;
  return unit;
}

/// The text with characters from U+20000 on in place of their escapes:
/// llvm::json joins the two halves of such a pair to another character.
static std::string spellPairs(llvm::StringRef text) {
  std::string spelled;
  spelled.reserve(text.size());
  while (true) {
    size_t plain = text.find('\\');
    spelled += text.substr(0, plain);
    if (plain == llvm::StringRef::npos)
      return spelled;
    text = text.substr(plain);
    std::optional<uint32_t> high = escapedUnit(text),
                            low = escapedUnit(text.substr(6));
    if (high && low && *high >= 0xd840 && *high < 0xdc00 && *low >= 0xdc00 &&
        *low < 0xe000) {
      uint32_t character = 0x10000 + ((*high - 0xd800) << 10) + (*low - 0xdc00);
      for (unsigned shift : {18, 12, 6, 0})
        spelled +=
            static_cast<char>(shift == 18 ? 0xf0 | character >> shift
                                          : 0x80 | (character >> shift & 0x3f));
      text = text.substr(12);
    } else {
      spelled += text.substr(0, 2);
      text = text.substr(2);
    }
  }
}

Result<llvm::json::Value> tenon::parseJson(std::string_view text,
                                           const std::string &name) {
  if (isNestedTooDeeply(text))
    return Error{name + ": nested too deeply for a configuration"};
  bool hasPairs = llvm::StringRef(text).contains_insensitive("\\ud8") ||
                  llvm::StringRef(text).contains_insensitive("\\ud9") ||
                  llvm::StringRef(text).contains_insensitive("\\uda") ||
                  llvm::StringRef(text).contains_insensitive("\\udb");
  llvm::Expected<llvm::json::Value> value =
      hasPairs ? llvm::json::parse(spellPairs(text)) : llvm::json::parse(text);
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
