//===- ModuleKey.h - What modules of other weights have alike -------------===//

#ifndef TENON_LIB_API_MODULEKEY_H
#define TENON_LIB_API_MODULEKEY_H

#include "tenon/RewriteOptions.h"
#include "tenon/Runtime/Program.h"

#include "mlir/IR/BuiltinOps.h"

#include <map>
#include <tuple>

namespace tenon {

/// A module without what is not compiled. Modules of equal keys become the same
/// program, but for the weights it reads and the values of its parameters.
struct ModuleKey {
  std::string hash;
  /// Weights in the order in which the module first names them, and the place
  /// of each in that order.
  std::vector<WeightSpec> weights;
  std::map<std::tuple<std::string, std::string, uint64_t>, size_t> places;
  std::map<std::string, std::vector<std::byte>> parameters;
};

/// Of a module that is to be rewritten so.
ModuleKey keyOf(mlir::ModuleOp module, const RewriteOptions &rewrites);

/// The program that a module of `key` becomes, made of the one that a module of
/// the equal key `other` became; nothing where it knows a weight that the
/// module did not.
std::optional<Program> withWeightsOf(Program program, const ModuleKey &other,
                                     const ModuleKey &key);

} // namespace tenon

#endif // TENON_LIB_API_MODULEKEY_H
