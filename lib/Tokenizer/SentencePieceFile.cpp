//===- SentencePieceFile.cpp - What a SentencePiece model holds -----------===//
//
// Read by field numbers: libsentencepiece brings a protobuf of its own whose
// symbols are visible, and would run into the one that Tenon reads ONNX with.
//
//===----------------------------------------------------------------------===//

#include "SentencePieceFile.h"
#include "Characters.h"

#include "tenon/Formats/WireFormat.h"

#include <bit>
#include <cmath>
#include <cstring>

namespace tenon::tokenization {

namespace {
// Of ModelProto, SentencePiece, TrainerSpec and NormalizerSpec.
namespace model {
enum : uint32_t { pieces = 1, trainer = 2, normalizer = 3, denormalizer = 5 };
} // namespace model
namespace piece {
enum : uint32_t { text = 1, score = 2, type = 3 };
} // namespace piece
namespace trainer {
enum : uint32_t {
  algorithm = 3,
  spaceAsSuffix = 24,
  byteFallback = 35,
  unknownSurface = 44,
  beginning = 46,
  end = 47,
};
} // namespace trainer
namespace normalizer {
enum : uint32_t {
  charsmap = 2,
  addsPrefix = 3,
  removesSpaces = 4,
  escapesSpaces = 5,
};
} // namespace normalizer

/// The fields of one message, with the first complaint.
class Fields {
public:
  Fields(std::span<const std::byte> message, std::string where)
      : reader(message), where(std::move(where)) {}

  bool next() {
    if (error || reader.atEnd())
      return false;
    std::optional<WireField> found = reader.next();
    if (found)
      field = *found;
    else
      complain("is cut off or no message");
    return found.has_value();
  }
  uint32_t number() const { return field.number; }
  std::span<const std::byte> message() {
    return expect(WireType::Bytes, "a message") ? field.content
                                                : std::span<const std::byte>();
  }
  std::string text() {
    if (!expect(WireType::Bytes, "a text"))
      return "";
    return std::string(reinterpret_cast<const char *>(field.content.data()),
                       field.content.size());
  }
  uint64_t integer() {
    uint64_t value = 0;
    if (!expect(WireType::Varint, "an integer"))
      return 0;
    unsigned shift = 0;
    for (std::byte byte : field.content) {
      value |= (static_cast<uint64_t>(byte) & 0x7f) << shift;
      shift += 7;
    }
    return value;
  }
  float number32() {
    float value = 0;
    if (expect(WireType::Fixed32, "a float"))
      std::memcpy(&value, field.content.data(), sizeof(value));
    return value;
  }
  void complain(const std::string &what) {
    if (!error)
      error = Error{where + " " + what};
  }
  const std::optional<Error> &complaint() const { return error; }

private:
  bool expect(WireType type, const char *kind) {
    if (field.type == type)
      return true;
    complain("has a field " + std::to_string(field.number) + " that is not " +
             kind);
    return false;
  }

  WireReader reader;
  std::string where;
  WireField field{};
  std::optional<Error> error;
};
} // namespace

static Status readPiece(Fields fields, SentencePieceFile &file) {
  SentencePiece read;
  while (fields.next()) {
    if (fields.number() == piece::text)
      read.text = fields.text();
    else if (fields.number() == piece::score)
      read.score = fields.number32();
    else if (fields.number() == piece::type) {
      uint64_t type = fields.integer();
      if (type < 1 || type > 6)
        fields.complain("is of type " + std::to_string(type) +
                        ", which is not known");
      read.type = static_cast<PieceType>(type);
    }
  }
  if (read.text.empty() || !isUtf8(read.text))
    fields.complain("has no text, or none in UTF-8");
  if (!std::isfinite(read.score))
    fields.complain("has no finite score");
  if (fields.complaint())
    return *fields.complaint();
  file.pieces.push_back(std::move(read));
  return success();
}

static Status readTrainer(Fields fields, SentencePieceFile &file) {
  while (fields.next()) {
    switch (fields.number()) {
    case trainer::algorithm: {
      uint64_t algorithm = fields.integer();
      if (algorithm != 1 && algorithm != 2)
        fields.complain("has model_type " + std::to_string(algorithm) +
                        "; known are 1 (unigram) and 2 (BPE)");
      file.algorithm = static_cast<SentencePieceAlgorithm>(algorithm);
      break;
    }
    case trainer::spaceAsSuffix:
      if (fields.integer())
        fields.complain("has treat_whitespace_as_suffix, which is not known");
      break;
    case trainer::byteFallback:
      file.fallsBackToBytes = fields.integer() != 0;
      break;
    case trainer::unknownSurface:
      file.unknownSurface = fields.text();
      break;
    case trainer::beginning:
      file.beginning = fields.text();
      break;
    case trainer::end:
      file.end = fields.text();
      break;
    default: // how it was trained
      break;
    }
  }
  if (fields.complaint())
    return *fields.complaint();
  return success();
}

static Status readNormalizer(Fields fields, SentencePieceFile &file) {
  while (fields.next()) {
    switch (fields.number()) {
    case normalizer::charsmap: {
      Result<CharsMap> map = CharsMap::parse(fields.text());
      if (map)
        file.replacements = std::move(*map);
      else
        fields.complain("has a precompiled_charsmap that " +
                        map.error().message);
      break;
    }
    case normalizer::addsPrefix:
      file.addsPrefix = fields.integer() != 0;
      break;
    case normalizer::removesSpaces:
      file.removesSpaces = fields.integer() != 0;
      break;
    case normalizer::escapesSpaces:
      file.escapesSpaces = fields.integer() != 0;
      break;
    default: // its name, and what the map was made of
      break;
    }
  }
  if (fields.complaint())
    return *fields.complaint();
  return success();
}

static Status checkDenormalizer(Fields fields) {
  while (fields.next())
    if (fields.number() == normalizer::charsmap && !fields.text().empty())
      fields.complain("has a precompiled_charsmap, which is not known there");
  if (fields.complaint())
    return *fields.complaint();
  return success();
}

Result<SentencePieceFile>
parseSentencePieceFile(std::span<const std::byte> bytes,
                       const std::string &name) {
  SentencePieceFile file;
  Fields fields(bytes, name + ": the model");
  while (fields.next()) {
    uint32_t number = fields.number();
    if (number != model::pieces && number != model::trainer &&
        number != model::normalizer && number != model::denormalizer)
      continue;
    std::span<const std::byte> message = fields.message();
    if (fields.complaint())
      break;
    Status status =
        number == model::pieces
            ? readPiece(Fields(message, name + ": piece " +
                                            std::to_string(file.pieces.size())),
                        file)
        : number == model::trainer
            ? readTrainer(Fields(message, name + ": trainer_spec"), file)
        : number == model::normalizer
            ? readNormalizer(Fields(message, name + ": normalizer_spec"), file)
            : checkDenormalizer(Fields(message, name + ": denormalizer_spec"));
    if (!status)
      return status.error();
  }
  if (fields.complaint())
    return *fields.complaint();
  return file;
}

} // namespace tenon::tokenization
