//===- Norm.cpp - Layer, RMS and batch normalisation ----------------------===//

#include "NormLowering.h"

#include "ElementConversion.h"
#include "Lowerings.h"

using namespace mlir;
using namespace mlir::tenon;

static int64_t countAlong(ArrayRef<int64_t> shape, ArrayRef<int64_t> axes) {
  int64_t count = 1;
  for (int64_t axis : axes)
    count *= shape[axis];
  return count;
}

/// 1 / sqrt(x + epsilon).
static Value createInverseRoot(ImplicitLocOpBuilder &b, Value x,
                               double epsilon) {
  Type type = x.getType();
  Value root =
      math::SqrtOp::create(b, createAdd(b, x, createScalar(b, type, epsilon)));
  return arith::DivFOp::create(b, createScalar(b, type, 1.0), root);
}

/// How the first element of every row is read.
static AffineMap firstOfRow(MLIRContext *context, int64_t rank,
                            ArrayRef<int64_t> axes) {
  SmallVector<AffineExpr> results;
  for (int64_t axis : llvm::seq<int64_t>(rank))
    results.push_back(llvm::is_contained(axes, axis)
                          ? getAffineConstantExpr(0, context)
                          : getAffineDimExpr(axis, context));
  return AffineMap::get(rank, 0, results, context);
}

Value tenon::createMean(ImplicitLocOpBuilder &b, Value input,
                        ArrayRef<int64_t> axes) {
  ArrayRef<int64_t> shape = shapeOf(input);
  MLIRContext *context = b.getContext();
  Type wide = getComputeType(elementTypeOf(input));
  int64_t rank = shape.size(), count = countAlong(shape, axes);
  SmallVector<int64_t> kept = otherAxes(rank, axes), rows;
  for (int64_t axis : kept)
    rows.push_back(shape[axis]);
  AffineMap whole = b.getMultiDimIdentityMap(rank);
  AffineMap first = firstOfRow(context, rank, axes);
  Value sum = createLoops(
      b, {input, input}, createFilled(b, rows, createScalar(b, wide, 0.0)),
      {whole, first, selectLoops(context, rank, kept)},
      [&](ImplicitLocOpBuilder &b, ValueRange x) {
        Value shifted = createSub(b, convertFloat(b, x[0], wide),
                                  convertFloat(b, x[1], wide));
        return createAdd(b, x[2], shifted);
      });
  // The first elements again, now by the loops over rows alone.
  SmallVector<AffineExpr> byRow(rank, getAffineConstantExpr(0, context));
  for (auto [loop, axis] : llvm::enumerate(kept))
    byRow[axis] = getAffineDimExpr(loop, context);
  AffineMap row = b.getMultiDimIdentityMap(rows.size());
  return createLoops(b, {sum, input}, createEmpty(b, rows, wide),
                     {row, AffineMap::get(rows.size(), 0, byRow, context), row},
                     [&](ImplicitLocOpBuilder &b, ValueRange x) {
                       Value mean = arith::DivFOp::create(
                           b, x[0],
                           createScalar(b, wide, static_cast<double>(count)));
                       return createAdd(b, mean, convertFloat(b, x[1], wide));
                     });
}

Value tenon::createInverseDeviation(ImplicitLocOpBuilder &b, Value squares,
                                    int64_t count, double epsilon) {
  Type wide = elementTypeOf(squares);
  return createElementwise(
      b, squares, shapeOf(squares), wide,
      [&](ImplicitLocOpBuilder &b, ValueRange x) {
        Value mean = arith::DivFOp::create(
            b, x[0], createScalar(b, wide, static_cast<double>(count)));
        return createInverseRoot(b, mean, epsilon);
      });
}

Value tenon::createSquares(ImplicitLocOpBuilder &b, Value input, Value mean,
                           ArrayRef<int64_t> axes) {
  Type wide = elementTypeOf(mean);
  int64_t rank = shapeOf(input).size();
  AffineMap row = selectLoops(b.getContext(), rank, otherAxes(rank, axes));
  return createLoops(
      b, {input, mean},
      createFilled(b, shapeOf(mean), createScalar(b, wide, 0.0)),
      {b.getMultiDimIdentityMap(rank), row, row},
      [&](ImplicitLocOpBuilder &b, ValueRange x) {
        Value distance = createSub(b, convertFloat(b, x[0], wide), x[1]);
        return createAdd(b, x[2], createMul(b, distance, distance));
      });
}

Statistics tenon::createStatistics(ImplicitLocOpBuilder &b, Value input,
                                   ArrayRef<int64_t> axes, double epsilon) {
  Statistics statistics;
  statistics.mean = createMean(b, input, axes);
  Value squares = createSquares(b, input, statistics.mean, axes);
  statistics.inverseDeviation = createInverseDeviation(
      b, squares, countAlong(shapeOf(input), axes), epsilon);
  return statistics;
}

bool NormInputs::addBroadcast(Value tensor, ArrayRef<int64_t> shape) {
  if (tensor)
    add(tensor, broadcastMap(tensor.getContext(), shapeOf(tensor), shape));
  return static_cast<bool>(tensor);
}

Value tenon::createNormalised(ImplicitLocOpBuilder &b, NormInputs inputs,
                              bool hasScale, bool hasBias) {
  ArrayRef<int64_t> shape = shapeOf(inputs.tensors.front());
  Type element = elementTypeOf(inputs.tensors.front());
  Type wide = getComputeType(element);
  inputs.maps.push_back(b.getMultiDimIdentityMap(shape.size()));
  return createLoops(
      b, inputs.tensors, createEmpty(b, shape, element), inputs.maps,
      [&](ImplicitLocOpBuilder &b, ValueRange x) {
        Value value = createSub(b, convertFloat(b, x[0], wide), x[1]);
        value = createMul(b, value, x[2]);
        if (hasScale)
          value = createMul(b, value, convertFloat(b, x[3], wide));
        if (hasBias)
          value =
              createAdd(b, value, convertFloat(b, x[hasScale ? 4 : 3], wide));
        return convertFloat(b, value, element);
      });
}

namespace {
struct LowerLayerNorm : OpRewritePattern<LayerNormOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(LayerNormOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value input = op.getInput();
    ArrayRef<int64_t> shape = shapeOf(input);
    if (llvm::is_contained(shape, 0)) {
      rewriter.replaceOp(op, createEmptyResults(b, op));
      return success();
    }
    int64_t rank = shape.size();
    SmallVector<int64_t> axes =
        llvm::to_vector(llvm::seq<int64_t>(op.getAxis(), rank));
    Statistics statistics =
        createStatistics(b, input, axes, op.getEpsilon().convertToDouble());
    AffineMap row = selectLoops(op.getContext(), rank, otherAxes(rank, axes));
    NormInputs inputs;
    inputs.add(input, b.getMultiDimIdentityMap(rank));
    inputs.add(statistics.mean, row);
    inputs.add(statistics.inverseDeviation, row);
    bool hasScale = inputs.addBroadcast(op.getScale(), shape);
    bool hasBias = inputs.addBroadcast(op.getBias(), shape);
    SmallVector<Value> results = {
        createNormalised(b, inputs, hasScale, hasBias)};
    if (op.getWithStatistics())
      for (auto [value, result] : llvm::zip_equal(
               ValueRange{statistics.mean, statistics.inverseDeviation},
               op.getStatistics()))
        results.push_back(
            createReshape(b, createRounded(b, value, elementTypeOf(result)),
                          shapeOf(result)));
    rewriter.replaceOp(op, results);
    return success();
  }

  /// An empty input has no first element. Its statistics, where there are any,
  /// are means over nothing.
  static SmallVector<Value> createEmptyResults(ImplicitLocOpBuilder &b,
                                               LayerNormOp op) {
    SmallVector<Value> results = {
        createEmpty(b, shapeOf(op.getResult()), elementTypeOf(op.getResult()))};
    for (Value result : op.getStatistics()) {
      auto type = cast<FloatType>(elementTypeOf(result));
      Value nan = arith::ConstantOp::create(
          b, FloatAttr::get(type, APFloat::getNaN(type.getFloatSemantics())));
      results.push_back(createFilled(b, shapeOf(result), nan));
    }
    return results;
  }
};

struct LowerRmsNorm : OpRewritePattern<RmsNormOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(RmsNormOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value input = op.getInput();
    ArrayRef<int64_t> shape = shapeOf(input);
    int64_t rank = shape.size();
    Type element = elementTypeOf(input), wide = getComputeType(element);
    SmallVector<int64_t> axes =
        llvm::to_vector(llvm::seq<int64_t>(op.getAxis(), rank));
    Value squares =
        createReduction(b, input, axes, createScalar(b, wide, 0.0),
                        [&](ImplicitLocOpBuilder &b, ValueRange x) {
                          Value value = convertFloat(b, x[0], wide);
                          return createAdd(b, x[1], createMul(b, value, value));
                        });
    Value inverse = createInverseDeviation(b, squares, countAlong(shape, axes),
                                           op.getEpsilon().convertToDouble());
    AffineMap whole = b.getMultiDimIdentityMap(rank);
    NormInputs inputs;
    inputs.add(input, whole);
    inputs.add(inverse,
               selectLoops(op.getContext(), rank, otherAxes(rank, axes)));
    bool hasWeight = inputs.addBroadcast(op.getWeight(), shape);
    inputs.maps.push_back(whole);
    auto body = [&](ImplicitLocOpBuilder &b, ValueRange x) {
      Value value = createMul(b, convertFloat(b, x[0], wide), x[1]);
      if (!hasWeight)
        return convertFloat(b, value, element);
      Value weight = convertFloat(b, x[2], wide);
      if (op.getRounding() == RmsRounding::gemma)
        weight = createAdd(b, weight, createScalar(b, wide, 1.0));
      if (op.getRounding() == RmsRounding::llama)
        value = convertFloat(b, convertFloat(b, value, element), wide);
      return convertFloat(b, createMul(b, value, weight), element);
    };
    rewriter.replaceOp(op, createLoops(b, inputs.tensors,
                                       createEmpty(b, shape, element),
                                       inputs.maps, body));
    return success();
  }
};

struct LowerBatchNorm : OpRewritePattern<BatchNormOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(BatchNormOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    ArrayRef<int64_t> shape = shapeOf(op);
    Type wide = getComputeType(elementTypeOf(op));
    double epsilon = op.getEpsilon().convertToDouble();
    Value factor = createElementwise(
        b, {op.getVariance(), op.getScale()}, {shape[1]}, wide,
        [&](ImplicitLocOpBuilder &b, ValueRange x) {
          Value inverse =
              createInverseRoot(b, convertFloat(b, x[0], wide), epsilon);
          return createMul(b, inverse, convertFloat(b, x[1], wide));
        });
    AffineMap channel = selectLoops(op.getContext(), shape.size(), {1});
    NormInputs inputs;
    inputs.add(op.getInput(), b.getMultiDimIdentityMap(shape.size()));
    inputs.add(createRounded(b, op.getMean(), wide), channel);
    inputs.add(factor, channel);
    inputs.add(op.getBias(), channel);
    rewriter.replaceOp(op, createNormalised(b, inputs, /*hasScale=*/false,
                                            /*hasBias=*/true));
    return success();
  }
};
} // namespace

void tenon::populateNormToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerBatchNorm, LowerLayerNorm, LowerRmsNorm>(
      patterns.getContext());
  populateGroupNormToLinalgPatterns(patterns);
}
