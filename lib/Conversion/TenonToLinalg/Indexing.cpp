//===- Indexing.cpp - Gathers ---------------------------------------------===//

#include "LoweringBuilders.h"
#include "Lowerings.h"

using namespace mlir;
using namespace mlir::tenon;

static SmallVector<Value> createLoopIndices(ImplicitLocOpBuilder &b,
                                            int64_t first, int64_t end) {
  SmallVector<Value> indices;
  for (int64_t loop : llvm::seq(first, end))
    indices.push_back(linalg::IndexOp::create(b, loop));
  return indices;
}

namespace {
/// result[i.., j.., k..] = input[i.., indices[j..], k..]
struct LowerGather : OpRewritePattern<GatherOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(GatherOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value input = op.getInput();
    ArrayRef<int64_t> shape = shapeOf(op.getResult());
    int64_t rank = shape.size(), axis = op.getAxis();
    int64_t behind = axis + shapeOf(op.getIndices()).size();
    AffineMap chosen = selectLoops(op.getContext(), rank,
                                   llvm::to_vector(llvm::seq(axis, behind)));
    rewriter.replaceOp(
        op, createLoops(
                b, op.getIndices(), createEmpty(b, shape, elementTypeOf(input)),
                {chosen, b.getMultiDimIdentityMap(rank)},
                [&](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
                  SmallVector<Value> point = createLoopIndices(b, 0, axis);
                  point.push_back(
                      createClampedIndex(b, x[0], shapeOf(input)[axis]));
                  llvm::append_range(point, createLoopIndices(b, behind, rank));
                  return tensor::ExtractOp::create(b, input, point);
                }));
    return success();
  }
};

/// result[i..] = input[i.. with indices[i..] at `axis`]
struct LowerGatherElements : OpRewritePattern<GatherElementsOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(GatherElementsOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value input = op.getInput();
    int64_t axis = op.getAxis();
    ArrayRef<int64_t> shape = shapeOf(op.getResult());
    rewriter.replaceOp(
        op,
        createElementwise(
            b, op.getIndices(), shape, elementTypeOf(input),
            [&](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
              SmallVector<Value> point = createLoopIndices(b, 0, shape.size());
              point[axis] = createClampedIndex(b, x[0], shapeOf(input)[axis]);
              return tensor::ExtractOp::create(b, input, point);
            }));
    return success();
  }
};

/// The coordinates in the last axis of `indices` are as many inputs of the
/// loops, each read by a map that fixes that axis.
struct LowerGatherNd : OpRewritePattern<GatherNdOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(GatherNdOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    MLIRContext *context = op.getContext();
    Value input = op.getInput();
    ArrayRef<int64_t> shape = shapeOf(op.getResult());
    ArrayRef<int64_t> indices = shapeOf(op.getIndices());
    int64_t rank = shape.size(), batch = op.getBatchDims();
    int64_t vectors = indices.size() - 1, count = indices.back();
    SmallVector<Value> inputs(count, op.getIndices());
    SmallVector<AffineMap> maps;
    for (int64_t i : llvm::seq(count)) {
      SmallVector<AffineExpr> read;
      for (int64_t loop : llvm::seq(vectors))
        read.push_back(getAffineDimExpr(loop, context));
      read.push_back(getAffineConstantExpr(i, context));
      maps.push_back(AffineMap::get(rank, 0, read, context));
    }
    maps.push_back(b.getMultiDimIdentityMap(rank));
    rewriter.replaceOp(
        op,
        createLoops(b, inputs, createEmpty(b, shape, elementTypeOf(input)),
                    maps, [&](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
                      SmallVector<Value> point = createLoopIndices(b, 0, batch);
                      for (int64_t i : llvm::seq(count))
                        point.push_back(createClampedIndex(
                            b, x[i], shapeOf(input)[batch + i]));
                      llvm::append_range(point,
                                         createLoopIndices(b, vectors, rank));
                      return tensor::ExtractOp::create(b, input, point);
                    }));
    return success();
  }
};
} // namespace

void tenon::populateIndexingToLinalgPatterns(RewritePatternSet &patterns) {
  populateScatterToLinalgPatterns(patterns);
  populateSlicingToLinalgPatterns(patterns);
  populateTopKToLinalgPatterns(patterns);
  patterns.add<LowerGather, LowerGatherElements, LowerGatherNd>(
      patterns.getContext());
}
