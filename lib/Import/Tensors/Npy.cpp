//===- Npy.cpp - NumPy's array format -------------------------------------===//

#include "Npy.h"
#include "NpyHeader.h"
#include "tenon/Import/Tensors/TensorFiles.h"

#include <algorithm>
#include <bit>
#include <cstring>

using namespace tenon;

static_assert(std::endian::native == std::endian::little,
              "values are copied as they lie");

static constexpr std::string_view magic = "\x93NUMPY";

/// NumPy's kind and width of each element type that it can tell apart. The two
/// last come from ml_dtypes.
static constexpr std::pair<std::string_view, DataType> descrs[] = {
    {"b1", DataType::Bool},     {"i1", DataType::Int8},
    {"u1", DataType::UInt8},    {"i2", DataType::Int16},
    {"u2", DataType::UInt16},   {"i4", DataType::Int32},
    {"u4", DataType::UInt32},   {"i8", DataType::Int64},
    {"u8", DataType::UInt64},   {"f2", DataType::Float16},
    {"f4", DataType::Float32},  {"f8", DataType::Float64},
    {"V2", DataType::BFloat16}, {"f1", DataType::Float8E5M2},
};

/// Where the header's text lies, as the version says.
static Result<std::string_view> headerText(std::span<const std::byte> bytes) {
  std::string_view text(reinterpret_cast<const char *>(bytes.data()),
                        bytes.size());
  if (!text.starts_with(magic) || text.size() < magic.size() + 2)
    return Error{"is no .npy file"};
  unsigned major = static_cast<unsigned char>(text[magic.size()]);
  unsigned minor = static_cast<unsigned char>(text[magic.size() + 1]);
  if (major < 1 || major > 3 || minor != 0)
    return Error{"has version " + std::to_string(major) + "." +
                 std::to_string(minor) +
                 " of the .npy format; 1.0, 2.0 and 3.0 are known"};
  text.remove_prefix(magic.size() + 2);
  size_t lengthBytes = major == 1 ? 2 : 4;
  uint32_t length = 0;
  if (text.size() < lengthBytes)
    return Error{"ends inside its header"};
  std::memcpy(&length, text.data(), lengthBytes);
  text.remove_prefix(lengthBytes);
  if (length > text.size())
    return Error{"ends inside its header"};
  return text.substr(0, length);
}

static void swapBytes(std::byte *values, int64_t count, size_t width) {
  for (int64_t i = 0; i < count; ++i)
    std::reverse(values + i * width, values + (i + 1) * width);
}

/// Copies values whose first index runs fastest to where the last one does.
static void copyFortran(const std::byte *source, std::byte *target,
                        std::span<const int64_t> shape, int64_t count,
                        size_t width) {
  std::vector<int64_t> strides(shape.size()), index(shape.size(), 0);
  int64_t stride = 1;
  for (size_t axis = 0; axis < shape.size(); ++axis) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  int64_t position = 0;
  for (int64_t i = 0; i < count; ++i) {
    std::memcpy(target + i * width, source + position * width, width);
    for (size_t axis = shape.size(); axis-- > 0;) {
      position += strides[axis];
      if (++index[axis] < shape[axis])
        break;
      position -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
}

static Result<Tensor> parse(std::span<const std::byte> bytes) {
  Result<std::string_view> text = headerText(bytes);
  if (!text)
    return text.error();
  Result<NpyHeader> header = parseNpyHeader(*text);
  if (!header)
    return header.error();

  std::string_view descr = header->descr;
  char order = descr.empty() ? '=' : descr[0];
  bool hasOrder = order == '<' || order == '>' || order == '|' || order == '=';
  std::string_view kind = hasOrder && !descr.empty() ? descr.substr(1) : descr;
  auto known = std::ranges::find(descrs, kind,
                                 &std::pair<std::string_view, DataType>::first);
  if (known == std::end(descrs))
    return Error{"elements of type '" + header->descr + "' are not supported"};
  DataType type = known->second;

  std::optional<uint64_t> wanted = byteCount(type, header->shape);
  if (!wanted)
    return Error{"no array can have the shape " + shapeString(header->shape)};
  const std::byte *start =
      reinterpret_cast<const std::byte *>(text->data() + text->size());
  std::span<const std::byte> values(start, bytes.data() + bytes.size());
  if (values.size() != *wanted)
    return Error{"the shape " + shapeString(header->shape) + " of " +
                 std::string(name(type)) + " needs " + std::to_string(*wanted) +
                 " bytes, " + std::to_string(values.size()) +
                 " follow the header"};

  Result<Tensor> tensor = Tensor::allocate(type, header->shape);
  if (!tensor || values.empty())
    return tensor;
  std::byte *target = static_cast<std::byte *>(tensor->data());
  size_t width = byteWidth(type);
  if (header->fortranOrder && header->shape.size() > 1)
    copyFortran(values.data(), target, header->shape, tensor->elements(),
                width);
  else
    std::memcpy(target, values.data(), values.size());
  if (order == '>' && width > 1)
    swapBytes(target, tensor->elements(), width);
  if (type == DataType::Bool)
    for (uint8_t &value : tensor->as<uint8_t>())
      value = value != 0;
  return tensor;
}

Result<Tensor> tenon::parseNpy(std::span<const std::byte> bytes,
                               std::string_view name) {
  Result<Tensor> tensor = parse(bytes);
  if (!tensor)
    return Error{std::string(name) + ": " + tensor.error().message};
  return tensor;
}

Result<std::string> tenon::npyPrefix(const Tensor &tensor) {
  DataType type = tensor.type() == DataType::Int4    ? DataType::Int8
                  : tensor.type() == DataType::UInt4 ? DataType::UInt8
                                                     : tensor.type();
  auto known = std::ranges::find(
      descrs, type, &std::pair<std::string_view, DataType>::second);
  if (known == std::end(descrs))
    return Error{"NumPy's format has no " + std::string(tenon::name(type)) +
                 "; .safetensors has"};
  bool oneByte = byteWidth(type) == 1 && type != DataType::Float8E5M2;
  std::string header = std::string("{'descr': '") + (oneByte ? "|" : "<") +
                       std::string(known->first) +
                       "', 'fortran_order': False, 'shape': (";
  for (int64_t size : tensor.shape())
    header += std::to_string(size) + (tensor.shape().size() == 1 ? "," : ", ");
  if (tensor.shape().size() > 1)
    header.resize(header.size() - 2);
  header += "), }";

  // Version 1 where its 16-bit length suffices, padded so that the values start
  // at a multiple of 64.
  constexpr size_t alignment = 64;
  size_t lengthBytes = header.size() + alignment < UINT16_MAX ? 2 : 4;
  size_t before = magic.size() + 2 + lengthBytes;
  size_t padded =
      (before + header.size() + 1 + alignment - 1) / alignment * alignment;
  header.append(padded - before - header.size() - 1, ' ');
  header += '\n';
  uint32_t length = static_cast<uint32_t>(header.size());
  std::string prefix(magic);
  prefix += lengthBytes == 2 ? '\1' : '\2';
  prefix += '\0';
  prefix.append(reinterpret_cast<const char *>(&length), lengthBytes);
  return prefix + header;
}
