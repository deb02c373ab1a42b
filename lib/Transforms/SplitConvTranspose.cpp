//===- SplitConvTranspose.cpp - Transposed convolutions by phases ---------===//

#include "Matching.h"
#include "Phases.h"
#include "WinogradUse.h"

#include "tenon/IR/Create.h"
#include "tenon/IR/TransposedConvolution.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"
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

/// weight [C, O, kernel..] as [C, O, taps, stride, ..]: the weight at distance
/// phase + stride m is tap m of its phase.
static Value createPhaseTaps(ImplicitLocOpBuilder &b, Value weight,
                             ArrayRef<TransposedAxis> axes) {
  SmallVector<int64_t> apart(shapeOf(weight).take_front(2)),
      spread = apart, joined = apart, whole = apart, split = apart;
  // Zeros between neighbours, then behind the last.
  for (const TransposedAxis &axis : axes) {
    apart.append({axis.kernel, 1});
    spread.append({axis.kernel, axis.spread});
    joined.push_back(axis.kernel * axis.spread);
    whole.push_back(axis.taps * axis.stride);
    split.append({axis.taps, axis.stride});
  }
  Value taps = createReshape(
      b, withSizes(b, createReshape(b, weight, apart), spread), joined);
  return createReshape(b, withSizes(b, taps, whole), split);
}

namespace {
/// Phases of one axis that have equally many taps.
struct PhaseRun {
  int64_t first, count, taps;
};
} // namespace

/// Of a kernel that is no multiple of the stride the first phases have a tap
/// more. In one run all compute as many, with zeros.
static SmallVector<PhaseRun> runsOf(const TransposedAxis &axis, bool splits) {
  int64_t longer = axis.kernel % axis.stride, fewest = axis.taps - 1;
  if (!splits || axis.spread > 1 || longer == 0 || axis.first >= fewest)
    return {{0, axis.stride, axis.taps}};
  return {{0, longer, axis.taps}, {longer, axis.stride - longer, fewest}};
}

/// The kernels of some phases, [phases O, C, taps..]. The first tap reads the
/// last of the inputs, so that taps are turned round.
static Value createKernels(ImplicitLocOpBuilder &b, Value taps,
                           ArrayRef<PhaseRun> runs) {
  int64_t channels = shapeOf(taps)[0], outputs = shapeOf(taps)[1];
  SmallVector<int64_t> starts = {0, 0}, sizes = {channels, outputs},
                       steps = {1, 1}, order, rows = {outputs, channels};
  for (auto [i, run] : llvm::enumerate(runs)) {
    starts.append({run.taps - 1, run.first});
    sizes.append({run.taps, run.count});
    steps.append({-1, 1});
    order.push_back(static_cast<int64_t>(3 + 2 * i));
    rows[0] *= run.count;
    rows.push_back(run.taps);
  }
  order.append({1, 0});
  for (size_t i = 0; i < runs.size(); ++i)
    order.push_back(static_cast<int64_t>(2 + 2 * i));
  Value turned = SliceOp::create(b, taps, starts, sizes, steps);
  return createReshape(b, TransposeOp::create(b, turned, order), rows);
}

/// The convolution that computes the phases of `runs`.
static Value createConv(ImplicitLocOpBuilder &b, ConvTransposeOp op, Value taps,
                        ArrayRef<TransposedAxis> axes,
                        ArrayRef<PhaseRun> runs) {
  SmallVector<int64_t> ones(axes.size(), 1), dilations, begins, ends, counts;
  for (auto [axis, run] : llvm::zip_equal(axes, runs)) {
    dilations.push_back(axis.dilation);
    begins.push_back(axis.dilation * (run.taps - 1) - axis.first);
    ends.push_back(axis.padEnd());
    counts.push_back(run.count);
  }
  Value bias = createSlotBias(b, op.getBias(), computeProduct(counts));
  return ConvOp::create(b, op.getInput(), createKernels(b, taps, runs), bias,
                        ones, dilations, begins, ends, /*groups=*/1);
}

/// All phases of the axes behind those of `runs`, [N, places.., phases.., O].
static Value createPhases(ImplicitLocOpBuilder &b, ConvTransposeOp op,
                          Value taps, ArrayRef<TransposedAxis> axes,
                          bool splits, SmallVector<PhaseRun> &runs) {
  if (runs.size() == axes.size()) {
    SmallVector<int64_t> counts = llvm::map_to_vector(
        runs, [](const PhaseRun &run) { return run.count; });
    return createPhasesApart(b, createConv(b, op, taps, axes, runs), counts);
  }
  SmallVector<Value> parts;
  size_t axis = runs.size();
  for (const PhaseRun &run : runsOf(axes[axis], splits)) {
    runs.push_back(run);
    parts.push_back(createPhases(b, op, taps, axes, splits, runs));
    runs.pop_back();
  }
  if (parts.size() == 1)
    return parts.front();
  return ConcatOp::create(b, parts,
                          static_cast<int64_t>(1 + axes.size() + axis));
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

static bool takesWinograd(ConvTransposeOp op, ArrayRef<TransposedAxis> axes) {
  int64_t slots = 1, places = shapeOf(op)[0];
  for (const TransposedAxis &axis : axes) {
    if (axis.taps != 3 || axis.dilation != 1)
      return false;
    slots *= axis.stride;
    places *= axis.count;
  }
  return axes.size() == 2 &&
         paysAsWinograd(elementTypeOf(op), shapeOf(op.getWeight())[0],
                        slots * shapeOf(op.getWeight())[1], places);
}

namespace {
struct SplitTransposed : OpRewritePattern<ConvTransposeOp> {
  SplitTransposed(MLIRContext *context, bool winograd)
      : OpRewritePattern(context), winograd(winograd) {}

  LogicalResult matchAndRewrite(ConvTransposeOp op,
                                PatternRewriter &rewriter) const override {
    if (std::optional<StringRef> reason = whyNot(op))
      return rewriter.notifyMatchFailure(op, *reason);
    SmallVector<TransposedAxis> axes = getTransposedAxes(op);
    SmallVector<PhaseAxis> image;
    bool isStrided = false, overlaps = false;
    for (auto [axis, size] : llvm::zip_equal(axes, shapeOf(op).drop_front(2))) {
      if (axis.padBegin() < 0 || axis.padEnd() < 0)
        return rewriter.notifyMatchFailure(op, "pads leave inputs out");
      isStrided |= axis.stride > 1;
      overlaps |= axis.taps > 1;
      image.push_back({axis.stride, axis.count, axis.crop, size});
    }
    if (isStrided && !overlaps)
      return rewriter.notifyMatchFailure(op, "kernels do not overlap");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value taps = createPhaseTaps(b, op.getWeight(), axes);
    SmallVector<PhaseRun> runs;
    if (!isStrided) {
      for (const TransposedAxis &axis : axes)
        runs.push_back({0, 1, axis.taps});
      rewriter.replaceOp(op, createConv(b, op, taps, axes, runs));
      return success();
    }
    // Fewer sums are not worth the joining of their results.
    constexpr int64_t fewestChannels = 32;
    bool splits = shapeOf(op.getWeight())[0] >= fewestChannels &&
                  !(winograd && takesWinograd(op, axes));
    Value phases = createPhases(b, op, taps, axes, splits, runs);
    rewriter.replaceOp(op, createImageOfPhases(b, phases, image));
    return success();
  }

  bool winograd;
};

struct SplitConvTranspose
    : ::tenon::impl::SplitConvTransposePassBase<SplitConvTranspose> {
  using SplitConvTransposePassBase::SplitConvTransposePassBase;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<SplitTransposed>(&getContext(), winograd);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
