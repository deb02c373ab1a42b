//===- AbsorbMla.cpp - Latent attention among the latents themselves ------===//

#include "tenon/IR/Create.h"
#include "tenon/IR/TenonOps.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace tenon {
#define GEN_PASS_DEF_ABSORBMLAPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

/// Elements [start, start + size) along `axis`.
static Value createPart(ImplicitLocOpBuilder &b, Value tensor, int64_t axis,
                        int64_t start, int64_t size) {
  SmallVector<int64_t> starts(shapeOf(tensor).size(), 0),
      sizes(shapeOf(tensor)), steps(starts.size(), 1);
  starts[axis] = start;
  sizes[axis] = size;
  return SliceOp::create(b, tensor, starts, sizes, steps);
}

/// The tensor of which `first` and `second` are the first and last columns, or
/// a new one.
static Value joinColumns(ImplicitLocOpBuilder &b, Value first, Value second) {
  auto left = first.getDefiningOp<SliceOp>(),
       right = second.getDefiningOp<SliceOp>();
  int64_t rank = shapeOf(first).size(), split = shapeOf(first).back();
  if (left && right && left.getInput() == right.getInput()) {
    auto isAll = [&](SliceOp slice, int64_t start) {
      ArrayRef<int64_t> whole = shapeOf(slice.getInput());
      return llvm::all_of(slice.getSteps(), [](int64_t s) { return s == 1; }) &&
             shapeOf(slice.getResult()).drop_back() == whole.drop_back() &&
             slice.getStarts().back() == start;
    };
    Value whole = left.getInput();
    if (isAll(left, 0) && isAll(right, split) &&
        shapeOf(whole).back() == split + shapeOf(second).back())
      return whole;
  }
  return ConcatOp::create(b, ValueRange{first, second}, rank - 1);
}

namespace {
struct AbsorbWeight : OpRewritePattern<MlaOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(MlaOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getForm() == MlaForm::expanded)
      return rewriter.notifyMatchFailure(op, "it is to be expanded");
    if (!op.getType().hasStaticShape() ||
        ShapedType::isDynamicShape(shapeOf(op.getLatent())))
      return rewriter.notifyMatchFailure(op, "sizes are unknown");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    int64_t batch = shapeOf(op)[0], heads = op.getHeads(),
            keys = shapeOf(op.getLatent())[1],
            rank = shapeOf(op.getLatent())[2], ropeSize = op.getRopeSize();
    Value weight = createReshape(
        b, op.getWeight(), {heads, op.getKeySize() + op.getValueSize(), rank});
    Value keyRows = createPart(b, weight, 1, 0, op.getKeySize());
    Value valueRows =
        createPart(b, weight, 1, op.getKeySize(), op.getValueSize());

    Value query = MatmulOp::create(b, op.getQuery(), keyRows,
                                   /*transpose_lhs=*/false,
                                   /*transpose_rhs=*/false);
    query = joinColumns(b, query, op.getQueryRope());
    Value key =
        createReshape(b, joinColumns(b, op.getLatent(), op.getKeyRope()),
                      {batch, 1, keys, rank + ropeSize});
    // Of the key, so that both are read where a cache holds them.
    Value value = createPart(b, key, 3, 0, rank);
    Value keyScale, valueScale;
    if (op.getLatentScale()) {
      keyScale = joinColumns(b, op.getLatentScale(), op.getKeyRopeScale());
      keyScale = createReshape(b, keyScale,
                               {batch, 1, keys, shapeOf(keyScale).back()});
      valueScale =
          createPart(b, keyScale, 3, 0, shapeOf(op.getLatentScale()).back());
    }
    Value mean =
        AttentionOp::create(
            b,
            RankedTensorType::get({batch, heads, shapeOf(op)[2], rank},
                                  op.getType().getElementType()),
            Type(), query, key, value, op.getMask(), /*past_key=*/Value(),
            /*past_value=*/Value(), op.getValidLengths(), keyScale, valueScale,
            heads,
            /*num_kv_heads=*/1, b.getF64FloatAttr(op.getScaleValue()),
            op.getCausal(), /*window=*/IntegerAttr(), /*softcap=*/FloatAttr(),
            /*scores=*/ScoresKindAttr(), /*splits=*/IntegerAttr())
            .getResult();
    rewriter.replaceOpWithNewOp<MatmulOp>(op, mean, valueRows,
                                          /*transpose_lhs=*/false,
                                          /*transpose_rhs=*/true);
    return success();
  }
};

struct AbsorbMla : ::tenon::impl::AbsorbMlaPassBase<AbsorbMla> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<AbsorbWeight>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
