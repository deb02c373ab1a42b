//===- AddDeviceEntry.cpp - A kernel as the CUDA driver launches it -------===//

#include "AddressSpaces.h"

#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"

namespace tenon {
#define GEN_PASS_DEF_ADDDEVICEENTRYPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using ::tenon::sharedSpace;

/// Every buffer of the executor starts at a multiple of this.
static constexpr int64_t bufferAlignment = 64;

namespace {
struct AddDeviceEntry : ::tenon::impl::AddDeviceEntryPassBase<AddDeviceEntry> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    Builder b(&getContext());
    for (auto kernel : module.getOps<LLVM::LLVMFuncOp>()) {
      auto threads = kernel->getAttrOfType<IntegerAttr>("tenon.threads");
      if (!kernel->hasAttr("tenon.kernel") || !threads)
        continue;
      kernel.setLinkage(LLVM::Linkage::External);
      kernel.setVisibility(SymbolTable::Visibility::Public);
      kernel->setAttr(NVVM::NVVMDialect::getKernelFuncAttrName(),
                      b.getUnitAttr());
      kernel->setAttr(
          NVVM::NVVMDialect::getMaxntidAttrName(),
          b.getDenseI32ArrayAttr({static_cast<int32_t>(threads.getInt())}));
      // Without it ptxas spills a few registers for the sake of more blocks.
      kernel->setAttr(NVVM::NVVMDialect::getMinctasmAttrName(),
                      b.getI32IntegerAttr(1));
      for (unsigned index = 0; index < kernel.getNumArguments(); ++index) {
        // Buffers of one launch never overlap: the memory planner keeps them
        // apart.
        kernel.setArgAttr(index, LLVM::LLVMDialect::getNoAliasAttrName(),
                          b.getUnitAttr());
        kernel.setArgAttr(index, LLVM::LLVMDialect::getAlignAttrName(),
                          b.getI64IntegerAttr(bufferAlignment));
      }
    }
    // The launch says how much shared memory there is, which lets it exceed the
    // 48 KB of static memory.
    for (auto global : module.getOps<LLVM::GlobalOp>())
      if (global.getAddrSpace() == sharedSpace) {
        global.setGlobalType(
            LLVM::LLVMArrayType::get(IntegerType::get(&getContext(), 8), 0));
        global.setLinkage(LLVM::Linkage::External);
        global.removeValueAttr();
        global.getInitializerRegion().getBlocks().clear();
      }
  }
};
} // namespace
