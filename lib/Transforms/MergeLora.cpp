//===- MergeLora.cpp - Adapters as part of the weight ---------------------===//

#include "Matching.h"

#include "tenon/IR/Create.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace tenon {
#define GEN_PASS_DEF_MERGELORAPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

/// W + s B A, rounded once; W itself, bit for bit, where s is 0.
static Value createMerged(ImplicitLocOpBuilder &b, LoraOp op) {
  Value weight = op.getWeight();
  auto type = cast<RankedTensorType>(weight.getType());
  Type element = type.getElementType(),
       wide = element.isF64() ? element : b.getF32Type();
  std::optional<double> known = uniformValue(op.getScale());
  if (known == 0.0)
    return weight;
  auto wideType = type.clone(wide);
  Value product = MatmulOp::create(
      b, createCast(b, op.getB(), wide), createCast(b, op.getA(), wide),
      /*transpose_lhs=*/false, /*transpose_rhs=*/false);
  Value scale =
      BroadcastOp::create(b, wideType, createCast(b, op.getScale(), wide));
  Value base = createCast(b, weight, wide);
  Value sum =
      arith::AddFOp::create(b, base, arith::MulFOp::create(b, product, scale));
  if (!known) {
    Value zero = arith::ConstantOp::create(
        b, DenseElementsAttr::get(wideType, b.getFloatAttr(wide, 0.0)));
    Value isOff =
        arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, scale, zero);
    sum = arith::SelectOp::create(b, isOff, base, sum);
  }
  return createCast(b, sum, element);
}

namespace {
struct MergeFactors : OpRewritePattern<LoraOp> {
  MergeFactors(MLIRContext *context, bool rounded)
      : OpRewritePattern(context), rounded(rounded) {}

  LogicalResult matchAndRewrite(LoraOp op,
                                PatternRewriter &rewriter) const override {
    for (Value known : {op.getWeight(), op.getA(), op.getB(), op.getScale()})
      if (!isKnownAtLoad(known) || ShapedType::isDynamicShape(shapeOf(known)))
        return rewriter.notifyMatchFailure(op, "it depends on inputs");
    if (!rounded && elementTypeOf(op.getWeight()).getIntOrFloatBitWidth() < 32)
      return rewriter.notifyMatchFailure(op, "rounding may eat the change");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    rewriter.replaceOpWithNewOp<LinearOp>(op, op.getInput(),
                                          createMerged(b, op), op.getBias());
    return success();
  }

  bool rounded;
};

struct MergeLora : ::tenon::impl::MergeLoraPassBase<MergeLora> {
  using MergeLoraPassBase::MergeLoraPassBase;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<MergeFactors>(&getContext(), rounded);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
