//===- Resample.cpp - Upsampling, pixel shuffles, unpooling ---------------===//

#include "LoweringBuilders.h"
#include "Lowerings.h"
#include "SequentialLoops.h"

#include "tenon/IR/PixelParts.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace mlir::tenon;

static Value forwardElement(ImplicitLocOpBuilder &, ValueRange elements) {
  return elements[0];
}

namespace {
/// Each pixel is written to a block: [N, C, H, W] to [N, C, H, f, W, f].
struct LowerUpsample : OpRewritePattern<UpsampleOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(UpsampleOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    SmallVector<int64_t> factors = {1, 1};
    llvm::append_range(factors, op.getFactors());
    rewriter.replaceOp(op, createRepeated(b, op.getInput(), factors));
    return success();
  }
};
} // namespace

Value tenon::createRepeated(ImplicitLocOpBuilder &b, Value input,
                            ArrayRef<int64_t> factors) {
  SmallVector<int64_t> read, blocks, shape;
  for (auto [size, factor] : llvm::zip_equal(shapeOf(input), factors)) {
    read.push_back(blocks.size());
    blocks.push_back(size);
    if (factor > 1)
      blocks.push_back(factor);
    shape.push_back(size * factor);
  }
  Value repeated =
      createLoops(b, input, createEmpty(b, blocks, elementTypeOf(input)),
                  {selectLoops(b.getContext(), blocks.size(), read),
                   b.getMultiDimIdentityMap(blocks.size())},
                  forwardElement);
  return createReshape(b, repeated, shape);
}

/// Axis i of the result is axis permutation[i] of the input.
static Value createTransposed(ImplicitLocOpBuilder &b, Value input,
                              ArrayRef<int64_t> permutation) {
  SmallVector<int64_t> shape = applyPermutation(shapeOf(input), permutation);
  AffineMap read = inversePermutation(
      selectLoops(b.getContext(), permutation.size(), permutation));
  return createLoops(b, input, createEmpty(b, shape, elementTypeOf(input)),
                     {read, b.getMultiDimIdentityMap(permutation.size())},
                     forwardElement);
}

namespace {
template <typename OpTy> struct LowerPixels : OpRewritePattern<OpTy> {
  using OpRewritePattern<OpTy>::OpRewritePattern;

  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    PixelParts parts = getPixelParts(op);
    Value moved = createTransposed(
        b, createReshape(b, op.getInput(), parts.shape), parts.permutation);
    rewriter.replaceOp(op, createReshape(b, moved, shapeOf(op.getResult())));
    return success();
  }
};

/// Values are written one after another into zeros. The tensors are seen as
/// planes; with `whole_tensor` all of it is one plane.
struct LowerMaxUnpool : OpRewritePattern<MaxUnpoolOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(MaxUnpoolOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    ArrayRef<int64_t> input = shapeOf(op.getInput());
    ArrayRef<int64_t> result = shapeOf(op.getResult());
    int64_t planes =
        op.getWholeTensor() ? 1 : computeProduct(result.take_front(2));
    int64_t values = computeProduct(input) / planes;
    int64_t places = computeProduct(result) / planes;
    Value from = createReshape(b, op.getInput(), {planes, values});
    Value indices = createReshape(b, op.getIndices(), {planes, values});
    Value zeros =
        createFilled(b, {planes, places},
                     createScalar(b, elementTypeOf(op.getInput()), 0.0));
    Value unpooled =
        createSequentialLoops(
            b, {planes, values}, zeros,
            [&](ImplicitLocOpBuilder &b, ValueRange point,
                ValueRange carried) -> SmallVector<Value> {
              Value index = arith::IndexCastOp::create(
                  b, b.getIndexType(),
                  tensor::ExtractOp::create(b, indices, point));
              Value applies = createIsInside(b, index, places);
              Value place =
                  arith::SelectOp::create(b, applies, index, createIndex(b, 0));
              Value value = tensor::ExtractOp::create(b, from, point);
              return {createUpdate(b, carried.front(), {point[0], place},
                                   applies, value)};
            })
            .front();
    rewriter.replaceOp(op, createReshape(b, unpooled, result));
    return success();
  }
};
} // namespace

void tenon::populateResampleToLinalgPatterns(RewritePatternSet &patterns) {
  populateResizeToLinalgPatterns(patterns);
  patterns.add<LowerUpsample, LowerPixels<PixelShuffleOp>,
               LowerPixels<PixelUnshuffleOp>, LowerMaxUnpool>(
      patterns.getContext());
}
