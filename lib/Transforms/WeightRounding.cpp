//===- WeightRounding.cpp - Weights as integers of few bits ---------------===//

#include "WeightRounding.h"
#include "Matching.h"

#include "tenon/IR/Create.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace mlir::tenon;

static Value uniform(ImplicitLocOpBuilder &b, Value like, double value) {
  auto type = cast<RankedTensorType>(like.getType());
  return arith::ConstantOp::create(
      b, DenseElementsAttr::get(
             type, Attribute(b.getFloatAttr(type.getElementType(), value))));
}

static Value along(ImplicitLocOpBuilder &b, Value perGroup, Value like) {
  return BroadcastOp::create(b, like.getType(), perGroup);
}

/// The largest or smallest of each group, [outputs, groups, 1].
static Value extreme(ImplicitLocOpBuilder &b, ReductionKind kind, Value rows) {
  return ReduceOp::create(b, kind, rows, ArrayRef<int64_t>{2},
                          /*keep_dims=*/true, /*unsigned_elements=*/false);
}

/// x / scale to the nearest integer; a scale of 0 stands for a group of zeros.
static Value steps(ImplicitLocOpBuilder &b, Value x, Value scale) {
  Value isZero = arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, scale,
                                       uniform(b, scale, 0.0));
  Value divisor =
      arith::SelectOp::create(b, isZero, uniform(b, scale, 1.0), scale);
  if (x.getType() != scale.getType())
    divisor = along(b, divisor, x);
  return math::RoundEvenOp::create(b, arith::DivFOp::create(b, x, divisor));
}

/// q from -127 to 127, scale = largest magnitude / 127.
static RoundedWeight toBytes(ImplicitLocOpBuilder &b, Value rows) {
  Value largest = extreme(b, ReductionKind::max, math::AbsFOp::create(b, rows));
  Value scale = arith::DivFOp::create(b, largest, uniform(b, largest, 127.0));
  return {steps(b, rows, scale), scale, {}};
}

/// q from 0 to 15, scale = (largest - smallest) / 15 where both are taken past
/// zero, which is a step then: offset = the step of zero * scale.
static RoundedWeight toHalfBytes(ImplicitLocOpBuilder &b, Value rows) {
  Value largest = extreme(b, ReductionKind::max, rows),
        smallest = extreme(b, ReductionKind::min, rows);
  Value zero = uniform(b, largest, 0.0);
  largest = arith::MaximumFOp::create(b, largest, zero);
  smallest = arith::MinimumFOp::create(b, smallest, zero);
  Value range = arith::SubFOp::create(b, largest, smallest);
  Value scale = arith::DivFOp::create(b, range, uniform(b, range, 15.0));
  Value first = steps(b, arith::NegFOp::create(b, smallest), scale);
  Value integers =
      arith::AddFOp::create(b, steps(b, rows, scale), along(b, first, rows));
  integers = arith::MinimumFOp::create(
      b, arith::MaximumFOp::create(b, integers, uniform(b, rows, 0.0)),
      uniform(b, rows, 15.0));
  return {integers, scale, arith::MulFOp::create(b, first, scale)};
}

std::optional<StringRef> tenon::whyNotRounded(LinearOp op, int64_t group,
                                              int64_t panel) {
  Value weight = op.getWeight();
  auto type = cast<RankedTensorType>(weight.getType());
  if (!type.hasStaticShape() || !isKnownAtLoad(weight))
    return "the weight depends on inputs";
  // A product of an adapter's factors, say.
  if (isKnownAtLoad(op.getInput()))
    return "it is computed once, at load";
  if (type.getElementType().isF64())
    return "sums in f64";
  int64_t outputs = type.getDimSize(0), inputs = type.getDimSize(1);
  int64_t own = group == 0 ? inputs : group;
  if (outputs == 0 || outputs % panel != 0)
    return "outputs do not fill panels";
  if (inputs == 0 || inputs % own != 0)
    return "inputs do not fill groups";
  return std::nullopt;
}

Value tenon::createGroups(ImplicitLocOpBuilder &b, Value weight,
                          int64_t group) {
  ArrayRef<int64_t> shape = shapeOf(weight);
  int64_t own = group == 0 ? shape[1] : group;
  return createReshape(b, createCast(b, weight, b.getF32Type()),
                       {shape[0], shape[1] / own, own});
}

RoundedWeight tenon::createRounding(ImplicitLocOpBuilder &b, Value groups,
                                    int64_t bits) {
  return bits == 8 ? toBytes(b, groups) : toHalfBytes(b, groups);
}
