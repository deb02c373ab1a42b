//===- Elementwise.cpp - Softmax, casts, broadcasts, transposes -----------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"
#include "Lowerings.h"

using namespace mlir;
using namespace mlir::tenon;
using arith::CmpFPredicate;

namespace {
struct LowerCast : OpRewritePattern<CastOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(CastOp op,
                                PatternRewriter &rewriter) const override {
    Type source = elementTypeOf(op.getInput()), target = elementTypeOf(op);
    for (Type element : {source, target})
      if (!isConvertible(element))
        return rewriter.notifyMatchFailure(op, [&](Diagnostic &diagnostic) {
          diagnostic << "elements of type " << element << " are not converted";
        });
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    ConversionFlags flags{op.getUnsignedInput(), op.getUnsignedResult(),
                          op.getSaturate()};
    rewriter.replaceOp(
        op, createElementwise(b, op.getInput(), shapeOf(op), target,
                              [&](ImplicitLocOpBuilder &b, ValueRange x) {
                                return convertElement(b, x[0], target, flags);
                              }));
    return success();
  }
};

struct LowerBroadcast : OpRewritePattern<BroadcastOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(BroadcastOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    rewriter.replaceOp(
        op, createElementwise(
                b, op.getInput(), shapeOf(op), elementTypeOf(op),
                [](ImplicitLocOpBuilder &, ValueRange x) { return x[0]; }));
    return success();
  }
};

struct LowerTranspose : OpRewritePattern<TransposeOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(TransposeOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    ArrayRef<int64_t> permutation = op.getPermutation();
    AffineMap written =
        b.getMultiDimIdentityMap(static_cast<unsigned>(permutation.size()));
    AffineMap read = inversePermutation(
        selectLoops(op.getContext(), permutation.size(), permutation));
    rewriter.replaceOp(
        op, createLoops(
                b, op.getInput(),
                createEmpty(b, shapeOf(op), elementTypeOf(op)), {read, written},
                [](ImplicitLocOpBuilder &, ValueRange x) { return x[0]; }));
    return success();
  }
};

struct LowerSoftmax : OpRewritePattern<SoftmaxOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(SoftmaxOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    rewriter.replaceOp(op, createSoftmax(b, op.getInput(), op.getAxis(),
                                         op.getLog(), elementTypeOf(op)));
    return success();
  }
};
} // namespace

/// exp(x - max) = 0 for every x of a row that is -inf throughout: the row's
/// maximum is taken as 0 there.
static Value createShifted(ImplicitLocOpBuilder &b, Value x, Value largest) {
  Type type = largest.getType();
  Value isMasked = arith::CmpFOp::create(b, CmpFPredicate::OEQ, largest,
                                         createLowest(b, type, false));
  largest =
      arith::SelectOp::create(b, isMasked, createScalar(b, type, 0.0), largest);
  return arith::SubFOp::create(b, convertFloat(b, x, type), largest);
}

/// The sum of a row of exponentials, 1 where no element counts.
static Value createDivisor(ImplicitLocOpBuilder &b, Value sum) {
  Type type = sum.getType();
  Value isEmpty = arith::CmpFOp::create(b, CmpFPredicate::OEQ, sum,
                                        createScalar(b, type, 0.0));
  return arith::SelectOp::create(b, isEmpty, createScalar(b, type, 1.0), sum);
}

Value tenon::createSoftmax(ImplicitLocOpBuilder &b, Value input, int64_t axis,
                           bool log, Type element) {
  ArrayRef<int64_t> shape = shapeOf(input);
  MLIRContext *context = b.getContext();
  Type wide = getComputeType(elementTypeOf(input));
  AffineMap whole = b.getMultiDimIdentityMap(shape.size());
  AffineMap row =
      selectLoops(context, shape.size(), otherAxes(shape.size(), axis));
  Value largest = createReduction(
      b, input, axis, createLowest(b, wide, false),
      [&](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
        return arith::MaximumFOp::create(b, convertFloat(b, x[0], wide), x[1]);
      });
  auto exponential = [&](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
    return math::ExpOp::create(b, createShifted(b, x[0], x[1]));
  };
  Value zero = createScalar(b, wide, 0.0);
  if (log) {
    Value init = createFilled(b, shapeOf(largest), zero);
    Value sum = createLoops(b, {input, largest}, init, {whole, row, row},
                            [&](ImplicitLocOpBuilder &b, ValueRange x) {
                              return createAdd(b, exponential(b, x), x[2]);
                            });
    return createLoops(
        b, {input, largest, sum}, createEmpty(b, shape, element),
        {whole, row, row, whole}, [&](ImplicitLocOpBuilder &b, ValueRange x) {
          Value shifted = createShifted(b, x[0], x[1]);
          Value logarithm = math::LogOp::create(b, createDivisor(b, x[2]));
          return convertFloat(b, createSub(b, shifted, logarithm), element);
        });
  }
  Value exponentials =
      createLoops(b, {input, largest}, createEmpty(b, shape, wide),
                  {whole, row, whole}, exponential);
  Value sum = createReduction(b, exponentials, axis, zero,
                              [](ImplicitLocOpBuilder &b, ValueRange x) {
                                return createAdd(b, x[0], x[1]);
                              });
  return createLoops(
      b, {exponentials, sum}, createEmpty(b, shape, element),
      {whole, row, whole}, [&](ImplicitLocOpBuilder &b, ValueRange x) {
        Value share = arith::DivFOp::create(b, x[0], createDivisor(b, x[1]));
        return convertFloat(b, share, element);
      });
}

void tenon::populateElementwiseToLinalgPatterns(RewritePatternSet &patterns) {
  populateActivationToLinalgPatterns(patterns);
  patterns.add<LowerCast, LowerBroadcast, LowerTranspose, LowerSoftmax>(
      patterns.getContext());
}
