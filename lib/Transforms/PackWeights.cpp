//===- PackWeights.cpp - Weights as the code walks them -------------------===//

#include "Layout.h"
#include "Matching.h"
#include "PackQuantized.h"
#include "WeightPanels.h"

#include "tenon/IR/Create.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

#include <numeric>

namespace tenon {
#define GEN_PASS_DEF_PACKWEIGHTSPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

/// Convolutions with fewer outputs than this in each group stay as they are.
static constexpr int64_t fewestOutputs = 4;

/// A linear layer's outputs are made up to fill panels where no more than one
/// in so many is added.
static constexpr int64_t mostPadding = 8;

/// The width of panels for `outputs` outputs: all of `width`, or half of it
/// where that wastes less; 0 where neither divides.
static int64_t panelWidth(int64_t outputs, int64_t width) {
  if (outputs % width == 0)
    return width;
  return outputs % (width / 2) == 0 ? width / 2 : 0;
}

/// `outputs` made up to fill panels: of all of `width` where half of it does
/// not divide them either.
static int64_t paddedOutputs(int64_t outputs, int64_t width) {
  int64_t whole = llvm::alignTo(outputs, width);
  bool isLittle = (whole - outputs) * mostPadding <= outputs;
  return outputs % (width / 2) != 0 && isLittle
             ? whole
             : llvm::alignTo(outputs, width / 2);
}

/// What a weight in f32 is widened from, in the weight's layout; null where it
/// is none of f16 or bf16.
static Value beforeWidening(ImplicitLocOpBuilder &b, Value weight) {
  Operation *op = weight.getDefiningOp();
  if (!op || !elementTypeOf(weight).isF32())
    return {};
  if (auto cast = dyn_cast<CastOp>(op))
    return isa<Float16Type, BFloat16Type>(elementTypeOf(cast.getInput()))
               ? cast.getInput()
               : Value();
  if (!isa<TransposeOp, ReshapeOp>(op))
    return {};
  Value narrow = beforeWidening(b, op->getOperand(0));
  if (!narrow)
    return {};
  if (auto transpose = dyn_cast<TransposeOp>(op))
    return TransposeOp::create(b, narrow, transpose.getPermutation());
  return createReshape(b, narrow, shapeOf(weight));
}

/// Zeros behind the rows of `tensor`, up to `rows`.
static Value withRows(ImplicitLocOpBuilder &b, Value tensor, int64_t rows) {
  SmallVector<int64_t> low(shapeOf(tensor).size(), 0), high = low;
  high[0] = rows - shapeOf(tensor)[0];
  if (high[0] == 0)
    return tensor;
  return PadOp::create(b, tensor, Value(), low, high, PadMode::constant);
}

/// The first `outputs` of the last axis.
static Value withoutPadding(ImplicitLocOpBuilder &b, Value tensor,
                            int64_t outputs) {
  SmallVector<int64_t> sizes(shapeOf(tensor));
  if (sizes.back() == outputs)
    return tensor;
  SmallVector<int64_t> starts(sizes.size(), 0), steps(sizes.size(), 1);
  sizes.back() = outputs;
  return SliceOp::create(b, tensor, starts, sizes, steps);
}

/// How many neighbouring groups of so many outputs are made one, so that they
/// fill half a panel of `width`; 0 where more products by zero would be added
/// than pay.
static int64_t joinedGroups(int64_t groups, int64_t outputs, int64_t width) {
  constexpr int64_t most = 4;
  int64_t joined = width / 2 / std::gcd(width / 2, outputs);
  return joined <= most && groups % joined == 0 ? joined : 0;
}

/// The weight [O, C, kernel..] of `groups` groups as one of fewer, of which
/// each is `joined` of those: zeros where an output has no part in a channel.
static Value withJoinedGroups(ImplicitLocOpBuilder &b, Value weight,
                              int64_t groups, int64_t joined) {
  if (joined == 1)
    return weight;
  SmallVector<int64_t> shape(shapeOf(weight));
  int64_t outputs = shape[0], channels = shape[1];
  // [groups / joined, joined, outputs of one, C, kernel..]
  SmallVector<int64_t> split = {groups / joined, joined, outputs / groups};
  llvm::append_range(split, ArrayRef(shape).drop_front());
  Value rows = createReshape(b, weight, split);
  SmallVector<Value> parts;
  for (int64_t i = 0; i < joined; ++i) {
    SmallVector<int64_t> starts(split.size(), 0), steps(split.size(), 1),
        sizes = split, low = starts, high = starts;
    starts[1] = i;
    sizes[1] = 1;
    low[3] = i * channels;
    high[3] = (joined - 1 - i) * channels;
    parts.push_back(
        PadOp::create(b, SliceOp::create(b, rows, starts, sizes, steps),
                      Value(), low, high, PadMode::constant));
  }
  shape[1] = joined * channels;
  return createReshape(b, ConcatOp::create(b, parts, 1), shape);
}

namespace {
struct PackLinear : OpRewritePattern<LinearOp> {
  PackLinear(MLIRContext *context, int64_t width)
      : OpRewritePattern(context), width(width) {}

  LogicalResult matchAndRewrite(LinearOp op,
                                PatternRewriter &rewriter) const override {
    Value weight = op.getWeight();
    if (!cast<ShapedType>(weight.getType()).hasStaticShape() ||
        !isKnownAtLoad(weight))
      return rewriter.notifyMatchFailure(op, "the weight depends on inputs");
    int64_t outputs = shapeOf(weight)[0];
    int64_t padded = paddedOutputs(outputs, width);
    if (outputs == 0 || shapeOf(weight)[1] == 0 ||
        (padded - outputs) * mostPadding > outputs ||
        (padded != outputs &&
         !cast<ShapedType>(op.getInput().getType()).hasStaticShape()))
      return rewriter.notifyMatchFailure(op, "outputs do not fill panels");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value bias = op.getBias();
    if (bias)
      bias = withRows(b, bias, padded);
    if (Value narrow = beforeWidening(b, weight))
      weight = narrow;
    Value result = PackedLinearOp::create(
        b, op.getInput(),
        createWeightPanels(b, withRows(b, weight, padded),
                           panelWidth(padded, width)),
        bias);
    rewriter.replaceOp(op, withoutPadding(b, result, outputs));
    return success();
  }

  int64_t width;
};

/// The weights of all experts, whose panels follow one another.
struct PackGroupedLinear : OpRewritePattern<GroupedLinearOp> {
  PackGroupedLinear(MLIRContext *context, int64_t width)
      : OpRewritePattern(context), width(width) {}

  LogicalResult matchAndRewrite(GroupedLinearOp op,
                                PatternRewriter &rewriter) const override {
    Value weight = op.getWeight();
    ArrayRef<int64_t> shape = shapeOf(weight);
    if (shape.size() != 3)
      return rewriter.notifyMatchFailure(op, "it is packed already");
    if (ShapedType::isDynamicShape(shape) || !isKnownAtLoad(weight))
      return rewriter.notifyMatchFailure(op, "the weight depends on inputs");
    int64_t panel = panelWidth(shape[1], width);
    if (panel == 0 || llvm::is_contained(shape, 0))
      return rewriter.notifyMatchFailure(op, "outputs do not fill panels");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value panels = createPanels(
        b, createReshape(b, weight, {shape[0] * shape[1], shape[2]}), panel);
    panels =
        createReshape(b, panels, {shape[0], shape[1] / panel, shape[2], panel});
    rewriter.replaceOpWithNewOp<GroupedLinearOp>(op, op.getInput(), panels,
                                                 op.getExperts());
    return success();
  }

  int64_t width;
};

/// A convolution on images with the channels last, between transposes that
/// tenon-sink-transposes moves on.
struct PackConv : OpRewritePattern<ConvOp> {
  PackConv(MLIRContext *context, int64_t width, bool packsGroups)
      : OpRewritePattern(context), width(width), packsGroups(packsGroups) {}

  LogicalResult matchAndRewrite(ConvOp op,
                                PatternRewriter &rewriter) const override {
    Value weight = op.getWeight(), bias = op.getBias();
    auto type = cast<RankedTensorType>(op.getType());
    if (!type.hasStaticShape() ||
        !cast<ShapedType>(op.getInput().getType()).hasStaticShape() ||
        !cast<ShapedType>(weight.getType()).hasStaticShape() ||
        type.getNumElements() == 0 ||
        cast<ShapedType>(op.getInput().getType()).getNumElements() == 0)
      return rewriter.notifyMatchFailure(op, "sizes are unknown or zero");
    if (!isa<FloatType>(type.getElementType()) || !isKnownAtLoad(weight))
      return rewriter.notifyMatchFailure(op, "the weight is not packable");
    int64_t outputs = shapeOf(weight)[0], rank = type.getRank();
    int64_t channels = shapeOf(op.getInput())[1];
    bool isDepthwise = static_cast<int64_t>(op.getGroups()) == channels &&
                       outputs == channels && channels > 1;
    int64_t groups = isDepthwise ? 1 : op.getGroups(), joined = 1;
    if (groups != 1 && !packsGroups)
      return rewriter.notifyMatchFailure(op, "groups of several channels");
    if (groups != 1)
      joined = joinedGroups(groups, outputs / groups, width);
    if (joined == 0)
      return rewriter.notifyMatchFailure(op, "groups fill no panels");
    if (outputs < fewestOutputs)
      return rewriter.notifyMatchFailure(op, "too few outputs for vectors");

    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value input = TransposeOp::create(b, op.getInput(), toChannelsLast(rank));
    Value result;
    if (isDepthwise) {
      SmallVector<int64_t> shape(shapeOf(weight).drop_front(2));
      shape.insert(shape.begin(), channels);
      SmallVector<int64_t> permutation;
      llvm::append_range(permutation, llvm::seq<int64_t>(1, shape.size()));
      permutation.push_back(0);
      Value taps =
          TransposeOp::create(b, createReshape(b, weight, shape), permutation);
      result = DepthwiseConvOp::create(b, input, taps, bias, op.getStrides(),
                                       op.getDilations(), op.getPadsBegin(),
                                       op.getPadsEnd());
    } else {
      // The outputs of several groups fill panels of their own.
      int64_t padded = groups == 1 ? paddedOutputs(outputs, width) : outputs;
      int64_t panel = panelWidth(padded / groups * joined, width);
      weight = withJoinedGroups(b, weight, groups, joined);
      // [O, C, kernel..] to [O, kernel.., C].
      Value rows = TransposeOp::create(b, withRows(b, weight, padded),
                                       toChannelsLast(rank));
      if (bias)
        bias = withRows(b, bias, padded);
      result = PackedConvOp::create(b, input, createPanels(b, rows, panel),
                                    bias, op.getStrides(), op.getDilations(),
                                    op.getPadsBegin(), op.getPadsEnd());
      result = withoutPadding(b, result, outputs);
    }
    rewriter.replaceOpWithNewOp<TransposeOp>(op, result, toChannelsFirst(rank));
    return success();
  }

  int64_t width;
  bool packsGroups;
};

struct PackWeights : ::tenon::impl::PackWeightsPassBase<PackWeights> {
  using PackWeightsPassBase::PackWeightsPassBase;

  void runOnOperation() override {
    if (panel < 2 || panel % 2 != 0) {
      getOperation()->emitError("panel ")
          << panel.getValue() << " is not a positive even number of outputs";
      return signalPassFailure();
    }
    RewritePatternSet patterns(&getContext());
    patterns.add<PackConv>(&getContext(), panel, groups);
    if (linear) {
      patterns.add<PackLinear, PackGroupedLinear>(&getContext(), panel);
      populatePackQuantizedPatterns(patterns);
    }
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
