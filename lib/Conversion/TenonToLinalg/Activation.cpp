//===- Activation.cpp - Activation functions ------------------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"
#include "Lowerings.h"

#include <numbers>

using namespace mlir;
using namespace mlir::tenon;
using arith::CmpFPredicate;

namespace {
/// One activation on a scalar of type f32 or f64.
struct ActivationBuilder {
  ImplicitLocOpBuilder &b;
  Value x;
  ActivationKind kind;
  std::optional<double> alpha, beta;

  Value constant(double value) { return createScalar(b, x.getType(), value); }
  Value add(Value left, Value right) { return createAdd(b, left, right); }
  Value mul(Value left, Value right) { return createMul(b, left, right); }
  Value div(Value left, Value right) {
    return arith::DivFOp::create(b, left, right);
  }
  Value min(Value left, Value right) {
    return createMin(b, left, right, /*isUnsigned=*/false);
  }
  Value max(Value left, Value right) {
    return createMax(b, left, right, /*isUnsigned=*/false);
  }
  Value compare(CmpFPredicate predicate, Value left, Value right) {
    return arith::CmpFOp::create(b, predicate, left, right);
  }
  Value select(Value condition, Value yes, Value no) {
    return arith::SelectOp::create(b, condition, yes, no);
  }
  /// x where x > 0, else scale (e^x - 1).
  Value exponentialUnit(double scale) {
    Value isPositive = compare(CmpFPredicate::OGT, x, constant(0.0));
    Value low = mul(constant(scale), math::ExpM1Op::create(b, x));
    return select(isPositive, x, low);
  }
  /// e^-|x| cannot overflow, on either side of 0.
  Value decay(Value value) {
    Value magnitude = math::AbsFOp::create(b, value);
    return math::ExpOp::create(b, arith::NegFOp::create(b, magnitude));
  }
  Value sigmoid(Value value) {
    Value tail = decay(value);
    Value isHigh = compare(CmpFPredicate::OGE, value, constant(0.0));
    Value numerator = select(isHigh, constant(1.0), tail);
    return div(numerator, add(constant(1.0), tail));
  }
  Value softplus() {
    Value tail = math::Log1pOp::create(b, decay(x));
    return add(max(x, constant(0.0)), tail);
  }
  Value clampToUnit(double slope, double offset) {
    Value line = add(mul(constant(slope), x), constant(offset));
    return min(constant(1.0), max(constant(0.0), line));
  }
  /// x/2 (1 + value).
  Value halfOfOnePlus(Value value) {
    return mul(mul(constant(0.5), x), add(constant(1.0), value));
  }
  Value gelu() {
    Value scaled = mul(x, constant(1.0 / std::numbers::sqrt2));
    return halfOfOnePlus(math::ErfOp::create(b, scaled));
  }
  Value geluTanh() {
    Value cube = mul(mul(x, x), x);
    Value inner = add(x, mul(constant(0.044715), cube));
    Value slope = constant(std::numbers::sqrt2 * std::numbers::inv_sqrtpi);
    return halfOfOnePlus(math::TanhOp::create(b, mul(slope, inner)));
  }
  Value celu(double scale) {
    Value curve = math::ExpM1Op::create(b, div(x, constant(scale)));
    Value low = min(constant(0.0), mul(constant(scale), curve));
    return add(max(x, constant(0.0)), low);
  }
  Value shrink(double threshold, double bias) {
    Value isLow = compare(CmpFPredicate::OLT, x, constant(-threshold));
    Value isHigh = compare(CmpFPredicate::OGT, x, constant(threshold));
    Value high = select(isHigh, createSub(b, x, constant(bias)), constant(0.0));
    return select(isLow, add(x, constant(bias)), high);
  }
  Value build();
};
} // namespace

/// The defaults are those of ONNX.
Value ActivationBuilder::build() {
  switch (kind) {
  case ActivationKind::relu:
    return max(x, constant(0.0));
  case ActivationKind::leaky_relu:
    return select(compare(CmpFPredicate::OGE, x, constant(0.0)), x,
                  mul(constant(alpha.value_or(0.01)), x));
  case ActivationKind::elu:
    return exponentialUnit(alpha.value_or(1.0));
  case ActivationKind::selu:
    return mul(constant(beta.value_or(1.05070102214813232421875)),
               exponentialUnit(alpha.value_or(1.67326319217681884765625)));
  case ActivationKind::celu:
    return celu(alpha.value_or(1.0));
  case ActivationKind::sigmoid:
    return sigmoid(x);
  case ActivationKind::hard_sigmoid:
    return clampToUnit(alpha.value_or(0.2), beta.value_or(0.5));
  case ActivationKind::silu:
    return mul(x, sigmoid(alpha ? mul(constant(*alpha), x) : x));
  case ActivationKind::hard_swish:
    return mul(x, clampToUnit(1.0 / 6.0, 0.5));
  case ActivationKind::gelu:
    return gelu();
  case ActivationKind::gelu_tanh:
    return geluTanh();
  case ActivationKind::mish:
    return mul(x, math::TanhOp::create(b, softplus()));
  case ActivationKind::softplus:
    return softplus();
  case ActivationKind::softsign:
    return div(x, add(constant(1.0), math::AbsFOp::create(b, x)));
  case ActivationKind::thresholded_relu:
    return select(compare(CmpFPredicate::OGT, x, constant(alpha.value_or(1.0))),
                  x, constant(0.0));
  case ActivationKind::shrink:
    return shrink(alpha.value_or(0.5), beta.value_or(0.0));
  }
  return x;
}

namespace {
struct LowerActivation : OpRewritePattern<ActivationOp> {
  using Base::Base;

  LogicalResult matchAndRewrite(ActivationOp op,
                                PatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Type element = elementTypeOf(op);
    auto toDouble = [](std::optional<APFloat> value) {
      return value ? std::optional(value->convertToDouble()) : std::nullopt;
    };
    std::optional<double> alpha = toDouble(op.getAlpha());
    std::optional<double> beta = toDouble(op.getBeta());
    auto body = [&](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
      if (isa<IntegerType>(element))
        return createMax(b, x[0], createScalar(b, element, 0.0),
                         /*isUnsigned=*/false);
      Value wide = convertFloat(b, x[0], getComputeType(element));
      ActivationBuilder activation{b, wide, op.getKind(), alpha, beta};
      return convertFloat(b, activation.build(), element);
    };
    rewriter.replaceOp(
        op, createElementwise(b, op.getInput(), shapeOf(op), element, body));
    return success();
  }
};
} // namespace

void tenon::populateActivationToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerActivation>(patterns.getContext());
}
