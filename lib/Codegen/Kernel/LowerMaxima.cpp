//===- LowerMaxima.cpp - Maxima and minima as LLVM's own ------------------===//

#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace tenon {
#define GEN_PASS_DEF_LOWERMAXIMAPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;

namespace {
template <typename Source, typename Target>
struct UseIntrinsic : OpRewritePattern<Source> {
  using OpRewritePattern<Source>::OpRewritePattern;

  LogicalResult matchAndRewrite(Source op,
                                PatternRewriter &rewriter) const override {
    if (!isa<Float32Type, Float64Type>(getElementTypeOrSelf(op.getType())) ||
        !LLVM::isCompatibleType(op.getType()))
      return rewriter.notifyMatchFailure(op, "LLVM has no such type");
    rewriter.replaceOpWithNewOp<Target>(op, op.getType(), op.getLhs(),
                                        op.getRhs(), LLVM::FastmathFlags::nsz);
    return success();
  }
};

struct LowerMaxima : ::tenon::impl::LowerMaximaPassBase<LowerMaxima> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<UseIntrinsic<arith::MaximumFOp, LLVM::MaximumOp>,
                 UseIntrinsic<arith::MinimumFOp, LLVM::MinimumOp>>(
        &getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
