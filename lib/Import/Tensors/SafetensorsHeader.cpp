//===- SafetensorsHeader.cpp - What a safetensors file says of itself -----===//

#include "tenon/Import/Tensors/TensorFiles.h"

#include "llvm/Support/JSON.h"

#include <algorithm>
#include <cstring>
#include <tuple>

using namespace tenon;

/// The format's own limit.
static constexpr uint64_t largestHeader = 100'000'000;

/// Whether brackets nest deeper than the format ever does. The JSON parser is
/// recursive: it must not see them.
static bool nestsTooDeep(std::string_view json) {
  constexpr int deepest = 8;
  int depth = 0;
  bool inString = false;
  for (size_t i = 0; i < json.size(); ++i) {
    char c = json[i];
    if (inString) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        inString = false;
    } else if (c == '"') {
      inString = true;
    } else if (c == '{' || c == '[') {
      if (++depth > deepest)
        return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

static Result<std::vector<uint64_t>> integers(const llvm::json::Object &object,
                                              llvm::StringRef key) {
  const llvm::json::Array *array = object.getArray(key);
  if (!array)
    return Error{"has no list " + key.str()};
  std::vector<uint64_t> values;
  for (const llvm::json::Value &item : *array) {
    std::optional<uint64_t> value = item.getAsUINT64();
    if (!value)
      return Error{"has something in " + key.str() + " that is no size"};
    values.push_back(*value);
  }
  return values;
}

static Result<SafetensorsEntry> parseEntry(llvm::StringRef name,
                                           const llvm::json::Value &value,
                                           uint64_t dataStart,
                                           uint64_t dataBytes) {
  SafetensorsEntry entry;
  entry.name = name.str();
  const llvm::json::Object *object = value.getAsObject();
  if (!object)
    return Error{"is not described by an object"};
  std::optional<llvm::StringRef> dtype = object->getString("dtype");
  if (!dtype)
    return Error{"has no dtype"};
  std::optional<DataType> type = dataTypeBySafetensorsName(*dtype);
  if (!type)
    return Error{"elements of type '" + dtype->str() + "' are not supported"};
  entry.type = *type;

  Result<std::vector<uint64_t>> shape = integers(*object, "shape");
  if (!shape)
    return shape.error();
  // A size that does not fit comes out negative, which byteCount refuses.
  entry.shape.assign(shape->begin(), shape->end());
  Result<std::vector<uint64_t>> offsets = integers(*object, "data_offsets");
  if (!offsets)
    return offsets.error();
  if (offsets->size() != 2)
    return Error{"has " + std::to_string(offsets->size()) +
                 " data_offsets, not 2"};
  uint64_t begin = (*offsets)[0], end = (*offsets)[1];
  std::string range =
      "[" + std::to_string(begin) + ", " + std::to_string(end) + ")";
  if (begin > end || end > dataBytes)
    return Error{"lies at " + range + " of " + std::to_string(dataBytes) +
                 " bytes of data"};
  std::optional<uint64_t> bytes = byteCount(entry.type, entry.shape);
  if (!bytes)
    return Error{"cannot have the shape " + shapeString(entry.shape)};
  if (*bytes != end - begin)
    return Error{"shape " + shapeString(entry.shape) + " of " + dtype->str() +
                 " needs " + std::to_string(*bytes) + " bytes, its range " +
                 range + " has " + std::to_string(end - begin)};
  entry.offset = dataStart + begin;
  entry.bytes = *bytes;
  return entry;
}

static Status checkMetadata(const llvm::json::Value &value) {
  const llvm::json::Object *object = value.getAsObject();
  bool good = object && llvm::all_of(*object, [](const auto &item) {
                return item.second.getAsString().has_value();
              });
  return good ? success()
              : Status(Error{"__metadata__ is no object of strings"});
}

/// The ranges must follow each other from the first byte of data to the file's
/// last.
static Status checkCover(std::span<const SafetensorsEntry> entries,
                         uint64_t dataStart, uint64_t fileBytes) {
  uint64_t position = dataStart;
  for (const SafetensorsEntry &entry : entries) {
    if (entry.offset != position)
      return Error{"tensor '" + entry.name + "' starts at byte " +
                   std::to_string(entry.offset - dataStart) + " of the data, " +
                   (entry.offset < position ? "inside the tensor before it"
                                            : "after a hole") +
                   " (" + std::to_string(position - dataStart) + " was due)"};
    position += entry.bytes;
  }
  if (position != fileBytes)
    return Error{std::to_string(fileBytes - position) +
                 " bytes follow the last tensor"};
  return success();
}

static Result<std::vector<SafetensorsEntry>>
parse(std::span<const std::byte> bytes) {
  uint64_t length = 0;
  if (bytes.size() < sizeof length)
    return Error{"has " + std::to_string(bytes.size()) +
                 " bytes, too few for a safetensors file"};
  std::memcpy(&length, bytes.data(), sizeof length);
  if (length > largestHeader || length > bytes.size() - sizeof length)
    return Error{"speaks of a header of " + std::to_string(length) +
                 " bytes, the file has " + std::to_string(bytes.size())};
  std::string_view json(
      reinterpret_cast<const char *>(bytes.data()) + sizeof length, length);
  if (!json.starts_with('{') || nestsTooDeep(json))
    return Error{"the header is no safetensors header"};
  llvm::Expected<llvm::json::Value> header = llvm::json::parse(json);
  if (!header)
    return Error{"the header is damaged: " +
                 llvm::toString(header.takeError())};

  uint64_t dataStart = sizeof length + length;
  std::vector<SafetensorsEntry> entries;
  for (const auto &[key, value] : *header->getAsObject()) {
    llvm::StringRef name = key;
    if (name == "__metadata__") {
      if (Status status = checkMetadata(value); !status)
        return status.error();
      continue;
    }
    Result<SafetensorsEntry> entry =
        parseEntry(name, value, dataStart, bytes.size() - dataStart);
    if (!entry)
      return Error{"tensor '" + name.str() + "' " + entry.error().message};
    entries.push_back(std::move(*entry));
  }
  // Empty tensors share their start with the one after them.
  std::ranges::sort(entries, {}, [](const SafetensorsEntry &entry) {
    return std::tuple(entry.offset, entry.bytes, std::string_view(entry.name));
  });
  if (Status status = checkCover(entries, dataStart, bytes.size()); !status)
    return status.error();
  return entries;
}

Result<std::vector<SafetensorsEntry>>
tenon::parseSafetensorsHeader(std::span<const std::byte> bytes,
                              std::string_view name) {
  Result<std::vector<SafetensorsEntry>> entries = parse(bytes);
  if (!entries)
    return Error{std::string(name) + ": " + entries.error().message};
  return entries;
}
