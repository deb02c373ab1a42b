//===- Machine.cpp - Code of a processor ----------------------------------===//

#include "tenon/Codegen/Machine.h"

#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Target/TargetOptions.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/SubtargetFeature.h"

#include <mutex>

using namespace tenon;

Machine tenon::hostMachine() {
  llvm::SubtargetFeatures features;
  llvm::StringMap<bool> host = llvm::sys::getHostCPUFeatures();
  llvm::SmallVector<llvm::StringRef> names(host.keys());
  llvm::sort(names);
  for (llvm::StringRef name : names)
    features.AddFeature(name, host[name]);
  return {llvm::sys::getDefaultTargetTriple(),
          llvm::sys::getHostCPUName().str(), features.getString()};
}

Result<std::unique_ptr<llvm::TargetMachine>>
tenon::createTargetMachine(const Machine &target) {
  static std::once_flag initialized;
  std::call_once(initialized, [] {
    llvm::InitializeAllTargetInfos();
    llvm::InitializeAllTargets();
    llvm::InitializeAllTargetMCs();
    llvm::InitializeAllAsmPrinters();
    llvm::InitializeAllAsmParsers();
  });
  std::string message;
  llvm::Triple triple(target.triple);
  const llvm::Target *description =
      llvm::TargetRegistry::lookupTarget(triple, message);
  if (!description)
    return Error{"no code generator for '" + target.triple + "': " + message};
  llvm::TargetOptions options;
  std::unique_ptr<llvm::TargetMachine> machine(description->createTargetMachine(
      triple, target.cpu, target.features, options, llvm::Reloc::PIC_,
      std::nullopt, llvm::CodeGenOptLevel::Default));
  if (!machine)
    return Error{"no target machine for '" + target.triple + "'"};
  return machine;
}

Result<std::string> tenon::emit(llvm::Module &module,
                                llvm::TargetMachine &machine, EmitKind kind) {
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream stream(bytes);
  llvm::legacy::PassManager manager;
  auto type = kind == EmitKind::Object ? llvm::CodeGenFileType::ObjectFile
                                       : llvm::CodeGenFileType::AssemblyFile;
  if (machine.addPassesToEmitFile(manager, stream, nullptr, type))
    return Error{"the target '" + machine.getTargetTriple().str() +
                 "' cannot emit code"};
  manager.run(module);
  return std::string(bytes.begin(), bytes.end());
}
