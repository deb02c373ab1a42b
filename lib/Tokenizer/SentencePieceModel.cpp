//===- SentencePieceModel.cpp - SentencePiece's way with texts ------------===//

#include "BestPath.h"
#include "Coding.h"
#include "JsonNode.h"
#include "Merging.h"
#include "SentencePieceFile.h"
#include "Vocabulary.h"

#include "llvm/Support/MemoryBuffer.h"

#include <cmath>
#include <limits>

namespace fs = std::filesystem;

namespace tenon::tokenization {

static constexpr std::string_view spaceMark = "\u2581";
static constexpr float unknownPenalty = 10;

namespace {
struct SentencePieces {
  SentencePieceFile file;
  /// What texts may become: normal, user-defined and unused pieces.
  Vocabulary texts;
  PrefixTree tree, userDefined;
  /// By byte.
  std::array<std::optional<uint32_t>, 256> bytes;
  uint32_t unknown = 0;
  float lowest = 0, highest = 0;
  std::vector<int64_t> before, behind;

  PieceType type(uint32_t token) const { return file.pieces[token].type; }
};
} // namespace

/// The text's first characters and what stands for them.
static CharsMap::Match normalizePrefix(const SentencePieces &model,
                                       std::string_view text) {
  if (auto match = model.userDefined.longestPrefix(text))
    return {match->length, text.substr(0, match->length)};
  if (!model.file.replacements.empty())
    if (auto match = model.file.replacements.longestPrefix(text))
      return *match;
  size_t length = characterBytes(text[0]);
  return {length, text.substr(0, length)};
}

static std::string normalize(const SentencePieces &model,
                             std::string_view text) {
  std::string_view space = model.file.escapesSpaces ? spaceMark : " ";
  bool removes = model.file.removesSpaces;
  while (removes && !text.empty()) {
    CharsMap::Match match = normalizePrefix(model, text);
    if (match.replacement != " ")
      break;
    text.remove_prefix(match.length);
  }
  std::string normalized;
  if (text.empty())
    return normalized;
  if (model.file.addsPrefix)
    normalized += space;
  bool wasSpace = removes;
  while (!text.empty()) {
    auto [length, part] = normalizePrefix(model, text);
    text.remove_prefix(length);
    while (wasSpace && part.starts_with(' '))
      part.remove_prefix(1);
    for (char byte : part) {
      if (byte == ' ')
        normalized += space;
      else
        normalized += byte;
    }
    if (!part.empty())
      wasSpace = part.ends_with(' ');
    wasSpace &= removes;
  }
  while (removes && normalized.ends_with(space))
    normalized.resize(normalized.size() - space.size());
  return normalized;
}

static std::vector<Step> splitByProbability(const SentencePieces &model,
                                            std::string_view text) {
  return findBestPath<float>(
      text, model.tree, model.unknown, model.lowest - unknownPenalty,
      [&](uint32_t token, size_t length) -> std::optional<float> {
        const SentencePiece &piece = model.file.pieces[token];
        if (piece.type == PieceType::Unused)
          return std::nullopt;
        // These are taken wherever they stand.
        if (piece.type == PieceType::UserDefined)
          return static_cast<float>(length) * model.highest - 0.1f;
        return piece.score;
      });
}

/// An unused piece as the two that it was made of, and so on.
static void resolveUnused(const SentencePieces &model, std::string_view text,
                          Step step, const llvm::StringMap<size_t> &lefts,
                          std::vector<Step> &steps) {
  std::string_view part = text.substr(step.begin, step.end - step.begin);
  auto left = lefts.find(part);
  if (step.token == model.unknown ||
      model.type(step.token) != PieceType::Unused || left == lefts.end()) {
    steps.push_back(step);
    return;
  }
  size_t middle = step.begin + left->second;
  auto tokenOf = [&](size_t begin, size_t end) {
    return model.texts.find(text.substr(begin, end - begin))
        .value_or(model.unknown);
  };
  resolveUnused(model, text, {step.begin, middle, tokenOf(step.begin, middle)},
                lefts, steps);
  resolveUnused(model, text, {middle, step.end, tokenOf(middle, step.end)},
                lefts, steps);
}

static std::vector<Step> splitByMerges(const SentencePieces &model,
                                       std::string_view text) {
  std::vector<Symbol> symbols;
  for (size_t begin = 0; begin < text.size();) {
    std::optional<PrefixTree::Match> whole =
        model.userDefined.longestPrefix(text.substr(begin));
    size_t length = whole ? whole->length : characterBytes(text[begin]);
    uint32_t token =
        model.texts.find(text.substr(begin, length)).value_or(model.unknown);
    symbols.push_back({token, begin, length});
    symbols.back().isFrozen = whole.has_value();
    begin += length;
  }
  if (symbols.empty())
    return {};
  linkSymbols(symbols);
  llvm::StringMap<size_t> lefts;
  mergeSymbols(
      symbols,
      [&](const Symbol &left, const Symbol &right) -> std::optional<Merge> {
        std::string_view both =
            text.substr(left.begin, left.length + right.length);
        std::optional<uint32_t> token = model.texts.find(both);
        if (!token)
          return std::nullopt;
        if (model.type(*token) == PieceType::Unused)
          lefts[both] = left.length;
        return Merge{-model.file.pieces[*token].score, *token};
      });
  std::vector<Step> steps;
  for (int64_t index = 0; index >= 0; index = symbols[index].next) {
    const Symbol &symbol = symbols[index];
    resolveUnused(model, text,
                  {symbol.begin, symbol.begin + symbol.length, symbol.token},
                  lefts, steps);
  }
  return steps;
}

static std::vector<int64_t> encode(const SentencePieces &model,
                                   std::string_view text,
                                   bool addSpecialTokens) {
  std::string normalized = normalize(model, text);
  std::vector<Step> steps =
      model.file.algorithm == SentencePieceAlgorithm::Unigram
          ? splitByProbability(model, normalized)
          : splitByMerges(model, normalized);
  std::vector<int64_t> tokens;
  if (addSpecialTokens)
    tokens = model.before;
  bool wasUnknown = false;
  for (const Step &step : steps) {
    bool isUnknown = step.token == model.unknown;
    if (isUnknown && model.file.fallsBackToBytes) {
      for (size_t at = step.begin; at < step.end; ++at)
        tokens.push_back(
            model.bytes[static_cast<uint8_t>(normalized[at])].value_or(
                model.unknown));
    } else if (!isUnknown || !wasUnknown) {
      tokens.push_back(step.token);
    }
    wasUnknown = isUnknown;
  }
  if (addSpecialTokens)
    tokens.insert(tokens.end(), model.behind.begin(), model.behind.end());
  return tokens;
}

/// Bytes as characters, each that is part of none as U+FFFD.
static void appendBytes(std::string &text, std::string &bytes) {
  for (size_t position = 0; position < bytes.size();) {
    size_t begin = position;
    nextCharacter(bytes, position);
    std::string_view part =
        std::string_view(bytes).substr(begin, position - begin);
    text += isUtf8(part) ? part : "\ufffd";
  }
  bytes.clear();
}

static std::string decode(const SentencePieces &model,
                          std::span<const int64_t> tokens,
                          bool skipSpecialTokens) {
  std::string text, bytes;
  bool takesPrefix = model.file.addsPrefix || model.file.removesSpaces,
       isAtStart = true, sawPrefix = false;
  for (int64_t token : tokens) {
    if (token < 0 || token >= static_cast<int64_t>(model.file.pieces.size()))
      continue;
    const SentencePiece &piece = model.file.pieces[token];
    if (piece.type == PieceType::Byte) {
      for (unsigned byte = 0; byte < 256; ++byte)
        if (model.bytes[byte] == token)
          bytes += static_cast<char>(byte);
      continue;
    }
    appendBytes(text, bytes);
    isAtStart &= !sawPrefix && text.empty();
    sawPrefix = false;
    if (piece.type == PieceType::Control) {
      if (!skipSpecialTokens)
        text += piece.text;
      continue;
    }
    if (piece.type == PieceType::Unknown) {
      text += model.file.unknownSurface;
      continue;
    }
    std::string_view rest = piece.text;
    if (isAtStart && takesPrefix && rest.starts_with(spaceMark)) {
      rest.remove_prefix(spaceMark.size());
      // Where several spaces are one, all at the start are none.
      sawPrefix = !model.file.removesSpaces;
    }
    for (size_t at = 0; at < rest.size();) {
      bool isSpace = rest.substr(at).starts_with(spaceMark);
      text += isSpace ? ' ' : rest[at];
      at += isSpace ? spaceMark.size() : 1;
    }
  }
  appendBytes(text, bytes);
  return text;
}

/// Sorts the pieces by what they are for.
static Status indexPieces(SentencePieces &model, const std::string &name) {
  const std::vector<SentencePiece> &pieces = model.file.pieces;
  std::vector<std::pair<std::string, uint32_t>> texts, userDefined;
  std::optional<uint32_t> unknown;
  model.lowest = INFINITY;
  // As SentencePiece starts: above the logarithm of any probability.
  model.highest = std::numeric_limits<float>::min();
  for (uint32_t number = 0; number < pieces.size(); ++number) {
    const auto &[text, score, type] = pieces[number];
    std::string where = name + ": piece " + std::to_string(number);
    switch (type) {
    case PieceType::Control:
      break;
    case PieceType::Unknown:
      if (unknown)
        return Error{where + " is a second one of the unknown"};
      unknown = number;
      break;
    case PieceType::Byte: {
      unsigned byte = 0;
      while (byte < 256 && byteToken(static_cast<uint8_t>(byte)) != text)
        ++byte;
      if (byte == 256)
        return Error{where + " is of a byte, but '" + text + "'"};
      model.bytes[byte] = number;
      break;
    }
    case PieceType::Normal:
      model.lowest = std::min(model.lowest, score);
      model.highest = std::max(model.highest, score);
      [[fallthrough]];
    case PieceType::UserDefined:
    case PieceType::Unused:
      if (model.texts.find(text))
        return Error{where + " is '" + text + "', as is one before it"};
      model.texts.add(text, number);
      texts.push_back({text, number});
      if (type == PieceType::UserDefined)
        userDefined.push_back({text, number});
    }
  }
  if (!unknown)
    return Error{name + ": no piece stands for the unknown"};
  if (model.file.fallsBackToBytes)
    for (unsigned byte = 0; byte < 256; ++byte)
      if (!model.bytes[byte])
        return Error{name + ": no piece stands for the byte " +
                     byteToken(static_cast<uint8_t>(byte))};
  model.unknown = *unknown;
  model.tree = PrefixTree(std::move(texts));
  model.userDefined = PrefixTree(std::move(userDefined));
  return success();
}

/// What tokenizer_config.json says of the tokens around a text. Without it, as
/// transformers has it for Llama: a beginning, no end.
static Status readConfig(const fs::path &folder, SentencePieces &model,
                         const std::string &name) {
  bool beginning = true, end = false, isSaid = false;
  fs::path path = folder / "tokenizer_config.json";
  std::error_code code;
  if (fs::exists(folder / "added_tokens.json", code))
    return Error{(folder / "added_tokens.json").string() +
                 ": tokens beside those of tokenizer.model are read from a "
                 "tokenizer.json alone"};
  if (fs::exists(path, code)) {
    Result<llvm::json::Value> value = readJson(path);
    if (!value)
      return value.error();
    Complaints complaints(path.string());
    JsonNode config(&*value, "", complaints);
    isSaid = config.flag("add_bos_token", false);
    beginning = config.flag("add_bos_token", true);
    end = config.flag("add_eos_token", false);
    JsonNode added = config.child("added_tokens_decoder");
    if (!added.isNull() && added.object())
      for (const auto &[key, unused] : *added.object())
        if (uint64_t number = 0;
            llvm::StringRef(key).getAsInteger(10, number) ||
            number >= model.file.pieces.size())
          added.child(llvm::StringRef(key))
              .complain("is no token of tokenizer.model: such are read from a "
                        "tokenizer.json alone");
    if (complaints.any())
      return complaints.status();
  }
  auto add = [&](bool wanted, bool isNeeded, const std::string &text,
                 std::vector<int64_t> &side) -> Status {
    for (uint32_t number = 0; wanted && number < model.file.pieces.size();
         ++number)
      if (const SentencePiece &piece = model.file.pieces[number];
          piece.type == PieceType::Control && piece.text == text) {
        side = {number};
        return success();
      }
    if (wanted && isNeeded)
      return Error{name + ": has no '" + text +
                   "', which tokenizer_config.json wants around texts"};
    return success();
  };
  if (Status status =
          add(beginning, isSaid, model.file.beginning, model.before);
      !status)
    return status;
  return add(end, true, model.file.end, model.behind);
}

Result<Coding> readSentencePieceModel(const fs::path &file) {
  std::string name = file.string();
  constexpr uint64_t maxBytes = 1 << 28;
  std::error_code code;
  if (uint64_t bytes = fs::file_size(file, code); code || bytes > maxBytes)
    return Error{
        name + ": " +
        (code ? code.message()
              : std::to_string(bytes) + " bytes are too many for a tokenizer")};
  auto buffer = llvm::MemoryBuffer::getFile(name);
  if (!buffer)
    return Error{name + ": " + buffer.getError().message()};
  llvm::StringRef content = (*buffer)->getBuffer();
  Result<SentencePieceFile> parsed = parseSentencePieceFile(
      std::as_bytes(std::span(content.data(), content.size())), name);
  if (!parsed)
    return parsed.error();
  auto model = std::make_shared<SentencePieces>();
  model->file = std::move(*parsed);
  if (Status status = indexPieces(*model, name); !status)
    return status.error();
  if (Status status = readConfig(file.parent_path(), *model, name); !status)
    return status.error();
  return Coding{[model](std::string_view text,
                        bool addSpecialTokens) -> Result<std::vector<int64_t>> {
                  return encode(*model, text, addSpecialTokens);
                },
                [model](std::span<const int64_t> tokens,
                        bool skipSpecialTokens) -> Result<std::string> {
                  return decode(*model, tokens, skipSpecialTokens);
                },
                [model](std::string_view token) -> std::optional<int64_t> {
                  auto found =
                      llvm::find_if(model->file.pieces, [&](const auto &piece) {
                        return piece.text == token;
                      });
                  if (found == model->file.pieces.end())
                    return std::nullopt;
                  return found - model->file.pieces.begin();
                }};
}

} // namespace tenon::tokenization
