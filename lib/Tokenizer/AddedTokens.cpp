//===- AddedTokens.cpp - Tokens that stand in texts as they are -----------===//

#include "AddedTokens.h"

namespace tenon::tokenization {

static AddedToken readToken(const JsonNode &node,
                            const Vocabulary &vocabulary) {
  node.expectKeys({"id", "content", "single_word", "lstrip", "rstrip",
                   "normalized", "special"});
  AddedToken token;
  token.content = node.text("content");
  token.number = static_cast<uint32_t>(node.number("id"));
  token.isWord = node.flag("single_word");
  token.takesLeft = node.flag("lstrip");
  token.takesRight = node.flag("rstrip");
  token.isNormalized = node.flag("normalized");
  token.isSpecial = node.flag("special");
  std::optional<uint32_t> known = vocabulary.find(token.content);
  std::optional<llvm::StringRef> other = vocabulary.token(token.number);
  if (known && *known != token.number)
    node.child("id").complain(
        "is " + llvm::Twine(token.number) + ", but the vocabulary has " +
        llvm::Twine(*known) + " for '" + token.content + "'");
  else if (!known && other)
    node.child("id").complain("is " + llvm::Twine(token.number) +
                              ", which the vocabulary has for '" + *other +
                              "'");
  return token;
}

AddedTokens AddedTokens::read(const JsonNode &list,
                              const Vocabulary &vocabulary,
                              const Normalizer &normalize) {
  AddedTokens added;
  const llvm::json::Array *array = list.isNull() ? nullptr : list.array();
  for (size_t index = 0; array && index < array->size(); ++index) {
    AddedToken token = readToken(list.element(index), vocabulary);
    if (token.content.empty())
      continue;
    if (auto [place, isNew] =
            added.byNumber.try_emplace(token.number, added.tokens.size());
        !isNew && added.tokens[place->second].content != token.content)
      list.element(index).child("id").complain(
          "is " + llvm::Twine(token.number) + ", as is that of '" +
          added.tokens[place->second].content + "'");
    if (token.isSpecial)
      added.special.insert(token.content);
    added.tokens.push_back(std::move(token));
  }
  std::vector<std::pair<std::string, uint32_t>> plain, normalized;
  // Of tokens that look alike once they are normalized, special ones count.
  for (bool isSpecial : {true, false})
    for (uint32_t index = 0; index < added.tokens.size(); ++index) {
      AddedToken &token = added.tokens[index];
      if (token.isSpecial != isSpecial)
        continue;
      Piece piece{token.content, true};
      if (Status status = token.isNormalized ? normalize(piece) : success();
          !status)
        list.complain("cannot be normalized: " + status.error().message);
      else if (piece.text.empty())
        list.complain("has '" + token.content +
                      "', of which the normalizer leaves nothing");
      token.pattern = piece.text;
      (token.isNormalized ? normalized : plain).push_back({piece.text, index});
    }
  added.plainTree = PrefixTree(std::move(plain));
  added.normalizedTree = PrefixTree(std::move(normalized));
  return added;
}

static bool startsWithWord(std::string_view text) {
  size_t position = 0;
  return !text.empty() && isWordCharacter(nextCharacter(text, position));
}

/// The character before `end`, which moves to its start.
static char32_t previousCharacter(std::string_view text, size_t &end) {
  do
    --end;
  while (end > 0 && (text[end] & 0xc0) == 0x80);
  size_t position = end;
  return nextCharacter(text, position);
}

static bool endsWithWord(std::string_view text) {
  size_t end = text.size();
  return end > 0 && isWordCharacter(previousCharacter(text, end));
}

static size_t spacesAtEnd(std::string_view text) {
  size_t begin = text.size();
  for (size_t end = begin; end > 0; begin = end)
    if (!isWhitespace(previousCharacter(text, end)))
      break;
  return begin;
}

static size_t spacesAtStart(std::string_view text) {
  size_t end = 0;
  for (size_t position = 0; position < text.size(); end = position)
    if (!isWhitespace(nextCharacter(text, position)))
      break;
  return end;
}

void AddedTokens::find(const Piece &piece, const PrefixTree &tree,
                       std::vector<Segment> &segments) const {
  std::string_view text = piece.text;
  size_t taken = 0;
  auto addPiece = [&](size_t end) {
    if (taken < end)
      segments.push_back({{std::string(text.substr(taken, end - taken)),
                           piece.atStart && taken == 0},
                          std::nullopt});
  };
  for (size_t position = 0; !tree.empty() && position < text.size();) {
    std::optional<PrefixTree::Match> match =
        tree.longestPrefix(text.substr(position));
    if (!match) {
      position += characterBytes(text[position]);
      continue;
    }
    size_t begin = position, end = position + match->length;
    position = end;
    const AddedToken &token = tokens[match->number];
    if (token.isWord && (endsWithWord(text.substr(0, begin)) ||
                         startsWithWord(text.substr(end))))
      continue;
    if (token.takesLeft)
      begin = std::max(spacesAtEnd(text.substr(0, begin)), taken);
    if (token.takesRight)
      end += spacesAtStart(text.substr(end));
    addPiece(begin);
    // All of it may be spaces that the token before it has taken.
    if (begin < end)
      segments.push_back({{}, token.number});
    taken = end;
  }
  addPiece(text.size());
}

Result<std::vector<Segment>>
AddedTokens::split(std::string_view text, const Normalizer &normalize) const {
  std::vector<Segment> raw, segments;
  find({std::string(text), true}, plainTree, raw);
  for (Segment &segment : raw) {
    if (segment.token) {
      segments.push_back(std::move(segment));
      continue;
    }
    if (Status status = normalize(segment.piece); !status)
      return status.error();
    find(segment.piece, normalizedTree, segments);
  }
  return segments;
}

std::optional<llvm::StringRef> AddedTokens::text(uint32_t number) const {
  auto found = byNumber.find(number);
  if (found == byNumber.end())
    return std::nullopt;
  return llvm::StringRef(tokens[found->second].pattern);
}

std::optional<uint32_t> AddedTokens::number(llvm::StringRef text) const {
  for (const auto &[number, index] : byNumber)
    if (tokens[index].pattern == text)
      return number;
  return std::nullopt;
}

} // namespace tenon::tokenization
