//===- HoistStages.cpp - What follows from weights, computed at load ------===//

#include "tenon/IR/TenonOps.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Analysis/TopologicalSortUtils.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Transforms/CSE.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/SetVector.h"

namespace tenon {
#define GEN_PASS_DEF_HOISTSTAGESPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

static constexpr StringLiteral preparedName = "tenon.prepared";
/// A result that is larger than this and than twice what it is made from costs
/// more to keep than to make again.
static constexpr int64_t largestGrownBytes = 1 << 20;

/// A weight or constant itself: nothing to compute.
static bool isLeaf(Operation *op) {
  return isa<WeightOp, ParameterOp, tensor::EmptyOp>(op) ||
         op->hasTrait<OpTrait::ConstantLike>();
}

/// Another view of what is there.
static bool isView(Operation *op) { return isa<ReshapeOp, BroadcastOp>(op); }

/// Bytes of a tensor of static shape; none for anything else.
static std::optional<int64_t> bytesOf(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type || !type.getElementType().isIntOrFloat())
    return std::nullopt;
  std::optional<int64_t> count = countElements(type.getShape());
  if (!count)
    return std::nullopt;
  return *count * ((type.getElementTypeBitWidth() + 7) / 8);
}

namespace {
/// What of @step can be computed when the model is loaded, and what of that is
/// worth it.
class StageAnalysis {
public:
  explicit StageAnalysis(func::FuncOp step) : step(step) {
    for (auto [i, argument] : llvm::enumerate(step.getArguments()))
      if (step.getArgAttr(i, preparedName))
        known.insert(argument);
    for (Operation &op : step.getBody().front().without_terminator())
      if (followsFromKnown(op))
        known.insert_range(op.getResults());
    liftOutOfBranches();
    for (Operation &op : step.getBody().front())
      if (op.getNumResults() == 0 || !known.contains(op.getResult(0)))
        for (Value operand : operandsOf(op))
          consider(operand);
  }

  /// The values to hoist, in the order of the program.
  SmallVector<Value> worthwhile() const {
    SmallVector<Value> values(chosen.getArrayRef());
    llvm::sort(values, [](Value a, Value b) {
      Operation *first = a.getDefiningOp(), *second = b.getDefiningOp();
      if (first == second)
        return cast<OpResult>(a).getResultNumber() <
               cast<OpResult>(b).getResultNumber();
      return first->isBeforeInBlock(second);
    });
    return values;
  }

private:
  /// Operands, and what the op's regions take from outside.
  static SmallVector<Value> operandsOf(Operation &op) {
    SmallVector<Value> operands(op.getOperands());
    llvm::SetVector<Value> captured;
    getUsedValuesDefinedAbove(op.getRegions(), captured);
    operands.append(captured.begin(), captured.end());
    return operands;
  }

  /// Puts what follows from known values in front of the branches that it
  /// stands in, where it can be hoisted.
  void liftOutOfBranches() {
    for (Operation &op : llvm::make_early_inc_range(step.getBody().front())) {
      if (!isa<scf::IndexSwitchOp>(op))
        continue;
      for (Region &region : op.getRegions())
        for (Operation &inner : llvm::make_early_inc_range(region.front()))
          if (followsFromKnown(inner)) {
            inner.moveBefore(&op);
            known.insert_range(inner.getResults());
          }
    }
  }

  bool followsFromKnown(Operation &op) const {
    return isMemoryEffectFree(&op) && op.getNumResults() != 0 &&
           llvm::all_of(operandsOf(op),
                        [&](Value operand) { return known.contains(operand); });
  }

  /// Chooses `value`, which the rest of @step uses, or what lies behind it.
  void consider(Value value) {
    Operation *op = value.getDefiningOp();
    if (!op || !known.contains(value) || isLeaf(op) ||
        !visited.insert(value).second)
      return;
    if (!isView(op) && bytesOf(value) && !growsTooMuch(value)) {
      chosen.insert(value);
      return;
    }
    for (Value operand : operandsOf(*op))
      consider(operand);
  }

  bool growsTooMuch(Value value) const {
    int64_t bytes = *bytesOf(value);
    return bytes > largestGrownBytes && bytes / 2 > sourceBytes(value);
  }

  /// Bytes of the weights, constants and prepared tensors behind `value`.
  int64_t sourceBytes(Value value) const {
    int64_t bytes = 0;
    llvm::SetVector<Value> pending;
    pending.insert(value);
    for (size_t i = 0; i < pending.size(); ++i) {
      Operation *op = pending[i].getDefiningOp();
      // A concatenation repeats nothing, even where its parts are constants.
      if (isa_and_nonnull<ConcatOp>(op)) {
        bytes += bytesOf(pending[i]).value_or(0);
        continue;
      }
      if (op && !isLeaf(op)) {
        for (Value operand : operandsOf(*op))
          pending.insert(operand);
        continue;
      }
      auto constant = dyn_cast_or_null<arith::ConstantOp>(op);
      auto elements =
          constant ? dyn_cast<ElementsAttr>(constant.getValue()) : nullptr;
      bool isNothing = isa_and_nonnull<tensor::EmptyOp>(op) ||
                       (elements && elements.isSplat());
      if (!isNothing)
        bytes += bytesOf(pending[i]).value_or(0);
    }
    return bytes;
  }

  func::FuncOp step;
  llvm::SmallDenseSet<Value> known, visited;
  llvm::SetVector<Value> chosen;
};

/// Moves values of @step to @prepare.
class StageMover {
public:
  StageMover(func::FuncOp step, func::FuncOp prepare)
      : step(step), prepare(prepare),
        end(prepare.getBody().front().getTerminator()) {
    // What an earlier run prepared is a result of @prepare already.
    unsigned next = 0;
    for (auto [i, argument] : llvm::enumerate(step.getArguments()))
      if (step.getArgAttr(i, preparedName) && next < end->getNumOperands())
        mapping.map(argument, end->getOperand(next++));
  }

  void move(ArrayRef<Value> values) {
    OpBuilder builder(end);
    SmallVector<Value> results(end->getOperands());
    for (Value value : values) {
      cloneBehind(builder, value);
      results.push_back(mapping.lookup(value));
    }
    func::ReturnOp::create(builder, end->getLoc(), results);
    end->erase();
    prepare.setFunctionType(
        builder.getFunctionType({}, TypeRange(ValueRange(results))));
    for (Value value : values) {
      unsigned index = step.getNumArguments();
      auto attributes = builder.getDictionaryAttr(
          builder.getNamedAttr(preparedName, builder.getUnitAttr()));
      // The function is not external, so that the insertion cannot fail.
      (void)step.insertArgument(index, value.getType(), attributes,
                                value.getLoc());
      value.replaceAllUsesWith(step.getArgument(index));
    }
  }

private:
  void cloneBehind(OpBuilder &builder, Value value) {
    BackwardSliceOptions options;
    options.inclusive = true;
    options.omitUsesFromAbove = false;
    llvm::SetVector<Operation *> slice;
    // A slice of known ops ends at weights, constants and arguments.
    if (failed(getBackwardSlice(value, &slice, options)))
      return;
    for (Operation *op : topologicalSort(slice))
      if (!mapping.contains(op->getResult(0)))
        builder.clone(*op, mapping);
  }

  func::FuncOp step, prepare;
  Operation *end;
  IRMapping mapping;
};

struct HoistStages : ::tenon::impl::HoistStagesPassBase<HoistStages> {
  using HoistStagesPassBase::HoistStagesPassBase;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    auto step = module.lookupSymbol<func::FuncOp>("step");
    if (!step || step.isExternal())
      return;
    if (!step.getBody().hasOneBlock()) {
      step.emitError("@step has branches: stages cannot be told apart");
      return signalPassFailure();
    }
    IRRewriter rewriter(&getContext());
    DominanceInfo dominance(step);
    eliminateCommonSubExpressions(rewriter, dominance, step);

    SmallVector<Value> values = StageAnalysis(step).worthwhile();
    if (values.empty())
      return;
    func::FuncOp prepare = findOrCreatePrepare(module, step);
    if (!isPrepareOf(prepare, step)) {
      prepare.emitError("@prepare does not give what @step has as prepared "
                        "arguments");
      return signalPassFailure();
    }
    numHoisted += values.size();
    StageMover(step, prepare).move(values);
    eraseDead(step);
  }

private:
  static func::FuncOp findOrCreatePrepare(ModuleOp module, func::FuncOp step) {
    if (auto prepare = module.lookupSymbol<func::FuncOp>("prepare"))
      return prepare;
    OpBuilder builder(step);
    auto prepare = func::FuncOp::create(builder, step.getLoc(), "prepare",
                                        builder.getFunctionType({}, {}));
    builder.setInsertionPointToStart(prepare.addEntryBlock());
    func::ReturnOp::create(builder, step.getLoc());
    return prepare;
  }

  /// Whether @prepare takes nothing and gives @step's prepared arguments.
  static bool isPrepareOf(func::FuncOp prepare, func::FuncOp step) {
    SmallVector<Type> prepared;
    for (auto [i, type] : llvm::enumerate(step.getArgumentTypes()))
      if (step.getArgAttr(i, preparedName))
        prepared.push_back(type);
    return !prepare.isExternal() && prepare.getBody().hasOneBlock() &&
           prepare.getNumArguments() == 0 &&
           prepare.getResultTypes() == ArrayRef<Type>(prepared);
  }

  static void eraseDead(func::FuncOp step) {
    for (Operation &op :
         llvm::make_early_inc_range(llvm::reverse(step.getBody().front())))
      if (isOpTriviallyDead(&op))
        op.erase();
  }
};
} // namespace
