//===- Activations.cpp - Activations and the softmax family ---------------===//

#include "Axes.h"
#include "Operands.h"

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failed;
using mlir::failure;
using mlir::FailureOr;
using mlir::LogicalResult;
using mlir::Value;
using mlir::tenon::ActivationKind;

/// A tenon.activation with alpha and beta where given.
static FailureOr<Value> activate(const Node &node, Value input,
                                 ActivationKind kind,
                                 std::optional<double> alpha = {},
                                 std::optional<double> beta = {}) {
  auto attribute = [&](std::optional<double> value) {
    return value ? node.builder.getF64FloatAttr(*value) : mlir::FloatAttr();
  };
  auto op = node.create<mlir::tenon::ActivationOp>(
      kind, input, attribute(alpha), attribute(beta));
  if (failed(op))
    return failure();
  return op->getResult();
}

/// An activation on floats; integers go through f32, as ONNX allows them in a
/// few.
static LogicalResult setActivation(Node &node, ActivationKind kind,
                                   std::optional<double> alpha = {},
                                   std::optional<double> beta = {}) {
  if (failed(requireInputs(node, 1)))
    return failure();
  const OnnxValue &input = node.input(0);
  DataType type = isFloat(input.type) ? input.type : DataType::Float32;
  Value value = castTo(node.builder, node.loc, input, type);
  auto result = activate(node, value, kind, alpha, beta);
  if (failed(result))
    return failure();
  node.setOutput(
      0,
      castTo(node.builder, node.loc, OnnxValue{*result, type, {}}, input.type),
      input.type);
  return mlir::success();
}

template <ActivationKind kind> static LogicalResult plain(Node &node) {
  return setActivation(node, kind);
}

static LogicalResult relu(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  const OnnxValue &input = node.input(0);
  if (isFloat(input.type))
    return setActivation(node, ActivationKind::relu);
  Arithmetic math(node, input.type);
  node.setOutput(0, math.max(input.value, math.integer(input.value, 0)),
                 input.type);
  return mlir::success();
}

static LogicalResult leakyRelu(Node &node) {
  return setActivation(node, ActivationKind::leaky_relu,
                       node.floatAttribute("alpha", 0.01f));
}

static LogicalResult elu(Node &node) {
  return setActivation(node, ActivationKind::elu,
                       node.floatAttribute("alpha", 1));
}

static LogicalResult selu(Node &node) {
  return setActivation(node, ActivationKind::selu,
                       node.floatAttribute("alpha", 1.67326319217681884765625),
                       node.floatAttribute("gamma", 1.05070102214813232421875));
}

static LogicalResult celu(Node &node) {
  return setActivation(node, ActivationKind::celu,
                       node.floatAttribute("alpha", 1));
}

static LogicalResult hardSigmoid(Node &node) {
  return setActivation(node, ActivationKind::hard_sigmoid,
                       node.floatAttribute("alpha", 0.2f),
                       node.floatAttribute("beta", 0.5));
}

static LogicalResult swish(Node &node) {
  return setActivation(node, ActivationKind::silu,
                       node.floatAttribute("alpha", 1));
}

static LogicalResult thresholdedRelu(Node &node) {
  return setActivation(node, ActivationKind::thresholded_relu,
                       node.floatAttribute("alpha", 1));
}

static LogicalResult shrink(Node &node) {
  return setActivation(node, ActivationKind::shrink,
                       node.floatAttribute("lambd", 0.5),
                       node.floatAttribute("bias", 0));
}

static LogicalResult gelu(Node &node) {
  std::string form = node.stringAttribute("approximate", "none");
  if (form != "none" && form != "tanh")
    return node.error("its approximation '" + form + "' is unknown");
  return setActivation(node, form == "tanh" ? ActivationKind::gelu_tanh
                                            : ActivationKind::gelu);
}

/// com.microsoft's forms with a bias: Gelu(x + b).
template <ActivationKind kind> static LogicalResult biasGelu(Node &node) {
  if (!node.has(1))
    return setActivation(node, kind);
  auto inputs = broadcastInputs(node, 0, 2);
  if (failed(inputs))
    return failure();
  Arithmetic math(node, inputs->type());
  auto result = activate(node, math.add((*inputs)[0], (*inputs)[1]), kind);
  if (failed(result))
    return failure();
  node.setOutput(0, *result, inputs->type());
  return mlir::success();
}

/// Swish of the gate times the value.
static LogicalResult swiGlu(Node &node) {
  auto inputs = broadcastInputs(node, 0, 2);
  if (failed(inputs))
    return failure();
  // Rounded once: 16-bit floats are computed in f32.
  DataType type = inputs->type();
  DataType wide = type == DataType::Float64 ? type : DataType::Float32;
  auto gate =
      activate(node, castTo(node.builder, node.loc, inputs->values[0], wide),
               ActivationKind::silu, node.floatAttribute("alpha", 1));
  if (failed(gate))
    return failure();
  Value result =
      Arithmetic(node, wide)
          .mul(*gate, castTo(node.builder, node.loc, inputs->values[1], wide));
  node.setOutput(
      0, castTo(node.builder, node.loc, OnnxValue{result, wide, {}}, type),
      type);
  return mlir::success();
}

/// x where it is not negative, else slope times x; NaN stays NaN.
static LogicalResult prelu(Node &node) {
  if (failed(requireInputs(node, 2)))
    return failure();
  const OnnxValue &input = node.input(0), &slope = node.input(1);
  if (slope.type != input.type)
    return node.error("its slope has another type than its input");
  llvm::SmallVector<int64_t> aligned(slope.shape());
  // Before opset 7 a slope per channel stood alone, along axis 1.
  if (node.opset < 7 && slope.rank() == 1 && input.rank() > 1)
    aligned.append(input.rank() - 2, 1);
  auto shape = broadcastShape(input.shape(), aligned);
  if (failed(shape) || *shape != input.shape())
    return node.error("a slope of " + shapeText(slope.shape()) +
                      " does not broadcast to " + shapeText(input.shape()));
  Value by = broadcastTo(
      node.builder, node.loc,
      reshapeTo(node.builder, node.loc, slope.value, aligned), *shape);
  Arithmetic math(node, input.type);
  Value x = input.value, zero = math.constant(x, 0);
  node.setOutput(0, math.select(math.lessOrEqual(zero, x), x, math.mul(x, by)),
                 input.type);
  return mlir::success();
}

/// Below opset 13 the softmax family takes everything from `axis` on for one
/// axis, and `axis` is 1 unless given; since then it works along it, the last
/// unless given.
static bool isFlattening(const Node &node) { return node.opset < 13; }

namespace {
struct SoftmaxAxis {
  Value input;
  int64_t axis;
};
} // namespace

/// The input, flattened where the opset wants that.
static FailureOr<SoftmaxAxis> softmaxAxis(const Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  const OnnxValue &input = node.input(0);
  int64_t given = node.intAttribute("axis", isFlattening(node) ? 1 : -1);
  if (!isFlattening(node)) {
    auto axis = resolveAxis(node, given, input.rank());
    if (failed(axis))
      return failure();
    return SoftmaxAxis{input.value, *axis};
  }
  int64_t axis = given < 0 ? given + input.rank() : given;
  if (axis < 0 || axis > input.rank())
    return node.error("axis " + llvm::Twine(given) + " does not exist");
  int64_t sizes[] = {sizeProduct(input.shape().take_front(axis)),
                     sizeProduct(input.shape().drop_front(axis))};
  return SoftmaxAxis{reshapeTo(node.builder, node.loc, input.value, sizes), 1};
}

template <bool logarithm> static LogicalResult softmax(Node &node) {
  auto at = softmaxAxis(node);
  if (failed(at))
    return failure();
  auto result =
      node.create<mlir::tenon::SoftmaxOp>(at->input, at->axis, logarithm);
  if (failed(result))
    return failure();
  const OnnxValue &input = node.input(0);
  node.setOutput(
      0, reshapeTo(node.builder, node.loc, result->getResult(), input.shape()),
      input.type);
  return mlir::success();
}

/// One at the first largest value along the axis, zero elsewhere.
static LogicalResult hardmax(Node &node) {
  auto at = softmaxAxis(node);
  if (failed(at))
    return failure();
  const OnnxValue &input = node.input(0);
  auto shape =
      mlir::cast<mlir::RankedTensorType>(at->input.getType()).getShape();
  if (llvm::is_contained(shape, 0)) {
    node.setOutput(0, input);
    return mlir::success();
  }
  auto largest = node.create<mlir::tenon::ArgReduceOp>(
      at->input, at->axis, /*minimum=*/false, /*keep_dims=*/true,
      /*select_last=*/false, /*unsigned_elements=*/isUnsigned(input.type));
  if (failed(largest))
    return failure();
  Arithmetic math(node, DataType::Int64);
  Value where =
      broadcastTo(node.builder, node.loc, largest->getResult(), shape);
  Value ones = math.equal(where, positions(node, shape, at->axis));
  Value result = castTo(node.builder, node.loc,
                        OnnxValue{ones, DataType::Bool, {}}, input.type);
  node.setOutput(0, reshapeTo(node.builder, node.loc, result, input.shape()),
                 input.type);
  return mlir::success();
}

void onnx_import::addActivations(OperatorTable &table) {
  table["::Relu"] = relu;
  table["::LeakyRelu"] = leakyRelu;
  table["::PRelu"] = prelu;
  table["::Elu"] = elu;
  table["::Selu"] = selu;
  table["::Celu"] = celu;
  table["::Sigmoid"] = plain<ActivationKind::sigmoid>;
  table["::HardSigmoid"] = hardSigmoid;
  table["::HardSwish"] = plain<ActivationKind::hard_swish>;
  table["::Swish"] = swish;
  table["::Mish"] = plain<ActivationKind::mish>;
  table["::Softplus"] = plain<ActivationKind::softplus>;
  table["::Softsign"] = plain<ActivationKind::softsign>;
  table["::ThresholdedRelu"] = thresholdedRelu;
  table["::Shrink"] = shrink;
  table["::Gelu"] = gelu;
  table["::SwiGLU"] = swiGlu;
  table["::Softmax"] = softmax<false>;
  table["::LogSoftmax"] = softmax<true>;
  table["::Hardmax"] = hardmax;
  table["com.microsoft::Gelu"] = plain<ActivationKind::gelu>;
  table["com.microsoft::QuickGelu"] = [](Node &node) {
    return setActivation(node, ActivationKind::silu,
                         node.floatAttribute("alpha", 1.702f));
  };
  table["com.microsoft::BiasGelu"] = biasGelu<ActivationKind::gelu>;
  table["com.microsoft::FastGelu"] = biasGelu<ActivationKind::gelu_tanh>;
}
