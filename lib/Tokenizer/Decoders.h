//===- Decoders.h - From tokens to text -----------------------------------===//

#ifndef TENON_LIB_TOKENIZER_DECODERS_H
#define TENON_LIB_TOKENIZER_DECODERS_H

#include "JsonNode.h"

namespace tenon::tokenization {

/// Changes the texts of tokens, which are then joined.
using Decoder = std::function<Status(std::vector<std::string> &)>;

/// The "decoder" of a tokenizer.json; for null, spaces between the tokens.
Decoder readDecoder(const JsonNode &node);

} // namespace tenon::tokenization

#endif // TENON_LIB_TOKENIZER_DECODERS_H
