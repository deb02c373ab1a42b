//===- RaiseActivation.cpp - Activations that exporters take apart --------===//

#include "Matching.h"

#include "tenon/Transforms/Passes.h"

#include <array>

namespace tenon {
#define GEN_PASS_DEF_RAISEACTIVATIONPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

//===----------------------------------------------------------------------===//
// Polynomials and products
//===----------------------------------------------------------------------===//

/// Coefficients of 1, x, x^2, x^3.
using Polynomial = std::array<double, 4>;

static std::optional<Polynomial> multiply(const Polynomial &a,
                                          const Polynomial &b) {
  Polynomial product = {};
  for (size_t i = 0; i < a.size(); ++i)
    for (size_t j = 0; j < b.size(); ++j) {
      if (a[i] * b[j] == 0)
        continue;
      if (i + j >= product.size())
        return std::nullopt;
      product[i + j] += a[i] * b[j];
    }
  return product;
}

static Polynomial combine(const Polynomial &a, const Polynomial &b,
                          double factor) {
  Polynomial sum = a;
  for (size_t i = 0; i < sum.size(); ++i)
    sum[i] += factor * b[i];
  return sum;
}

/// `value` as a polynomial in `x`; nothing where it is none of degree 3 or
/// less.
static std::optional<Polynomial> polynomialIn(Value value, Value x,
                                              int depth = 8) {
  if (value == x)
    return Polynomial{0, 1, 0, 0};
  if (std::optional<double> number = uniformValue(value))
    return Polynomial{*number, 0, 0, 0};
  Operation *op = value.getDefiningOp();
  if (!op || depth == 0)
    return std::nullopt;
  if (auto power = dyn_cast<math::PowFOp>(op)) {
    std::optional<double> exponent = uniformValue(power.getRhs());
    auto base = polynomialIn(power.getLhs(), x, depth - 1);
    if (!base || (exponent != 2.0 && exponent != 3.0))
      return std::nullopt;
    auto square = multiply(*base, *base);
    return square && exponent == 3.0 ? multiply(*square, *base) : square;
  }
  if (isa<arith::NegFOp>(op)) {
    auto operand = polynomialIn(op->getOperand(0), x, depth - 1);
    return operand ? std::optional(combine({}, *operand, -1)) : std::nullopt;
  }
  if (!isa<arith::AddFOp, arith::SubFOp, arith::MulFOp, arith::DivFOp>(op))
    return std::nullopt;
  auto left = polynomialIn(op->getOperand(0), x, depth - 1);
  auto right = polynomialIn(op->getOperand(1), x, depth - 1);
  if (!left || !right)
    return std::nullopt;
  if (isa<arith::AddFOp>(op))
    return combine(*left, *right, 1);
  if (isa<arith::SubFOp>(op))
    return combine(*left, *right, -1);
  if (isa<arith::MulFOp>(op))
    return multiply(*left, *right);
  bool isConstant = (*right)[1] == 0 && (*right)[2] == 0 && (*right)[3] == 0;
  if (!isConstant || (*right)[0] == 0)
    return std::nullopt;
  return multiply(*left, {1 / (*right)[0], 0, 0, 0});
}

static bool isPolynomial(Value value, Value x, const Polynomial &expected) {
  std::optional<Polynomial> found = polynomialIn(value, x);
  if (!found)
    return false;
  for (size_t i = 0; i < expected.size(); ++i)
    if (!isNear((*found)[i], expected[i], elementTypeOf(value)))
      return false;
  return true;
}

namespace {
/// `coefficient` times the product of `factors`.
struct Product {
  double coefficient = 1;
  SmallVector<Value, 4> factors;
};
} // namespace

/// Takes a product apart, but not `x` itself.
static void takeApart(Value value, Value x, Product &product, int depth = 4) {
  if (std::optional<double> number = uniformValue(value)) {
    product.coefficient *= *number;
    return;
  }
  if (value != x && depth > 0) {
    if (auto op = value.getDefiningOp<arith::MulFOp>()) {
      takeApart(op.getLhs(), x, product, depth - 1);
      takeApart(op.getRhs(), x, product, depth - 1);
      return;
    }
    auto op = value.getDefiningOp<arith::DivFOp>();
    std::optional<double> divisor =
        op ? uniformValue(op.getRhs()) : std::nullopt;
    if (divisor && *divisor != 0) {
      product.coefficient /= *divisor;
      takeApart(op.getLhs(), x, product, depth - 1);
      return;
    }
  }
  product.factors.push_back(value);
}

/// What the inner function is applied to decides x: every value from which
/// `value` is computed, a few ops back.
static void collectCandidates(Value value, SmallVectorImpl<Value> &candidates,
                              int depth = 5) {
  if (uniformValue(value) || llvm::is_contained(candidates, value))
    return;
  candidates.push_back(value);
  Operation *op = value.getDefiningOp();
  if (depth > 0 && op &&
      isa<arith::AddFOp, arith::SubFOp, arith::MulFOp, arith::DivFOp,
          arith::NegFOp, math::PowFOp>(op))
    for (Value operand : op->getOperands())
      collectCandidates(operand, candidates, depth - 1);
}

//===----------------------------------------------------------------------===//
// Factors
//===----------------------------------------------------------------------===//

/// 1 + f(u): f(u)
template <typename OpTy> static OpTy onePlus(Value value) {
  for (auto [one, other] : bothOrders<arith::AddFOp>(value))
    if (auto op = other.getDefiningOp<OpTy>(); op && isUniform(one, 1))
      return op;
  return {};
}

static ActivationOp activationOf(Value value, ActivationKind kind) {
  auto op = value.getDefiningOp<ActivationOp>();
  return op && op.getKind() == kind ? op : ActivationOp();
}

namespace {
/// x f(u) with u a polynomial in x, as an activation of x.
struct Gate {
  ActivationKind kind;
  Value argument;     ///< u
  double coefficient; ///< by which the product is multiplied
  /// What u must be; nothing where any multiple of x will do (`alpha`).
  std::optional<Polynomial> polynomial;
};
} // namespace

static std::optional<Gate> matchGate(Value factor) {
  if (auto erf = onePlus<math::ErfOp>(factor))
    return Gate{ActivationKind::gelu, erf.getOperand(), 0.5,
                Polynomial{0, 0.70710678118654752, 0, 0}};
  if (auto tanh = onePlus<math::TanhOp>(factor)) {
    constexpr double scale = 0.79788456080286536;
    return Gate{ActivationKind::gelu_tanh, tanh.getOperand(), 0.5,
                Polynomial{0, scale, 0, scale * 0.044715}};
  }
  if (auto sigmoid = activationOf(factor, ActivationKind::sigmoid))
    return Gate{ActivationKind::silu, sigmoid.getInput(), 1, std::nullopt};
  if (auto tanh = factor.getDefiningOp<math::TanhOp>())
    if (auto softplus =
            activationOf(tanh.getOperand(), ActivationKind::softplus))
      return Gate{ActivationKind::mish, softplus.getInput(), 1,
                  Polynomial{0, 1, 0, 0}};
  if (auto gate = activationOf(factor, ActivationKind::hard_sigmoid)) {
    Type element = elementTypeOf(factor);
    double alpha = gate.getAlpha() ? gate.getAlpha()->convertToDouble() : 0.2;
    double beta = gate.getBeta() ? gate.getBeta()->convertToDouble() : 0.5;
    if (isNear(alpha, 1.0 / 6, element) && isNear(beta, 0.5, element))
      return Gate{ActivationKind::hard_swish, gate.getInput(), 1,
                  Polynomial{0, 1, 0, 0}};
  }
  return std::nullopt;
}

/// The multiple of x that `value` is; nothing where it is none.
static std::optional<double> multipleOf(Value value, Value x) {
  std::optional<Polynomial> found = polynomialIn(value, x);
  if (!found || (*found)[0] != 0 || (*found)[1] == 0 || (*found)[2] != 0 ||
      (*found)[3] != 0)
    return std::nullopt;
  return (*found)[1];
}

static ActivationOp createActivation(OpBuilder &builder, Location loc,
                                     ActivationKind kind, Value x,
                                     std::optional<double> alpha = {}) {
  FloatAttr attribute = alpha ? builder.getF64FloatAttr(*alpha) : FloatAttr();
  return ActivationOp::create(builder, loc, kind, x, attribute, FloatAttr());
}

namespace {
/// mulf(x, 1 + erf(x / sqrt 2)) / 2 -> activation gelu, and the other products
/// of x with a function of x, in any order
struct RaiseGate : OpRewritePattern<arith::MulFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::MulFOp op,
                                PatternRewriter &rewriter) const override {
    Product whole;
    takeApart(op.getResult(), Value(), whole);
    for (Value factor : whole.factors)
      if (std::optional<Gate> gate = matchGate(factor))
        if (succeeded(raise(op, factor, *gate, rewriter)))
          return success();
    return rewriter.notifyMatchFailure(op, "no x times a known function of x");
  }

private:
  static LogicalResult raise(arith::MulFOp op, Value factor, const Gate &gate,
                             PatternRewriter &rewriter) {
    SmallVector<Value> candidates;
    collectCandidates(gate.argument, candidates);
    for (Value x : candidates) {
      Product product;
      takeApart(op.getResult(), x, product);
      if (!isNear(product.coefficient, gate.coefficient,
                  elementTypeOf(factor)) ||
          product.factors.size() != 2 ||
          !llvm::is_contained(product.factors, x) ||
          !llvm::is_contained(product.factors, factor))
        continue;
      std::optional<double> alpha;
      if (!gate.polynomial) {
        alpha = multipleOf(gate.argument, x);
        if (!alpha)
          continue;
        if (*alpha == 1)
          alpha.reset();
      } else if (!isPolynomial(gate.argument, x, *gate.polynomial)) {
        continue;
      }
      Location loc = fusedLocation(op.getResult(), x);
      rewriter.replaceOp(op,
                         createActivation(rewriter, loc, gate.kind, x, alpha));
      return success();
    }
    return failure();
  }
};

//===----------------------------------------------------------------------===//
// Quotients and logarithms
//===----------------------------------------------------------------------===//

/// divf(x, 1 + |x|) -> activation softsign
/// divf(1, 1 + exp(-x)) -> activation sigmoid
/// divf(x, 1 + exp(-x)) -> activation silu
struct RaiseQuotient : OpRewritePattern<arith::DivFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::DivFOp op,
                                PatternRewriter &rewriter) const override {
    Value numerator = op.getLhs(), denominator = op.getRhs();
    if (auto abs = onePlus<math::AbsFOp>(denominator);
        abs && abs.getOperand() == numerator) {
      Location loc = fusedLocation(op.getResult(), numerator);
      rewriter.replaceOp(
          op,
          createActivation(rewriter, loc, ActivationKind::softsign, numerator));
      return success();
    }
    auto exponential = onePlus<math::ExpOp>(denominator);
    Value x = exponential ? operandOf<arith::NegFOp>(exponential.getOperand())
                          : Value();
    if (!x || (x != numerator && !isUniform(numerator, 1)))
      return rewriter.notifyMatchFailure(op, "no quotient of 1 or x by a known "
                                             "function of x");
    Location loc = fusedLocation(op.getResult(), x);
    ActivationKind kind =
        x == numerator ? ActivationKind::silu : ActivationKind::sigmoid;
    rewriter.replaceOp(op, createActivation(rewriter, loc, kind, x));
    return success();
  }
};

/// log(1 + exp(x)) and log1p(exp(x)) -> activation softplus
template <typename OpTy> struct RaiseSoftplus : OpRewritePattern<OpTy> {
  using OpRewritePattern<OpTy>::OpRewritePattern;

  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    Value sum = op.getOperand();
    math::ExpOp exponential;
    if constexpr (std::is_same_v<OpTy, math::Log1pOp>)
      exponential = sum.getDefiningOp<math::ExpOp>();
    else
      exponential = onePlus<math::ExpOp>(sum);
    if (!exponential)
      return rewriter.notifyMatchFailure(op, "not of 1 + exp(x)");
    Value x = exponential.getOperand();
    if (!isa<RankedTensorType>(x.getType()))
      return rewriter.notifyMatchFailure(op, "not on tensors");
    Location loc = fusedLocation(op.getResult(), x);
    rewriter.replaceOp(
        op, createActivation(rewriter, loc, ActivationKind::softplus, x));
    return success();
  }
};

struct RaiseActivation
    : ::tenon::impl::RaiseActivationPassBase<RaiseActivation> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<RaiseGate, RaiseQuotient, RaiseSoftplus<math::LogOp>,
                 RaiseSoftplus<math::Log1pOp>>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
