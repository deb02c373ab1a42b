//===- Rope.cpp - Rotary position embedding -------------------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"
#include "Lowerings.h"

using namespace mlir;
using namespace mlir::tenon;
using arith::CmpIPredicate;

namespace {
/// Where the axes of the rotated tensor stand: [B, heads, L, ..] or
/// [B, L, heads, ..], and behind them the two halves of a pair and the pairs,
/// or the pairs and their two halves.
struct RopeAxes {
  int64_t length, half, pair;
};
} // namespace

/// How the other half of each pair is read.
static AffineMap partnerMap(ImplicitLocOpBuilder &b, const RopeAxes &axes) {
  MLIRContext *context = b.getContext();
  SmallVector<AffineExpr> results;
  for (int64_t axis : llvm::seq<int64_t>(5)) {
    AffineExpr loop = getAffineDimExpr(axis, context);
    results.push_back(axis == axes.half ? 1 - loop : loop);
  }
  return AffineMap::get(5, 0, results, context);
}

/// Rotates all of `input`, whose shape has the five axes.
static Value createRotation(ImplicitLocOpBuilder &b, RopeOp op, Value input,
                            const RopeAxes &axes) {
  MLIRContext *context = b.getContext();
  Type element = elementTypeOf(input), wide = getComputeType(element);
  AffineMap whole = b.getMultiDimIdentityMap(5);
  SmallVector<Value> inputs = {input, input};
  SmallVector<AffineMap> maps = {whole, partnerMap(b, axes)};
  Value ids = op.getPositionIds();
  if (ids) {
    inputs.push_back(ids);
    maps.push_back(selectLoops(context, 5, {0, axes.length}));
  } else {
    inputs.append({op.getCos(), op.getSin()});
    maps.append(2, selectLoops(context, 5, {0, axes.length, axes.pair}));
  }
  maps.push_back(whole);
  auto readTable = [&](ImplicitLocOpBuilder &b, Value table,
                       Value id) -> Value {
    Value last = createIndex(b, shapeOf(table)[0] - 1);
    Value row = arith::IndexCastOp::create(b, b.getIndexType(), id);
    row = arith::MaxSIOp::create(b, row, createIndex(b, 0));
    row = arith::MinSIOp::create(b, row, last);
    Value pair = linalg::IndexOp::create(b, axes.pair);
    return tensor::ExtractOp::create(b, table, ValueRange{row, pair});
  };
  auto body = [&](ImplicitLocOpBuilder &b, ValueRange x) {
    Value cos = ids ? readTable(b, op.getCos(), x[2]) : x[2];
    Value sin = ids ? readTable(b, op.getSin(), x[2]) : x[3];
    Value own =
        createMul(b, convertFloat(b, x[0], wide), convertFloat(b, cos, wide));
    Value other =
        createMul(b, convertFloat(b, x[1], wide), convertFloat(b, sin, wide));
    Value isFirst = arith::CmpIOp::create(b, CmpIPredicate::eq,
                                          linalg::IndexOp::create(b, axes.half),
                                          createIndex(b, 0));
    Value signedOther = arith::SelectOp::create(
        b, isFirst, arith::NegFOp::create(b, other), other);
    return convertFloat(b, createAdd(b, own, signedOther), element);
  };
  return createLoops(b, inputs, createEmpty(b, shapeOf(input), element), maps,
                     body);
}

static Value createChannelSlice(ImplicitLocOpBuilder &b, Value input,
                                int64_t start, int64_t size) {
  SmallVector<int64_t> sizes(shapeOf(input));
  SmallVector<int64_t> starts(sizes.size(), 0), steps(sizes.size(), 1);
  starts.back() = start;
  sizes.back() = size;
  return SliceOp::create(b, RankedTensorType::get(sizes, elementTypeOf(input)),
                         input, starts, sizes, steps);
}

namespace {
struct LowerRope : OpRewritePattern<RopeOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(RopeOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value input = op.getInput();
    SmallVector<int64_t> shape(shapeOf(input));
    bool isSplit = shape.size() == 4;
    if (!isSplit) {
      int64_t heads = *op.getNumHeads();
      shape = {shape[0], shape[1], heads, shape[2] / heads};
    }
    input = createReshape(b, input, shape);
    int64_t size = shape.back(), rotary = op.getRotaryDim();
    Value rest;
    if (rotary < size) {
      rest = createChannelSlice(b, input, rotary, size - rotary);
      input = createChannelSlice(b, input, 0, rotary);
    }
    SmallVector<int64_t> paired(shapeOf(input).drop_back());
    if (op.getInterleaved())
      paired.append({rotary / 2, 2});
    else
      paired.append({2, rotary / 2});
    RopeAxes axes{/*length=*/1, /*half=*/3, /*pair=*/4};
    if (isSplit)
      axes.length = 2;
    if (op.getInterleaved())
      std::swap(axes.half, axes.pair);
    Value rotated =
        createRotation(b, op, createReshape(b, input, paired), axes);
    rotated = createReshape(b, rotated, SmallVector<int64_t>(shapeOf(input)));
    if (rest)
      rotated = ConcatOp::create(
          b, RankedTensorType::get(shape, elementTypeOf(input)),
          ValueRange{rotated, rest}, 3);
    rewriter.replaceOp(op, createReshape(b, rotated, shapeOf(op)));
    return success();
  }
};
} // namespace

void tenon::populateRopeToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerRope>(patterns.getContext());
}
