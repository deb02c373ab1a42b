//===- TopK.cpp - The largest elements, in order --------------------------===//
//
// Only indices are sorted; values are gathered by them at the end. Few elements
// are kept in a sorted list into which each better one is pushed; many are
// sorted by merging. Equal elements are ordered by index throughout, so that
// the order is total.
//
//===----------------------------------------------------------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"
#include "Lowerings.h"
#include "SequentialLoops.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace mlir::tenon;
using arith::CmpFPredicate;
using arith::CmpIPredicate;

/// Below so many steps (elements times k) of the worst case a list is kept.
constexpr int64_t mostListSteps = int64_t(1) << 22;

namespace {
/// The input seen as [outer, size, inner] and what to look for along the
/// middle.
struct Ranking {
  Value input;
  int64_t outer;
  int64_t size;
  int64_t inner;
  int64_t k;
  bool smallest;
  bool isUnsigned;
};

/// An element of a row with its index in it.
struct Candidate {
  Value element;
  Value index;
};
} // namespace

static Candidate createCandidate(ImplicitLocOpBuilder &b,
                                 const Ranking &ranking, ValueRange row,
                                 Value index) {
  Value element = tensor::ExtractOp::create(b, ranking.input,
                                            ValueRange{row[0], index, row[1]});
  if (isa<FloatType>(element.getType()))
    element = convertFloat(b, element, getComputeType(element.getType()));
  return {element, index};
}

/// Whether `left` comes before `right` in the result. NaN is above all.
static Value createComesFirst(ImplicitLocOpBuilder &b, const Ranking &ranking,
                              const Candidate &left, const Candidate &right) {
  Value isBetter, isEqual;
  // The smallest: the same with sides changed.
  Value above = ranking.smallest ? right.element : left.element;
  Value below = ranking.smallest ? left.element : right.element;
  if (isa<FloatType>(above.getType())) {
    Value aboveNan = arith::CmpFOp::create(b, CmpFPredicate::UNO, above, above);
    Value belowNan = arith::CmpFOp::create(b, CmpFPredicate::UNO, below, below);
    Value isLarger = arith::CmpFOp::create(b, CmpFPredicate::OGT, above, below);
    Value onlyAboveNan =
        arith::CmpIOp::create(b, CmpIPredicate::ugt, aboveNan, belowNan);
    isBetter = arith::OrIOp::create(b, isLarger, onlyAboveNan);
    isEqual = arith::OrIOp::create(
        b, arith::CmpFOp::create(b, CmpFPredicate::OEQ, above, below),
        arith::AndIOp::create(b, aboveNan, belowNan));
  } else {
    bool ordersUnsigned = ranking.isUnsigned || above.getType().isInteger(1);
    isBetter = arith::CmpIOp::create(
        b, ordersUnsigned ? CmpIPredicate::ugt : CmpIPredicate::sgt, above,
        below);
    isEqual = arith::CmpIOp::create(b, CmpIPredicate::eq, above, below);
  }
  Value isEarlier =
      arith::CmpIOp::create(b, CmpIPredicate::slt, left.index, right.index);
  return arith::OrIOp::create(b, isBetter,
                              arith::AndIOp::create(b, isEqual, isEarlier));
}

static Value createI64(ImplicitLocOpBuilder &b, Value index) {
  return arith::IndexCastOp::create(b, b.getI64Type(), index);
}

static Value createReadIndex(ImplicitLocOpBuilder &b, Value list,
                             ValueRange row, Value at) {
  Value index =
      tensor::ExtractOp::create(b, list, ValueRange{row[0], at, row[1]});
  return arith::IndexCastOp::create(b, b.getIndexType(), index);
}

/// One candidate is pushed into the list of its row: it takes the place of the
/// first worse one, which moves on by one, and so forth. A place that is not
/// taken yet holds -1.
static Value createPush(ImplicitLocOpBuilder &b, const Ranking &ranking,
                        ValueRange row, Value index, Value list) {
  Value zero = createIndex(b, 0), k = createIndex(b, ranking.k);
  auto comesFirst = [&](ImplicitLocOpBuilder &b, Value left, Value right) {
    Value isFree = arith::CmpIOp::create(b, CmpIPredicate::slt, right, zero);
    Value readable = arith::MaxSIOp::create(b, right, zero);
    Value wins =
        createComesFirst(b, ranking, createCandidate(b, ranking, row, left),
                         createCandidate(b, ranking, row, readable));
    return arith::OrIOp::create(b, isFree, wins);
  };
  Value last = createReadIndex(b, list, row, createIndex(b, ranking.k - 1));
  // Most candidates are not among the best so far.
  Value end = arith::SelectOp::create(b, comesFirst(b, index, last), k, zero);
  return createSequentialLoop(
             b, zero, end, {list, index},
             [&](ImplicitLocOpBuilder &b, ValueRange at,
                 ValueRange carried) -> SmallVector<Value> {
               Value list = carried[0], moving = carried[1];
               Value held = createReadIndex(b, list, row, at[0]);
               // A free place takes what moves; what moved out of none is none.
               Value isNone =
                   arith::CmpIOp::create(b, CmpIPredicate::slt, moving, zero);
               Value readable = arith::MaxSIOp::create(b, moving, zero);
               Value swaps = comesFirst(b, readable, held);
               swaps = arith::SelectOp::create(
                   b, isNone,
                   arith::ConstantOp::create(b, b.getBoolAttr(false)), swaps);
               Value kept = arith::SelectOp::create(b, swaps, moving, held);
               Value moved = arith::SelectOp::create(b, swaps, held, moving);
               list =
                   tensor::InsertOp::create(b, createI64(b, kept), list,
                                            ValueRange{row[0], at[0], row[1]});
               return {list, moved};
             })
      .front();
}

/// Indices [outer, k, inner] of the first k elements.
static Value createList(ImplicitLocOpBuilder &b, const Ranking &ranking) {
  Value none = arith::ConstantOp::create(b, b.getI64IntegerAttr(-1));
  Value list = createFilled(b, {ranking.outer, ranking.k, ranking.inner}, none);
  return createSequentialLoops(
             b, {ranking.outer, ranking.inner, ranking.size}, list,
             [&](ImplicitLocOpBuilder &b, ValueRange at,
                 ValueRange carried) -> SmallVector<Value> {
               return {createPush(b, ranking, at.take_front(2), at[2],
                                  carried.front())};
             })
      .front();
}

/// Runs of `width` sorted indices in `from` become runs twice as long in `to`.
static Value createMergePass(ImplicitLocOpBuilder &b, const Ranking &ranking,
                             int64_t width, Value from, Value to) {
  int64_t runs = llvm::divideCeil(ranking.size, 2 * width);
  auto mergeRun = [&](ImplicitLocOpBuilder &b, ValueRange at,
                      ValueRange carried) -> SmallVector<Value> {
    ValueRange row = at.take_front(2);
    Value size = createIndex(b, ranking.size), one = createIndex(b, 1);
    Value begin = createMul(b, at[2], createIndex(b, 2 * width));
    auto bounded = [&](int64_t distance) -> Value {
      return arith::MinSIOp::create(
          b, createAdd(b, begin, createIndex(b, distance)), size);
    };
    Value middle = bounded(width), end = bounded(2 * width);
    return {createSequentialLoop(
                b, begin, end, {carried.front(), begin, middle},
                [&](ImplicitLocOpBuilder &b, ValueRange place,
                    ValueRange state) -> SmallVector<Value> {
                  Value left = state[1], right = state[2];
                  Value hasLeft = arith::CmpIOp::create(b, CmpIPredicate::slt,
                                                        left, middle);
                  Value hasRight =
                      arith::CmpIOp::create(b, CmpIPredicate::slt, right, end);
                  // Reads stay inside where a run is used up.
                  auto candidate = [&](Value at) {
                    Value last = createIndex(b, ranking.size - 1);
                    at = arith::MinSIOp::create(b, at, last);
                    return createCandidate(b, ranking, row,
                                           createReadIndex(b, from, row, at));
                  };
                  Candidate first = candidate(left), other = candidate(right);
                  Value leftFirst = createComesFirst(b, ranking, first, other);
                  // Left, unless it is used up or the right one is better.
                  Value takesLeft = arith::AndIOp::create(
                      b, hasLeft,
                      arith::SelectOp::create(
                          b, hasRight, leftFirst,
                          arith::ConstantOp::create(b, b.getBoolAttr(true))));
                  Value taken = arith::SelectOp::create(
                      b, takesLeft, first.index, other.index);
                  Value list = tensor::InsertOp::create(
                      b, createI64(b, taken), state[0],
                      ValueRange{row[0], place[0], row[1]});
                  Value nextLeft = arith::SelectOp::create(
                      b, takesLeft, createAdd(b, left, one), left);
                  Value nextRight = arith::SelectOp::create(
                      b, takesLeft, right, createAdd(b, right, one));
                  return {list, nextLeft, nextRight};
                })
                .front()};
  };
  return createSequentialLoops(b, {ranking.outer, ranking.inner, runs}, to,
                               mergeRun)
      .front();
}

/// Indices [outer, size, inner] of all elements in order.
static Value createMergeSort(ImplicitLocOpBuilder &b, const Ranking &ranking) {
  SmallVector<int64_t> shape = {ranking.outer, ranking.size, ranking.inner};
  Type i64 = b.getI64Type();
  Value from = createElementwise(
      b, {}, shape, i64, [](ImplicitLocOpBuilder &b, ValueRange) {
        return createI64(b, linalg::IndexOp::create(b, 1));
      });
  Value to = createEmpty(b, shape, i64);
  for (int64_t width = 1; width < ranking.size; width *= 2) {
    Value merged = createMergePass(b, ranking, width, from, to);
    to = from;
    from = merged;
  }
  return from;
}

namespace {
struct LowerTopK : OpRewritePattern<TopKOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(TopKOp op,
                                PatternRewriter &rewriter) const override {
    Type element = elementTypeOf(op.getInput());
    if (isa<FloatType>(element) && !isConvertible(element))
      return rewriter.notifyMatchFailure(op, "elements cannot be compared");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    ArrayRef<int64_t> shape = shapeOf(op.getInput());
    int64_t axis = op.getAxis();
    Ranking ranking = {{},
                       computeProduct(shape.take_front(axis)),
                       shape[axis],
                       computeProduct(shape.drop_front(axis + 1)),
                       static_cast<int64_t>(op.getK()),
                       op.getSmallest(),
                       op.getUnsignedElements()};
    ranking.input = createReshape(b, op.getInput(),
                                  {ranking.outer, ranking.size, ranking.inner});
    bool isShort = ranking.k <= mostListSteps / ranking.size;
    Value order =
        isShort ? createList(b, ranking) : createMergeSort(b, ranking);
    rewriter.replaceOp(op, createResults(b, op, ranking, order));
    return success();
  }

  /// The values at the first k indices, and these.
  SmallVector<Value> createResults(ImplicitLocOpBuilder &b, TopKOp op,
                                   const Ranking &ranking, Value order) const {
    SmallVector<int64_t> shape = {ranking.outer, ranking.k, ranking.inner};
    if (ranking.k != shapeOf(order)[1]) {
      MLIRContext *context = b.getContext();
      order = tensor::ExtractSliceOp::create(
          b, order, getAsIndexOpFoldResult(context, {0, 0, 0}),
          getAsIndexOpFoldResult(context, shape),
          getAsIndexOpFoldResult(context, {1, 1, 1}));
    }
    Value values = createElementwise(
        b, order, shape, elementTypeOf(op.getInput()),
        [&](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
          Value index = arith::IndexCastOp::create(b, b.getIndexType(), x[0]);
          Value outer = linalg::IndexOp::create(b, 0);
          Value inner = linalg::IndexOp::create(b, 2);
          return tensor::ExtractOp::create(b, ranking.input,
                                           ValueRange{outer, index, inner});
        });
    ArrayRef<int64_t> result = shapeOf(op.getValues());
    return {createReshape(b, values, result), createReshape(b, order, result)};
  }
};
} // namespace

void tenon::populateTopKToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerTopK>(patterns.getContext());
}
