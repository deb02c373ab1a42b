//===- CompileKernel.h - One kernel's text to machine code ----------------===//

#ifndef TENON_PIPELINES_COMPILEKERNEL_H
#define TENON_PIPELINES_COMPILEKERNEL_H

#include "tenon/Codegen/CPU/CpuTarget.h"

#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/StringRef.h"

namespace tenon {

struct CompiledKernel {
  int64_t extent = 1; ///< trip count of the parallel loop
  std::string code;   ///< an object file, or text for the other stages
};

/// How far to go.
enum class KernelStage { LLVMDialect, LLVMIR, Assembly, Object };

/// Compiles `text`, a module of one `tenon.kernel` function. Contexts are not
/// shared between threads: bring one each, with every dialect registered.
Result<CompiledKernel> compileKernel(mlir::MLIRContext &context,
                                     llvm::StringRef text,
                                     const CpuTarget &target,
                                     KernelStage stage);

} // namespace tenon

#endif // TENON_PIPELINES_COMPILEKERNEL_H
