//===- Linear.cpp - Matrix products ---------------------------------------===//

#include "Expressions.h"
#include "Quantized.h"

using namespace mlir;

namespace tenon::onnx_import {

/// NumPy's matmul, which gives an operand of rank 1 an axis for the product.
static FailureOr<Value> buildMatmul(const Node &node, Value a, Value b,
                                    bool transposeA = false,
                                    bool transposeB = false) {
  TensorMath math(node);
  if (shapeOf(a).empty() || shapeOf(b).empty())
    return node.error("a scalar has no matrix product");
  bool rowVector = shapeOf(a).size() == 1,
       columnVector = shapeOf(b).size() == 1;
  if ((rowVector && transposeA) || (columnVector && transposeB))
    return node.unsupported("a vector that is to be transposed");
  if (rowVector)
    a = math.reshape(a, {1, shapeOf(a)[0]});
  if (columnVector)
    b = math.reshape(b, {shapeOf(b)[0], 1});
  auto product =
      node.create<mlir::tenon::MatmulOp>(a, b, transposeA, transposeB);
  if (failed(product))
    return failure();
  Value result = product->getResult();
  SmallVector<int64_t> shape(shapeOf(result));
  if (columnVector)
    shape.pop_back();
  if (rowVector)
    shape.erase(shape.end() - (columnVector ? 1 : 2));
  return math.reshape(result, shape);
}

static LogicalResult importMatMul(Node &node) {
  FailureOr<Value> product =
      buildMatmul(node, node.input(0).value, node.input(1).value);
  if (failed(product))
    return failure();
  node.setOutput(0, *product, node.input(0).type);
  return mlir::success();
}

static LogicalResult importFusedMatMul(Node &node) {
  if (node.intAttribute("transBatchA", 0) != 0 ||
      node.intAttribute("transBatchB", 0) != 0)
    return node.unsupported("transBatchA and transBatchB");
  TensorMath math(node);
  double alpha = node.floatAttribute("alpha", 1);
  Value a = node.input(0).value, b = node.input(1).value;
  Type element = elementTypeOf(a);
  if (alpha != 1 && !isa<FloatType>(element))
    return node.unsupported("alpha with integers");
  if (alpha != 1) {
    a = math.convert(a, accumulatorOf(element));
    b = math.convert(b, accumulatorOf(element));
  }
  FailureOr<Value> product =
      buildMatmul(node, a, b, node.intAttribute("transA", 0) != 0,
                  node.intAttribute("transB", 0) != 0);
  if (failed(product))
    return failure();
  node.setOutput(0, math.convert(math.mul(*product, alpha), element),
                 node.input(0).type);
  return mlir::success();
}

/// The bias of a linear layer: [n], or [1, n].
static Value asLinearBias(const TensorMath &math, Value c, int64_t columns) {
  ArrayRef<int64_t> shape = shapeOf(c);
  if (shape.empty() || shape.back() != columns || shape.size() > 2 ||
      (shape.size() == 2 && shape[0] != 1))
    return {};
  return math.reshape(c, {columns});
}

static LogicalResult importGemm(Node &node) {
  TensorMath math(node);
  Value a = node.input(0).value, b = node.input(1).value;
  if (shapeOf(a).size() != 2 || shapeOf(b).size() != 2)
    return node.error("A and B must be matrices");
  bool transposeA = node.intAttribute("transA", 0) != 0;
  bool transposeB = node.intAttribute("transB", 0) != 0;
  double alpha = node.floatAttribute("alpha", 1);
  double beta = node.floatAttribute("beta", 1);
  Value c = node.has(2) && beta != 0 ? node.input(2).value : Value();
  int64_t rows = shapeOf(a)[transposeA ? 1 : 0];
  int64_t columns = shapeOf(b)[transposeB ? 0 : 1];
  Type element = elementTypeOf(a);
  if (c && elementTypeOf(c) != element)
    return node.error("C has another element type than A");

  Value bias = c ? asLinearBias(math, c, columns) : Value();
  if (isa<FloatType>(element) && transposeB && !transposeA && alpha == 1 &&
      beta == 1 && (!c || bias)) {
    auto linear = node.create<mlir::tenon::LinearOp>(a, b, bias);
    if (failed(linear))
      return failure();
    node.setOutput(0, linear->getResult(), node.input(0).type);
    return mlir::success();
  }

  bool scales = alpha != 1 || beta != 1;
  if (scales && !isa<FloatType>(element))
    return node.unsupported("alpha or beta with integers");
  // Several steps on a type of 16 bits are taken in f32 and rounded once.
  Type wide = element;
  if (isa<FloatType>(element) && (scales || c))
    wide = accumulatorOf(element);
  auto product = node.create<mlir::tenon::MatmulOp>(
      math.convert(a, wide), math.convert(b, wide), transposeA, transposeB);
  if (failed(product))
    return failure();
  Value result = math.mul(product->getResult(), alpha);
  if (c) {
    FailureOr<SmallVector<int64_t>> shape =
        broadcastShape(shapeOf(c), {rows, columns});
    if (failed(shape) || ArrayRef<int64_t>(*shape) != shapeOf(result))
      return node.error("C does not broadcast to the product");
    result = math.add(result, math.mul(math.convert(c, wide), beta));
  }
  node.setOutput(0, math.convert(result, element), node.input(0).type);
  return mlir::success();
}

/// A zero point or scale of one value a row (`axis` -2) or column (-1), ready
/// to broadcast over a matrix.
static Value perLine(const TensorMath &math, Value value, int axis) {
  ArrayRef<int64_t> shape = shapeOf(value);
  if (shape.size() != 1 || shape[0] == 1 || axis == -1)
    return value;
  return math.reshape(value, {shape[0], 1});
}

/// Input `i` as i32 with the zero point of input `zero` taken off.
static FailureOr<Value> centred(const Node &node, size_t i, size_t zero,
                                int axis) {
  TensorMath math(node);
  if (node.input(i).rank() == 0)
    return node.error("a scalar has no matrix product");
  Value point;
  if (node.has(zero)) {
    point = castTo(node.builder, node.loc, node.input(zero), DataType::Int32);
    point = perLine(math, point, node.input(i).rank() == 1 ? -1 : axis);
  }
  return subtractZeroPoint(node, node.input(i), point);
}

namespace {
/// Bytes of which the product takes the zero point off afterwards.
struct Bytes {
  Value value; ///< unsigned on the left, signed on the right
  Value point; ///< i32, broadcasts over the matrix; null: 0
};
} // namespace

static Value splat(const Node &node, int32_t value) {
  auto type = mlir::RankedTensorType::get({}, node.builder.getI32Type());
  return mlir::arith::ConstantOp::create(
      node.builder, node.loc, mlir::DenseElementsAttr::get(type, value));
}

/// Input `i` and its zero point as a product of bytes wants them: of the other
/// sign they get another highest bit, and are 128 more or less.
static FailureOr<Bytes> bytesOf(const Node &node, size_t i, size_t zero,
                                int axis, bool isUnsigned) {
  TensorMath math(node);
  const OnnxValue &input = node.input(i);
  if (isFloatValue(input))
    return node.error("the input is not quantized");
  Bytes bytes{input.value, {}};
  if (node.has(zero)) {
    bytes.point = perLine(
        math, castTo(node.builder, node.loc, node.input(zero), DataType::Int32),
        axis);
    if (const std::optional<Tensor> &known = node.input(zero).constant;
        known && llvm::all_of(known->as<uint8_t>(),
                              [](uint8_t byte) { return byte == 0; }))
      bytes.point = {};
  }
  if ((input.type == DataType::UInt8) == isUnsigned)
    return bytes;
  bytes.value = mlir::arith::XOrIOp::create(node.builder, node.loc, bytes.value,
                                            math.like(bytes.value, -128));
  double shift = isUnsigned ? 128 : -128;
  bytes.point = bytes.point ? math.add(bytes.point, shift) : splat(node, shift);
  return bytes;
}

/// sum (a - za) (b - zb) of the sums of a b.
static Value withoutZeroPoints(const Node &node, Value sums, const Bytes &lhs,
                               const Bytes &rhs) {
  TensorMath math(node);
  Type i32 = node.builder.getI32Type();
  auto summed = [&](Value wide, int64_t fromEnd) {
    int64_t axis = shapeOf(wide).size() - fromEnd;
    return math.reduce(mlir::tenon::ReductionKind::sum, wide, {axis},
                       /*keepDims=*/true);
  };
  if (lhs.point)
    sums = math.sub(
        sums, math.mul(lhs.point, summed(math.convert(rhs.value, i32), 2)));
  if (rhs.point) {
    auto type = mlir::RankedTensorType::get(shapeOf(lhs.value), i32);
    Value wide =
        mlir::arith::ExtUIOp::create(node.builder, node.loc, type, lhs.value);
    sums = math.sub(sums, math.mul(rhs.point, summed(wide, 1)));
  }
  if (lhs.point && rhs.point)
    sums = math.add(sums, math.mul(math.mul(lhs.point, rhs.point),
                                   shapeOf(lhs.value).back()));
  return sums;
}

/// Whether input `i` is a matrix of bytes whose zero point, input `zero`, is
/// one number, or one for each row (`axis` -2) or column (-1): then it can be
/// taken off the sums.
static bool hasPointPerLine(const Node &node, size_t i, size_t zero, int axis) {
  ArrayRef<int64_t> shape = shapeOf(node.input(i).value);
  DataType type = node.input(i).type;
  if (shape.size() < 2 || (type != DataType::Int8 && type != DataType::UInt8))
    return false;
  if (!node.has(zero))
    return true;
  ArrayRef<int64_t> point = shapeOf(node.input(zero).value);
  return node.input(zero).type == type &&
         (llvm::product_of(point) == 1 ||
          (point.size() == 1 && point[0] == shape[shape.size() + axis]));
}

/// The product of inputs `a` and `b` without their zero points, in i32.
static FailureOr<Value> buildIntegerMatmul(const Node &node, size_t a, size_t b,
                                           size_t aZero, size_t bZero) {
  if (!hasPointPerLine(node, a, aZero, -2) ||
      !hasPointPerLine(node, b, bZero, -1)) {
    FailureOr<Value> lhs = centred(node, a, aZero, -2),
                     rhs = centred(node, b, bZero, -1);
    if (failed(lhs) || failed(rhs))
      return failure();
    return buildMatmul(node, *lhs, *rhs);
  }
  FailureOr<Bytes> lhs = bytesOf(node, a, aZero, -2, /*isUnsigned=*/true),
                   rhs = bytesOf(node, b, bZero, -1, /*isUnsigned=*/false);
  if (failed(lhs) || failed(rhs))
    return failure();
  auto product =
      node.create<mlir::tenon::IntegerMatmulOp>(lhs->value, rhs->value);
  if (failed(product))
    return failure();
  return withoutZeroPoints(node, product->getResult(), *lhs, *rhs);
}

static LogicalResult importMatMulInteger(Node &node) {
  FailureOr<Value> product = buildIntegerMatmul(node, 0, 1, 2, 3);
  if (failed(product))
    return failure();
  node.setOutput(0, *product, DataType::Int32);
  return mlir::success();
}

static LogicalResult importQLinearMatMul(Node &node) {
  for (size_t i : {size_t(0), size_t(3), size_t(7)})
    if (isFloatValue(node.input(i)))
      return node.unsupported("floats of 8 bits");
  TensorMath math(node);
  FailureOr<Value> product = buildIntegerMatmul(node, 0, 3, 2, 5);
  if (failed(product))
    return failure();
  auto scale = [&](size_t i, int axis) {
    Value value =
        castTo(node.builder, node.loc, node.input(i), DataType::Float32);
    return perLine(math, value, axis);
  };
  return setRequantized(node, *product, scale(1, -2), scale(4, -1),
                        scale(6, -2), node.input(7));
}

void addEinsum(OperatorTable &table);
void addMatMulNBits(OperatorTable &table);

void addLinear(OperatorTable &table) {
  table["::MatMul"] = withInputs<2, importMatMul>;
  table["::Gemm"] = withInputs<2, importGemm>;
  table["::MatMulInteger"] = withInputs<2, importMatMulInteger>;
  table["::QLinearMatMul"] = withInputs<8, importQLinearMatMul>;
  table["com.microsoft::FusedMatMul"] = withInputs<2, importFusedMatMul>;
  addEinsum(table);
  addMatMulNBits(table);
}

} // namespace tenon::onnx_import
