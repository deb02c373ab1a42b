//===- Command.h - What the tools' command lines share --------------------===//

#ifndef TENON_TOOLS_COMMAND_H
#define TENON_TOOLS_COMMAND_H

#include "tenon/Tenon.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/CommandLine.h"

namespace tenon {

/// "NAME=VALUE" in two; `option` is for the error.
Result<std::pair<std::string, std::string>>
splitAssignment(const std::string &text, const std::string &option);

/// The --dim options as a map.
Result<std::map<std::string, int64_t>>
parseDims(llvm::ArrayRef<std::string> arguments);

/// The --dim options of a tool that takes several sizes for a dimension,
/// "NAME=N,N": a map for each choice of one size a dimension.
Result<std::vector<std::map<std::string, int64_t>>>
parseVariants(llvm::ArrayRef<std::string> arguments);

/// What --winograd asks for.
enum class WinogradUse { Auto, Off };

/// What --quantize asks for: "int8" or "int4", then ":GROUP" or nothing, which
/// is all inputs of an output for int8 and 128 of them for int4. Of an empty
/// text: no bits.
Result<WeightQuantization> parseQuantize(const std::string &text);

/// What --cache-type names; of an empty text nothing.
Result<std::optional<DataType>> parseCacheType(const std::string &text);

/// The options about LoRA adapters.
struct AdapterFlags {
  explicit AdapterFlags(llvm::cl::OptionCategory &category)
      : folders(
            "adapter",
            llvm::cl::desc("A LoRA, LoHa or LoKr adapter: PEFT's folder, or a "
                           "file of kohya's scripts, LyCORIS or "
                           "diffusers for a pipeline (repeatable)"),
            llvm::cl::value_desc("PATH[=SCALE]"), llvm::cl::cat(category)),
        form("adapter-form", llvm::cl::init(AdapterForm::Auto),
             llvm::cl::desc("How adapters take part (auto)"),
             llvm::cl::values(
                 clEnumValN(AdapterForm::Auto, "auto",
                            "merged, or beside weights where that costs less "
                            "for --adapter-rows-per-swap"),
                 clEnumValN(AdapterForm::Merged, "merged", "in the weights"),
                 clEnumValN(AdapterForm::Beside, "beside",
                            "beside weights as they are"),
                 clEnumValN(AdapterForm::ByRow, "by-row",
                            "beside, chosen by the input 'adapters' [batch]")),
             llvm::cl::cat(category)),
        rowsPerSwap("adapter-rows-per-swap",
                    llvm::cl::desc("How many rows each layer multiplies "
                                   "between changes of the adapters (none: "
                                   "they stay), CALL in a call (1)"),
                    llvm::cl::value_desc("ROWS[/CALL]"),
                    llvm::cl::cat(category)),
        lossLimit("adapter-loss-limit", llvm::cl::init(0),
                  llvm::cl::desc("Past what share of a change a weight of 16 "
                                 "bits, whose rounding would eat it, keeps "
                                 "adapters beside it (0: never)"),
                  llvm::cl::value_desc("SHARE"), llvm::cl::cat(category)) {}

  llvm::cl::list<std::string> folders;
  llvm::cl::opt<AdapterForm> form;
  llvm::cl::opt<std::string> rowsPerSwap;
  llvm::cl::opt<double> lossLimit;

  Result<AdapterOptions> parse() const;
};

/// The options of every tool that compiles. Made in main: libLLVM has options
/// of some of these names, which must go first.
struct CompilingOptions {
  explicit CompilingOptions(const char *name) : category(name) {}

  llvm::cl::OptionCategory category;
  AdapterFlags adapters{category};
  llvm::cl::opt<std::string> function{
      "function", llvm::cl::init("step"),
      llvm::cl::desc("The function of an .mlir file (step)"),
      llvm::cl::value_desc("NAME"), llvm::cl::cat(category)};
  llvm::cl::list<std::string> dims{
      "dim", llvm::cl::desc("The size of a named dimension (repeatable)"),
      llvm::cl::value_desc("NAME=N"), llvm::cl::cat(category)};
  llvm::cl::opt<std::string> quantize{
      "quantize",
      llvm::cl::desc("Keep the weights of linear layers in few bits"),
      llvm::cl::value_desc("int8|int4[:GROUP]"), llvm::cl::cat(category)};
  llvm::cl::opt<WinogradUse> winograd{
      "winograd", llvm::cl::init(WinogradUse::Auto), llvm::cl::cat(category),
      llvm::cl::desc(
          "Whether 3 x 3 convolutions may use fewer products (auto)"),
      llvm::cl::values(clEnumValN(WinogradUse::Auto, "auto", "where it pays"),
                       clEnumValN(WinogradUse::Off, "off", "never"))};
  llvm::cl::opt<bool> tune{
      "tune", llvm::cl::cat(category),
      llvm::cl::desc("Measure other schedules of each kernel here, and keep "
                     "the fastest in the cache for later compilations")};
  llvm::cl::opt<std::string> cache{
      "cache-type", llvm::cl::cat(category),
      llvm::cl::desc("What a decoder's caches keep (the weights' type)"),
      llvm::cl::value_desc("f32|f16|bf16|int8")};
  llvm::cl::opt<std::string> part{
      "part", llvm::cl::cat(category),
      llvm::cl::desc("Which part of an autoencoder (decoder), or of a UNet or "
                     "ControlNet the one that takes what a ControlNet gives"),
      llvm::cl::value_desc("decoder|encoder|controlled")};
  llvm::cl::opt<uint64_t> memoryLimit{
      "memory-limit", llvm::cl::cat(category),
      llvm::cl::desc("At most so much memory for a run's intermediates, which "
                     "may take more time"),
      llvm::cl::value_desc("BYTES")};
  llvm::cl::opt<std::string> mla{
      "mla", llvm::cl::init("auto"), llvm::cl::cat(category),
      llvm::cl::desc("How latent attention is computed (auto)"),
      llvm::cl::value_desc("auto|absorbed|expanded")};
  llvm::cl::opt<std::string> target{
      "target", llvm::cl::init("cpu"), llvm::cl::desc("What runs it (cpu)"),
      llvm::cl::value_desc("cpu|cuda|nvptx|emulated-cuda[:THREADS]"),
      llvm::cl::cat(category)};
  llvm::cl::opt<std::string> chip{
      "chip", llvm::cl::cat(category),
      llvm::cl::desc("The GPU (the one that is there, else sm_80)"),
      llvm::cl::value_desc("sm_NN")};

  llvm::cl::opt<bool> tf32{
      "tf32", llvm::cl::cat(category),
      llvm::cl::desc("Let a GPU's tensor cores multiply f32 factors rounded to "
                     "10 bits of fraction")};

  /// All of them but --dim; progress and notes are shown.
  Result<CompileOptions> parse() const;

private:
  /// --quantize, --winograd and --mla together.
  Result<RewriteOptions> rewrites() const;
};

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
