//===- SplitDenoising.cpp - What a denoising loop computes once -----------===//

#include "Matching.h"

#include "tenon/IR/ElementTypes.h"
#include "tenon/Transforms/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"

#include "llvm/ADT/StringSwitch.h"

namespace tenon {
#define GEN_PASS_DEF_SPLITDENOISINGPASS
#include "tenon/Transforms/Passes.h.inc"
} // namespace tenon

using namespace mlir;
using namespace mlir::tenon;

static constexpr StringLiteral stageName = "tenon.stage";

/// When a value is known: with the weights, before the loop, for each of its
/// times, in each step.
enum class Stage { Weights, Begin, Time, Step };

static std::optional<Stage> stageOf(StringRef name) {
  return llvm::StringSwitch<std::optional<Stage>>(name)
      .Case("begin", Stage::Begin)
      .Case("time", Stage::Time)
      .Case("step", Stage::Step)
      .Default(std::nullopt);
}

namespace {
/// The stages of @step's values, and which of them later stages need.
class Stages {
public:
  explicit Stages(func::FuncOp step) : body(step.getBody().front()) {
    for (BlockArgument argument : body.getArguments()) {
      auto name =
          step.getArgAttrOfType<StringAttr>(argument.getArgNumber(), stageName);
      stages[argument] =
          name ? stageOf(name).value_or(Stage::Step) : Stage::Step;
    }
    for (Operation &op : body) {
      Stage latest = Stage::Weights;
      for (Value operand : op.getOperands())
        latest = std::max(latest, stages.lookup(operand));
      setStage(&op,
               op.hasTrait<OpTrait::IsTerminator>() ? Stage::Step : latest);
    }
    delayViews();
  }

  Stage of(Value value) const { return stages.lookup(value); }
  /// Values of a stage that later ones use, in order.
  SmallVector<Value> exports() const {
    SmallVector<Value> values;
    for (Operation &op : body)
      for (Value result : op.getResults())
        if (Stage own = of(result);
            own != Stage::Weights && own != Stage::Step &&
            llvm::any_of(result.getUsers(), [&](Operation *user) {
              return stageOfOp(user) > own;
            }))
          values.push_back(result);
    return values;
  }
  Stage stageOfOp(Operation *op) const {
    return op->getNumResults() == 0 ? Stage::Step : of(op->getResult(0));
  }

private:
  void setStage(Operation *op, Stage stage) {
    for (Value result : op->getResults())
      stages[result] = stage;
  }

  /// A view that only a later stage uses is made there: what it spreads is
  /// smaller.
  void delayViews() {
    for (Operation &op : llvm::reverse(body)) {
      if (!isa<BroadcastOp, ReshapeOp>(op) || op.use_empty() ||
          stageOfOp(&op) == Stage::Weights)
        continue;
      Stage first = Stage::Step;
      for (Operation *user : op.getUsers())
        first = std::min(first, stageOfOp(user));
      setStage(&op, std::max(first, stageOfOp(&op)));
    }
  }

  Block &body;
  llvm::DenseMap<Value, Stage> stages;
};

struct SplitDenoising : ::tenon::impl::SplitDenoisingPassBase<SplitDenoising> {
  using Base::Base;

  void runOnOperation() override {
    auto function = getOperation().lookupSymbol<func::FuncOp>("step");
    std::optional<Stage> kept = stageOf(stage);
    if (!kept) {
      getOperation().emitError("'")
          << stage << "' is none of begin, time, step";
      return signalPassFailure();
    }
    if (!function || function.getBody().getBlocks().size() != 1) {
      getOperation().emitError("has no function @step of one block");
      return signalPassFailure();
    }
    Stages stages(function);
    keep(function, stages, *kept);
  }

  /// Puts one stage in the place of the whole.
  void keep(func::FuncOp function, const Stages &stages, Stage kept) {
    SmallVector<Value> exports = stages.exports();
    OpBuilder builder(function);
    auto fresh = func::FuncOp::create(builder, function.getLoc(), "step",
                                      builder.getFunctionType({}, {}));
    Block *block = fresh.addEntryBlock();
    builder.setInsertionPointToStart(block);
    IRMapping mapping;
    SmallVector<Attribute> inputs, outputs;
    auto addInput = [&](Value value, Attribute attributes) {
      mapping.map(value, block->addArgument(value.getType(), value.getLoc()));
      inputs.push_back(attributes);
    };
    for (BlockArgument argument : function.getArguments())
      if (stages.of(argument) == kept || isUsedBy(argument, stages, kept))
        addInput(argument, withoutStage(function.getArgAttrDict(
                               argument.getArgNumber())));
    for (auto [number, value] : llvm::enumerate(exports))
      if (stages.of(value) < kept && isUsedBy(value, stages, kept))
        addInput(value, portAttributes(builder, value, number));
    for (Operation &op : function.getBody().front().without_terminator())
      if (stages.stageOfOp(&op) == Stage::Weights ||
          stages.stageOfOp(&op) == kept)
        builder.clone(op, mapping);
    SmallVector<Value> results;
    Operation *terminator = function.getBody().front().getTerminator();
    if (kept == Stage::Step)
      for (auto [number, value] : llvm::enumerate(terminator->getOperands())) {
        results.push_back(mapping.lookup(value));
        outputs.push_back(function.getResultAttrDict(number));
      }
    else
      for (auto [number, value] : llvm::enumerate(exports))
        if (stages.of(value) == kept) {
          results.push_back(mapping.lookup(value));
          outputs.push_back(portAttributes(builder, value, number));
        }
    func::ReturnOp::create(builder, terminator->getLoc(), results);
    fresh.setFunctionType(builder.getFunctionType(
        block->getArgumentTypes(), TypeRange(ValueRange(results))));
    fresh.setAllArgAttrs(inputs);
    fresh.setAllResultAttrs(outputs);
    function.erase();
  }

  static bool isUsedBy(Value value, const Stages &stages, Stage stage) {
    return llvm::any_of(value.getUsers(), [&](Operation *user) {
      return stages.stageOfOp(user) == stage;
    });
  }

  /// A value that passes from one stage to another has a name in both.
  static Attribute portAttributes(OpBuilder &builder, Value value,
                                  size_t number) {
    auto element = cast<RankedTensorType>(value.getType()).getElementType();
    std::optional<::tenon::DataType> type = ::tenon::dataTypeOf(element);
    return builder.getDictionaryAttr(
        {builder.getNamedAttr(
             "tenon.dtype",
             builder.getStringAttr(type ? ::tenon::name(*type) : "")),
         builder.getNamedAttr(
             "tenon.name", builder.getStringAttr("hoisted." + Twine(number)))});
  }
  static Attribute withoutStage(DictionaryAttr attributes) {
    NamedAttrList list(attributes);
    list.erase(stageName);
    return list.getDictionary(attributes.getContext());
  }
};
} // namespace
