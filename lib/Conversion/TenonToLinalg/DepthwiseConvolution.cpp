//===- DepthwiseConvolution.cpp - Each channel with its own kernel --------===//
//
// Images [N, axes.., C]. A tile of the result is one row: the last of the axes
// and all channels. Taps that lie in the padding are left out, so that no
// padded image is made: along the other axes the taps that a row has are a
// range, along the last one windows with the same taps are a sum of products of
// their own.
//
//===----------------------------------------------------------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"
#include "Lowerings.h"
#include "Windows.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

#include <algorithm>

using namespace mlir;
using namespace mlir::tenon;

/// More kinds of windows along the last axis would be more code than they save.
static constexpr size_t mostSegments = 9;
/// Tiles that are enough for many threads, and channels below which more of
/// them would be too small.
static constexpr int64_t wantedTiles = 32, channelGrain = 64;

namespace {
/// Windows [begin, end) of an axis whose taps [firstTap, lastTap) lie in the
/// image.
struct Segment {
  int64_t begin, end, firstTap, lastTap;
};

/// What lies in the image of the taps of the window at hand.
struct Clip {
  OpFoldResult firstTap, taps;
  OpFoldResult begin, size; ///< of the part of the axis that they read
};
} // namespace

static SmallVector<Segment> findSegments(const WindowAxis &axis,
                                         int64_t count) {
  SmallVector<Segment> segments;
  for (int64_t window = 0; window < count; ++window) {
    int64_t start = window * axis.stride - axis.padBegin;
    auto tapsBefore = [&](int64_t place) {
      return std::clamp<int64_t>(
          llvm::divideCeilSigned(place - start, axis.dilation), 0, axis.kernel);
    };
    int64_t first = tapsBefore(0), last = tapsBefore(axis.size);
    if (!segments.empty() && segments.back().firstTap == first &&
        segments.back().lastTap == last)
      segments.back().end = window + 1;
    else
      segments.push_back({window, window + 1, first, last});
  }
  return segments;
}

/// The clip of window `window` of `count`.
static Clip createClip(ImplicitLocOpBuilder &b, const WindowAxis &axis,
                       int64_t count, OpFoldResult window) {
  AffineExpr index, first, last;
  bindDims(b.getContext(), index, first, last);
  auto constant = [&](int64_t value) {
    return getAffineConstantExpr(value, b.getContext());
  };
  auto map = [&](ArrayRef<AffineExpr> exprs) {
    return AffineMap::get(3, 0, exprs, b.getContext());
  };
  Location loc = b.getLoc();
  AffineExpr start = index * axis.stride - axis.padBegin;
  SmallVector<Segment> segments = findSegments(axis, count);
  OpFoldResult none = b.getIndexAttr(0);
  Clip clip;
  if (segments.size() == 1 && segments[0].lastTap > segments[0].firstTap) {
    int64_t taps = segments[0].lastTap - segments[0].firstTap;
    clip.firstTap = b.getIndexAttr(segments[0].firstTap);
    clip.taps = b.getIndexAttr(taps);
    clip.size = b.getIndexAttr((taps - 1) * axis.dilation + 1);
  } else {
    clip.firstTap = affine::makeComposedFoldedAffineMax(
        b, loc, map({constant(0), (-start).ceilDiv(axis.dilation)}),
        {window, none, none});
    OpFoldResult end = affine::makeComposedFoldedAffineMin(
        b, loc,
        map({constant(axis.kernel),
             (constant(axis.size) - start).ceilDiv(axis.dilation)}),
        {window, none, none});
    clip.taps = affine::makeComposedFoldedAffineMax(
        b, loc, map({constant(0), last - first}), {window, clip.firstTap, end});
    clip.size = affine::makeComposedFoldedAffineMax(
        b, loc, map({constant(0), (first - 1) * axis.dilation + 1}),
        {window, clip.taps, none});
  }
  clip.begin = affine::makeComposedFoldedAffineApply(
      b, loc, map({start + first * axis.dilation}),
      {window, clip.firstTap, none});
  return clip;
}

namespace {
class DepthwiseLowering {
public:
  DepthwiseLowering(ImplicitLocOpBuilder &b, DepthwiseConvOp op)
      : b(b), input(op.getInput()), weight(op.getWeight()), shape(shapeOf(op)),
        sumType(getComputeType(elementTypeOf(op.getInput()))),
        axes(getWindowAxes(op, shapeOf(input).drop_front().drop_back(),
                           shapeOf(weight).drop_back())),
        counts(shape.drop_front().drop_back()),
        segments(findSegments(axes.back(), counts.back())) {}

  /// The sums, of the result's shape.
  Value lower() {
    // A single axis would be a single row.
    bool isShort = axes.size() > 1 && segments.size() <= mostSegments;
    return isShort ? createRows() : createWhole();
  }

private:
  /// One sum of products over the padded image.
  Value createWhole();
  Value createRows();
  /// Row `place` (batch, windows.., first channel) of the result, of `channels`
  /// channels.
  Value createRow(Value row, ArrayRef<OpFoldResult> place, int64_t channels);
  Value createSums(Value image, Value taps, Value init);
  int64_t channelsOfTile() const;

  ImplicitLocOpBuilder &b;
  Value input, weight;
  ArrayRef<int64_t> shape;
  Type sumType;
  SmallVector<WindowAxis> axes;
  ArrayRef<int64_t> counts; ///< windows along each axis
  SmallVector<Segment> segments;
};
} // namespace

/// Loops (n, windows.., c, taps..).
Value DepthwiseLowering::createSums(Value image, Value taps, Value init) {
  MLIRContext *context = b.getContext();
  int64_t rank = axes.size(), loops = 2 * rank + 2;
  AffineExpr channel = getAffineDimExpr(rank + 1, context);
  SmallVector<AffineExpr> read = {getAffineDimExpr(0, context)}, written = read,
                          weighed;
  for (auto [i, axis] : llvm::enumerate(axes)) {
    AffineExpr window = getAffineDimExpr(1 + i, context),
               tap = getAffineDimExpr(2 + rank + i, context);
    written.push_back(window);
    weighed.push_back(tap);
    read.push_back(getTapPosition(axis, window, tap));
  }
  for (auto *exprs : {&read, &weighed, &written})
    exprs->push_back(channel);
  return createLoops(b, {image, taps}, init,
                     {AffineMap::get(loops, 0, read, context),
                      AffineMap::get(loops, 0, weighed, context),
                      AffineMap::get(loops, 0, written, context)},
                     createMultiplyAdd);
}

Value DepthwiseLowering::createWhole() {
  Value fill = createScalar(b, elementTypeOf(input), 0.0);
  Value image = createWindowedInput(b, input, axes, counts, fill, /*first=*/1);
  return createSums(image, weight,
                    createFilled(b, shape, createScalar(b, sumType, 0.0)));
}

/// All of them, or equal parts of whole lines where rows are few.
int64_t DepthwiseLowering::channelsOfTile() const {
  int64_t rows = computeProduct(shape.drop_back(2)), channels = shape.back();
  int64_t best = channels;
  for (int64_t part = channels; part >= channelGrain; part -= channelGrain / 4)
    if (channels % part == 0 && part % (channelGrain / 4) == 0 &&
        rows * channels / best < wantedTiles)
      best = part;
  return best;
}

Value DepthwiseLowering::createRows() {
  int64_t channels = channelsOfTile(), outer = axes.size() - 1;
  SmallVector<int64_t> bounds(shape.drop_back(2)), steps(bounds.size(), 1);
  bounds.push_back(shape.back());
  steps.push_back(channels);
  MLIRContext *context = b.getContext();
  auto loop = scf::ForallOp::create(
      b,
      getAsIndexOpFoldResult(context, SmallVector<int64_t>(bounds.size(), 0)),
      getAsIndexOpFoldResult(context, bounds),
      getAsIndexOpFoldResult(context, steps), createEmpty(b, shape, sumType),
      std::nullopt);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  SmallVector<OpFoldResult> place =
      llvm::to_vector_of<OpFoldResult>(loop.getInductionVars());
  SmallVector<OpFoldResult> offsets(ArrayRef(place).take_front(1 + outer)),
      sizes(1 + outer, b.getIndexAttr(1)),
      ones(shape.size(), b.getIndexAttr(1));
  offsets.append({b.getIndexAttr(0), place.back()});
  sizes.append({b.getIndexAttr(counts.back()), b.getIndexAttr(channels)});
  Value all = loop.getRegionIterArgs().front();
  Value row = createRow(createSlice(b, all, offsets, sizes), place, channels);
  b.setInsertionPointToStart(loop.getTerminator().getBody());
  tensor::ParallelInsertSliceOp::create(b, row, all, offsets, sizes, ones);
  return loop.getResult(0);
}

Value DepthwiseLowering::createRow(Value row, ArrayRef<OpFoldResult> place,
                                   int64_t channels) {
  auto attr = [&](int64_t value) -> OpFoldResult {
    return b.getIndexAttr(value);
  };
  SmallVector<OpFoldResult> imageOffsets = {place.front()},
                            imageSizes = {attr(1)}, tapOffsets, tapSizes;
  for (auto [axis, count, window] :
       llvm::zip(ArrayRef(axes).drop_back(), counts, place.drop_front())) {
    Clip clip = createClip(b, axis, count, window);
    imageOffsets.push_back(clip.begin);
    imageSizes.push_back(clip.size);
    tapOffsets.push_back(clip.firstTap);
    tapSizes.push_back(clip.taps);
  }
  const WindowAxis &axis = axes.back();
  Value zero = createScalar(b, sumType, 0.0);
  for (const Segment &segment : segments) {
    int64_t windows = segment.end - segment.begin,
            taps = segment.lastTap - segment.firstTap;
    SmallVector<OpFoldResult> offsets(shape.size(), attr(0)),
        sizes(shape.size(), attr(1)), ones(shape.size(), attr(1));
    offsets[offsets.size() - 2] = attr(segment.begin);
    sizes[sizes.size() - 2] = attr(windows);
    sizes.back() = attr(channels);
    Value part = createSlice(b, row, offsets, sizes);
    part = linalg::FillOp::create(b, zero, part).getResult(0);
    if (taps > 0) {
      auto with = [&](ArrayRef<OpFoldResult> others, OpFoldResult along,
                      OpFoldResult channel) {
        SmallVector<OpFoldResult> all(others);
        all.append({along, channel});
        return all;
      };
      int64_t begin = segment.begin * axis.stride - axis.padBegin +
                      segment.firstTap * axis.dilation,
              size =
                  (windows - 1) * axis.stride + (taps - 1) * axis.dilation + 1;
      Value image =
          createSlice(b, input, with(imageOffsets, attr(begin), place.back()),
                      with(imageSizes, attr(size), attr(channels)));
      Value kernel = createSlice(
          b, weight, with(tapOffsets, attr(segment.firstTap), place.back()),
          with(tapSizes, attr(taps), attr(channels)));
      part = createSums(image, kernel, part);
    }
    row = tensor::InsertSliceOp::create(b, part, row, offsets, sizes, ones);
  }
  return row;
}

namespace {
struct LowerDepthwiseConv : OpRewritePattern<DepthwiseConvOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(DepthwiseConvOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value sums = DepthwiseLowering(b, op).lower();
    ArrayRef<int64_t> shape = shapeOf(op);
    int64_t rank = shape.size();
    rewriter.replaceOp(op, createBiased(b, sums, b.getMultiDimIdentityMap(rank),
                                        op.getBias(), {rank - 1}, shape,
                                        elementTypeOf(op)));
    return success();
  }
};
} // namespace

void tenon::populateDepthwiseToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerDepthwiseConv>(patterns.getContext());
}
