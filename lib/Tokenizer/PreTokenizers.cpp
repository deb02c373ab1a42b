//===- PreTokenizers.cpp - How a text is split before its tokens ----------===//

#include "PreTokenizers.h"
#include "Pattern.h"

#include "llvm/ADT/StringSwitch.h"

namespace tenon::tokenization {

static constexpr const char *gpt2Expression =
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";

/// Splits at single characters of a class.
template <typename IsMatch>
static PreTokenizer splitAt(IsMatch isMatch, SplitBehavior behavior) {
  return [isMatch, behavior](std::vector<Piece> &pieces) {
    return splitPieces(
        pieces,
        [&](std::string_view text) -> Result<std::vector<Span>> {
          return findCharacters(text, isMatch);
        },
        behavior);
  };
}

static PreTokenizer splitBy(Finder find, SplitBehavior behavior,
                            bool isInverted) {
  return [=](std::vector<Piece> &pieces) {
    return splitPieces(
        pieces,
        [&](std::string_view text) {
          Result<std::vector<Span>> spans = find(text);
          if (spans && isInverted)
            for (Span &span : *spans)
              span.isMatch = !span.isMatch;
          return spans;
        },
        behavior);
  };
}

static SplitBehavior readBehavior(const JsonNode &node,
                                  std::optional<std::string> otherwise = {}) {
  std::string name = node.child("behavior").isNull() && otherwise
                         ? *otherwise
                         : node.text("behavior");
  auto behavior =
      llvm::StringSwitch<std::optional<SplitBehavior>>(name)
          .Case("Removed", SplitBehavior::Removed)
          .Case("Isolated", SplitBehavior::Isolated)
          .Case("MergedWithPrevious", SplitBehavior::MergedWithPrevious)
          .Case("MergedWithNext", SplitBehavior::MergedWithNext)
          .Case("Contiguous", SplitBehavior::Contiguous)
          .Default(std::nullopt);
  if (!behavior)
    node.complainOfUnknown("behavior", name);
  return behavior.value_or(SplitBehavior::Isolated);
}

static PreTokenizer readByteLevel(const JsonNode &node) {
  node.expectKeys({"type", "add_prefix_space", "trim_offsets", "use_regex"});
  bool prepends = node.flag("add_prefix_space"),
       splits = node.flag("use_regex", true);
  Result<Finder> find = regexFinder(gpt2Expression);
  if (!find)
    node.complain(find.error().message);
  return [=, words = find ? *find
                          : Finder()](std::vector<Piece> &pieces) -> Status {
    for (Piece &piece : pieces)
      if (prepends && !piece.text.starts_with(' '))
        piece.text.insert(0, 1, ' ');
    if (splits)
      if (Status status = splitPieces(pieces, words, SplitBehavior::Isolated);
          !status)
        return status;
    for (Piece &piece : pieces)
      piece.text = spellBytes(piece.text);
    return success();
  };
}

Metaspace readMetaspace(const JsonNode &node) {
  node.expectKeys({"type", "replacement", "str_rep", "add_prefix_space",
                   "prepend_scheme", "split"});
  Metaspace metaspace;
  metaspace.replacement = node.text("replacement");
  if (countCharacters(metaspace.replacement) != 1)
    node.child("replacement").complain("is not one character");
  bool prepends = node.flag("add_prefix_space", true);
  std::string scheme = node.optionalText("prepend_scheme")
                           .value_or(prepends ? "always" : "never");
  auto known = llvm::StringSwitch<std::optional<PrependScheme>>(scheme)
                   .Case("always", PrependScheme::Always)
                   .Case("first", PrependScheme::First)
                   .Case("never", PrependScheme::Never)
                   .Default(std::nullopt);
  if (!known)
    node.complainOfUnknown("prepend_scheme", scheme);
  metaspace.scheme = known.value_or(PrependScheme::Never);
  if (!prepends && metaspace.scheme != PrependScheme::Never)
    node.child("prepend_scheme")
        .complain("is '" + scheme + "' though add_prefix_space is false");
  metaspace.splits = node.flag("split", true);
  return metaspace;
}

static PreTokenizer splitAtMetaspace(const JsonNode &node) {
  Metaspace metaspace = readMetaspace(node);
  return [metaspace, spaces = literalFinder(" "),
          marks = literalFinder(metaspace.replacement)](
             std::vector<Piece> &pieces) -> Status {
    for (Piece &piece : pieces) {
      piece.text =
          replaceMatches(piece.text, spaces, metaspace.replacement).value();
      bool prepends =
          metaspace.scheme == PrependScheme::Always ||
          (metaspace.scheme == PrependScheme::First && piece.atStart);
      if (prepends && !piece.text.empty() &&
          !piece.text.starts_with(metaspace.replacement))
        piece.text.insert(0, metaspace.replacement);
    }
    if (!metaspace.splits)
      return success();
    return splitPieces(pieces, marks, SplitBehavior::MergedWithNext);
  };
}

static PreTokenizer readDigits(const JsonNode &node) {
  node.expectKeys({"type", "individual_digits"});
  return splitAt(isNumeric, node.flag("individual_digits")
                                ? SplitBehavior::Isolated
                                : SplitBehavior::Contiguous);
}

static PreTokenizer readSplit(const JsonNode &node) {
  node.expectKeys({"type", "pattern", "behavior", "invert"});
  return splitBy(readPattern(node, "pattern"), readBehavior(node),
                 node.flag("invert", false));
}

static PreTokenizer inTurn(std::vector<PreTokenizer> steps) {
  return [steps = std::move(steps)](std::vector<Piece> &pieces) -> Status {
    for (const PreTokenizer &step : steps)
      if (Status status = step(pieces); !status)
        return status;
    return success();
  };
}

static PreTokenizer readSequence(const JsonNode &node) {
  node.expectKeys({"type", "pretokenizers"});
  std::vector<PreTokenizer> steps;
  JsonNode list = node.child("pretokenizers");
  if (const llvm::json::Array *array = list.array())
    for (size_t index = 0; index < array->size(); ++index)
      steps.push_back(readPreTokenizer(list.element(index)));
  return inTurn(std::move(steps));
}

/// Words and what is between words and spaces: \w+|[^\w\s]+
static std::vector<Span> findWords(std::string_view text) {
  enum Class { Space, Word, Other };
  std::vector<Span> spans;
  Class previous = Space;
  for (size_t position = 0; position < text.size();) {
    size_t begin = position;
    char32_t character = nextCharacter(text, position);
    Class own = isWordCharacter(character) ? Word
                : isWhitespace(character)  ? Space
                                           : Other;
    if (own == previous && !spans.empty())
      spans.back().end = position;
    else
      spans.push_back({begin, position, own == Space});
    previous = own;
  }
  return spans;
}

/// Those that have nothing but a type.
static PreTokenizer readPlain(const JsonNode &node, llvm::StringRef type) {
  node.expectKeys({"type"});
  if (type == "BertPreTokenizer")
    return inTurn({splitAt(isWhitespace, SplitBehavior::Removed),
                   splitAt(isPunctuation, SplitBehavior::Isolated)});
  if (type == "WhitespaceSplit")
    return splitAt(isWhitespace, SplitBehavior::Removed);
  if (type == "Whitespace")
    return splitBy(
        [](std::string_view text) -> Result<std::vector<Span>> {
          return findWords(text);
        },
        SplitBehavior::Removed, false);
  node.complainOfUnknown("type", type);
  return {};
}

PreTokenizer readPreTokenizer(const JsonNode &node) {
  if (node.isNull())
    return [](std::vector<Piece> &) { return success(); };
  std::string type = node.text("type");
  if (type == "Sequence")
    return readSequence(node);
  if (type == "ByteLevel")
    return readByteLevel(node);
  if (type == "Metaspace")
    return splitAtMetaspace(node);
  if (type == "Digits")
    return readDigits(node);
  if (type == "Split")
    return readSplit(node);
  if (type == "Punctuation") {
    node.expectKeys({"type", "behavior"});
    return splitAt(isPunctuation, readBehavior(node, "Isolated"));
  }
  return readPlain(node, type);
}

} // namespace tenon::tokenization
