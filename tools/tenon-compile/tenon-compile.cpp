//===- tenon-compile.cpp - Compile a model to a file ----------------------===//

#include "../Command.h"
#include "Emission.h"

#include "tenon/AheadOfTime.h"
#include "tenon/Pipelines/LoadModule.h"
#include "tenon/Runtime/ReplaceFile.h"

#include "llvm/Support/CommandLine.h"
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
                 clEnumValN(Emission::Object, "obj",
                            "an object file to link into a program"),
                 clEnumValN(Emission::Shared, "so",
                            "a shared library that tenon-run runs"),
                 clEnumValN(Emission::Ptx, "ptx",
                            "the kernels for an NVIDIA GPU as PTX")),
      cl::cat(category)};
  cl::opt<std::string> output{"o", cl::desc("Where to write (standard output)"),
                              cl::init("-"), cl::value_desc("OUT"),
                              cl::cat(category)};
  cl::list<std::string> inputsFiles{
      "inputs", cl::value_desc("FILE"), cl::cat(category),
      cl::desc("Of obj and so: inputs of the shapes to compile for, .npz or "
               ".safetensors; several make as many variants")};
  cl::list<std::string> processors{
      "cpu", cl::CommaSeparated, cl::value_desc("NAME,.."), cl::cat(category),
      cl::desc(
          "Of obj and so: the processors to make code for, by LLVM's names, "
          "from the least to the greatest (native)")};
  cl::opt<std::string> symbol{
      "symbol", cl::init("tenon_model"), cl::value_desc("NAME"),
      cl::cat(category),
      cl::desc("Of obj: the name of the model in the object (tenon_model)")};
};
} // namespace

/// A stage of the model as text.
static Result<std::string> emitText(const Options &options,
                                    const CompileOptions &compileOptions,
                                    const Target &target) {
  bool isPtx = target.device == DeviceKind::Cuda;
  if (options.emit == Emission::Ptx && !isPtx)
    return Error{"--emit ptx needs --target nvptx"};
  Result<std::map<std::string, int64_t>> dims = parseDims(options.dims);
  if (!dims)
    return dims.error();
  ImportOptions import;
  import.dims = *dims;
  import.cacheType = compileOptions.cacheType;
  import.part = compileOptions.part;
  import.adapters = compileOptions.adapters;
  std::unique_ptr<mlir::MLIRContext> context = createContext();
  Result<ImportedModel> model =
      loadModule(*context, options.model.getValue(), import);
  if (!model)
    return model.error();
  Result<std::string> text =
      emit(*model->module, options.function,
           options.emit == Emission::Asm && isPtx ? Emission::Ptx
                                                  : options.emit.getValue(),
           compileOptions.rewrites, target);
  if (!text)
    return Error{options.model + ": " + text.error().message};
  return text;
}

/// Code and weights, as files of their own.
static Status emitCode(const Options &options,
                       const CompileOptions &compileOptions) {
  if (options.output == "-")
    return Error{"--emit obj and so write files: name one by -o"};
  AheadOfTimeOptions ahead;
  ahead.sharedLibrary = options.emit == Emission::Shared;
  if (!options.processors.empty())
    ahead.processors = {options.processors.begin(), options.processors.end()};
  ahead.symbol = options.symbol;
  auto sizes = parseVariants(options.dims);
  if (!sizes)
    return sizes.error();
  ahead.variants.clear();
  for (const std::map<std::string, int64_t> &dims : *sizes) {
    if (options.inputsFiles.empty())
      ahead.variants.push_back({dims, {}});
    for (const std::string &file : options.inputsFiles) {
      Result<std::vector<NamedTensor>> inputs = loadTensors(file);
      if (!inputs)
        return inputs.error();
      ahead.variants.push_back({dims, std::move(*inputs)});
    }
  }
  return compileAheadOfTime(options.model.getValue(), compileOptions, ahead,
                            options.output.getValue());
}

static Result<int> run(const Options &options) {
  Result<CompileOptions> compileOptions = options.parse();
  if (!compileOptions)
    return compileOptions.error();
  Result<Target> target = parseTarget(options.target, options.chip);
  if (!target)
    return target.error();
  if (options.emit == Emission::Object || options.emit == Emission::Shared) {
    if (Status status = emitCode(options, *compileOptions); !status)
      return status.error();
    return 0;
  }
  Result<std::string> text = emitText(options, *compileOptions, *target);
  if (!text)
    return text.error();
  if (options.output == "-") {
    llvm::outs() << *text;
    return 0;
  }
  if (Status status = replaceFile(options.output.getValue(), *text); !status)
    return status.error();
  return 0;
}

int main(int argc, char **argv) {
  cl::ResetCommandLineParser();
  Options options;
  return runTool(
      argc, argv, options.category,
      "Compiles a model to one of its stages, or to code and weights.\n\n"
      "Example: tenon-compile model.onnx --dim batch=1 --emit so -o model.so\n",
      [&] { return run(options); });
}
