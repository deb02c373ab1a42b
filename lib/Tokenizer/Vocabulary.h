//===- Vocabulary.h - Tokens and their numbers ----------------------------===//

#ifndef TENON_LIB_TOKENIZER_VOCABULARY_H
#define TENON_LIB_TOKENIZER_VOCABULARY_H

#include "JsonNode.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

#include <functional>

namespace tenon::tokenization {

class Vocabulary {
public:
  Vocabulary() = default;
  Vocabulary(const Vocabulary &) = delete;
  Vocabulary &operator=(const Vocabulary &) = delete;

  /// Of a token that is there already, the newer number counts. Numbers are
  /// below 2^31.
  void add(llvm::StringRef token, uint32_t number);
  std::optional<uint32_t> find(llvm::StringRef token) const;
  std::optional<llvm::StringRef> token(uint32_t number) const;
  size_t size() const { return numbers.size(); }

private:
  llvm::StringMap<uint32_t> numbers;
  /// These lie in `numbers`.
  llvm::DenseMap<uint32_t, llvm::StringRef> tokens;
};

/// The "vocab" of a model: an object of numbers by token.
std::shared_ptr<Vocabulary> readVocabulary(const JsonNode &model);

/// How words become tokens.
struct SubwordModel {
  std::shared_ptr<const Vocabulary> vocabulary;
  std::function<Status(std::string_view, std::vector<int64_t> &)> encode;
};

/// The "model" of a tokenizer.json, each type of its own.
SubwordModel readBytePairEncoding(const JsonNode &node);
SubwordModel readUnigram(const JsonNode &node);
SubwordModel readWordPiece(const JsonNode &node);
SubwordModel readWordLevel(const JsonNode &node);

} // namespace tenon::tokenization

#endif // TENON_LIB_TOKENIZER_VOCABULARY_H
