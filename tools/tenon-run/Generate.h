//===- Generate.h - tenon-run --generate ----------------------------------===//

#ifndef TENON_TOOLS_TENON_RUN_GENERATE_H
#define TENON_TOOLS_TENON_RUN_GENERATE_H

#include "tenon/Generator.h"
#include "tenon/Tokenizer.h"

#include "llvm/ADT/ArrayRef.h"

namespace tenon {

/// "1,15043,3186" as tokens.
Result<std::vector<int64_t>> parseTokens(const std::string &text);

/// The tokens of each text.
Result<std::vector<std::vector<int64_t>>>
encodePrompts(const Tokenizer &tokenizer, llvm::ArrayRef<std::string> texts);

/// Prints what a single row is given as it comes, else each row when all are
/// there, and on standard error how many tokens a second. With a tokenizer as
/// text, without one as numbers.
Status generate(const std::filesystem::path &folder,
                const CompileOptions &compileOptions,
                const std::vector<std::vector<int64_t>> &prompts,
                GenerationOptions options,
                const std::optional<Tokenizer> &tokenizer);

} // namespace tenon

#endif // TENON_TOOLS_TENON_RUN_GENERATE_H
