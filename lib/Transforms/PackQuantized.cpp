//===- PackQuantized.cpp - Weights of few bits in words -------------------===//
//
// A processor multiplies four neighbouring bytes of a 32-bit lane at once: the
// inputs of an output that a word holds. The integers become signed ones, so
// that a weight whose zero is the middle of the range needs no offset.
//
//===----------------------------------------------------------------------===//

#include "PackQuantized.h"
#include "Matching.h"

#include "tenon/IR/Create.h"
#include "tenon/IR/QuantizedWords.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::tenon;

/// Columns of a panel fill a vector of this many lanes.
static constexpr int64_t fewestLanes = 8;
/// What signed integers of 4 bits are less than unsigned ones.
static constexpr int64_t middle = 8;

static Value splat(ImplicitLocOpBuilder &b, Type type, TypedAttr value) {
  return arith::ConstantOp::create(
      b, DenseElementsAttr::get(cast<RankedTensorType>(type), value));
}

/// The weight's words, [panels, words, width], as one sum: each input's bits at
/// their place in the word.
static Value createWords(ImplicitLocOpBuilder &b, QuantizedLinearOp op) {
  ArrayRef<int64_t> shape = shapeOf(op.getWeight());
  int64_t bits = op.getBits(), steps = 32 / bits, halves = 8 / bits,
          words = shape[1] / steps;
  // Axes: panel, word, input of the word, half of a byte, byte of a line.
  auto type = RankedTensorType::get({shape[0], words, steps, halves, shape[2]},
                                    b.getI32Type());
  auto along = [&](ArrayRef<int64_t> axes, ArrayRef<int32_t> values) -> Value {
    auto small = RankedTensorType::get(axes, b.getI32Type());
    return BroadcastOp::create(
        b, type,
        arith::ConstantOp::create(b, DenseElementsAttr::get(small, values)));
  };
  SmallVector<int32_t> places;
  for (int64_t step = 0; step < steps; ++step)
    places.push_back(static_cast<int32_t>(getPlaceInWord(step)));
  Value bytes =
      createReshape(b, op.getWeight(), {shape[0], words, steps, 1, shape[2]});
  bytes = BroadcastOp::create(b, type.clone(b.getI8Type()), bytes);
  Value field = arith::ExtUIOp::create(b, type, bytes);
  if (bits == 4) {
    // From 0..15 to -8..7.
    field = arith::ShRUIOp::create(b, field, along({1, 1, 1, 2, 1}, {0, 4}));
    field = arith::AndIOp::create(b, field,
                                  splat(b, type, b.getI32IntegerAttr(15)));
    field = arith::XOrIOp::create(b, field,
                                  splat(b, type, b.getI32IntegerAttr(middle)));
  }
  field = arith::ShLIOp::create(b, field, along({1, 1, steps, 1, 1}, places));
  Value sum = ReduceOp::create(b, ReductionKind::sum, field,
                               ArrayRef<int64_t>{2}, /*keep_dims=*/false,
                               /*unsigned_elements=*/false);
  return createReshape(b, sum, {shape[0], words, halves * shape[2]});
}

/// Whether `tensor` is `other` times `factor`, both perhaps transposed and
/// reshaped in the same way.
static bool isMultiple(Value tensor, Value other, double factor) {
  Operation *op = tensor.getDefiningOp(), *like = other.getDefiningOp();
  if (!op)
    return false;
  if (isa<TransposeOp, ReshapeOp>(op))
    return like && op->getName() == like->getName() &&
           op->getResultTypes() == like->getResultTypes() &&
           op->getAttrDictionary() == like->getAttrDictionary() &&
           isMultiple(op->getOperand(0), like->getOperand(0), factor);
  auto product = dyn_cast<arith::MulFOp>(op);
  DenseFPElementsAttr by;
  return product && product.getLhs() == other &&
         matchPattern(product.getRhs(), m_Constant(&by)) && by.isSplat() &&
         by.getSplatValue<APFloat>().convertToDouble() == factor;
}

/// The offset of signed integers of 4 bits; null where it is zero.
static Value createOffset(ImplicitLocOpBuilder &b, QuantizedLinearOp op) {
  Value offset = op.getOffset(), scale = op.getScale();
  if (op.getBits() != 4 || (offset && isMultiple(offset, scale, middle)))
    return op.getBits() == 4 ? Value() : offset;
  auto times = [&](double factor) -> Value {
    return arith::MulFOp::create(
        b, scale, splat(b, scale.getType(), b.getF32FloatAttr(factor)));
  };
  return offset ? arith::SubFOp::create(b, offset, times(middle)).getResult()
                : times(-middle);
}

namespace {
struct PackQuantizedLinear : OpRewritePattern<QuantizedLinearOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(QuantizedLinearOp op,
                                PatternRewriter &rewriter) const override {
    auto isStatic = [](Value value) {
      return cast<ShapedType>(value.getType()).hasStaticShape();
    };
    if (op.hasWords() || !isStatic(op.getWeight()) ||
        !isStatic(op.getScale()) || !isKnownAtLoad(op.getWeight()))
      return rewriter.notifyMatchFailure(
          op, "the weight is packed already or depends on inputs");
    ArrayRef<int64_t> scales = shapeOf(op.getScale());
    int64_t inputs = shapeOf(op.getWeight())[1], bits = op.getBits();
    if (inputs == 0 || inputs / scales[1] % (32 / bits) != 0 ||
        scales[2] % fewestLanes != 0)
      return rewriter.notifyMatchFailure(op, "groups fill no words");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    rewriter.replaceOpWithNewOp<QuantizedLinearOp>(
        op, op.getInput(), createWords(b, op), op.getScale(),
        createOffset(b, op), op.getBias(), bits);
    return success();
  }
};
} // namespace

void tenon::populatePackQuantizedPatterns(RewritePatternSet &patterns) {
  patterns.add<PackQuantizedLinear>(patterns.getContext());
}
