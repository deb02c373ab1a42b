//===- Convolutions.cpp - Convolution and transposed convolution ----------===//

#include "Expressions.h"
#include "Quantized.h"
#include "Windows.h"

using namespace mlir;

namespace tenon::onnx_import {

static LogicalResult checkWeight(const Node &node, size_t x, size_t w) {
  if (failed(checkImage(node, x)))
    return failure();
  if (node.input(w).rank() != node.input(x).rank())
    return node.error("the weight has " + Twine(node.input(w).rank()) +
                      " axes, the input " + Twine(node.input(x).rank()));
  return mlir::success();
}

/// A convolution of `input` by `weight` with the node's window.
static FailureOr<Value> buildConv(const Node &node, Value input, Value weight,
                                  Value bias) {
  FailureOr<Window> window = readPaddedWindow(
      node, shapeOf(weight).drop_front(2), shapeOf(input).drop_front(2));
  if (failed(window))
    return failure();
  auto conv = node.create<mlir::tenon::ConvOp>(
      input, weight, bias, window->strides, window->dilations,
      window->padsBegin, window->padsEnd, node.intAttribute("group", 1));
  if (failed(conv))
    return failure();
  return conv->getResult();
}

static LogicalResult importConv(Node &node) {
  if (failed(checkWeight(node, 0, 1)))
    return failure();
  if (!isFloatValue(node.input(0)))
    return node.error("the input has no float elements");
  FailureOr<Value> result =
      buildConv(node, node.input(0).value, node.input(1).value,
                node.has(2) ? node.input(2).value : Value());
  if (failed(result))
    return failure();
  node.setOutput(0, *result, node.input(0).type);
  return mlir::success();
}

/// One value, or one an output channel, as [channels, 1, ...].
static FailureOr<Value> perChannel(const Node &node, Value value, int64_t rank,
                                   StringRef name) {
  ArrayRef<int64_t> shape = shapeOf(value);
  if (shape.size() > 1)
    return node.error(name + " has " + Twine(shape.size()) + " axes");
  SmallVector<int64_t> spread(rank, 1);
  if (shape.size() == 1)
    spread[0] = shape[0];
  return TensorMath(node).reshape(value, spread);
}

/// Input and weight as i32 around zero: padding is zero after that.
static FailureOr<Value> buildIntegerConv(const Node &node, size_t x,
                                         size_t xZero, size_t w, size_t wZero,
                                         Value bias) {
  if (failed(checkWeight(node, x, w)))
    return failure();
  auto centred = [&](size_t i, size_t zero) -> FailureOr<Value> {
    if (!node.has(zero))
      return subtractZeroPoint(node, node.input(i), Value());
    Value point =
        castTo(node.builder, node.loc, node.input(zero), DataType::Int32);
    FailureOr<Value> spread =
        perChannel(node, point, node.input(i).rank(), "a zero point");
    if (failed(spread))
      return failure();
    return subtractZeroPoint(node, node.input(i), *spread);
  };
  FailureOr<Value> input = centred(x, xZero), weight = centred(w, wZero);
  if (failed(input) || failed(weight))
    return failure();
  return buildConv(node, *input, *weight, bias);
}

static LogicalResult importConvInteger(Node &node) {
  FailureOr<Value> result = buildIntegerConv(node, 0, 2, 1, 3, Value());
  if (failed(result))
    return failure();
  node.setOutput(0, *result, DataType::Int32);
  return mlir::success();
}

static LogicalResult importQLinearConv(Node &node) {
  FailureOr<Value> sums = buildIntegerConv(
      node, 0, 2, 3, 5, node.has(8) ? node.input(8).value : Value());
  if (failed(sums))
    return failure();
  auto scale = [&](size_t i) {
    return perChannel(
        node, castTo(node.builder, node.loc, node.input(i), DataType::Float32),
        shapeOf(*sums).size() - 1, "a scale");
  };
  FailureOr<Value> x = scale(1), w = scale(4), y = scale(6);
  if (failed(x) || failed(w) || failed(y))
    return failure();
  return setRequantized(node, *sums, *x, *w, *y, node.input(7));
}

//===----------------------------------------------------------------------===//
// Transposed convolution
//===----------------------------------------------------------------------===//

static FailureOr<SmallVector<int64_t>> readOutputPadding(const Node &node,
                                                         size_t axes) {
  SmallVector<int64_t> padding = node.intsAttribute("output_padding");
  if (padding.empty())
    padding.assign(axes, 0);
  if (padding.size() != axes)
    return node.error("output_padding has " + Twine(padding.size()) +
                      " entries, not " + Twine(axes));
  for (int64_t value : padding)
    if (value < 0 || value > (int64_t(1) << 31))
      return node.error("output_padding holds " + Twine(value));
  return padding;
}

/// The spatial sizes that output_shape asks for; empty without it.
static FailureOr<SmallVector<int64_t>> readOutputShape(const Node &node,
                                                       size_t axes) {
  SmallVector<int64_t> shape = node.intsAttribute("output_shape");
  if (shape.empty())
    return shape;
  // Some exporters write the batch and channel axes too.
  if (shape.size() == axes + 2)
    shape.erase(shape.begin(), shape.begin() + 2);
  if (shape.size() != axes)
    return node.error("output_shape has " + Twine(shape.size()) +
                      " entries, not " + Twine(axes));
  for (int64_t size : shape)
    if (size < 0 || size > (int64_t(1) << 40))
      return node.error("output_shape holds " + Twine(size));
  return shape;
}

/// Pads so that the result has the sizes asked for by output_shape or auto_pad;
/// a result larger than the windows reach gets output padding.
static LogicalResult resolvePadding(const Node &node, ArrayRef<int64_t> sizes,
                                    Window &window,
                                    SmallVectorImpl<int64_t> &outputPadding) {
  FailureOr<AutoPad> autoPad = readAutoPad(node);
  FailureOr<SmallVector<int64_t>> asked = readOutputShape(node, window.axes());
  if (failed(autoPad) || failed(asked))
    return failure();
  bool isSame =
      *autoPad == AutoPad::SameUpper || *autoPad == AutoPad::SameLower;
  for (size_t i = 0; i < window.axes(); ++i) {
    if (*autoPad == AutoPad::Valid)
      window.splitPadding(i, 0, true);
    if (asked->empty() && !isSame)
      continue;
    int64_t result =
        asked->empty() ? sizes[i] * window.strides[i] : (*asked)[i];
    int64_t total = window.strides[i] * (sizes[i] - 1) + outputPadding[i] +
                    window.extent(i) - result;
    if (total < 0)
      outputPadding[i] -= total;
    window.splitPadding(i, std::max<int64_t>(total, 0),
                        *autoPad == AutoPad::SameUpper);
  }
  return mlir::success();
}

static LogicalResult importConvTranspose(Node &node) {
  if (failed(checkWeight(node, 0, 1)))
    return failure();
  if (!isFloatValue(node.input(0)))
    return node.error("the input has no float elements");
  Value input = node.input(0).value, weight = node.input(1).value;
  ArrayRef<int64_t> sizes = shapeOf(input).drop_front(2);
  FailureOr<Window> window = readWindow(node, shapeOf(weight).drop_front(2));
  FailureOr<SmallVector<int64_t>> outputPadding =
      readOutputPadding(node, sizes.size());
  if (failed(window) || failed(outputPadding) ||
      failed(resolvePadding(node, sizes, *window, *outputPadding)))
    return failure();
  auto conv = node.create<mlir::tenon::ConvTransposeOp>(
      input, weight, node.has(2) ? node.input(2).value : Value(),
      window->strides, window->dilations, window->padsBegin, window->padsEnd,
      *outputPadding, node.intAttribute("group", 1));
  if (failed(conv))
    return failure();
  node.setOutput(0, conv->getResult(), node.input(0).type);
  return mlir::success();
}

/// Col2Im adds each column's values where its block lies: a transposed
/// convolution, channel by channel, by a kernel that is a block's identity.
static LogicalResult importCol2Im(Node &node) {
  const OnnxValue &x = node.input(0);
  auto image = node.constantInts(1, "the image's shape");
  auto block = node.constantInts(2, "the block's shape");
  if (failed(image) || failed(block))
    return failure();
  size_t axes = block->size();
  if (x.rank() != 3 || image->size() != axes || axes < 1)
    return node.error("the input must have rank 3 and the two shapes one "
                      "length");
  if (axes > 3)
    return node.unsupported("blocks over " + Twine(axes) + " axes");
  if (!isFloatValue(x))
    return node.unsupported("integers");
  FailureOr<Window> window = readWindow(node, *block);
  if (failed(window))
    return failure();
  int64_t area = 1, blocks = 1;
  SmallVector<int64_t> columns, outputPadding;
  for (size_t i = 0; i < axes; ++i) {
    int64_t room = (*image)[i] + window->padsBegin[i] + window->padsEnd[i] -
                   window->extent(i);
    if (room < 0 || room > (int64_t(1) << 40))
      return node.error("a block does not fit the image");
    columns.push_back(room / window->strides[i] + 1);
    outputPadding.push_back(room % window->strides[i]);
    if ((*block)[i] > 4096)
      return node.unsupported("blocks of size " + Twine((*block)[i]));
    area *= (*block)[i];
    blocks *= columns.back();
  }
  if (area > 4096)
    return node.unsupported("blocks of " + Twine(area) + " elements");
  if (x.shape()[1] % area != 0 || x.shape()[2] != blocks)
    return node.error("the input does not hold " + Twine(blocks) +
                      " columns of blocks of " + Twine(area) + " elements");
  int64_t channels = x.shape()[1] / area;
  TensorMath math(node);
  SmallVector<double> identity(area * area, 0);
  for (int64_t i = 0; i < area; ++i)
    identity[i * area + i] = 1;
  Type element = elementTypeOf(x.value);
  Value weight =
      math.convert(tableOf(node, element, {1, area, area}, identity), element);
  weight = math.broadcast(weight, {channels, area, area});
  SmallVector<int64_t> weightShape = {channels * area, 1};
  weightShape.append(block->begin(), block->end());
  SmallVector<int64_t> inputShape = {x.shape()[0], channels * area};
  inputShape.append(columns);
  auto conv = node.create<mlir::tenon::ConvTransposeOp>(
      math.reshape(x.value, inputShape), math.reshape(weight, weightShape),
      Value(), window->strides, window->dilations, window->padsBegin,
      window->padsEnd, outputPadding, channels);
  if (failed(conv))
    return failure();
  node.setOutput(0, conv->getResult(), x.type);
  return mlir::success();
}

/// The last k - 1 values before the input stand in front of it; the same number
/// at the end is handed on.
static LogicalResult importCausalConvWithState(Node &node) {
  const OnnxValue &x = node.input(0), &weight = node.input(1);
  std::string name = node.stringAttribute("activation", "none");
  if (name != "none" && name != "silu" && name != "swish")
    return node.error("activation '" + name + "' is not known");
  if (x.rank() != 3 || weight.rank() != 3 || !isFloatValue(x))
    return node.error("input and weight must be float tensors of rank 3");
  TensorMath math(node);
  ArrayRef<int64_t> shape = x.shape();
  int64_t state = weight.shape()[2] - 1;
  if (state < 0)
    return node.error("the weight has an empty kernel");
  SmallVector<int64_t> stateShape = {shape[0], shape[1], state};
  Value past;
  if (node.has(3)) {
    past = node.input(3).value;
    if (shapeOf(past) != ArrayRef<int64_t>(stateShape))
      return node.error("past_state is not [batch, channels, k - 1]");
  } else {
    past = splat(node.builder, node.loc,
                 RankedTensorType::get(stateShape, elementTypeOf(x.value)), 0);
  }
  Value sequence = state == 0 ? x.value : math.concat({past, x.value}, 2);
  SmallVector<int64_t> one = {1}, zero = {0};
  Type element = elementTypeOf(x.value);
  Type wide = name == "none" ? element : accumulatorOf(element);
  auto conv = node.create<mlir::tenon::ConvOp>(
      math.convert(sequence, wide), math.convert(weight.value, wide),
      node.has(2) ? math.convert(node.input(2).value, wide) : Value(), one, one,
      zero, zero, shape[1]);
  if (failed(conv))
    return failure();
  Value result = conv->getResult();
  if (name != "none")
    result = math.activation(mlir::tenon::ActivationKind::silu, result);
  node.setOutput(0, math.convert(result, element), x.type);
  if (node.wants(1))
    node.setOutput(1, math.slice(sequence, 2, shape[2], state), x.type);
  return mlir::success();
}

void addDeformConv(OperatorTable &table);

void addConvolutions(OperatorTable &table) {
  table["::Conv"] = withInputs<2, importConv>;
  table["::ConvInteger"] = withInputs<2, importConvInteger>;
  table["::QLinearConv"] = withInputs<8, importQLinearConv>;
  table["::ConvTranspose"] = withInputs<2, importConvTranspose>;
  table["::Col2Im"] = withInputs<3, importCol2Im>;
  table["::CausalConvWithState"] = withInputs<2, importCausalConvWithState>;
  addDeformConv(table);
}

} // namespace tenon::onnx_import
