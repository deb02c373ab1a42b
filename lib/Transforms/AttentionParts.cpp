//===- AttentionParts.cpp - The parts of a decomposed attention -----------===//

#include "AttentionParts.h"
#include "Matching.h"

namespace mlir::tenon {

void takeScale(Value &value, double &scale) {
  while (true) {
    if (auto quotient = value.getDefiningOp<arith::DivFOp>()) {
      std::optional<double> divisor = uniformValue(quotient.getRhs());
      if (!divisor || *divisor == 0)
        return;
      scale /= *divisor;
      value = quotient.getLhs();
      continue;
    }
    Value scaled;
    for (auto [one, other] : bothOrders<arith::MulFOp>(value))
      if (std::optional<double> factor = uniformValue(other);
          factor && !scaled) {
        scaled = one;
        scale *= *factor;
      }
    if (!scaled)
      return;
    value = scaled;
  }
}

static bool isFloatCast(Value value) {
  auto cast = value.getDefiningOp<CastOp>();
  return cast && isa<FloatType>(elementTypeOf(value)) &&
         isa<FloatType>(elementTypeOf(cast.getInput()));
}

/// A reshape that merges or splits leading axes only: its operand.
static Value batchReshapeOperand(Value value) {
  Value operand = operandOf<ReshapeOp>(value);
  if (!operand || shapeOf(operand).size() < 3 || shapeOf(value).size() < 3 ||
      shapeOf(operand).take_back(2) != shapeOf(value).take_back(2))
    return {};
  return operand;
}

static bool isNegativeInfinity(Value value) {
  std::optional<double> number = uniformValue(value);
  return number && *number == -std::numeric_limits<double>::infinity();
}
static bool isZero(Value value) { return uniformValue(value) == 0.0; }

//===----------------------------------------------------------------------===//
// From the probabilities to the softmax
//===----------------------------------------------------------------------===//

/// select(p is NaN, 0, p): p, where nothing but the guard uses p. PyTorch's
/// exporter puts it behind a softmax whose rows may be hidden throughout.
static Value guardedOperand(Value value) {
  auto select = value.getDefiningOp<arith::SelectOp>();
  if (!select || !isZero(select.getTrueValue()))
    return {};
  Value guarded = select.getFalseValue();
  Operation *test = select.getCondition().getDefiningOp();
  bool testsNan =
      isa_and_nonnull<math::IsNaNOp>(test) && test->getOperand(0) == guarded;
  if (auto compare = dyn_cast_or_null<arith::CmpFOp>(test))
    testsNan = compare.getLhs() == guarded && compare.getRhs() == guarded &&
               (compare.getPredicate() == arith::CmpFPredicate::UNO ||
                compare.getPredicate() == arith::CmpFPredicate::UNE);
  bool isOnlyGuarded = llvm::all_of(guarded.getUsers(), [&](Operation *user) {
    return user == select || user == test;
  });
  return testsNan && isOnlyGuarded ? guarded : Value();
}

static SoftmaxOp findSoftmax(Value value, StringRef &reason) {
  bool isGuarded = false;
  for (int steps = 0; steps < 8; ++steps) {
    if (!isGuarded && !value.hasOneUse()) {
      reason = "the probabilities are used elsewhere";
      return {};
    }
    if (auto softmax = value.getDefiningOp<SoftmaxOp>())
      return softmax;
    Value operand = guardedOperand(value);
    isGuarded = operand != nullptr;
    if (!operand)
      operand = isFloatCast(value) ? operandOf<CastOp>(value)
                                   : batchReshapeOperand(value);
    if (!operand)
      break;
    value = operand;
  }
  reason = "the left factor is no softmax";
  return {};
}

//===----------------------------------------------------------------------===//
// From the softmax to the product
//===----------------------------------------------------------------------===//

/// Whether a product is found behind what may lie between it and a softmax.
static bool leadsToProduct(Value value, int depth = 12) {
  Operation *op = value.getDefiningOp();
  if (!op || depth == 0)
    return false;
  if (isa<MatmulOp>(op))
    return true;
  if (!isa<arith::AddFOp, arith::MulFOp, arith::DivFOp, arith::SelectOp,
           math::TanhOp, CastOp, ReshapeOp>(op))
    return false;
  return llvm::any_of(op->getOperands(), [&](Value operand) {
    return leadsToProduct(operand, depth - 1);
  });
}

/// select(seen, scores, -inf) or select(hidden, -inf, scores).
static std::optional<ScoreMask> matchSelectedMask(arith::SelectOp select,
                                                  Value &scores) {
  int64_t axes = shapeOf(select.getResult()).size();
  if (isNegativeInfinity(select.getFalseValue())) {
    scores = select.getTrueValue();
    return ScoreMask{ScoreMask::Seen, select.getCondition(), axes};
  }
  if (isNegativeInfinity(select.getTrueValue())) {
    scores = select.getFalseValue();
    return ScoreMask{ScoreMask::Hidden, select.getCondition(), axes};
  }
  return std::nullopt;
}

/// What is added to scores; a choice between 0 and -inf is a boolean.
static ScoreMask matchAddedMask(Value added) {
  int64_t axes = shapeOf(added).size();
  auto select = withoutBroadcast(added).getDefiningOp<arith::SelectOp>();
  if (select && isZero(select.getTrueValue()) &&
      isNegativeInfinity(select.getFalseValue()))
    return {ScoreMask::Seen, select.getCondition(), axes};
  if (select && isNegativeInfinity(select.getTrueValue()) &&
      isZero(select.getFalseValue()))
    return {ScoreMask::Hidden, select.getCondition(), axes};
  return {ScoreMask::Added, added, axes};
}

namespace {
/// Walks from a softmax's input towards the product, collecting what it passes.
class ScoreWalk {
public:
  ScoreWalk(Value scores, StringRef &reason) : scores(scores), reason(reason) {}

  FailureOr<ScoreParts> run() {
    for (int steps = 0; steps < 16; ++steps) {
      ArrayRef<int64_t> shape = shapeOf(scores);
      if (shape.size() == 4)
        parts.batchAndHeads = {shape[0], shape[1]};
      if (!scores.hasOneUse()) {
        reason = "the scores are used elsewhere";
        return failure();
      }
      if (auto product = scores.getDefiningOp<MatmulOp>())
        return finish(product);
      if (failed(step()))
        return failure();
    }
    reason = "too much lies between the product and the softmax";
    return failure();
  }

private:
  LogicalResult step() {
    if (isFloatCast(scores))
      return pass(operandOf<CastOp>(scores));
    if (Value operand = batchReshapeOperand(scores))
      return pass(operand);
    // Masks lie outside the softcap, which lies outside the scale.
    if (parts.scale == 1 && !parts.softcap) {
      if (auto select = scores.getDefiningOp<arith::SelectOp>()) {
        Value inner;
        std::optional<ScoreMask> mask = matchSelectedMask(select, inner);
        if (!mask)
          return stop("scores are replaced by a finite number");
        parts.masks.push_back(*mask);
        return pass(inner);
      }
      for (auto [inner, added] : bothOrders<arith::AddFOp>(scores))
        if (leadsToProduct(inner)) {
          parts.masks.push_back(matchAddedMask(added));
          return pass(inner);
        }
    }
    if (!parts.softcap && succeeded(takeSoftcap()))
      return success();
    Value scaled = scores;
    takeScale(scaled, parts.scale);
    if (scaled != scores)
      return pass(scaled);
    return stop("no product with a key leads to the softmax");
  }

  /// cap * tanh(s / cap)
  LogicalResult takeSoftcap() {
    for (auto [one, other] : bothOrders<arith::MulFOp>(scores)) {
      auto tanh = one.getDefiningOp<math::TanhOp>();
      std::optional<double> cap = uniformValue(other);
      if (!tanh || !cap || *cap <= 0 || parts.scale != 1 || !one.hasOneUse())
        continue;
      Value inner = tanh.getOperand();
      parts.softcap = cap;
      // What is left of the factor after the cap is the scale.
      parts.scale = *cap;
      takeScale(inner, parts.scale);
      return pass(inner);
    }
    return failure();
  }

  LogicalResult pass(Value inner) {
    scores = inner;
    return success();
  }
  LogicalResult stop(StringRef why) {
    reason = why;
    return failure();
  }

  FailureOr<ScoreParts> finish(MatmulOp product) {
    if (product.getTransposeLhs()) {
      reason = "the query is transposed";
      return failure();
    }
    parts.query = product.getLhs();
    parts.keyTransposed = product.getRhs();
    parts.isKeyTransposed = product.getTransposeRhs();
    takeScale(parts.query, parts.scale);
    takeScale(parts.keyTransposed, parts.scale);
    return parts;
  }

  Value scores;
  StringRef &reason;
  ScoreParts parts;
};
} // namespace

FailureOr<ScoreParts> matchScores(Value probabilities, StringRef &reason) {
  SoftmaxOp softmax = findSoftmax(probabilities, reason);
  if (!softmax)
    return failure();
  int64_t rank = shapeOf(softmax).size();
  if (softmax.getLog() || static_cast<int64_t>(softmax.getAxis()) != rank - 1) {
    reason = "the softmax is not over keys";
    return failure();
  }
  return ScoreWalk(softmax.getInput(), reason).run();
}

} // namespace mlir::tenon
