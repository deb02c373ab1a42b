//===- Emission.h - The stages of a model as text -------------------------===//

#ifndef TENON_TOOLS_TENON_COMPILE_EMISSION_H
#define TENON_TOOLS_TENON_COMPILE_EMISSION_H

#include "tenon/Pipelines/Pipelines.h"
#include "tenon/Runtime/Tensor.h"

#include "mlir/IR/BuiltinOps.h"

namespace tenon {

enum class Emission {
  Mlir,
  Kernels,
  Llvm,
  Asm,
  Ptx,
  Cubin,
  Object,
  Shared,
  Host
};

/// Lowers `module` as far as `emission` asks and prints it. Before the text of
/// each kernel stands a comment with its name and how it is launched.
Result<std::string> emit(mlir::ModuleOp module, const std::string &function,
                         Emission emission, const RewriteOptions &rewrites,
                         const Target &target);

/// The PTX of each kernel of `module`, which is lowered.
Result<std::vector<std::string>> emitPtx(mlir::ModuleOp module,
                                         const std::string &function,
                                         const RewriteOptions &rewrites,
                                         const Target &target);

} // namespace tenon

#endif // TENON_TOOLS_TENON_COMPILE_EMISSION_H
