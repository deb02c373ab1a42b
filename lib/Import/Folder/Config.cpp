//===- Config.cpp - Typed reading of a configuration ----------------------===//

#include "Config.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

#include <cmath>

namespace tenon::hugging_face {

bool isOff(const llvm::json::Value &value) {
  return value.kind() == llvm::json::Value::Null ||
         value.getAsBoolean() == false;
}

static constexpr int64_t maxSize = int64_t(1) << 31;

bool Config::has(llvm::StringRef key) const { return value(key) != nullptr; }

bool Config::isNull(llvm::StringRef key) const {
  return object.get(key) != nullptr && !has(key);
}

const llvm::json::Value *Config::value(llvm::StringRef key) const {
  const llvm::json::Value *found = object.get(key);
  return found && found->kind() != llvm::json::Value::Null ? found : nullptr;
}

std::vector<llvm::StringRef> Config::keys() const {
  std::vector<llvm::StringRef> keys;
  for (const auto &[key, value] : object)
    keys.push_back(key);
  llvm::sort(keys);
  return keys;
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
  // What f64 does not hold is read as infinity.
  if (std::optional<double> number = found->getAsNumber();
      number && std::isfinite(*number))
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
