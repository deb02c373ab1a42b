//===- Norms.cpp - Normalisation ------------------------------------------===//

#include "Expressions.h"

using namespace mlir;
using mlir::tenon::ReductionKind;

namespace tenon::onnx_import {

static FailureOr<int64_t> readAxis(const Node &node, int64_t rank) {
  return resolveAxis(node, node.intAttribute("axis", -1), rank);
}

static LogicalResult checkFloat(const Node &node, size_t i) {
  if (isFloatValue(node.input(i)))
    return mlir::success();
  return node.error("input " + Twine(i) + " has no float elements");
}

static LogicalResult checkVector(const Node &node, size_t i, int64_t size,
                                 StringRef name) {
  if (node.input(i).shape() == ArrayRef<int64_t>(size))
    return checkFloat(node, i);
  return node.error(name + " has shape " + shapeText(node.input(i).shape()) +
                    ", not " + Twine(size));
}

/// The type in which the first stage is computed: f32 unless the input or
/// stash_type is wider.
static FailureOr<Type> readStashType(const Node &node, Type element) {
  int64_t stash = node.intAttribute("stash_type", 1);
  if (stash == onnx::TensorProto::DOUBLE)
    return Type(node.builder.getF64Type());
  if (stash == onnx::TensorProto::FLOAT)
    return accumulatorOf(element);
  return node.unsupported("stash_type " + Twine(stash));
}

//===----------------------------------------------------------------------===//
// Batch normalisation
//===----------------------------------------------------------------------===//

static FailureOr<Value> buildBatchNorm(const Node &node, Value input,
                                       Value scale, Value bias, Value mean,
                                       Value variance) {
  TensorMath math(node);
  Type element = elementTypeOf(input), wide = element;
  for (Value parameter : {scale, bias, mean, variance})
    if (elementTypeOf(parameter) != element)
      wide = accumulatorOf(element);
  auto norm = node.create<mlir::tenon::BatchNormOp>(
      math.convert(input, wide), math.convert(scale, wide),
      math.convert(bias, wide), math.convert(mean, wide),
      math.convert(variance, wide),
      node.builder.getF64FloatAttr(node.floatAttribute("epsilon", 1e-5f)));
  if (failed(norm))
    return failure();
  return math.convert(norm->getResult(), element);
}

static LogicalResult importTrainingBatchNorm(Node &node, Value input) {
  TensorMath math(node);
  Value wide = math.convert(input, accumulatorOf(elementTypeOf(input)));
  SmallVector<int64_t> axes = {0};
  for (size_t axis = 2; axis < shapeOf(input).size(); ++axis)
    axes.push_back(axis);
  Value mean = math.reduce(ReductionKind::mean, wide, axes, true);
  Value centred = math.sub(wide, mean);
  Value variance =
      math.reduce(ReductionKind::mean, math.mul(centred, centred), axes, false);
  mean = math.reshape(mean, shapeOf(variance));
  FailureOr<Value> result = buildBatchNorm(node, input, node.input(1).value,
                                           node.input(2).value, mean, variance);
  if (failed(result))
    return failure();
  node.setOutput(0, math.reshape(*result, node.input(0).shape()),
                 node.input(0).type);
  double momentum = node.floatAttribute("momentum", 0.9f);
  for (auto [i, current] : {std::pair<size_t, Value>{1, mean}, {2, variance}}) {
    if (!node.wants(i))
      continue;
    const OnnxValue &running = node.input(i + 2);
    Value before = math.convert(running.value, elementTypeOf(current));
    Value after =
        math.add(math.mul(before, momentum), math.mul(current, 1 - momentum));
    node.setOutput(i, math.convert(after, elementTypeOf(running.value)),
                   running.type);
  }
  return mlir::success();
}

static LogicalResult importBatchNormalization(Node &node) {
  if (failed(checkFloat(node, 0)))
    return failure();
  TensorMath math(node);
  const OnnxValue &x = node.input(0);
  if (x.rank() < 1)
    return node.error("a scalar has no channels");
  if (node.intAttribute("spatial", 1) != 1)
    return node.unsupported("spatial = 0");
  // One axis is the batch of a single channel.
  Value input =
      x.rank() == 1 ? math.reshape(x.value, {x.shape()[0], 1}) : x.value;
  int64_t channels = shapeOf(input)[1];
  for (auto [i, name] : {std::pair<size_t, StringRef>{1, "scale"},
                         {2, "B"},
                         {3, "input_mean"},
                         {4, "input_var"}})
    if (failed(checkVector(node, i, channels, name)))
      return failure();
  if (node.intAttribute("training_mode", 0) != 0)
    return importTrainingBatchNorm(node, input);
  for (size_t i = 1; i < node.outputCount(); ++i)
    if (node.wants(i))
      return node.unsupported("statistics without training_mode");
  FailureOr<Value> result =
      buildBatchNorm(node, input, node.input(1).value, node.input(2).value,
                     node.input(3).value, node.input(4).value);
  if (failed(result))
    return failure();
  node.setOutput(0, math.reshape(*result, x.shape()), x.type);
  return mlir::success();
}

//===----------------------------------------------------------------------===//
// Instance and group normalisation
//===----------------------------------------------------------------------===//

static LogicalResult setGroupNorm(Node &node, Value scale, Value bias,
                                  int64_t groups, Type wide) {
  TensorMath math(node);
  const OnnxValue &x = node.input(0);
  Type element = elementTypeOf(x.value);
  // f32 statistics of a 16-bit input are what the op forms anyway.
  if (!wide.isF64())
    wide = element;
  auto norm = node.create<mlir::tenon::GroupNormOp>(
      math.convert(x.value, wide), math.convert(scale, wide),
      math.convert(bias, wide), node.builder.getI64IntegerAttr(groups),
      node.builder.getF64FloatAttr(node.floatAttribute("epsilon", 1e-5f)));
  if (failed(norm))
    return failure();
  node.setOutput(0, math.convert(norm->getResult(), element), x.type);
  return mlir::success();
}

static LogicalResult importInstanceNormalization(Node &node) {
  const OnnxValue &x = node.input(0);
  if (failed(checkFloat(node, 0)))
    return failure();
  if (x.rank() < 3)
    return node.error("the input has no spatial axes");
  int64_t channels = x.shape()[1];
  if (failed(checkVector(node, 1, channels, "scale")) ||
      failed(checkVector(node, 2, channels, "B")))
    return failure();
  return setGroupNorm(node, node.input(1).value, node.input(2).value, channels,
                      elementTypeOf(x.value));
}

static LogicalResult importGroupNormalization(Node &node) {
  const OnnxValue &x = node.input(0);
  if (failed(checkFloat(node, 0)))
    return failure();
  if (x.rank() < 2)
    return node.error("the input has no channels");
  int64_t channels = x.shape()[1];
  int64_t groups = node.intAttribute("num_groups", 0);
  if (groups < 1 || channels % groups != 0)
    return node.error(Twine(channels) + " channels do not divide into " +
                      Twine(groups) + " groups");
  FailureOr<Type> stash = readStashType(node, elementTypeOf(x.value));
  if (failed(stash))
    return failure();
  // Before opset 21 scale and bias have a value a group.
  int64_t entries = node.opset < 21 ? groups : channels;
  if (failed(checkVector(node, 1, entries, "scale")) ||
      failed(checkVector(node, 2, entries, "bias")))
    return failure();
  TensorMath math(node);
  auto perChannel = [&](size_t i) {
    Value value = node.input(i).value;
    if (entries == channels)
      return value;
    value = math.reshape(value, {groups, 1});
    return math.reshape(math.broadcast(value, {groups, channels / groups}),
                        {channels});
  };
  return setGroupNorm(node, perChannel(1), perChannel(2), groups, *stash);
}

//===----------------------------------------------------------------------===//
// Layer and RMS normalisation
//===----------------------------------------------------------------------===//

static LogicalResult importLayerNormalization(Node &node) {
  const OnnxValue &x = node.input(0);
  if (failed(checkFloat(node, 0)))
    return failure();
  FailureOr<int64_t> axis = readAxis(node, x.rank());
  FailureOr<Type> stash = readStashType(node, elementTypeOf(x.value));
  if (failed(axis) || failed(stash))
    return failure();
  TensorMath math(node);
  Type element = elementTypeOf(x.value);
  Type wide = stash->isF64() ? *stash : element;
  bool statistics = node.wants(1) || node.wants(2);
  auto parameter = [&](size_t i) {
    return node.has(i) ? math.convert(node.input(i).value, wide) : Value();
  };
  auto norm = node.create<mlir::tenon::LayerNormOp>(
      math.convert(x.value, wide), parameter(1), parameter(2),
      node.builder.getI64IntegerAttr(*axis),
      node.builder.getF64FloatAttr(node.floatAttribute("epsilon", 1e-5f)),
      statistics ? node.builder.getUnitAttr() : UnitAttr());
  if (failed(norm))
    return failure();
  node.setOutput(0, math.convert(norm->getResult(), element), x.type);
  for (size_t i : {1, 2})
    if (node.wants(i))
      node.setOutput(
          i,
          math.convert(norm->getStatistics()[i - 1],
                       stash->isF64() ? *stash : node.builder.getF32Type()),
          stash->isF64() ? DataType::Float64 : DataType::Float32);
  return mlir::success();
}

/// RMSNormalization, and ONNX Runtime's SimplifiedLayerNormalization, which
/// gives the inverse root mean square as well.
static LogicalResult importRmsNormalization(Node &node) {
  const OnnxValue &x = node.input(0), &scale = node.input(1);
  if (failed(checkFloat(node, 0)) || failed(checkFloat(node, 1)))
    return failure();
  FailureOr<int64_t> axis = readAxis(node, x.rank());
  FailureOr<Type> stash = readStashType(node, elementTypeOf(x.value));
  if (failed(axis) || failed(stash))
    return failure();
  for (size_t i = 1; i < node.outputCount(); ++i)
    if (node.wants(i))
      return node.unsupported("the inverse deviation as an output");
  TensorMath math(node);
  Type element = elementTypeOf(x.value), result = elementTypeOf(scale.value);
  bool isPlain = element == result && !(stash->isF64() && !element.isF64());
  // The quotient is rounded to the element type before it is scaled.
  auto rounding = mlir::tenon::RmsRoundingAttr::get(
      node.builder.getContext(), isPlain ? mlir::tenon::RmsRounding::llama
                                         : mlir::tenon::RmsRounding::once);
  auto norm = node.create<mlir::tenon::RmsNormOp>(
      isPlain ? x.value : math.convert(x.value, *stash),
      isPlain ? scale.value : Value(), node.builder.getI64IntegerAttr(*axis),
      node.builder.getF64FloatAttr(node.floatAttribute("epsilon", 1e-5f)),
      rounding);
  if (failed(norm))
    return failure();
  Value y = norm->getResult();
  if (!isPlain) {
    FailureOr<SmallVector<int64_t>> shape =
        broadcastShape(scale.shape(), x.shape());
    if (failed(shape) || ArrayRef<int64_t>(*shape) != x.shape())
      return node.error("scale does not broadcast to the input");
    y = math.convert(math.convert(y, element), result);
    y = math.mul(y, scale.value);
  }
  node.setOutput(0, y, scale.type);
  return mlir::success();
}

//===----------------------------------------------------------------------===//
// Norms without an op of their own
//===----------------------------------------------------------------------===//

static LogicalResult importLpNormalization(Node &node) {
  const OnnxValue &x = node.input(0);
  if (failed(checkFloat(node, 0)))
    return failure();
  FailureOr<int64_t> axis = readAxis(node, x.rank());
  if (failed(axis))
    return failure();
  int64_t p = node.intAttribute("p", 2);
  if (p != 1 && p != 2)
    return node.error("p is " + Twine(p) + ", not 1 or 2");
  TensorMath math(node);
  Type element = elementTypeOf(x.value);
  Value wide = math.convert(x.value, accumulatorOf(element));
  Value norm = math.reduce(p == 1 ? ReductionKind::l1 : ReductionKind::l2, wide,
                           {*axis}, /*keepDims=*/true);
  // Where the norm is 0 every element is: dividing by 1 gives the 0 asked for.
  Value isZero =
      arith::CmpFOp::create(node.builder, node.loc, arith::CmpFPredicate::OEQ,
                            norm, math.like(norm, 0));
  norm = math.select(isZero, math.like(norm, 1), norm);
  node.setOutput(0, math.convert(math.div(wide, norm), element), x.type);
  return mlir::success();
}

static LogicalResult importMeanVarianceNormalization(Node &node) {
  const OnnxValue &x = node.input(0);
  if (failed(checkFloat(node, 0)))
    return failure();
  auto axes =
      resolveAxes(node, node.intsAttribute("axes", {0, 2, 3}), x.rank());
  if (failed(axes))
    return failure();
  TensorMath math(node);
  Type element = elementTypeOf(x.value);
  Value wide = math.convert(x.value, accumulatorOf(element));
  Value centred =
      math.sub(wide, math.reduce(ReductionKind::mean, wide, *axes, true));
  Value variance =
      math.reduce(ReductionKind::mean, math.mul(centred, centred), *axes, true);
  Value deviation = math.add(math.unary<math::SqrtOp>(variance), 1e-9);
  node.setOutput(0, math.convert(math.div(centred, deviation), element),
                 x.type);
  return mlir::success();
}

static LogicalResult importLrn(Node &node) {
  const OnnxValue &x = node.input(0);
  if (failed(checkFloat(node, 0)))
    return failure();
  if (x.rank() < 2)
    return node.error("the input has no channels");
  int64_t size = node.intAttribute("size", 0);
  if (size < 1)
    return node.error("size " + Twine(size) + " is not positive");
  TensorMath math(node);
  Type element = elementTypeOf(x.value);
  Value wide = math.convert(x.value, accumulatorOf(element));
  ArrayRef<int64_t> shape = x.shape();
  int64_t places = sizeProduct(shape.drop_front(2));
  // alpha / size * sum is alpha * mean, padding counted: a pool over channels.
  Value squares =
      math.reshape(math.mul(wide, wide), {shape[0], 1, shape[1], places});
  SmallVector<int64_t> ones = {1, 1};
  auto means = node.create<mlir::tenon::AvgPoolOp>(
      squares, SmallVector<int64_t>{size, 1}, ones, ones,
      SmallVector<int64_t>{(size - 1) / 2, 0},
      SmallVector<int64_t>{size / 2, 0}, /*ceil_mode=*/false,
      /*count_include_pad=*/true, /*lp=*/IntegerAttr());
  if (failed(means))
    return failure();
  Value mean = math.reshape(means->getResult(), shape);
  Value base = math.add(math.mul(mean, node.floatAttribute("alpha", 1e-4f)),
                        node.floatAttribute("bias", 1));
  Value divisor =
      math::PowFOp::create(node.builder, node.loc, base,
                           math.like(base, node.floatAttribute("beta", 0.75)));
  node.setOutput(0, math.convert(math.div(wide, divisor), element), x.type);
  return mlir::success();
}

void addSkipNorms(OperatorTable &table);

void addNorms(OperatorTable &table) {
  table["::BatchNormalization"] = withInputs<5, importBatchNormalization>;
  table["::InstanceNormalization"] = withInputs<3, importInstanceNormalization>;
  table["::GroupNormalization"] = withInputs<3, importGroupNormalization>;
  table["::LayerNormalization"] = withInputs<2, importLayerNormalization>;
  table["::RMSNormalization"] = withInputs<2, importRmsNormalization>;
  table["::SimplifiedLayerNormalization"] =
      withInputs<2, importRmsNormalization>;
  table["::LpNormalization"] = withInputs<1, importLpNormalization>;
  table["::MeanVarianceNormalization"] =
      withInputs<1, importMeanVarianceNormalization>;
  table["::LRN"] = withInputs<1, importLrn>;
  addSkipNorms(table);
}

} // namespace tenon::onnx_import
