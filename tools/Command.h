//===- Command.h - What the tools' command lines share --------------------===//

#ifndef TENON_TOOLS_COMMAND_H
#define TENON_TOOLS_COMMAND_H

#include "tenon/Runtime/Tensor.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/CommandLine.h"

#include <functional>
#include <map>

namespace tenon {

/// "NAME=VALUE" in two; `option` is for the error.
Result<std::pair<std::string, std::string>>
splitAssignment(const std::string &text, const std::string &option);

/// The --dim options as a map.
Result<std::map<std::string, int64_t>>
parseDims(llvm::ArrayRef<std::string> arguments);

/// What --winograd asks for.
enum class WinogradUse { Auto, Off };

/// What --quantize asks for: "int8" or "int4", then ":GROUP" or nothing, which
/// is all inputs of an output for int8 and 128 of them for int4.
struct QuantizeArgument {
  int bits = 0;
  int64_t group = 0;
};
/// Of an empty text: no bits.
Result<QuantizeArgument> parseQuantize(const std::string &text);

/// Draws a bar on standard error where that is a terminal; otherwise a null
/// function.
std::function<void(std::string_view, size_t, size_t)> progressBar();

/// Parses the command line (help shows `category` alone), runs `body`, prints
/// an Error, returns the exit code: 2 for an error or a bad command line, else
/// what `body` gave.
int runTool(int argc, char **argv, llvm::cl::OptionCategory &category,
            const char *overview, const std::function<Result<int>()> &body);

} // namespace tenon

#endif // TENON_TOOLS_COMMAND_H
