//===- SplitUpsampleConv.cpp - Convolutions of repeated pixels ------------===//

#include "Matching.h"
#include "Phases.h"
#include "WinogradUse.h"

#include "tenon/IR/Create.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace tenon {
#define GEN_PASS_DEF_SPLITUPSAMPLECONVPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

static int64_t floorDiv(int64_t value, int64_t by) {
  return value >= 0 ? value / by : -((by - 1 - value) / by);
}

namespace {
/// One spatial axis of a convolution, with a kernel of `taps`, of an image each
/// of whose pixels stands `factor` times. Pixel factor i + a of the result, of
/// phase a, reads pixels i + start(a) .. of the small image.
struct SplitAxis {
  int64_t factor, taps, padding, size;

  /// Where tap `tap` of a phase reads, from pixel i on.
  int64_t place(int64_t phase, int64_t tap) const {
    return floorDiv(phase + tap - padding, factor);
  }
  int64_t start(int64_t phase) const { return place(phase, 0); }
  int64_t firstStart() const { return start(0); }
  /// Phases from this one on start a pixel later than the first.
  int64_t firstLate() const {
    int64_t phase = 0;
    while (phase < factor && start(phase) == firstStart())
      ++phase;
    return phase;
  }
  bool isShifted() const { return firstLate() < factor; }
  /// The taps that the longest phase has on the small image.
  int64_t smallTaps() const {
    int64_t most = 0;
    for (int64_t phase = 0; phase < factor; ++phase)
      most = std::max(most, place(phase, taps - 1) - start(phase) + 1);
    return most;
  }
  /// All phases are computed at once at `positions()` places, the late ones at
  /// the place behind theirs. In the order of slots they then follow one
  /// another, from slot `firstSlot()` of the first place on.
  int64_t positions() const { return size + (isShifted() ? 1 : 0); }
  int64_t firstSlot() const { return factor - firstLate(); }
  int64_t slotOf(int64_t phase) const {
    return phase < firstLate() ? phase + firstSlot()
                               : phase + firstSlot() - factor;
  }
  int64_t padBegin() const { return -firstStart(); }
  int64_t padEnd() const {
    return positions() - size + smallTaps() - 1 - padBegin();
  }
};

struct SplitPhases : OpRewritePattern<ConvOp> {
  SplitPhases(MLIRContext *context, bool winograd)
      : OpRewritePattern(context), winograd(winograd) {}

  LogicalResult matchAndRewrite(ConvOp op,
                                PatternRewriter &rewriter) const override {
    auto upsample = op.getInput().getDefiningOp<UpsampleOp>();
    if (!upsample)
      return rewriter.notifyMatchFailure(op, "its pixels are not repeated");
    if (std::optional<StringRef> reason = whyNot(op, upsample))
      return rewriter.notifyMatchFailure(op, *reason);
    SmallVector<SplitAxis> axes = axesOf(op, upsample);
    int64_t before = 1, after = 1;
    for (auto [axis, result] :
         llvm::zip_equal(axes, shapeOf(op).drop_front(2))) {
      if (result != axis.factor * axis.size)
        return rewriter.notifyMatchFailure(op, "the size changes");
      if (axis.padBegin() < 0 || axis.padEnd() < 0)
        return rewriter.notifyMatchFailure(op, "it reads from inside only");
      before *= axis.taps;
      after *= axis.smallTaps();
    }
    if (after >= before)
      return rewriter.notifyMatchFailure(op, "no products are saved");
    if (winograd && takesWinograd(op))
      return rewriter.notifyMatchFailure(op, "Winograd's form saves as many");
    ImplicitLocOpBuilder b(
        rewriter.getFusedLoc({upsample.getLoc(), op.getLoc()}), rewriter);
    rewriter.replaceOp(op, createSplit(b, op, upsample.getInput(), axes));
    return success();
  }

  static std::optional<StringRef> whyNot(ConvOp op, UpsampleOp upsample) {
    auto isOne = [](int64_t value) { return value == 1; };
    if (!op.getType().hasStaticShape() ||
        !upsample.getType().hasStaticShape() ||
        ShapedType::isDynamicShape(shapeOf(op.getWeight())))
      return "sizes are unknown";
    if (!isa<FloatType>(elementTypeOf(op)))
      return "sums of integers may overflow";
    if (llvm::is_contained(shapeOf(op), 0))
      return "there is nothing to compute";
    if (!llvm::all_of(op.getStrides(), isOne) ||
        !llvm::all_of(op.getDilations(), isOne))
      return "strides or dilations";
    if (op.getGroups() != 1)
      return "groups of channels";
    if (!isKnownAtLoad(op.getWeight()) ||
        (op.getBias() && !isKnownAtLoad(op.getBias())))
      return "the weight depends on inputs";
    return std::nullopt;
  }

  /// Factors 2 and a 3 x 3 kernel: 4 products in place of 9 either way, and
  /// Winograd's form puts its results in their places by itself.
  static bool takesWinograd(ConvOp op) {
    ArrayRef<int64_t> kernel = shapeOf(op.getWeight()), result = shapeOf(op);
    return kernel.size() == 4 && kernel[2] == 3 && kernel[3] == 3 &&
           paysAsWinograd(elementTypeOf(op), kernel[1], kernel[0],
                          result[0] * result[2] * result[3]);
  }

  static SmallVector<SplitAxis> axesOf(ConvOp op, UpsampleOp upsample) {
    SmallVector<SplitAxis> axes;
    for (auto [factor, taps, padding, size] : llvm::zip_equal(
             upsample.getFactors(), shapeOf(op.getWeight()).drop_front(2),
             op.getPadsBegin(), shapeOf(upsample.getInput()).drop_front(2)))
      axes.push_back({factor, taps, padding, size});
    return axes;
  }

  static Value createSplit(ImplicitLocOpBuilder &b, ConvOp op, Value image,
                           ArrayRef<SplitAxis> axes);

  bool winograd;
};
} // namespace

/// Which elements of the kernel sum up to which of the small kernels: of all
/// slots, then of the small taps [slots taps.., elements], 0 or 1.
static Value createSums(ImplicitLocOpBuilder &b, ArrayRef<SplitAxis> axes,
                        Type element) {
  int64_t elements = 1, rows = 1;
  for (const SplitAxis &axis : axes) {
    elements *= axis.taps;
    rows *= axis.factor * axis.smallTaps();
  }
  std::vector<double> sums(rows * elements, 0);
  // Of each combination of phases and taps, one number an axis.
  SmallVector<int64_t> phases(axes.size(), 0), taps(axes.size(), 0);
  auto next = [&](SmallVectorImpl<int64_t> &numbers, auto limitOf) {
    for (size_t i = numbers.size(); i-- > 0;) {
      if (++numbers[i] < limitOf(axes[i]))
        return true;
      numbers[i] = 0;
    }
    return false;
  };
  do {
    do {
      int64_t slot = 0, small = 0, large = 0;
      for (auto [axis, phase, tap] : llvm::zip_equal(axes, phases, taps)) {
        slot = slot * axis.factor + axis.slotOf(phase);
        small = small * axis.smallTaps() + axis.place(phase, tap) -
                axis.start(phase);
        large = large * axis.taps + tap;
      }
      int64_t smallTaps = 1;
      for (const SplitAxis &axis : axes)
        smallTaps *= axis.smallTaps();
      sums[(slot * smallTaps + small) * elements + large] = 1;
    } while (next(taps, [](const SplitAxis &axis) { return axis.taps; }));
  } while (next(phases, [](const SplitAxis &axis) { return axis.factor; }));
  SmallVector<Attribute> numbers;
  for (double value : sums)
    numbers.push_back(b.getFloatAttr(element, value));
  return arith::ConstantOp::create(
      b, DenseElementsAttr::get(
             RankedTensorType::get({rows, elements}, element), numbers));
}

/// The kernels of all slots [slots outputs, inputs, taps..].
static Value createKernels(ImplicitLocOpBuilder &b, Value weight,
                           ArrayRef<SplitAxis> axes) {
  ArrayRef<int64_t> shape = shapeOf(weight);
  Type element = elementTypeOf(weight),
       wide = element.isF64() ? element : b.getF32Type();
  int64_t elements = 1, slots = 1;
  SmallVector<int64_t> small;
  for (const SplitAxis &axis : axes) {
    elements *= axis.taps;
    slots *= axis.factor;
    small.push_back(axis.smallTaps());
  }
  Value flat = createReshape(b, createCast(b, weight, wide),
                             {shape[0] * shape[1], elements});
  Value sums = MatmulOp::create(b, flat, createSums(b, axes, wide),
                                /*transpose_lhs=*/false,
                                /*transpose_rhs=*/true);
  SmallVector<int64_t> apart = {shape[0], shape[1], slots};
  llvm::append_range(apart, small);
  SmallVector<int64_t> order = {2, 0, 1};
  for (size_t i = 0; i < small.size(); ++i)
    order.push_back(static_cast<int64_t>(i) + 3);
  Value kernels = TransposeOp::create(b, createReshape(b, sums, apart), order);
  SmallVector<int64_t> joined = {slots * shape[0], shape[1]};
  llvm::append_range(joined, small);
  return createCast(b, createReshape(b, kernels, joined), element);
}

Value SplitPhases::createSplit(ImplicitLocOpBuilder &b, ConvOp op, Value image,
                               ArrayRef<SplitAxis> axes) {
  SmallVector<int64_t> ones(axes.size(), 1), factors, begins, ends;
  SmallVector<PhaseAxis> phases;
  for (const SplitAxis &axis : axes) {
    factors.push_back(axis.factor);
    begins.push_back(axis.padBegin());
    ends.push_back(axis.padEnd());
    phases.push_back({axis.factor, axis.positions(),
                      axis.firstSlot() % axis.factor, axis.factor * axis.size});
  }
  Value bias = createSlotBias(b, op.getBias(), computeProduct(factors));
  Value all = ConvOp::create(b, image, createKernels(b, op.getWeight(), axes),
                             bias, ones, ones, begins, ends, /*groups=*/1);
  return createImageOfPhases(b, createPhasesApart(b, all, factors), phases);
}

namespace {
struct SplitUpsampleConv
    : ::tenon::impl::SplitUpsampleConvPassBase<SplitUpsampleConv> {
  using SplitUpsampleConvPassBase::SplitUpsampleConvPassBase;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<SplitPhases>(&getContext(), winograd);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
