//===- ControlFlow.cpp - If, Loop and Scan, laid out at import ------------===//

#include "Axes.h"
#include "GraphImporter.h"
#include "Operands.h"

#include "tenon/Import/Tensors/TensorProto.h"

#include <limits>

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failed;
using mlir::failure;
using mlir::FailureOr;
using mlir::LogicalResult;
using mlir::Value;

using Values = llvm::SmallVector<ValueRef>;

/// A loop that goes on for longer is not laid out.
static constexpr int64_t mostIterations = 65536;

static const onnx::GraphProto *graphAttribute(const Node &node,
                                              llvm::StringRef name) {
  const onnx::AttributeProto *attribute = node.attribute(name);
  return attribute && attribute->has_g() ? &attribute->g() : nullptr;
}

static ValueRef scalar(DataType type, int64_t value) {
  Tensor tensor(type, {});
  if (type == DataType::Bool)
    tensor.as<uint8_t>()[0] = value != 0;
  else
    tensor.as<int64_t>()[0] = value;
  return GraphValue::constant(std::move(tensor));
}

/// Whether a condition holds, known at import.
static FailureOr<bool> holds(Node &node, GraphValue &condition) {
  GraphImporter::Known known = node.graph.contentsOf(condition);
  if (known.contents && known.contents->type() == DataType::Bool &&
      known.contents->elements() == 1) {
    node.graph.specialise(known.inputs);
    return known.contents->as<uint8_t>()[0] != 0;
  }
  if (known.contents)
    return node.error("its condition is not one boolean");
  if (!known.missingInput.empty())
    return node.error("its condition depends on the value of input '" +
                      known.missingInput + "': give it with --input " +
                      known.missingInput + "=FILE");
  return node.unsupported("the condition depends on data");
}

static LogicalResult ifElse(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  auto taken = holds(node, *node.graph.inputOf(node, 0));
  if (failed(taken))
    return failure();
  const onnx::GraphProto *branch =
      graphAttribute(node, *taken ? "then_branch" : "else_branch");
  if (!branch)
    return node.error("it lacks a branch");
  Values outputs;
  if (failed(node.graph.importSubgraph(node, *branch, {}, outputs)))
    return failure();
  if (outputs.size() < node.outputCount())
    return node.error("its branch has " + llvm::Twine(outputs.size()) +
                      " outputs, not " + llvm::Twine(node.outputCount()));
  for (size_t i = 0; i < node.outputCount(); ++i)
    node.graph.setOutputOf(node, i, outputs[i]);
  return mlir::success();
}

/// The SSA value of a tensor; failure for sequences and optionals.
static FailureOr<OnnxValue> tensorOf(const Node &node, const ValueRef &value) {
  if (value->kind != GraphValue::Kind::Tensor)
    return node.unsupported("a sequence or an optional among its results");
  node.graph.materialize(*value);
  return value->tensor;
}

/// The results of no iteration: their type is what the graph declares.
static FailureOr<OnnxValue>
emptyStack(const Node &node, const onnx::ValueInfoProto &info, int64_t axis) {
  std::optional<DataType> type =
      dataTypeFromProto(info.type().tensor_type().elem_type());
  if (!type || !info.type().tensor_type().has_shape())
    return node.unsupported("no iteration, and '" + info.name() +
                            "' has no declared type");
  llvm::SmallVector<int64_t> shape;
  for (const auto &dim : info.type().tensor_type().shape().dim()) {
    if (!dim.has_dim_value() || dim.dim_value() < 0)
      return node.unsupported("no iteration, and '" + info.name() +
                              "' has no declared size");
    shape.push_back(dim.dim_value());
  }
  int64_t rank = shape.size();
  if (axis < -rank - 1 || axis > rank)
    return node.error("its output axis does not exist");
  shape.insert(shape.begin() + (axis < 0 ? axis + rank + 1 : axis), 0);
  Tensor empty(*type, {shape.begin(), shape.end()});
  return OnnxValue{{}, *type, empty};
}

/// Results of the iterations, one after another along a new axis.
static FailureOr<OnnxValue>
stack(const Node &node, llvm::ArrayRef<ValueRef> results, int64_t axis) {
  llvm::SmallVector<Value> parts;
  DataType type = DataType::Float32;
  for (const ValueRef &result : results) {
    auto tensor = tensorOf(node, result);
    if (failed(tensor))
      return failure();
    type = tensor->type;
    llvm::SmallVector<int64_t> shape(tensor->shape());
    if (axis < -static_cast<int64_t>(shape.size()) - 1 ||
        axis > static_cast<int64_t>(shape.size()))
      return node.error("its output axis does not exist");
    if (axis < 0)
      axis += shape.size() + 1;
    shape.insert(shape.begin() + axis, 1);
    parts.push_back(reshapeTo(node.builder, node.loc, tensor->value, shape));
  }
  auto whole = concatOf(node, parts, axis);
  if (failed(whole))
    return failure();
  return OnnxValue{*whole, type, std::nullopt};
}

static LogicalResult loop(Node &node) {
  const onnx::GraphProto *body = graphAttribute(node, "body");
  if (!body)
    return node.error("it has no body");
  int64_t trips = std::numeric_limits<int64_t>::max();
  if (node.has(0)) {
    auto given = node.constantInts(0, "the trip count");
    if (failed(given))
      return failure();
    if (given->size() != 1)
      return node.error("its trip count is not one number");
    trips = given->front();
  }
  bool going = true;
  if (ValueRef condition = node.graph.inputOf(node, 1)) {
    auto known = holds(node, *condition);
    if (failed(known))
      return failure();
    going = *known;
  }
  size_t stateCount = node.inputCount() < 2 ? 0 : node.inputCount() - 2;
  size_t outputCount = body->output_size();
  if (outputCount < stateCount + 1 || node.outputCount() > outputCount - 1)
    return node.error("its body has " + llvm::Twine(outputCount) +
                      " outputs for " + llvm::Twine(stateCount) +
                      " values carried");
  Values state;
  for (size_t i = 0; i < stateCount; ++i) {
    state.push_back(node.graph.inputOf(node, i + 2));
    if (!state.back())
      return node.error("it lacks input " + llvm::Twine(i + 2));
  }
  std::vector<Values> scans(outputCount - 1 - stateCount);

  for (int64_t trip = 0; going && trip < trips; ++trip) {
    if (trip == mostIterations)
      return node.unsupported("it goes on for more than " +
                              llvm::Twine(mostIterations) + " iterations");
    Values inputs{scalar(DataType::Int64, trip), scalar(DataType::Bool, 1)};
    inputs.append(state);
    Values outputs;
    if (failed(node.graph.importSubgraph(node, *body, inputs, outputs)))
      return failure();
    // A last iteration's condition decides nothing.
    if (trip + 1 < trips) {
      auto known = holds(node, *outputs[0]);
      if (failed(known))
        return failure();
      going = *known;
    }
    state.assign(outputs.begin() + 1, outputs.begin() + 1 + stateCount);
    for (auto [i, scan] : llvm::enumerate(scans))
      scan.push_back(outputs[1 + stateCount + i]);
  }

  for (size_t i = 0; i < stateCount; ++i)
    node.graph.setOutputOf(node, i, state[i]);
  for (auto [i, scan] : llvm::enumerate(scans)) {
    if (!node.wants(stateCount + i))
      continue;
    const onnx::ValueInfoProto &info =
        body->output(static_cast<int>(1 + stateCount + i));
    auto result =
        scan.empty() ? emptyStack(node, info, 0) : stack(node, scan, 0);
    if (failed(result))
      return failure();
    node.setOutput(stateCount + i, *result);
  }
  return mlir::success();
}

namespace {
/// A Scan's attributes, an entry per scanned input or output.
struct ScanForm {
  const onnx::GraphProto *body;
  size_t stateCount, inputCount, outputCount;
  llvm::SmallVector<int64_t> inputAxes, outputAxes;
  llvm::SmallVector<int64_t> inputReversed, outputReversed;
};
} // namespace

static FailureOr<ScanForm> scanForm(const Node &node, size_t inputs) {
  ScanForm form;
  form.body = graphAttribute(node, "body");
  int64_t scanned = node.intAttribute("num_scan_inputs", 0);
  if (!form.body)
    return node.error("it has no body");
  if (scanned < 1 || scanned > static_cast<int64_t>(inputs))
    return node.error("it has " + llvm::Twine(inputs) + " inputs and scans " +
                      llvm::Twine(scanned));
  form.inputCount = scanned;
  form.stateCount = inputs - scanned;
  size_t outputs = form.body->output_size();
  if (outputs < form.stateCount || node.outputCount() > outputs)
    return node.error("its body has " + llvm::Twine(outputs) + " outputs");
  form.outputCount = outputs - form.stateCount;
  form.inputAxes = node.intsAttribute("scan_input_axes");
  form.outputAxes = node.intsAttribute("scan_output_axes");
  // Opset 8 called the inputs' directions just that.
  form.inputReversed = node.intsAttribute(
      node.opset < 9 ? "directions" : "scan_input_directions");
  form.outputReversed = node.intsAttribute("scan_output_directions");
  for (auto [list, count] :
       {std::pair(&form.inputAxes, form.inputCount),
        std::pair(&form.inputReversed, form.inputCount),
        std::pair(&form.outputAxes, form.outputCount),
        std::pair(&form.outputReversed, form.outputCount)}) {
    if (list->empty())
      list->assign(count, 0);
    if (list->size() != count)
      return node.error("an attribute has " + llvm::Twine(list->size()) +
                        " entries, not " + llvm::Twine(count));
  }
  return form;
}

/// Runs a scan over `inputs` (state, then scanned tensors); gives the last
/// state and the stacked outputs.
static LogicalResult runScan(Node &node, const ScanForm &form,
                             llvm::ArrayRef<ValueRef> inputs, Values &results) {
  Values state(inputs.take_front(form.stateCount));
  llvm::SmallVector<OnnxValue> scanned;
  int64_t length = -1;
  llvm::SmallVector<int64_t> axes;
  for (size_t i = 0; i < form.inputCount; ++i) {
    auto tensor = tensorOf(node, inputs[form.stateCount + i]);
    if (failed(tensor))
      return failure();
    auto axis = resolveAxis(node, form.inputAxes[i], tensor->rank());
    if (failed(axis))
      return failure();
    axes.push_back(*axis);
    int64_t size = tensor->shape()[*axis];
    if (length >= 0 && size != length)
      return node.error("its inputs have " + llvm::Twine(length) + " and " +
                        llvm::Twine(size) + " steps");
    length = size;
    scanned.push_back(std::move(*tensor));
  }
  if (length > mostIterations)
    return node.unsupported("it goes on for more than " +
                            llvm::Twine(mostIterations) + " iterations");

  std::vector<Values> scans(form.outputCount);
  for (int64_t step = 0; step < length; ++step) {
    Values arguments = state;
    for (size_t i = 0; i < form.inputCount; ++i) {
      int64_t at = form.inputReversed[i] ? length - 1 - step : step;
      auto part = sliceAxis(node, scanned[i].value, axes[i], at, 1);
      if (failed(part))
        return failure();
      llvm::SmallVector<int64_t> shape(scanned[i].shape());
      shape.erase(shape.begin() + axes[i]);
      arguments.push_back(GraphValue::computed(
          reshapeTo(node.builder, node.loc, *part, shape), scanned[i].type));
    }
    Values outputs;
    if (failed(node.graph.importSubgraph(node, *form.body, arguments, outputs)))
      return failure();
    state.assign(outputs.begin(), outputs.begin() + form.stateCount);
    for (auto [i, scan] : llvm::enumerate(scans))
      scan.push_back(outputs[form.stateCount + i]);
  }

  results = state;
  for (auto [i, scan] : llvm::enumerate(scans)) {
    if (form.outputReversed[i])
      std::reverse(scan.begin(), scan.end());
    const onnx::ValueInfoProto &info =
        form.body->output(static_cast<int>(form.stateCount + i));
    auto result = scan.empty() ? emptyStack(node, info, form.outputAxes[i])
                               : stack(node, scan, form.outputAxes[i]);
    if (failed(result))
      return failure();
    ValueRef value = GraphValue::computed(result->value, result->type);
    value->tensor.constant = result->constant;
    results.push_back(std::move(value));
  }
  return mlir::success();
}

/// Opset 8: every tensor has a batch axis in front, and each entry of it is
/// scanned by itself.
static LogicalResult batchedScan(Node &node) {
  if (node.has(0))
    return node.unsupported("sequences of different lengths");
  if (node.inputCount() < 2 || failed(requireInputs(node, 0)))
    return node.error("it has no inputs");
  auto form = scanForm(node, node.inputCount() - 1);
  if (failed(form))
    return failure();
  std::optional<int64_t> batch;
  for (size_t i = 1; i < node.inputCount(); ++i) {
    if (!node.has(i))
      return node.error("it lacks input " + llvm::Twine(i));
    auto tensor = tensorOf(node, node.graph.inputOf(node, i));
    if (failed(tensor))
      return failure();
    if (tensor->rank() < 1 || (batch && *batch != tensor->shape()[0]))
      return node.error("its inputs differ in their batch");
    batch = tensor->shape()[0];
  }
  if (*batch == 0)
    return node.unsupported("an empty batch");
  std::vector<Values> perOutput(node.outputCount());
  for (int64_t b = 0; b < *batch; ++b) {
    Values inputs;
    for (size_t i = 1; i < node.inputCount(); ++i) {
      const OnnxValue &input = node.input(i);
      auto part = sliceAxis(node, input.value, 0, b, 1);
      if (failed(part))
        return failure();
      inputs.push_back(GraphValue::computed(
          reshapeTo(node.builder, node.loc, *part, input.shape().drop_front()),
          input.type));
    }
    Values results;
    if (failed(runScan(node, *form, inputs, results)))
      return failure();
    for (size_t i = 0; i < node.outputCount(); ++i)
      perOutput[i].push_back(results[i]);
  }
  for (auto [i, results] : llvm::enumerate(perOutput)) {
    auto whole = stack(node, results, 0);
    if (failed(whole))
      return failure();
    node.setOutput(i, *whole);
  }
  return mlir::success();
}

static LogicalResult scan(Node &node) {
  if (node.opset < 9)
    return batchedScan(node);
  if (failed(requireInputs(node, node.inputCount())))
    return failure();
  auto form = scanForm(node, node.inputCount());
  if (failed(form))
    return failure();
  Values inputs, results;
  for (size_t i = 0; i < node.inputCount(); ++i)
    inputs.push_back(node.graph.inputOf(node, i));
  if (failed(runScan(node, *form, inputs, results)))
    return failure();
  for (size_t i = 0; i < node.outputCount(); ++i)
    node.graph.setOutputOf(node, i, results[i]);
  return mlir::success();
}

void onnx_import::addControlFlow(OperatorTable &table) {
  table["::If"] = ifElse;
  table["::Loop"] = loop;
  table["::Scan"] = scan;
  addSequences(table);
}
