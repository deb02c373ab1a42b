//===- Nodes.cpp - Nodes, one after another -------------------------------===//

#include "GraphImporter.h"
#include "NodeAdapters.h"

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failure;
using mlir::LogicalResult;

/// Results of constants up to this size replace the node that computes them.
static constexpr int64_t largestFolded = 1024;

/// Operators that take or give sequences and optionals.
static bool takesLists(llvm::StringRef op) {
  return op.starts_with("Sequence") || op.starts_with("Optional") ||
         llvm::is_contained({"If", "Loop", "Scan", "Identity",
                             "ConcatFromSequence", "SplitToSequence"},
                            op);
}

static bool isAsked(const onnx::NodeProto &proto, int i) {
  return i < proto.output_size() && !proto.output(i).empty();
}

LogicalResult GraphImporter::defineOutputs(Node &node) {
  for (int i = 0; i < node.proto.output_size(); ++i) {
    if (!isAsked(node.proto, i))
      continue;
    ValueRef value = node.outputs[i];
    if (!value)
      return node.unsupported("its output '" + node.proto.output(i) +
                              "' is not computed");
    if (value->kind == GraphValue::Kind::Tensor && value->tensor.value) {
      std::optional<int64_t> elements =
          tenon::elementCount(std::span<const int64_t>(
              value->tensor.shape().data(), value->tensor.shape().size()));
      if (!elements || *elements > largestTensor)
        return node.error("its output '" + node.proto.output(i) +
                          "' would have more elements than a tensor can have");
    }
    if (value->name.empty())
      value->name = node.proto.output(i);
    if (!node.scope.define(node.proto.output(i), value))
      return node.error("'" + node.proto.output(i) + "' is defined twice");
  }
  return mlir::success();
}

LogicalResult GraphImporter::importOperator(Node &node, llvm::StringRef key) {
  auto handler = operatorTable().find(key);
  if (handler == operatorTable().end())
    return node.unsupported(
        "unknown operator of domain '" +
        (node.proto.domain().empty() ? "ai.onnx" : node.proto.domain()) +
        "' in opset " + llvm::Twine(node.opset));
  if (!takesLists(node.proto.op_type()))
    for (const ValueRef &value : node.inputs)
      if (value && value->kind != GraphValue::Kind::Tensor)
        return node.unsupported("its input '" + value->name +
                                "' is a sequence or an optional");

  std::optional<AdaptedLayer> layer;
  if (adapters)
    layer = adapters->layerOf(node);
  if (layer)
    adaptWeight(node, *layer);
  if (mlir::failed(handler->second(node))) {
    if (!failed())
      return node.error(diagnostic.empty() ? "it is not valid" : diagnostic);
    return failure();
  }
  if (layer)
    adaptResult(node, *layer);
  if (mlir::failed(refuseUnreadAttributes(node)))
    return failure();
  foldOutputs(node);
  return mlir::success();
}

void GraphImporter::adaptWeight(Node &node, const AdaptedLayer &layer) {
  if (auto adapted = adapters->adaptWeight(node, layer))
    node.inputs[layer.input] =
        GraphValue::computed(adapted->value, adapted->type);
}

void GraphImporter::adaptResult(Node &node, const AdaptedLayer &layer) {
  ValueRef &output = node.outputs.front();
  if (!output || output->kind != GraphValue::Kind::Tensor ||
      !output->tensor.value)
    return;
  mlir::Value adapted =
      adapters->adaptResult(node, layer, output->tensor.value);
  if (adapted != output->tensor.value)
    output = GraphValue::computed(adapted, output->tensor.type);
}

/// Makes constants of the outputs of a node of which all inputs are constants.
void GraphImporter::foldOutputs(Node &node) {
  for (const ValueRef &input : node.inputs)
    if (input && !input->isConstant())
      return;
  for (const ValueRef &output : node.outputs) {
    if (!output || output->kind != GraphValue::Kind::Tensor ||
        output->isConstant() || output->elementCount() > largestFolded)
      continue;
    Known known = contentsOf(*output);
    if (!known.contents || !known.inputs.empty())
      continue;
    output->tensor.constant = std::move(known.contents);
    output->tensor.value = nullptr;
  }
}

LogicalResult GraphImporter::importNode(const onnx::NodeProto &proto,
                                        int64_t index, Scope &scope) {
  std::string name = proto.name().empty()
                         ? proto.op_type() + ":" + std::to_string(index)
                         : proto.name();
  llvm::StringRef domain = domainOf(proto.domain());
  auto version = scope.opsets->find(domain);
  int64_t opset = version == scope.opsets->end() ? 1 : version->second;
  Node node(*this, scope, proto, opset, builder,
            mlir::NameLoc::get(builder.getStringAttr(scope.prefix + name)));
  if (nodesLeft-- <= 0)
    return node.unsupported("the model unrolls to too many nodes");
  diagnostic.clear();

  for (const std::string &input : proto.input()) {
    ValueRef value = input.empty() ? nullptr : scope.lookup(input);
    if (!input.empty() && !value)
      return node.error("it uses '" + input +
                        "' before anything defines it (a cycle, or a missing "
                        "node)");
    if (value && value->kind == GraphValue::Kind::Absent)
      value = nullptr;
    node.inputs.push_back(std::move(value));
  }
  node.outputs.resize(proto.output_size());

  std::string key = (domain + "::" + proto.op_type()).str();
  auto function = functions.find(key);
  if (function != functions.end()) {
    if (mlir::failed(importCall(node, *function->second)))
      return failure();
  } else {
    if (domain.empty() && version == scope.opsets->end())
      return node.error("the model names no opset of ai.onnx");
    if (mlir::failed(importOperator(node, key)))
      return failure();
  }
  return defineOutputs(node);
}

LogicalResult GraphImporter::importNodes(const Nodes &nodes, Scope &scope) {
  for (auto [index, proto] : llvm::enumerate(nodes))
    if (mlir::failed(importNode(proto, index, scope)))
      return failure();
  return mlir::success();
}

LogicalResult
GraphImporter::importSubgraph(const Node &node, const onnx::GraphProto &graph,
                              llvm::ArrayRef<ValueRef> inputs,
                              llvm::SmallVectorImpl<ValueRef> &outputs) {
  if (static_cast<size_t>(graph.input_size()) != inputs.size())
    return node.error("its graph '" + graph.name() + "' has " +
                      llvm::Twine(graph.input_size()) + " inputs, not " +
                      llvm::Twine(inputs.size()));
  Scope scope(&node.scope);
  for (auto [info, value] : llvm::zip_equal(graph.input(), inputs))
    if (!scope.define(info.name(), value))
      return node.error("two inputs of its graph are named '" + info.name() +
                        "'");
  if (mlir::failed(addInitializers(graph, scope)) ||
      mlir::failed(importNodes(graph.node(), scope)))
    return failure();
  for (const onnx::ValueInfoProto &info : graph.output()) {
    ValueRef value = scope.lookup(info.name());
    if (!value)
      return node.error("nothing computes the output '" + info.name() +
                        "' of its graph");
    outputs.push_back(std::move(value));
  }
  return mlir::success();
}
