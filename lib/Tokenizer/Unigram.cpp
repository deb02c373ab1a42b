//===- Unigram.cpp - Tokens by their probabilities ------------------------===//

#include "BestPath.h"
#include "Vocabulary.h"

#include <cmath>

namespace tenon::tokenization {

namespace {
struct UnigramTokens {
  std::shared_ptr<const Vocabulary> vocabulary;
  PrefixTree tree;
  std::vector<double> scores;
  std::optional<uint32_t> unknown;
  double unknownScore;
  bool fallsBackToBytes;
};
} // namespace

/// How much less likely than the least likely token an unknown character is.
static constexpr double unknownPenalty = 10;

static Status addPart(const UnigramTokens &model, std::string_view part,
                      std::vector<int64_t> &tokens) {
  if (std::optional<uint32_t> token = model.vocabulary->find(part)) {
    tokens.push_back(*token);
    return success();
  }
  size_t before = tokens.size();
  for (char byte : part) {
    std::optional<uint32_t> token =
        model.fallsBackToBytes
            ? model.vocabulary->find(byteToken(static_cast<uint8_t>(byte)))
            : std::nullopt;
    if (!token) {
      tokens.resize(before);
      break;
    }
    tokens.push_back(*token);
  }
  if (tokens.size() == before)
    tokens.push_back(*model.unknown);
  return success();
}

static Status encodeWord(const UnigramTokens &model, std::string_view word,
                         std::vector<int64_t> &tokens) {
  constexpr uint32_t none = UINT32_MAX;
  std::vector<Step> steps =
      findBestPath<double>(word, model.tree, model.unknown.value_or(none),
                           model.unknownScore, [&](uint32_t token, size_t) {
                             return std::optional(model.scores[token]);
                           });
  for (size_t index = 0; index < steps.size();) {
    Step step = steps[index++];
    if (step.token == none)
      return Error{"'" +
                   std::string(word.substr(step.begin, step.end - step.begin)) +
                   "' is not known, and there is no unk_id"};
    // Neighbours that are unknown are one.
    while (step.token == model.unknown && index < steps.size() &&
           steps[index].token == model.unknown)
      step.end = steps[index++].end;
    if (Status status = addPart(
            model, word.substr(step.begin, step.end - step.begin), tokens);
        !status)
      return status;
  }
  return success();
}

/// A token and its score.
static bool readEntry(const llvm::json::Value &value, Vocabulary &vocabulary,
                      std::vector<double> &scores) {
  const llvm::json::Array *entry = value.getAsArray();
  if (!entry || entry->size() != 2 || !(*entry)[0].getAsString() ||
      !(*entry)[1].getAsNumber() || !std::isfinite(*(*entry)[1].getAsNumber()))
    return false;
  vocabulary.add(*(*entry)[0].getAsString(),
                 static_cast<uint32_t>(scores.size()));
  scores.push_back(*(*entry)[1].getAsNumber());
  return true;
}

SubwordModel readUnigram(const JsonNode &node) {
  node.expectKeys({"type", "unk_id", "vocab", "byte_fallback"});
  auto model = std::make_shared<UnigramTokens>();
  auto vocabulary = std::make_shared<Vocabulary>();
  JsonNode list = node.child("vocab");
  std::vector<std::pair<std::string, uint32_t>> texts;
  if (const llvm::json::Array *entries = list.array())
    for (size_t index = 0; index < entries->size(); ++index)
      if (!readEntry((*entries)[index], *vocabulary, model->scores)) {
        list.element(index).complain("is no token with a score");
        break;
      }
  double lowest = INFINITY;
  for (uint32_t token = 0; token < model->scores.size(); ++token) {
    llvm::StringRef text = *vocabulary->token(token);
    texts.push_back({text.str(), *vocabulary->find(text)});
    lowest = std::min(lowest, model->scores[token]);
  }
  model->tree = PrefixTree(std::move(texts));
  model->unknownScore = lowest - unknownPenalty;
  model->vocabulary = vocabulary;
  model->fallsBackToBytes = node.flag("byte_fallback", false);
  if (!node.child("unk_id").isNull()) {
    int64_t unknown = node.number("unk_id");
    if (unknown >= static_cast<int64_t>(model->scores.size()))
      node.child("unk_id").complain("is " + llvm::Twine(unknown) + " of " +
                                    llvm::Twine(model->scores.size()) +
                                    " tokens");
    model->unknown = static_cast<uint32_t>(unknown);
  }
  return {vocabulary,
          [model](std::string_view word, std::vector<int64_t> &tokens) {
            return encodeWord(*model, word, tokens);
          }};
}

} // namespace tenon::tokenization
