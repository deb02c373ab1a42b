//===- CharsMap.cpp - SentencePiece's table of replacements ---------------===//

#include "CharsMap.h"
#include "Characters.h"

#include "llvm/Support/Endian.h"

#include <unicode/brkiter.h>

namespace tenon::tokenization {

// A unit of Darts-clone: a label in the low byte, bit 8 says that a value
// follows, the offset lies in the bits from 10 on, times 256 where bit 9 says
// so; in a value's unit the top bit is set.
static uint32_t labelOf(uint32_t unit) { return unit & (0x80000000u | 0xff); }
static uint32_t offsetOf(uint32_t unit) {
  return (unit >> 10) << ((unit & 0x200) >> 6);
}

Result<CharsMap> CharsMap::parse(std::string_view bytes) {
  CharsMap map;
  if (bytes.empty())
    return map;
  if (bytes.size() < 4)
    return Error{"is too short for a table of replacements"};
  size_t trieBytes = llvm::support::endian::read32le(bytes.data());
  if (trieBytes == 0 || trieBytes % 4 || trieBytes > bytes.size() - 4)
    return Error{"is a table of replacements whose first part would have " +
                 std::to_string(trieBytes) + " of " +
                 std::to_string(bytes.size()) + " bytes"};
  for (size_t at = 4; at < 4 + trieBytes; at += 4)
    map.units.push_back(llvm::support::endian::read32le(bytes.data() + at));
  map.replacements = bytes.substr(4 + trieBytes);
  if (!isUtf8(map.replacements))
    return Error{"is a table whose replacements are not UTF-8"};
  return map;
}

std::optional<CharsMap::Match> CharsMap::find(std::string_view text,
                                              bool takeFirst) const {
  std::optional<Match> match;
  size_t node = offsetOf(units[0]);
  for (size_t length = 0; length < text.size();) {
    auto byte = static_cast<uint8_t>(text[length++]);
    node ^= byte;
    if (byte == 0 || node >= units.size() || labelOf(units[node]) != byte)
      break;
    uint32_t unit = units[node];
    node ^= offsetOf(unit);
    if (node >= units.size())
      break;
    if (!(unit >> 8 & 1))
      continue;
    size_t start = units[node] & 0x7fffffff;
    if (start > replacements.size())
      break;
    std::string_view rest = std::string_view(replacements).substr(start);
    match = Match{length, rest.substr(0, rest.find('\0'))};
    if (takeFirst)
      break;
  }
  // A start within a character would give half of it.
  if (match && !isUtf8(match->replacement))
    return std::nullopt;
  return match;
}

std::optional<CharsMap::Match>
CharsMap::shortestPrefix(std::string_view text) const {
  return find(text, true);
}

std::optional<CharsMap::Match>
CharsMap::longestPrefix(std::string_view text) const {
  return find(text, false);
}

/// Where grapheme clusters end, in bytes.
static std::vector<size_t> graphemeEnds(std::string_view text) {
  UErrorCode code = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(),
                                                  code));
  if (U_FAILURE(code))
    return {text.size()};
  icu::UnicodeString units = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  breaks->setText(units);
  std::vector<size_t> ends;
  size_t bytes = 0;
  int32_t unit = 0;
  for (int32_t end = breaks->next(); end != icu::BreakIterator::DONE;
       end = breaks->next()) {
    while (unit < end) {
      size_t size = characterBytes(text[bytes]);
      bytes += size;
      unit += size == 4 ? 2 : 1;
    }
    ends.push_back(bytes);
  }
  return ends;
}

std::string replaceGraphemes(const CharsMap &map, std::string_view text) {
  // What is longer is looked up character by character.
  constexpr size_t longestGrapheme = 5;
  std::string replaced;
  replaced.reserve(text.size());
  size_t begin = 0;
  for (size_t end : graphemeEnds(text)) {
    std::string_view grapheme = text.substr(begin, end - begin);
    std::optional<CharsMap::Match> whole;
    if (grapheme.size() <= longestGrapheme)
      whole = map.shortestPrefix(grapheme);
    if (whole)
      replaced += whole->replacement;
    for (size_t position = 0; !whole && position < grapheme.size();) {
      size_t start = position;
      nextCharacter(grapheme, position);
      std::string_view character = grapheme.substr(start, position - start);
      std::optional<CharsMap::Match> match = map.shortestPrefix(character);
      replaced += match ? match->replacement : character;
    }
    begin = end;
  }
  return replaced;
}

} // namespace tenon::tokenization
