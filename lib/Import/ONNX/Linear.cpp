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

static LogicalResult importMatMulInteger(Node &node) {
  FailureOr<Value> a = centred(node, 0, 2, -2), b = centred(node, 1, 3, -1);
  if (failed(a) || failed(b))
    return failure();
  FailureOr<Value> product = buildMatmul(node, *a, *b);
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
  FailureOr<Value> a = centred(node, 0, 2, -2), b = centred(node, 3, 5, -1);
  if (failed(a) || failed(b))
    return failure();
  FailureOr<Value> product = buildMatmul(node, *a, *b);
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
