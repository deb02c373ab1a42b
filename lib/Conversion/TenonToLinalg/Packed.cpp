//===- Packed.cpp - Products with weights in panels -----------------------===//
//
// A packed product is one linalg.generic whose result has the panel and the
// place in it as two axes: its memory is that of the result, and the place is
// the contiguous axis that code generation turns into vectors.
//
//===----------------------------------------------------------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"
#include "Lowerings.h"
#include "Windows.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace mlir::tenon;

/// sums [.., panels, width] + bias [panels width], or without panels: the
/// result in the shape of the sums.
static Value createEpilogue(ImplicitLocOpBuilder &b, Value sums, Value bias,
                            ArrayRef<int64_t> biasShape, Type element) {
  int64_t rank = shapeOf(sums).size(), first = rank - biasShape.size();
  if (bias)
    bias = createReshape(b, bias, biasShape);
  return createBiased(b, sums, b.getMultiDimIdentityMap(rank), bias,
                      llvm::to_vector(llvm::seq<int64_t>(first, rank)),
                      shapeOf(sums), element);
}

/// Rows from which on their elements are widened ahead of the products, in
/// which each would be widened once for every panel. Those of bf16 are not
/// where a row is a multiple of `bf16Steps` long: processors multiply them as
/// they are, or widen them a block at a time.
static constexpr int64_t manyRows = 8, bf16Steps = 32;

/// input [rows.., in] times weight [panels, in, width].
static Value createLinear(ImplicitLocOpBuilder &b, Value input, Value weight,
                          Value bias, ArrayRef<int64_t> shape) {
  ArrayRef<int64_t> panels = shapeOf(weight);
  int64_t rows = computeProduct(shapeOf(input).drop_back());
  Value x = createReshape(b, input, {rows, panels[1]});
  bool staysNarrow = elementTypeOf(x).isBF16() &&
                     elementTypeOf(weight).isBF16() &&
                     panels[1] % bf16Steps == 0;
  if (rows >= manyRows && !staysNarrow)
    x = createRounded(b, x, getComputeType(elementTypeOf(x)));
  Value sums =
      createContraction(b, {x, {0, 3}}, {weight, {1, 3, 2}}, {0, 1, 2});
  return createReshape(b,
                       createEpilogue(b, sums, bias, {panels[0], panels[2]},
                                      elementTypeOf(input)),
                       shape);
}

/// A packed convolution as loops (n, windows.., panel, place, taps.., c), or
/// tap by tap where that spares a padded image; GPUs want the loops. Of several
/// groups the loops are (n, windows.., group, panel, place, taps.., c).
static Value createConvolution(ImplicitLocOpBuilder &b, Value input,
                               Value weight, Value bias,
                               ArrayRef<WindowAxis> axes,
                               ArrayRef<int64_t> shape, int64_t groups,
                               bool forGpu) {
  MLIRContext *context = b.getContext();
  Type element = elementTypeOf(input), wide = getComputeType(element);
  ArrayRef<int64_t> counts = shape.drop_front().drop_back();
  SmallVector<int64_t> panels = {shapeOf(weight).front(),
                                 shapeOf(weight).back()};
  if (groups == 1 && !forGpu &&
      paysWithoutPadding(axes, counts, shapeOf(input).back())) {
    Value sums = createUnpaddedSums(b, createRounded(b, input, wide), weight,
                                    axes, counts);
    return createReshape(b, createEpilogue(b, sums, bias, panels, element),
                         shape);
  }
  Value x = createWindowedInput(b, input, axes, counts,
                                createScalar(b, element, 0.0), /*first=*/1);
  x = createRounded(b, x, wide);
  if (groups > 1) {
    SmallVector<int64_t> split(shapeOf(x).drop_back());
    split.append({groups, shapeOf(x).back() / groups});
    x = createReshape(b, x, split);
    split.assign(shapeOf(weight).begin(), shapeOf(weight).end());
    split.front() /= groups;
    split.insert(split.begin(), groups);
    weight = createReshape(b, weight, split);
    panels.front() /= groups;
    panels.insert(panels.begin(), groups);
  }
  unsigned loops = 0;
  auto nextLoop = [&] { return getAffineDimExpr(loops++, context); };
  SmallVector<AffineExpr> read = {nextLoop()}, written = read, windows;
  SmallVector<int64_t> sumShape = {shape[0]};
  for (int64_t count : counts) {
    windows.push_back(nextLoop());
    sumShape.push_back(count);
  }
  llvm::append_range(written, windows);
  llvm::append_range(sumShape, panels);
  SmallVector<AffineExpr> weighed, group;
  if (groups > 1)
    group.push_back(nextLoop());
  llvm::append_range(written, group);
  llvm::append_range(weighed, group);
  AffineExpr panel = nextLoop(), place = nextLoop();
  written.append({panel, place});
  weighed.push_back(panel);
  for (auto [axis, window] : llvm::zip_equal(axes, windows)) {
    AffineExpr tap = nextLoop();
    weighed.push_back(tap);
    read.push_back(getTapPosition(axis, window, tap));
  }
  llvm::append_range(read, group);
  read.push_back(nextLoop());
  weighed.append({read.back(), place});
  Value sums = createLoops(
      b, {x, weight}, createFilled(b, sumShape, createScalar(b, wide, 0.0)),
      {AffineMap::get(loops, 0, read, context),
       AffineMap::get(loops, 0, weighed, context),
       AffineMap::get(loops, 0, written, context)},
      createMultiplyAdd);
  return createReshape(b, createEpilogue(b, sums, bias, panels, element),
                       shape);
}

namespace {
struct LowerPackedLinear : OpRewritePattern<PackedLinearOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(PackedLinearOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    rewriter.replaceOp(op, createLinear(b, op.getInput(), op.getWeight(),
                                        op.getBias(), shapeOf(op)));
    return success();
  }
};

struct LowerPackedConv : OpRewritePattern<PackedConvOp> {
  LowerPackedConv(MLIRContext *context, bool forGpu)
      : OpRewritePattern(context), forGpu(forGpu) {}

  LogicalResult matchAndRewrite(PackedConvOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    ArrayRef<int64_t> weight = shapeOf(op.getWeight());
    SmallVector<WindowAxis> axes =
        getWindowAxes(op, shapeOf(op.getInput()).drop_front().drop_back(),
                      weight.drop_front().drop_back(2));
    int64_t groups = op.countGroups();
    if (groups == 1 && llvm::all_of(axes, [](const WindowAxis &axis) {
          return axis.isPointwise();
        })) {
      Value panels = createReshape(
          b, op.getWeight(),
          {weight.front(), weight.take_back(2)[0], weight.back()});
      rewriter.replaceOp(op, createLinear(b, op.getInput(), panels,
                                          op.getBias(), shapeOf(op)));
      return success();
    }
    rewriter.replaceOp(op, createConvolution(b, op.getInput(), op.getWeight(),
                                             op.getBias(), axes, shapeOf(op),
                                             groups, forGpu));
    return success();
  }

private:
  bool forGpu;
};
} // namespace

void tenon::populatePackedToLinalgPatterns(RewritePatternSet &patterns,
                                           bool forGpu) {
  patterns.add<LowerPackedLinear>(patterns.getContext());
  patterns.add<LowerPackedConv>(patterns.getContext(), forGpu);
  populateDepthwiseToLinalgPatterns(patterns);
  populateQuantizedToLinalgPatterns(patterns);
  populateWinogradToLinalgPatterns(patterns);
}
