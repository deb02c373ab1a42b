//===- SafetensorsIndex.h - Where a folder's weights lie ------------------===//

#ifndef TENON_LIB_IMPORT_FOLDER_SAFETENSORSINDEX_H
#define TENON_LIB_IMPORT_FOLDER_SAFETENSORSINDEX_H

#include "tenon/Import/Tensors/TensorFiles.h"

#include "llvm/ADT/StringMap.h"

namespace tenon::hugging_face {

/// A tensor and the (absolute) file that holds it.
struct StoredTensor {
  SafetensorsEntry entry;
  std::string file;
};

/// Every tensor of a folder: `STEM.safetensors`, or the shards that
/// `STEM.safetensors.index.json` names. Every header is checked whole when the
/// index is opened.
class SafetensorsIndex {
public:
  static Result<SafetensorsIndex> open(const std::filesystem::path &folder,
                                       const std::string &stem = "model");
  /// The tensors of one file.
  static Result<SafetensorsIndex> openFile(const std::filesystem::path &file);

  /// Null where no file holds the tensor.
  const StoredTensor *find(llvm::StringRef name) const;
  /// All of them, by name.
  const llvm::StringMap<StoredTensor> &all() const { return tensors; }
  /// The file that a person should look into for a tensor that is not there.
  const std::string &fileName() const { return file; }

private:
  llvm::StringMap<StoredTensor> tensors;
  std::string file;
};

} // namespace tenon::hugging_face

#endif // TENON_LIB_IMPORT_FOLDER_SAFETENSORSINDEX_H
