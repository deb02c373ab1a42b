//===- SentencePieceFile.h - What a SentencePiece model holds -------------===//

#ifndef TENON_LIB_TOKENIZER_SENTENCEPIECEFILE_H
#define TENON_LIB_TOKENIZER_SENTENCEPIECEFILE_H

#include "CharsMap.h"

#include <filesystem>

namespace tenon::tokenization {

/// The numbers are those of sentencepiece_model.proto.
enum class PieceType : uint8_t {
  Normal = 1,
  Unknown = 2,
  Control = 3,
  UserDefined = 4,
  Unused = 5,
  Byte = 6,
};

struct SentencePiece {
  std::string text;
  float score = 0;
  PieceType type = PieceType::Normal;
};

enum class SentencePieceAlgorithm : uint8_t { Unigram = 1, BytePairs = 2 };

struct SentencePieceFile {
  std::vector<SentencePiece> pieces;
  SentencePieceAlgorithm algorithm = SentencePieceAlgorithm::Unigram;
  bool fallsBackToBytes = false;
  std::string beginning = "<s>", end = "</s>", unknownSurface = " \u2047 ";
  CharsMap replacements;
  bool addsPrefix = true, removesSpaces = true, escapesSpaces = true;
};

/// Protobuf's bytes; `name` is for errors.
Result<SentencePieceFile>
parseSentencePieceFile(std::span<const std::byte> bytes,
                       const std::string &name);

} // namespace tenon::tokenization

#endif // TENON_LIB_TOKENIZER_SENTENCEPIECEFILE_H
