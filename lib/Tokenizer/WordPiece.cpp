//===- WordPiece.cpp - Words by their longest known parts -----------------===//

#include "Characters.h"
#include "Vocabulary.h"

namespace tenon::tokenization {

namespace {
struct WordPieces {
  std::shared_ptr<const Vocabulary> vocabulary;
  std::string continuingPrefix;
  std::optional<uint32_t> unknown;
  size_t maxCharacters;
};
} // namespace

/// Whether all of the word is known.
static bool encodeKnown(const WordPieces &model, std::string_view word,
                        std::vector<int64_t> &tokens) {
  if (countCharacters(word) > model.maxCharacters)
    return false;
  std::string part;
  for (size_t begin = 0; begin < word.size();) {
    part = begin == 0 ? "" : model.continuingPrefix;
    size_t prefix = part.size(), end = word.size();
    part += word.substr(begin);
    std::optional<uint32_t> found;
    while (end > begin && !(found = model.vocabulary->find(part))) {
      do
        --end;
      while (end > begin && (word[end] & 0xc0) == 0x80);
      part.resize(prefix + end - begin);
    }
    if (!found)
      return false;
    tokens.push_back(*found);
    begin = end;
  }
  return true;
}

SubwordModel readWordPiece(const JsonNode &node) {
  node.expectKeys({"type", "unk_token", "continuing_subword_prefix",
                   "max_input_chars_per_word", "vocab"});
  auto model = std::make_shared<WordPieces>();
  std::shared_ptr<Vocabulary> vocabulary = readVocabulary(node);
  model->vocabulary = vocabulary;
  model->continuingPrefix =
      node.optionalText("continuing_subword_prefix").value_or("##");
  model->maxCharacters = node.number("max_input_chars_per_word", 100);
  model->unknown = vocabulary->find(node.text("unk_token"));
  return {
      vocabulary,
      [model](std::string_view word, std::vector<int64_t> &tokens) -> Status {
        size_t before = tokens.size();
        if (encodeKnown(*model, word, tokens))
          return success();
        tokens.resize(before);
        if (!model->unknown)
          return Error{"'" + std::string(word) +
                       "' is not known, and there is no unk_token"};
        tokens.push_back(*model->unknown);
        return success();
      }};
}

SubwordModel readWordLevel(const JsonNode &node) {
  node.expectKeys({"type", "unk_token", "vocab"});
  std::shared_ptr<Vocabulary> vocabulary = readVocabulary(node);
  std::optional<uint32_t> unknown = vocabulary->find(node.text("unk_token"));
  return {vocabulary,
          [vocabulary, unknown](std::string_view word,
                                std::vector<int64_t> &tokens) -> Status {
            std::optional<uint32_t> token = vocabulary->find(word);
            if (!token)
              token = unknown;
            if (!token)
              return Error{"'" + std::string(word) +
                           "' is not known, and there is no unk_token"};
            tokens.push_back(*token);
            return success();
          }};
}

} // namespace tenon::tokenization
