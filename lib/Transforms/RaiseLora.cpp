//===- RaiseLora.cpp - Thin products beside a linear layer ----------------===//

#include "AttentionParts.h"
#include "Matching.h"

#include "tenon/Transforms/Passes.h"

namespace tenon {
#define GEN_PASS_DEF_RAISELORAPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

/// A linear layer without bias that nothing else uses, and whose weight is
/// known at load.
static LinearOp matchFactor(Value value) {
  auto linear = value.getDefiningOp<LinearOp>();
  if (!linear || linear.getBias() || !linear->hasOneUse() ||
      !isKnownAtLoad(linear.getWeight()))
    return {};
  return linear;
}

namespace {
/// addf(linear(x, W, b), s linear(linear(x, A), B)) -> lora(x, W, A, B, s, b)
struct RaiseFactors : OpRewritePattern<arith::AddFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::AddFOp op,
                                PatternRewriter &rewriter) const override {
    for (auto [sum, other] : bothOrders<arith::AddFOp>(op.getResult())) {
      auto base = sum.getDefiningOp<LinearOp>();
      if (!base || !base->hasOneUse() || !isKnownAtLoad(base.getWeight()))
        continue;
      double scale = 1;
      if (!other.hasOneUse())
        continue;
      takeScale(other, scale);
      LinearOp second = matchFactor(other);
      if (!second)
        continue;
      Value between = second.getInput();
      takeScale(between, scale);
      LinearOp first = matchFactor(between);
      if (!first || first.getInput() != base.getInput())
        continue;
      ArrayRef<int64_t> weight = shapeOf(base.getWeight()),
                        factor = shapeOf(first.getWeight());
      if (ShapedType::isDynamicShape(weight) ||
          ShapedType::isDynamicShape(factor))
        return rewriter.notifyMatchFailure(op, "sizes are unknown");
      // As many products as the weight itself: no adapter.
      if (factor[0] * (weight[0] + weight[1]) > weight[0] * weight[1])
        return rewriter.notifyMatchFailure(op, "the factors are not thin");
      Location loc = rewriter.getFusedLoc(
          {base.getLoc(), first.getLoc(), second.getLoc(), op.getLoc()});
      Type element = cast<RankedTensorType>(base.getType()).getElementType(),
           scaleType = element.isF64() ? element : rewriter.getF32Type();
      Value factorOfAll = arith::ConstantOp::create(
          rewriter, loc,
          DenseElementsAttr::get(RankedTensorType::get({}, scaleType),
                                 rewriter.getFloatAttr(scaleType, scale)));
      rewriter.replaceOp(op, LoraOp::create(rewriter, loc, base.getInput(),
                                            base.getWeight(), first.getWeight(),
                                            second.getWeight(), factorOfAll,
                                            base.getBias()));
      return success();
    }
    return rewriter.notifyMatchFailure(op, "no thin products beside a layer");
  }
};

struct RaiseLora : ::tenon::impl::RaiseLoraPassBase<RaiseLora> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<RaiseFactors>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
