//===- FlexAttention.cpp - Attention with graphs in its middle ------------===//
//
// ai.onnx.preview::FlexAttention: score_mod and prob_mod are graphs on the
// scores and on the probabilities. Without them it is an attention; with them
// it is written out.
//
//===----------------------------------------------------------------------===//

#include "AttentionParts.h"
#include "GraphImporter.h"

using namespace mlir;

namespace tenon::onnx_import {

/// The graph of attribute `name` applied to `value`, if there is one.
static FailureOr<Value> applyModifier(Node &node, StringRef name, Value value,
                                      DataType type) {
  const onnx::AttributeProto *attribute = node.attribute(name);
  if (!attribute)
    return value;
  SmallVector<ValueRef> outputs;
  if (failed(node.graph.importSubgraph(
          node, attribute->g(), {GraphValue::computed(value, type)}, outputs)))
    return failure();
  if (outputs.size() != 1 || outputs[0]->kind != GraphValue::Kind::Tensor)
    return node.error(name + " does not give one tensor");
  node.graph.materialize(*outputs[0]);
  Value result = outputs[0]->tensor.value;
  if (!result || result.getType() != value.getType())
    return node.error(name + " does not keep shape and type of its input");
  return result;
}

/// The type of scores and probabilities: f64 where asked for or the input's.
static FailureOr<DataType> readPrecision(const Node &node, Type element) {
  switch (node.intAttribute("softmax_precision",
                            element.isF64() ? onnx::TensorProto::DOUBLE
                                            : onnx::TensorProto::FLOAT)) {
  case onnx::TensorProto::FLOAT:
    if (!element.isF64())
      return DataType::Float32;
    break;
  case onnx::TensorProto::DOUBLE:
    return DataType::Float64;
  default:
    break;
  }
  return node.unsupported("a softmax_precision below f32 or the input's");
}

static LogicalResult importFlexAttention(Node &node) {
  for (size_t i : {0, 1, 2})
    if (node.input(i).rank() != 4 || !isFloatValue(node.input(i)))
      return node.error("Q, K and V are not float tensors of rank 4");
  TensorMath math(node);
  Type element = elementTypeOf(node.input(0).value);
  FailureOr<DataType> precision = readPrecision(node, element);
  if (failed(precision))
    return failure();
  Type wide = elementType(node.builder.getContext(), *precision);
  AttentionParts parts;
  parts.query = math.convert(node.input(0).value, wide);
  parts.key = math.convert(node.input(1).value, wide);
  parts.value = math.convert(node.input(2).value, wide);
  SmallVector<int64_t> query(shapeOf(parts.query)), key(shapeOf(parts.key));
  SmallVector<int64_t> value(shapeOf(parts.value));
  parts.heads = query[1];
  parts.kvHeads = key[1];
  if (node.hasAttribute("scale"))
    parts.scale = node.floatAttribute("scale", 1);
  // The op checks how the three fit together; its result is used where no
  // modifier comes between.
  auto attention = buildAttention(node, parts);
  if (failed(attention))
    return failure();
  if (!node.attribute("score_mod") && !node.attribute("prob_mod")) {
    node.setOutput(0, math.convert(attention->getResult(), element),
                   node.input(0).type);
    return mlir::success();
  }
  // Query heads that share a key head stand one below the other.
  int64_t group = parts.heads / parts.kvHeads;
  SmallVector<int64_t> scoreShape = {query[0], query[1], query[2], key[2]};
  Value grouped =
      math.reshape(parts.query, {query[0], key[1], group * query[2], query[3]});
  double scale = parts.scale.value_or(1 / std::sqrt(double(query[3])));
  Value scores = math.mul(math.matmul(grouped, parts.key, false, true), scale);
  FailureOr<Value> modified = applyModifier(
      node, "score_mod", math.reshape(scores, scoreShape), *precision);
  if (failed(modified))
    return failure();
  Value probabilities = mlir::tenon::SoftmaxOp::create(
      node.builder, node.loc, *modified, /*axis=*/3, /*log=*/false);
  modified = applyModifier(node, "prob_mod", probabilities, *precision);
  if (failed(modified))
    return failure();
  Value weights =
      math.reshape(*modified, {query[0], key[1], group * query[2], key[2]});
  Value result = math.reshape(math.matmul(weights, parts.value),
                              {query[0], query[1], query[2], value[3]});
  node.setOutput(0, math.convert(result, element), node.input(0).type);
  return mlir::success();
}

void addFlexAttention(OperatorTable &table) {
  table["ai.onnx.preview::FlexAttention"] = withInputs<3, importFlexAttention>;
}

} // namespace tenon::onnx_import
