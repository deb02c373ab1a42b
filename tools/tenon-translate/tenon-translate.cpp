//===- tenon-translate.cpp - Model files to MLIR --------------------------===//

#include "../Command.h"

#include "tenon/Import/Tensors/TensorFiles.h"
#include "tenon/Pipelines/LoadModule.h"

#include "mlir/IR/AsmState.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/Support/raw_ostream.h"

namespace cl = llvm::cl;
using namespace tenon;

/// The command line. Made in main: libLLVM has options of some of these names,
/// which must go first.
struct Options {
  cl::OptionCategory category{"tenon-translate options"};
  cl::opt<std::string> modelPath{cl::Positional, cl::desc("MODEL"),
                                 cl::Required, cl::cat(category)};
  cl::opt<std::string> output{"o", cl::init("-"), cl::desc("Write there"),
                              cl::value_desc("FILE.mlir"), cl::cat(category)};
  cl::list<std::string> dims{
      "dim", cl::desc("The size of a named dimension (repeatable)"),
      cl::value_desc("NAME=N"), cl::cat(category)};
  AdapterFlags adapters{category};
  cl::opt<std::string> cache{
      "cache-type",
      cl::desc("What a decoder's caches keep (the weights' type)"),
      cl::value_desc("f32|f16|bf16|int8"), cl::cat(category)};
  cl::opt<std::string> part{"part",
                            cl::desc("Which part of an autoencoder (decoder)"),
                            cl::value_desc("decoder|encoder"),
                            cl::cat(category)};
  cl::list<std::string> inputFiles{
      "input",
      cl::desc("An input whose shape, and where need be whose value, the "
               "program is made for (repeatable)"),
      cl::value_desc("NAME=FILE"), cl::cat(category)};
  cl::opt<bool> locations{"locations",
                          cl::desc("Print the names of the model's nodes"),
                          cl::cat(category)};
};

static Result<ImportOptions> importOptions(const Options &options) {
  ImportOptions import;
  Result<std::map<std::string, int64_t>> dims = parseDims(options.dims);
  if (!dims)
    return dims.error();
  import.dims = std::move(*dims);
  Result<std::optional<DataType>> cacheType = parseCacheType(options.cache);
  if (!cacheType)
    return cacheType.error();
  import.cacheType = *cacheType;
  import.part = options.part;
  Result<AdapterOptions> adapters = options.adapters.parse();
  if (!adapters)
    return adapters.error();
  import.adapters = std::move(*adapters);
  for (const std::string &argument : options.inputFiles) {
    Result<std::pair<std::string, std::string>> parts =
        splitAssignment(argument, "--input");
    if (!parts)
      return parts.error();
    Result<std::vector<NamedTensor>> tensors = readTensors(parts->second);
    if (!tensors)
      return tensors.error();
    if (tensors->size() != 1)
      return Error{parts->second + ": it holds " +
                   std::to_string(tensors->size()) + " tensors, not one"};
    import.inputShapes[parts->first] = tensors->front().tensor.shape();
    import.inputValues[parts->first] = tensors->front().tensor;
  }
  return import;
}

static Result<int> translate(const Options &options) {
  Result<ImportOptions> import = importOptions(options);
  if (!import)
    return import.error();
  std::unique_ptr<mlir::MLIRContext> context = createContext();
  auto progress = progressBar();
  if (progress)
    progress("import", 0, 1);
  Result<ImportedModel> imported =
      loadModule(*context, options.modelPath.getValue(), *import);
  if (progress)
    progress("import", 1, 1);
  if (!imported)
    return imported.error();

  std::error_code error;
  llvm::ToolOutputFile out(options.output, error, llvm::sys::fs::OF_Text);
  if (error)
    return Error{options.output + ": " + error.message()};
  for (const std::string &name : imported->specialisedInputs)
    out.os() << "// specialised by the value of '" << name << "'\n";
  mlir::OpPrintingFlags flags;
  flags.enableDebugInfo(options.locations, /*prettyForm=*/options.locations);
  imported->module->print(out.os(), flags);
  out.keep();
  return 0;
}

int main(int argc, char **argv) {
  Options options;
  return runTool(
      argc, argv, options.category,
      "Reads a model and writes it in the tenon dialect\n\n"
      "Example: tenon-translate model.onnx --dim batch=1 -o model.mlir\n",
      [&] { return translate(options); });
}
