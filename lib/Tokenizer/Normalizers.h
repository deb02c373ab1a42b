//===- Normalizers.h - What happens to a text before it is split ----------===//

#ifndef TENON_LIB_TOKENIZER_NORMALIZERS_H
#define TENON_LIB_TOKENIZER_NORMALIZERS_H

#include "JsonNode.h"
#include "Splitting.h"

namespace tenon::tokenization {

using Normalizer = std::function<Status(Piece &)>;

/// The "normalizer" of a tokenizer.json; one that changes nothing for null.
Normalizer readNormalizer(const JsonNode &node);

} // namespace tenon::tokenization

#endif // TENON_LIB_TOKENIZER_NORMALIZERS_H
