//===- QuantizeWeights.cpp - Linear weights in 8 or 4 bits ----------------===//

#include "WeightRounding.h"

#include "tenon/IR/Create.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace tenon {
#define GEN_PASS_DEF_QUANTIZEWEIGHTSPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

namespace {
struct QuantizeLinear : OpRewritePattern<LinearOp> {
  QuantizeLinear(MLIRContext *context, int64_t bits, int64_t group,
                 int64_t width)
      : OpRewritePattern(context), bits(bits), group(group), width(width) {}

  LogicalResult matchAndRewrite(LinearOp op,
                                PatternRewriter &rewriter) const override {
    if (std::optional<StringRef> reason = whyNotRounded(op, group, width))
      return rewriter.notifyMatchFailure(op, *reason);
    ArrayRef<int64_t> shape = shapeOf(op.getWeight());
    int64_t outputs = shape[0], inputs = shape[1],
            groups = group == 0 ? 1 : inputs / group;
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    RoundedWeight quantized =
        createRounding(b, createGroups(b, op.getWeight(), group), bits);
    auto integers = cast<RankedTensorType>(quantized.integers.getType());
    Value bytes =
        CastOp::create(b, integers.clone(b.getI8Type()), quantized.integers);
    bytes = createPanels(b, createReshape(b, bytes, {outputs, inputs}), width);
    if (bits == 4)
      bytes = createHalfBytes(b, bytes);
    auto perGroup = [&](Value value) -> Value {
      if (!value)
        return value;
      value = createReshape(b, value, {outputs, groups});
      return createPanels(b, value, width);
    };
    rewriter.replaceOpWithNewOp<QuantizedLinearOp>(
        op, op.getInput(), bytes, perGroup(quantized.scale),
        perGroup(quantized.offset), op.getBias(), bits);
    return success();
  }

  int64_t bits, group, width;
};

struct QuantizeWeights
    : ::tenon::impl::QuantizeWeightsPassBase<QuantizeWeights> {
  using Base::Base;

  void runOnOperation() override {
    if (bits != 8 && bits != 4) {
      getOperation()->emitError("bits ")
          << bits.getValue() << " are neither 8 nor 4";
      return signalPassFailure();
    }
    if (group < 0 || panel < 2 || panel % 2 != 0) {
      getOperation()->emitError("group ")
          << group.getValue() << " or panel " << panel.getValue()
          << " is no size of one";
      return signalPassFailure();
    }
    RewritePatternSet patterns(&getContext());
    patterns.add<QuantizeLinear>(&getContext(), bits, group, panel);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
