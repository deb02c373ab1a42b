//===- Model.cpp - The embedding API --------------------------------------===//

#include "Clock.h"
#include "Measures.h"
#include "Specialization.h"

#include "tenon/Codegen/Target.h"
#include "tenon/Import/Tensors/TensorFiles.h"
#include "tenon/Pipelines/LoadModule.h"
#include "tenon/Runtime/CudaDevice.h"
#include "tenon/Runtime/LoadObject.h"
#include "tenon/Runtime/Profiler.h"
#include "tenon/Runtime/Threads.h"

#include <algorithm>
#include <mutex>

using namespace tenon;

/// An adapter with its name; by row, an empty name for a place that is free.
using NamedAdapters = std::vector<std::pair<std::string, AdapterSource>>;

struct Model::State {
  std::filesystem::path path;
  CompileOptions options;
  unsigned threads = 1;
  std::vector<PortInfo> inputs, outputs;
  bool isCompiled = false; ///< ahead of time: there is no other variant

  /// The specialization for these inputs, compiled if there is none yet. Wrong
  /// names and types are told before anything is compiled.
  Result<std::shared_ptr<Specialization>>
  specialize(std::span<const NamedTensor> tensors) {
    if (Status checked = check(tensors); !checked.ok())
      return checked.error();
    std::lock_guard lock(mutex);
    for (const auto &existing : compiled.specializations)
      if (existing->fits(tensors))
        return existing;
    if (isCompiled)
      return Error{
          path.string() +
          ": was compiled for other inputs; there are:" + describeVariants()};
    Result<std::shared_ptr<Specialization>> fresh =
        Specialization::create(path, options, tensors, threads, compiled);
    if (fresh)
      compiled.add(*fresh);
    return fresh;
  }

  /// Compiles all there is anew with `named` in the place of the adapters, and
  /// then swaps all at once.
  Status adapt(NamedAdapters changed);

  Status check(std::span<const NamedTensor> tensors) const;
  Status checkAdaptable() const;
  std::string describeVariants() const;

  mutable std::mutex mutex; ///< of what runs read: options, compiled
  Shareable compiled;
  std::mutex adapting;              ///< held by the one that changes adapters
  std::vector<AdapterSource> given; ///< from the first
  NamedAdapters named;              ///< since then
};

/// Whether the model can be imported with these options, for the smallest
/// inputs.
static Status checkImport(const std::filesystem::path &path,
                          const CompileOptions &options) {
  ImportOptions import = importOptions(options);
  import.dims.try_emplace("batch", 1);
  import.dims.try_emplace("sequence", 1);
  std::unique_ptr<mlir::MLIRContext> context = createContext();
  Result<ImportedModel> imported = loadModule(*context, path, import);
  if (!imported)
    return imported.error();
  return success();
}

Status Model::State::adapt(NamedAdapters changed) {
  Shareable before;
  CompileOptions next;
  {
    std::lock_guard lock(mutex);
    before = compiled;
    next = options;
  }
  next.adapters.sources = given;
  for (const auto &[name, source] : changed)
    next.adapters.sources.push_back(source);
  if (Status status = findKept(path, next); !status)
    return status;
  if (before.specializations.empty())
    if (Status status = checkImport(path, next); !status)
      return status;
  // Runs go on while these are made.
  Shareable known = before;
  size_t first = known.specializations.size();
  for (const std::shared_ptr<Specialization> &each : before.specializations) {
    auto made = each->with(path, next, threads, known);
    if (!made)
      return made.error();
    known.add(*made);
  }
  known.specializations.erase(known.specializations.begin(),
                              known.specializations.begin() +
                                  static_cast<ptrdiff_t>(first));
  std::lock_guard lock(mutex);
  compiled = std::move(known);
  options.adapters = std::move(next.adapters);
  named = std::move(changed);
  return success();
}

static std::string describe(const PortInfo &port) {
  std::string text = port.name + ": " + std::string(name(port.type)) + "[";
  for (size_t axis = 0; axis < port.shape.size(); ++axis) {
    if (axis > 0)
      text += ", ";
    if (port.shape[axis] >= 0)
      text += std::to_string(port.shape[axis]);
    else
      text += port.symbols[axis].empty() ? "?" : port.symbols[axis];
  }
  return text + "]";
}

static std::string describe(const std::vector<PortInfo> &ports) {
  std::string text;
  for (const PortInfo &port : ports)
    text += "\n  " + describe(port) + (port.optional ? " (optional)" : "");
  return text;
}

Status Model::State::check(std::span<const NamedTensor> tensors) const {
  for (const NamedTensor &tensor : tensors) {
    auto port =
        std::find_if(inputs.begin(), inputs.end(), [&](const PortInfo &input) {
          return input.name == tensor.name;
        });
    if (port == inputs.end())
      return Error{path.string() + ": the model has no input '" + tensor.name +
                   "'; its inputs are:" + describe(inputs)};
    if (port->type != tensor.tensor.type())
      return Error{path.string() + ": input '" + tensor.name + "' must be " +
                   std::string(name(port->type)) + ", not " +
                   std::string(name(tensor.tensor.type()))};
    bool sameShape = port->shape.size() == tensor.tensor.shape().size();
    for (size_t axis = 0; sameShape && axis < port->shape.size(); ++axis)
      sameShape = port->shape[axis] < 0 ||
                  port->shape[axis] == tensor.tensor.shape()[axis];
    if (!sameShape)
      return Error{path.string() + ": input '" + tensor.name + "' has shape " +
                   shapeString(tensor.tensor.shape()) + ", the model wants " +
                   describe(*port)};
  }
  for (const PortInfo &port : inputs) {
    bool given = std::any_of(
        tensors.begin(), tensors.end(),
        [&](const NamedTensor &tensor) { return tensor.name == port.name; });
    if (!given && !port.optional)
      return Error{path.string() + ": input '" + port.name +
                   "' is missing; the model's inputs are:" + describe(inputs)};
  }
  return success();
}

Status Model::State::checkAdaptable() const {
  if (!isCompiled)
    return success();
  return Error{path.string() +
               ": was compiled ahead of time, adapters can only "
               "be merged then"};
}

std::string Model::State::describeVariants() const {
  std::vector<std::span<const TensorSpec>> variants;
  for (const std::shared_ptr<Specialization> &each : compiled.specializations)
    variants.push_back(each->program().inputs);
  return describeInputs(variants);
}

static std::vector<PortInfo> toInfo(std::vector<Port> ports) {
  std::vector<PortInfo> result;
  for (Port &port : ports)
    result.push_back({std::move(port.name), port.type, std::move(port.shape),
                      std::move(port.symbols), port.optional, port.updated});
  return result;
}

const std::vector<PortInfo> &Model::inputs() const { return state->inputs; }
const std::vector<PortInfo> &Model::outputs() const { return state->outputs; }
unsigned Model::threads() const { return state->threads; }

Result<std::vector<Tensor>>
Model::run(std::span<const NamedTensor> inputs) const {
  Result<std::shared_ptr<Specialization>> specialization =
      state->specialize(inputs);
  if (!specialization)
    return specialization.error();
  return (*specialization)->run(inputs, nullptr);
}

Result<std::vector<Tensor>>
Model::profile(std::span<const NamedTensor> inputs,
               const std::filesystem::path &trace) const {
  Result<std::shared_ptr<Specialization>> specialization =
      state->specialize(inputs);
  if (!specialization)
    return specialization.error();
  Profiler profiler;
  Result<std::vector<Tensor>> outputs =
      (*specialization)->run(inputs, &profiler);
  if (!outputs)
    return outputs;
  if (Status written = profiler.writeChromeTrace(trace); !written.ok())
    return written.error();
  return outputs;
}

struct Call::State {
  std::shared_ptr<Specialization> specialization;
  Executor::Call call;
};

Status Call::run() { return state->call.run(); }
std::span<const Tensor> Call::outputs() const { return state->call.outputs(); }

Result<Call> Model::bind(std::span<const NamedTensor> inputs,
                         KeptTensors *kept) const {
  Result<std::shared_ptr<Specialization>> specialization =
      state->specialize(inputs);
  if (!specialization)
    return specialization.error();
  Result<Executor::Call> bound = (*specialization)->bind(inputs, kept);
  if (!bound)
    return bound.error();
  Call call;
  call.state = std::make_shared<Call::State>(std::move(*specialization),
                                             std::move(*bound));
  return call;
}

Status Model::prepare(std::span<const NamedTensor> inputs) const {
  Result<std::shared_ptr<Specialization>> specialization =
      state->specialize(inputs);
  if (!specialization)
    return specialization.error();
  return success();
}

static auto findNamed(auto &adapters, std::string_view name) {
  return std::ranges::find_if(
      adapters, [&](const auto &each) { return each.first == name; });
}

static Error noAdapter(const std::filesystem::path &model,
                       const std::string &name) {
  return Error{model.string() + ": there is no adapter '" + name + "'"};
}

Status Model::setAdapter(const std::string &name,
                         const std::filesystem::path &folder, double scale) {
  if (name.empty() || folder.empty())
    return Error{state->path.string() + ": an adapter has a name and a folder"};
  if (Status status = state->checkAdaptable(); !status)
    return status;
  std::lock_guard lock(state->adapting);
  bool isByRow = state->options.adapters.form == AdapterForm::ByRow;
  NamedAdapters named = state->named;
  auto place = findNamed(named, name);
  // A place is taken again as soon as it is free; merged adapters are added in
  // the order of their names, so that sums do not depend on what was before.
  if (place == named.end() && isByRow)
    place = findNamed(named, "");
  if (place == named.end()) {
    auto before = std::ranges::find_if(
        named, [&](const auto &each) { return each.first > name; });
    place = named.insert(isByRow ? named.end() : before, {name, {}});
  }
  *place = {name, {folder, scale}};
  return state->adapt(std::move(named));
}

Status Model::removeAdapter(const std::string &name) {
  if (Status status = state->checkAdaptable(); !status)
    return status;
  std::lock_guard lock(state->adapting);
  NamedAdapters named = state->named;
  auto place = findNamed(named, name);
  // A free place has the empty name.
  if (place == named.end() || name.empty())
    return noAdapter(state->path, name);
  if (state->options.adapters.form == AdapterForm::ByRow)
    *place = {};
  else
    named.erase(place);
  return state->adapt(std::move(named));
}

Result<int64_t> Model::adapterNumber(const std::string &name) const {
  std::lock_guard lock(state->adapting);
  auto place = findNamed(state->named, name);
  if (place == state->named.end() || name.empty())
    return noAdapter(state->path, name);
  return static_cast<int64_t>(state->given.size() +
                              (place - state->named.begin()));
}

Result<std::vector<NamedTensor>>
Model::createCaches(const std::map<std::string, int64_t> &sizes) const {
  std::vector<NamedTensor> caches;
  for (const PortInfo &port : state->inputs) {
    if (!port.updated)
      continue;
    std::vector<int64_t> shape = port.shape;
    for (size_t axis = 0; axis < shape.size(); ++axis) {
      if (shape[axis] >= 0)
        continue;
      auto size = sizes.find(port.symbols[axis]);
      if (size == sizes.end())
        return std::vector<NamedTensor>();
      shape[axis] = size->second;
    }
    Result<Tensor> zeros = Tensor::allocate(port.type, std::move(shape));
    if (!zeros)
      return Error{"input '" + port.name + "': " + zeros.error().message};
    caches.push_back({port.name, std::move(*zeros)});
  }
  return caches;
}

CompileStatistics Model::statistics() const {
  std::lock_guard lock(state->mutex);
  return state->compiled.specializations.empty()
             ? CompileStatistics()
             : state->compiled.specializations.back()->statistics();
}

/// The chip that kernels are made for: where nothing is said that of the GPU.
static Result<std::string> chipOf(const CompileOptions &options) {
  if (options.chip.empty() && options.target.starts_with("cuda"))
    return findCudaChip();
  return options.chip;
}

/// The ports of all variants: a size in which they differ is free, and one that
/// a variant lacks is optional.
static std::vector<PortInfo>
commonPorts(std::span<const std::shared_ptr<Specialization>> variants,
            std::vector<TensorSpec> Program::*specs) {
  std::vector<PortInfo> ports;
  std::vector<size_t> counts;
  for (const std::shared_ptr<Specialization> &variant : variants)
    for (const TensorSpec &spec : variant->program().*specs) {
      size_t place =
          std::ranges::find(ports, spec.name, &PortInfo::name) - ports.begin();
      if (place == ports.size()) {
        ports.push_back({spec.name, spec.type, spec.shape,
                         std::vector<std::string>(spec.shape.size()), false,
                         spec.updated});
        counts.push_back(0);
      }
      ++counts[place];
      std::vector<int64_t> &shape = ports[place].shape;
      for (size_t axis = 0; axis < std::min(shape.size(), spec.shape.size());
           ++axis)
        if (shape[axis] != spec.shape[axis])
          shape[axis] = -1;
    }
  for (size_t i = 0; i < ports.size(); ++i)
    ports[i].optional = counts[i] < variants.size();
  return ports;
}

/// What tenon-compile has made is only loaded; options that change code come
/// too late.
static Result<LoadedObject> openCompiled(const std::filesystem::path &path,
                                         const CompileOptions &options) {
  auto late = [&](const char *what) {
    return Error{path.string() + ": was compiled ahead of time, " + what};
  };
  if (!options.adapters.sources.empty())
    return late("adapters can only be merged then");
  if (options.rewrites.quantization.bits != 0)
    return late("weights can only be quantised then");
  if (!options.dims.empty())
    return late("sizes can only be chosen then");
  if (options.memoryLimit)
    return late("memory can only be limited then");
  if (options.tf32)
    return late("tf32 can only be chosen then");
  LoadOptions load;
  load.threads = options.threads;
  load.target = options.target;
  return loadLibrary(path, load);
}

Result<Model> tenon::compile(const std::filesystem::path &path,
                             const CompileOptions &options) {
  if (Status status = checkOptions(options); !status)
    return status.error();
  Result<std::string> chip = chipOf(options);
  if (!chip)
    return chip.error();
  if (Result<Target> target = parseTarget(options.target, *chip); !target)
    return target.error();
  std::error_code failure;
  if (!std::filesystem::exists(path, failure))
    return Error{path.string() + ": there is no such file or folder"};
  if (isObjectFile(path)) {
    Clock::time_point start = Clock::now();
    Result<LoadedObject> loaded = openCompiled(path, options);
    if (!loaded)
      return loaded.error();
    Model model;
    model.state = std::make_shared<Model::State>();
    Model::State &state = *model.state;
    state.path = path;
    state.isCompiled = true;
    state.threads = loaded->threads;
    for (std::unique_ptr<Executor> &executor : loaded->executors)
      state.compiled.specializations.push_back(
          Specialization::of(std::move(executor), millisecondsSince(start)));
    state.inputs =
        commonPorts(state.compiled.specializations, &Program::inputs);
    state.outputs =
        commonPorts(state.compiled.specializations, &Program::outputs);
    return model;
  }
  ImportOptions import;
  import.cacheType = options.cacheType;
  import.part = options.part;
  import.adapters = options.adapters;
  Result<Signature> signature = loadSignature(path, options.function, import);
  if (!signature)
    return signature.error();
  Model model;
  model.state = std::make_shared<Model::State>();
  model.state->path = path;
  model.state->options = options;
  model.state->options.chip = *chip;
  if (Status status = findKept(path, model.state->options); !status)
    return status.error();
  model.state->given = options.adapters.sources;
  model.state->threads = threadCount(options.threads);
  model.state->inputs = toInfo(std::move(signature->inputs));
  model.state->outputs = toInfo(std::move(signature->outputs));
  return model;
}

Result<std::vector<NamedTensor>>
tenon::loadTensors(const std::filesystem::path &file) {
  return readTensors(file);
}

Status tenon::saveTensors(const std::filesystem::path &file,
                          std::span<const NamedTensor> tensors) {
  return writeTensors(file, tensors);
}
