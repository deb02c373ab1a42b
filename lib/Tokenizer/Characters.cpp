//===- Characters.cpp - Characters and their classes ----------------------===//

#include "Characters.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <initializer_list>

namespace tenon::tokenization {

static constexpr char32_t replacement = 0xfffd;

char32_t nextCharacter(std::string_view text, size_t &position) {
  const auto *bytes = reinterpret_cast<const uint8_t *>(text.data());
  size_t start = position;
  UChar32 character;
  U8_NEXT(bytes, position, text.size(), character);
  if (character >= 0)
    return static_cast<char32_t>(character);
  position = start + 1;
  return replacement;
}

bool isUtf8(std::string_view text) {
  const auto *bytes = reinterpret_cast<const uint8_t *>(text.data());
  for (size_t position = 0; position < text.size();) {
    UChar32 character;
    U8_NEXT(bytes, position, text.size(), character);
    if (character < 0)
      return false;
  }
  return true;
}

size_t characterBytes(char lead) {
  auto byte = static_cast<uint8_t>(lead);
  return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

size_t countCharacters(std::string_view text) {
  size_t count = 0;
  for (size_t position = 0; position < text.size(); ++count)
    nextCharacter(text, position);
  return count;
}

void appendCharacter(std::string &text, char32_t character) {
  uint8_t bytes[U8_MAX_LENGTH];
  int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, static_cast<UChar32>(character));
  text.append(reinterpret_cast<const char *>(bytes), size);
}

/// Whether the character is in one of the categories of a U_GC_*_MASK.
static bool isIn(char32_t character, uint32_t categories) {
  return (U_GET_GC_MASK(static_cast<UChar32>(character)) & categories) != 0;
}

/// Whether this version of Unicode had the character. The tables of Hugging
/// Face's tokenizers are older than ICU's: BERT's of 8.0, those of marks and
/// normal forms of 9.0.
static bool isOfVersion(char32_t character, uint8_t major) {
  UVersionInfo age;
  u_charAge(static_cast<UChar32>(character), age);
  return age[0] != 0 && age[0] <= major;
}

/// Whether that version had the character in one of these categories; `changed`
/// are those whose category has come or gone since.
static bool wasIn(char32_t character, uint32_t categories, uint8_t version,
                  std::initializer_list<char32_t> changed) {
  bool isNow = isIn(character, categories) && isOfVersion(character, version);
  return isNow != std::binary_search(changed.begin(), changed.end(), character);
}

bool isWhitespace(char32_t character) {
  return u_isUWhiteSpace(static_cast<UChar32>(character));
}

bool isPunctuation(char32_t character) {
  if (character < 0x80)
    return (character > ' ' && character < '0') ||
           (character > '9' && character < 'A') ||
           (character > 'Z' && character < 'a') ||
           (character > 'z' && character < 0x7f);
  return wasIn(character, U_GC_P_MASK, 8, {0x166d, 0x111c9});
}

bool isNumeric(char32_t character) { return isIn(character, U_GC_N_MASK); }

bool isControl(char32_t character) {
  return wasIn(character, U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CO_MASK, 8, {});
}

bool isWordCharacter(char32_t character) {
  return u_hasBinaryProperty(static_cast<UChar32>(character),
                             UCHAR_ALPHABETIC) ||
         isIn(character, U_GC_M_MASK | U_GC_ND_MASK | U_GC_PC_MASK) ||
         u_hasBinaryProperty(static_cast<UChar32>(character),
                             UCHAR_JOIN_CONTROL);
}

bool isMark(char32_t character) {
  return wasIn(character, U_GC_M_MASK, 9, {0x1cf2, 0x1cf3, 0x111c9});
}

bool isNonspacingMark(char32_t character) {
  return wasIn(character, U_GC_MN_MASK, 8,
               {0x1734, 0x1885, 0x1886, 0xa9bd, 0x111c9});
}

bool isIdeograph(char32_t character) {
  // The sixth starts 256 after its block, as in Hugging Face's tokenizers.
  static constexpr char32_t ranges[][2] = {
      {0x4e00, 0x9fff},   {0x3400, 0x4dbf},   {0x20000, 0x2a6df},
      {0x2a700, 0x2b73f}, {0x2b740, 0x2b81f}, {0x2b920, 0x2ceaf},
      {0xf900, 0xfaff},   {0x2f800, 0x2fa1f}};
  for (auto [first, last] : ranges)
    if (character >= first && character <= last)
      return true;
  return false;
}

std::string toLowerCase(std::string_view text) {
  std::string lower;
  lower.reserve(text.size());
  for (size_t position = 0; position < text.size();) {
    char32_t character = nextCharacter(text, position);
    // The one character whose lower case is two.
    if (character == 0x130)
      lower += "i\u0307";
    else
      appendCharacter(lower, static_cast<char32_t>(
                                 u_tolower(static_cast<UChar32>(character))));
  }
  return lower;
}

ByteAlphabet::ByteAlphabet() {
  bytes.fill(-1);
  char32_t next = 256;
  for (unsigned byte = 0; byte < 256; ++byte) {
    bool isPrintable = (byte >= '!' && byte <= '~') ||
                       (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    characters[byte] = isPrintable ? byte : next++;
    bytes[characters[byte]] = static_cast<int16_t>(byte);
  }
}

const ByteAlphabet &byteAlphabet() {
  static const ByteAlphabet alphabet;
  return alphabet;
}

std::string spellBytes(std::string_view text) {
  std::string spelled;
  spelled.reserve(text.size() * 2);
  for (char byte : text)
    appendCharacter(spelled,
                    byteAlphabet().characters[static_cast<uint8_t>(byte)]);
  return spelled;
}

std::string byteToken(uint8_t byte) {
  static constexpr char digits[] = "0123456789ABCDEF";
  return {'<', '0', 'x', digits[byte >> 4], digits[byte & 15], '>'};
}

std::string replaceInvalid(std::string_view bytes) {
  const auto *data = reinterpret_cast<const uint8_t *>(bytes.data());
  std::string text;
  text.reserve(bytes.size());
  for (size_t position = 0; position < bytes.size();) {
    UChar32 character;
    U8_NEXT(data, position, bytes.size(), character);
    appendCharacter(text, character < 0 ? replacement
                                        : static_cast<char32_t>(character));
  }
  return text;
}

} // namespace tenon::tokenization
