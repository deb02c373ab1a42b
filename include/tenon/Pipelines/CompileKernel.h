//===- CompileKernel.h - One kernel's text to machine code ----------------===//

#ifndef TENON_PIPELINES_COMPILEKERNEL_H
#define TENON_PIPELINES_COMPILEKERNEL_H

#include "tenon/Codegen/Schedule.h"
#include "tenon/Codegen/Target.h"
#include "tenon/Runtime/Program.h"

#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/StringRef.h"

namespace tenon {

struct CompiledKernel {
  KernelShape shape;
  std::string code; ///< an object file (for a GPU PTX), or text for the other
                    ///< stages
};

/// How far to go.
enum class KernelStage { LLVMDialect, LLVMIR, Assembly, Object };

/// Compiles `text`, a module of one `tenon.kernel` function. Contexts are not
/// shared between threads: bring one each, with every dialect registered.
/// The schedule is a CPU's.
Result<CompiledKernel> compileKernel(mlir::MLIRContext &context,
                                     llvm::StringRef text, const Target &target,
                                     KernelStage stage,
                                     std::optional<Schedule> schedule = {});

} // namespace tenon

#endif // TENON_PIPELINES_COMPILEKERNEL_H
