//===- Indexing.cpp - Gathering and scattering ----------------------------===//

#include "Axes.h"
#include "Operands.h"

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failed;
using mlir::failure;
using mlir::FailureOr;
using mlir::LogicalResult;
using mlir::Value;

static bool isIndex(const OnnxValue &value) {
  return value.type == DataType::Int32 || value.type == DataType::Int64;
}

static LogicalResult checkIndices(const Node &node, const OnnxValue &indices) {
  if (isIndex(indices))
    return mlir::success();
  return node.error("its indices are " + std::string(name(indices.type)) +
                    ", not int32 or int64");
}

/// Indices that are known must lie inside the axis; others are clamped when they
/// are read.
static LogicalResult checkKnownIndices(Node &node, const OnnxValue &indices,
                                       int64_t size) {
  if (!indices.constant)
    return mlir::success();
  for (int64_t i = 0; i < indices.constant->elements(); ++i) {
    int64_t index = indices.type == DataType::Int32
                        ? indices.constant->as<int32_t>()[i]
                        : indices.constant->as<int64_t>()[i];
    if (index < -size || index >= size)
      return node.error("index " + llvm::Twine(index) +
                        " lies outside an axis of size " + llvm::Twine(size));
  }
  return mlir::success();
}

template <typename Op> static LogicalResult gatherAlong(Node &node) {
  if (failed(requireInputs(node, 2)))
    return failure();
  const OnnxValue &input = node.input(0), &indices = node.input(1);
  auto axis = resolveAxis(node, node.intAttribute("axis", 0), input.rank());
  if (failed(axis) || failed(checkIndices(node, indices)) ||
      failed(checkKnownIndices(node, indices, input.shape()[*axis])))
    return failure();
  auto result = node.create<Op>(input.value, indices.value, *axis);
  if (failed(result))
    return failure();
  node.setOutput(0, result->getResult(), input.type);
  return mlir::success();
}

static LogicalResult gatherNd(Node &node) {
  if (failed(requireInputs(node, 2)))
    return failure();
  const OnnxValue &input = node.input(0), &indices = node.input(1);
  if (failed(checkIndices(node, indices)))
    return failure();
  auto result = node.create<mlir::tenon::GatherNdOp>(
      input.value, indices.value, node.intAttribute("batch_dims", 0));
  if (failed(result))
    return failure();
  node.setOutput(0, result->getResult(), input.type);
  return mlir::success();
}

static FailureOr<mlir::tenon::ScatterReduction>
scatterReduction(const Node &node) {
  std::string text = node.stringAttribute("reduction", "none");
  if (auto reduction = mlir::tenon::symbolizeScatterReduction(text))
    return *reduction;
  return node.error("its reduction '" + text + "' is unknown");
}

static LogicalResult scatterElements(Node &node) {
  if (failed(requireInputs(node, 3)))
    return failure();
  const OnnxValue &input = node.input(0), &indices = node.input(1);
  auto axis = resolveAxis(node, node.intAttribute("axis", 0), input.rank());
  auto reduction = scatterReduction(node);
  if (failed(axis) || failed(reduction) || failed(checkIndices(node, indices)))
    return failure();
  auto result = node.create<mlir::tenon::ScatterElementsOp>(
      input.value, indices.value, node.input(2).value, *axis, *reduction,
      isUnsigned(input.type));
  if (failed(result))
    return failure();
  node.setOutput(0, result->getResult(), input.type);
  return mlir::success();
}

static LogicalResult scatterNd(Node &node) {
  if (failed(requireInputs(node, 3)))
    return failure();
  const OnnxValue &input = node.input(0), &indices = node.input(1);
  auto reduction = scatterReduction(node);
  if (failed(reduction) || failed(checkIndices(node, indices)))
    return failure();
  auto result = node.create<mlir::tenon::ScatterNdOp>(
      input.value, indices.value, node.input(2).value, *reduction,
      isUnsigned(input.type));
  if (failed(result))
    return failure();
  node.setOutput(0, result->getResult(), input.type);
  return mlir::success();
}

/// A value of one index for each batch, spread over `shape` along axis `batch`.
static Value perBatch(const Node &node, Value value,
                      llvm::ArrayRef<int64_t> shape, int64_t batch) {
  llvm::SmallVector<int64_t> aligned(shape.size() - batch, 1);
  aligned[0] = shape[batch];
  return broadcastTo(node.builder, node.loc,
                     reshapeTo(node.builder, node.loc, value, aligned), shape);
}

/// The first sequence_lens[b] elements of each batch backwards.
static LogicalResult reverseSequence(Node &node) {
  if (failed(requireInputs(node, 2)))
    return failure();
  const OnnxValue &input = node.input(0), &lengths = node.input(1);
  auto batch =
      resolveAxis(node, node.intAttribute("batch_axis", 1), input.rank());
  auto time =
      resolveAxis(node, node.intAttribute("time_axis", 0), input.rank());
  if (failed(batch) || failed(time))
    return failure();
  if (lengths.rank() != 1 || lengths.shape()[0] != input.shape()[*batch])
    return node.error("its lengths " + shapeText(lengths.shape()) +
                      " do not fit the batch of " +
                      llvm::Twine(input.shape()[*batch]));
  Arithmetic math(node, DataType::Int64);
  Value at = positions(node, input.shape(), *time);
  Value length =
      perBatch(node, castTo(node.builder, node.loc, lengths, DataType::Int64),
               input.shape(), *batch);
  Value mirrored = math.sub(math.sub(length, math.integer(length, 1)), at);
  Value from = math.select(math.less(at, length), mirrored, at);
  auto result =
      node.create<mlir::tenon::GatherElementsOp>(input.value, from, *time);
  if (failed(result))
    return failure();
  node.setOutput(0, result->getResult(), input.type);
  return mlir::success();
}

/// A cache with new entries written from `write_indices[b]` on.
static LogicalResult tensorScatter(Node &node) {
  if (failed(requireInputs(node, 2)))
    return failure();
  const OnnxValue &cache = node.input(0), &update = node.input(1);
  auto axis = resolveAxis(node, node.intAttribute("axis", -2), cache.rank());
  if (failed(axis))
    return failure();
  if (update.rank() != cache.rank() || *axis == 0)
    return node.error("an update of " + shapeText(update.shape()) +
                      " does not fit a cache of " + shapeText(cache.shape()));
  Arithmetic math(node, DataType::Int64);
  Value at = positions(node, update.shape(), *axis);
  if (node.has(2)) {
    const OnnxValue &begin = node.input(2);
    if (begin.rank() != 1 || begin.shape()[0] != update.shape()[0])
      return node.error("its write_indices do not have one entry per batch");
    at = math.add(
        at,
        perBatch(node, castTo(node.builder, node.loc, begin, DataType::Int64),
                 update.shape(), 0));
  }
  std::string mode = node.stringAttribute("mode", "linear");
  if (mode == "circular")
    at = math.rem(at, math.integer(at, cache.shape()[*axis]));
  else if (mode != "linear")
    return node.error("its mode '" + mode + "' is unknown");
  auto result = node.create<mlir::tenon::ScatterElementsOp>(
      cache.value, at, update.value, *axis, mlir::tenon::ScatterReduction::none,
      /*unsigned_elements=*/false);
  if (failed(result))
    return failure();
  node.setOutput(0, result->getResult(), cache.type);
  return mlir::success();
}

void onnx_import::addIndexing(OperatorTable &table) {
  table["::Gather"] = gatherAlong<mlir::tenon::GatherOp>;
  table["::GatherElements"] = gatherAlong<mlir::tenon::GatherElementsOp>;
  table["::GatherND"] = gatherNd;
  table["::Scatter"] = scatterElements;
  table["::ScatterElements"] = scatterElements;
  table["::ScatterND"] = scatterNd;
  table["::ReverseSequence"] = reverseSequence;
  table["::TensorScatter"] = tensorScatter;
  addSelection(table);
}
