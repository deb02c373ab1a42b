//===- Config.h - Typed reading of a configuration ------------------------===//

#ifndef TENON_LIB_IMPORT_FOLDER_CONFIG_H
#define TENON_LIB_IMPORT_FOLDER_CONFIG_H

#include "tenon/Formats/JsonFile.h"

namespace tenon::hugging_face {

/// Whether a value turns nothing on: null or false.
bool isOff(const llvm::json::Value &value);

/// Typed reading of a configuration. The first complaint is kept, so that a
/// reader takes all keys it needs and asks `status` once.
class Config {
public:
  Config(llvm::json::Object object, std::string file)
      : object(std::move(object)), file(std::move(file)) {}

  /// Whether the key is there and not null.
  bool has(llvm::StringRef key) const;
  /// Whether the key is there as null.
  bool isNull(llvm::StringRef key) const;
  /// A size: at least 1 and small enough that products of two do not overflow.
  int64_t size(llvm::StringRef key);
  int64_t size(llvm::StringRef key, int64_t otherwise);
  int64_t integer(llvm::StringRef key, int64_t otherwise);
  double number(llvm::StringRef key, double otherwise);
  bool flag(llvm::StringRef key, bool otherwise);
  std::string string(llvm::StringRef key, llvm::StringRef otherwise);
  const llvm::json::Value *value(llvm::StringRef key) const;
  /// All of them, in order.
  std::vector<llvm::StringRef> keys() const;

  /// "<file>: <what>", kept if it is the first.
  void complain(const std::string &what);
  Status status() const;
  const std::string &fileName() const { return file; }

private:
  llvm::json::Object object;
  std::string file;
  std::optional<Error> first;
};

} // namespace tenon::hugging_face

#endif // TENON_LIB_IMPORT_FOLDER_CONFIG_H
