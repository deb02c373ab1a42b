//===- LinkDeviceLibrary.cpp - Functions of the C library on a GPU --------===//

#include "tenon/Codegen/GPU/LinkDeviceLibrary.h"

#include "tenon/Runtime/CudaToolkit.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Intrinsics.h"
#include "llvm/IR/Module.h"
#include "llvm/IRReader/IRReader.h"
#include "llvm/Linker/Linker.h"
#include "llvm/Support/SourceMgr.h"

using namespace tenon;

static std::filesystem::path findLibrary() {
  std::filesystem::path file =
      cudaToolkitFolder() / "nvvm" / "libdevice" / "libdevice.10.bc";
  std::error_code failure;
  return std::filesystem::exists(file, failure) ? file
                                                : std::filesystem::path();
}

/// What libdevice calls a function of the C library.
static std::string deviceName(llvm::StringRef name) {
  if (name.consume_front("roundeven"))
    return ("__nv_rint" + name).str();
  return ("__nv_" + name).str();
}

/// The function of the C library that an intrinsic stands for which PTX has no
/// instruction for; empty where it has one.
static llvm::StringRef libraryName(llvm::Intrinsic::ID intrinsic) {
  switch (intrinsic) {
  case llvm::Intrinsic::acos:
    return "acos";
  case llvm::Intrinsic::asin:
    return "asin";
  case llvm::Intrinsic::atan:
    return "atan";
  case llvm::Intrinsic::atan2:
    return "atan2";
  case llvm::Intrinsic::cos:
    return "cos";
  case llvm::Intrinsic::cosh:
    return "cosh";
  case llvm::Intrinsic::exp:
    return "exp";
  case llvm::Intrinsic::exp2:
    return "exp2";
  case llvm::Intrinsic::exp10:
    return "exp10";
  case llvm::Intrinsic::log:
    return "log";
  case llvm::Intrinsic::log2:
    return "log2";
  case llvm::Intrinsic::log10:
    return "log10";
  case llvm::Intrinsic::pow:
    return "pow";
  case llvm::Intrinsic::sin:
    return "sin";
  case llvm::Intrinsic::sinh:
    return "sinh";
  case llvm::Intrinsic::tan:
    return "tan";
  case llvm::Intrinsic::tanh:
    return "tanh";
  default:
    return "";
  }
}

/// Calls functions of the C library instead of such intrinsics.
static void callLibrary(llvm::Module &module) {
  for (llvm::Function &function : llvm::make_early_inc_range(module)) {
    llvm::StringRef name = libraryName(function.getIntrinsicID());
    if (name.empty())
      continue;
    bool isFloat = function.getReturnType()->isFloatTy();
    for (llvm::User *user : llvm::make_early_inc_range(function.users())) {
      auto *call = llvm::cast<llvm::CallInst>(user);
      // Where an approximation will do there is an instruction (ex2.approx).
      if (isFloat && call->hasApproxFunc() &&
          function.getIntrinsicID() == llvm::Intrinsic::exp2)
        continue;
      llvm::FunctionCallee callee = module.getOrInsertFunction(
          (name + (isFloat ? "f" : "")).str(), function.getFunctionType());
      call->setCalledFunction(callee);
    }
    if (function.use_empty())
      function.eraseFromParent();
  }
}

Status tenon::linkDeviceLibrary(llvm::Module &module) {
  callLibrary(module);
  llvm::SmallVector<llvm::Function *> called;
  for (llvm::Function &function : module)
    if (function.isDeclaration() && !function.isIntrinsic())
      called.push_back(&function);
  if (called.empty())
    return success();
  std::filesystem::path file = findLibrary();
  if (file.empty())
    return Error{"'" + called.front()->getName().str() +
                 "' on a GPU needs libdevice of the CUDA toolkit, which is not "
                 "in $CUDA_HOME nor in /usr/local/cuda"};
  llvm::SMDiagnostic diagnostic;
  std::unique_ptr<llvm::Module> library =
      llvm::parseIRFile(file.string(), diagnostic, module.getContext());
  if (!library)
    return Error{file.string() + ": " + diagnostic.getMessage().str()};
  for (llvm::Function *function : called) {
    std::string name = deviceName(function->getName());
    if (!library->getFunction(name))
      return Error{"'" + function->getName().str() + "' has no form for a GPU"};
    function->setName(name);
  }
  library->setTargetTriple(module.getTargetTriple());
  library->setDataLayout(module.getDataLayout());
  llvm::SmallVector<llvm::Function *> own;
  llvm::SmallVector<llvm::GlobalVariable *> ownTables;
  for (llvm::GlobalVariable &table : module.globals())
    ownTables.push_back(&table);
  for (llvm::Function &function : module)
    if (!function.isDeclaration())
      own.push_back(&function);
  if (llvm::Linker::linkModules(module, std::move(library),
                                llvm::Linker::LinkOnlyNeeded))
    return Error{file.string() + ": cannot be linked"};
  // PTX knows no names of a file's own: those of several kernels that are
  // assembled together must differ.
  auto keepToKernel = [&](llvm::GlobalValue &value) {
    value.setLinkage(llvm::GlobalValue::InternalLinkage);
    value.setName(value.getName() + "_" + own.front()->getName());
  };
  for (llvm::Function &function : module)
    if (!function.isDeclaration() && !llvm::is_contained(own, &function))
      keepToKernel(function);
  for (llvm::GlobalVariable &table : module.globals())
    if (!table.isDeclaration() && !llvm::is_contained(ownTables, &table))
      keepToKernel(table);
  return success();
}
