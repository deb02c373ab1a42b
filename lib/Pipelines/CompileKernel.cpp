//===- CompileKernel.cpp - One kernel's text to machine code --------------===//

#include "tenon/Pipelines/CompileKernel.h"
#include "tenon/Pipelines/Pipelines.h"

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

static int64_t extentOf(ModuleOp module) {
  int64_t extent = 1;
  module.walk([&](LLVM::LLVMFuncOp function) {
    if (auto attribute = function->getAttrOfType<IntegerAttr>("tenon.extent"))
      extent = attribute.getInt();
  });
  return extent;
}

Result<CompiledKernel> tenon::compileKernel(MLIRContext &context,
                                            llvm::StringRef text,
                                            const CpuTarget &target,
                                            KernelStage stage) {
  std::string messages;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    llvm::raw_string_ostream(messages) << diagnostic << "; ";
    return llvm::success();
  });
  OwningOpRef<ModuleOp> module =
      parseSourceString<ModuleOp>(text, ParserConfig(&context));
  if (!module)
    return Error{"a kernel does not parse: " + messages};
  PassManager manager(&context);
  buildLLVMPipeline(manager, target.vectorBytes);
  if (failed(manager.run(*module)))
    return Error{"a kernel does not compile: " + messages};

  CompiledKernel kernel;
  kernel.extent = extentOf(*module);
  if (stage == KernelStage::LLVMDialect) {
    kernel.code = print(**module);
    return kernel;
  }
  llvm::LLVMContext llvmContext;
  std::unique_ptr<llvm::Module> llvmModule =
      translateModuleToLLVMIR(*module, llvmContext);
  if (!llvmModule)
    return Error{"a kernel does not translate to LLVM IR: " + messages};
  Result<std::unique_ptr<llvm::TargetMachine>> machine =
      createTargetMachine(target);
  if (!machine)
    return machine.error();
  optimize(*llvmModule, **machine);
  if (stage == KernelStage::LLVMIR) {
    llvm::raw_string_ostream stream(kernel.code);
    llvmModule->print(stream, nullptr);
    return kernel;
  }
  Result<std::string> code = emit(
      *llvmModule, **machine,
      stage == KernelStage::Object ? EmitKind::Object : EmitKind::Assembly);
  if (!code)
    return code.error();
  kernel.code = std::move(*code);
  return kernel;
}
