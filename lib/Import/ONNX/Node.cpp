//===- Node.cpp - What an operator's importer sees ------------------------===//

#include "GraphImporter.h"
#include "tenon/Runtime/Comparison.h"

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failure;
using mlir::FailureOr;
using mlir::LogicalResult;

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

size_t Node::inputCount() const { return inputs.size(); }

bool Node::has(size_t i) const { return i < inputs.size() && inputs[i]; }

const OnnxValue &Node::input(size_t i) const {
  graph.materialize(*inputs[i]);
  return inputs[i]->tensor;
}

FailureOr<Tensor> Node::constant(size_t i, llvm::StringRef what) const {
  if (!has(i)) {
    return error("it lacks the input that gives " + what);
  }
  GraphImporter::Known known = graph.contentsOf(*inputs[i]);
  if (known.contents) {
    graph.specialise(known.inputs);
    return *known.contents;
  }
  if (known.missingInput.empty())
    return unsupported(what + " depends on data");
  return error(what + " depends on the value of input '" + known.missingInput +
               "': give it with --input " + known.missingInput + "=FILE");
}

template <typename To, typename From>
static llvm::SmallVector<To> convert(const Tensor &tensor) {
  llvm::SmallVector<To> values;
  for (From value : tensor.as<From>())
    values.push_back(static_cast<To>(value));
  return values;
}

FailureOr<llvm::SmallVector<int64_t>>
Node::constantInts(size_t i, llvm::StringRef what) const {
  FailureOr<Tensor> tensor = constant(i, what);
  if (failed(tensor))
    return failure();
  switch (tensor->type()) {
  case DataType::Int64:
    return convert<int64_t, int64_t>(*tensor);
  case DataType::Int32:
    return convert<int64_t, int32_t>(*tensor);
  case DataType::Int16:
    return convert<int64_t, int16_t>(*tensor);
  case DataType::Int8:
    return convert<int64_t, int8_t>(*tensor);
  case DataType::UInt8:
  case DataType::Bool:
    return convert<int64_t, uint8_t>(*tensor);
  default:
    return error(what + " should be int64, it is " +
                 std::string(name(tensor->type())));
  }
}

FailureOr<llvm::SmallVector<double>>
Node::constantFloats(size_t i, llvm::StringRef what) const {
  FailureOr<Tensor> tensor = constant(i, what);
  if (failed(tensor))
    return failure();
  switch (tensor->type()) {
  case DataType::Float16:
  case DataType::BFloat16:
  case DataType::Float32:
  case DataType::Float64: {
    llvm::SmallVector<double> values;
    for (int64_t index = 0; index < tensor->elements(); ++index)
      values.push_back(elementAsDouble(*tensor, index));
    return values;
  }
  default:
    return error(what + " should be floats, it is " +
                 std::string(name(tensor->type())));
  }
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

const onnx::AttributeProto *Node::attribute(llvm::StringRef name) const {
  askedAttributes.insert(name);
  for (const onnx::AttributeProto &attribute : proto.attribute()) {
    if (attribute.name() != name)
      continue;
    if (attribute.ref_attr_name().empty())
      return &attribute;
    // In a function's body: what the caller gave, or nothing.
    if (!scope.attributes)
      return nullptr;
    return scope.attributes->lookup(attribute.ref_attr_name());
  }
  return nullptr;
}

bool Node::hasAttribute(llvm::StringRef name) const { return attribute(name); }

int64_t Node::intAttribute(llvm::StringRef name, int64_t otherwise) const {
  const onnx::AttributeProto *found = attribute(name);
  return found ? found->i() : otherwise;
}

double Node::floatAttribute(llvm::StringRef name, double otherwise) const {
  const onnx::AttributeProto *found = attribute(name);
  return found ? found->f() : otherwise;
}

std::string Node::stringAttribute(llvm::StringRef name,
                                  llvm::StringRef otherwise) const {
  const onnx::AttributeProto *found = attribute(name);
  return found ? found->s() : otherwise.str();
}

llvm::SmallVector<int64_t>
Node::intsAttribute(llvm::StringRef name,
                    llvm::ArrayRef<int64_t> otherwise) const {
  const onnx::AttributeProto *found = attribute(name);
  if (!found)
    return llvm::SmallVector<int64_t>(otherwise);
  return {found->ints().begin(), found->ints().end()};
}

llvm::SmallVector<double> Node::floatsAttribute(llvm::StringRef name) const {
  const onnx::AttributeProto *found = attribute(name);
  if (!found)
    return {};
  return {found->floats().begin(), found->floats().end()};
}

//===----------------------------------------------------------------------===//
// Outputs and errors
//===----------------------------------------------------------------------===//

size_t Node::outputCount() const { return outputs.size(); }

bool Node::wants(size_t i) const {
  return i < outputs.size() && !proto.output(static_cast<int>(i)).empty();
}

void Node::setOutput(size_t i, mlir::Value value, DataType type) {
  setOutput(i, OnnxValue{value, type, std::nullopt});
}

void Node::setOutput(size_t i, OnnxValue value) {
  if (i >= outputs.size())
    return;
  outputs[i] = std::make_shared<GraphValue>();
  outputs[i]->tensor = std::move(value);
}

ValueRef GraphImporter::inputOf(const Node &node, size_t i) const {
  return node.has(i) ? node.inputs[i] : nullptr;
}

void GraphImporter::setOutputOf(Node &node, size_t i, ValueRef value) {
  if (i < node.outputs.size())
    node.outputs[i] = std::move(value);
}

static std::string placeOf(const Node &node) {
  return "node '" + mlir::cast<mlir::NameLoc>(node.loc).getName().str() + "'";
}

LogicalResult Node::error(const llvm::Twine &message) const {
  return graph.fail(placeOf(*this) + " (" + proto.op_type() + "): " + message);
}

LogicalResult Node::unsupported(const llvm::Twine &why) const {
  return graph.fail(placeOf(*this) + ": unsupported: " + proto.op_type() +
                    " (" + why + ")");
}
