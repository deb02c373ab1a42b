//===- BytePairEncoding.cpp - Tokens by merges ----------------------------===//

#include "Characters.h"
#include "Merging.h"
#include "Vocabulary.h"

namespace tenon::tokenization {

namespace {
struct BytePairs {
  std::shared_ptr<const Vocabulary> vocabulary;
  /// By two tokens' numbers, the left one's in the upper half.
  llvm::DenseMap<uint64_t, Merge> merges;
  std::optional<uint32_t> unknown;
  /// There is one by its name, though perhaps none in the vocabulary.
  bool namesUnknown;
  std::string continuingPrefix, endSuffix;
  bool fusesUnknown, fallsBackToBytes, ignoresMerges;
};
} // namespace

static uint64_t pairOf(uint32_t left, uint32_t right) {
  return uint64_t(left) << 32 | right;
}

/// The tokens of a character's bytes; nothing where one is missing.
static std::optional<std::vector<uint32_t>>
tokensOfBytes(const Vocabulary &vocabulary, std::string_view character) {
  std::vector<uint32_t> tokens;
  for (char byte : character) {
    std::optional<uint32_t> token =
        vocabulary.find(byteToken(static_cast<uint8_t>(byte)));
    if (!token)
      return std::nullopt;
    tokens.push_back(*token);
  }
  return tokens;
}

/// The characters of a word as tokens, those unknown as `unknown` or not at
/// all.
static Result<std::vector<Symbol>> startingSymbols(const BytePairs &model,
                                                   std::string_view word) {
  std::vector<Symbol> symbols;
  size_t unknownLength = 0;
  auto addUnknown = [&] {
    if (unknownLength > 0)
      symbols.push_back({*model.unknown, 0, unknownLength});
    unknownLength = 0;
  };
  std::string affixed;
  for (size_t position = 0; position < word.size();) {
    size_t begin = position;
    nextCharacter(word, position);
    std::string_view character = word.substr(begin, position - begin);
    bool isFirst = begin == 0, isLast = position == word.size();
    if ((!isFirst && !model.continuingPrefix.empty()) ||
        (isLast && !model.endSuffix.empty())) {
      affixed = isFirst ? "" : model.continuingPrefix;
      affixed += character;
      if (isLast)
        affixed += model.endSuffix;
      character = affixed;
    }
    if (std::optional<uint32_t> token = model.vocabulary->find(character)) {
      addUnknown();
      symbols.push_back({*token, begin, position - begin});
      continue;
    }
    if (model.fallsBackToBytes)
      if (std::optional<std::vector<uint32_t>> bytes =
              tokensOfBytes(*model.vocabulary, character)) {
        // An unknown character before them comes behind them: so it is in
        // Hugging Face's tokenizers.
        for (uint32_t token : *bytes)
          symbols.push_back({token, begin, 1});
        continue;
      }
    if (!model.namesUnknown)
      continue;
    if (!model.unknown)
      return Error{"'" + std::string(character) +
                   "' is not known, nor is the unk_token"};
    if (!model.fusesUnknown)
      addUnknown();
    unknownLength += position - begin;
  }
  addUnknown();
  return symbols;
}

static Status encodeWord(const BytePairs &model, std::string_view word,
                         std::vector<int64_t> &tokens) {
  if (model.ignoresMerges)
    if (std::optional<uint32_t> token = model.vocabulary->find(word)) {
      tokens.push_back(*token);
      return success();
    }
  Result<std::vector<Symbol>> started = startingSymbols(model, word);
  if (!started)
    return started.error();
  std::vector<Symbol> symbols = std::move(*started);
  if (symbols.empty())
    return success();
  linkSymbols(symbols);
  mergeSymbols(
      symbols,
      [&](const Symbol &left, const Symbol &right) -> std::optional<Merge> {
        auto found = model.merges.find(pairOf(left.token, right.token));
        if (found == model.merges.end())
          return std::nullopt;
        return found->second;
      });
  for (int64_t index = 0; index >= 0; index = symbols[index].next)
    tokens.push_back(symbols[index].token);
  return success();
}

/// "a b" or ["a", "b"].
static std::optional<std::pair<llvm::StringRef, llvm::StringRef>>
pairOfMerge(const llvm::json::Value &value) {
  if (std::optional<llvm::StringRef> text = value.getAsString()) {
    auto [left, right] = text->split(' ');
    if (left.size() == text->size() || right.contains(' '))
      return std::nullopt;
    return std::pair(left, right);
  }
  const llvm::json::Array *pair = value.getAsArray();
  if (!pair || pair->size() != 2 || !(*pair)[0].getAsString() ||
      !(*pair)[1].getAsString())
    return std::nullopt;
  return std::pair(*(*pair)[0].getAsString(), *(*pair)[1].getAsString());
}

static void readMerges(const JsonNode &node, BytePairs &model) {
  JsonNode list = node.child("merges");
  const llvm::json::Array *merges = list.array();
  if (!merges)
    return;
  model.merges.reserve(merges->size());
  std::string joined;
  for (size_t rank = 0; rank < merges->size(); ++rank) {
    std::optional<llvm::StringRef> text = (*merges)[rank].getAsString();
    // The head of a merges.txt.
    if (text && text->starts_with("#version"))
      continue;
    auto pair = pairOfMerge((*merges)[rank]);
    if (!pair)
      return list.element(rank).complain("is no pair of tokens");
    auto [left, right] = *pair;
    joined = left;
    joined +=
        right.substr(std::min(right.size(), model.continuingPrefix.size()));
    std::optional<uint32_t> parts[] = {model.vocabulary->find(left),
                                       model.vocabulary->find(right),
                                       model.vocabulary->find(joined)};
    llvm::StringRef names[] = {left, right, joined};
    for (size_t part = 0; part < 3; ++part)
      if (!parts[part])
        return list.element(rank).complain("names '" + names[part] +
                                           "', which the vocabulary lacks");
    model.merges[pairOf(*parts[0], *parts[1])] = {static_cast<double>(rank),
                                                  *parts[2]};
  }
}

SubwordModel readBytePairEncoding(const JsonNode &node) {
  node.expectKeys({"type", "dropout", "unk_token", "continuing_subword_prefix",
                   "end_of_word_suffix", "fuse_unk", "byte_fallback",
                   "ignore_merges", "vocab", "merges"});
  auto model = std::make_shared<BytePairs>();
  std::shared_ptr<Vocabulary> vocabulary = readVocabulary(node);
  model->vocabulary = vocabulary;
  std::optional<std::string> unknown = node.optionalText("unk_token");
  model->namesUnknown = unknown.has_value();
  if (unknown)
    model->unknown = vocabulary->find(*unknown);
  model->continuingPrefix =
      node.optionalText("continuing_subword_prefix").value_or("");
  model->endSuffix = node.optionalText("end_of_word_suffix").value_or("");
  model->fusesUnknown = node.flag("fuse_unk", false);
  model->fallsBackToBytes = node.flag("byte_fallback", false);
  model->ignoresMerges = node.flag("ignore_merges", false);
  JsonNode dropout = node.child("dropout");
  if (const llvm::json::Object *object = node.object();
      object && !dropout.isNull() && object->getNumber("dropout") != 0.0)
    dropout.complain("is set: tokens would be drawn by chance");
  readMerges(node, *model);
  return {vocabulary,
          [model](std::string_view word, std::vector<int64_t> &tokens) {
            return encodeWord(*model, word, tokens);
          }};
}

} // namespace tenon::tokenization
