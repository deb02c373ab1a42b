//===- tenon-compile.cpp - Compile a model to a file ----------------------===//

#include "../Command.h"
#include "Emission.h"

#include "tenon/AheadOfTime.h"
#include "tenon/AheadOfTime/AssemblePtx.h"
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
                            "the kernels for an NVIDIA GPU as PTX"),
                 clEnumValN(Emission::Cubin, "cubin",
                            "the same as machine code, by NVIDIA's ptxas"),
                 clEnumValN(Emission::Host, "host",
                            "an object file for the host with the PTX in it")),
      cl::cat(category)};
  cl::opt<std::string> output{"o", cl::desc("Where to write (standard output)"),
                              cl::init("-"), cl::value_desc("OUT"),
                              cl::cat(category)};
  cl::list<std::string> inputsFiles{
      "inputs", cl::value_desc("FILE"), cl::cat(category),
      cl::desc(
          "Of obj, so and host: inputs of the shapes to compile for, .npz or "
          ".safetensors; several make as many variants")};
  cl::list<std::string> processors{
      "cpu", cl::CommaSeparated, cl::value_desc("NAME,.."), cl::cat(category),
      cl::desc(
          "Of obj and so: the processors to make code for, by LLVM's names, "
          "from the least to the greatest (native, or generic of another "
          "architecture); of asm, llvm and host: one")};
  cl::opt<std::string> triple{
      "triple", cl::value_desc("TRIPLE"), cl::cat(category),
      cl::desc("The machine to make code for, x86_64-linux-gnu or "
               "aarch64-linux-gnu (this one)")};
  cl::opt<std::string> symbol{
      "symbol", cl::init("tenon_model"), cl::value_desc("NAME"),
      cl::cat(category),
      cl::desc("Of obj and host: the name of the model in the object "
               "(tenon_model)")};
};
} // namespace

static Result<ImportedModel> load(mlir::MLIRContext &context,
                                  const Options &options,
                                  const CompileOptions &compileOptions) {
  Result<std::map<std::string, int64_t>> dims = parseDims(options.dims);
  if (!dims)
    return dims.error();
  ImportOptions import;
  import.dims = *dims;
  import.cacheType = compileOptions.cacheType;
  import.part = compileOptions.part;
  import.adapters = compileOptions.adapters;
  return loadModule(context, options.model.getValue(), import);
}

/// A stage of the model as text.
static Result<std::string> emitText(const Options &options,
                                    const CompileOptions &compileOptions,
                                    const Target &target) {
  bool isPtx = target.device == DeviceKind::Cuda;
  std::unique_ptr<mlir::MLIRContext> context = createContext();
  Result<ImportedModel> model = load(*context, options, compileOptions);
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

/// The kernels as one file of a GPU's machine code.
static Status emitCubin(const Options &options,
                        const CompileOptions &compileOptions,
                        const Target &target) {
  if (options.output == "-")
    return Error{"--emit cubin writes a file: name it by -o"};
  std::unique_ptr<mlir::MLIRContext> context = createContext();
  Result<ImportedModel> model = load(*context, options, compileOptions);
  if (!model)
    return model.error();
  Result<std::vector<std::string>> texts = emitPtx(
      *model->module, options.function, compileOptions.rewrites, target);
  if (!texts)
    return Error{options.model + ": " + texts.error().message};
  return assemblePtx(*texts, target.gpu.chip, options.output.getValue());
}

/// Code and weights, as files of their own.
static Status emitCode(const Options &options,
                       const CompileOptions &compileOptions) {
  if (options.output == "-")
    return Error{"--emit obj, so and host write files: name one by -o"};
  AheadOfTimeOptions ahead;
  ahead.sharedLibrary = options.emit == Emission::Shared;
  if (!options.processors.empty())
    ahead.processors = {options.processors.begin(), options.processors.end()};
  ahead.triple = options.triple;
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

/// The exit code of what went well.
static Result<int> toResult(const Status &status) {
  if (!status)
    return status.error();
  return 0;
}

/// The processor whose instructions the stages of a CPU's code show.
static Status chooseProcessor(const Options &options, Target &target) {
  if (target.device != DeviceKind::Cpu ||
      (options.emit != Emission::Asm && options.emit != Emission::Llvm) ||
      (options.processors.empty() && options.triple.empty()))
    return success();
  if (options.processors.size() > 1)
    return Error{"--emit asm and llvm are of one processor: name one by --cpu"};
  Result<Target> processor = processorTarget(
      options.processors.empty() ? "" : options.processors.front(),
      options.triple);
  if (!processor)
    return processor.error();
  target = std::move(*processor);
  return success();
}

static Result<int> run(const Options &options) {
  Result<CompileOptions> compileOptions = options.parse();
  if (!compileOptions)
    return compileOptions.error();
  Result<Target> target = parseTarget(options.target, options.chip);
  if (!target)
    return target.error();
  target->gpu.usesTf32 = options.tf32;
  if (Status status = chooseProcessor(options, *target); !status)
    return status.error();
  const std::pair<Emission, const char *> forGpu[] = {
      {Emission::Ptx, "ptx"},
      {Emission::Cubin, "cubin"},
      {Emission::Host, "host"}};
  for (auto [emission, name] : forGpu)
    if (options.emit == emission && target->device != DeviceKind::Cuda)
      return Error{"--emit " + std::string(name) + " needs --target nvptx"};
  switch (options.emit) {
  case Emission::Object:
  case Emission::Shared:
  case Emission::Host:
    return toResult(emitCode(options, *compileOptions));
  case Emission::Cubin:
    return toResult(emitCubin(options, *compileOptions, *target));
  default:
    break;
  }
  Result<std::string> text = emitText(options, *compileOptions, *target);
  if (!text)
    return text.error();
  if (options.output == "-") {
    llvm::outs() << *text;
    return 0;
  }
  return toResult(replaceFile(options.output.getValue(), *text));
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
