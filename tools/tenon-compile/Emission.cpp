//===- Emission.cpp - The stages of a model as text -----------------------===//

#include "Emission.h"

#include "tenon/Codegen/Host/BuildProgram.h"
#include "tenon/Pipelines/CompileKernel.h"
#include "tenon/Pipelines/CompileModel.h"
#include "tenon/Pipelines/LoadModule.h"
#include "tenon/Pipelines/Pipelines.h"

#include "mlir/Pass/PassManager.h"

using namespace mlir;
using namespace tenon;

static std::string print(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream(text) << module << "\n";
  return text;
}

Result<std::string> tenon::emit(ModuleOp module, const std::string &function,
                                Emission emission,
                                const RewriteOptions &rewrites) {
  if (emission == Emission::Mlir) {
    PassManager manager(module.getContext());
    buildRewritePipeline(manager, rewrites);
    if (failed(manager.run(module)))
      return Error{"the model cannot be rewritten"};
    return print(module);
  }
  if (Status lowered = lowerToKernels(module, rewrites); !lowered.ok())
    return lowered.error();
  if (emission == Emission::Kernels)
    return print(module);
  Result<Program> program = buildProgram(module, function);
  if (!program)
    return program.error();
  std::string text;
  std::unique_ptr<MLIRContext> context = createContext();
  for (const std::string &name : program->kernels) {
    Result<CompiledKernel> kernel =
        compileKernel(*context, kernelText(module, name), hostTarget(),
                      emission == Emission::Llvm ? KernelStage::LLVMIR
                                                 : KernelStage::Assembly);
    if (!kernel)
      return Error{name + ": " + kernel.error().message};
    text += (emission == Emission::Llvm ? "; " : "# ") + name + ", extent " +
            std::to_string(kernel->extent) + "\n" + kernel->code + "\n";
  }
  return text;
}
