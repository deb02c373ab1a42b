//===- Tensor.cpp - Tensors, element types, errors ------------------------===//

#include "tenon/Runtime/Tensor.h"

#include <array>
#include <cstring>
#include <new>

using namespace tenon;

namespace {

struct TypeFacts {
  DataType type;
  std::string_view name;
  size_t bytes;
  bool isFloat, isUnsigned;
};

} // namespace

static constexpr std::array typeFacts = {
    TypeFacts{DataType::Bool, "bool", 1, false, true},
    TypeFacts{DataType::Int4, "int4", 1, false, false},
    TypeFacts{DataType::UInt4, "uint4", 1, false, true},
    TypeFacts{DataType::Int8, "int8", 1, false, false},
    TypeFacts{DataType::UInt8, "uint8", 1, false, true},
    TypeFacts{DataType::Int16, "int16", 2, false, false},
    TypeFacts{DataType::UInt16, "uint16", 2, false, true},
    TypeFacts{DataType::Int32, "int32", 4, false, false},
    TypeFacts{DataType::UInt32, "uint32", 4, false, true},
    TypeFacts{DataType::Int64, "int64", 8, false, false},
    TypeFacts{DataType::UInt64, "uint64", 8, false, true},
    TypeFacts{DataType::Float8E4M3FN, "float8_e4m3fn", 1, true, false},
    TypeFacts{DataType::Float8E4M3FNUZ, "float8_e4m3fnuz", 1, true, false},
    TypeFacts{DataType::Float8E5M2, "float8_e5m2", 1, true, false},
    TypeFacts{DataType::Float8E5M2FNUZ, "float8_e5m2fnuz", 1, true, false},
    TypeFacts{DataType::Float16, "float16", 2, true, false},
    TypeFacts{DataType::BFloat16, "bfloat16", 2, true, false},
    TypeFacts{DataType::Float32, "float32", 4, true, false},
    TypeFacts{DataType::Float64, "float64", 8, true, false},
};

static constexpr const TypeFacts &factsOf(DataType type) {
  return typeFacts[static_cast<size_t>(type)];
}

static_assert(
    [] {
      for (size_t i = 0; i < typeFacts.size(); ++i)
        if (static_cast<size_t>(typeFacts[i].type) != i)
          return false;
      return typeFacts.size() == dataTypeCount;
    }(),
    "the rows are in the order of DataType");

size_t tenon::byteWidth(DataType type) { return factsOf(type).bytes; }
std::string_view tenon::name(DataType type) { return factsOf(type).name; }
bool tenon::isFloat(DataType type) { return factsOf(type).isFloat; }
bool tenon::isUnsigned(DataType type) { return factsOf(type).isUnsigned; }

std::optional<DataType> tenon::dataTypeByName(std::string_view name) {
  for (const TypeFacts &facts : typeFacts)
    if (facts.name == name)
      return facts.type;
  return std::nullopt;
}

std::optional<int64_t> tenon::elementCount(std::span<const int64_t> shape) {
  // A zero anywhere makes the product zero, whatever the sizes before it would
  // overflow to.
  bool empty = false;
  for (int64_t size : shape) {
    if (size < 0)
      return std::nullopt;
    empty |= size == 0;
  }
  if (empty)
    return 0;
  int64_t count = 1;
  for (int64_t size : shape)
    if (__builtin_mul_overflow(count, size, &count))
      return std::nullopt;
  return count;
}

std::optional<uint64_t> tenon::byteCount(DataType type,
                                         std::span<const int64_t> shape) {
  std::optional<int64_t> count = elementCount(shape);
  int64_t bytes;
  if (!count || __builtin_mul_overflow(
                    *count, static_cast<int64_t>(byteWidth(type)), &bytes))
    return std::nullopt;
  return static_cast<uint64_t>(bytes);
}

std::string tenon::shapeString(std::span<const int64_t> shape) {
  if (shape.empty())
    return "scalar";
  std::string text;
  for (int64_t size : shape) {
    if (!text.empty())
      text += 'x';
    text += std::to_string(size);
  }
  return text;
}

Tensor::Tensor(DataType type, std::vector<int64_t> shape)
    : elementType(type), dims(std::move(shape)) {
  count = elementCount(dims).value();
  std::shared_ptr<std::byte> memory =
      allocateZeroed(byteCount(type, dims).value());
  if (!memory)
    throw std::bad_alloc();
  storage = memory.get();
  keep = std::move(memory);
}

Tensor::Tensor(DataType type, std::vector<int64_t> shape, void *data,
               std::shared_ptr<const void> owner)
    : elementType(type), dims(std::move(shape)),
      count(elementCount(dims).value()), storage(data), keep(std::move(owner)) {
}

Result<Tensor> Tensor::allocate(DataType type, std::vector<int64_t> shape) {
  std::optional<uint64_t> bytes = byteCount(type, shape);
  if (!bytes)
    return Error{"no tensor can have the shape " + shapeString(shape)};
  std::shared_ptr<std::byte> memory = allocateZeroed(*bytes);
  if (!memory)
    return Error{"no memory for " + std::to_string(*bytes) + " bytes of a " +
                 shapeString(shape) + " tensor"};
  void *data = memory.get();
  return Tensor(type, std::move(shape), data, std::move(memory));
}

Result<Tensor> Tensor::clone() const {
  Result<Tensor> copy = allocate(elementType, dims);
  if (copy && bytes() > 0)
    std::memcpy(copy->data(), data(), bytes());
  return copy;
}
