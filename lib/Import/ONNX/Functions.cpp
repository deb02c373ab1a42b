//===- Functions.cpp - Calls of a model's own functions -------------------===//

#include "GraphImporter.h"

#include "tenon/Formats/WireFormat.h"

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failure;
using mlir::LogicalResult;

/// FunctionProto.attribute_proto, which the packaged onnx.proto does not know.
static constexpr uint32_t defaultAttributesField = 11;

using AttributeMap = llvm::StringMap<const onnx::AttributeProto *>;

/// Adds the attributes that a function has defaults for. `owned` keeps them.
static void
addDefaults(const onnx::FunctionProto &function, AttributeMap &attributes,
            std::vector<std::unique_ptr<onnx::AttributeProto>> &owned) {
  const std::string &unknown = function.unknown_fields();
  WireReader reader(std::as_bytes(std::span(unknown)));
  while (!reader.atEnd()) {
    std::optional<WireField> field = reader.next();
    if (!field)
      return;
    if (field->number != defaultAttributesField ||
        field->type != WireType::Bytes)
      continue;
    auto attribute = std::make_unique<onnx::AttributeProto>();
    if (!attribute->ParseFromArray(field->content.data(),
                                   static_cast<int>(field->content.size())))
      continue;
    attributes[attribute->name()] = attribute.get();
    owned.push_back(std::move(attribute));
  }
}

/// Opsets of a function's body: its own imports, and where it names none, those
/// around the call.
static std::shared_ptr<const llvm::StringMap<int64_t>>
opsetsOf(const onnx::FunctionProto &function, const Scope &caller) {
  auto opsets = std::make_shared<llvm::StringMap<int64_t>>(*caller.opsets);
  for (const onnx::OperatorSetIdProto &entry : function.opset_import())
    (*opsets)[domainOf(entry.domain())] = entry.version();
  return opsets;
}

LogicalResult GraphImporter::importCall(Node &node,
                                        const onnx::FunctionProto &function) {
  if (llvm::is_contained(node.scope.functions, &function))
    return node.error("the function '" + function.name() + "' calls itself");
  if (node.inputs.size() > static_cast<size_t>(function.input_size()) ||
      node.outputs.size() > static_cast<size_t>(function.output_size()))
    return node.error("the function '" + function.name() + "' has " +
                      llvm::Twine(function.input_size()) + " inputs and " +
                      llvm::Twine(function.output_size()) + " outputs");

  Scope body(nullptr);
  body.opsets = opsetsOf(function, node.scope);
  body.functions = node.scope.functions;
  body.functions.push_back(&function);
  body.prefix = mlir::cast<mlir::NameLoc>(node.loc).getName().str() + "/";
  auto attributes = std::make_shared<AttributeMap>();
  std::vector<std::unique_ptr<onnx::AttributeProto>> owned;
  addDefaults(function, *attributes, owned);
  for (const onnx::AttributeProto &given : node.proto.attribute())
    if (const onnx::AttributeProto *value = node.attribute(given.name()))
      (*attributes)[given.name()] = value;
  body.attributes = attributes;

  for (int i = 0; i < function.input_size(); ++i) {
    ValueRef value =
        static_cast<size_t>(i) < node.inputs.size() ? node.inputs[i] : nullptr;
    if (!value)
      value = GraphValue::list(GraphValue::Kind::Absent, {});
    if (!body.define(function.input(i), value))
      return node.error("two inputs of the function '" + function.name() +
                        "' are named '" + function.input(i) + "'");
  }
  if (mlir::failed(importNodes(function.node(), body)))
    return failure();
  for (size_t i = 0; i < node.outputs.size(); ++i) {
    if (!node.wants(i))
      continue;
    ValueRef value = body.lookup(function.output(i));
    if (!value || value->kind == GraphValue::Kind::Absent)
      return node.error("nothing computes the output '" + function.output(i) +
                        "' of the function '" + function.name() + "'");
    node.outputs[i] = std::move(value);
  }
  return mlir::success();
}
