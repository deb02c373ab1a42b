//===- Specialization.cpp - A model compiled for exact shapes -------------===//

#include "Specialization.h"

#include "Devices.h"
#include "tenon/Pipelines/CompileModel.h"
#include "tenon/Pipelines/LoadModule.h"
#include "tenon/Runtime/Threads.h"

#include <algorithm>
#include <chrono>
#include <cstring>

using namespace tenon;

using Clock = std::chrono::steady_clock;

static double millisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start)
      .count();
}

const Tensor *tenon::findTensor(std::span<const NamedTensor> tensors,
                                std::string_view name) {
  auto found = std::find_if(
      tensors.begin(), tensors.end(),
      [&](const NamedTensor &entry) { return entry.name == name; });
  return found == tensors.end() ? nullptr : &found->tensor;
}

static bool equalValues(const Tensor &a, const Tensor &b) {
  return a.type() == b.type() && a.shape() == b.shape() &&
         (a.bytes() == 0 || std::memcmp(a.data(), b.data(), a.bytes()) == 0);
}

ImportOptions tenon::importOptions(const CompileOptions &options) {
  ImportOptions import;
  import.dims = options.dims;
  import.cacheType = options.cacheType;
  import.part = options.part;
  import.adapters = options.adapters;
  return import;
}

static Result<std::shared_ptr<const CompiledModule>>
compileModule(mlir::ModuleOp module, ModuleKey key,
              const CompileOptions &options, unsigned threads) {
  Result<Target> target = parseTarget(options.target, options.chip);
  if (!target)
    return target.error();
  if (Status lowered = lowerToKernels(module, options.rewrites, target->device);
      !lowered.ok())
    return lowered.error();
  ModelCompilation compilation;
  compilation.target = *target;
  compilation.threads = threads;
  compilation.cache = KernelCache(
      options.cacheDirectory.value_or(KernelCache::defaultFolder()));
  if (options.progress)
    compilation.progress = [&](size_t done, size_t of) {
      options.progress("compile", done, of);
    };
  Result<CompiledModel> compiled =
      compileModel(module, options.function, compilation);
  if (!compiled)
    return compiled.error();
  Result<std::shared_ptr<Device>> device =
      createDevice(*target, *compiled, threads);
  if (!device)
    return device.error();
  return std::make_shared<const CompiledModule>(
      std::move(key), std::move(compiled->program), std::move(*device),
      compiled->objects.size(), compiled->cacheHits);
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
  for (const NamedTensor &input : inputs) {
    import.inputShapes[input.name] = input.tensor.shape();
    import.inputValues[input.name] = input.tensor;
    result->shapes.push_back(
        {input.name, input.tensor.type(), input.tensor.shape()});
  }
  std::unique_ptr<mlir::MLIRContext> context = createContext();
  Result<ImportedModel> imported = loadModule(*context, model, import);
  if (!imported)
    return imported.error();
  for (const std::string &name : imported->specialisedInputs)
    if (const Tensor *value = findTensor(inputs, name)) {
      Result<Tensor> copy = value->clone();
      if (!copy)
        return Error{"input '" + name + "': " + copy.error().message};
      result->values.push_back({name, std::move(*copy)});
    }
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
  if (!program) {
    auto compiled =
        compileModule(*imported->module, std::move(key), options, threads);
    if (!compiled)
      return Error{model.string() + ": " + compiled.error().message};
    result->compiled = *compiled;
    program = result->compiled->program;
  }
  result->figures.compileMs = millisecondsSince(start);
  result->figures.kernels = result->compiled->kernelCount;
  result->figures.cacheHits = result->compiled->cacheHits;
  for (const WeightSpec &weight : program->weights)
    result->figures.weightBytes += weight.bytes;
  result->figures.arenaBytes = program->step.arenaBytes;
  result->figures.liveBytes = program->step.liveBytes;

  start = Clock::now();
  std::filesystem::path folder =
      std::filesystem::is_directory(model) ? model : model.parent_path();
  std::vector<const Executor *> prepared;
  for (const std::shared_ptr<Specialization> &other : others.specializations)
    prepared.push_back(other->executor.get());
  Result<std::unique_ptr<Executor>> executor = Executor::create(
      std::move(*program), result->compiled->device, folder, prepared);
  if (!executor)
    return Error{model.string() + ": " + executor.error().message};
  result->executor = std::move(*executor);
  result->figures.loadMs = millisecondsSince(start);
  result->figures.residentBytes = result->executor->residentBytes();
  return result;
}

Result<std::shared_ptr<Specialization>>
Specialization::with(const std::filesystem::path &model,
                     const CompileOptions &options, unsigned threads,
                     const Shareable &others) const {
  std::vector<NamedTensor> inputs;
  for (const TensorSpec &spec : shapes) {
    // Where a value counts it is among `values`; zeros stand for the others.
    const Tensor *value = findTensor(values, spec.name);
    Result<Tensor> input = value ? Result<Tensor>(*value)
                                 : Tensor::allocate(spec.type, spec.shape);
    if (!input)
      return Error{"input '" + spec.name + "': " + input.error().message};
    inputs.push_back({spec.name, std::move(*input)});
  }
  return create(model, options, inputs, threads, others);
}

bool Specialization::fits(std::span<const NamedTensor> inputs) const {
  if (inputs.size() != shapes.size())
    return false;
  for (const TensorSpec &shape : shapes) {
    const Tensor *tensor = findTensor(inputs, shape.name);
    if (!tensor || tensor->type() != shape.type ||
        tensor->shape() != shape.shape)
      return false;
  }
  return std::all_of(values.begin(), values.end(),
                     [&](const NamedTensor &value) {
                       const Tensor *tensor = findTensor(inputs, value.name);
                       return tensor && equalValues(*tensor, value.tensor);
                     });
}

Result<std::vector<Tensor>>
Specialization::inOrder(std::span<const NamedTensor> inputs) const {
  std::vector<Tensor> ordered;
  for (const TensorSpec &spec : executor->program().inputs) {
    const Tensor *tensor = findTensor(inputs, spec.name);
    if (!tensor)
      return Error{"input '" + spec.name + "' is missing"};
    ordered.push_back(*tensor);
  }
  return ordered;
}

Result<std::vector<Tensor>>
Specialization::run(std::span<const NamedTensor> inputs,
                    Profiler *profiler) const {
  Result<std::vector<Tensor>> ordered = inOrder(inputs);
  if (!ordered)
    return ordered;
  return executor->run(*ordered, profiler);
}

Result<Executor::Call> Specialization::bind(std::span<const NamedTensor> inputs,
                                            KeptTensors *kept) const {
  Result<std::vector<Tensor>> ordered = inOrder(inputs);
  if (!ordered)
    return ordered.error();
  return executor->bind(*ordered, kept);
}
