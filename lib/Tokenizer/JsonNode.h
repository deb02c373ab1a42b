//===- JsonNode.h - JSON that knows where it stands -----------------------===//

#ifndef TENON_LIB_TOKENIZER_JSONNODE_H
#define TENON_LIB_TOKENIZER_JSONNODE_H

#include "tenon/Formats/JsonFile.h"

#include "llvm/ADT/Twine.h"

namespace tenon::tokenization {

/// The first complaint about a file: a reader takes all that it needs and asks
/// `status` once.
class Complaints {
public:
  explicit Complaints(std::string file) : file(std::move(file)) {}

  void add(const llvm::Twine &what) {
    if (!first)
      first = Error{(file + ": " + what).str()};
  }
  bool any() const { return first.has_value(); }
  Status status() const {
    if (first)
      return *first;
    return success();
  }

private:
  std::string file;
  std::optional<Error> first;
};

/// A value of a file, with the path of keys that leads to it. Whatever is asked
/// of a value of another kind is a complaint, and the answer empty.
class JsonNode {
public:
  JsonNode(const llvm::json::Value *value, std::string path,
           Complaints &complaints)
      : value(value), path(std::move(path)), complaints(&complaints) {}

  /// Not there, or null.
  bool isNull() const {
    return !value || value->kind() == llvm::json::Value::Null;
  }
  bool isArray() const { return value && value->getAsArray(); }
  const std::string &where() const { return path; }
  const llvm::json::Object *object() const;
  const llvm::json::Array *array() const;
  /// Complains of every key that is not among these.
  void expectKeys(llvm::ArrayRef<llvm::StringRef> known) const;

  JsonNode child(llvm::StringRef key) const;
  JsonNode element(size_t index) const;

  /// Without a value to take otherwise, a key that is missing is a complaint.
  bool flag(llvm::StringRef key, std::optional<bool> otherwise = {}) const;
  std::string text(llvm::StringRef key) const;
  std::optional<std::string> optionalText(llvm::StringRef key) const;
  int64_t number(llvm::StringRef key,
                 std::optional<int64_t> otherwise = {}) const;

  /// Of this value itself.
  std::string asText() const;
  int64_t asNumber() const;

  /// "<file>: <path> <what>"
  void complain(const llvm::Twine &what) const;
  /// Complains of a value that stands at `key` and is none of those known.
  void complainOfUnknown(llvm::StringRef key, llvm::StringRef found) const;

private:
  const llvm::json::Value *value;
  std::string path;
  Complaints *complaints;
};

} // namespace tenon::tokenization

#endif // TENON_LIB_TOKENIZER_JSONNODE_H
