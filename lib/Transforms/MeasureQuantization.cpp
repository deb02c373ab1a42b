//===- MeasureQuantization.cpp - What few bits cost each weight -----------===//

#include "StepOfWeights.h"
#include "WeightRounding.h"

#include "tenon/IR/Create.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

namespace tenon {
#define GEN_PASS_DEF_MEASUREQUANTIZATIONPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

/// [2]: the root mean square of what rounding changes over that of the weight,
/// and the largest change over the largest magnitude.
static Value createErrors(ImplicitLocOpBuilder &b, Value weight, int64_t group,
                          int64_t bits) {
  Value rows = createGroups(b, weight, group);
  RoundedWeight rounded = createRounding(b, rows, bits);
  auto along = [&](Value perGroup) -> Value {
    return BroadcastOp::create(b, rows.getType(), perGroup);
  };
  Value kept = arith::MulFOp::create(b, rounded.integers, along(rounded.scale));
  if (rounded.offset)
    kept = arith::SubFOp::create(b, kept, along(rounded.offset));
  Value change = arith::SubFOp::create(b, rows, kept);
  auto ratio = [&](ReductionKind kind, Value above, Value below) -> Value {
    return arith::DivFOp::create(b, reduceAll(b, kind, above),
                                 reduceAll(b, kind, below));
  };
  Value squares = ratio(ReductionKind::sum_square, change, rows);
  Value most = ratio(ReductionKind::max, math::AbsFOp::create(b, change),
                     math::AbsFOp::create(b, rows));
  return ConcatOp::create(b, ValueRange{math::SqrtOp::create(b, squares), most},
                          0);
}

namespace {
struct MeasureQuantization
    : ::tenon::impl::MeasureQuantizationPassBase<MeasureQuantization> {
  using Base::Base;

  void runOnOperation() override {
    auto step = getOperation().lookupSymbol<func::FuncOp>("step");
    if (!step || step.isExternal() || !step.getBody().hasOneBlock())
      return;
    SetVector<Value> weights;
    step.walk([&](LinearOp op) {
      if (!whyNotRounded(op, group, panel))
        weights.insert(op.getWeight());
    });
    replaceByMeasures(step, weights.getArrayRef(),
                      [&](ImplicitLocOpBuilder &b, Value weight) {
                        return createErrors(b, weight, group, bits);
                      });
  }
};
} // namespace
