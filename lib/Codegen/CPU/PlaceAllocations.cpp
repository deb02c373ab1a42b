//===- PlaceAllocations.cpp - Where temporary buffers lie -----------------===//

#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace tenon {
#define GEN_PASS_DEF_PLACEALLOCATIONSPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;

static int64_t bytesOf(MemRefType type) {
  return type.getNumElements() *
         llvm::divideCeil(type.getElementTypeBitWidth(), 8);
}

namespace {
struct PlaceAllocations
    : ::tenon::impl::PlaceAllocationsPassBase<PlaceAllocations> {
  using Base::Base;

  void runOnOperation() override {
    func::FuncOp kernel = getOperation();
    if (kernel.isExternal())
      return;
    Block &entry = kernel.getBody().front();
    SmallVector<memref::AllocOp> allocations;
    kernel.walk([&](memref::AllocOp op) { allocations.push_back(op); });
    OpBuilder builder(&getContext());
    for (memref::AllocOp op : allocations) {
      if (!op.getType().hasStaticShape()) {
        builder.setInsertionPoint(op->getBlock()->getTerminator());
        memref::DeallocOp::create(builder, op.getLoc(), op);
      } else if (bytesOf(op.getType()) <= stackBytes) {
        builder.setInsertionPointToStart(&entry);
        auto stack = memref::AllocaOp::create(
            builder, op.getLoc(), op.getType(), builder.getI64IntegerAttr(64));
        op.replaceAllUsesWith(stack.getResult());
        op.erase();
      } else {
        op->moveBefore(&entry.front());
        op.setAlignment(64);
        builder.setInsertionPoint(entry.getTerminator());
        memref::DeallocOp::create(builder, op.getLoc(), op);
      }
    }
  }
};
} // namespace
