//===- RaiseNorm.cpp - Decomposed normalisations --------------------------===//

#include "Matching.h"

#include "tenon/Transforms/Passes.h"

namespace tenon {
#define GEN_PASS_DEF_RAISENORMPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

//===----------------------------------------------------------------------===//
// What is divided by a deviation
//===----------------------------------------------------------------------===//

namespace {
/// `numerator` / sqrt(`variance` + `epsilon`).
struct Quotient {
  Value numerator, variance;
  double epsilon;
};
} // namespace

static bool isOne(Value value) { return isUniform(value, 1); }

/// sqrt(a): a
static Value rootOperand(Value value) {
  if (Value operand = operandOf<math::SqrtOp>(value))
    return operand;
  if (auto power = value.getDefiningOp<math::PowFOp>())
    return isUniform(power.getRhs(), 0.5) ? power.getLhs() : Value();
  return {};
}

/// 1/sqrt(a): a
static Value inverseRootOperand(Value value) {
  if (Value operand = operandOf<math::RsqrtOp>(value))
    return operand;
  if (auto quotient = value.getDefiningOp<arith::DivFOp>())
    return isOne(quotient.getLhs())
               ? rootOperand(withoutBroadcast(quotient.getRhs()))
               : Value();
  if (auto power = value.getDefiningOp<math::PowFOp>())
    return isUniform(power.getRhs(), -0.5) ? power.getLhs() : Value();
  return {};
}

/// The quotients as which `value` can be read.
static SmallVector<Quotient, 2> matchQuotients(Value value) {
  SmallVector<std::pair<Value, Value>, 2> candidates;
  if (auto quotient = value.getDefiningOp<arith::DivFOp>())
    candidates.push_back(
        {quotient.getLhs(), rootOperand(withoutBroadcast(quotient.getRhs()))});
  for (auto [one, other] : bothOrders<arith::MulFOp>(value))
    candidates.push_back({one, inverseRootOperand(withoutBroadcast(other))});
  SmallVector<Quotient, 2> quotients;
  for (auto [numerator, sum] : candidates)
    if (sum)
      for (auto [variance, epsilon] :
           bothOrders<arith::AddFOp>(withoutBroadcast(sum)))
        if (std::optional<double> number = uniformValue(epsilon))
          quotients.push_back({numerator, variance, *number});
  return quotients;
}

/// mean(x^2) over the trailing axes from `axis` on.
static std::optional<int64_t> meanSquareAxis(Value value, Value x) {
  std::optional<RowMean> mean = matchRowMean(value);
  if (!mean || squaredOperand(mean->input) != x)
    return std::nullopt;
  int64_t rank = shapeOf(x).size();
  int64_t first = rank - mean->axes.size();
  for (auto [i, axis] : llvm::enumerate(mean->axes))
    if (axis != first + static_cast<int64_t>(i))
      return std::nullopt;
  return first;
}

/// x - mean(x) over the trailing axes from `axis` on: x
static Value centredOperand(Value value, int64_t axis) {
  auto difference = value.getDefiningOp<arith::SubFOp>();
  if (!difference)
    return {};
  std::optional<RowMean> mean = matchRowMean(difference.getRhs());
  if (!mean || mean->input != difference.getLhs() ||
      mean->axes.size() != shapeOf(value).size() - axis ||
      mean->axes.front() != axis)
    return {};
  return difference.getLhs();
}

/// d / sqrt(mean(d^2) + epsilon) -> layer_norm(x) where d = x - mean(x), else
/// rms_norm(d)
static LogicalResult raiseQuotient(Operation *op, PatternRewriter &rewriter) {
  Value result = op->getResult(0);
  for (const Quotient &quotient : matchQuotients(result)) {
    Value d = quotient.numerator;
    std::optional<int64_t> axis = meanSquareAxis(quotient.variance, d);
    if (!axis)
      continue;
    auto epsilon = APFloat(quotient.epsilon);
    if (Value x = centredOperand(d, *axis)) {
      auto norm = LayerNormOp::create(rewriter, fusedLocation(result, x), x,
                                      Value(), Value(), *axis, epsilon);
      rewriter.replaceOp(op, norm.getResult());
    } else {
      rewriter.replaceOp(op,
                         RmsNormOp::create(rewriter, fusedLocation(result, d),
                                           d, Value(), *axis, epsilon));
    }
    return success();
  }
  return rewriter.notifyMatchFailure(
      op, "not divided by the root of its own mean square plus a constant");
}

namespace {
template <typename OpTy> struct RaiseQuotient : OpRewritePattern<OpTy> {
  using OpRewritePattern<OpTy>::OpRewritePattern;
  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    return raiseQuotient(op, rewriter);
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Scale and bias
//===----------------------------------------------------------------------===//

/// A parameter of the last axes, not more of them than are normalised.
static std::optional<Parameter> matchRowParameter(Value value, int64_t axis) {
  std::optional<Parameter> parameter = matchParameter(value);
  if (!parameter)
    return std::nullopt;
  ArrayRef<int64_t> shape = shapeOf(value);
  // A scalar stays one element of the last axis.
  if (parameter->shape.empty())
    parameter->shape.push_back(1);
  if (parameter->shape.size() > shape.size() - axis)
    return std::nullopt;
  return parameter;
}

/// Whether the norm has no scale yet, or one that does nothing.
static bool hasPlainScale(GroupNormOp norm) {
  return !norm.getScale() || isOne(norm.getScale());
}
/// Also that its channels stand where parameters are looked for.
static bool hasPlainBias(GroupNormOp norm) {
  return !norm.getChannelsLast() &&
         (!norm.getBias() || uniformValue(norm.getBias()) == 0.0);
}

namespace {
/// mulf(layer_norm(x), broadcast(s)) -> layer_norm(x) scale s
/// mulf(rms_norm(x), broadcast(w)) -> rms_norm(x) weight w
/// mulf(group_norm(x), broadcast(s)) -> group_norm(x) scale s
struct AbsorbScale : OpRewritePattern<arith::MulFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::MulFOp op,
                                PatternRewriter &rewriter) const override {
    for (auto [normed, scale] : bothOrders<arith::MulFOp>(op.getResult())) {
      Operation *norm = normed.getDefiningOp();
      if (!norm || !norm->hasOneUse())
        continue;
      Location loc = rewriter.getFusedLoc({norm->getLoc(), op.getLoc()});
      if (auto layer = dyn_cast<LayerNormOp>(norm)) {
        if (layer.getScale() || layer.getBias() || layer.getWithStatistics())
          continue;
        auto row = matchRowParameter(scale, layer.getAxis());
        if (!row)
          continue;
        rewriter.replaceOp(
            op, LayerNormOp::create(rewriter, loc, layer.getInput(),
                                    materialize(rewriter, loc, *row), Value(),
                                    layer.getAxis(), layer.getEpsilon())
                    .getResult());
        return success();
      }
      if (auto rms = dyn_cast<RmsNormOp>(norm)) {
        auto row = matchRowParameter(scale, rms.getAxis());
        if (rms.getWeight() || !row)
          continue;
        // The quotient was rounded before it was scaled.
        bool isShort = elementTypeOf(normed).getIntOrFloatBitWidth() < 32;
        rewriter.replaceOpWithNewOp<RmsNormOp>(
            op, rms.getInput(), materialize(rewriter, loc, *row), rms.getAxis(),
            rms.getEpsilon(), isShort ? RmsRounding::llama : RmsRounding::once);
        return success();
      }
      if (auto group = dyn_cast<GroupNormOp>(norm)) {
        auto channels = matchChannelParameter(scale);
        if (!hasPlainScale(group) || !hasPlainBias(group) || !channels)
          continue;
        rewriter.replaceOp(
            op,
            GroupNormOp::create(rewriter, loc, group.getInput(),
                                materialize(rewriter, loc, *channels), Value(),
                                group.getGroups(), group.getEpsilon()));
        return success();
      }
    }
    return rewriter.notifyMatchFailure(op, "no norm times a parameter of it");
  }
};

/// addf(layer_norm(x) scale s, broadcast(b)) -> layer_norm(x) scale s bias b,
/// and the same of group_norm
struct AbsorbBias : OpRewritePattern<arith::AddFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::AddFOp op,
                                PatternRewriter &rewriter) const override {
    for (auto [normed, bias] : bothOrders<arith::AddFOp>(op.getResult())) {
      Operation *norm = normed.getDefiningOp();
      if (!norm || !norm->hasOneUse())
        continue;
      Location loc = rewriter.getFusedLoc({norm->getLoc(), op.getLoc()});
      if (auto layer = dyn_cast<LayerNormOp>(norm)) {
        auto row = matchRowParameter(bias, layer.getAxis());
        if (layer.getBias() || layer.getWithStatistics() || !row)
          continue;
        rewriter.replaceOp(
            op, LayerNormOp::create(rewriter, loc, layer.getInput(),
                                    layer.getScale(),
                                    materialize(rewriter, loc, *row),
                                    layer.getAxis(), layer.getEpsilon())
                    .getResult());
        return success();
      }
      if (auto group = dyn_cast<GroupNormOp>(norm)) {
        auto channels = matchChannelParameter(bias);
        if (!hasPlainBias(group) || !channels)
          continue;
        rewriter.replaceOp(
            op, GroupNormOp::create(rewriter, loc, group.getInput(),
                                    group.getScale(),
                                    materialize(rewriter, loc, *channels),
                                    group.getGroups(), group.getEpsilon()));
        return success();
      }
    }
    return rewriter.notifyMatchFailure(op, "no norm plus a parameter of it");
  }
};

//===----------------------------------------------------------------------===//
// Norms of another view or another type
//===----------------------------------------------------------------------===//

/// reshape(instance_norm(reshape(x))) -> group_norm(x)
///
///   %r = reshape %x : [N, C, H, W] to [N, G, C / G * H * W]
///   %n = group_norm %r groups G
///   %y = reshape %n : ... to [N, C, H, W]
struct RaiseGroupNorm : OpRewritePattern<ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ReshapeOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getInput().getDefiningOp<GroupNormOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "no norm is reshaped");
    auto split = inner.getInput().getDefiningOp<ReshapeOp>();
    if (!split || split.getInput().getType() != op.getType())
      return rewriter.notifyMatchFailure(op, "the shape does not come back");
    ArrayRef<int64_t> shape = op.getType().getShape();
    ArrayRef<int64_t> groups = shapeOf(split);
    if (!op.getType().hasStaticShape() || shape.size() < 2 ||
        groups[0] != shape[0] || groups[1] == 0 || shape[1] % groups[1] != 0 ||
        static_cast<int64_t>(inner.getGroups()) != groups[1])
      return rewriter.notifyMatchFailure(op, "axis 1 is no axis of groups");
    if (!inner->hasOneUse())
      return rewriter.notifyMatchFailure(op, "the inner norm is used too");
    if (!hasPlainScale(inner) || !hasPlainBias(inner))
      return rewriter.notifyMatchFailure(op, "each group has its own scale");
    Location loc =
        rewriter.getFusedLoc({split.getLoc(), inner.getLoc(), op.getLoc()});
    rewriter.replaceOp(op, GroupNormOp::create(rewriter, loc, split.getInput(),
                                               Value(), Value(), groups[1],
                                               inner.getEpsilon()));
    return success();
  }
};

/// truncation(rms_norm(extension(x))) -> rms_norm(x): the op computes in f32
/// and rounds once itself
struct NarrowRmsNorm : OpRewritePattern<CastOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(CastOp op,
                                PatternRewriter &rewriter) const override {
    auto norm = op.getInput().getDefiningOp<RmsNormOp>();
    if (!norm || norm.getWeight() || !norm->hasOneUse())
      return rewriter.notifyMatchFailure(op, "no plain rms_norm is cast");
    auto extension = norm.getInput().getDefiningOp<CastOp>();
    if (!extension || extension.getInput().getType() != op.getType() ||
        !elementTypeOf(norm).isF32() ||
        !isa<Float16Type, BFloat16Type>(elementTypeOf(op)))
      return rewriter.notifyMatchFailure(op, "the type does not come back");
    Location loc =
        rewriter.getFusedLoc({extension.getLoc(), norm.getLoc(), op.getLoc()});
    rewriter.replaceOp(
        op, RmsNormOp::create(rewriter, loc, extension.getInput(), Value(),
                              norm.getAxis(), norm.getEpsilon()));
    return success();
  }
};

struct RaiseNorm : ::tenon::impl::RaiseNormPassBase<RaiseNorm> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<RaiseQuotient<arith::DivFOp>, RaiseQuotient<arith::MulFOp>,
                 AbsorbScale, AbsorbBias, RaiseGroupNorm, NarrowRmsNorm>(
        &getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
