//===- BuildProgram.h - The host's functions as a program -----------------===//

#ifndef TENON_CODEGEN_HOST_BUILDPROGRAM_H
#define TENON_CODEGEN_HOST_BUILDPROGRAM_H

#include "tenon/Codegen/Host/RunInStrips.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"

namespace tenon {

/// How much memory the intermediates of a run may take.
struct ArenaLimit {
  uint64_t bytes = 0;
  /// The steps of the kernels that have some, by name.
  llvm::StringMap<KernelSteps> steps;
};

/// Turns @prepare and `function` of a module of launches into a program, memory
/// planned. Extents are left at 1: they are known when the kernels are
/// compiled. The error says which op the host cannot run, or how much memory a
/// run takes at least if that is more than the limit.
Result<Program> buildProgram(mlir::ModuleOp module,
                             llvm::StringRef function = "step",
                             const std::optional<ArenaLimit> &limit = {});

} // namespace tenon

#endif // TENON_CODEGEN_HOST_BUILDPROGRAM_H
