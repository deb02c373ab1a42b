//===- PreTokenizers.h - How a text is split before its tokens ------------===//

#ifndef TENON_LIB_TOKENIZER_PRETOKENIZERS_H
#define TENON_LIB_TOKENIZER_PRETOKENIZERS_H

#include "JsonNode.h"
#include "Splitting.h"

namespace tenon::tokenization {

/// Splits and changes the pieces of a text.
using PreTokenizer = std::function<Status(std::vector<Piece> &)>;

/// The "pre_tokenizer" of a tokenizer.json; one that changes nothing for null.
PreTokenizer readPreTokenizer(const JsonNode &node);

/// Where Metaspace puts its character before a text.
enum class PrependScheme { Always, First, Never };

struct Metaspace {
  std::string replacement;
  PrependScheme scheme;
  bool splits;
};

/// As pre-tokenizer and as decoder.
Metaspace readMetaspace(const JsonNode &node);

} // namespace tenon::tokenization

#endif // TENON_LIB_TOKENIZER_PRETOKENIZERS_H
