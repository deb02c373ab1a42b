//===- StepOfWeights.cpp - Functions of weights alone ---------------------===//

#include "StepOfWeights.h"

#include "tenon/IR/Create.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Analysis/TopologicalSortUtils.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace mlir::tenon;

Value tenon::reduceAll(ImplicitLocOpBuilder &b, ReductionKind kind,
                       Value value) {
  SmallVector<int64_t> axes =
      llvm::to_vector(llvm::seq<int64_t>(0, shapeOf(value).size()));
  Value all = ReduceOp::create(b, kind, value, axes, /*keep_dims=*/false,
                               /*unsigned_elements=*/false);
  return createReshape(b, all, {1});
}

/// The file's name of the first weight that `value` is made of, first operands
/// first.
static std::string nameOf(Value value, unsigned number) {
  SmallVector<Value> pending = {value};
  llvm::SmallDenseSet<Value> visited;
  while (!pending.empty()) {
    Value next = pending.pop_back_val();
    Operation *op = next.getDefiningOp();
    if (!op || !visited.insert(next).second)
      continue;
    if (auto weight = dyn_cast<WeightOp>(op))
      return weight.getTensor().str();
    llvm::append_range(pending, llvm::reverse(op->getOperands()));
  }
  return "weight " + std::to_string(number);
}

/// `value` made again here, with all that is behind it.
static Value cloned(ImplicitLocOpBuilder &b, Value value, IRMapping &mapping) {
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

void tenon::replaceByMeasures(
    func::FuncOp step, ArrayRef<Value> values,
    llvm::function_ref<Value(ImplicitLocOpBuilder &, Value)> measure) {
  OpBuilder builder(step);
  auto measures = func::FuncOp::create(builder, step.getLoc(), step.getName(),
                                       builder.getFunctionType({}, {}));
  ImplicitLocOpBuilder b(step.getLoc(), builder);
  b.setInsertionPointToStart(measures.addEntryBlock());
  IRMapping mapping;
  SmallVector<Value> results;
  for (Value value : values)
    results.push_back(measure(b, cloned(b, value, mapping)));
  func::ReturnOp::create(b, results);
  measures.setFunctionType(
      builder.getFunctionType({}, TypeRange(ValueRange(results))));
  for (auto [number, value] : llvm::enumerate(values))
    measures.setResultAttr(number, "tenon.name",
                           builder.getStringAttr(nameOf(value, number)));
  step.erase();
}
