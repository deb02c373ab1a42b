//===- Specialization.cpp - A model compiled for exact shapes -------------===//

#include "Specialization.h"

#include "Clock.h"
#include "CompilerMemory.h"
#include "Devices.h"
#include "tenon/Pipelines/LoadModule.h"
#include "tenon/Runtime/Threads.h"

#include <algorithm>
#include <cstring>

using namespace tenon;

const Tensor *tenon::findTensor(std::span<const NamedTensor> tensors,
                                std::string_view name) {
  auto found = std::find_if(
      tensors.begin(), tensors.end(),
      [&](const NamedTensor &entry) { return entry.name == name; });
  return found == tensors.end() ? nullptr : &found->tensor;
}

Status tenon::checkOptions(const CompileOptions &options) {
  const WeightQuantization &quantization = options.rewrites.quantization;
  if (quantization.bits != 0 && quantization.bits != 4 &&
      quantization.bits != 8)
    return Error{"weights of " + std::to_string(quantization.bits) +
                 " bits are not supported: 8 or 4"};
  if (quantization.group < 0)
    return Error{"a group of " + std::to_string(quantization.group) +
                 " weights is no group"};
  const AdapterOptions &adapters = options.adapters;
  if (adapters.rowsPerSwap < 0 || adapters.rowsPerCall < 1)
    return Error{"a layer cannot multiply " +
                 std::to_string(adapters.rowsPerSwap) +
                 " rows between changes of the adapters, " +
                 std::to_string(adapters.rowsPerCall) + " in a call"};
  if (adapters.rowsPerSwap != 0 && adapters.form != AdapterForm::Auto)
    return Error{"rows between changes of the adapters decide nothing where "
                 "their form is given"};
  if (options.tf32 && options.target == "cpu")
    return Error{"tf32 is a GPU's: the target 'cpu' multiplies f32 exactly"};
  if (options.tune && options.target != "cpu")
    return Error{"only kernels for the target 'cpu' can be tuned"};
  return success();
}

Result<Target> tenon::targetOf(const CompileOptions &options) {
  Result<Target> target = parseTarget(options.target, options.chip);
  if (target)
    target->gpu.usesTf32 = options.tf32;
  return target;
}

ImportOptions tenon::importOptions(const CompileOptions &options) {
  ImportOptions import;
  import.dims = options.dims;
  import.cacheType = options.cacheType;
  import.part = options.part;
  import.adapters = options.adapters;
  return import;
}

void tenon::useInputs(std::span<const NamedTensor> inputs,
                      ImportOptions &import) {
  for (const NamedTensor &input : inputs) {
    import.inputShapes[input.name] = input.tensor.shape();
    import.inputValues[input.name] = input.tensor;
  }
}

void tenon::keepValues(const ImportedModel &model,
                       std::span<const NamedTensor> inputs, Program &program) {
  for (TensorSpec &spec : program.inputs) {
    const Tensor *value = findTensor(inputs, spec.name);
    if (!value || !llvm::is_contained(model.specialisedInputs, spec.name))
      continue;
    auto *bytes = static_cast<const std::byte *>(value->data());
    spec.value.assign(bytes, bytes + value->bytes());
  }
}

ModelCompilation tenon::compilationFor(const CompileOptions &options,
                                       const Target &target, unsigned threads) {
  ModelCompilation compilation;
  compilation.target = target;
  compilation.fallback = hostTarget();
  compilation.threads = threads;
  compilation.tune = options.tune;
  compilation.memoryLimit = options.memoryLimit;
  compilation.cache = KernelCache(
      options.cacheDirectory.value_or(KernelCache::defaultFolder()));
  if (options.progress)
    compilation.progress = [&options](size_t done, size_t of) {
      options.progress("compile", done, of);
    };
  if (options.note)
    compilation.note = [&options](const std::string &text) {
      options.note(text);
    };
  return compilation;
}

std::filesystem::path tenon::weightFolder(const std::filesystem::path &model) {
  return std::filesystem::is_directory(model) ? model : model.parent_path();
}

static Result<std::shared_ptr<const CompiledModule>>
compileModule(mlir::ModuleOp module, ModuleKey key,
              const CompileOptions &options, unsigned threads) {
  Result<Target> target = targetOf(options);
  if (!target)
    return target.error();
  if (Status lowered = lowerToKernels(module, options.rewrites, target->device);
      !lowered.ok())
    return lowered.error();
  Result<CompiledProgram> compiled = compileModel(
      module, options.function, compilationFor(options, *target, threads));
  if (!compiled)
    return compiled.error();
  Result<std::shared_ptr<Device>> device =
      createDevice(*target, *compiled, threads);
  if (!device)
    return device.error();
  return std::make_shared<const CompiledModule>(
      std::move(key), std::move(compiled->program), std::move(*device),
      compiled->kernels.objects.size(), compiled->kernels.cacheHits);
}

/// Modules that are remembered: as many as adapters of a model are likely to
/// make.
static constexpr size_t mostModules = 32;

void Shareable::add(std::shared_ptr<Specialization> fresh) {
  std::erase(modules, fresh->compiled);
  modules.push_back(fresh->compiled);
  if (modules.size() > mostModules)
    modules.erase(modules.begin());
  specializations.push_back(std::move(fresh));
}

Result<std::shared_ptr<Specialization>>
Specialization::create(const std::filesystem::path &model,
                       const CompileOptions &options,
                       std::span<const NamedTensor> inputs, unsigned threads,
                       const Shareable &others) {
  auto result = std::make_shared<Specialization>();
  auto start = Clock::now();
  ImportOptions import = importOptions(options);
  useInputs(inputs, import);
  std::unique_ptr<mlir::MLIRContext> context = createContext();
  Result<ImportedModel> imported = loadModule(*context, model, import);
  if (!imported)
    return imported.error();
  result->figures.importMs = millisecondsSince(start);

  start = Clock::now();
  ModuleKey key = keyOf(*imported->module, options.rewrites);
  std::optional<Program> program;
  for (const auto &known : llvm::reverse(others.modules)) {
    if (known->key.hash != key.hash)
      continue;
    program = withWeightsOf(known->program, known->key, key);
    result->compiled = known;
    break;
  }
  bool isKnown = program.has_value();
  if (!isKnown) {
    releaseCompilerMemory();
    auto compiled =
        compileModule(*imported->module, std::move(key), options, threads);
    if (!compiled)
      return Error{model.string() + ": " + compiled.error().message};
    result->compiled = *compiled;
    program = result->compiled->program;
  }
  keepValues(*imported, inputs, *program);
  result->figures.compileMs = millisecondsSince(start);
  result->figures.kernels = result->compiled->kernelCount;
  result->figures.cacheHits = result->compiled->cacheHits;
  imported->module = nullptr;
  context.reset();
  if (!isKnown)
    releaseCompilerMemory();

  start = Clock::now();
  std::vector<const Executor *> prepared;
  for (const std::shared_ptr<Specialization> &other : others.specializations)
    prepared.push_back(other->executor.get());
  // Where adapters were swapped once they will be again.
  Result<std::unique_ptr<Executor>> executor =
      Executor::create(std::move(*program), result->compiled->device,
                       weightFolder(model), prepared, /*keepsFiles=*/isKnown);
  if (!executor)
    return Error{model.string() + ": " + executor.error().message};
  result->figures.loadMs = millisecondsSince(start);
  result->adopt(std::move(*executor));
  return result;
}

std::shared_ptr<Specialization>
Specialization::of(std::unique_ptr<Executor> executor, double loadMs) {
  auto result = std::make_shared<Specialization>();
  result->figures.loadMs = loadMs;
  result->figures.kernels = executor->program().kernels.size();
  result->adopt(std::move(executor));
  return result;
}

void Specialization::adopt(std::unique_ptr<Executor> made) {
  executor = std::move(made);
  for (const WeightSpec &weight : program().weights)
    figures.weightBytes += weight.bytes;
  figures.arenaBytes = program().step.arenaBytes;
  figures.liveBytes = program().step.liveBytes;
  figures.residentBytes = executor->residentBytes();
}

Result<std::shared_ptr<Specialization>>
Specialization::with(const std::filesystem::path &model,
                     const CompileOptions &options, unsigned threads,
                     const Shareable &others) const {
  std::vector<NamedTensor> inputs;
  for (const TensorSpec &spec : program().inputs) {
    // Where a value does not count zeros stand for it.
    Result<Tensor> input = Tensor::allocate(spec.type, spec.shape);
    if (!input)
      return Error{"input '" + spec.name + "': " + input.error().message};
    if (!spec.value.empty())
      std::memcpy(input->data(), spec.value.data(), spec.value.size());
    inputs.push_back({spec.name, std::move(*input)});
  }
  return create(model, options, inputs, threads, others);
}

bool Specialization::fits(std::span<const NamedTensor> inputs) const {
  return acceptsInputs(program().inputs, inputs);
}

Result<std::vector<Tensor>>
Specialization::run(std::span<const NamedTensor> inputs,
                    Profiler *profiler) const {
  Result<std::vector<Tensor>> ordered = inOrder(program(), inputs);
  if (!ordered)
    return ordered;
  return executor->run(*ordered, profiler);
}

Result<Executor::Call> Specialization::bind(std::span<const NamedTensor> inputs,
                                            KeptTensors *kept) const {
  Result<std::vector<Tensor>> ordered = inOrder(program(), inputs);
  if (!ordered)
    return ordered.error();
  return executor->bind(*ordered, kept);
}
