//===- AheadOfTime.cpp - Compile models to object files -------------------===//

#include "tenon/AheadOfTime.h"

#include "Devices.h"
#include "Measures.h"
#include "Specialization.h"

#include "tenon/AheadOfTime/LinkObjects.h"
#include "tenon/AheadOfTime/ObjectTable.h"
#include "tenon/AheadOfTime/PackedWeights.h"
#include "tenon/Pipelines/CompilerVersion.h"
#include "tenon/Pipelines/LoadModule.h"
#include "tenon/Pipelines/PlanProgram.h"
#include "tenon/Runtime/Threads.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/xxhash.h"

using namespace tenon;
namespace fs = std::filesystem;

namespace {
/// Makes the table of a model, variant by variant, and the code it speaks of.
class AheadCompiler {
public:
  AheadCompiler(const fs::path &model, const CompileOptions &options,
                const AheadOfTimeOptions &ahead)
      : model(model), options(options), ahead(ahead) {}

  Status run(const fs::path &output);

private:
  Status chooseTargets();
  Status addVariant(const AheadOfTimeOptions::Variant &variant);
  Result<std::shared_ptr<Executor>> prepare(mlir::ModuleOp module,
                                            const Program &program);
  Result<std::vector<TableKernel>> compileFor(const Target &target,
                                              mlir::ModuleOp module,
                                              const Program &program);
  unsigned threads() const { return threadCount(options.threads); }

  const fs::path &model;
  const CompileOptions &options;
  const AheadOfTimeOptions &ahead;
  std::vector<Target> targets; ///< by version
  Target fallback;             ///< what code for a CPU beside a GPU's is for
  ObjectTable table;
  PackedWeights weights;
  std::vector<std::shared_ptr<Executor>> preparations;
  std::vector<std::string> objects;
  llvm::StringSet<> symbols; ///< of the kernels in `objects`
};
} // namespace

Status AheadCompiler::chooseTargets() {
  Result<Target> target = targetOf(options);
  if (!target)
    return target.error();
  if (target->device == DeviceKind::EmulatedCuda)
    return Error{"the emulator runs what it compiles itself: no object can be "
                 "made for it"};
  std::vector<std::string> names = ahead.processors;
  if (names.empty())
    names.emplace_back();
  std::vector<Target> processors;
  for (const std::string &name : names) {
    Result<Target> processor = processorTarget(name, ahead.triple);
    if (!processor)
      return processor.error();
    processors.push_back(std::move(*processor));
  }
  if (target->device == DeviceKind::Cuda) {
    if (processors.size() > 1)
      return Error{"code for a GPU has that of one processor beside it, not of "
                   "several"};
    fallback = std::move(processors.front());
    targets.push_back(*target);
    table.versions.push_back({"cuda", target->gpu.chip, ""});
    return success();
  }
  for (const Target &processor : processors)
    table.versions.push_back({"cpu", processor.machine.cpu,
                              llvm::join(requiredFeatures(processor), ",")});
  fallback = processors.front();
  targets = std::move(processors);
  return success();
}

/// Runs what follows from weights alone, here and now: it gives the same on
/// every processor.
Result<std::shared_ptr<Executor>>
AheadCompiler::prepare(mlir::ModuleOp module, const Program &program) {
  Target host = hostTarget();
  CompiledProgram compiled{preparationOf(program), {}};
  Result<CompiledKernels> kernels =
      compileKernels(module, compiled.program.kernels,
                     compilationFor(options, host, threads()));
  if (!kernels)
    return kernels.error();
  if (Status status = setExtents(compiled.program, kernels->shapes); !status)
    return status.error();
  compiled.kernels = std::move(*kernels);
  Result<std::shared_ptr<Device>> device =
      createDevice(host, compiled, threads());
  if (!device)
    return device.error();
  std::vector<const Executor *> others;
  for (const std::shared_ptr<Executor> &each : preparations)
    others.push_back(each.get());
  Result<std::unique_ptr<Executor>> executor =
      Executor::create(std::move(compiled.program), std::move(*device),
                       weightFolder(model), others);
  if (!executor)
    return executor.error();
  preparations.push_back(std::move(*executor));
  return preparations.back();
}

Result<std::vector<TableKernel>>
AheadCompiler::compileFor(const Target &target, mlir::ModuleOp module,
                          const Program &program) {
  ModelCompilation compilation = compilationFor(options, target, threads());
  compilation.tune &=
      isOfHost(target.machine) && target.machine.cpu == hostMachine().cpu;
  bool isForGpu = target.device == DeviceKind::Cuda;
  std::string maker = target.description() + compilerVersion;
  if (isForGpu) {
    compilation.fallback = fallback;
    maker += fallback.description();
  }
  compilation.symbolSuffix =
      "_" + llvm::utohexstr(llvm::xxh3_64bits(maker), /*LowerCase=*/true);
  Result<CompiledKernels> kernels =
      compileKernels(module, program.kernels, compilation);
  if (!kernels)
    return kernels.error();
  std::vector<TableKernel> entries;
  for (size_t i = 0; i < program.kernels.size(); ++i) {
    TableKernel entry;
    entry.symbol = program.kernels[i] + compilation.symbolSuffix;
    entry.shape = kernels->shapes[i];
    if (isForGpu && entry.shape.isForCpu())
      table.versions.front().features =
          llvm::join(requiredFeatures(compilation.fallback), ",");
    if (!entry.shape.isForCpu())
      entry.ptx = std::move(kernels->objects[i]);
    else if (symbols.insert(entry.symbol).second)
      objects.push_back(std::move(kernels->objects[i]));
    entries.push_back(std::move(entry));
  }
  return entries;
}

Status AheadCompiler::addVariant(const AheadOfTimeOptions::Variant &variant) {
  ImportOptions import = importOptions(options);
  for (const auto &[name, size] : variant.dims)
    import.dims[name] = size;
  useInputs(variant.inputs, import);
  std::unique_ptr<mlir::MLIRContext> context = createContext();
  Result<ImportedModel> imported = loadModule(*context, model, import);
  if (!imported)
    return imported.error();
  mlir::ModuleOp module = *imported->module;
  if (Status lowered =
          lowerToKernels(module, options.rewrites, targets.front().device);
      !lowered)
    return lowered;
  Result<Program> program = planProgram(
      module, options.function, targets.front().device, options.memoryLimit);
  if (!program)
    return program.error();
  Result<std::shared_ptr<Executor>> prepared = prepare(module, *program);
  if (!prepared)
    return prepared.error();
  Result<Program> packed =
      weights.pack(*program, *prepared, weightFolder(model));
  if (!packed)
    return packed.error();
  keepValues(*imported, variant.inputs, *packed);
  TableProgram entry;
  for (const Target &target : targets) {
    Result<std::vector<TableKernel>> kernels =
        compileFor(target, module, *packed);
    if (!kernels)
      return kernels.error();
    entry.kernels.push_back(std::move(*kernels));
  }
  // On a GPU kernels go by the names of their entries.
  if (targets.front().device == DeviceKind::Cuda)
    for (size_t i = 0; i < packed->kernels.size(); ++i)
      packed->kernels[i] = entry.kernels.front()[i].symbol;
  entry.program = std::move(*packed);
  table.programs.push_back(std::move(entry));
  return success();
}

Status AheadCompiler::run(const fs::path &output) {
  if (Status status = chooseTargets(); !status)
    return status;
  for (const AheadOfTimeOptions::Variant &variant : ahead.variants)
    if (Status status = addVariant(variant); !status)
      return status;
  table.symbol = ahead.sharedLibrary ? "tenon_model" : ahead.symbol;
  table.weights = weights.identity();
  Result<std::string> tableObject = emitTable(table, fallback.machine);
  if (!tableObject)
    return tableObject.error();
  objects.push_back(std::move(*tableObject));
  fs::path weightsFile = fs::path(output).replace_extension(".weights");
  if (Status status = weights.write(weightsFile, table.weights); !status)
    return status;
  return linkObjects(objects,
                     ahead.sharedLibrary ? LinkedKind::SharedLibrary
                                         : LinkedKind::Object,
                     fallback.machine, output);
}

Status tenon::compileAheadOfTime(const fs::path &model,
                                 const CompileOptions &options,
                                 const AheadOfTimeOptions &ahead,
                                 const fs::path &output) {
  if (Status status = checkOptions(options); !status)
    return status;
  std::error_code failure;
  if (!fs::exists(model, failure))
    return Error{model.string() + ": there is no such file or folder"};
  if (output.extension() == ".weights")
    return Error{
        output.string() +
        ": the file of weights has this name; name the code otherwise"};
  CompileOptions complete = options;
  if (Status status = findKept(model, complete); !status)
    return status;
  if (Status status = AheadCompiler(model, complete, ahead).run(output);
      !status)
    return Error{model.string() + ": " + status.error().message};
  return success();
}
