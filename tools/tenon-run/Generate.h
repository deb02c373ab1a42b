//===- Generate.h - tenon-run --generate ----------------------------------===//

#ifndef TENON_TOOLS_TENON_RUN_GENERATE_H
#define TENON_TOOLS_TENON_RUN_GENERATE_H

#include "tenon/Generator.h"

namespace tenon {

/// "1,15043,3186" as tokens.
Result<std::vector<int64_t>> parseTokens(const std::string &text);

/// Prints the tokens of a single row as they come, else each row in a line when
/// all are there, and on standard error how many a second.
Status generate(const std::filesystem::path &folder,
                const CompileOptions &compileOptions,
                const std::vector<std::vector<int64_t>> &prompts,
                GenerationOptions options);

} // namespace tenon

#endif // TENON_TOOLS_TENON_RUN_GENERATE_H
