//===- MeasureMerge.cpp - What rounding eats of adapters ------------------===//

#include "Matching.h"
#include "StepOfWeights.h"

#include "tenon/IR/Create.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

namespace tenon {
#define GEN_PASS_DEF_MEASUREMERGEPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

/// The weight in f32 to which the sum that `rounded` is made of is added; null
/// where `rounded` is no merged weight.
static Value matchBase(CastOp rounded) {
  Value sum = rounded.getInput();
  Type narrow = elementTypeOf(rounded);
  if (!isa<FloatType>(narrow) || narrow.getIntOrFloatBitWidth() != 16 ||
      !elementTypeOf(sum).isF32() || !isKnownAtLoad(sum))
    return {};
  Value base = sum;
  while (auto addition = base.getDefiningOp<arith::AddFOp>())
    base = addition.getLhs();
  auto widened = base.getDefiningOp<CastOp>();
  bool isWeight = base != sum && widened &&
                  widened.getInput().getDefiningOp<WeightOp>() &&
                  elementTypeOf(widened.getInput()) == narrow;
  return isWeight ? base : Value();
}

/// [2]: the root mean square of what rounding changes over that of what the
/// adapters add, and the share of the elements in which nothing is left of it.
static Value createLosses(ImplicitLocOpBuilder &b, CastOp rounded) {
  Value exact = rounded.getInput(), base = matchBase(rounded);
  Value kept = createCast(b, rounded, b.getF32Type());
  Value lost = arith::SubFOp::create(b, exact, kept),
        added = arith::SubFOp::create(b, exact, base);
  Value squares =
      arith::DivFOp::create(b, reduceAll(b, ReductionKind::sum_square, lost),
                            reduceAll(b, ReductionKind::sum_square, added));
  Value isLost = arith::AndIOp::create(
      b, arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, kept, base),
      arith::CmpFOp::create(b, arith::CmpFPredicate::UNE, exact, base));
  Value marks = arith::UIToFPOp::create(b, exact.getType(), isLost);
  return ConcatOp::create(b,
                          ValueRange{math::SqrtOp::create(b, squares),
                                     reduceAll(b, ReductionKind::mean, marks)},
                          0);
}

namespace {
struct MeasureMerge : ::tenon::impl::MeasureMergePassBase<MeasureMerge> {
  void runOnOperation() override {
    auto step = getOperation().lookupSymbol<func::FuncOp>("step");
    if (!step || step.isExternal() || !step.getBody().hasOneBlock())
      return;
    SmallVector<Value> merged;
    step.walk([&](CastOp op) {
      if (matchBase(op))
        merged.push_back(op);
    });
    replaceByMeasures(step, merged, [](ImplicitLocOpBuilder &b, Value value) {
      return createLosses(b, value.getDefiningOp<CastOp>());
    });
  }
};
} // namespace
