//===- JsonNode.cpp - JSON that knows where it stands ---------------------===//

#include "JsonNode.h"

#include "llvm/ADT/STLExtras.h"

namespace tenon::tokenization {

const llvm::json::Object *JsonNode::object() const {
  const llvm::json::Object *object = value ? value->getAsObject() : nullptr;
  if (!object)
    complain("is not an object");
  return object;
}

const llvm::json::Array *JsonNode::array() const {
  const llvm::json::Array *array = value ? value->getAsArray() : nullptr;
  if (!array)
    complain("is not a list");
  return array;
}

void JsonNode::expectKeys(llvm::ArrayRef<llvm::StringRef> known) const {
  if (const llvm::json::Object *keys = object())
    for (const auto &[key, unused] : *keys)
      if (!llvm::is_contained(known, llvm::StringRef(key)))
        complain("has a key '" + llvm::StringRef(key) + "' that is not known");
}

JsonNode JsonNode::child(llvm::StringRef key) const {
  const llvm::json::Object *keys = object();
  return {keys ? keys->get(key) : nullptr,
          path.empty() ? key.str() : path + "." + key.str(), *complaints};
}

JsonNode JsonNode::element(size_t index) const {
  const llvm::json::Array *list = array();
  return {list && index < list->size() ? &(*list)[index] : nullptr,
          path + "[" + std::to_string(index) + "]", *complaints};
}

bool JsonNode::flag(llvm::StringRef key, std::optional<bool> otherwise) const {
  JsonNode node = child(key);
  if (node.isNull() && otherwise)
    return *otherwise;
  if (std::optional<bool> flag =
          node.value ? node.value->getAsBoolean() : std::nullopt)
    return *flag;
  node.complain("is neither true nor false");
  return false;
}

std::string JsonNode::text(llvm::StringRef key) const {
  return child(key).asText();
}

std::optional<std::string> JsonNode::optionalText(llvm::StringRef key) const {
  JsonNode node = child(key);
  if (node.isNull())
    return std::nullopt;
  return node.asText();
}

int64_t JsonNode::number(llvm::StringRef key,
                         std::optional<int64_t> otherwise) const {
  JsonNode node = child(key);
  return node.isNull() && otherwise ? *otherwise : node.asNumber();
}

std::string JsonNode::asText() const {
  if (std::optional<llvm::StringRef> text =
          value ? value->getAsString() : std::nullopt)
    return text->str();
  complain("is not a string");
  return "";
}

int64_t JsonNode::asNumber() const {
  if (std::optional<int64_t> number =
          value ? value->getAsInteger() : std::nullopt;
      number && *number >= 0 && *number < int64_t(1) << 31)
    return *number;
  complain("is not a number from 0 to 2^31");
  return 0;
}

void JsonNode::complain(const llvm::Twine &what) const {
  if (complaints->any())
    return;
  complaints->add(
      (path.empty() ? llvm::Twine("the file") : "'" + llvm::Twine(path) + "'") +
      (value ? " " : " is missing or ") + what);
}

void JsonNode::complainOfUnknown(llvm::StringRef key,
                                 llvm::StringRef found) const {
  child(key).complain("is '" + found + "', which is not known");
}

} // namespace tenon::tokenization
