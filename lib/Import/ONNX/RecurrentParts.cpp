//===- RecurrentParts.cpp - The operands of a recurrent layer -------------===//

#include "RecurrentParts.h"

using namespace mlir;
using mlir::tenon::ActivationKind;

namespace tenon::onnx_import {

//===----------------------------------------------------------------------===//
// Activations
//===----------------------------------------------------------------------===//

namespace {
/// The defaults of an activation; none where it takes no such parameter.
struct ActivationDefaults {
  std::optional<double> alpha, beta;
};
} // namespace

static std::optional<ActivationDefaults> defaultsOf(StringRef name) {
  using Defaults = std::optional<ActivationDefaults>;
  return llvm::StringSwitch<Defaults>(name)
      .Cases({"relu", "tanh", "sigmoid", "softsign", "softplus"},
             ActivationDefaults{})
      .Case("affine", ActivationDefaults{1.0, 0.0})
      .Case("leakyrelu", ActivationDefaults{0.01, {}})
      .Case("thresholdedrelu", ActivationDefaults{1.0, {}})
      .Case("scaledtanh", ActivationDefaults{1.0, 1.0})
      .Case("hardsigmoid", ActivationDefaults{0.2, 0.5})
      .Case("elu", ActivationDefaults{1.0, {}})
      .Default(std::nullopt);
}

Value applyActivation(const TensorMath &math, const Activation &activation,
                      Value value) {
  if (activation.name == "tanh")
    return math.unary<math::TanhOp>(value);
  if (activation.name == "affine")
    return math.add(math.mul(value, *activation.alpha), *activation.beta);
  if (activation.name == "scaledtanh")
    return math.mul(math.unary<math::TanhOp>(math.mul(value, *activation.beta)),
                    *activation.alpha);
  auto kind = llvm::StringSwitch<ActivationKind>(activation.name)
                  .Case("relu", ActivationKind::relu)
                  .Case("softsign", ActivationKind::softsign)
                  .Case("softplus", ActivationKind::softplus)
                  .Case("leakyrelu", ActivationKind::leaky_relu)
                  .Case("thresholdedrelu", ActivationKind::thresholded_relu)
                  .Case("hardsigmoid", ActivationKind::hard_sigmoid)
                  .Case("elu", ActivationKind::elu)
                  .Default(ActivationKind::sigmoid);
  return math.activation(kind, value, activation.alpha, activation.beta);
}

/// The activations of all directions. The lists of parameters hold an entry for
/// each activation that takes one, in order.
static FailureOr<SmallVector<Activation>>
readActivations(const Node &node, const RecurrentKind &kind,
                size_t directions) {
  SmallVector<std::string> names;
  if (const onnx::AttributeProto *attribute = node.attribute("activations"))
    names.assign(attribute->strings().begin(), attribute->strings().end());
  size_t each = kind.activations.size();
  if (names.empty())
    for (size_t i = 0; i < directions; ++i)
      names.append(kind.activations.begin(), kind.activations.end());
  if (names.size() < each * directions)
    return node.error("activations names " + Twine(names.size()) +
                      " functions, not " + Twine(each * directions));
  names.resize(each * directions);
  SmallVector<double> alphas = node.floatsAttribute("activation_alpha");
  SmallVector<double> betas = node.floatsAttribute("activation_beta");
  size_t nextAlpha = 0, nextBeta = 0;
  auto take = [](std::optional<double> otherwise, ArrayRef<double> given,
                 size_t &next) {
    return otherwise && next < given.size() ? std::optional(given[next++])
                                            : otherwise;
  };
  SmallVector<Activation> activations;
  for (StringRef name : names) {
    Activation activation{name.lower(), {}, {}};
    std::optional<ActivationDefaults> defaults = defaultsOf(activation.name);
    if (!defaults)
      return node.error("activation '" + name + "' is not known");
    activation.alpha = take(defaults->alpha, alphas, nextAlpha);
    activation.beta = take(defaults->beta, betas, nextBeta);
    activations.push_back(std::move(activation));
  }
  return activations;
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

Value isBefore(const TensorMath &math, int64_t time, Value lengths) {
  auto type = cast<RankedTensorType>(lengths.getType());
  Value isActive = arith::CmpIOp::create(
      math.builder, math.loc, arith::CmpIPredicate::slt,
      splatInt(math.builder, math.loc, type, time), lengths);
  return math.reshape(isActive, {type.getDimSize(0), 1});
}

namespace {
/// Reads the inputs of a layer, direction by direction.
struct OperandReader {
  const Node &node;
  TensorMath math;
  RecurrentLayer &layer;
  int64_t directions;
  Type element;

  /// Input `i` with shape [directions, rest...] for one direction, as `rest`.
  FailureOr<Value> direction(size_t i, int64_t which,
                             ArrayRef<int64_t> rest) const {
    SmallVector<int64_t> expected = {directions};
    llvm::append_range(expected, rest);
    if (node.input(i).shape() != ArrayRef<int64_t>(expected) ||
        !isFloatValue(node.input(i)))
      return node.error("input " + Twine(i) +
                        " does not have the shape that "
                        "the other inputs and hidden_size ask for");
    Value value = math.convert(node.input(i).value, element);
    return math.reshape(math.slice(value, 0, which, 1), rest);
  }

  /// An initial state, zero where input `i` is not given.
  FailureOr<Value> state(size_t i, int64_t which) const {
    SmallVector<int64_t> shape = {layer.batch, layer.hidden};
    if (!node.has(i))
      return splat(math.builder, math.loc,
                   RankedTensorType::get(shape, element), 0);
    if (!layer.batchFirst)
      return direction(i, which, shape);
    ArrayRef<int64_t> own = node.input(i).shape();
    if (own != ArrayRef<int64_t>{layer.batch, directions, layer.hidden} ||
        !isFloatValue(node.input(i)))
      return node.error("input " + Twine(i) +
                        " is not [batch, directions, hidden_size]");
    Value value = math.convert(node.input(i).value, element);
    return math.reshape(math.slice(value, 1, which, 1), shape);
  }
};
} // namespace

static FailureOr<RecurrentDirection>
readDirection(const OperandReader &reader, int64_t which, int64_t gates) {
  const RecurrentLayer &layer = reader.layer;
  const Node &node = reader.node;
  RecurrentDirection direction;
  direction.gates = gates;
  int64_t rows = gates * layer.hidden;
  auto weight = reader.direction(1, which, {rows, shapeOf(layer.input)[2]});
  auto recurrence = reader.direction(2, which, {rows, layer.hidden});
  if (failed(weight) || failed(recurrence))
    return failure();
  direction.weight = *weight;
  direction.recurrence = *recurrence;
  if (node.has(3)) {
    auto bias = reader.direction(3, which, {2 * rows});
    if (failed(bias))
      return failure();
    direction.inputBias = reader.math.slice(*bias, 0, 0, rows);
    direction.recurrentBias = reader.math.slice(*bias, 0, rows, rows);
  }
  auto hidden = reader.state(5, which);
  if (failed(hidden))
    return failure();
  direction.initial.hidden = *hidden;
  if (gates != 4)
    return direction;
  auto cell = reader.state(6, which);
  if (failed(cell))
    return failure();
  direction.initial.cell = *cell;
  if (node.has(7)) {
    auto peephole = reader.direction(7, which, {3 * layer.hidden});
    if (failed(peephole))
      return failure();
    direction.peephole = *peephole;
  }
  return direction;
}

/// sequence_lens, unless it is known that every sequence is full.
static LogicalResult readLengths(const Node &node, RecurrentLayer &layer) {
  if (!node.has(4))
    return mlir::success();
  const OnnxValue &lengths = node.input(4);
  if (lengths.shape() != ArrayRef<int64_t>(layer.batch) ||
      isFloatValue(lengths))
    return node.error("sequence_lens does not hold a number for each sequence");
  if (lengths.constant && lengths.type == DataType::Int32 &&
      llvm::all_of(lengths.constant->as<int32_t>(),
                   [&](int32_t length) { return length == layer.length; }))
    return mlir::success();
  layer.lengths =
      TensorMath(node).convert(lengths.value, node.builder.getI64Type());
  return mlir::success();
}

FailureOr<RecurrentLayer> readRecurrentLayer(const Node &node,
                                             const RecurrentKind &kind) {
  RecurrentLayer layer;
  TensorMath math(node);
  const OnnxValue &x = node.input(0);
  if (x.rank() != 3 || !isFloatValue(x))
    return node.error("X is not a float tensor of rank 3");
  std::string name = node.stringAttribute("direction", "forward");
  if (name != "forward" && name != "reverse" && name != "bidirectional")
    return node.error("direction '" + name + "' is not known");
  int64_t directions = name == "bidirectional" ? 2 : 1;
  layer.batchFirst = node.intAttribute("layout", 0) != 0;
  layer.length = x.shape()[layer.batchFirst ? 1 : 0];
  layer.batch = x.shape()[layer.batchFirst ? 0 : 1];
  if (node.input(2).rank() != 3)
    return node.error("R does not have rank 3");
  layer.hidden = node.intAttribute("hidden_size", node.input(2).shape()[2]);
  if (layer.hidden < 1 || layer.hidden > (int64_t(1) << 31))
    return node.error("hidden_size " + Twine(layer.hidden) +
                      " is out of range");
  if (node.hasAttribute("clip"))
    layer.clip = node.floatAttribute("clip", 0);
  Type element = accumulatorOf(elementTypeOf(x.value));
  layer.input = math.convert(x.value, element);
  if (layer.batchFirst)
    layer.input = math.transpose(layer.input, {1, 0, 2});
  if (failed(readLengths(node, layer)))
    return failure();
  auto activations = readActivations(node, kind, directions);
  if (failed(activations))
    return failure();
  OperandReader reader{node, math, layer, directions, element};
  for (int64_t i = 0; i < directions; ++i) {
    auto direction = readDirection(reader, i, kind.gates);
    if (failed(direction))
      return failure();
    direction->isReverse = name == "reverse" || i == 1;
    size_t each = kind.activations.size();
    ArrayRef<Activation> own =
        ArrayRef<Activation>(*activations).slice(i * each, each);
    direction->activations.assign(own.begin(), own.end());
    layer.directions.push_back(std::move(*direction));
  }
  return layer;
}

} // namespace tenon::onnx_import
