//===- TensorProto.cpp - ONNX's tensors -----------------------------------===//

#include "tenon/Import/Tensors/TensorProto.h"
#include "onnx.pb.h"
#include "tenon/Import/Tensors/TensorFiles.h"

#include <array>
#include <bit>
#include <cstring>

using namespace tenon;

static_assert(std::endian::native == std::endian::little,
              "raw data is copied as it lies");

/// Element types by ONNX's number. The proto file's own enum ends at BFLOAT16
/// = 16.
static constexpr std::array<std::optional<DataType>, 23> protoTypes = {
    std::nullopt, // undefined
    DataType::Float32,    DataType::UInt8,          DataType::Int8,
    DataType::UInt16,     DataType::Int16,          DataType::Int32,
    DataType::Int64,
    std::nullopt, // string
    DataType::Bool,       DataType::Float16,        DataType::Float64,
    DataType::UInt32,     DataType::UInt64,
    std::nullopt, // complex64
    std::nullopt, // complex128
    DataType::BFloat16,   DataType::Float8E4M3FN,   DataType::Float8E4M3FNUZ,
    DataType::Float8E5M2, DataType::Float8E5M2FNUZ, DataType::UInt4,
    DataType::Int4,
};

std::optional<DataType> tenon::dataTypeFromProto(int32_t number) {
  if (number < 0 || static_cast<size_t>(number) >= protoTypes.size())
    return std::nullopt;
  return protoTypes[number];
}

int32_t tenon::dataTypeToProto(DataType type) {
  for (size_t number = 0; number < protoTypes.size(); ++number)
    if (protoTypes[number] == type)
      return static_cast<int32_t>(number);
  return onnx::TensorProto::UNDEFINED;
}

std::string tenon::protoTypeName(int32_t number) {
  if (std::optional<DataType> type = dataTypeFromProto(number))
    return std::string(name(*type));
  switch (number) {
  case onnx::TensorProto::UNDEFINED:
    return "undefined";
  case onnx::TensorProto::STRING:
    return "string";
  case onnx::TensorProto::COMPLEX64:
    return "complex64";
  case onnx::TensorProto::COMPLEX128:
    return "complex128";
  case 23:
    return "float4e2m1";
  case 24:
    return "float8e8m0";
  case 25:
    return "uint2";
  case 26:
    return "int2";
  default:
    return "data type " + std::to_string(number);
  }
}

static bool isFourBit(DataType type) {
  return type == DataType::Int4 || type == DataType::UInt4;
}

uint64_t tenon::packedBytes(DataType type, int64_t elements) {
  uint64_t count = static_cast<uint64_t>(elements);
  return isFourBit(type) ? count / 2 + count % 2 : count * byteWidth(type);
}

/// The low half of a byte comes first.
static void unpackFourBit(DataType type, std::span<const std::byte> packed,
                          std::span<uint8_t> values) {
  for (size_t i = 0; i < values.size(); ++i) {
    uint8_t nibble = (static_cast<uint8_t>(packed[i / 2]) >> (i % 2 * 4)) & 0xf;
    bool negative = type == DataType::Int4 && (nibble & 8);
    values[i] = negative ? nibble | 0xf0 : nibble;
  }
}

Result<Tensor> tenon::tensorFromRaw(DataType type, std::vector<int64_t> shape,
                                    std::span<const std::byte> raw) {
  // Compared with the data before anything is allocated: a lying shape costs
  // nothing.
  std::optional<int64_t> count = elementCount(shape);
  if (!count || !byteCount(type, shape))
    return Error{"no tensor can have the shape " + shapeString(shape)};
  if (raw.size() != packedBytes(type, *count))
    return Error{
        "shape " + shapeString(shape) + " of " + std::string(name(type)) +
        " needs " + std::to_string(packedBytes(type, *count)) +
        " bytes of data, " + std::to_string(raw.size()) + " are there"};
  Result<Tensor> tensor = Tensor::allocate(type, std::move(shape));
  if (!tensor)
    return tensor.error();
  if (isFourBit(type))
    unpackFourBit(type, raw, tensor->as<uint8_t>());
  else if (!raw.empty())
    std::memcpy(tensor->data(), raw.data(), raw.size());
  if (type == DataType::Bool)
    for (uint8_t &value : tensor->as<uint8_t>())
      value = value != 0;
  return tensor;
}

/// The values of a typed field narrowed to Storage, a value that does not fit
/// refused.
template <typename Storage, typename Field>
static Result<Tensor> fromField(DataType type, std::vector<int64_t> shape,
                                const Field &field) {
  std::vector<Storage> values(field.size());
  for (int i = 0; i < field.size(); ++i) {
    values[i] = static_cast<Storage>(field.Get(i));
    if constexpr (std::is_integral_v<Storage>) {
      // Bit patterns come zero-extended or sign-extended, by the writer's
      // taste.
      using Unsigned = std::make_unsigned_t<Storage>;
      using Signed = std::make_signed_t<Storage>;
      auto value = field.Get(i);
      bool bitPattern =
          isFloat(type) || type == DataType::Int4 || type == DataType::UInt4;
      bool fits = std::in_range<Storage>(value) ||
                  (bitPattern && (std::in_range<Unsigned>(value) ||
                                  std::in_range<Signed>(value)));
      if (!fits)
        return Error{"value " + std::to_string(value) + " does not fit " +
                     std::string(name(type))};
    }
  }
  return tensorFromRaw(type, std::move(shape),
                       std::as_bytes(std::span(values)));
}

static Result<Tensor> fromTypedField(const onnx::TensorProto &proto,
                                     DataType type,
                                     std::vector<int64_t> shape) {
  switch (type) {
  case DataType::Float32:
    return fromField<float>(type, std::move(shape), proto.float_data());
  case DataType::Float64:
    return fromField<double>(type, std::move(shape), proto.double_data());
  case DataType::Int64:
    return fromField<int64_t>(type, std::move(shape), proto.int64_data());
  case DataType::UInt64:
    return fromField<uint64_t>(type, std::move(shape), proto.uint64_data());
  case DataType::UInt32:
    return fromField<uint32_t>(type, std::move(shape), proto.uint64_data());
  case DataType::Int32:
    return fromField<int32_t>(type, std::move(shape), proto.int32_data());
  case DataType::Int16:
    return fromField<int16_t>(type, std::move(shape), proto.int32_data());
  case DataType::UInt16:
  case DataType::Float16:
  case DataType::BFloat16:
    return fromField<uint16_t>(type, std::move(shape), proto.int32_data());
  case DataType::Int8:
    return fromField<int8_t>(type, std::move(shape), proto.int32_data());
  default:
    return fromField<uint8_t>(type, std::move(shape), proto.int32_data());
  }
}

Result<Tensor> tenon::tensorFromProto(const onnx::TensorProto &proto) {
  auto failure = [&](const std::string &reason) {
    return Error{
        (proto.name().empty() ? "tensor" : "tensor '" + proto.name() + "'") +
        ": " + reason};
  };
  std::optional<DataType> type = dataTypeFromProto(proto.data_type());
  if (!type)
    return failure(protoTypeName(proto.data_type()) +
                   " elements are not supported");
  if (proto.data_location() == onnx::TensorProto::EXTERNAL ||
      proto.external_data_size())
    return failure("its data lies in another file");
  if (proto.has_segment())
    return failure("segmented tensors are not supported");

  std::vector<int64_t> shape(proto.dims().begin(), proto.dims().end());
  std::span<const char> raw(proto.raw_data());
  Result<Tensor> tensor =
      proto.has_raw_data()
          ? tensorFromRaw(*type, std::move(shape), std::as_bytes(raw))
          : fromTypedField(proto, *type, std::move(shape));
  if (!tensor)
    return failure(tensor.error().message);
  return tensor;
}

Result<NamedTensor> tenon::parseTensorProto(std::span<const std::byte> bytes,
                                            std::string_view name) {
  auto failure = [&](const std::string &reason) {
    return Error{std::string(name) + ": " + reason};
  };
  onnx::TensorProto proto;
  if (bytes.size() > INT32_MAX ||
      !proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return failure("is no TensorProto");
  Result<Tensor> tensor = tensorFromProto(proto);
  if (!tensor)
    return failure(tensor.error().message);
  return NamedTensor{proto.name(), std::move(*tensor)};
}
