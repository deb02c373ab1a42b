//===- PostProcessors.h - Special tokens around a text --------------------===//

#ifndef TENON_LIB_TOKENIZER_POSTPROCESSORS_H
#define TENON_LIB_TOKENIZER_POSTPROCESSORS_H

#include "JsonNode.h"

namespace tenon::tokenization {

/// What stands before and behind a text.
struct SpecialTokens {
  std::vector<int64_t> before, behind;
};

/// The "post_processor" of a tokenizer.json, for one text.
SpecialTokens readPostProcessor(const JsonNode &node);

} // namespace tenon::tokenization

#endif // TENON_LIB_TOKENIZER_POSTPROCESSORS_H
