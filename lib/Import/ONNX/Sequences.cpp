//===- Sequences.cpp - Sequences and optionals, which exist at import only ===//

#include "Axes.h"
#include "GraphImporter.h"
#include "Operands.h"

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failed;
using mlir::failure;
using mlir::FailureOr;
using mlir::LogicalResult;
using mlir::Value;

using Kind = GraphValue::Kind;

/// Input `i`, which must be a sequence.
static FailureOr<ValueRef> sequenceInput(const Node &node, size_t i) {
  ValueRef value = node.graph.inputOf(node, i);
  // An optional that holds a sequence stands for it.
  if (value && value->kind == Kind::Optional && value->elements.size() == 1)
    value = value->elements.front();
  if (value && value->kind == Kind::Sequence)
    return value;
  return node.error("its input " + llvm::Twine(i) + " is no sequence");
}

static LogicalResult requireTensor(const Node &node, size_t i) {
  ValueRef value = node.graph.inputOf(node, i);
  if (value && value->kind == Kind::Tensor)
    return mlir::success();
  return node.error("its input " + llvm::Twine(i) + " is no tensor");
}

/// A position in a list of `size`, known at import; the end counts with
/// `insertion`, and is meant where no position is given.
static FailureOr<int64_t> positionInput(const Node &node, size_t i,
                                        int64_t size, bool insertion) {
  if (!node.has(i))
    return insertion ? size : size - 1;
  auto given = node.constantInts(i, "the position");
  if (failed(given))
    return failure();
  if (given->size() != 1)
    return node.error("its position is not one number");
  int64_t at = given->front() < 0 ? given->front() + size : given->front();
  if (at < 0 || at >= size + (insertion ? 1 : 0))
    return node.error("position " + llvm::Twine(given->front()) +
                      " lies outside a sequence of " + llvm::Twine(size));
  return at;
}

static void setSequence(Node &node, std::vector<ValueRef> elements) {
  node.graph.setOutputOf(node, 0,
                         GraphValue::list(Kind::Sequence, std::move(elements)));
}

static LogicalResult sequenceConstruct(Node &node) {
  std::vector<ValueRef> elements;
  for (size_t i = 0; i < node.inputCount(); ++i) {
    if (failed(requireTensor(node, i)))
      return failure();
    elements.push_back(node.graph.inputOf(node, i));
  }
  setSequence(node, std::move(elements));
  return mlir::success();
}

static LogicalResult sequenceEmpty(Node &node) {
  setSequence(node, {});
  return mlir::success();
}

static LogicalResult sequenceAt(Node &node) {
  auto sequence = sequenceInput(node, 0);
  if (failed(sequence) || failed(requireInputs(node, 2)))
    return failure();
  const std::vector<ValueRef> &elements = (*sequence)->elements;
  auto at = positionInput(node, 1, elements.size(), /*insertion=*/false);
  if (failed(at))
    return failure();
  node.graph.setOutputOf(node, 0, elements[*at]);
  return mlir::success();
}

static LogicalResult sequenceInsert(Node &node) {
  auto sequence = sequenceInput(node, 0);
  if (failed(sequence) || failed(requireTensor(node, 1)))
    return failure();
  std::vector<ValueRef> elements = (*sequence)->elements;
  auto at = positionInput(node, 2, elements.size(), /*insertion=*/true);
  if (failed(at))
    return failure();
  elements.insert(elements.begin() + *at, node.graph.inputOf(node, 1));
  setSequence(node, std::move(elements));
  return mlir::success();
}

static LogicalResult sequenceErase(Node &node) {
  auto sequence = sequenceInput(node, 0);
  if (failed(sequence))
    return failure();
  std::vector<ValueRef> elements = (*sequence)->elements;
  auto at = positionInput(node, 1, elements.size(), /*insertion=*/false);
  if (failed(at))
    return failure();
  if (elements.empty())
    return node.error("the sequence is empty");
  elements.erase(elements.begin() + *at);
  setSequence(node, std::move(elements));
  return mlir::success();
}

static LogicalResult sequenceLength(Node &node) {
  auto sequence = sequenceInput(node, 0);
  if (failed(sequence))
    return failure();
  Tensor length(DataType::Int64, {});
  length.as<int64_t>()[0] = (*sequence)->elements.size();
  node.setOutput(0, OnnxValue{{}, DataType::Int64, length});
  return mlir::success();
}

/// The lengths of the parts: equal ones, or a list.
static FailureOr<llvm::SmallVector<int64_t>> partSizes(const Node &node,
                                                       int64_t size) {
  if (!node.has(1))
    return llvm::SmallVector<int64_t>(size, 1);
  auto given = node.constantInts(1, "the sizes of the parts");
  if (failed(given))
    return failure();
  if (node.input(1).rank() == 1)
    return *given;
  int64_t length = given->front();
  if (length < 1)
    return node.error("its parts have size " + llvm::Twine(length));
  llvm::SmallVector<int64_t> sizes;
  for (int64_t begin = 0; begin < size; begin += length)
    sizes.push_back(std::min(length, size - begin));
  return sizes;
}

static LogicalResult splitToSequence(Node &node) {
  if (failed(requireTensor(node, 0)))
    return failure();
  const OnnxValue &input = node.input(0);
  auto axis = resolveAxis(node, node.intAttribute("axis", 0), input.rank());
  if (failed(axis))
    return failure();
  int64_t size = input.shape()[*axis], begin = 0;
  auto sizes = partSizes(node, size);
  if (failed(sizes))
    return failure();
  bool keeps = node.has(1) || node.intAttribute("keepdims", 1);
  std::vector<ValueRef> elements;
  for (int64_t length : *sizes) {
    if (length < 0 || length > size - begin)
      return node.error("its parts do not fit axis " + llvm::Twine(*axis) +
                        " of size " + llvm::Twine(size));
    auto part = sliceAxis(node, input.value, *axis, begin, length);
    if (failed(part))
      return failure();
    llvm::SmallVector<int64_t> shape(input.shape());
    shape[*axis] = length;
    if (!keeps)
      shape.erase(shape.begin() + *axis);
    elements.push_back(GraphValue::computed(
        reshapeTo(node.builder, node.loc, *part, shape), input.type));
    begin += length;
  }
  if (begin != size)
    return node.error("its parts do not fill axis " + llvm::Twine(*axis));
  setSequence(node, std::move(elements));
  return mlir::success();
}

static LogicalResult concatFromSequence(Node &node) {
  auto sequence = sequenceInput(node, 0);
  if (failed(sequence))
    return failure();
  if ((*sequence)->elements.empty())
    return node.error("the sequence is empty");
  bool stacks = node.intAttribute("new_axis", 0);
  llvm::SmallVector<Value> values;
  int64_t axis = 0;
  DataType type = DataType::Float32;
  for (const ValueRef &element : (*sequence)->elements) {
    if (element->kind != Kind::Tensor)
      return node.unsupported("a sequence of sequences");
    node.graph.materialize(*element);
    const OnnxValue &tensor = element->tensor;
    type = tensor.type;
    auto resolved = resolveAxis(node, node.intAttribute("axis", 0),
                                tensor.rank() + (stacks ? 1 : 0));
    if (failed(resolved))
      return failure();
    axis = *resolved;
    llvm::SmallVector<int64_t> shape(tensor.shape());
    if (stacks)
      shape.insert(shape.begin() + axis, 1);
    values.push_back(reshapeTo(node.builder, node.loc, tensor.value, shape));
  }
  auto result = concatOf(node, values, axis);
  if (failed(result))
    return failure();
  node.setOutput(0, *result, type);
  return mlir::success();
}

/// The body once for each position of the first sequence.
static LogicalResult sequenceMap(Node &node) {
  const onnx::AttributeProto *body = node.attribute("body");
  auto first = sequenceInput(node, 0);
  if (failed(first))
    return failure();
  if (!body || !body->has_g())
    return node.error("it has no body");
  std::vector<std::vector<ValueRef>> results(node.outputCount());
  for (size_t step = 0; step < (*first)->elements.size(); ++step) {
    llvm::SmallVector<ValueRef> arguments, outputs;
    for (size_t i = 0; i < node.inputCount(); ++i) {
      ValueRef value = node.graph.inputOf(node, i);
      if (value && value->kind == Kind::Sequence) {
        if (step >= value->elements.size())
          return node.error("its sequences differ in length");
        value = value->elements[step];
      }
      if (!value)
        return node.error("it lacks input " + llvm::Twine(i));
      arguments.push_back(std::move(value));
    }
    if (failed(node.graph.importSubgraph(node, body->g(), arguments, outputs)))
      return failure();
    if (outputs.size() < results.size())
      return node.error("its body has too few outputs");
    for (size_t i = 0; i < results.size(); ++i)
      results[i].push_back(outputs[i]);
  }
  for (auto [i, elements] : llvm::enumerate(results))
    node.graph.setOutputOf(
        node, i, GraphValue::list(Kind::Sequence, std::move(elements)));
  return mlir::success();
}

static LogicalResult identity(Node &node) {
  ValueRef value = node.graph.inputOf(node, 0);
  if (!value)
    return node.error("it lacks input 0");
  node.graph.setOutputOf(node, 0, value);
  return mlir::success();
}

static LogicalResult optional(Node &node) {
  std::vector<ValueRef> elements;
  if (ValueRef value = node.graph.inputOf(node, 0))
    elements.push_back(value);
  node.graph.setOutputOf(node, 0,
                         GraphValue::list(Kind::Optional, std::move(elements)));
  return mlir::success();
}

static LogicalResult optionalHasElement(Node &node) {
  ValueRef value = node.graph.inputOf(node, 0);
  Tensor result(DataType::Bool, {});
  result.as<uint8_t>()[0] =
      value && (value->kind != Kind::Optional || !value->elements.empty());
  node.setOutput(0, OnnxValue{{}, DataType::Bool, result});
  return mlir::success();
}

static LogicalResult optionalGetElement(Node &node) {
  ValueRef value = node.graph.inputOf(node, 0);
  if (value && value->kind == Kind::Optional)
    value = value->elements.empty() ? nullptr : value->elements.front();
  if (!value)
    return node.error("its optional holds nothing");
  node.graph.setOutputOf(node, 0, value);
  return mlir::success();
}

void onnx_import::addSequences(OperatorTable &table) {
  table["::SequenceConstruct"] = sequenceConstruct;
  table["::SequenceEmpty"] = sequenceEmpty;
  table["::SequenceAt"] = sequenceAt;
  table["::SequenceInsert"] = sequenceInsert;
  table["::SequenceErase"] = sequenceErase;
  table["::SequenceLength"] = sequenceLength;
  table["::SequenceMap"] = sequenceMap;
  table["::SplitToSequence"] = splitToSequence;
  table["::ConcatFromSequence"] = concatFromSequence;
  table["::Identity"] = identity;
  table["::Optional"] = optional;
  table["::OptionalHasElement"] = optionalHasElement;
  table["::OptionalGetElement"] = optionalGetElement;
}
