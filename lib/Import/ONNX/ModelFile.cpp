//===- ModelFile.cpp - An .onnx file, its weights left where they lie -----===//

#include "ModelFile.h"

#include "tenon/Formats/WireFormat.h"

using namespace tenon;
using namespace tenon::onnx_import;

namespace {

/// The messages on the way to a tensor's raw data.
enum class Message { Model, Graph, Node, Attribute, Function, Sparse, Tensor };

/// Raw data up to this size stays in the message.
constexpr size_t shortData = 256;
constexpr int deepestNesting = 100;

// Field numbers of onnx.proto.
constexpr uint32_t tensorSegment = 3, tensorRawData = 9;
constexpr uint32_t segmentBegin = 1, segmentEnd = 2;

/// The message that a field holds, where raw data can lie in it.
std::optional<Message> nestedMessage(Message parent, uint32_t field) {
  switch (parent) {
  case Message::Model:
    return field == 7    ? std::optional(Message::Graph)
           : field == 25 ? std::optional(Message::Function)
                         : std::nullopt;
  case Message::Graph:
    return field == 1    ? std::optional(Message::Node)
           : field == 5  ? std::optional(Message::Tensor)
           : field == 15 ? std::optional(Message::Sparse)
                         : std::nullopt;
  case Message::Node:
    return field == 5 ? std::optional(Message::Attribute) : std::nullopt;
  case Message::Function:
    return field == 7    ? std::optional(Message::Node)
           : field == 11 ? std::optional(Message::Attribute)
                         : std::nullopt;
  case Message::Attribute:
    return field == 5 || field == 10    ? std::optional(Message::Tensor)
           : field == 6 || field == 11  ? std::optional(Message::Graph)
           : field == 22 || field == 23 ? std::optional(Message::Sparse)
                                        : std::nullopt;
  case Message::Sparse:
    return field == 1 || field == 2 ? std::optional(Message::Tensor)
                                    : std::nullopt;
  case Message::Tensor:
    return std::nullopt;
  }
  return std::nullopt;
}

/// Fields that nothing reads and that can be long: training graphs, and the
/// models' own documentation.
bool isIgnored(Message message, uint32_t field) {
  switch (message) {
  case Message::Model:
    return field == 20 || field == 6;
  case Message::Graph:
    return field == 10 || field == 14;
  default:
    return false;
  }
}

/// Copies a model without its long raw data. A tensor gets the range of its
/// data in the file as its `segment`, a field no writer uses.
class Stripper {
public:
  explicit Stripper(std::span<const std::byte> file) : file(file) {}

  /// Appends `message` to `out`; false where it is damaged.
  bool strip(std::span<const std::byte> message, Message kind, int depth,
             std::string &out) {
    if (depth > deepestNesting)
      return fail("messages are nested too deeply", message);
    WireReader reader(message);
    while (!reader.atEnd()) {
      std::optional<WireField> field = reader.next();
      if (!field)
        return fail("the file is damaged or not an ONNX model", message);
      if (!copy(*field, kind, depth, out))
        return false;
    }
    return true;
  }

  const std::string &why() const { return reason; }

private:
  bool copy(const WireField &field, Message kind, int depth, std::string &out) {
    if (isIgnored(kind, field.number))
      return true;
    if (kind == Message::Tensor && field.number == tensorSegment)
      return fail("segmented tensors are not supported", field.content);
    if (field.type != WireType::Bytes) {
      appendField(out, field);
      return true;
    }
    if (kind == Message::Tensor && field.number == tensorRawData &&
        field.content.size() > shortData) {
      uint64_t begin = field.content.data() - file.data();
      std::string segment;
      appendVarint(segment, segmentBegin, begin);
      appendVarint(segment, segmentEnd, begin + field.content.size());
      appendBytes(out, tensorSegment, segment);
      return true;
    }
    if (std::optional<Message> nested = nestedMessage(kind, field.number)) {
      std::string content;
      if (!strip(field.content, *nested, depth + 1, content))
        return false;
      appendBytes(out, field.number, content);
      return true;
    }
    appendField(out, field);
    return true;
  }

  bool fail(const char *what, std::span<const std::byte> where) {
    reason = std::string(what) + " (in the message at byte " +
             std::to_string(where.data() - file.data()) + ")";
    return false;
  }

  std::span<const std::byte> file;
  std::string reason;
};

} // namespace

Result<ModelFile> ModelFile::open(const std::filesystem::path &path) {
  ModelFile result;
  result.fileName = path.string();
  std::error_code ec;
  result.path = std::filesystem::absolute(path, ec);
  Result<std::shared_ptr<MappedFile>> mapping = MappedFile::open(path);
  if (!mapping)
    return mapping.error();
  result.mapping = *mapping;

  std::string stripped;
  Stripper stripper(result.mapping->bytes());
  if (!stripper.strip(result.mapping->bytes(), Message::Model, 0, stripped))
    return Error{result.fileName + ": " + stripper.why()};
  result.proto = std::make_unique<onnx::ModelProto>();
  if (!result.proto->ParseFromString(stripped))
    return Error{result.fileName +
                 ": the file is damaged or not an ONNX model"};
  if (!result.proto->has_graph())
    return Error{result.fileName + ": not an ONNX model (it holds no graph)"};
  return result;
}
