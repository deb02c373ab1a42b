//===- Reductions.cpp - Reductions, arg-reductions, running sums ----------===//

#include "Axes.h"
#include "Operands.h"

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failed;
using mlir::failure;
using mlir::FailureOr;
using mlir::LogicalResult;
using mlir::tenon::ReductionKind;

/// The axes, an input since opset `inputSince`; all of them where none is
/// given, unless the node says that it does nothing then.
static FailureOr<llvm::SmallVector<int64_t>>
reducedAxes(const Node &node, int64_t inputSince, int64_t rank) {
  llvm::SmallVector<int64_t> given = node.intsAttribute("axes");
  if (node.opset >= inputSince && node.has(1)) {
    auto values = node.constantInts(1, "its axes");
    if (failed(values))
      return failure();
    given = *values;
  }
  if (given.empty() && !node.intAttribute("noop_with_empty_axes", 0))
    for (int64_t axis = 0; axis < rank; ++axis)
      given.push_back(axis);
  return resolveAxes(node, given, rank);
}

static LogicalResult reduceBy(Node &node, ReductionKind kind,
                              int64_t inputSince) {
  if (failed(requireInputs(node, 1)))
    return failure();
  const OnnxValue &input = node.input(0);
  auto axes = reducedAxes(node, inputSince, input.rank());
  if (failed(axes))
    return failure();
  auto result = node.create<mlir::tenon::ReduceOp>(
      kind, input.value, *axes, /*keep_dims=*/node.intAttribute("keepdims", 1),
      isUnsigned(input.type));
  if (failed(result))
    return failure();
  node.setOutput(0, result->getResult(), input.type);
  return mlir::success();
}

template <ReductionKind kind, int64_t inputSince = 18>
static LogicalResult reduce(Node &node) {
  return reduceBy(node, kind, inputSince);
}

template <bool minimum> static LogicalResult argReduce(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  const OnnxValue &input = node.input(0);
  auto axis = resolveAxis(node, node.intAttribute("axis", 0), input.rank());
  if (failed(axis))
    return failure();
  auto result = node.create<mlir::tenon::ArgReduceOp>(
      input.value, *axis, minimum,
      /*keep_dims=*/node.intAttribute("keepdims", 1),
      /*select_last=*/node.intAttribute("select_last_index", 0),
      isUnsigned(input.type));
  if (failed(result))
    return failure();
  node.setOutput(0, result->getResult(), DataType::Int64);
  return mlir::success();
}

template <ReductionKind kind> static LogicalResult cumulative(Node &node) {
  if (failed(requireInputs(node, 2)))
    return failure();
  const OnnxValue &input = node.input(0);
  auto given = node.constantInts(1, "its axis");
  if (failed(given))
    return failure();
  if (given->size() != 1)
    return node.error("its axis is not one number");
  auto axis = resolveAxis(node, given->front(), input.rank());
  if (failed(axis))
    return failure();
  auto result = node.create<mlir::tenon::CumulativeOp>(
      kind, input.value, *axis, node.intAttribute("exclusive", 0),
      node.intAttribute("reverse", 0));
  if (failed(result))
    return failure();
  node.setOutput(0, result->getResult(), input.type);
  return mlir::success();
}

void onnx_import::addReductions(OperatorTable &table) {
  table["::ReduceSum"] = reduce<ReductionKind::sum, 13>;
  table["::ReduceMean"] = reduce<ReductionKind::mean>;
  table["::ReduceMax"] = reduce<ReductionKind::max>;
  table["::ReduceMin"] = reduce<ReductionKind::min>;
  table["::ReduceProd"] = reduce<ReductionKind::prod>;
  table["::ReduceL1"] = reduce<ReductionKind::l1>;
  table["::ReduceL2"] = reduce<ReductionKind::l2>;
  table["::ReduceSumSquare"] = reduce<ReductionKind::sum_square>;
  table["::ReduceLogSum"] = reduce<ReductionKind::log_sum>;
  table["::ReduceLogSumExp"] = reduce<ReductionKind::log_sum_exp>;
  table["::ArgMax"] = argReduce<false>;
  table["::ArgMin"] = argReduce<true>;
  table["::CumSum"] = cumulative<ReductionKind::sum>;
  table["::CumProd"] = cumulative<ReductionKind::prod>;
}
