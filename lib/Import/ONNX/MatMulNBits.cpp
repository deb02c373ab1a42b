//===- MatMulNBits.cpp - ONNX Runtime's products with packed weights ------===//
//
// com.microsoft::MatMulNBits: A [.., K] times the transpose of a weight [N, K]
// of 4 or 8 bits, with a scale and a zero point for each block of K.
//
//===----------------------------------------------------------------------===//

#include "Expressions.h"

using namespace mlir;

namespace tenon::onnx_import {

/// Outputs in a panel of the op's weight; where they fill none, the weight's
/// numbers are made at load.
static constexpr int64_t panelWidth = 16;

namespace {
/// The node's sizes, as its attributes say.
struct PackedSizes {
  int64_t inputs, outputs, bits, block;

  int64_t blocks() const { return llvm::divideCeil(inputs, block); }
  int64_t blockBytes() const { return block * bits / 8; }
};
} // namespace

static FailureOr<PackedSizes> sizesOf(const Node &node) {
  PackedSizes sizes{node.intAttribute("K", 0), node.intAttribute("N", 0),
                    node.intAttribute("bits", 4),
                    node.intAttribute("block_size", 0)};
  if (sizes.inputs < 1 || sizes.outputs < 1)
    return node.error("K and N must be positive");
  if (sizes.bits != 4 && sizes.bits != 8)
    return node.unsupported("weights of " + Twine(sizes.bits) + " bits");
  if (sizes.block < 16 || sizes.block % 16 != 0 ||
      sizes.block > std::numeric_limits<int32_t>::max())
    return node.error("block_size " + Twine(sizes.block) +
                      " is no multiple of 16");
  if (node.intAttribute("accuracy_level", 0) < 0)
    return node.error("accuracy_level is negative");
  return sizes;
}

static Value integerLike(const Node &node, Value tensor, int64_t value) {
  return splatInt(node.builder, node.loc,
                  cast<RankedTensorType>(tensor.getType()), value);
}

/// Bytes [rows, n] of two numbers each, the first in the lower bits, as
/// [rows, 2 n].
static Value unpackHalves(const Node &node, Value bytes) {
  TensorMath math(node);
  int64_t rows = shapeOf(bytes)[0], count = shapeOf(bytes)[1];
  Value lower = arith::AndIOp::create(node.builder, node.loc, bytes,
                                      integerLike(node, bytes, 15));
  Value upper = arith::ShRUIOp::create(node.builder, node.loc, bytes,
                                       integerLike(node, bytes, 4));
  Value pairs = math.concat({math.reshape(lower, {rows, count, 1}),
                             math.reshape(upper, {rows, count, 1})},
                            2);
  return math.reshape(pairs, {rows, 2 * count});
}

/// An input with as many elements as `shape`, in that shape.
static FailureOr<Value> inShape(const Node &node, size_t input, StringRef name,
                                ArrayRef<int64_t> shape) {
  int64_t count = sizeProduct(shape);
  RankedTensorType type = node.input(input).tensorType();
  if (!type.hasStaticShape() || type.getNumElements() != count)
    return node.error(name + " has not " + Twine(count) + " elements");
  return TensorMath(node).reshape(node.input(input).value, shape);
}

/// The zero points [N, blocks] in f32; null where they are the middle of the
/// range.
static FailureOr<Value> zeroPoints(const Node &node, const PackedSizes &sizes) {
  if (!node.has(3))
    return Value();
  TensorMath math(node);
  const OnnxValue &zeros = node.input(3);
  if (isFloatValue(zeros)) {
    auto value =
        inShape(node, 3, "zero_points", {sizes.outputs, sizes.blocks()});
    if (failed(value))
      return failure();
    return math.convert(*value, node.builder.getF32Type());
  }
  if (zeros.type != DataType::UInt8)
    return node.unsupported("zero points that are neither uint8 nor floats");
  int64_t bytes = llvm::divideCeil(sizes.blocks() * sizes.bits, 8);
  auto packed = inShape(node, 3, "zero_points", {sizes.outputs, bytes});
  if (failed(packed))
    return failure();
  Value value = *packed;
  if (sizes.bits == 4)
    value = math.slice(unpackHalves(node, value), 1, 0, sizes.blocks());
  return castTo(node.builder, node.loc, OnnxValue{value, DataType::UInt8, {}},
                DataType::Float32);
}

namespace {
/// The weight as integers [N, blocks * block] with scale and offset
/// [N, blocks]: q * scale - offset. 8 bits are signed.
struct Weight {
  Value integers, scale, offset;
};
} // namespace

static FailureOr<Weight> weightOf(const Node &node, const PackedSizes &sizes) {
  TensorMath math(node);
  if (node.input(1).type != DataType::UInt8)
    return node.unsupported("a weight that is not uint8");
  auto bytes = inShape(node, 1, "B",
                       {sizes.outputs, sizes.blocks() * sizes.blockBytes()});
  auto scale = inShape(node, 2, "scales", {sizes.outputs, sizes.blocks()});
  if (failed(bytes) || failed(scale))
    return failure();
  auto zeros = zeroPoints(node, sizes);
  if (failed(zeros))
    return failure();
  Weight weight;
  weight.scale = math.convert(*scale, node.builder.getF32Type());
  if (sizes.bits == 4) {
    weight.integers = unpackHalves(node, *bytes);
    weight.offset =
        *zeros ? math.mul(*zeros, weight.scale) : math.mul(weight.scale, 8.0);
    return weight;
  }
  weight.integers = arith::XOrIOp::create(node.builder, node.loc, *bytes,
                                          integerLike(node, *bytes, -128));
  if (*zeros)
    weight.offset = math.mul(math.add(*zeros, -128.0), weight.scale);
  return weight;
}

/// The numbers that the weight stands for, [N, inputs].
static Value numbersOf(const Node &node, const PackedSizes &sizes,
                       const Weight &weight) {
  TensorMath math(node);
  int64_t blocks = sizes.blocks();
  SmallVector<int64_t> apart = {sizes.outputs, blocks, sizes.block},
                       column = {sizes.outputs, blocks, 1};
  Value numbers = math.mul(
      math.reshape(math.convert(weight.integers, node.builder.getF32Type()),
                   apart),
      math.reshape(weight.scale, column));
  if (weight.offset)
    numbers = math.sub(numbers, math.reshape(weight.offset, column));
  return math.reshape(numbers, {sizes.outputs, blocks * sizes.block});
}

static LogicalResult importMatMulNBits(Node &node) {
  auto sizes = sizesOf(node);
  if (failed(sizes))
    return failure();
  if (node.has(4))
    return node.unsupported("g_idx");
  if (!isFloatValue(node.input(0)) || node.input(0).rank() < 1 ||
      node.input(0).shape().back() != sizes->inputs)
    return node.error("the last axis of A is not K = " + Twine(sizes->inputs));
  auto weight = weightOf(node, *sizes);
  if (failed(weight))
    return failure();
  TensorMath math(node);
  Value a = node.input(0).value;
  Value bias = node.has(5) ? node.input(5).value : Value();
  int64_t padded = sizes->blocks() * sizes->block;
  if (padded != sizes->inputs) {
    SmallVector<int64_t> low(node.input(0).rank(), 0), high = low;
    high.back() = padded - sizes->inputs;
    auto wide = node.create<mlir::tenon::PadOp>(a, Value(), low, high,
                                                mlir::tenon::PadMode::constant);
    if (failed(wide))
      return failure();
    a = wide->getResult();
  }
  Value result;
  if (sizes->outputs % panelWidth == 0) {
    ImplicitLocOpBuilder b(node.loc, node.builder);
    auto inPanels = [&](Value value) {
      return value ? mlir::tenon::createPanels(b, value, panelWidth) : value;
    };
    Value bytes = inPanels(weight->integers);
    if (sizes->bits == 4)
      bytes = mlir::tenon::createHalfBytes(b, bytes);
    auto product = node.create<mlir::tenon::QuantizedLinearOp>(
        a, bytes, inPanels(weight->scale), inPanels(weight->offset), bias,
        node.builder.getI64IntegerAttr(sizes->bits));
    if (failed(product))
      return failure();
    result = product->getResult();
  } else {
    Type element = elementTypeOf(a);
    auto product = node.create<mlir::tenon::LinearOp>(
        a, math.convert(numbersOf(node, *sizes, *weight), element), bias);
    if (failed(product))
      return failure();
    result = product->getResult();
  }
  node.setOutput(0, result, node.input(0).type);
  return mlir::success();
}

void addMatMulNBits(OperatorTable &table) {
  table["com.microsoft::MatMulNBits"] = withInputs<3, importMatMulNBits>;
}

} // namespace tenon::onnx_import
