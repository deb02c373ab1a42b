//===- AdapterConfig.h - What an adapter_config.json says -----------------===//

#ifndef TENON_LIB_IMPORT_ADAPTER_ADAPTERCONFIG_H
#define TENON_LIB_IMPORT_ADAPTER_ADAPTERCONFIG_H

#include "tenon/Runtime/Tensor.h"

#include "llvm/ADT/StringRef.h"

#include <filesystem>
#include <vector>

namespace tenon {

/// A regular expression for the ends of module names, and its number.
struct NamePattern {
  std::string pattern;
  double number;
};

/// PEFT's options of LoRA, LoHa or LoKr, as far as they change what an adapter
/// computes.
struct AdapterConfig {
  std::string file;
  int64_t rank;
  double alpha;
  std::vector<NamePattern> ranks, alphas; ///< of some modules
  bool isRankStabilized, isDecomposed;
  std::vector<std::string> targets; ///< ends of module names; none: any

  /// The rank of a module. The first pattern that matches counts.
  Result<int64_t> rankOf(llvm::StringRef module) const;
  /// What the product of the factors is multiplied by: alpha / rank, or alpha /
  /// sqrt(rank) (rank-stabilized: Kalajdzievski, 2023, arXiv:2312.03732).
  Result<double> scaleOf(llvm::StringRef module) const;
};

/// Reads it; an option that is not known, or that asks for what Tenon does not
/// do, is an Error.
Result<AdapterConfig> readAdapterConfig(const std::filesystem::path &folder);

/// Whether a module's name is `end`, or ends with a dot and `end`.
bool hasEnd(llvm::StringRef module, llvm::StringRef end);

} // namespace tenon

#endif // TENON_LIB_IMPORT_ADAPTER_ADAPTERCONFIG_H
