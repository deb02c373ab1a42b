//===- QuantizedSums.cpp - Weights of few bits as one sum for a GPU -------===//
//
// One sum over all inputs whose body makes each number of the weight where it
// is multiplied. Code generation for a GPU cuts it into tiles of its own and
// makes the numbers in registers on their way to where they are multiplied.
//
//===----------------------------------------------------------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"
#include "Lowerings.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace mlir::tenon;

/// The integer that a byte has for the loop `part` (the lower half of a byte
/// for 0, the upper for 1; without halves all of it) as f32. Converting is slow
/// on a GPU: the bits are put into the last places of 2^23, which is taken off.
static Value toNumber(ImplicitLocOpBuilder &b, Value byte, int64_t bits,
                      unsigned part) {
  constexpr int64_t bitsOfTwo23 = 0x4b000000;
  Type f32 = b.getF32Type(), i32 = b.getI32Type();
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantOp::create(b, b.getI32IntegerAttr(value));
  };
  Value places = arith::ExtUIOp::create(b, i32, byte);
  double added = 1 << 23;
  if (bits == 8) {
    // With the sign flipped it counts from -128 on.
    places = arith::XOrIOp::create(b, places, constant(128));
    added += 128;
  } else {
    Value half =
        arith::IndexCastOp::create(b, i32, linalg::IndexOp::create(b, part));
    places = arith::ShRUIOp::create(
        b, places, arith::MulIOp::create(b, half, constant(4)));
    places = arith::AndIOp::create(b, places, constant(15));
  }
  places = arith::OrIOp::create(b, places, constant(bitsOfTwo23));
  return createSub(b, arith::BitcastOp::create(b, f32, places),
                   createScalar(b, f32, added));
}

/// Loops: row, panel, part of a byte, byte of a line, group, step in it.
static Value createSums(ImplicitLocOpBuilder &b, QuantizedLinearOp op) {
  ArrayRef<int64_t> scaleShape = shapeOf(op.getScale());
  int64_t bits = op.getBits(), parts = bits == 4 ? 2 : 1;
  int64_t panels = scaleShape[0], groups = scaleShape[1],
          line = scaleShape[2] / parts, inputs = shapeOf(op.getWeight())[1],
          group = inputs / groups,
          rows = computeProduct(shapeOf(op.getInput()).drop_back());
  constexpr unsigned partLoop = 2;
  MLIRContext *context = b.getContext();
  auto loops = [&](ArrayRef<int64_t> axes) {
    return selectLoops(context, 6, axes);
  };
  auto perGroup = [&](Value value) {
    return createReshape(b, value, {panels, groups, parts, line});
  };
  SmallVector<Value> terms = {
      createReshape(b, op.getInput(), {rows, groups, group}),
      createReshape(b, op.getWeight(), {panels, groups, group, line}),
      perGroup(op.getScale())};
  SmallVector<AffineMap> maps = {loops({0, 4, 5}), loops({1, 4, 5, 3}),
                                 loops({1, 4, 2, 3})};
  bool hasOffset = op.getOffset() != nullptr;
  if (hasOffset) {
    terms.push_back(perGroup(op.getOffset()));
    maps.push_back(maps.back());
  }
  maps.push_back(loops({0, 1, 2, 3}));
  Type f32 = b.getF32Type();
  Value zeros =
      createFilled(b, {rows, panels, parts, line}, createScalar(b, f32, 0.0));
  return createLoops(
      b, terms, zeros, maps, [&](ImplicitLocOpBuilder &b, ValueRange e) {
        Value number = createMul(b, toNumber(b, e[1], bits, partLoop), e[2]);
        if (hasOffset)
          number = createSub(b, number, e[3]);
        Value product = createMul(b, convertFloat(b, e[0], f32), number);
        return createAdd(b, e.back(), product);
      });
}

namespace {
struct LowerToSum : OpRewritePattern<QuantizedLinearOp> {
  explicit LowerToSum(MLIRContext *context)
      : OpRewritePattern(context, /*benefit=*/2) {}

  LogicalResult matchAndRewrite(QuantizedLinearOp op,
                                PatternRewriter &rewriter) const override {
    if (shapeOf(op.getWeight())[1] == 0 || op.hasWords())
      return rewriter.notifyMatchFailure(
          op, "has words, which no GPU is given, or no inputs to sum over");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value sums = createSums(b, op), bias = op.getBias();
    ArrayRef<int64_t> shape = shapeOf(sums);
    if (bias)
      bias = createReshape(b, bias, shape.drop_front());
    Value result = createBiased(b, sums, b.getMultiDimIdentityMap(4), bias,
                                {1, 2, 3}, shape, elementTypeOf(op.getInput()));
    rewriter.replaceOp(op, createReshape(b, result, shapeOf(op)));
    return success();
  }
};
} // namespace

void tenon::populateQuantizedSumsToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerToSum>(patterns.getContext());
}
