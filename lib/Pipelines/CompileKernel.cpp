//===- CompileKernel.cpp - One kernel's text to machine code --------------===//

#include "tenon/Pipelines/CompileKernel.h"
#include "tenon/Codegen/GPU/LinkDeviceLibrary.h"
#include "tenon/Codegen/Passes.h"
#include "tenon/Pipelines/Pipelines.h"

#include "mlir/Conversion/NVVMToLLVM/NVVMToLLVM.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

using namespace mlir;
using namespace tenon;

template <typename T> static std::string print(T &object) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  object.print(stream, {});
  return text;
}

static KernelShape shapeOf(ModuleOp module) {
  KernelShape shape;
  module.walk([&](LLVM::LLVMFuncOp function) {
    auto read = [&](StringRef name, int64_t &number) {
      if (auto attribute = function->getAttrOfType<IntegerAttr>(name))
        number = attribute.getInt();
    };
    read("tenon.extent", shape.extent);
    read("tenon.threads", shape.threads);
    read("tenon.shared_bytes", shape.sharedBytes);
    read("tenon.workspace_bytes", shape.workspaceBytes);
  });
  return shape;
}

static void buildPipeline(PassManager &manager, const Target &target,
                          std::optional<Schedule> schedule) {
  switch (target.device) {
  case DeviceKind::Cpu:
    return buildLLVMPipeline(manager, target, schedule);
  case DeviceKind::Cuda:
    buildNVVMPipeline(manager, target.gpu, target.device);
    manager.addPass(createAddDeviceEntryPass());
    manager.addPass(mlir::createConvertNVVMToLLVMPass());
    return;
  case DeviceKind::EmulatedCuda:
    buildNVVMPipeline(manager, target.gpu, target.device);
    manager.addPass(createEmulateGpuPass());
  }
}

/// A kernel's name is a function of its content: where several objects of a
/// program have one of the same name, any of them will do.
static void shareEqualKernels(llvm::Module &module) {
  for (llvm::Function &function : module)
    if (function.hasExternalLinkage() && !function.isDeclaration()) {
      function.setLinkage(llvm::GlobalValue::WeakODRLinkage);
      function.setVisibility(llvm::GlobalValue::HiddenVisibility);
    }
}

Result<CompiledKernel> tenon::compileKernel(MLIRContext &context,
                                            llvm::StringRef text,
                                            const Target &target,
                                            KernelStage stage,
                                            std::optional<Schedule> schedule) {
  std::string messages;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    llvm::raw_string_ostream(messages)
        << (messages.empty() ? "" : "; ") << diagnostic;
    return llvm::success();
  });
  OwningOpRef<ModuleOp> module =
      parseSourceString<ModuleOp>(text, ParserConfig(&context));
  if (!module)
    return Error{"it does not parse: " + messages};
  PassManager manager(&context);
#ifdef NDEBUG
  // After each of its passes, a third of their time.
  manager.enableVerifier(false);
#endif
  buildPipeline(manager, target, schedule);
  if (failed(manager.run(*module)))
    return Error{"it cannot be lowered: " + messages};

  CompiledKernel kernel;
  kernel.shape = shapeOf(*module);
  if (stage == KernelStage::LLVMDialect) {
    kernel.code = print(**module);
    return kernel;
  }
  llvm::LLVMContext llvmContext;
  std::unique_ptr<llvm::Module> llvmModule =
      translateModuleToLLVMIR(*module, llvmContext);
  if (!llvmModule)
    return Error{"it does not translate to LLVM IR: " + messages};
  Result<std::unique_ptr<llvm::TargetMachine>> machine =
      createTargetMachine(target.machine);
  if (!machine)
    return machine.error();
  if (target.device == DeviceKind::Cuda) {
    llvmModule->setTargetTriple((*machine)->getTargetTriple());
    llvmModule->setDataLayout((*machine)->createDataLayout());
    if (Status status = linkDeviceLibrary(*llvmModule); !status)
      return status.error();
  }
  if (target.device == DeviceKind::Cpu)
    shareEqualKernels(*llvmModule);
  optimize(*llvmModule, **machine);
  if (stage == KernelStage::LLVMIR) {
    llvm::raw_string_ostream stream(kernel.code);
    llvmModule->print(stream, nullptr);
    return kernel;
  }
  Result<std::string> code =
      emit(*llvmModule, **machine,
           stage == KernelStage::Object && target.device != DeviceKind::Cuda
               ? EmitKind::Object
               : EmitKind::Assembly);
  if (!code)
    return code.error();
  kernel.code = std::move(*code);
  return kernel;
}
