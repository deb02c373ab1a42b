//===- CharsMap.h - SentencePiece's table of replacements -----------------===//

#ifndef TENON_LIB_TOKENIZER_CHARSMAP_H
#define TENON_LIB_TOKENIZER_CHARSMAP_H

#include "tenon/Runtime/Tensor.h"

namespace tenon::tokenization {

/// A "precompiled charsmap": a double-array trie of texts (Darts-clone's units)
/// and what stands for each.
class CharsMap {
public:
  struct Match {
    size_t length;
    std::string_view replacement;
  };

  /// No map where there are no bytes.
  static Result<CharsMap> parse(std::string_view bytes);

  /// The entries that `text` starts with, the shortest first or the longest
  /// alone.
  std::optional<Match> shortestPrefix(std::string_view text) const;
  std::optional<Match> longestPrefix(std::string_view text) const;
  bool empty() const { return units.empty(); }

private:
  std::optional<Match> find(std::string_view text, bool takeFirst) const;

  std::vector<uint32_t> units;
  std::string replacements; ///< each ends with a zero
};

/// Normalizes as Hugging Face's tokenizers do with such a table.
std::string replaceGraphemes(const CharsMap &map, std::string_view text);

} // namespace tenon::tokenization

#endif // TENON_LIB_TOKENIZER_CHARSMAP_H
