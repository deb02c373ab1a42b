//===- Splitting.h - Texts in pieces --------------------------------------===//

#ifndef TENON_LIB_TOKENIZER_SPLITTING_H
#define TENON_LIB_TOKENIZER_SPLITTING_H

#include "Characters.h"

#include "tenon/Runtime/Tensor.h"

#include <functional>

namespace tenon::tokenization {

/// A part of the text between added tokens.
struct Piece {
  std::string text;
  /// It starts where the whole text does.
  bool atStart;
};

/// Normalizers that would make a text longer fail: ICU counts with 31 bits, and
/// a row of replacements could take all memory.
inline constexpr size_t maxTextBytes = size_t(1) << 26;
Status checkLength(std::string_view text);

/// A stretch of a text, and whether it is a match or what lies between.
struct Span {
  size_t begin, end;
  bool isMatch;
};

/// What becomes of the matches at which a text is split.
enum class SplitBehavior {
  Removed,
  Isolated,
  MergedWithPrevious,
  MergedWithNext,
  Contiguous,
};

/// Joins or drops the spans that cover a text.
std::vector<Span> applyBehavior(std::vector<Span> spans,
                                SplitBehavior behavior);

/// The spans of a text in which every character of the class is a match.
template <typename IsMatch>
std::vector<Span> findCharacters(std::string_view text, IsMatch isMatch) {
  std::vector<Span> spans;
  size_t between = 0;
  for (size_t position = 0; position < text.size();) {
    size_t begin = position;
    if (!isMatch(nextCharacter(text, position)))
      continue;
    if (between < begin)
      spans.push_back({between, begin, false});
    spans.push_back({begin, position, true});
    between = position;
  }
  if (between < text.size())
    spans.push_back({between, text.size(), false});
  return spans;
}

/// Finds the spans of a text, which they cover.
using Finder = std::function<Result<std::vector<Span>>(std::string_view)>;

/// Splits every piece; empty ones are dropped.
Status splitPieces(std::vector<Piece> &pieces, const Finder &find,
                   SplitBehavior behavior);

} // namespace tenon::tokenization

#endif // TENON_LIB_TOKENIZER_SPLITTING_H
