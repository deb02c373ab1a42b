//===- Experts.cpp - Layers of which each row takes its own ---------------===//
//
// Choices are sorted by counting: one after another, since there are few. A
// tile of rows then multiplies the weight of its expert where it lies.
//
//===----------------------------------------------------------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"
#include "Lowerings.h"
#include "SequentialLoops.h"

using namespace mlir;
using namespace mlir::tenon;
using utils::IteratorType;

/// Panels of a tile of products: enough work for a thread, few enough that few
/// tiles keep all threads busy.
static constexpr int64_t mostPanels = 8;
/// Rows of a tile from which on they are widened ahead of the products.
static constexpr int64_t fewestWidened = 4;

//===----------------------------------------------------------------------===//
// group_rows
//===----------------------------------------------------------------------===//

namespace {
/// The three results, made by counting, then placing.
class RowGrouping {
public:
  RowGrouping(ImplicitLocOpBuilder &b, GroupRowsOp op)
      : b(b), choice(op.getChoice()), choices(shapeOf(choice)),
        experts(static_cast<int64_t>(op.getNumExperts())),
        tile(static_cast<int64_t>(op.getTile())),
        tiles(shapeOf(op.getExperts())[0]) {}

  SmallVector<Value> lower();

private:
  Value filled(int64_t size, int64_t value) {
    return createFilled(b, {size}, createScalar(b, b.getI64Type(), value));
  }
  static Value expertAt(ImplicitLocOpBuilder &b, Value choice, ValueRange at,
                        int64_t experts) {
    Value element = tensor::ExtractOp::create(b, choice, at);
    Value index = arith::IndexCastOp::create(b, b.getIndexType(), element);
    index = arith::MaxSIOp::create(b, index, createIndex(b, 0));
    return arith::MinSIOp::create(b, index, createIndex(b, experts - 1));
  }
  Value countChoices();
  Value findStarts(Value counts);

  ImplicitLocOpBuilder &b;
  Value choice;
  ArrayRef<int64_t> choices;
  int64_t experts, tile, tiles;
};
} // namespace

Value RowGrouping::countChoices() {
  auto count = [&](ImplicitLocOpBuilder &b, ValueRange at,
                   ValueRange carried) -> SmallVector<Value> {
    Value expert = expertAt(b, choice, at, experts);
    Value old = tensor::ExtractOp::create(b, carried[0], expert);
    Value one = createScalar(b, b.getI64Type(), 1);
    return {tensor::InsertOp::create(b, createAdd(b, old, one), carried[0],
                                     expert)};
  };
  return createSequentialLoops(b, choices, filled(experts, 0), count).front();
}

/// Of each expert the first place: the tiles of those before it times `tile`.
Value RowGrouping::findStarts(Value counts) {
  Value zero = createScalar(b, b.getI64Type(), 0);
  auto add = [&](ImplicitLocOpBuilder &b, ValueRange at,
                 ValueRange carried) -> SmallVector<Value> {
    Value starts = tensor::InsertOp::create(b, carried[1], carried[0], at);
    Value size = createScalar(b, b.getI64Type(), tile);
    Value count = tensor::ExtractOp::create(b, counts, at);
    Value used = createMul(b, arith::CeilDivSIOp::create(b, count, size), size);
    return {starts, createAdd(b, carried[1], used)};
  };
  return createSequentialLoops(b, {experts}, {filled(experts, 0), zero}, add)
      .front();
}

SmallVector<Value> RowGrouping::lower() {
  Type i64 = b.getI64Type(), indexType = b.getIndexType();
  Value starts = findStarts(countChoices());
  auto place = [&](ImplicitLocOpBuilder &b, ValueRange at,
                   ValueRange carried) -> SmallVector<Value> {
    Value expert = expertAt(b, choice, at, experts);
    Value here = tensor::ExtractOp::create(b, carried[0], expert);
    Value next = tensor::InsertOp::create(
        b, createAdd(b, here, createScalar(b, i64, 1)), carried[0], expert);
    Value slot = arith::IndexCastOp::create(b, indexType, here);
    Value number = arith::DivUIOp::create(b, slot, createIndex(b, tile));
    auto asInteger = [&](Value index) -> Value {
      return arith::IndexCastOp::create(b, i64, index);
    };
    return {next,
            tensor::InsertOp::create(b, asInteger(at[0]), carried[1], slot),
            tensor::InsertOp::create(b, asInteger(expert), carried[2], number),
            tensor::InsertOp::create(b, here, carried[3], at)};
  };
  SmallVector<Value> results =
      createSequentialLoops(b, choices,
                            {starts, filled(tiles * tile, 0), filled(tiles, -1),
                             createFilled(b, choices, createScalar(b, i64, 0))},
                            place);
  results.erase(results.begin());
  return results;
}

//===----------------------------------------------------------------------===//
// grouped_linear
//===----------------------------------------------------------------------===//

/// A part of `tensor` without the axes that `sizes` makes 1 in front.
static Value createPart(ImplicitLocOpBuilder &b, Value tensor,
                        ArrayRef<OpFoldResult> offsets, ArrayRef<int64_t> sizes,
                        int64_t dropped) {
  SmallVector<OpFoldResult> strides(offsets.size(), b.getIndexAttr(1));
  auto type =
      RankedTensorType::get(sizes.drop_front(dropped), elementTypeOf(tensor));
  return tensor::ExtractSliceOp::create(
      b, type, tensor, offsets, getAsIndexOpFoldResult(b.getContext(), sizes),
      strides);
}

static int64_t largestDivisor(int64_t size, int64_t most) {
  for (int64_t divisor = std::min(size, most); divisor > 1; --divisor)
    if (size % divisor == 0)
      return divisor;
  return 1;
}

/// Rows of a tile times `weight`, from `panel` on: [rows, panels, width], zeros
/// where the tile has no expert.
static Value createTile(ImplicitLocOpBuilder &b, Value rows, Value weight,
                        Value expert, Value panel, int64_t panels, Type wide) {
  ArrayRef<int64_t> shape = shapeOf(weight);
  // [panels, in, width], or as rows of `in` [panels, in].
  bool isPacked = shape.size() == 4;
  SmallVector<int64_t> resultShape = {shapeOf(rows)[0], panels};
  if (isPacked)
    resultShape.push_back(shape[3]);
  Value zero = createIndex(b, 0), one = createIndex(b, 1);
  Value number =
      arith::MinSIOp::create(b, expert, createIndex(b, shape[0] - 1));
  number = arith::MaxSIOp::create(b, number, zero);
  Value isUsed = arith::CmpIOp::create(b, arith::CmpIPredicate::ne, expert,
                                       createIndex(b, -1));
  Value times = arith::SelectOp::create(b, isUsed, one, zero);
  Value sums = createFilled(b, resultShape, createScalar(b, wide, 0.0));
  auto multiply = [&](ImplicitLocOpBuilder &b, ValueRange,
                      ValueRange carried) -> SmallVector<Value> {
    SmallVector<OpFoldResult> offsets(shape.size(), b.getIndexAttr(0));
    offsets[0] = number;
    offsets[1] = panel;
    SmallVector<int64_t> sizes(shape);
    sizes[0] = 1;
    sizes[1] = panels;
    Value part = createPart(b, weight, offsets, sizes, /*dropped=*/1);
    MLIRContext *context = b.getContext();
    int64_t summed = resultShape.size();
    SmallVector<int64_t> weightLoops = {1, summed}, resultLoops = {0, 1};
    if (isPacked) {
      weightLoops.push_back(2);
      resultLoops.push_back(2);
    }
    auto map = [&](ArrayRef<int64_t> loops) {
      return selectLoops(context, summed + 1, loops);
    };
    return {createLoops(b, {rows, part}, carried[0],
                        {map({0, summed}), map(weightLoops), map(resultLoops)},
                        createMultiplyAdd)};
  };
  return createSequentialLoop(b, zero, times, sums, multiply).front();
}

namespace {
struct LowerGroupRows : OpRewritePattern<GroupRowsOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(GroupRowsOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    rewriter.replaceOp(op, RowGrouping(b, op).lower());
    return success();
  }
};

struct LowerGroupedLinear : OpRewritePattern<GroupedLinearOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(GroupedLinearOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    ArrayRef<int64_t> weight = shapeOf(op.getWeight());
    Type element = op.getType().getElementType(),
         wide = getComputeType(element);
    int64_t tiles = shapeOf(op.getExperts())[0], rows = shapeOf(op)[0],
            in = shapeOf(op.getInput())[1];
    if (llvm::is_contained(shapeOf(op), 0)) {
      rewriter.replaceOp(op, createEmpty(b, shapeOf(op), element));
      return success();
    }
    int64_t tile = rows / tiles;
    // Widened once, not for every panel.
    Value input = op.getInput();
    if (tile >= fewestWidened)
      input = createRounded(b, input, wide);
    bool isPacked = weight.size() == 4;
    int64_t panels = largestDivisor(weight[1], isPacked ? mostPanels : 64);
    SmallVector<int64_t> shape = {rows, weight[1]};
    if (isPacked)
      shape.push_back(weight[3]);
    auto indices = [&](ArrayRef<int64_t> values) {
      return getAsIndexOpFoldResult(b.getContext(), values);
    };
    auto loop = scf::ForallOp::create(
        b, indices({0, 0}), indices({tiles, weight[1]}), indices({1, panels}),
        createEmpty(b, shape, element), std::nullopt);
    {
      OpBuilder::InsertionGuard guard(b);
      b.setInsertionPointToStart(loop.getBody());
      Value number = loop.getInductionVar(0), panel = loop.getInductionVar(1);
      Value first = arith::MulIOp::create(b, number, createIndex(b, tile));
      Value given = createPart(b, input, {first, b.getIndexAttr(0)}, {tile, in},
                               /*dropped=*/0);
      Value expert = arith::IndexCastOp::create(
          b, b.getIndexType(),
          tensor::ExtractOp::create(b, op.getExperts(), number));
      Value sums =
          createTile(b, given, op.getWeight(), expert, panel, panels, wide);
      Value result = createRounded(b, sums, element);
      b.setInsertionPointToStart(loop.getTerminator().getBody());
      SmallVector<OpFoldResult> offsets = {first, panel};
      if (isPacked)
        offsets.push_back(b.getIndexAttr(0));
      tensor::ParallelInsertSliceOp::create(
          b, result, loop.getRegionIterArgs().front(), offsets,
          indices(shapeOf(result)),
          SmallVector<OpFoldResult>(offsets.size(), b.getIndexAttr(1)));
    }
    rewriter.replaceOp(op, createReshape(b, loop.getResult(0), shapeOf(op)));
    return success();
  }
};
} // namespace

void tenon::populateExpertsToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerGroupRows, LowerGroupedLinear>(patterns.getContext());
}
