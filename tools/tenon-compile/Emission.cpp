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

static std::string describe(const KernelShape &shape) {
  std::string text = ", extent " + std::to_string(shape.extent);
  if (shape.threads == 0)
    return text;
  return text + ", threads " + std::to_string(shape.threads) + ", shared " +
         std::to_string(shape.sharedBytes) + ", workspace " +
         std::to_string(shape.workspaceBytes);
}

/// Compiles one kernel of a lowered module after the other as far as `stage`.
static Status compileEach(
    ModuleOp module, const std::string &function, const Target &target,
    KernelStage stage,
    llvm::function_ref<void(const std::string &, const CompiledKernel &)> add) {
  Result<Program> program = buildProgram(module, function);
  if (!program)
    return program.error();
  std::unique_ptr<MLIRContext> context = createContext();
  for (const std::string &name : program->kernels) {
    Result<CompiledKernel> kernel =
        compileKernel(*context, kernelText(module, name), target, stage);
    if (!kernel)
      return Error{name + ": " + kernel.error().message};
    add(name, *kernel);
  }
  return tenon::success();
}

Result<std::string> tenon::emit(ModuleOp module, const std::string &function,
                                Emission emission,
                                const RewriteOptions &rewrites,
                                const Target &target) {
  if (emission == Emission::Mlir) {
    PassManager manager(module.getContext());
    buildRewritePipeline(manager, rewrites, target.device);
    if (failed(manager.run(module)))
      return Error{"the model cannot be rewritten"};
    return print(module);
  }
  if (Status lowered = lowerToKernels(module, rewrites, target.device);
      !lowered.ok())
    return lowered.error();
  if (emission == Emission::Kernels)
    return print(module);
  std::string text;
  Status status = compileEach(
      module, function, target,
      emission == Emission::Llvm ? KernelStage::LLVMIR : KernelStage::Assembly,
      [&](const std::string &name, const CompiledKernel &kernel) {
        const char *comment = emission == Emission::Llvm  ? "; "
                              : emission == Emission::Ptx ? "// "
                                                          : "# ";
        text +=
            comment + name + describe(kernel.shape) + "\n" + kernel.code + "\n";
      });
  if (!status)
    return status.error();
  return text;
}

Result<std::vector<std::string>> tenon::emitPtx(ModuleOp module,
                                                const std::string &function,
                                                const RewriteOptions &rewrites,
                                                const Target &target) {
  if (Status lowered = lowerToKernels(module, rewrites, target.device);
      !lowered)
    return lowered.error();
  std::vector<std::string> texts;
  Status status =
      compileEach(module, function, target, KernelStage::Assembly,
                  [&](const std::string &, const CompiledKernel &kernel) {
                    texts.push_back(kernel.code);
                  });
  if (!status)
    return status.error();
  return texts;
}
