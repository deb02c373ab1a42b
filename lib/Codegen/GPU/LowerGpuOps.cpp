//===- LowerGpuOps.cpp - Threads, barriers and lanes as NVVM ops ----------===//

#include "tenon/Codegen/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"

namespace tenon {
#define GEN_PASS_DEF_LOWERGPUOPSPASS
#include "tenon/Codegen/Passes.h.inc"
} // namespace tenon

using namespace mlir;

namespace {
/// The number of a thread or block along x, the only axis that Tenon uses.
template <typename GpuOp, typename Register>
struct LowerNumber : OpRewritePattern<GpuOp> {
  using OpRewritePattern<GpuOp>::OpRewritePattern;

  LogicalResult matchAndRewrite(GpuOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getDimension() != gpu::Dimension::x)
      return rewriter.notifyMatchFailure(op, "is not along x");
    Value number = Register::create(rewriter, op.getLoc(),
                                    rewriter.getI32Type(), /*range=*/nullptr);
    rewriter.replaceOpWithNewOp<arith::IndexCastUIOp>(
        op, rewriter.getIndexType(), number);
    return success();
  }
};

struct LowerBarrier : OpRewritePattern<gpu::BarrierOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(gpu::BarrierOp op,
                                PatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<NVVM::Barrier0Op>(op);
    return success();
  }
};

/// An exchange within a whole warp.
struct LowerShuffle : OpRewritePattern<gpu::ShuffleOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(gpu::ShuffleOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getMode() != gpu::ShuffleMode::XOR || !op.getValid().use_empty())
      return rewriter.notifyMatchFailure(op, "is not between lanes in pairs");
    auto constant = [&](int32_t value) -> Value {
      return arith::ConstantOp::create(rewriter, op.getLoc(),
                                       rewriter.getI32IntegerAttr(value));
    };
    Value taken = NVVM::ShflOp::create(
        rewriter, op.getLoc(), op.getValue().getType(), constant(-1),
        op.getValue(), op.getOffset(), constant(31), NVVM::ShflKind::bfly,
        /*return_value_and_is_valid=*/nullptr);
    rewriter.replaceAllUsesWith(op.getShuffleResult(), taken);
    rewriter.eraseOp(op);
    return success();
  }
};

struct LowerGpuOps : ::tenon::impl::LowerGpuOpsPassBase<LowerGpuOps> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<LowerNumber<gpu::ThreadIdOp, NVVM::ThreadIdXOp>,
                 LowerNumber<gpu::BlockIdOp, NVVM::BlockIdXOp>,
                 LowerNumber<gpu::GridDimOp, NVVM::GridDimXOp>, LowerBarrier,
                 LowerShuffle>(&getContext());
    walkAndApplyPatterns(getOperation(), std::move(patterns));
  }
};
} // namespace
