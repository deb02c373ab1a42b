//===- Adapter.cpp - A LoRA adapter as PEFT writes it ---------------------===//

#include "Adapter.h"

#include "tenon/Runtime/Comparison.h"
#include "tenon/Runtime/WeightStore.h"

#include <cmath>
#include <cstring>

namespace fs = std::filesystem;

namespace tenon {

/// What PEFT puts before the names of the model that it wraps.
static constexpr llvm::StringLiteral wrapper = "base_model.model.";

/// The file of an adapter that is none of PEFT's folders.
static std::optional<fs::path> findFile(const fs::path &path) {
  std::error_code code;
  if (!fs::is_directory(path, code) && fs::exists(path, code))
    return path;
  fs::path inside = path / "pytorch_lora_weights.safetensors";
  if (!fs::exists(path / "adapter_config.json", code) &&
      fs::exists(inside, code))
    return inside;
  return std::nullopt;
}

Result<Adapter> Adapter::open(const fs::path &path, double strength,
                              const std::string &component) {
  std::optional<fs::path> file = findFile(path);
  return file ? openFile(*file, strength, component)
              : openFolder(path, strength);
}

Result<std::set<std::string>> adaptedComponents(const fs::path &path) {
  std::set<std::string> components;
  std::optional<fs::path> file = findFile(path);
  if (!file)
    return components;
  Result<SafetensorsIndex> index = SafetensorsIndex::openFile(*file);
  if (!index)
    return index.error();
  for (const auto &entry : index->all())
    if (auto name = parseAdapterName(entry.getKey()))
      components.insert(name->component);
  return components;
}

Result<Adapter> Adapter::openFolder(const fs::path &folder, double strength) {
  Result<AdapterConfig> config = readAdapterConfig(folder);
  if (!config)
    return config.error();
  std::error_code code;
  fs::path file = folder / "adapter_model.safetensors";
  if (!fs::exists(file, code) && fs::exists(folder / "adapter_model.bin", code))
    return Error{folder.string() +
                 ": unsupported: adapter_model.bin (a Python pickle; save the "
                 "adapter as safetensors)"};
  Result<SafetensorsIndex> index = SafetensorsIndex::openFile(file);
  if (!index)
    return index.error();
  Adapter adapter(std::move(*index), strength);
  adapter.config = std::move(*config);
  for (const auto &entry : adapter.index.all()) {
    llvm::StringRef name = entry.getKey();
    if (!name.consume_front(wrapper))
      return Error{adapter.fileName() + ": tensor '" + entry.getKey().str() +
                   "' is none of PEFT's (their names start with " +
                   wrapper.str() + ")"};
    adapter.tensors[name] = entry.getKey().str();
  }
  if (Status status = adapter.checkTargets(); !status)
    return status.error();
  return adapter;
}

Result<Adapter> Adapter::openFile(const fs::path &file, double strength,
                                  const std::string &component) {
  Result<SafetensorsIndex> index = SafetensorsIndex::openFile(file);
  if (!index)
    return index.error();
  Adapter adapter(std::move(*index), strength);
  bool hasFlat = false, hasDotted = false;
  for (const auto &entry : adapter.index.all()) {
    std::optional<AdapterTensorName> name = parseAdapterName(entry.getKey());
    if (!name)
      return Error{adapter.fileName() + ": unsupported: tensor '" +
                   entry.getKey().str() +
                   "' (no factor or alpha of a LoRA of a UNet or a text "
                   "encoder)"};
    (name->isFlat ? hasFlat : hasDotted) = true;
    if (component.empty())
      return Error{adapter.fileName() +
                   ": is for a diffusion pipeline, which the model is no part "
                   "of"};
    if (name->component != component)
      continue;
    if (!adapter.tensors
             .try_emplace(name->module + name->suffix, entry.getKey().str())
             .second)
      return Error{adapter.fileName() + ": two tensors are for '" +
                   name->module + name->suffix + "'"};
  }
  if (hasFlat && hasDotted)
    return Error{adapter.fileName() + ": mixes kohya's names with diffusers'"};
  adapter.isFlat = hasFlat;
  return adapter;
}

/// The module of a tensor's name without the wrapper, where it is a factor.
static std::optional<llvm::StringRef> moduleOfFactor(llvm::StringRef name) {
  size_t end = name.find(".lora_");
  if (end == llvm::StringRef::npos)
    return std::nullopt;
  return name.take_front(end);
}

/// Each name of `target_modules` must have hit something.
Status Adapter::checkTargets() const {
  for (const std::string &target : config->targets) {
    bool isHit = llvm::any_of(tensors, [&](const auto &entry) {
      auto module = moduleOfFactor(entry.getKey());
      return module && hasEnd(*module, target);
    });
    if (!isHit)
      return Error{fileName() + ": no tensor is of the target module '" +
                   target + "' that adapter_config.json names"};
  }
  return success();
}

const StoredTensor *Adapter::use(llvm::StringRef module,
                                 llvm::StringRef suffix) {
  auto found = tensors.find(written(module) + suffix.str());
  if (found == tensors.end())
    return nullptr;
  used.insert(found->getKey());
  return index.find(found->getValue());
}

/// The one number of a tensor.
static Result<double> readNumber(const StoredTensor &tensor) {
  Error wrong{tensor.file + ": tensor '" + tensor.entry.name +
              "' is no number"};
  Result<std::shared_ptr<MappedFile>> file = MappedFile::open(tensor.file);
  if (!file)
    return file.error();
  uint64_t width = byteWidth(tensor.entry.type);
  std::span<const std::byte> bytes = (*file)->bytes();
  if (!isFloat(tensor.entry.type) || elementCount(tensor.entry.shape) != 1 ||
      tensor.entry.offset > bytes.size() ||
      width > bytes.size() - tensor.entry.offset)
    return wrong;
  Tensor number(tensor.entry.type, {1});
  std::memcpy(number.data(), bytes.data() + tensor.entry.offset, width);
  double value = elementAsDouble(number, 0);
  if (!std::isfinite(value))
    return wrong;
  return value;
}

Result<std::pair<double, int64_t>> Adapter::scalingOf(llvm::StringRef module,
                                                      const StoredTensor &a) {
  if (config) {
    Result<int64_t> rank = config->rankOf(module);
    Result<double> scale = config->scaleOf(module);
    if (!rank || !scale)
      return rank ? scale.error() : rank.error();
    return std::pair(*scale, *rank);
  }
  int64_t rank = a.entry.shape.empty() ? 0 : a.entry.shape.front();
  // Without alpha it is the rank (SEMANTICS C8).
  const StoredTensor *alpha = use(module, ".alpha");
  if (!alpha || rank == 0)
    return std::pair(1.0, rank);
  Result<double> number = readNumber(*alpha);
  if (!number)
    return number.error();
  return std::pair(*number / static_cast<double>(rank), rank);
}

static Error wrongShape(const StoredTensor &tensor, const std::string &module,
                        llvm::ArrayRef<int64_t> expected) {
  return Error{tensor.file + ": tensor '" + tensor.entry.name + "' is " +
               shapeString(tensor.entry.shape) + ", but the base's '" + module +
               "' and its rank make it " + shapeString(expected)};
}

static bool isShape(const StoredTensor &tensor, llvm::ArrayRef<int64_t> shape) {
  return llvm::ArrayRef<int64_t>(tensor.entry.shape) == shape;
}

namespace {
struct FactorShapes {
  std::vector<int64_t> a, b, magnitude;
};
} // namespace

/// The shapes that a change to a weight of `shape` must have.
static FactorShapes factorShapes(const LowRankChange &change, int64_t rank,
                                 llvm::ArrayRef<int64_t> shape) {
  std::vector<int64_t> window = shape.drop_front(2).vec(),
                       points(window.size(), 1);
  auto with = [](std::vector<int64_t> front, const std::vector<int64_t> &back) {
    front.insert(front.end(), back.begin(), back.end());
    return front;
  };
  int64_t first = shape[0], second = shape[1];
  switch (change.kind) {
  case ChangeKind::Matrix:
    return {{rank, second}, {first, rank}, {first}};
  case ChangeKind::Table:
    return {{rank, first}, {second, rank}, {}};
  case ChangeKind::Kernel:
    return {with({rank, second}, window), with({first, rank}, points),
            with({1, first}, points)};
  case ChangeKind::AcrossGroups: {
    int64_t groups = change.a->entry.shape[1] / second;
    return {with({rank, groups * second}, window),
            with({first, rank / groups}, points),
            {}};
  }
  case ChangeKind::TransposedKernel:
    return {with({first, rank}, window), with({second, rank}, points), {}};
  }
  llvm_unreachable("all kinds are handled");
}

/// Whether A takes the channels of several groups.
static void findGroups(LowRankChange &change, llvm::ArrayRef<int64_t> shape) {
  const std::vector<int64_t> &a = change.a->entry.shape;
  if (a.size() != shape.size() || shape[1] == 0 || a[1] <= shape[1] ||
      a[1] % shape[1] != 0 || a[0] % (a[1] / shape[1]) != 0)
    return;
  change.kind = ChangeKind::AcrossGroups;
}

Result<std::optional<LowRankChange>>
Adapter::findChange(llvm::ArrayRef<std::string> modules,
                    llvm::ArrayRef<int64_t> shape, bool isTransposed) {
  for (const std::string &module : modules) {
    bool isOfTable = false;
    const StoredTensor *a = use(module, ".lora_A.weight");
    if (!a) {
      a = use(module, ".lora_embedding_A");
      isOfTable = a != nullptr;
    }
    const StoredTensor *b = isOfTable ? use(module, ".lora_embedding_B")
                                      : use(module, ".lora_B.weight");
    if (!a && !b)
      continue;
    if (!a || !b)
      return Error{fileName() + ": module '" + module +
                   "' has only one of its two factors"};
    const StoredTensor *magnitude = use(module, ".lora_magnitude_vector");
    if (!magnitude)
      magnitude = use(module, ".lora_magnitude_vector.weight");
    if (config && config->isDecomposed != (magnitude != nullptr))
      return Error{fileName() + ": module '" + module + "' has " +
                   (magnitude ? "a" : "no") +
                   " magnitude, but adapter_config.json says use_dora " +
                   (config->isDecomposed ? "true" : "false")};
    if (magnitude && isOfTable)
      return Error{fileName() + ": unsupported: module '" + module +
                   "' (use_dora of an embedding)"};
    auto scaling = scalingOf(module, *a);
    if (!scaling)
      return scaling.error();
    auto [scale, rank] = *scaling;
    LowRankChange change{a,
                         b,
                         magnitude,
                         scale * strength,
                         isOfTable          ? ChangeKind::Table
                         : shape.size() < 3 ? ChangeKind::Matrix
                         : isTransposed     ? ChangeKind::TransposedKernel
                                            : ChangeKind::Kernel,
                         module};
    if (shape.size() < 2 || (isOfTable && shape.size() != 2))
      return Error{fileName() + ": module '" + module +
                   "' is changed, but the base's weight is no matrix"};
    if (change.kind == ChangeKind::Kernel)
      findGroups(change, shape);
    FactorShapes expected = factorShapes(change, rank, shape);
    if (!isShape(*a, expected.a))
      return wrongShape(*a, module, expected.a);
    if (!isShape(*b, expected.b))
      return wrongShape(*b, module, expected.b);
    if (magnitude && !isShape(*magnitude, expected.magnitude))
      return wrongShape(*magnitude, module, expected.magnitude);
    return std::optional<LowRankChange>(std::move(change));
  }
  return std::optional<LowRankChange>();
}

std::vector<std::string> Adapter::namesLike(llvm::StringRef name) const {
  std::vector<std::string> names;
  for (const auto &entry : tensors) {
    auto module = moduleOfFactor(entry.getKey());
    if (module && (hasEnd(*module, name) || hasEnd(name, *module)) &&
        !llvm::is_contained(names, *module))
      names.push_back(module->str());
  }
  llvm::sort(names);
  return names;
}

const StoredTensor *
Adapter::findReplacement(llvm::ArrayRef<std::string> modules,
                         llvm::StringRef part) {
  for (const std::string &module : modules)
    for (const char *inside : {".", ".base_layer."})
      if (const StoredTensor *found = use(module, inside + part.str())) {
        // With biases, PEFT writes those of whole modules once more, also as
        // they were.
        use(module, ".modules_to_save." + part.str());
        use(module, ".original_module." + part.str());
        return found;
      }
  return nullptr;
}

const StoredTensor *
Adapter::findAddedBias(llvm::ArrayRef<std::string> modules) {
  for (const std::string &module : modules)
    if (const StoredTensor *found = use(module, ".lora_B.bias"))
      return found;
  return nullptr;
}

Result<double> Adapter::scaleOf(llvm::StringRef module) const {
  Result<double> scale = config ? config->scaleOf(module) : Result<double>(1.0);
  if (!scale)
    return scale;
  return *scale * strength;
}

Status Adapter::checkAllUsed(llvm::ArrayRef<std::string> known) const {
  std::vector<llvm::StringRef> left;
  for (const auto &entry : tensors)
    if (!used.contains(entry.getKey()))
      left.push_back(entry.getKey());
  if (left.empty())
    return success();
  llvm::sort(left);
  llvm::StringRef name = left.front();
  llvm::StringRef module =
      moduleOfFactor(name).value_or(name.rsplit('.').first);
  const std::string *nearest = nullptr;
  unsigned least = ~0u;
  for (const std::string &each : known) {
    unsigned distance =
        module.edit_distance(written(each), /*AllowReplacements=*/true,
                             /*MaxEditDistance=*/least - 1);
    if (distance < least) {
      least = distance;
      nearest = &each;
    }
  }
  return Error{fileName() + ": " + std::to_string(left.size()) +
               " tensors are for no weight of the base, the first of them '" +
               tensors.lookup(left.front()) + "'" +
               (nearest ? "; the base's nearest is '" + *nearest + "'" : "")};
}

} // namespace tenon
