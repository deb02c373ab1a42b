//===- Safetensors.cpp - Hugging Face's tensor format ---------------------===//

#include "Safetensors.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <set>

using namespace tenon;

static constexpr std::pair<std::string_view, DataType> typeNames[] = {
    {"BOOL", DataType::Bool},
    {"I8", DataType::Int8},
    {"U8", DataType::UInt8},
    {"I16", DataType::Int16},
    {"U16", DataType::UInt16},
    {"I32", DataType::Int32},
    {"U32", DataType::UInt32},
    {"I64", DataType::Int64},
    {"U64", DataType::UInt64},
    {"F8_E4M3", DataType::Float8E4M3FN},
    {"F8_E4M3FNUZ", DataType::Float8E4M3FNUZ},
    {"F8_E5M2", DataType::Float8E5M2},
    {"F8_E5M2FNUZ", DataType::Float8E5M2FNUZ},
    {"F16", DataType::Float16},
    {"BF16", DataType::BFloat16},
    {"F32", DataType::Float32},
    {"F64", DataType::Float64},
};

std::optional<DataType>
tenon::dataTypeBySafetensorsName(std::string_view name) {
  for (const auto &[known, type] : typeNames)
    if (known == name)
      return type;
  return std::nullopt;
}

/// A view of the file cannot be used where elements lie askew or a boolean is
/// neither 0 nor 1.
static bool needsCopy(DataType type, std::span<const std::byte> values) {
  if (reinterpret_cast<uintptr_t>(values.data()) % byteWidth(type))
    return true;
  return type == DataType::Bool &&
         std::ranges::any_of(
             values, [](std::byte value) { return value > std::byte(1); });
}

Result<std::vector<NamedTensor>>
tenon::readSafetensors(std::shared_ptr<MappedFile> file,
                       std::string_view name) {
  Result<std::vector<SafetensorsEntry>> entries =
      parseSafetensorsHeader(file->bytes(), name);
  if (!entries)
    return entries.error();
  std::vector<NamedTensor> tensors;
  for (SafetensorsEntry &entry : *entries) {
    std::span<const std::byte> values =
        file->bytes().subspan(entry.offset, entry.bytes);
    if (!values.empty() && !needsCopy(entry.type, values)) {
      void *data = const_cast<std::byte *>(values.data());
      tensors.push_back(
          {std::move(entry.name),
           Tensor(entry.type, std::move(entry.shape), data, file)});
      continue;
    }
    Result<Tensor> copy = Tensor::allocate(entry.type, std::move(entry.shape));
    if (!copy)
      return Error{std::string(name) + ": tensor '" + entry.name +
                   "': " + copy.error().message};
    if (!values.empty())
      std::memcpy(copy->data(), values.data(), values.size());
    if (entry.type == DataType::Bool)
      for (uint8_t &value : copy->as<uint8_t>())
        value = value != 0;
    tensors.push_back({std::move(entry.name), std::move(*copy)});
  }
  return tensors;
}

Result<SafetensorsLayout>
tenon::layoutSafetensors(std::span<const NamedTensor> tensors) {
  SafetensorsLayout layout;
  layout.order.resize(tensors.size());
  std::iota(layout.order.begin(), layout.order.end(), size_t(0));
  // The widest elements first: then all are aligned, whatever the sizes.
  std::ranges::sort(layout.order, {}, [&](size_t i) {
    return std::pair(-static_cast<int>(byteWidth(tensors[i].tensor.type())), i);
  });

  llvm::json::Object header;
  uint64_t offset = 0;
  for (size_t i : layout.order) {
    const auto &[name, tensor] = tensors[i];
    auto failure = [&](const std::string &reason) {
      return Error{"tensor '" + name + "' " + reason};
    };
    auto type =
        std::ranges::find(typeNames, tensor.type(),
                          &std::pair<std::string_view, DataType>::second);
    if (type == std::end(typeNames))
      return failure("has elements of type " +
                     std::string(tenon::name(tensor.type())) +
                     ", which safetensors does not have");
    if (!llvm::json::isUTF8(name) || name == "__metadata__")
      return failure("has a name that safetensors cannot hold");
    llvm::json::Object entry{
        {"dtype", std::string(type->first)},
        {"shape", llvm::json::Array(tensor.shape())},
        {"data_offsets", llvm::json::Array{offset, offset + tensor.bytes()}}};
    if (!header.try_emplace(name, std::move(entry)).second)
      return failure("is there twice");
    offset += tensor.bytes();
  }
  std::string json;
  llvm::raw_string_ostream(json) << llvm::json::Value(std::move(header));
  json.append((8 - json.size() % 8) % 8, ' ');
  uint64_t length = json.size();
  layout.prefix.assign(reinterpret_cast<const char *>(&length), sizeof length);
  layout.prefix += json;
  return layout;
}
