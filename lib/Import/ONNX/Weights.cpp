//===- Weights.cpp - Where the tensors of a model lie ---------------------===//

#include "ModelFile.h"

#include "tenon/Import/Tensors/TensorProto.h"

#include <charconv>
#include <cstring>

using namespace tenon;
using namespace tenon::onnx_import;

static Error tensorError(const std::string &file, const std::string &tensor,
                         const std::string &reason) {
  return Error{file + ": tensor '" + tensor + "': " + reason};
}

static std::optional<uint64_t> parseSize(const std::string &text) {
  uint64_t value = 0;
  auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

/// Whether a path of an external file stays inside the model's folder.
static bool staysInside(const std::filesystem::path &location) {
  if (location.empty() || location.is_absolute() || location.has_root_path())
    return false;
  for (const std::filesystem::path &part : location)
    if (part == "..")
      return false;
  return true;
}

Status ModelFile::locateExternal(const onnx::TensorProto &tensor,
                                 StoredTensor &stored) {
  auto failure = [&](const std::string &reason) {
    return tensorError(fileName, tensor.name(), reason);
  };
  std::string location;
  std::optional<uint64_t> offset = 0, length;
  for (const onnx::StringStringEntryProto &entry : tensor.external_data()) {
    if (entry.key() == "location")
      location = entry.value();
    else if (entry.key() == "offset")
      offset = parseSize(entry.value());
    else if (entry.key() == "length" && !(length = parseSize(entry.value())))
      return failure("its external data has no valid length");
  }
  if (!offset)
    return failure("its external data has no valid offset");
  if (!staysInside(location))
    return failure("its external data '" + location +
                   "' lies outside the model's folder");
  uint64_t bytes = packedBytes(stored.type, stored.elements);
  if (length && *length != bytes)
    return failure("shape " + shapeString(stored.shape) + " of " +
                   std::string(tenon::name(stored.type)) + " needs " +
                   std::to_string(bytes) + " bytes, its external data has " +
                   std::to_string(*length));

  stored.path = path.parent_path() / location;
  std::shared_ptr<MappedFile> &file = externalFiles[location];
  if (!file) {
    Result<std::shared_ptr<MappedFile>> mapped = MappedFile::open(stored.path);
    if (!mapped)
      return failure("its external data cannot be read: " +
                     mapped.error().message);
    file = *mapped;
  }
  uint64_t size = file->bytes().size();
  if (*offset > size || bytes > size - *offset)
    return failure("its external data, bytes " + std::to_string(*offset) +
                   " to " + std::to_string(*offset + bytes) + " of '" +
                   stored.path.string() + "', goes past the file's end at " +
                   std::to_string(size));
  stored.file = file;
  stored.offset = *offset;
  return success();
}

Result<StoredTensor> ModelFile::locate(const onnx::TensorProto &tensor) {
  StoredTensor stored;
  stored.name = tensor.name();
  std::optional<DataType> type = dataTypeFromProto(tensor.data_type());
  if (!type)
    return Error{fileName + ": unsupported: tensor '" + tensor.name() +
                 "' (its elements are of type " +
                 protoTypeName(tensor.data_type()) + ")"};
  stored.type = *type;
  stored.shape.assign(tensor.dims().begin(), tensor.dims().end());
  std::optional<int64_t> elements = elementCount(stored.shape);
  if (!elements || *elements > largestTensor)
    return tensorError(fileName, tensor.name(),
                       "no tensor can have the shape " +
                           shapeString(stored.shape));
  stored.elements = *elements;

  if (tensor.data_location() == onnx::TensorProto::EXTERNAL) {
    if (Status status = locateExternal(tensor, stored); !status)
      return status.error();
    return stored;
  }
  if (!tensor.has_segment()) {
    stored.proto = &tensor;
    return stored;
  }
  uint64_t begin = tensor.segment().begin(), end = tensor.segment().end();
  uint64_t bytes = packedBytes(stored.type, stored.elements);
  if (end - begin != bytes)
    return tensorError(fileName, tensor.name(),
                       "shape " + shapeString(stored.shape) + " of " +
                           std::string(tenon::name(stored.type)) + " needs " +
                           std::to_string(bytes) + " bytes of data, " +
                           std::to_string(end - begin) + " are there");
  stored.file = mapping;
  stored.path = path;
  stored.offset = begin;
  return stored;
}

Result<Tensor> ModelFile::load(const StoredTensor &tensor) const {
  Result<Tensor> loaded =
      tensor.inFile()
          ? tensorFromRaw(
                tensor.type, tensor.shape,
                tensor.file->bytes().subspan(
                    tensor.offset, packedBytes(tensor.type, tensor.elements)))
          : tensorFromProto(*tensor.proto);
  if (!loaded)
    return Error{fileName + ": " + loaded.error().message};
  return loaded;
}

Result<Tensor> ModelFile::densify(const onnx::SparseTensorProto &sparse) {
  const std::string &name = sparse.values().name();
  auto failure = [&](const std::string &reason) {
    return tensorError(fileName, name, reason);
  };
  Result<StoredTensor> storedValues = locate(sparse.values());
  if (!storedValues)
    return storedValues.error();
  Result<StoredTensor> storedIndices = locate(sparse.indices());
  if (!storedIndices)
    return storedIndices.error();
  Result<Tensor> values = load(*storedValues);
  if (!values)
    return values.error();
  Result<Tensor> indices = load(*storedIndices);
  if (!indices)
    return indices.error();

  std::vector<int64_t> shape(sparse.dims().begin(), sparse.dims().end());
  std::optional<int64_t> elements = elementCount(shape);
  if (!elements || *elements > (int64_t(1) << 32))
    return failure("no sparse tensor can have the shape " + shapeString(shape));
  int64_t rank = shape.size(), count = values->elements();
  bool linear = indices->shape().size() == 1;
  if (indices->type() != DataType::Int64 ||
      indices->elements() != (linear ? count : count * rank))
    return failure("its indices do not fit its values");
  Result<Tensor> dense = Tensor::allocate(values->type(), shape);
  if (!dense)
    return failure(dense.error().message);

  size_t width = byteWidth(values->type());
  std::span<int64_t> index = indices->as<int64_t>();
  for (int64_t i = 0; i < count; ++i) {
    int64_t position = linear ? index[i] : 0;
    bool inside = linear ? position >= 0 && position < *elements : true;
    for (int64_t axis = 0; !linear && inside && axis < rank; ++axis) {
      int64_t coordinate = index[i * rank + axis];
      inside = coordinate >= 0 && coordinate < shape[axis];
      if (inside)
        position = position * shape[axis] + coordinate;
    }
    if (!inside)
      return failure("an index lies outside its shape " + shapeString(shape));
    std::memcpy(static_cast<char *>(dense->data()) + position * width,
                static_cast<const char *>(values->data()) + i * width, width);
  }
  return dense;
}
