//===- Reduction.cpp - Reductions and running sums ------------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"

using namespace mlir;
using namespace mlir::tenon;
using arith::CmpFPredicate;
using arith::CmpIPredicate;

namespace {
/// What a reduction does to its elements. `wide` is the type of its sums.
struct ReductionSteps {
  ReduceOp op;
  Type element, wide;
  int64_t count = 1;

  explicit ReductionSteps(ReduceOp op);
  Value createInitial(ImplicitLocOpBuilder &b);
  Value combine(ImplicitLocOpBuilder &b, Value x, Value accumulator);
  bool hasFinish();
  Value finish(ImplicitLocOpBuilder &b, Value accumulator);
  Value widen(ImplicitLocOpBuilder &b, Value x) {
    return isa<FloatType>(wide) ? convertFloat(b, x, wide) : x;
  }
};
} // namespace

ReductionSteps::ReductionSteps(ReduceOp op)
    : op(op), element(elementTypeOf(op.getInput())) {
  bool isOrder =
      op.getKind() == ReductionKind::max || op.getKind() == ReductionKind::min;
  // An order needs no digits beyond its elements' own.
  wide = isOrder && element.getIntOrFloatBitWidth() >= 16
             ? element
             : getComputeType(element);
  for (int64_t axis : op.getAxes())
    count *= shapeOf(op.getInput())[axis];
}

Value ReductionSteps::createInitial(ImplicitLocOpBuilder &b) {
  switch (op.getKind()) {
  case ReductionKind::max:
    return createLowest(b, wide, op.getUnsignedElements());
  case ReductionKind::min:
    return createHighest(b, wide, op.getUnsignedElements());
  case ReductionKind::prod:
    return createScalar(b, wide, 1.0);
  default:
    return createScalar(b, wide, 0.0);
  }
}

Value ReductionSteps::combine(ImplicitLocOpBuilder &b, Value x,
                              Value accumulator) {
  x = widen(b, x);
  switch (op.getKind()) {
  case ReductionKind::max:
    return createMax(b, x, accumulator, op.getUnsignedElements());
  case ReductionKind::min:
    return createMin(b, x, accumulator, op.getUnsignedElements());
  case ReductionKind::prod:
    return createMul(b, x, accumulator);
  case ReductionKind::l1:
    if (isa<FloatType>(wide))
      x = math::AbsFOp::create(b, x);
    else if (!op.getUnsignedElements())
      x = math::AbsIOp::create(b, x);
    return createAdd(b, x, accumulator);
  case ReductionKind::l2:
  case ReductionKind::sum_square:
    return createAdd(b, createMul(b, x, x), accumulator);
  default:
    return createAdd(b, x, accumulator);
  }
}

bool ReductionSteps::hasFinish() {
  return wide != element || op.getKind() == ReductionKind::mean ||
         op.getKind() == ReductionKind::l2 ||
         op.getKind() == ReductionKind::log_sum;
}

Value ReductionSteps::finish(ImplicitLocOpBuilder &b, Value value) {
  if (op.getKind() == ReductionKind::l2)
    value = math::SqrtOp::create(b, value);
  if (op.getKind() == ReductionKind::log_sum)
    value = math::LogOp::create(b, value);
  if (op.getKind() == ReductionKind::mean) {
    // Over no element a float mean is NaN; an integer one stays 0.
    double divisor = isa<FloatType>(wide) || count > 0 ? count : 1;
    Value size = createScalar(b, wide, divisor);
    if (isa<FloatType>(wide))
      value = arith::DivFOp::create(b, value, size);
    else if (op.getUnsignedElements())
      value = arith::DivUIOp::create(b, value, size);
    else
      value = arith::DivSIOp::create(b, value, size);
  }
  return isa<FloatType>(wide) ? convertFloat(b, value, element) : value;
}

/// x - max, where an infinite max counts as 0: ln(sum e^x) then is that
/// infinity, not NaN.
static Value createFiniteShift(ImplicitLocOpBuilder &b, Value largest) {
  Type type = largest.getType();
  Value isInfinite = arith::CmpFOp::create(
      b, CmpFPredicate::OEQ, math::AbsFOp::create(b, largest),
      createHighest(b, type, /*isUnsigned=*/false));
  return arith::SelectOp::create(b, isInfinite, createScalar(b, type, 0.0),
                                 largest);
}

static Value createLogSumExp(ImplicitLocOpBuilder &b, Value input,
                             ArrayRef<int64_t> axes, Type element) {
  Type wide = getComputeType(element);
  int64_t rank = shapeOf(input).size();
  Value largest = createReduction(
      b, input, axes, createLowest(b, wide, /*isUnsigned=*/false),
      [&](ImplicitLocOpBuilder &b, ValueRange x) {
        return createMax(b, convertFloat(b, x[0], wide), x[1], false);
      });
  AffineMap row = selectLoops(b.getContext(), rank, otherAxes(rank, axes));
  Value sum =
      createLoops(b, {input, largest},
                  createFilled(b, shapeOf(largest), createScalar(b, wide, 0.0)),
                  {b.getMultiDimIdentityMap(rank), row, row},
                  [&](ImplicitLocOpBuilder &b, ValueRange x) {
                    Value shifted = createSub(b, convertFloat(b, x[0], wide),
                                              createFiniteShift(b, x[1]));
                    return createAdd(b, x[2], math::ExpOp::create(b, shifted));
                  });
  return createElementwise(b, {sum, largest}, shapeOf(sum), element,
                           [&](ImplicitLocOpBuilder &b, ValueRange x) {
                             Value value =
                                 createAdd(b, math::LogOp::create(b, x[0]),
                                           createFiniteShift(b, x[1]));
                             return convertFloat(b, value, element);
                           });
}

namespace {
struct LowerReduce : OpRewritePattern<ReduceOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(ReduceOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    rewriter.replaceOp(op, createReshape(b, reduce(b, op), shapeOf(op)));
    return success();
  }

  static Value reduce(ImplicitLocOpBuilder &b, ReduceOp op) {
    ReductionSteps steps(op);
    if (op.getKind() == ReductionKind::log_sum_exp)
      return createLogSumExp(b, op.getInput(), op.getAxes(), steps.element);
    Value result =
        createReduction(b, op.getInput(), op.getAxes(), steps.createInitial(b),
                        [&](ImplicitLocOpBuilder &b, ValueRange x) {
                          return steps.combine(b, x[0], x[1]);
                        });
    if (!steps.hasFinish())
      return result;
    return createElementwise(b, result, shapeOf(result), steps.element,
                             [&](ImplicitLocOpBuilder &b, ValueRange x) {
                               return steps.finish(b, x[0]);
                             });
  }
};

/// First the extreme value, then the first or last place where it stands: two
/// plain reductions, which any order of the loops computes alike.
struct LowerArgReduce : OpRewritePattern<ArgReduceOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(ArgReduceOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value input = op.getInput();
    Type element = elementTypeOf(input), i64 = b.getI64Type();
    Type type = getComputeType(element);
    int64_t axis = op.getAxis(), rank = shapeOf(input).size();
    bool isUnsigned = op.getUnsignedElements(), isLast = op.getSelectLast();
    auto widen = [&](ImplicitLocOpBuilder &b, Value x) {
      return isa<FloatType>(type) ? convertFloat(b, x, type) : x;
    };
    Value initial = op.getMinimum() ? createHighest(b, type, isUnsigned)
                                    : createLowest(b, type, isUnsigned);
    Value extreme = createReduction(
        b, input, axis, initial, [&](ImplicitLocOpBuilder &b, ValueRange x) {
          Value value = widen(b, x[0]);
          return op.getMinimum() ? createMin(b, value, x[1], isUnsigned)
                                 : createMax(b, value, x[1], isUnsigned);
        });
    AffineMap row = selectLoops(op.getContext(), rank, otherAxes(rank, axis));
    Value nowhere = isLast ? createScalar(b, i64, -1)
                           : createHighest(b, i64, /*isUnsigned=*/false);
    Value place = createLoops(
        b, {input, extreme}, createFilled(b, shapeOf(extreme), nowhere),
        {b.getMultiDimIdentityMap(rank), row, row},
        [&](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
          Value index = arith::IndexCastOp::create(
              b, i64, linalg::IndexOp::create(b, axis));
          Value isThere = isSame(b, widen(b, x[0]), x[1]);
          Value own = arith::SelectOp::create(b, isThere, index, nowhere);
          return isLast ? createMax(b, own, x[2], false)
                        : createMin(b, own, x[2], false);
        });
    rewriter.replaceOp(op, createReshape(b, place, shapeOf(op)));
    return success();
  }

  /// Equality in which NaN, the extreme of a row that holds one, is NaN.
  static Value isSame(ImplicitLocOpBuilder &b, Value x, Value extreme) {
    if (!isa<FloatType>(x.getType()))
      return arith::CmpIOp::create(b, CmpIPredicate::eq, x, extreme);
    Value isEqual = arith::CmpFOp::create(b, CmpFPredicate::OEQ, x, extreme);
    Value isNan = arith::CmpFOp::create(b, CmpFPredicate::UNO, x, x);
    return arith::OrIOp::create(b, isEqual, isNan);
  }
};

/// One element after another: each is the one before combined with the next
/// of the input.
struct LowerCumulative : OpRewritePattern<CumulativeOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(CumulativeOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    ArrayRef<int64_t> shape = shapeOf(op);
    Type element = elementTypeOf(op), wide = getComputeType(element);
    Value zero = createIndex(b, 0), one = createIndex(b, 1);
    SmallVector<Value> ends;
    for (int64_t size : shape)
      ends.push_back(createIndex(b, size));
    SmallVector<Value> starts(ends.size(), zero), steps(ends.size(), one);
    auto body = [&](OpBuilder &nested, Location loc, ValueRange at,
                    ValueRange results) -> scf::ValueVector {
      ImplicitLocOpBuilder inner(loc, nested);
      return {advance(inner, op, wide, at, results.front())};
    };
    scf::LoopNest loops = scf::buildLoopNest(
        b, op.getLoc(), starts, ends, steps, createEmpty(b, shape, wide), body);
    Value result = loops.results.front();
    if (wide != element)
      result = createElementwise(b, result, shape, element,
                                 [&](ImplicitLocOpBuilder &b, ValueRange x) {
                                   return convertFloat(b, x[0], element);
                                 });
    rewriter.replaceOp(op, result);
    return success();
  }

  static Value advance(ImplicitLocOpBuilder &b, CumulativeOp op, Type wide,
                       ValueRange at, Value result) {
    int64_t axis = op.getAxis(), size = shapeOf(op)[axis];
    bool isSum = op.getKind() == ReductionKind::sum;
    Value zero = createIndex(b, 0), one = createIndex(b, 1);
    Value step = at[axis];
    Value isFirst = arith::CmpIOp::create(b, CmpIPredicate::eq, step, zero);
    // Read at the first step too, from a place that exists, and thrown away.
    Value previous =
        arith::MaxSIOp::create(b, arith::SubIOp::create(b, step, one), zero);
    if (op.getReverse()) {
      Value last = createIndex(b, size - 1);
      step = arith::SubIOp::create(b, last, step);
      previous = arith::SubIOp::create(b, last, previous);
    }
    SmallVector<Value> here(at), before(at);
    here[axis] = step;
    before[axis] = previous;
    Value identity = createScalar(b, wide, isSum ? 0.0 : 1.0);
    Value sum = arith::SelectOp::create(
        b, isFirst, identity, tensor::ExtractOp::create(b, result, before));
    Value next = tensor::ExtractOp::create(b, op.getInput(),
                                           op.getExclusive() ? before : here);
    if (isa<FloatType>(wide))
      next = convertFloat(b, next, wide);
    if (op.getExclusive())
      next = arith::SelectOp::create(b, isFirst, identity, next);
    sum = isSum ? createAdd(b, sum, next) : createMul(b, sum, next);
    return tensor::InsertOp::create(b, sum, result, here);
  }
};
} // namespace

void tenon::populateReductionToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerArgReduce, LowerCumulative, LowerReduce>(
      patterns.getContext());
}
