//===- SinkTransposes.cpp - Keep the channels last ------------------------===//
//
// A transpose that puts the channels first again ("to first") moves behind its
// user, which then works on the image with the channels last; two that meet
// cancel. What is left are the transposes at the edges of the model and around
// ops that insist on their layout.
//
//===----------------------------------------------------------------------===//

#include "AxisGroups.h"
#include "Layout.h"
#include "Matching.h"

#include "tenon/IR/Create.h"
#include "tenon/IR/PixelParts.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace tenon {
#define GEN_PASS_DEF_SINKTRANSPOSESPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

/// The image with the channels last that `value` is the transpose of, or null.
static Value channelsLast(Value value) {
  auto transpose = value.getDefiningOp<TransposeOp>();
  if (!transpose)
    return {};
  int64_t rank = transpose.getPermutation().size();
  if (rank < 3 || transpose.getPermutation() != ArrayRef(toChannelsFirst(rank)))
    return {};
  return transpose.getInput();
}

/// The type of `value` with the channels last.
static RankedTensorType lastType(Value value) {
  ArrayRef<int64_t> shape = shapeOf(value);
  return RankedTensorType::get(permuted(shape, toChannelsLast(shape.size())),
                               elementTypeOf(value));
}

/// `op` gives the transpose of `image`.
static LogicalResult replaceByImage(PatternRewriter &rewriter, Operation *op,
                                    Value image) {
  rewriter.replaceOpWithNewOp<TransposeOp>(
      op, image, toChannelsFirst(shapeOf(image).size()));
  return success();
}

/// [N, spatial.., C] as [N, 1, spatial.., C]: for an op on windows or pixels
/// the channels are then one more axis over which nothing happens.
static Value asOneChannel(ImplicitLocOpBuilder &b, Value image) {
  SmallVector<int64_t> shape(shapeOf(image));
  shape.insert(shape.begin() + 1, 1);
  return createReshape(b, image, shape);
}

/// Attribute values for such an op: those of the spatial axes and the one that
/// leaves the channels alone.
static SmallVector<int64_t> withChannels(ArrayRef<int64_t> values,
                                         int64_t neutral) {
  SmallVector<int64_t> all(values);
  all.push_back(neutral);
  return all;
}

/// Whether `value` with the channels last costs nothing at run time: it is a
/// transpose already, a constant, derived from weights, or repeats few axes.
static bool isCheaplyLast(Value value) {
  if (channelsLast(value))
    return true;
  auto broadcast = value.getDefiningOp<BroadcastOp>();
  if (!broadcast)
    return isKnownAtLoad(value);
  Value source = broadcast.getInput();
  return channelsLast(source) ||
         llvm::count_if(shapeOf(source),
                        [](int64_t size) { return size != 1; }) <= 2;
}

/// Such a value with the channels last.
static Value cheaplyLast(ImplicitLocOpBuilder &b, Value value) {
  Value image = channelsLast(value);
  return image ? image
               : createTransposed(b, value,
                                  toChannelsLast(shapeOf(value).size()));
}

namespace {
/// f(first(x), y) -> first(f(x, last(y)))
struct SinkBehindElementwise : RewritePattern {
  explicit SinkBehindElementwise(MLIRContext *context)
      : RewritePattern(MatchAnyOpTypeTag(), /*benefit=*/1, context) {}

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    if (!isElementwise(op) || llvm::none_of(op->getOperands(), channelsLast))
      return rewriter.notifyMatchFailure(op, "no image to compute on");
    // A transpose of three axes may be its own reverse: moving what is laid out
    // at load around would never end, and gains nothing.
    if (llvm::all_of(op->getOperands(), isKnownAtLoad))
      return rewriter.notifyMatchFailure(op, "made at load");
    // A scalar condition of a select has no axes.
    auto isScalar = [](Value operand) {
      return !isa<RankedTensorType>(operand.getType());
    };
    if (!llvm::all_of(op->getOperands(), [&](Value operand) {
          return isScalar(operand) || isCheaplyLast(operand);
        }))
      return rewriter.notifyMatchFailure(op, "an operand has its own layout");
    ImplicitLocOpBuilder b(op->getLoc(), rewriter);
    SmallVector<Value> operands;
    for (Value operand : op->getOperands())
      operands.push_back(isScalar(operand) ? operand : cheaplyLast(b, operand));
    Operation *moved =
        recreate(rewriter, op, operands, lastType(op->getResult(0)));
    return replaceByImage(rewriter, op, moved->getResult(0));
  }
};

struct SinkBehindBroadcast : OpRewritePattern<BroadcastOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(BroadcastOp op,
                                PatternRewriter &rewriter) const override {
    Value image = channelsLast(op.getInput());
    if (!image || shapeOf(image).size() != shapeOf(op).size())
      return rewriter.notifyMatchFailure(op, "no image is repeated");
    return replaceByImage(
        rewriter, op,
        BroadcastOp::create(rewriter, op.getLoc(), lastType(op), image));
  }
};

struct SinkBehindConcat : OpRewritePattern<ConcatOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConcatOp op,
                                PatternRewriter &rewriter) const override {
    int64_t rank = shapeOf(op).size();
    int64_t images = llvm::count_if(
        op.getInputs(), [](Value input) { return bool(channelsLast(input)); });
    if (2 * images <= static_cast<int64_t>(op.getInputs().size()))
      return rewriter.notifyMatchFailure(op, "most inputs are no images");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    SmallVector<Value> inputs;
    for (Value input : op.getInputs()) {
      Value image = channelsLast(input);
      inputs.push_back(
          image ? image : createTransposed(b, input, toChannelsLast(rank)));
    }
    int64_t axis = toChannelsFirst(rank)[op.getAxis()];
    return replaceByImage(rewriter, op,
                          ConcatOp::create(b, lastType(op), inputs, axis));
  }
};

struct SinkBehindPad : OpRewritePattern<PadOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(PadOp op,
                                PatternRewriter &rewriter) const override {
    Value image = channelsLast(op.getInput());
    if (!image)
      return rewriter.notifyMatchFailure(op, "no image is padded");
    SmallVector<int64_t> last = toChannelsLast(shapeOf(image).size());
    Value result = PadOp::create(rewriter, op.getLoc(), image, op.getValue(),
                                 permuted(op.getLow(), last),
                                 permuted(op.getHigh(), last), op.getMode());
    return replaceByImage(rewriter, op, result);
  }
};

struct SinkBehindSlice : OpRewritePattern<SliceOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SliceOp op,
                                PatternRewriter &rewriter) const override {
    Value image = channelsLast(op.getInput());
    if (!image)
      return rewriter.notifyMatchFailure(op, "no image is cut");
    SmallVector<int64_t> last = toChannelsLast(shapeOf(image).size());
    Value result = SliceOp::create(
        rewriter, op.getLoc(), image, permuted(op.getStarts(), last),
        permuted(op.getSizes(), last), permuted(op.getSteps(), last));
    return replaceByImage(rewriter, op, result);
  }
};

/// Windows over [N, spatial.., C] are windows over the axes (spatial.., C) of
/// one channel.
template <typename OpTy> struct SinkBehindPool : OpRewritePattern<OpTy> {
  using OpRewritePattern<OpTy>::OpRewritePattern;

  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    Value image = channelsLast(op.getInput());
    if (!image || shapeOf(image).size() > 4)
      return rewriter.notifyMatchFailure(op, "no image of up to two axes");
    if (op->getNumResults() != 1)
      return rewriter.notifyMatchFailure(op,
                                         "the indices count channels first");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    RankedTensorType type = lastType(op->getResult(0));
    SmallVector<int64_t> pooled(type.getShape());
    pooled.insert(pooled.begin() + 1, 1);
    auto pool = cast<OpTy>(
        recreate(rewriter, op, asOneChannel(b, image), type.clone(pooled)));
    pool.setKernel(withChannels(op.getKernel(), 1));
    pool.setStrides(withChannels(op.getStrides(), 1));
    pool.setDilations(withChannels(op.getDilations(), 1));
    pool.setPadsBegin(withChannels(op.getPadsBegin(), 0));
    pool.setPadsEnd(withChannels(op.getPadsEnd(), 0));
    return replaceByImage(
        rewriter, op, createReshape(b, pool->getResult(0), type.getShape()));
  }
};

/// As for pools: the channels are an axis that does not grow.
struct SinkBehindUpsample : OpRewritePattern<UpsampleOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(UpsampleOp op,
                                PatternRewriter &rewriter) const override {
    Value image = channelsLast(op.getInput());
    if (!image)
      return rewriter.notifyMatchFailure(op, "no image grows");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value grown = UpsampleOp::create(b, asOneChannel(b, image),
                                     withChannels(op.getFactors(), 1));
    return replaceByImage(rewriter, op,
                          createReshape(b, grown, lastType(op).getShape()));
  }
};

struct SinkBehindResize : OpRewritePattern<ResizeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ResizeOp op,
                                PatternRewriter &rewriter) const override {
    Value image = channelsLast(op.getInput());
    if (!image || op.getRoi())
      return rewriter.notifyMatchFailure(op, "no whole image is resized");
    auto resize = cast<ResizeOp>(recreate(rewriter, op, image, lastType(op)));
    if (auto scales = op.getScales())
      resize.setScales(permuted(*scales, toChannelsLast(scales->size())));
    return replaceByImage(rewriter, op, resize);
  }
};

struct SinkBehindGroupNorm : OpRewritePattern<GroupNormOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(GroupNormOp op,
                                PatternRewriter &rewriter) const override {
    Value image = channelsLast(op.getInput());
    if (!image || op.getChannelsLast())
      return rewriter.notifyMatchFailure(op, "no image is normalised");
    return replaceByImage(rewriter, op,
                          GroupNormOp::create(rewriter, op.getLoc(), image,
                                              op.getScale(), op.getBias(),
                                              op.getGroups(), op.getEpsilon(),
                                              /*channels_last=*/true));
  }
};

struct SinkBehindReduce : OpRewritePattern<ReduceOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ReduceOp op,
                                PatternRewriter &rewriter) const override {
    Value image = channelsLast(op.getInput());
    if (!image)
      return rewriter.notifyMatchFailure(op, "no image is reduced");
    int64_t rank = shapeOf(image).size();
    SmallVector<int64_t> first = toChannelsFirst(rank), axes;
    for (int64_t axis : op.getAxes())
      axes.push_back(first[axis]);
    llvm::sort(axes);
    // Channels that stay must be the last axis either way.
    bool keepsOrder =
        llvm::is_contained(op.getAxes(), 1) ||
        llvm::all_of(llvm::seq<int64_t>(2, rank), [&](int64_t axis) {
          return llvm::is_contained(op.getAxes(), axis);
        });
    if (!op.getKeepDims() && !keepsOrder)
      return rewriter.notifyMatchFailure(op, "the axes left change places");
    SmallVector<int64_t> shape;
    for (auto [axis, size] : llvm::enumerate(shapeOf(image))) {
      bool isReduced = llvm::is_contained(axes, axis);
      if (!isReduced || op.getKeepDims())
        shape.push_back(isReduced ? 1 : size);
    }
    auto reduce = cast<ReduceOp>(recreate(
        rewriter, op, image, RankedTensorType::get(shape, elementTypeOf(op))));
    reduce.setAxes(axes);
    if (op.getKeepDims())
      return replaceByImage(rewriter, op, reduce);
    rewriter.replaceOp(op, reduce);
    return success();
  }
};

/// reshape(first(x)) that only moves axes of size 1 or joins the spatial axes.
struct SinkBehindReshape : OpRewritePattern<ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ReshapeOp op,
                                PatternRewriter &rewriter) const override {
    Value image = channelsLast(op.getInput());
    if (!image)
      return rewriter.notifyMatchFailure(op, "no image is reshaped");
    ArrayRef<int64_t> from = shapeOf(op.getInput()), to = shapeOf(op);
    int64_t positions = computeProduct(from.drop_front(2));
    if (positions == 1 || from[1] == 1) {
      rewriter.replaceOpWithNewOp<ReshapeOp>(op, op.getType(), image);
      return success();
    }
    if (to.size() != 3 || from.size() == 3 || to[0] != from[0] ||
        to[1] != from[1] || to[2] != positions)
      return rewriter.notifyMatchFailure(op, "the axes mix");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    return replaceByImage(rewriter, op,
                          createReshape(b, image, {to[0], to[2], to[1]}));
  }
};

/// Pixels of an image to channels or back become what the next pattern knows.
template <typename OpTy> struct ExpandPixels : OpRewritePattern<OpTy> {
  using OpRewritePattern<OpTy>::OpRewritePattern;

  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    if (!channelsLast(op.getInput()))
      return rewriter.notifyMatchFailure(op, "no image is shuffled");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    PixelParts parts = getPixelParts(op);
    Value moved = TransposeOp::create(
        b, createReshape(b, op.getInput(), parts.shape), parts.permutation);
    rewriter.replaceOp(op, createReshape(b, moved, shapeOf(op.getResult())));
    return success();
  }
};

/// join(transpose(split(first(x)))), where `split` takes axes apart and `join`
/// puts some together to an image of as many axes or others: pixels to channels
/// and back. One transpose does the same with the channels last.
struct SinkBehindShuffle : OpRewritePattern<ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ReshapeOp join,
                                PatternRewriter &rewriter) const override {
    auto shuffle = join.getInput().getDefiningOp<TransposeOp>();
    auto split =
        shuffle ? shuffle.getInput().getDefiningOp<ReshapeOp>() : ReshapeOp();
    Value image = split ? channelsLast(split.getInput()) : Value();
    if (!image || shapeOf(join).size() < 3 || !shuffle->hasOneUse() ||
        !split->hasOneUse())
      return rewriter.notifyMatchFailure(join, "no image is shuffled");
    auto parts = groupAxes(shapeOf(split.getInput()), shapeOf(split)),
         wholes = groupAxes(shapeOf(shuffle), shapeOf(join));
    auto isSplit = [](const AxisGroup &group) {
      return group.fromEnd - group.fromBegin == 1;
    };
    auto isJoined = [](const AxisGroup &group) {
      return group.toEnd - group.toBegin == 1;
    };
    if (!parts || !wholes || !llvm::all_of(*parts, isSplit) ||
        !llvm::all_of(*wholes, isJoined))
      return rewriter.notifyMatchFailure(join, "the axes mix");
    // Where each part of the image with the channels first is with them last.
    SmallVector<int64_t> apart, places(shapeOf(split).size());
    for (int64_t axis : toChannelsLast(parts->size())) {
      const AxisGroup &group = (*parts)[axis];
      for (int64_t part = group.toBegin; part < group.toEnd; ++part) {
        places[part] = static_cast<int64_t>(apart.size());
        apart.push_back(shapeOf(split)[part]);
      }
    }
    SmallVector<int64_t> order;
    for (int64_t axis : toChannelsLast(wholes->size())) {
      const AxisGroup &group = (*wholes)[axis];
      for (int64_t part = group.fromBegin; part < group.fromEnd; ++part)
        order.push_back(places[shuffle.getPermutation()[part]]);
    }
    ImplicitLocOpBuilder b(join.getLoc(), rewriter);
    Value shuffled = createTransposed(b, createReshape(b, image, apart), order);
    return replaceByImage(
        rewriter, join,
        createReshape(b, shuffled, lastType(join.getResult()).getShape()));
  }
};

struct SinkTransposes : ::tenon::impl::SinkTransposesPassBase<SinkTransposes> {
  void runOnOperation() override {
    MLIRContext *context = &getContext();
    RewritePatternSet patterns(context);
    patterns.add<SinkBehindElementwise, SinkBehindBroadcast, SinkBehindConcat,
                 SinkBehindPad, SinkBehindSlice, SinkBehindPool<MaxPoolOp>,
                 SinkBehindPool<AvgPoolOp>, SinkBehindUpsample,
                 SinkBehindResize, SinkBehindGroupNorm, SinkBehindReduce,
                 SinkBehindReshape, ExpandPixels<PixelShuffleOp>,
                 ExpandPixels<PixelUnshuffleOp>, SinkBehindShuffle>(context);
    TransposeOp::getCanonicalizationPatterns(patterns, context);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
