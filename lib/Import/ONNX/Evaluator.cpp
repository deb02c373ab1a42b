//===- Evaluator.cpp - What values of the program are known to hold -------===//

#include "Evaluator.h"

#include "tenon/IR/TenonOps.h"

using namespace tenon;
using namespace tenon::onnx_import;

/// Values with more elements are not evaluated.
static constexpr int64_t largestEvaluated = 65536;

void Evaluator::assume(mlir::BlockArgument argument, const Tensor &contents) {
  assumed[argument.getArgNumber()] = contents;
}

static bool isSmall(mlir::Value value) {
  auto type = mlir::dyn_cast<mlir::RankedTensorType>(value.getType());
  if (!type || !type.hasStaticShape())
    return false;
  std::optional<int64_t> count = elementCount(
      std::span<const int64_t>(type.getShape().data(), type.getRank()));
  return count && *count <= largestEvaluated;
}

Evaluator::Outcome
Evaluator::evaluateArgument(mlir::BlockArgument argument) const {
  Outcome outcome;
  auto given = assumed.find(argument.getArgNumber());
  if (given == assumed.end()) {
    outcome.missingArgument = argument.getArgNumber();
    return outcome;
  }
  outcome.contents = Contents::fromTensor(
      given->second, mlir::cast<mlir::RankedTensorType>(argument.getType()));
  if (outcome.contents)
    outcome.arguments.insert(argument.getArgNumber());
  return outcome;
}

/// The results of an op all of whose operands are known.
static Results evaluateResults(mlir::Operation *op, Operands operands) {
  if (auto constant = mlir::dyn_cast<mlir::arith::ConstantOp>(op)) {
    std::optional<Contents> contents =
        Contents::fromAttribute(constant.getValue());
    if (!contents)
      return std::nullopt;
    return std::vector<Contents>{std::move(*contents)};
  }
  if (Results results = evaluateArithmetic(op, operands))
    return results;
  if (Results results = evaluateMovement(op, operands))
    return results;
  return evaluateReduction(op, operands);
}

void Evaluator::evaluateOp(mlir::Operation *op) {
  Outcome common;
  llvm::SmallVector<const Contents *> operands;
  bool known = true;
  for (mlir::Value operand : op->getOperands()) {
    const Outcome &outcome = outcomes[operand];
    known = known && outcome.contents;
    if (outcome.missingArgument)
      common.missingArgument = outcome.missingArgument;
    common.arguments.insert(outcome.arguments.begin(), outcome.arguments.end());
    operands.push_back(outcome.contents ? &*outcome.contents : nullptr);
  }
  Results results;
  if (known && op->getNumRegions() == 0)
    results = evaluateResults(op, operands);
  if (!results)
    common.arguments.clear();
  for (auto [i, result] : llvm::enumerate(op->getResults())) {
    Outcome outcome = common;
    if (results && i < results->size())
      outcome.contents = std::move((*results)[i]);
    outcomes[result] = std::move(outcome);
  }
}

const Evaluator::Outcome &Evaluator::evaluate(mlir::Value value) {
  // Depth first without recursion: chains can be as long as the model.
  llvm::SmallVector<mlir::Value> work = {value};
  while (!work.empty()) {
    mlir::Value current = work.back();
    if (outcomes.count(current)) {
      work.pop_back();
      continue;
    }
    if (!isSmall(current)) {
      outcomes[current] = Outcome();
      continue;
    }
    if (auto argument = mlir::dyn_cast<mlir::BlockArgument>(current)) {
      outcomes[current] = evaluateArgument(argument);
      continue;
    }
    mlir::Operation *op = current.getDefiningOp();
    bool ready = true;
    for (mlir::Value operand : op->getOperands()) {
      auto known = outcomes.find(operand);
      if (known == outcomes.end()) {
        work.push_back(operand);
        ready = false;
        break;
      }
      // One unknown operand settles it: the others need not be looked at.
      if (!known->second.contents) {
        Outcome outcome;
        outcome.missingArgument = known->second.missingArgument;
        for (mlir::Value result : op->getResults())
          outcomes[result] = outcome;
        ready = false;
        break;
      }
    }
    if (ready)
      evaluateOp(op);
  }
  return outcomes[value];
}
