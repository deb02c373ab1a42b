//===- Characters.h - Characters and their classes ------------------------===//

#ifndef TENON_LIB_TOKENIZER_CHARACTERS_H
#define TENON_LIB_TOKENIZER_CHARACTERS_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tenon::tokenization {

bool isUtf8(std::string_view text);

/// The character at `position`, which moves behind it. The text is UTF-8;
/// where it is not, U+FFFD for one byte.
char32_t nextCharacter(std::string_view text, size_t &position);
/// How many bytes the character that starts with this byte has.
size_t characterBytes(char lead);
size_t countCharacters(std::string_view text);
void appendCharacter(std::string &text, char32_t character);

/// Unicode's White_Space.
bool isWhitespace(char32_t character);
/// A category of punctuation, or one of ASCII's punctuation and symbols.
bool isPunctuation(char32_t character);
/// Nd, Nl or No.
bool isNumeric(char32_t character);
/// A character that BERT's normalizer drops: Cc, Cf, Co.
bool isControl(char32_t character);
/// What a regular expression's \w matches.
bool isWordCharacter(char32_t character);
bool isMark(char32_t character);
bool isNonspacingMark(char32_t character);
/// BERT's "Chinese characters", which stand for words of their own.
bool isIdeograph(char32_t character);

/// A text in lower case, each character for itself.
std::string toLowerCase(std::string_view text);

/// Bytes as printable characters, which GPT-2's vocabularies are written in.
struct ByteAlphabet {
  ByteAlphabet();

  std::array<char32_t, 256> characters;
  /// The byte of a character below 512, or -1.
  std::array<int16_t, 512> bytes;
};

const ByteAlphabet &byteAlphabet();
/// Every byte of the text as a character of the alphabet.
std::string spellBytes(std::string_view text);

/// "<0xE2>", a byte's token.
std::string byteToken(uint8_t byte);

/// The text with U+FFFD in place of what is not UTF-8: one for each longest
/// start of a character, as in Unicode's chapter 3.9.
std::string replaceInvalid(std::string_view bytes);

} // namespace tenon::tokenization

#endif // TENON_LIB_TOKENIZER_CHARACTERS_H
