//===- CompileModel.h - An imported model to a program and its code -------===//

#ifndef TENON_PIPELINES_COMPILEMODEL_H
#define TENON_PIPELINES_COMPILEMODEL_H

#include "tenon/Codegen/Target.h"
#include "tenon/JIT/KernelCache.h"
#include "tenon/Pipelines/Pipelines.h"
#include "tenon/Runtime/Program.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringSet.h"

#include <functional>

namespace tenon {

struct ModelCompilation {
  Target target;
  unsigned threads = 1;                ///< kernels compiled at once
  std::optional<uint64_t> memoryLimit; ///< bytes of intermediates
  KernelCache cache{{}};
  /// Behind the name of each kernel's symbol, so that code for several
  /// processors can be in one object.
  std::string symbolSuffix;
  /// Whether schedules that the cache has not are found by measuring; the
  /// target must be this machine's CPU.
  bool tune = false;
  /// Told how many of how many kernels are done.
  std::function<void(size_t, size_t)> progress;
  /// What compiles kernels that the target, a GPU, cannot have; a CPU.
  Target fallback;
  /// Told of each of those, and why.
  std::function<void(const std::string &)> note;
};

/// Runs tenon-rewrite-model and tenon-to-kernels on `module`, in place.
Status lowerToKernels(mlir::ModuleOp module, const RewriteOptions &options,
                      DeviceKind device);

/// The text of the module of one kernel, as compileKernel takes it; the
/// kernel's name gets the suffix.
std::string kernelText(mlir::ModuleOp module, llvm::StringRef kernel,
                       llvm::StringRef symbolSuffix = "");

/// The code of kernels of a lowered module, in the order of their names.
struct CompiledKernels {
  /// For a GPU PTX, but where a shape is for the CPU.
  std::vector<std::string> objects;
  std::vector<KernelShape> shapes;
  size_t cacheHits = 0;
};
/// Compiles them, several at once, but for those that the cache has. Kernels
/// that cannot be had for a GPU are compiled for the CPU, with a note; an Error
/// is one that neither can have. Those that are `exact` do without tf32.
Result<CompiledKernels> compileKernels(mlir::ModuleOp module,
                                       llvm::ArrayRef<std::string> names,
                                       const ModelCompilation &options,
                                       const llvm::StringSet<> &exact = {});

struct CompiledProgram {
  Program program;
  CompiledKernels kernels; ///< of program.kernels
};

/// Compiles every kernel of a lowered module and plans the host.
Result<CompiledProgram> compileModel(mlir::ModuleOp module,
                                     llvm::StringRef function,
                                     const ModelCompilation &options);

} // namespace tenon

#endif // TENON_PIPELINES_COMPILEMODEL_H
