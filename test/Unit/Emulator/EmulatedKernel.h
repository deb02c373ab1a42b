// A kernel of a text, compiled for the emulator.

#ifndef TENON_TEST_UNIT_EMULATOR_EMULATEDKERNEL_H
#define TENON_TEST_UNIT_EMULATOR_EMULATEDKERNEL_H

#include "tenon/Codegen/Machine.h"
#include "tenon/Codegen/Passes.h"
#include "tenon/Emulator/Emulator.h"
#include "tenon/JIT/KernelLinker.h"
#include "tenon/Pipelines/LoadModule.h"
#include "tenon/Pipelines/Pipelines.h"

#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

#include <gtest/gtest.h>

namespace tenon {

struct EmulatedCode {
  std::shared_ptr<Emulator> emulator = std::make_shared<Emulator>();
  LinkedKernels kernels;

  /// Runs the kernel's one block; what it does wrong.
  std::string run(void *const *buffers) const {
    if (kernels.functions.empty())
      return "was not compiled";
    kernels.functions[0](buffers, 0, 1);
    return emulator->takeFault().value_or("");
  }
};

/// Compiles @kernel of `text`: the passes that `prepare` adds, `change`, then
/// what lowers one thread's code.
inline EmulatedCode
compileForEmulator(const std::string &text,
                   std::function<void(mlir::OpPassManager &)> prepare = {},
                   std::function<void(mlir::ModuleOp)> change = {}) {
  EmulatedCode code;
  std::unique_ptr<mlir::MLIRContext> context = createContext();
  auto module = mlir::parseSourceString<mlir::ModuleOp>(text, context.get());
  if (!module) {
    ADD_FAILURE() << "does not parse";
    return code;
  }
  if (prepare) {
    mlir::PassManager manager(context.get());
    prepare(manager);
    EXPECT_TRUE(mlir::succeeded(manager.run(*module)));
  }
  if (change)
    change(*module);
  mlir::PassManager manager(context.get());
  buildThreadPipeline(manager, DeviceKind::EmulatedCuda);
  manager.addPass(createEmulateGpuPass());
  if (mlir::failed(manager.run(*module))) {
    ADD_FAILURE() << "does not lower";
    return code;
  }
  llvm::LLVMContext llvmContext;
  auto llvmModule = mlir::translateModuleToLLVMIR(*module, llvmContext);
  auto machine = createTargetMachine(hostMachine()).value();
  optimize(*llvmModule, *machine);
  std::string object = emit(*llvmModule, *machine, EmitKind::Object).value();

  std::vector<KnownSymbol> known = {{"tenon_emulator", code.emulator.get()}};
  for (const EmulatorFunction &function : emulatorFunctions())
    known.push_back({function.name, function.address});
  std::string name = "kernel";
  code.kernels =
      linkKernels(std::span(&object, 1), std::span(&name, 1), known).value();
  return code;
}

} // namespace tenon

#endif // TENON_TEST_UNIT_EMULATOR_EMULATEDKERNEL_H
