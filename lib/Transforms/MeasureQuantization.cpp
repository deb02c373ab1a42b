//===- MeasureQuantization.cpp - What few bits cost each weight -----------===//

#include "WeightRounding.h"

#include "tenon/IR/Create.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Analysis/TopologicalSortUtils.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/IRMapping.h"

namespace tenon {
#define GEN_PASS_DEF_MEASUREQUANTIZATIONPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

static Value reduceAll(ImplicitLocOpBuilder &b, ReductionKind kind,
                       Value value) {
  SmallVector<int64_t> axes =
      llvm::to_vector(llvm::seq<int64_t>(0, shapeOf(value).size()));
  Value all = ReduceOp::create(b, kind, value, axes, /*keep_dims=*/false,
                               /*unsigned_elements=*/false);
  return createReshape(b, all, {1});
}

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

/// The file's name of the first weight that `value` is made of.
static std::string nameOf(Value value, unsigned number) {
  llvm::SetVector<Value> pending;
  pending.insert(value);
  for (size_t i = 0; i < pending.size(); ++i) {
    Operation *op = pending[i].getDefiningOp();
    if (auto weight = dyn_cast_or_null<WeightOp>(op))
      return weight.getTensor().str();
    if (op)
      pending.insert_range(op->getOperands());
  }
  return "weight " + std::to_string(number);
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
    OpBuilder builder(step);
    auto errors = func::FuncOp::create(builder, step.getLoc(), "step",
                                       builder.getFunctionType({}, {}));
    ImplicitLocOpBuilder b(step.getLoc(), builder);
    b.setInsertionPointToStart(errors.addEntryBlock());
    IRMapping mapping;
    SmallVector<Value> results;
    for (Value weight : weights)
      results.push_back(
          createErrors(b, cloned(b, weight, mapping), group, bits));
    func::ReturnOp::create(b, results);
    errors.setFunctionType(
        builder.getFunctionType({}, TypeRange(ValueRange(results))));
    for (auto [number, weight] : llvm::enumerate(weights))
      errors.setResultAttr(number, "tenon.name",
                           builder.getStringAttr(nameOf(weight, number)));
    step.erase();
  }

private:
  /// `value` made again here, with all that is behind it.
  static Value cloned(ImplicitLocOpBuilder &b, Value value,
                      IRMapping &mapping) {
    BackwardSliceOptions options;
    options.inclusive = true;
    SetVector<Operation *> slice;
    // What is known at load ends at weights and constants.
    if (failed(getBackwardSlice(value, &slice, options)))
      return value;
    for (Operation *op : topologicalSort(slice))
      if (!mapping.contains(op->getResult(0)))
        b.clone(*op, mapping);
    return mapping.lookup(value);
  }
};
} // namespace
