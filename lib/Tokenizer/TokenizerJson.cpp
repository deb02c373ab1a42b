//===- TokenizerJson.cpp - Hugging Face's tokenizer.json ------------------===//

#include "AddedTokens.h"
#include "Coding.h"
#include "Decoders.h"
#include "PostProcessors.h"
#include "PreTokenizers.h"

#include "llvm/ADT/StringExtras.h"

namespace tenon::tokenization {

namespace {
struct Pipeline {
  AddedTokens added;
  Normalizer normalize;
  PreTokenizer preTokenize;
  SubwordModel model;
  SpecialTokens special;
  Decoder decode;
};
} // namespace

/// Files of the format's first years name no type.
static std::string guessModelType(const JsonNode &model) {
  if (!model.child("merges").isNull())
    return "BPE";
  if (model.child("vocab").isArray())
    return "Unigram";
  return model.child("max_input_chars_per_word").isNull() ? "WordLevel"
                                                          : "WordPiece";
}

static SubwordModel readModel(const JsonNode &node) {
  static constexpr std::pair<llvm::StringRef,
                             SubwordModel (*)(const JsonNode &)>
      readers[] = {{"BPE", readBytePairEncoding},
                   {"Unigram", readUnigram},
                   {"WordPiece", readWordPiece},
                   {"WordLevel", readWordLevel}};
  if (node.object()) {
    std::string type = node.optionalText("type").value_or(guessModelType(node));
    for (auto [name, read] : readers)
      if (type == name)
        return read(node);
    node.complainOfUnknown("type", type);
  }
  return {std::make_shared<Vocabulary>(), {}};
}

static Result<std::vector<int64_t>>
encode(const Pipeline &pipeline, std::string_view text, bool addSpecialTokens) {
  Result<std::vector<Segment>> segments =
      pipeline.added.split(text, pipeline.normalize);
  if (!segments)
    return segments.error();
  std::vector<int64_t> tokens;
  if (addSpecialTokens)
    tokens = pipeline.special.before;
  for (Segment &segment : *segments) {
    if (segment.token) {
      tokens.push_back(*segment.token);
      continue;
    }
    std::vector<Piece> pieces = {std::move(segment.piece)};
    if (Status status = pipeline.preTokenize(pieces); !status)
      return status.error();
    for (const Piece &piece : pieces)
      if (Status status = pipeline.model.encode(piece.text, tokens); !status)
        return status.error();
  }
  if (addSpecialTokens)
    tokens.insert(tokens.end(), pipeline.special.behind.begin(),
                  pipeline.special.behind.end());
  return tokens;
}

static Result<std::string> decode(const Pipeline &pipeline,
                                  std::span<const int64_t> tokens,
                                  bool skipSpecialTokens) {
  std::vector<std::string> texts;
  for (int64_t token : tokens) {
    if (token < 0 || token >= int64_t(1) << 31)
      continue;
    auto number = static_cast<uint32_t>(token);
    std::optional<llvm::StringRef> text = pipeline.added.text(number);
    if (!text)
      text = pipeline.model.vocabulary->token(number);
    if (text && !(skipSpecialTokens && pipeline.added.isSpecial(*text)))
      texts.push_back(text->str());
  }
  if (Status status = pipeline.decode(texts); !status)
    return status.error();
  return llvm::join(texts, "");
}

Result<Coding> readTokenizerJson(const std::filesystem::path &file) {
  Result<llvm::json::Value> value = readJson(file);
  if (!value)
    return value.error();
  return readTokenizerJson(*value, file.string());
}

Result<Coding> readTokenizerJson(const llvm::json::Value &value,
                                 const std::string &name) {
  Complaints complaints(name);
  JsonNode root(&value, "", complaints);
  // How texts are cut or filled up is left to who makes batches of them.
  root.expectKeys({"version", "truncation", "padding", "added_tokens",
                   "normalizer", "pre_tokenizer", "post_processor", "decoder",
                   "model"});
  if (!root.object())
    return complaints.status().error();
  if (root.text("version") != "1.0")
    root.complainOfUnknown("version", root.text("version"));
  auto pipeline = std::make_shared<Pipeline>();
  pipeline->normalize = readNormalizer(root.child("normalizer"));
  pipeline->preTokenize = readPreTokenizer(root.child("pre_tokenizer"));
  pipeline->model = readModel(root.child("model"));
  pipeline->special = readPostProcessor(root.child("post_processor"));
  pipeline->decode = readDecoder(root.child("decoder"));
  // Normalizers run from here on.
  if (complaints.any())
    return complaints.status().error();
  pipeline->added =
      AddedTokens::read(root.child("added_tokens"), *pipeline->model.vocabulary,
                        pipeline->normalize);
  if (complaints.any())
    return complaints.status().error();
  return Coding{
      [pipeline](std::string_view text, bool addSpecialTokens) {
        return encode(*pipeline, text, addSpecialTokens);
      },
      [pipeline](std::span<const int64_t> tokens, bool skipSpecialTokens) {
        return decode(*pipeline, tokens, skipSpecialTokens);
      },
      [pipeline](std::string_view token) -> std::optional<int64_t> {
        if (auto number = pipeline->added.number(token))
          return number;
        return pipeline->model.vocabulary->find(token);
      }};
}

} // namespace tenon::tokenization
