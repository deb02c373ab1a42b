//===- SkipNorms.cpp - ONNX Runtime's norms of sums -----------------------===//
//
// com.microsoft operators that add first and normalise the sum.
//
//===----------------------------------------------------------------------===//

#include "Expressions.h"

using namespace mlir;

namespace tenon::onnx_import {

/// input + skip (+ bias), rounded once. The skip may lack the batch axis.
static FailureOr<Value> sumInputs(const Node &node,
                                  std::optional<size_t> bias) {
  TensorMath math(node);
  Type element = elementTypeOf(node.input(0).value);
  Value sum;
  for (std::optional<size_t> i :
       {std::optional<size_t>(0), std::optional<size_t>(1), bias}) {
    if (!i || !node.has(*i))
      continue;
    FailureOr<SmallVector<int64_t>> shape =
        broadcastShape(node.input(0).shape(), node.input(*i).shape());
    if (failed(shape) || ArrayRef<int64_t>(*shape) != node.input(0).shape())
      return node.error("input " + Twine(*i) +
                        " does not broadcast to input 0");
    Value wide = math.convert(node.input(*i).value, accumulatorOf(element));
    sum = sum ? math.add(sum, wide) : wide;
  }
  return math.convert(sum, element);
}

static LogicalResult importSkipLayerNormalization(Node &node) {
  FailureOr<Value> sum = sumInputs(node, 4);
  if (failed(sum))
    return failure();
  bool statistics = node.wants(1) || node.wants(2);
  auto norm = node.create<mlir::tenon::LayerNormOp>(
      *sum, node.input(2).value, node.has(3) ? node.input(3).value : Value(),
      node.builder.getI64IntegerAttr(node.input(0).rank() - 1),
      node.builder.getF64FloatAttr(node.floatAttribute("epsilon", 1e-12f)),
      statistics ? node.builder.getUnitAttr() : UnitAttr());
  if (failed(norm))
    return failure();
  node.setOutput(0, norm->getResult(), node.input(0).type);
  for (size_t i : {1, 2})
    if (node.wants(i))
      node.setOutput(i, norm->getStatistics()[i - 1], DataType::Float32);
  if (node.wants(3))
    node.setOutput(3, *sum, node.input(0).type);
  return mlir::success();
}

static LogicalResult importSkipSimplifiedLayerNormalization(Node &node) {
  FailureOr<Value> sum = sumInputs(node, 3);
  if (failed(sum))
    return failure();
  if (node.wants(1) || node.wants(2))
    return node.unsupported("the statistics as outputs");
  auto norm = node.create<mlir::tenon::RmsNormOp>(
      *sum, node.input(2).value,
      node.builder.getI64IntegerAttr(node.input(0).rank() - 1),
      node.builder.getF64FloatAttr(node.floatAttribute("epsilon", 1e-5f)),
      mlir::tenon::RmsRoundingAttr::get(node.builder.getContext(),
                                        mlir::tenon::RmsRounding::once));
  if (failed(norm))
    return failure();
  node.setOutput(0, norm->getResult(), node.input(0).type);
  if (node.wants(3))
    node.setOutput(3, *sum, node.input(0).type);
  return mlir::success();
}

/// The sum of the rows that words, positions and segments name, normalised.
static LogicalResult importEmbedLayerNormalization(Node &node) {
  for (size_t i : {0, 2, 3, 5, 6})
    if (!node.has(i))
      return node.error("it lacks input " + Twine(i));
  TensorMath math(node);
  const OnnxValue &ids = node.input(0);
  if (ids.rank() != 2)
    return node.error("input_ids must have rank 2");
  int64_t length = ids.shape()[1];
  if (node.wants(1) && node.intAttribute("mask_index_type", 1) != 0)
    return node.unsupported("mask_index as an output");
  Type element = elementTypeOf(node.input(2).value);
  Type wide = accumulatorOf(element);
  auto rows = [&](size_t table, Value places) -> FailureOr<Value> {
    auto rows =
        node.create<mlir::tenon::EmbeddingOp>(node.input(table).value, places);
    if (failed(rows))
      return failure();
    return math.convert(rows->getResult(), wide);
  };
  Value places;
  if (node.has(8))
    places = node.input(8).value;
  else
    places = positions(node, {1, length}, 1);
  FailureOr<Value> words = rows(2, ids.value), place = rows(3, places);
  if (failed(words) || failed(place))
    return failure();
  if (failed(broadcastShape(shapeOf(*words), shapeOf(*place))))
    return node.error("position_ids do not fit input_ids");
  Value sum = math.add(*words, *place);
  if (node.has(1) && node.has(4)) {
    FailureOr<Value> segments = rows(4, node.input(1).value);
    if (failed(segments))
      return failure();
    if (shapeOf(*segments) != shapeOf(sum))
      return node.error("segment_ids do not fit input_ids");
    sum = math.add(sum, *segments);
  }
  sum = math.convert(sum, element);
  auto norm = node.create<mlir::tenon::LayerNormOp>(
      sum, node.input(5).value, node.input(6).value,
      node.builder.getI64IntegerAttr(2),
      node.builder.getF64FloatAttr(node.floatAttribute("epsilon", 1e-12f)),
      UnitAttr());
  if (failed(norm))
    return failure();
  node.setOutput(0, norm->getResult(), node.input(2).type);
  if (node.wants(1)) {
    // Without a mask every sequence counts as empty, as ONNX Runtime has it.
    auto type =
        RankedTensorType::get({ids.shape()[0]}, node.builder.getI32Type());
    node.setOutput(1, splatInt(node.builder, node.loc, type, 0),
                   DataType::Int32);
  }
  if (node.wants(2))
    node.setOutput(2, sum, node.input(2).type);
  return mlir::success();
}

void addSkipNorms(OperatorTable &table) {
  table["com.microsoft::SkipLayerNormalization"] =
      withInputs<3, importSkipLayerNormalization>;
  table["com.microsoft::SkipSimplifiedLayerNormalization"] =
      withInputs<3, importSkipSimplifiedLayerNormalization>;
  table["com.microsoft::EmbedLayerNormalization"] =
      importEmbedLayerNormalization;
}

} // namespace tenon::onnx_import
