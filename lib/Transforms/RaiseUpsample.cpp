//===- RaiseUpsample.cpp - Resizes that repeat pixels ---------------------===//

#include "tenon/IR/TenonOps.h"
#include "tenon/Transforms/Passes.h"

namespace tenon {
#define GEN_PASS_DEF_RAISEUPSAMPLEPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

namespace {
/// A coordinate as a fraction with a positive denominator.
struct Fraction {
  int64_t numerator, denominator;

  int64_t floor() const {
    return llvm::divideFloorSigned(numerator, denominator);
  }
  int64_t ceil() const {
    return llvm::divideCeilSigned(numerator, denominator);
  }
};
} // namespace

/// Where pixel `i` of the result lies in the input of an axis that grows by
/// `factor`; nothing for coordinates that depend on more than the factor.
static std::optional<Fraction> coordinateOf(CoordinateMode mode, int64_t i,
                                            int64_t factor) {
  switch (mode) {
  case CoordinateMode::half_pixel:
  case CoordinateMode::half_pixel_symmetric: // the sizes divide: no rest to
                                             // share between the ends
  case CoordinateMode::pytorch_half_pixel:   // differs for a result of size 1
    return Fraction{2 * i + 1 - factor, 2 * factor};
  case CoordinateMode::asymmetric:
    return Fraction{i, factor};
  case CoordinateMode::tf_half_pixel_for_nn:
    return Fraction{2 * i + 1, 2 * factor};
  default:
    return std::nullopt;
  }
}

static int64_t roundTo(NearestMode mode, Fraction x) {
  switch (mode) {
  case NearestMode::floor:
    return x.floor();
  case NearestMode::ceil:
    return x.ceil();
  case NearestMode::round_prefer_floor: // ceil(x - 1/2)
    return Fraction{2 * x.numerator - x.denominator, 2 * x.denominator}.ceil();
  case NearestMode::round_prefer_ceil: // floor(x + 1/2)
    return Fraction{2 * x.numerator + x.denominator, 2 * x.denominator}.floor();
  }
  return 0;
}

/// Whether result pixel i is input pixel i / factor along an axis of `size`.
/// The formula repeats every `factor` pixels; only clamping at the ends
/// differs.
static bool repeatsPixels(ResizeOp op, int64_t size, int64_t factor) {
  for (int64_t i = 0, e = std::min<int64_t>(size, 3) * factor; i < e; ++i) {
    auto x = coordinateOf(op.getCoordinates(), i, factor);
    if (!x)
      return false;
    int64_t pixel = roundTo(op.getNearest(), *x);
    if (std::clamp<int64_t>(pixel, 0, size - 1) != i / factor)
      return false;
  }
  return true;
}

namespace {
/// resize nearest x by whole factors -> upsample x
struct RaiseResize : OpRewritePattern<ResizeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ResizeOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getMode() != ResizeMode::nearest)
      return rewriter.notifyMatchFailure(op, "the mode interpolates");
    RankedTensorType from = op.getInput().getType(), to = op.getType();
    if (!from.hasStaticShape() || !to.hasStaticShape() || from.getRank() < 3)
      return rewriter.notifyMatchFailure(op, "no image of known size");
    SmallVector<int64_t> factors;
    for (auto [axis, size] : llvm::enumerate(from.getShape())) {
      int64_t result = to.getDimSize(axis);
      if (size < 1 || result < size || result % size != 0)
        return rewriter.notifyMatchFailure(op, "not a whole factor");
      int64_t factor = result / size;
      double scale = op.getScales() ? (*op.getScales())[axis] : factor;
      if (scale != static_cast<double>(factor))
        return rewriter.notifyMatchFailure(op,
                                           "the scale is not the sizes' ratio");
      if (axis < 2 && factor != 1)
        return rewriter.notifyMatchFailure(op, "batch or channels grow");
      if (factor != 1 && !repeatsPixels(op, size, factor))
        return rewriter.notifyMatchFailure(op, "shifted by part of a pixel");
      if (axis >= 2)
        factors.push_back(factor);
    }
    rewriter.replaceOpWithNewOp<UpsampleOp>(op, op.getInput(), factors);
    return success();
  }
};

struct RaiseUpsample : ::tenon::impl::RaiseUpsamplePassBase<RaiseUpsample> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<RaiseResize>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
