//===- ExpandAdapters.cpp - Adapters beside layers as thin products -------===//

#include "Matching.h"

#include "tenon/IR/Create.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace tenon {
#define GEN_PASS_DEF_EXPANDADAPTERSPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

/// Ranks of all adapters together past which a row is multiplied by those of
/// its own adapter alone.
static constexpr int64_t mostColumns = 256;
/// Rows of a tile of one adapter, where adapters have many rows: what fills
/// registers.
static constexpr int64_t tileRows = 12;

static Value broadcast(ImplicitLocOpBuilder &b, Value value,
                       ArrayRef<int64_t> shape) {
  if (shapeOf(value) == shape)
    return value;
  return BroadcastOp::create(
      b, RankedTensorType::get(shape, elementTypeOf(value)), value);
}

/// `value` [n, count], with n 1 or the batch, for each of the columns of all
/// adapters [batch, .., count rank].
static Value overColumns(ImplicitLocOpBuilder &b, Value value, int64_t rank,
                         ArrayRef<int64_t> shape) {
  int64_t lines = shapeOf(value)[0], count = shapeOf(value)[1];
  value = createReshape(b, value, {lines, count, 1});
  value = broadcast(b, value, {lines, count, rank});
  SmallVector<int64_t> flat(shape.size(), 1);
  flat.front() = lines;
  flat.back() = count * rank;
  return broadcast(b, createReshape(b, value, flat), shape);
}

static Value createIntegers(ImplicitLocOpBuilder &b, Type element,
                            ArrayRef<int64_t> shape,
                            ArrayRef<int64_t> numbers) {
  SmallVector<Attribute> elements;
  for (int64_t number : numbers)
    elements.push_back(b.getIntegerAttr(element, number));
  return arith::ConstantOp::create(
      b,
      DenseElementsAttr::get(RankedTensorType::get(shape, element), elements));
}

/// [batch, count]: whether a row has an adapter.
static Value createChosen(ImplicitLocOpBuilder &b, Value rows, int64_t count) {
  int64_t batch = shapeOf(rows)[0];
  Value numbers = createIntegers(b, elementTypeOf(rows), {1, count},
                                 llvm::to_vector(llvm::seq<int64_t>(0, count)));
  return arith::CmpIOp::create(
      b, arith::CmpIPredicate::eq,
      broadcast(b, createReshape(b, rows, {batch, 1}), {batch, count}),
      broadcast(b, numbers, {batch, count}));
}

/// [batch, 1]: the scale of each row's adapter; of a row without one, any.
static Value createRowScales(ImplicitLocOpBuilder &b, AdaptersOp op) {
  Value scales = op.getScales();
  return EmbeddingOp::create(
      b, createReshape(b, scales, {shapeOf(scales)[0], 1}), op.getRows());
}

/// [batch, 1]: whether a row has an adapter of a scale other than 0.
static Value createAdapted(ImplicitLocOpBuilder &b, Value rows, int64_t count,
                           Value rowScales) {
  int64_t batch = shapeOf(rows)[0];
  Type element = elementTypeOf(rows);
  auto isRow = [&](arith::CmpIPredicate predicate, int64_t number) -> Value {
    return arith::CmpIOp::create(
        b, predicate, rows,
        broadcast(b, createIntegers(b, element, {1}, {number}), {batch}));
  };
  Value zero = arith::ConstantOp::create(
      b, b.getZeroAttr(cast<RankedTensorType>(rowScales.getType())));
  Value named = arith::AndIOp::create(b, isRow(arith::CmpIPredicate::sge, 0),
                                      isRow(arith::CmpIPredicate::slt, count));
  return arith::AndIOp::create(
      b, createReshape(b, named, {batch, 1}),
      arith::CmpFOp::create(b, arith::CmpFPredicate::UNE, rowScales, zero));
}

/// `value` [batch, 1] for each element of [batch, ..].
static Value overRows(ImplicitLocOpBuilder &b, Value value,
                      ArrayRef<int64_t> shape) {
  SmallVector<int64_t> flat(shape.size(), 1);
  flat.front() = shape.front();
  return broadcast(b, createReshape(b, value, flat), shape);
}

/// s (x A^T) B^T with the adapter of each row, [batch, .., out]: rows put
/// together by their adapters, so that only factors that some row has are read.
static Value createGrouped(ImplicitLocOpBuilder &b, AdaptersOp op,
                           Value adapted, Value rowScales) {
  Value rows = op.getRows();
  Type element = op.getType().getElementType(), index = elementTypeOf(rows);
  ArrayRef<int64_t> a = shapeOf(op.getA());
  int64_t count = a[0], in = a[2], batch = shapeOf(rows)[0],
          lines = op.getType().getNumElements() / shapeOf(op).back();
  // Rows without adapter are of one more, whose tiles cost nothing.
  auto numbers = [&](ArrayRef<int64_t> shape, int64_t number) {
    return broadcast(b,
                     createIntegers(b, index,
                                    SmallVector<int64_t>(shape.size(), 1),
                                    {number}),
                     shape);
  };
  Value column = createReshape(b, rows, {batch, 1});
  Value choice =
      arith::SelectOp::create(b, adapted, column, numbers({batch, 1}, count));
  choice = createReshape(b, broadcast(b, choice, {batch, lines / batch}),
                         {lines, 1});
  int64_t tile = lines <= 2 * count ? 1 : tileRows;
  auto grouping = GroupRowsOp::create(b, choice, count + 1, tile);
  Value experts = grouping.getExperts();
  ArrayRef<int64_t> tiles = shapeOf(experts);
  auto integers = [&](int64_t number) {
    return broadcast(b, createIntegers(b, b.getI64Type(), {1}, {number}),
                     tiles);
  };
  experts =
      arith::SelectOp::create(b,
                              arith::CmpIOp::create(b, arith::CmpIPredicate::eq,
                                                    experts, integers(count)),
                              integers(-1), experts);
  Value given =
      GatherOp::create(b, createReshape(b, op.getInput(), {lines, in}),
                       grouping.getRows(), /*axis=*/0);
  Value thin = GroupedLinearOp::create(b, given, op.getA(), experts);
  Value change = GroupedLinearOp::create(b, thin, op.getB(), experts);
  change = createReshape(
      b, GatherOp::create(b, change, grouping.getPlaces(), /*axis=*/0),
      shapeOf(op));
  Type wide = element.isF64() ? element : b.getF32Type();
  Value scales = createCast(b, rowScales, wide);
  change = arith::MulFOp::create(b, createCast(b, change, wide),
                                 overRows(b, scales, shapeOf(op)));
  return createCast(b, change, element);
}

/// The same with the factors of all adapters side by side: for each row, those
/// of others are multiplied by zero.
static Value createJoined(ImplicitLocOpBuilder &b, AdaptersOp op) {
  ArrayRef<int64_t> a = shapeOf(op.getA());
  int64_t count = a[0], rank = a[1], in = a[2], out = shapeOf(op).back();
  Type element = op.getType().getElementType(),
       wide = element.isF64() ? element : b.getF32Type();
  Value thin = LinearOp::create(b, op.getInput(),
                                createReshape(b, op.getA(), {count * rank, in}),
                                /*bias=*/Value());
  SmallVector<int64_t> shape(shapeOf(thin));
  thin = createCast(b, thin, wide);
  Value scales = createCast(b, op.getScales(), wide);
  thin = arith::MulFOp::create(
      b, thin,
      overColumns(b, createReshape(b, scales, {1, count}), rank, shape));
  if (Value rows = op.getRows()) {
    Value zeros = arith::ConstantOp::create(
        b, b.getZeroAttr(cast<RankedTensorType>(thin.getType())));
    thin = arith::SelectOp::create(
        b, overColumns(b, createChosen(b, rows, count), rank, shape), thin,
        zeros);
  }
  Value back = TransposeOp::create(b, op.getB(), ArrayRef<int64_t>{1, 0, 2});
  return LinearOp::create(b, createCast(b, thin, element),
                          createReshape(b, back, {out, count * rank}),
                          /*bias=*/Value());
}

namespace {
struct ExpandBesideLayer : OpRewritePattern<AdaptersOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(AdaptersOp op,
                                PatternRewriter &rewriter) const override {
    if (!op.getType().hasStaticShape() ||
        llvm::any_of(op->getOperandTypes(), [](Type type) {
          return !cast<RankedTensorType>(type).hasStaticShape();
        }))
      return rewriter.notifyMatchFailure(op, "sizes are unknown");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    ArrayRef<int64_t> a = shapeOf(op.getA());
    int64_t count = a[0], rank = a[1];
    if (count * rank == 0) {
      rewriter.replaceOp(op, op.getBase());
      return success();
    }
    Value rows = op.getRows(), rowScales, adapted;
    if (rows) {
      rowScales = createRowScales(b, op);
      adapted = createAdapted(b, rows, count, rowScales);
    }
    Value change = rows && count * rank > mostColumns
                       ? createGrouped(b, op, adapted, rowScales)
                       : createJoined(b, op);
    Value sum = arith::AddFOp::create(b, op.getBase(), change);
    if (rows)
      sum = arith::SelectOp::create(b, overRows(b, adapted, shapeOf(op)), sum,
                                    op.getBase());
    rewriter.replaceOp(op, sum);
    return success();
  }
};

struct ExpandLora : OpRewritePattern<LoraOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(LoraOp op,
                                PatternRewriter &rewriter) const override {
    std::optional<double> scale = uniformValue(op.getScale());
    if (!scale)
      return rewriter.notifyMatchFailure(op, "its scale may be 0");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value base =
        LinearOp::create(b, op.getInput(), op.getWeight(), op.getBias());
    if (*scale == 0) {
      rewriter.replaceOp(op, base);
      return success();
    }
    auto alone = [&](Value value) {
      SmallVector<int64_t> shape(shapeOf(value));
      shape.insert(shape.begin(), 1);
      return createReshape(b, value, shape);
    };
    rewriter.replaceOpWithNewOp<AdaptersOp>(
        op, base, op.getInput(), alone(op.getA()), alone(op.getB()),
        alone(op.getScale()), /*rows=*/Value());
    return success();
  }
};

struct ExpandAdapters : ::tenon::impl::ExpandAdaptersPassBase<ExpandAdapters> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<ExpandBesideLayer, ExpandLora>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
