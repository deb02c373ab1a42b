//===- SplitRange.cpp - Let a kernel do a part of its loop ----------------===//

#include "tenon/Codegen/KernelLoops.h"
#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace tenon {
#define GEN_PASS_DEF_SPLITRANGEPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;

namespace {
struct SplitRange : ::tenon::impl::SplitRangePassBase<SplitRange> {
  void runOnOperation() override {
    func::FuncOp kernel = getOperation();
    if (!kernel->hasAttr("tenon.kernel") || kernel.isExternal())
      return;
    Block &entry = kernel.getBody().front();
    Type index = IndexType::get(&getContext());
    Value begin = entry.addArgument(index, kernel.getLoc());
    Value end = entry.addArgument(index, kernel.getLoc());
    kernel.setType(
        FunctionType::get(&getContext(), entry.getArgumentTypes(), {}));
    int64_t extent = 1;
    if (scf::ForallOp loop =
            ::tenon::findOnlyLoop(kernel, /*mayPrepare=*/true)) {
      auto b = ImplicitLocOpBuilder::atBlockBegin(kernel.getLoc(), &entry);
      extent = ::tenon::countIterations(loop);
      ::tenon::flatten(loop, begin, end, arith::ConstantIndexOp::create(b, 1));
    }
    kernel->setAttr("tenon.extent",
                    Builder(&getContext()).getI64IntegerAttr(extent));
  }
};
} // namespace
