//===- KernelLinker.cpp - Objects to callable kernels ---------------------===//

#include "tenon/JIT/KernelLinker.h"

#include "llvm/ExecutionEngine/Orc/AbsoluteSymbols.h"
#include "llvm/ExecutionEngine/Orc/ExecutionUtils.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Support/TargetSelect.h"

#include <mutex>

using namespace tenon;

static Error toError(llvm::Error error) {
  return Error{"JIT: " + llvm::toString(std::move(error))};
}

Result<LinkedKernels> tenon::linkKernels(std::span<const std::string> objects,
                                         std::span<const std::string> names,
                                         std::span<const KnownSymbol> known) {
  static std::once_flag initialized;
  std::call_once(initialized, [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
  });
  llvm::Expected<std::unique_ptr<llvm::orc::LLJIT>> jit =
      llvm::orc::LLJITBuilder().create();
  if (!jit)
    return toError(jit.takeError());
  auto process = llvm::orc::DynamicLibrarySearchGenerator::GetForCurrentProcess(
      (*jit)->getDataLayout().getGlobalPrefix());
  if (!process)
    return toError(process.takeError());
  (*jit)->getMainJITDylib().addGenerator(std::move(*process));
  llvm::orc::SymbolMap symbols;
  for (const KnownSymbol &symbol : known)
    symbols[(*jit)->mangleAndIntern(symbol.name)] = {
        llvm::orc::ExecutorAddr::fromPtr(symbol.address),
        llvm::JITSymbolFlags::Exported};
  if (!symbols.empty())
    if (llvm::Error error = (*jit)->getMainJITDylib().define(
            llvm::orc::absoluteSymbols(std::move(symbols))))
      return toError(std::move(error));
  for (const std::string &object : objects)
    if (llvm::Error error =
            (*jit)->addObjectFile(llvm::MemoryBuffer::getMemBufferCopy(object)))
      return toError(std::move(error));
  LinkedKernels linked;
  for (const std::string &name : names) {
    llvm::Expected<llvm::orc::ExecutorAddr> address = (*jit)->lookup(name);
    if (!address)
      return toError(address.takeError());
    linked.functions.push_back(address->toPtr<KernelFunction>());
  }
  linked.code = std::shared_ptr<llvm::orc::LLJIT>(std::move(*jit));
  return linked;
}
