//===- Losses.cpp - Losses over classes -----------------------------------===//

#include "Axes.h"
#include "Operands.h"

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failed;
using mlir::failure;
using mlir::FailureOr;
using mlir::LogicalResult;
using mlir::Value;
using mlir::tenon::ReductionKind;

static FailureOr<Value> reduceAll(const Node &node, Value value,
                                  ReductionKind kind) {
  llvm::SmallVector<int64_t> axes;
  int64_t rank = mlir::cast<mlir::RankedTensorType>(value.getType()).getRank();
  for (int64_t axis = 0; axis < rank; ++axis)
    axes.push_back(axis);
  auto op = node.create<mlir::tenon::ReduceOp>(kind, value, axes,
                                               /*keep_dims=*/false,
                                               /*unsigned_elements=*/false);
  if (failed(op))
    return failure();
  return op->getResult();
}

/// The weight of each target: the class's, 0 where it is ignored; null where
/// all count the same.
static FailureOr<Value> targetWeights(const Node &node, Value target,
                                      DataType type) {
  auto targetType = mlir::cast<mlir::RankedTensorType>(target.getType());
  auto ones = mlir::RankedTensorType::get(
      targetType.getShape(), elementType(node.builder.getContext(), type));
  Value weights;
  if (node.has(2)) {
    const OnnxValue &given = node.input(2);
    if (given.rank() != 1 || given.type != type)
      return node.error("its weights are not one value per class");
    auto op = node.create<mlir::tenon::GatherOp>(given.value, target, 0);
    if (failed(op))
      return failure();
    weights = op->getResult();
  }
  if (!node.hasAttribute("ignore_index"))
    return weights;
  if (!weights)
    weights = splat(node.builder, node.loc, ones, 1);
  Arithmetic index(node, DataType::Int64);
  Value ignored = index.equal(
      target, index.integer(target, node.intAttribute("ignore_index", 0)));
  return Arithmetic(node, type)
      .select(ignored, splat(node.builder, node.loc, ones, 0), weights);
}

/// -weight[target] * logarithm[target] of log-probabilities (N, C, ...).
static LogicalResult setLoss(Node &node, Value logarithms, DataType type) {
  const OnnxValue &given = node.input(1);
  auto shape =
      mlir::cast<mlir::RankedTensorType>(logarithms.getType()).getShape();
  llvm::SmallVector<int64_t> expected(shape);
  if (expected.size() >= 2)
    expected.erase(expected.begin() + 1);
  if (shape.size() < 2 || given.shape() != llvm::ArrayRef(expected) ||
      (given.type != DataType::Int32 && given.type != DataType::Int64))
    return node.error("targets of " + shapeText(given.shape()) +
                      " do not fit scores of " + shapeText(shape));
  Value target = castTo(node.builder, node.loc, given, DataType::Int64);
  llvm::SmallVector<int64_t> column(expected);
  column.insert(column.begin() + 1, 1);
  auto chosen = node.create<mlir::tenon::GatherElementsOp>(
      logarithms, reshapeTo(node.builder, node.loc, target, column), 1);
  auto weights = targetWeights(node, target, type);
  if (failed(chosen) || failed(weights))
    return failure();
  Arithmetic math(node, type);
  Value loss = math.neg(
      reshapeTo(node.builder, node.loc, chosen->getResult(), expected));
  if (*weights) {
    // An ignored target's class need not exist: what was read there is not a
    // number to multiply.
    Value zero = math.constant(loss, 0);
    loss =
        math.select(math.equal(*weights, zero), zero, math.mul(loss, *weights));
  }
  std::string reduction = node.stringAttribute("reduction", "mean");
  if (reduction == "none") {
    node.setOutput(0, loss, type);
    return mlir::success();
  }
  if (reduction != "mean" && reduction != "sum")
    return node.error("its reduction '" + reduction + "' is unknown");
  bool plainMean = reduction == "mean" && !*weights;
  auto total = reduceAll(node, loss,
                         plainMean ? ReductionKind::mean : ReductionKind::sum);
  if (failed(total))
    return failure();
  Value result = *total;
  if (reduction == "mean" && *weights) {
    auto count = reduceAll(node, *weights, ReductionKind::sum);
    if (failed(count))
      return failure();
    result = math.div(result, *count);
  }
  node.setOutput(0, result, type);
  return mlir::success();
}

static LogicalResult negativeLogLikelihood(Node &node) {
  if (failed(requireInputs(node, 2)))
    return failure();
  return setLoss(node, node.input(0).value, node.input(0).type);
}

static LogicalResult softmaxCrossEntropy(Node &node) {
  if (failed(requireInputs(node, 2)))
    return failure();
  const OnnxValue &scores = node.input(0);
  auto logarithms = node.create<mlir::tenon::SoftmaxOp>(
      scores.value, /*axis=*/1, /*log=*/true);
  if (failed(logarithms))
    return failure();
  node.setOutput(1, logarithms->getResult(), scores.type);
  return setLoss(node, logarithms->getResult(), scores.type);
}

void onnx_import::addLosses(OperatorTable &table) {
  table["::NegativeLogLikelihoodLoss"] = negativeLogLikelihood;
  table["::SoftmaxCrossEntropyLoss"] = softmaxCrossEntropy;
}
