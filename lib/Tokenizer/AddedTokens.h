//===- AddedTokens.h - Tokens that stand in texts as they are -------------===//

#ifndef TENON_LIB_TOKENIZER_ADDEDTOKENS_H
#define TENON_LIB_TOKENIZER_ADDEDTOKENS_H

#include "Normalizers.h"
#include "PrefixTree.h"
#include "Vocabulary.h"

#include "llvm/ADT/StringSet.h"

namespace tenon::tokenization {

struct AddedToken {
  std::string content;
  /// What is found in texts, and given for the token.
  std::string pattern;
  uint32_t number = 0;
  bool isSpecial = false;
  /// Whether the spaces on a side belong to it.
  bool takesLeft = false, takesRight = false;
  /// Only where no word goes on at its sides.
  bool isWord = false;
  /// Found in the normalized text, by its normalized content.
  bool isNormalized = false;
};

/// A part of a text: an added token, or a piece between them.
struct Segment {
  Piece piece;
  std::optional<uint32_t> token;
};

/// The "added_tokens" of a tokenizer.json.
class AddedTokens {
public:
  static AddedTokens read(const JsonNode &list, const Vocabulary &vocabulary,
                          const Normalizer &normalize);

  /// The text's added tokens and, normalized, what lies between them.
  Result<std::vector<Segment>> split(std::string_view text,
                                     const Normalizer &normalize) const;
  std::optional<llvm::StringRef> text(uint32_t number) const;
  std::optional<uint32_t> number(llvm::StringRef text) const;
  bool isSpecial(llvm::StringRef token) const {
    return special.contains(token);
  }

private:
  void find(const Piece &piece, const PrefixTree &tree,
            std::vector<Segment> &segments) const;

  std::vector<AddedToken> tokens;
  llvm::DenseMap<uint32_t, size_t> byNumber;
  llvm::StringSet<> special;
  /// By indices in `tokens`.
  PrefixTree plainTree, normalizedTree;
};

} // namespace tenon::tokenization

#endif // TENON_LIB_TOKENIZER_ADDEDTOKENS_H
