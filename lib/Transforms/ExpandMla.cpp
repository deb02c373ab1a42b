//===- ExpandMla.cpp - Latent attention over keys and values --------------===//

#include "tenon/IR/Create.h"
#include "tenon/IR/TenonOps.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace tenon {
#define GEN_PASS_DEF_EXPANDMLAPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

/// Rows [B, T, size] in type `element`, the groups of their channels multiplied
/// by `scale` [B, T, groups], where there is one.
static Value createWidened(ImplicitLocOpBuilder &b, Value rows, Value scale,
                           Type element) {
  if (!scale)
    return createCast(b, rows, element);
  SmallVector<int64_t> shape(shapeOf(rows)), split(shapeOf(scale));
  split.push_back(shape.back() / split.back());
  Type f32 = b.getF32Type();
  Value numbers = createReshape(b, createCast(b, rows, f32), split);
  split.back() = 1;
  scale = createReshape(b, createCast(b, scale, f32), split);
  numbers = arith::MulFOp::create(
      b, numbers, BroadcastOp::create(b, numbers.getType(), scale));
  return createCast(b, createReshape(b, numbers, shape), element);
}

namespace {
struct ExpandLatents : OpRewritePattern<MlaOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(MlaOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getForm() == MlaForm::absorbed)
      return rewriter.notifyMatchFailure(op, "it is to be absorbed");
    if (!op.getType().hasStaticShape() ||
        ShapedType::isDynamicShape(shapeOf(op.getLatent())))
      return rewriter.notifyMatchFailure(op, "sizes are unknown");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    int64_t batch = shapeOf(op)[0], heads = op.getHeads(),
            keys = shapeOf(op.getLatent())[1], keySize = op.getKeySize(),
            valueSize = op.getValueSize(), ropeSize = op.getRopeSize();
    Type element = op.getType().getElementType();
    // Keys and values of each head side by side: [B, H, T, dn + dv].
    Value rows = LinearOp::create(
        b, createWidened(b, op.getLatent(), op.getLatentScale(), element),
        op.getWeight(), /*bias=*/Value());
    rows = createReshape(b, rows, {batch, keys, heads, keySize + valueSize});
    rows = TransposeOp::create(b, rows, ArrayRef<int64_t>{0, 2, 1, 3});
    auto columns = [&](int64_t start, int64_t size) -> Value {
      return SliceOp::create(b, rows, ArrayRef<int64_t>{0, 0, 0, start},
                             ArrayRef<int64_t>{batch, heads, keys, size},
                             ArrayRef<int64_t>{1, 1, 1, 1});
    };
    Value turned = createReshape(
        b, createWidened(b, op.getKeyRope(), op.getKeyRopeScale(), element),
        {batch, 1, keys, ropeSize});
    turned = BroadcastOp::create(
        b, RankedTensorType::get({batch, heads, keys, ropeSize}, element),
        turned);
    Value key = ConcatOp::create(b, ValueRange{columns(0, keySize), turned}, 3);
    Value query =
        ConcatOp::create(b, ValueRange{op.getQuery(), op.getQueryRope()}, 3);
    Value result =
        AttentionOp::create(
            b, op.getType(), Type(), query, key, columns(keySize, valueSize),
            op.getMask(), /*past_key=*/Value(), /*past_value=*/Value(),
            op.getValidLengths(), /*key_scale=*/Value(),
            /*value_scale=*/Value(), heads, heads,
            b.getF64FloatAttr(op.getScaleValue()), op.getCausal(),
            /*window=*/IntegerAttr(), /*softcap=*/FloatAttr(),
            /*scores=*/ScoresKindAttr(), /*splits=*/IntegerAttr())
            .getResult();
    rewriter.replaceOp(op, result);
    return success();
  }
};

struct ExpandMla : ::tenon::impl::ExpandMlaPassBase<ExpandMla> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<ExpandLatents>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
