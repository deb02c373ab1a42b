//===- tenon-compile.cpp - Compile a model to a file ----------------------===//

#include "../Command.h"
#include "Emission.h"

#include "tenon/Pipelines/LoadModule.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/raw_ostream.h"

namespace cl = llvm::cl;
using namespace tenon;

namespace {
struct Options : CompilingOptions {
  Options() : CompilingOptions("tenon-compile options") {}

  cl::opt<std::string> model{cl::Positional, cl::desc("MODEL"), cl::Required,
                             cl::cat(category)};
  cl::opt<Emission> emit{
      "emit", cl::desc("What to write (kernels)"), cl::init(Emission::Kernels),
      cl::values(clEnumValN(Emission::Mlir, "mlir",
                            "the rewritten model on tenon ops"),
                 clEnumValN(Emission::Kernels, "kernels",
                            "launches and outlined kernels"),
                 clEnumValN(Emission::Llvm, "llvm",
                            "the kernels as optimised LLVM IR"),
                 clEnumValN(Emission::Asm, "asm", "the kernels as assembly"),
                 clEnumValN(Emission::Ptx, "ptx",
                            "the kernels for an NVIDIA GPU as PTX")),
      cl::cat(category)};
  cl::opt<std::string> output{"o", cl::desc("Where to write (standard output)"),
                              cl::init("-"), cl::value_desc("OUT"),
                              cl::cat(category)};
};
} // namespace

static Result<int> run(const Options &options) {
  Result<Target> target = parseTarget(options.target, options.chip);
  if (!target)
    return target.error();
  bool isPtx = target->device == DeviceKind::Cuda;
  if (options.emit == Emission::Ptx && !isPtx)
    return Error{"--emit ptx needs --target nvptx"};
  Result<std::map<std::string, int64_t>> dims = parseDims(options.dims);
  if (!dims)
    return dims.error();
  Result<RewriteOptions> rewrites = options.rewrites();
  if (!rewrites)
    return rewrites.error();
  Result<std::optional<DataType>> cacheType = parseCacheType(options.cache);
  if (!cacheType)
    return cacheType.error();
  ImportOptions import;
  import.dims = *dims;
  import.cacheType = *cacheType;
  import.part = options.part;
  Result<AdapterOptions> adapters = options.adapters.parse();
  if (!adapters)
    return adapters.error();
  import.adapters = std::move(*adapters);
  std::unique_ptr<mlir::MLIRContext> context = createContext();
  Result<ImportedModel> model =
      loadModule(*context, options.model.getValue(), import);
  if (!model)
    return model.error();
  Result<std::string> text =
      emit(*model->module, options.function,
           options.emit == Emission::Asm && isPtx ? Emission::Ptx
                                                  : options.emit.getValue(),
           *rewrites, *target);
  if (!text)
    return Error{options.model + ": " + text.error().message};
  if (options.output == "-") {
    llvm::outs() << *text;
    return 0;
  }
  // Written beside, then renamed: never half a file.
  if (llvm::Error error =
          llvm::writeToOutput(options.output, [&](llvm::raw_ostream &stream) {
            stream << *text;
            return llvm::Error::success();
          }))
    return Error{options.output + ": " + llvm::toString(std::move(error))};
  return 0;
}

int main(int argc, char **argv) {
  cl::ResetCommandLineParser();
  Options options;
  return runTool(
      argc, argv, options.category,
      "Compiles a model to one of its stages.\n\n"
      "Example: tenon-compile model.onnx --dim batch=1 --emit asm -o model.s\n",
      [&] { return run(options); });
}
