//===- AddEntryPoint.cpp - The C interface of a kernel --------------------===//

#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

namespace tenon {
#define GEN_PASS_DEF_ADDENTRYPOINTPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;

/// `@name(ptr buffers, i64 begin, i64 end)` that loads the pointers and calls
/// `body`.
static void addEntry(LLVM::LLVMFuncOp body, StringRef name) {
  OpBuilder builder(body->getContext());
  builder.setInsertionPointAfter(body);
  Location loc = body.getLoc();
  Type pointer = LLVM::LLVMPointerType::get(body->getContext());
  Type i64 = builder.getI64Type();
  auto type = LLVM::LLVMFunctionType::get(
      LLVM::LLVMVoidType::get(body->getContext()), {pointer, i64, i64});
  auto entry = LLVM::LLVMFuncOp::create(builder, loc, name, type);
  Block *block = entry.addEntryBlock(builder);
  builder.setInsertionPointToStart(block);
  SmallVector<Value> operands;
  unsigned buffers = body.getNumArguments() - 2;
  for (unsigned index = 0; index < buffers; ++index) {
    Value slot = LLVM::GEPOp::create(
        builder, loc, pointer, pointer, block->getArgument(0),
        ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(index)});
    operands.push_back(LLVM::LoadOp::create(builder, loc, pointer, slot));
  }
  operands.push_back(block->getArgument(1));
  operands.push_back(block->getArgument(2));
  LLVM::CallOp::create(builder, loc, body, operands);
  LLVM::ReturnOp::create(builder, loc, ValueRange());
}

namespace {
struct AddEntryPoint : ::tenon::impl::AddEntryPointPassBase<AddEntryPoint> {
  void runOnOperation() override {
    for (auto body :
         llvm::to_vector(getOperation().getOps<LLVM::LLVMFuncOp>())) {
      if (!body->hasAttr("tenon.kernel"))
        continue;
      std::string name = body.getName().str();
      body.setName(name + ".body");
      body.setLinkage(LLVM::Linkage::Internal);
      // Buffers of one call never overlap: the memory planner keeps them apart.
      for (unsigned index = 0; index + 2 < body.getNumArguments(); ++index)
        body.setArgAttr(index, LLVM::LLVMDialect::getNoAliasAttrName(),
                        UnitAttr::get(&getContext()));
      addEntry(body, name);
    }
  }
};
} // namespace
