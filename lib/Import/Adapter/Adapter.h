//===- Adapter.h - An adapter of weights ----------------------------------===//
//
// A folder of adapter_config.json and adapter_model.safetensors, or a file of
// diffusion pipelines (AdapterNames.h). Each tensor is there for one weight or
// bias of the base and must be used once: what is left over in the end is an
// error, as is what does not fit.
//
//===----------------------------------------------------------------------===//

#ifndef TENON_LIB_IMPORT_ADAPTER_ADAPTER_H
#define TENON_LIB_IMPORT_ADAPTER_ADAPTER_H

#include "AdapterConfig.h"
#include "AdapterNames.h"
#include "WeightChange.h"

#include "llvm/ADT/StringSet.h"

#include <set>

namespace tenon {

using hugging_face::SafetensorsIndex;

/// One adapter, opened to be merged with a model. Lookups note what was used.
class Adapter {
public:
  /// Its changes are multiplied by `strength`. Of a file for a diffusion
  /// pipeline those to `component` count.
  static Result<Adapter> open(const std::filesystem::path &path,
                              double strength, const std::string &component);

  /// The change to a module's weight, of `shape`, which is [in, out, k..] where
  /// the module is a transposed convolution; none where it has none. The first
  /// of the names that the adapter knows counts.
  Result<std::optional<WeightChange>>
  findChange(llvm::ArrayRef<std::string> modules, llvm::ArrayRef<int64_t> shape,
             bool isTransposed);
  /// Modules that the adapter knows whose names end with `name`, or it with
  /// theirs.
  std::vector<std::string> namesLike(llvm::StringRef name) const;
  /// The tensor that takes the place of `module.part`, or is added to its bias;
  /// null where there is none.
  const StoredTensor *findReplacement(llvm::ArrayRef<std::string> modules,
                                      llvm::StringRef part);
  const StoredTensor *findAddedBias(llvm::ArrayRef<std::string> modules);
  /// What a module's added bias is multiplied by.
  Result<double> scaleOf(llvm::StringRef module) const;

  /// An Error where a tensor was not used, naming it and the module of `known`
  /// that its name is nearest to.
  Status checkAllUsed(llvm::ArrayRef<std::string> known) const;
  const std::string &fileName() const { return index.fileName(); }

private:
  Adapter(SafetensorsIndex index, double strength)
      : index(std::move(index)), strength(strength) {}
  static Result<Adapter> openFolder(const std::filesystem::path &folder,
                                    double strength);
  static Result<Adapter> openFile(const std::filesystem::path &file,
                                  double strength,
                                  const std::string &component);
  Status checkTargets() const;
  /// A module as the names of this adapter's tensors write it.
  std::string written(llvm::StringRef module) const {
    return isFlat ? flattened(module) : module.str();
  }
  const StoredTensor *use(llvm::StringRef module, llvm::StringRef suffix);
  /// What a change is multiplied by, and the rank that its factors must have.
  Result<std::pair<double, int64_t>> scalingOf(const WeightChange &change);
  /// The change to a module by the factors of LoRA, LoHa or LoKr; none where it
  /// has no such factors.
  using FoundChange = Result<std::optional<WeightChange>>;
  FoundChange findProduct(const std::string &module,
                          llvm::ArrayRef<int64_t> shape, bool isTransposed);
  FoundChange findHadamard(const std::string &module);
  FoundChange findKronecker(const std::string &module);
  Status addMagnitude(WeightChange &change);

  std::optional<AdapterConfig> config; ///< of PEFT's folders
  SafetensorsIndex index;
  /// The tensor of each module and suffix, as in "encoder.0.proj" and
  /// ".lora_A.weight", by both together.
  llvm::StringMap<std::string> tensors;
  /// Whether modules are written without dots.
  bool isFlat = false;
  double strength;
  llvm::StringSet<> used;
};

/// The components of a diffusion pipeline that a file changes; none of a folder
/// as PEFT writes it.
Result<std::set<std::string>>
adaptedComponents(const std::filesystem::path &path);

} // namespace tenon

#endif // TENON_LIB_IMPORT_ADAPTER_ADAPTER_H
