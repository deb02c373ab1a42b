//===- CacheUpdate.cpp - New rows of a cache ------------------------------===//

#include "LoweringBuilders.h"
#include "Lowerings.h"

using namespace mlir;
using namespace mlir::tenon;

namespace {
struct LowerCacheUpdate : OpRewritePattern<CacheUpdateOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(CacheUpdateOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    ArrayRef<int64_t> cache = shapeOf(op.getCache());
    int64_t batch = cache[0], heads = cache[1], capacity = cache[2],
            size = cache[3];
    bool isSplit = shapeOf(op.getRows()).size() == 4;
    int64_t length = shapeOf(op.getRows())[isSplit ? 2 : 1];
    if (batch * heads * size * length == 0 || capacity == 0) {
      rewriter.replaceOp(op, op.getCache());
      return success();
    }
    Value rows = op.getRows();
    if (!isSplit)
      rows = createReshape(b, rows, {batch, length, heads, size});
    Value zero = createIndex(b, 0);
    auto within = [&](Value value, Value low, int64_t high) -> Value {
      return arith::MinSIOp::create(b, arith::MaxSIOp::create(b, value, low),
                                    createIndex(b, high));
    };
    scf::LoopNest nest = scf::buildLoopNest(
        b, b.getLoc(), {zero, zero},
        {createIndex(b, batch), createIndex(b, heads)},
        {createIndex(b, 1), createIndex(b, 1)}, op.getCache(),
        [&](OpBuilder &builder, Location loc, ValueRange at, ValueRange now) {
          ImplicitLocOpBuilder b(loc, builder);
          Value position = arith::IndexCastOp::create(
              b, b.getIndexType(),
              tensor::ExtractOp::create(b, op.getPositions(), at[0]));
          // Rows first .. last - 1 have a place.
          Value first =
              within(arith::SubIOp::create(b, zero, position), zero, length);
          Value last = within(
              arith::SubIOp::create(b, createIndex(b, capacity), position),
              first, length);
          Value count = arith::SubIOp::create(b, last, first);
          Value target =
              within(arith::AddIOp::create(b, position, first), zero, capacity);
          OpFoldResult one = b.getIndexAttr(1), none = b.getIndexAttr(0),
                       whole = b.getIndexAttr(size);
          SmallVector<OpFoldResult> ones(4, one),
              from = {at[0], first, at[1], none},
              sizes = {one, count, one, whole};
          if (isSplit) {
            std::swap(from[1], from[2]);
            std::swap(sizes[1], sizes[2]);
          }
          auto type = RankedTensorType::get({ShapedType::kDynamic, size},
                                            elementTypeOf(op.getCache()));
          Value part =
              tensor::ExtractSliceOp::create(b, type, rows, from, sizes, ones);
          Value result = tensor::InsertSliceOp::create(
              b, part, now[0],
              ArrayRef<OpFoldResult>{at[0], at[1], target, none},
              ArrayRef<OpFoldResult>{one, one, count, whole}, ones);
          return scf::ValueVector{result};
        });
    rewriter.replaceOp(op, nest.results.front());
    return success();
  }
};
} // namespace

void tenon::populateCacheUpdateToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerCacheUpdate>(patterns.getContext());
}
