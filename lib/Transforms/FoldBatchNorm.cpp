//===- FoldBatchNorm.cpp - Scales and shifts of channels into weights -----===//

#include "Matching.h"

#include "tenon/IR/Create.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace tenon {
#define GEN_PASS_DEF_FOLDBATCHNORMPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

/// The convolution that gives `value` to one user and whose weight may change;
/// null where there is none. A weight of 16 bits would be rounded once more.
static ConvOp foldableConv(Value value) {
  auto conv = value.getDefiningOp<ConvOp>();
  if (!conv || !conv->hasOneUse() ||
      !isa<Float32Type, Float64Type>(elementTypeOf(value)) ||
      !cast<ShapedType>(conv.getWeight().getType()).hasStaticShape() ||
      !isKnownAtLoad(conv.getWeight()) ||
      (conv.getBias() && !isKnownAtLoad(conv.getBias())))
    return nullptr;
  return conv;
}

/// Puts conv(x) scale + shift in the place of `op`; either, [outputs], may be
/// null.
static void fold(PatternRewriter &rewriter, Operation *op, ConvOp conv,
                 Value scale, Value shift) {
  ImplicitLocOpBuilder b(fusedLocation(op->getResult(0), conv.getResult()),
                         rewriter);
  Value weight = conv.getWeight(), bias = conv.getBias();
  if (scale) {
    SmallVector<int64_t> column(shapeOf(weight).size(), 1);
    column.front() = shapeOf(weight).front();
    Value factors = BroadcastOp::create(b, weight.getType(),
                                        createReshape(b, scale, column));
    weight = arith::MulFOp::create(b, weight, factors);
    if (bias)
      bias = arith::MulFOp::create(b, bias, scale);
  }
  if (shift)
    bias = bias ? arith::AddFOp::create(b, bias, shift).getResult() : shift;
  rewriter.replaceOpWithNewOp<ConvOp>(
      op, conv.getInput(), weight, bias, conv.getStrides(), conv.getDilations(),
      conv.getPadsBegin(), conv.getPadsEnd(), conv.getGroups());
}

namespace {
/// mulf(conv(x), s) -> conv(x) with weight s and addf(conv(x), b) -> conv(x)
/// with bias b, where s and b are parameters of the channels.
template <typename OpTy> struct FoldParameter : OpRewritePattern<OpTy> {
  using OpRewritePattern<OpTy>::OpRewritePattern;

  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    for (auto [convolved, other] : bothOrders<OpTy>(op.getResult())) {
      ConvOp conv = foldableConv(convolved);
      std::optional<Parameter> parameter =
          conv ? matchChannelParameter(other) : std::nullopt;
      if (!parameter)
        continue;
      Value value = materialize(rewriter, op.getLoc(), *parameter);
      bool isScale = std::is_same_v<OpTy, arith::MulFOp>;
      fold(rewriter, op, conv, isScale ? value : Value(),
           isScale ? Value() : value);
      return success();
    }
    return rewriter.notifyMatchFailure(
        op, "no convolution and a parameter of its channels");
  }
};

struct FoldNorm : OpRewritePattern<BatchNormOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(BatchNormOp op,
                                PatternRewriter &rewriter) const override {
    ConvOp conv = foldableConv(op.getInput());
    if (!conv)
      return rewriter.notifyMatchFailure(op, "no convolution is normalised");
    auto type = cast<RankedTensorType>(op.getVariance().getType());
    if (!llvm::all_of(op->getOperands().drop_front(), isKnownAtLoad) ||
        !type.hasStaticShape())
      return rewriter.notifyMatchFailure(op, "parameters depend on inputs");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    auto epsilon = FloatAttr::get(type.getElementType(),
                                  op.getEpsilon().convertToDouble());
    Value shifted = arith::AddFOp::create(
        b, op.getVariance(),
        arith::ConstantOp::create(
            b, DenseElementsAttr::get(type, Attribute(epsilon))));
    Value scale = arith::DivFOp::create(b, op.getScale(),
                                        math::SqrtOp::create(b, shifted));
    Value mean = arith::MulFOp::create(b, op.getMean(), scale);
    Value shift = arith::SubFOp::create(b, op.getBias(), mean);
    fold(rewriter, op, conv, scale, shift);
    return success();
  }
};

struct FoldBatchNorm : ::tenon::impl::FoldBatchNormPassBase<FoldBatchNorm> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<FoldParameter<arith::MulFOp>, FoldParameter<arith::AddFOp>,
                 FoldNorm>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
