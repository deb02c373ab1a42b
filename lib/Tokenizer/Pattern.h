//===- Pattern.h - What a tokenizer.json looks for in texts ---------------===//

#ifndef TENON_LIB_TOKENIZER_PATTERN_H
#define TENON_LIB_TOKENIZER_PATTERN_H

#include "JsonNode.h"
#include "Splitting.h"

namespace tenon::tokenization {

/// Finds a regular expression, as Oniguruma does with Ruby's syntax, which
/// Hugging Face's tokenizers use. An Error where the two would differ.
Result<Finder> regexFinder(std::string_view expression);
/// Finds a text itself.
Finder literalFinder(std::string text);

/// {"Regex": ...} or {"String": ...} at `key`.
Finder readPattern(const JsonNode &node, llvm::StringRef key);

/// The text with `content` in the place of every match.
Result<std::string> replaceMatches(std::string_view text, const Finder &find,
                                   std::string_view content);

} // namespace tenon::tokenization

#endif // TENON_LIB_TOKENIZER_PATTERN_H
