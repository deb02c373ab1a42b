//===- ModelFile.h - An .onnx file, its weights left where they lie -------===//

#ifndef TENON_LIB_IMPORT_ONNX_MODELFILE_H
#define TENON_LIB_IMPORT_ONNX_MODELFILE_H

#include "tenon/Runtime/Tensor.h"
#include "tenon/Runtime/WeightStore.h"

#include "onnx.pb.h"

#include <filesystem>
#include <map>

namespace tenon::onnx_import {

/// A tensor of the model whose type, shape and place in a file are checked, and
/// whose values are not read yet.
struct StoredTensor {
  std::string name;
  DataType type = DataType::Float32;
  std::vector<int64_t> shape;
  int64_t elements = 0;
  /// The message that holds the values, where no file range does.
  const onnx::TensorProto *proto = nullptr;
  std::shared_ptr<MappedFile> file;
  std::filesystem::path path; ///< absolute
  uint64_t offset = 0;

  bool inFile() const { return file != nullptr; }
};

/// No tensor of a model may have more elements.
inline constexpr int64_t largestTensor = int64_t(1) << 40;

/// A model file. Long raw data stays in the mapped file: the message holds its
/// range in place of it, so that no weight passes through protobuf.
class ModelFile {
public:
  static Result<ModelFile> open(const std::filesystem::path &path);

  const onnx::ModelProto &model() const { return *proto; }
  /// The file as the user named it, for messages.
  const std::string &name() const { return fileName; }

  /// Checks a tensor of this model against its type, its shape and the file
  /// that holds it.
  Result<StoredTensor> locate(const onnx::TensorProto &tensor);
  /// The values of a tensor.
  Result<Tensor> load(const StoredTensor &tensor) const;
  /// A sparse tensor with its zeros.
  Result<Tensor> densify(const onnx::SparseTensorProto &sparse);

private:
  Status locateExternal(const onnx::TensorProto &tensor, StoredTensor &stored);

  std::string fileName;
  std::filesystem::path path;
  std::unique_ptr<onnx::ModelProto> proto;
  std::shared_ptr<MappedFile> mapping;
  std::map<std::string, std::shared_ptr<MappedFile>> externalFiles;
};

} // namespace tenon::onnx_import

#endif // TENON_LIB_IMPORT_ONNX_MODELFILE_H
