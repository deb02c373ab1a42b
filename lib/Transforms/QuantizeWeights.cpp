//===- QuantizeWeights.cpp - Linear weights in 8 or 4 bits ----------------===//

#include "Matching.h"

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
/// Integers [outputs, groups, group] in f32, and the scale and offset
/// [outputs, groups] of each group; no offset where it is zero.
struct QuantizedWeight {
  Value integers, scale, offset;
};
} // namespace

static Value uniform(ImplicitLocOpBuilder &b, Value like, double value) {
  auto type = cast<RankedTensorType>(like.getType());
  return arith::ConstantOp::create(
      b, DenseElementsAttr::get(
             type, Attribute(b.getFloatAttr(type.getElementType(), value))));
}

static Value along(ImplicitLocOpBuilder &b, Value perGroup, Value like) {
  return BroadcastOp::create(b, like.getType(), perGroup);
}

/// The largest or smallest of each group, [outputs, groups, 1].
static Value extreme(ImplicitLocOpBuilder &b, ReductionKind kind, Value rows) {
  return ReduceOp::create(b, kind, rows, ArrayRef<int64_t>{2},
                          /*keep_dims=*/true, /*unsigned_elements=*/false);
}

/// x / scale to the nearest integer; a scale of 0 stands for a group of zeros.
static Value steps(ImplicitLocOpBuilder &b, Value x, Value scale) {
  Value isZero = arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, scale,
                                       uniform(b, scale, 0.0));
  Value divisor =
      arith::SelectOp::create(b, isZero, uniform(b, scale, 1.0), scale);
  if (x.getType() != scale.getType())
    divisor = along(b, divisor, x);
  return math::RoundEvenOp::create(b, arith::DivFOp::create(b, x, divisor));
}

/// q from -127 to 127, scale = largest magnitude / 127.
static QuantizedWeight toBytes(ImplicitLocOpBuilder &b, Value rows) {
  Value largest = extreme(b, ReductionKind::max, math::AbsFOp::create(b, rows));
  Value scale = arith::DivFOp::create(b, largest, uniform(b, largest, 127.0));
  return {steps(b, rows, scale), scale, {}};
}

/// q from 0 to 15, scale = (largest - smallest) / 15 where both are taken past
/// zero, which is a step then: offset = the step of zero * scale.
static QuantizedWeight toHalfBytes(ImplicitLocOpBuilder &b, Value rows) {
  Value largest = extreme(b, ReductionKind::max, rows),
        smallest = extreme(b, ReductionKind::min, rows);
  Value zero = uniform(b, largest, 0.0);
  largest = arith::MaximumFOp::create(b, largest, zero);
  smallest = arith::MinimumFOp::create(b, smallest, zero);
  Value range = arith::SubFOp::create(b, largest, smallest);
  Value scale = arith::DivFOp::create(b, range, uniform(b, range, 15.0));
  Value first = steps(b, arith::NegFOp::create(b, smallest), scale);
  Value integers =
      arith::AddFOp::create(b, steps(b, rows, scale), along(b, first, rows));
  integers = arith::MinimumFOp::create(
      b, arith::MaximumFOp::create(b, integers, uniform(b, rows, 0.0)),
      uniform(b, rows, 15.0));
  return {integers, scale, arith::MulFOp::create(b, first, scale)};
}

namespace {
struct QuantizeLinear : OpRewritePattern<LinearOp> {
  QuantizeLinear(MLIRContext *context, int64_t bits, int64_t group,
                 int64_t width)
      : OpRewritePattern(context), bits(bits), group(group), width(width) {}

  LogicalResult matchAndRewrite(LinearOp op,
                                PatternRewriter &rewriter) const override {
    Value weight = op.getWeight();
    auto type = cast<RankedTensorType>(weight.getType());
    if (!type.hasStaticShape() || !isKnownAtLoad(weight))
      return rewriter.notifyMatchFailure(op, "the weight depends on inputs");
    if (type.getElementType().isF64())
      return rewriter.notifyMatchFailure(op, "sums in f64");
    int64_t outputs = type.getDimSize(0), inputs = type.getDimSize(1);
    int64_t own = group == 0 ? inputs : group;
    if (outputs == 0 || outputs % width != 0)
      return rewriter.notifyMatchFailure(op, "outputs do not fill panels");
    if (inputs == 0 || inputs % own != 0)
      return rewriter.notifyMatchFailure(op, "inputs do not fill groups");

    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    if (!type.getElementType().isF32())
      weight = CastOp::create(b, type.clone(b.getF32Type()), weight);
    Value rows = createReshape(b, weight, {outputs, inputs / own, own});
    QuantizedWeight quantized =
        bits == 8 ? toBytes(b, rows) : toHalfBytes(b, rows);
    auto integers = cast<RankedTensorType>(quantized.integers.getType());
    Value bytes =
        CastOp::create(b, integers.clone(b.getI8Type()), quantized.integers);
    bytes = createPanels(b, createReshape(b, bytes, {outputs, inputs}), width);
    if (bits == 4)
      bytes = createHalfBytes(b, bytes);
    auto perGroup = [&](Value value) -> Value {
      if (!value)
        return value;
      value = createReshape(b, value, {outputs, inputs / own});
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
