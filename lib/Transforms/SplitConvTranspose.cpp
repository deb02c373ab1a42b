//===- SplitConvTranspose.cpp - Transposed convolutions by phases ---------===//

#include "Matching.h"
#include "Phases.h"

#include "tenon/IR/Create.h"
#include "tenon/IR/TransposedConvolution.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace tenon {
#define GEN_PASS_DEF_SPLITCONVTRANSPOSEPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

/// Zeros behind each axis of `tensor` up to `shape`; what is more is cut off.
static Value withSizes(ImplicitLocOpBuilder &b, Value tensor,
                       ArrayRef<int64_t> shape) {
  if (shapeOf(tensor) == shape)
    return tensor;
  SmallVector<int64_t> low(shape.size(), 0), high;
  for (auto [size, wanted] : llvm::zip_equal(shapeOf(tensor), shape))
    high.push_back(wanted - size);
  return PadOp::create(b, tensor, Value(), low, high, PadMode::constant);
}

/// weight [C, O, kernel..] as that of all phases, [slots O, C, taps..]. The
/// weight at distance phase + stride m is tap m of its phase, and taps are
/// turned round, since the first reads the last of the inputs.
static Value createKernels(ImplicitLocOpBuilder &b, Value weight,
                           ArrayRef<TransposedAxis> axes) {
  int64_t channels = shapeOf(weight)[0], outputs = shapeOf(weight)[1];
  SmallVector<int64_t> apart = {channels, outputs}, spread = apart,
                       joined = apart, whole = apart, split = apart;
  SmallVector<int64_t> starts = {0, 0}, steps = {1, 1}, order,
                       rows = {outputs, channels};
  for (auto [i, axis] : llvm::enumerate(axes)) {
    apart.append({axis.kernel, 1});
    spread.append({axis.kernel, axis.spread});
    joined.push_back(axis.kernel * axis.spread);
    whole.push_back(axis.taps * axis.stride);
    split.append({axis.taps, axis.stride});
    starts.append({axis.taps - 1, 0});
    steps.append({-1, 1});
    order.push_back(static_cast<int64_t>(3 + 2 * i));
    rows[0] *= axis.stride;
    rows.push_back(axis.taps);
  }
  order.append({1, 0});
  for (size_t i = 0; i < axes.size(); ++i)
    order.push_back(static_cast<int64_t>(2 + 2 * i));
  // Zeros between neighbours, then behind the last.
  Value taps = createReshape(
      b, withSizes(b, createReshape(b, weight, apart), spread), joined);
  taps = createReshape(b, withSizes(b, taps, whole), split);
  taps = SliceOp::create(b, taps, starts, split, steps);
  return createReshape(b, TransposeOp::create(b, taps, order), rows);
}

static std::optional<StringRef> whyNot(ConvTransposeOp op) {
  if (!op.getType().hasStaticShape() ||
      ShapedType::isDynamicShape(shapeOf(op.getInput())) ||
      ShapedType::isDynamicShape(shapeOf(op.getWeight())))
    return "sizes are unknown";
  if (llvm::is_contained(shapeOf(op), 0) ||
      llvm::is_contained(shapeOf(op.getInput()), 0))
    return "there is nothing to compute";
  if (op.getGroups() != 1)
    return "groups of channels";
  if (!isKnownAtLoad(op.getWeight()) ||
      (op.getBias() && !isKnownAtLoad(op.getBias())))
    return "the weight depends on inputs";
  return std::nullopt;
}

namespace {
struct SplitTransposed : OpRewritePattern<ConvTransposeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConvTransposeOp op,
                                PatternRewriter &rewriter) const override {
    if (std::optional<StringRef> reason = whyNot(op))
      return rewriter.notifyMatchFailure(op, *reason);
    SmallVector<TransposedAxis> axes = getTransposedAxes(op);
    SmallVector<int64_t> dilations, begins, ends;
    SmallVector<PhaseAxis> phases;
    for (auto [axis, size] : llvm::zip_equal(axes, shapeOf(op).drop_front(2))) {
      if (axis.padBegin() < 0 || axis.padEnd() < 0)
        return rewriter.notifyMatchFailure(op, "pads leave inputs out");
      dilations.push_back(axis.dilation);
      begins.push_back(axis.padBegin());
      ends.push_back(axis.padEnd());
      phases.push_back({axis.stride, axis.count, axis.crop, size});
    }
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    rewriter.replaceOp(
        op, createConvOfPhases(b, op.getInput(),
                               createKernels(b, op.getWeight(), axes),
                               op.getBias(), dilations, begins, ends, phases));
    return success();
  }
};

struct SplitConvTranspose
    : ::tenon::impl::SplitConvTransposePassBase<SplitConvTranspose> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<SplitTransposed>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
