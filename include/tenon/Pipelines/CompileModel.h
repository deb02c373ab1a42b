//===- CompileModel.h - An imported model to a program and its code -------===//

#ifndef TENON_PIPELINES_COMPILEMODEL_H
#define TENON_PIPELINES_COMPILEMODEL_H

#include "tenon/Codegen/Target.h"
#include "tenon/JIT/KernelCache.h"
#include "tenon/Pipelines/Pipelines.h"
#include "tenon/Runtime/Program.h"

#include "mlir/IR/BuiltinOps.h"

#include <functional>

namespace tenon {

struct ModelCompilation {
  Target target;
  unsigned threads = 1; ///< kernels compiled at once
  KernelCache cache{{}};
  /// Told how many of how many kernels are done.
  std::function<void(size_t, size_t)> progress;
};

struct CompiledModel {
  Program program;
  /// Of program.kernels, one each: the code (PTX for a GPU) and how it is
  /// launched.
  std::vector<std::string> objects;
  std::vector<KernelShape> shapes;
  size_t cacheHits = 0;
};

/// Runs tenon-rewrite-model and tenon-to-kernels on `module`, in place.
Status lowerToKernels(mlir::ModuleOp module, const RewriteOptions &options,
                      DeviceKind device);

/// The text of the module of one kernel, as compileKernel takes it.
std::string kernelText(mlir::ModuleOp module, llvm::StringRef kernel);

/// Compiles every kernel of a lowered module (from the cache where it is there)
/// and plans the host.
Result<CompiledModel> compileModel(mlir::ModuleOp module,
                                   llvm::StringRef function,
                                   const ModelCompilation &options);

} // namespace tenon

#endif // TENON_PIPELINES_COMPILEMODEL_H
