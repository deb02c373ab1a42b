//===- Normalizers.cpp - What happens to a text before it is split --------===//

#include "Normalizers.h"
#include "CharsMap.h"
#include "Pattern.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Base64.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uniset.h>

namespace tenon::tokenization {

namespace {
/// A normal form of the characters that Unicode 9.0 had; newer ones stay, as in
/// Hugging Face's tokenizers.
struct UnicodeForm {
  UnicodeForm(const icu::Normalizer2 &form, UErrorCode &code)
      : known(u"[:age=9.0:]", code), filtered(form, known) {}

  icu::UnicodeSet known;
  icu::FilteredNormalizer2 filtered;
};
} // namespace

static std::shared_ptr<const UnicodeForm> readForm(const JsonNode &node,
                                                   llvm::StringRef type) {
  UErrorCode code = U_ZERO_ERROR;
  // ICU keeps one of each for the whole process.
  const icu::Normalizer2 *form =
      type == "NFC"    ? icu::Normalizer2::getNFCInstance(code)
      : type == "NFD"  ? icu::Normalizer2::getNFDInstance(code)
      : type == "NFKC" ? icu::Normalizer2::getNFKCInstance(code)
                       : icu::Normalizer2::getNFKDInstance(code);
  std::shared_ptr<UnicodeForm> read;
  if (U_SUCCESS(code))
    read = std::make_shared<UnicodeForm>(*form, code);
  if (U_FAILURE(code))
    node.complain("needs " + type + ": " + u_errorName(code));
  else
    read->known.freeze();
  return read;
}

static Status normalizeForm(const UnicodeForm &form, std::string &text) {
  std::string normalized;
  icu::StringByteSink<std::string> sink(&normalized);
  UErrorCode code = U_ZERO_ERROR;
  form.filtered.normalizeUTF8(
      0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink,
      nullptr, code);
  if (U_FAILURE(code))
    return Error{std::string("a normal form: ") + u_errorName(code)};
  text = std::move(normalized);
  return success();
}

/// Keeps the characters that `keep` accepts.
template <typename Keep> static void filter(Piece &piece, Keep keep) {
  std::string kept;
  kept.reserve(piece.text.size());
  for (size_t position = 0; position < piece.text.size();) {
    size_t begin = position;
    if (keep(nextCharacter(piece.text, position)))
      kept.append(piece.text, begin, position - begin);
    else if (begin == 0)
      piece.atStart = false;
  }
  piece.text = std::move(kept);
}

static void strip(Piece &piece, bool left, bool right) {
  size_t first = std::string::npos, end = 0;
  for (size_t position = 0; position < piece.text.size();) {
    size_t begin = position;
    if (isWhitespace(nextCharacter(piece.text, position)))
      continue;
    first = std::min(first, begin);
    end = position;
  }
  if (first == std::string::npos) {
    if (left || right)
      piece.text.clear();
    return;
  }
  if (right)
    piece.text.resize(end);
  if (left && first > 0) {
    piece.text.erase(0, first);
    piece.atStart = false;
  }
}

static Normalizer readUnicodeForm(const JsonNode &node, llvm::StringRef type) {
  node.expectKeys({"type"});
  std::shared_ptr<const UnicodeForm> form = readForm(node, type);
  return [form](Piece &piece) { return normalizeForm(*form, piece.text); };
}

static void cleanText(Piece &piece) {
  filter(piece, [](char32_t character) {
    return character == '\t' || character == '\n' || character == '\r' ||
           (character != 0 && character != 0xfffd && !isControl(character));
  });
  std::string spaced;
  for (size_t position = 0; position < piece.text.size();) {
    char32_t character = nextCharacter(piece.text, position);
    appendCharacter(spaced, isWhitespace(character) ? ' ' : character);
  }
  piece.text = std::move(spaced);
}

static void spaceIdeographs(std::string &text) {
  std::string spaced;
  spaced.reserve(text.size());
  for (size_t position = 0; position < text.size();) {
    char32_t character = nextCharacter(text, position);
    bool stands = isIdeograph(character);
    if (stands)
      spaced += ' ';
    appendCharacter(spaced, character);
    if (stands)
      spaced += ' ';
  }
  text = std::move(spaced);
}

static Normalizer readBert(const JsonNode &node) {
  node.expectKeys({"type", "clean_text", "handle_chinese_chars",
                   "strip_accents", "lowercase"});
  bool cleans = node.flag("clean_text"),
       spaces = node.flag("handle_chinese_chars"),
       lowers = node.flag("lowercase"),
       strips = node.flag("strip_accents", lowers);
  std::shared_ptr<const UnicodeForm> form = readForm(node, "NFD");
  return [=](Piece &piece) -> Status {
    if (cleans)
      cleanText(piece);
    if (spaces)
      spaceIdeographs(piece.text);
    if (strips) {
      if (Status status = normalizeForm(*form, piece.text); !status)
        return status;
      filter(piece,
             [](char32_t character) { return !isNonspacingMark(character); });
    }
    if (lowers)
      piece.text = toLowerCase(piece.text);
    return success();
  };
}

static Normalizer readReplace(const JsonNode &node) {
  node.expectKeys({"type", "pattern", "content"});
  Finder find = readPattern(node, "pattern");
  std::string content = node.text("content");
  return [find, content](Piece &piece) -> Status {
    Result<std::string> replaced = replaceMatches(piece.text, find, content);
    if (!replaced)
      return replaced.error();
    piece.text = std::move(*replaced);
    return success();
  };
}

static Normalizer readPrecompiled(const JsonNode &node) {
  node.expectKeys({"type", "precompiled_charsmap"});
  auto map = std::make_shared<CharsMap>();
  if (std::optional<std::string> encoded =
          node.optionalText("precompiled_charsmap")) {
    std::vector<char> bytes;
    JsonNode charsmap = node.child("precompiled_charsmap");
    if (llvm::Error error = llvm::decodeBase64(*encoded, bytes))
      charsmap.complain("is not in base 64: " +
                        llvm::toString(std::move(error)));
    Result<CharsMap> parsed =
        CharsMap::parse(std::string_view(bytes.data(), bytes.size()));
    if (parsed)
      *map = std::move(*parsed);
    else
      charsmap.complain(parsed.error().message);
  }
  return [map](Piece &piece) -> Status {
    if (!map->empty())
      piece.text = replaceGraphemes(*map, piece.text);
    return success();
  };
}

static Normalizer readSequence(const JsonNode &node) {
  node.expectKeys({"type", "normalizers"});
  std::vector<Normalizer> steps;
  JsonNode list = node.child("normalizers");
  if (const llvm::json::Array *array = list.array())
    for (size_t index = 0; index < array->size(); ++index)
      steps.push_back(readNormalizer(list.element(index)));
  return [steps](Piece &piece) -> Status {
    for (const Normalizer &step : steps) {
      if (Status status = step(piece); !status)
        return status;
      if (Status status = checkLength(piece.text); !status)
        return status;
    }
    return success();
  };
}

/// A normalizer that cannot fail.
template <typename Change> static Normalizer always(Change change) {
  return [change](Piece &piece) {
    change(piece);
    return success();
  };
}

static Normalizer readStrip(const JsonNode &node) {
  node.expectKeys({"type", "strip_left", "strip_right"});
  bool left = node.flag("strip_left"), right = node.flag("strip_right");
  return always([=](Piece &piece) { strip(piece, left, right); });
}

static Normalizer readPrepend(const JsonNode &node) {
  node.expectKeys({"type", "prepend"});
  std::string prefix = node.text("prepend");
  return always([prefix](Piece &piece) {
    if (!piece.text.empty())
      piece.text.insert(0, prefix);
  });
}

/// Those that have nothing but a type.
static Normalizer readPlain(const JsonNode &node, llvm::StringRef type) {
  node.expectKeys({"type"});
  if (type == "Lowercase")
    return always([](Piece &piece) { piece.text = toLowerCase(piece.text); });
  if (type == "StripAccents")
    return always([](Piece &piece) {
      filter(piece, [](char32_t character) { return !isMark(character); });
    });
  if (type == "ByteLevel")
    return always([](Piece &piece) { piece.text = spellBytes(piece.text); });
  node.complainOfUnknown("type", type);
  return {};
}

Normalizer readNormalizer(const JsonNode &node) {
  if (node.isNull())
    return always([](Piece &) {});
  std::string type = node.text("type");
  if (type == "Sequence")
    return readSequence(node);
  if (type == "NFC" || type == "NFD" || type == "NFKC" || type == "NFKD")
    return readUnicodeForm(node, type);
  if (type == "BertNormalizer")
    return readBert(node);
  if (type == "Replace")
    return readReplace(node);
  if (type == "Prepend")
    return readPrepend(node);
  if (type == "Strip")
    return readStrip(node);
  if (type == "Precompiled")
    return readPrecompiled(node);
  return readPlain(node, type);
}

} // namespace tenon::tokenization
