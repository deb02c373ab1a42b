//===- Adapter.cpp - An adapter of weights --------------------------------===//

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
                   "' (no factor, alpha or dora_scale of an adapter of a "
                   "UNet or a text encoder)"};
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
  for (const char *kind : {".lora_", ".hada_", ".lokr_"})
    if (size_t end = name.find(kind); end != llvm::StringRef::npos)
      return name.take_front(end);
  return std::nullopt;
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

Result<std::pair<double, int64_t>>
Adapter::scalingOf(const WeightChange &change) {
  if (config) {
    Result<int64_t> rank = config->rankOf(change.module);
    Result<double> scale = config->scaleOf(change.module);
    if (!rank || !scale)
      return rank ? scale.error() : rank.error();
    return std::pair(*scale, *rank);
  }
  int64_t rank = change.rank();
  const StoredTensor *alpha = use(change.module, ".alpha");
  // Without alpha it is the rank (SEMANTICS C8), and so it is where no factor
  // has one.
  if (!alpha || rank == 0)
    return std::pair(1.0, rank);
  Result<double> number = readNumber(*alpha);
  if (!number)
    return number.error();
  return std::pair(*number / static_cast<double>(rank), rank);
}

static Error halfThere(const std::string &file, const std::string &module,
                       const char *what) {
  return Error{file + ": module '" + module + "' has only " + what};
}

Adapter::FoundChange Adapter::findProduct(const std::string &module,
                                          llvm::ArrayRef<int64_t> shape,
                                          bool isTransposed) {
  bool isOfTable = false;
  const StoredTensor *a = use(module, ".lora_A.weight");
  if (!a) {
    a = use(module, ".lora_embedding_A");
    isOfTable = a != nullptr;
  }
  const StoredTensor *b = isOfTable ? use(module, ".lora_embedding_B")
                                    : use(module, ".lora_B.weight");
  if (!a && !b)
    return std::optional<WeightChange>();
  if (!a || !b)
    return halfThere(fileName(), module, "one of its two factors");
  WeightChange change{};
  change.kind = isOfTable          ? ChangeKind::Table
                : shape.size() < 3 ? ChangeKind::Matrix
                : isTransposed     ? ChangeKind::TransposedKernel
                                   : ChangeKind::Kernel;
  change.a = a;
  change.b = b;
  return std::optional(change);
}

Adapter::FoundChange Adapter::findHadamard(const std::string &module) {
  WeightChange change{};
  change.kind = ChangeKind::Hadamard;
  change.first = {nullptr, use(module, ".hada_w1_a"), use(module, ".hada_w1_b"),
                  use(module, ".hada_t1")};
  change.second = {nullptr, use(module, ".hada_w2_a"),
                   use(module, ".hada_w2_b"), use(module, ".hada_t2")};
  if (!change.first && !change.second)
    return std::optional<WeightChange>();
  if (!change.first.a || !change.first.b || !change.second.a ||
      !change.second.b || !change.first.core != !change.second.core)
    return halfThere(fileName(), module, "some of its factors");
  return std::optional(change);
}

Adapter::FoundChange Adapter::findKronecker(const std::string &module) {
  auto find = [&](const std::string &name, const StoredTensor *core) {
    return FactoredMatrix{use(module, name), use(module, name + "_a"),
                          use(module, name + "_b"), core};
  };
  WeightChange change{};
  change.kind = ChangeKind::Kronecker;
  change.first = find(".lokr_w1", nullptr);
  change.second = find(".lokr_w2", use(module, ".lokr_t2"));
  if (!change.first && !change.second)
    return std::optional<WeightChange>();
  for (const FactoredMatrix &matrix : {change.first, change.second}) {
    bool isWhole = matrix.whole && !matrix.a && !matrix.b && !matrix.core;
    bool isProduct = !matrix.whole && matrix.a && matrix.b;
    if (!isWhole && !isProduct)
      return halfThere(fileName(), module,
                       "some of its factors, or more than it can have");
  }
  return std::optional(change);
}

Status Adapter::addMagnitude(WeightChange &change) {
  for (const char *name : {".lora_magnitude_vector",
                           ".lora_magnitude_vector.weight", ".dora_scale"})
    if (!change.magnitude)
      change.magnitude = use(change.module, name);
  if (config && config->isDecomposed != (change.magnitude != nullptr))
    return Error{fileName() + ": module '" + change.module + "' has " +
                 (change.magnitude ? "a" : "no") +
                 " magnitude, but adapter_config.json says use_dora " +
                 (config->isDecomposed ? "true" : "false")};
  if (change.magnitude && (change.kind == ChangeKind::Table ||
                           change.kind == ChangeKind::TransposedKernel))
    return Error{fileName() + ": unsupported: module '" + change.module +
                 "' (use_dora of " +
                 (change.kind == ChangeKind::Table
                      ? "an embedding)"
                      : "a transposed convolution)")};
  return success();
}

Adapter::FoundChange Adapter::findChange(llvm::ArrayRef<std::string> modules,
                                         llvm::ArrayRef<int64_t> shape,
                                         bool isTransposed) {
  for (const std::string &module : modules) {
    FoundChange found = findProduct(module, shape, isTransposed);
    if (found && !*found)
      found = findHadamard(module);
    if (found && !*found)
      found = findKronecker(module);
    if (!found)
      return found;
    if (!*found)
      continue;
    WeightChange change = **found;
    change.module = module;
    if (Status status = addMagnitude(change); !status)
      return status.error();
    if (shape.size() < 2 ||
        (change.kind == ChangeKind::Table && shape.size() != 2))
      return Error{fileName() + ": module '" + module +
                   "' is changed, but the base's weight is no matrix"};
    if (!change.a && isTransposed)
      return Error{fileName() + ": unsupported: module '" + module +
                   "' (LoHa or LoKr of a transposed convolution)"};
    auto scaling = scalingOf(change);
    if (!scaling)
      return scaling.error();
    auto [scale, rank] = *scaling;
    change.scale = scale * strength;
    if (change.kind == ChangeKind::Kernel)
      findGroups(change, shape);
    if (change.kind == ChangeKind::AcrossGroups && change.magnitude)
      return Error{fileName() + ": unsupported: module '" + module +
                   "' (use_dora across the groups of a convolution)"};
    if (Status status = checkShapes(change, rank, shape); !status)
      return status.error();
    return std::optional(std::move(change));
  }
  return std::optional<WeightChange>();
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
