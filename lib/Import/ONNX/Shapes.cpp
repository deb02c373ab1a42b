//===- Shapes.cpp - Operators that give tensors another shape -------------===//

#include "Axes.h"
#include "Operands.h"

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failed;
using mlir::failure;
using mlir::FailureOr;
using mlir::LogicalResult;
using mlir::Value;

using Sizes = llvm::SmallVector<int64_t>;

/// The axes of an operator: an attribute up to an opset, then an input.
static FailureOr<Sizes> axesOf(const Node &node, int64_t inputSince) {
  if (node.opset < inputSince)
    return node.intsAttribute("axes");
  if (!node.has(1))
    return Sizes();
  return node.constantInts(1, "its axes");
}

static LogicalResult shape(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  llvm::ArrayRef<int64_t> sizes = node.input(0).shape();
  int64_t rank = sizes.size();
  auto bound = [&](int64_t at) {
    return std::clamp<int64_t>(at < 0 ? at + rank : at, 0, rank);
  };
  int64_t start = bound(node.intAttribute("start", 0));
  int64_t end = std::max(start, bound(node.intAttribute("end", rank)));
  Tensor result(DataType::Int64, {end - start});
  llvm::copy(sizes.slice(start, end - start), result.as<int64_t>().begin());
  node.setOutput(0, OnnxValue{{}, DataType::Int64, result});
  return mlir::success();
}

static LogicalResult size(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  Tensor result(DataType::Int64, {});
  result.as<int64_t>()[0] = node.input(0).tensorType().getNumElements();
  node.setOutput(0, OnnxValue{{}, DataType::Int64, result});
  return mlir::success();
}

static LogicalResult setReshaped(Node &node, llvm::ArrayRef<int64_t> sizes) {
  const OnnxValue &input = node.input(0);
  std::optional<int64_t> count =
      elementCount(std::span<const int64_t>(sizes.data(), sizes.size()));
  if (!count || *count != input.tensorType().getNumElements())
    return node.error("a tensor of " + shapeText(input.shape()) +
                      " cannot be reshaped to " + shapeText(sizes));
  node.setOutput(0, reshapeTo(node.builder, node.loc, input.value, sizes),
                 input.type);
  return mlir::success();
}

static LogicalResult reshape(Node &node) {
  if (failed(requireInputs(node, node.opset < 5 ? 1 : 2)))
    return failure();
  llvm::ArrayRef<int64_t> from = node.input(0).shape();
  Sizes to = node.intsAttribute("shape");
  if (node.opset >= 5) {
    auto given = node.constantInts(1, "the shape");
    if (failed(given))
      return failure();
    to = std::move(*given);
  }
  bool keepsZero = node.intAttribute("allowzero", 0);
  std::optional<size_t> open;
  int64_t known = 1;
  for (auto [i, size] : llvm::enumerate(to)) {
    if (size == -1) {
      if (open)
        return node.error("the shape has two sizes of -1");
      open = i;
      continue;
    }
    if (size == 0 && !keepsZero) {
      if (i >= from.size())
        return node.error("the shape keeps axis " + llvm::Twine(i) +
                          ", which the input lacks");
      size = from[i];
    }
    if (size < 0 || size > (int64_t(1) << 40) ||
        (known > 0 && size > (int64_t(1) << 40) / known))
      return node.error("the shape " + shapeText(to) + " is out of range");
    known *= size;
  }
  if (open) {
    int64_t count = sizeProduct(from);
    if (known == 0 ? count != 0 : count % known != 0)
      return node.error("a tensor of " + shapeText(from) +
                        " cannot be reshaped to " + shapeText(to));
    to[*open] = known == 0 ? 0 : count / known;
  }
  return setReshaped(node, to);
}

static LogicalResult flatten(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  llvm::ArrayRef<int64_t> from = node.input(0).shape();
  int64_t rank = from.size(), axis = node.intAttribute("axis", 1);
  if (axis < -rank || axis > rank)
    return node.error("axis " + llvm::Twine(axis) + " does not exist");
  axis += axis < 0 ? rank : 0;
  return setReshaped(node, {sizeProduct(from.take_front(axis)),
                            sizeProduct(from.drop_front(axis))});
}

static LogicalResult squeeze(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  llvm::ArrayRef<int64_t> from = node.input(0).shape();
  FailureOr<Sizes> given = axesOf(node, 13);
  if (failed(given))
    return failure();
  auto axes = resolveAxes(node, *given, from.size());
  if (failed(axes))
    return failure();
  bool all = node.opset < 13 ? !node.hasAttribute("axes") : !node.has(1);
  Sizes to;
  for (auto [axis, size] : llvm::enumerate(from)) {
    bool listed = llvm::is_contained(*axes, static_cast<int64_t>(axis));
    if (listed && size != 1)
      return node.error("axis " + llvm::Twine(axis) + " has size " +
                        llvm::Twine(size) + ", not 1");
    if (!listed && !(all && size == 1))
      to.push_back(size);
  }
  return setReshaped(node, to);
}

static LogicalResult unsqueeze(Node &node) {
  if (failed(requireInputs(node, node.opset < 13 ? 1 : 2)))
    return failure();
  llvm::ArrayRef<int64_t> from = node.input(0).shape();
  FailureOr<Sizes> given = axesOf(node, 13);
  if (failed(given))
    return failure();
  auto axes = resolveAxes(node, *given, from.size() + given->size());
  if (failed(axes))
    return failure();
  Sizes to(from.size() + axes->size(), 0);
  size_t next = 0;
  for (auto [axis, size] : llvm::enumerate(to))
    size = llvm::is_contained(*axes, static_cast<int64_t>(axis)) ? 1
                                                                 : from[next++];
  return setReshaped(node, to);
}

static LogicalResult transpose(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  const OnnxValue &input = node.input(0);
  Sizes order = node.intsAttribute("perm");
  if (!node.hasAttribute("perm"))
    for (int64_t axis = input.rank(); axis-- > 0;)
      order.push_back(axis);
  auto result = node.create<mlir::tenon::TransposeOp>(input.value, order);
  if (failed(result))
    return failure();
  node.setOutput(0, result->getResult(), input.type);
  return mlir::success();
}

static LogicalResult expand(Node &node) {
  if (failed(requireInputs(node, 2)))
    return failure();
  const OnnxValue &input = node.input(0);
  auto sizes = node.constantInts(1, "the shape");
  if (failed(sizes))
    return failure();
  for (int64_t size : *sizes)
    if (size < 0)
      return node.error("the shape " + shapeText(*sizes) +
                        " has a negative size");
  auto to = broadcastShape(input.shape(), *sizes);
  if (failed(to))
    return node.error("a tensor of " + shapeText(input.shape()) +
                      " cannot be expanded to " + shapeText(*sizes));
  node.setOutput(0, broadcastTo(node.builder, node.loc, input.value, *to),
                 input.type);
  return mlir::success();
}

/// Each axis becomes a repeated axis of its own before it.
static LogicalResult tile(Node &node) {
  if (failed(requireInputs(node, 2)))
    return failure();
  const OnnxValue &input = node.input(0);
  auto repeats = node.constantInts(1, "its repeats");
  if (failed(repeats))
    return failure();
  if (static_cast<int64_t>(repeats->size()) != input.rank())
    return node.error("it has " + llvm::Twine(repeats->size()) +
                      " repeats for " + llvm::Twine(input.rank()) + " axes");
  Sizes apart, wide, joined;
  for (auto [size, repeat] : llvm::zip_equal(input.shape(), *repeats)) {
    if (repeat < 0 || repeat > (int64_t(1) << 40))
      return node.error("a repeat is " + llvm::Twine(repeat));
    if (size > 0 && repeat > (int64_t(1) << 40) / size)
      return node.error("a repeat is " + llvm::Twine(repeat));
    if (repeat != 1) {
      apart.push_back(1);
      wide.push_back(repeat);
    }
    apart.push_back(size);
    wide.push_back(size);
    joined.push_back(size * repeat);
  }
  Value value = reshapeTo(node.builder, node.loc, input.value, apart);
  value = broadcastTo(node.builder, node.loc, value, wide);
  node.setOutput(0, reshapeTo(node.builder, node.loc, value, joined),
                 input.type);
  return mlir::success();
}

static LogicalResult concat(Node &node) {
  if (failed(requireInputs(node, std::max<size_t>(1, node.inputCount()))))
    return failure();
  const OnnxValue &first = node.input(0);
  if (!node.hasAttribute("axis") && node.opset >= 4)
    return node.error("it has no axis");
  auto axis = resolveAxis(node, node.intAttribute("axis", 1), first.rank());
  if (failed(axis))
    return failure();
  llvm::SmallVector<Value> values;
  for (size_t i = 0; i < node.inputCount(); ++i) {
    if (node.input(i).type != first.type)
      return node.error("its inputs are of different types");
    values.push_back(node.input(i).value);
  }
  auto result = concatOf(node, values, *axis);
  if (failed(result))
    return failure();
  node.setOutput(0, *result, first.type);
  return mlir::success();
}

/// Inference: the input, and a mask that keeps everything.
static LogicalResult dropout(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  if (node.opset < 7 && !node.intAttribute("is_test", 0))
    return node.unsupported("training");
  if (node.opset >= 12 && node.has(2)) {
    auto training = node.constantInts(2, "whether it is training");
    if (failed(training))
      return failure();
    auto ratio = node.has(1) ? node.constantFloats(1, "its ratio")
                             : FailureOr<llvm::SmallVector<double>>(
                                   llvm::SmallVector<double>{0.5});
    if (failed(ratio))
      return failure();
    bool drops = !training->empty() && training->front() &&
                 (ratio->empty() || ratio->front() != 0);
    if (drops)
      return node.unsupported("training");
  }
  const OnnxValue &input = node.input(0);
  node.setOutput(0, input);
  if (node.wants(1)) {
    // Before opset 10 the mask had the type of the data.
    DataType type = node.opset < 10 ? input.type : DataType::Bool;
    auto maskType = mlir::RankedTensorType::get(
        input.shape(), elementType(node.builder.getContext(), type));
    node.setOutput(1, splatInt(node.builder, node.loc, maskType, 1), type);
  }
  return mlir::success();
}

void onnx_import::addShapes(OperatorTable &table) {
  table["::Shape"] = shape;
  table["::Size"] = size;
  table["::Reshape"] = reshape;
  table["::Flatten"] = flatten;
  table["::Squeeze"] = squeeze;
  table["::Unsqueeze"] = unsqueeze;
  table["::Transpose"] = transpose;
  table["::Expand"] = expand;
  table["::Tile"] = tile;
  table["::Concat"] = concat;
  table["::Dropout"] = dropout;
  addSlices(table);
}
