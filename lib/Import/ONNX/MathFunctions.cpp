//===- MathFunctions.cpp - Functions of one value -------------------------===//

#include "Operands.h"

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failed;
using mlir::failure;
using mlir::LogicalResult;
using mlir::Value;
namespace arith = mlir::arith;
namespace math = mlir::math;

/// An op of the math dialect on floats.
template <typename Op> static LogicalResult function(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  const OnnxValue &input = node.input(0);
  if (!isFloat(input.type))
    return node.error("it is defined for floats alone");
  node.setOutput(0, Op::create(node.builder, node.loc, input.value),
                 input.type);
  return mlir::success();
}

/// The same where integers are their own result.
template <typename Op> static LogicalResult rounding(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  if (!isFloat(node.input(0).type)) {
    node.setOutput(0, node.input(0));
    return mlir::success();
  }
  return function<Op>(node);
}

static LogicalResult absolute(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  const OnnxValue &input = node.input(0);
  if (isUnsigned(input.type))
    node.setOutput(0, input);
  else if (isFloat(input.type))
    return function<math::AbsFOp>(node);
  else
    node.setOutput(0, math::AbsIOp::create(node.builder, node.loc, input.value),
                   input.type);
  return mlir::success();
}

static LogicalResult negate(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  const OnnxValue &input = node.input(0);
  node.setOutput(0, Arithmetic(node, input.type).neg(input.value), input.type);
  return mlir::success();
}

static LogicalResult reciprocal(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  const OnnxValue &input = node.input(0);
  Arithmetic math(node, input.type);
  node.setOutput(0, math.div(math.constant(input.value, 1), input.value),
                 input.type);
  return mlir::success();
}

/// -1, 0 or 1; NaN stays NaN.
static LogicalResult sign(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  const OnnxValue &input = node.input(0);
  Arithmetic math(node, input.type);
  Value x = input.value, zero = math.constant(x, 0);
  Value result = math.select(math.less(zero, x), math.constant(x, 1), zero);
  if (!isUnsigned(input.type))
    result = math.select(math.less(x, zero), math.constant(x, -1), result);
  if (isFloat(input.type))
    result = math.select(math.notEqual(x, x), x, result);
  node.setOutput(0, result, input.type);
  return mlir::success();
}

/// Narrow floats as f32, which comparison is defined on everywhere.
static OnnxValue comparable(Node &node, const OnnxValue &input) {
  if (byteWidth(input.type) > 1)
    return input;
  return OnnxValue{castTo(node.builder, node.loc, input, DataType::Float32),
                   DataType::Float32,
                   {}};
}

static LogicalResult isNan(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  if (!isFloat(node.input(0).type))
    return node.error("it is defined for floats alone");
  OnnxValue input = comparable(node, node.input(0));
  node.setOutput(0,
                 arith::CmpFOp::create(node.builder, node.loc,
                                       arith::CmpFPredicate::UNO, input.value,
                                       input.value),
                 DataType::Bool);
  return mlir::success();
}

static LogicalResult isInf(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  if (!isFloat(node.input(0).type))
    return node.error("it is defined for floats alone");
  OnnxValue input = comparable(node, node.input(0));
  bool negative = node.intAttribute("detect_negative", 1);
  bool positive = node.intAttribute("detect_positive", 1);
  Arithmetic math(node, input.type);
  double infinity = std::numeric_limits<double>::infinity();
  Value x = input.value;
  Value result;
  if (negative && positive)
    result = math.equal(math::AbsFOp::create(node.builder, node.loc, x),
                        math.constant(x, infinity));
  else if (negative || positive)
    result = math.equal(x, math.constant(x, negative ? -infinity : infinity));
  else
    result = splatInt(
        node.builder, node.loc,
        mlir::RankedTensorType::get(input.shape(), node.builder.getI1Type()),
        0);
  node.setOutput(0, result, DataType::Bool);
  return mlir::success();
}

void onnx_import::addMath(OperatorTable &table) {
  table["::Abs"] = absolute;
  table["::Neg"] = negate;
  table["::Reciprocal"] = reciprocal;
  table["::Sign"] = sign;
  table["::IsNaN"] = isNan;
  table["::IsInf"] = isInf;
  table["::Ceil"] = rounding<math::CeilOp>;
  table["::Floor"] = rounding<math::FloorOp>;
  table["::Round"] = rounding<math::RoundEvenOp>;
  table["::Sqrt"] = function<math::SqrtOp>;
  table["::Exp"] = function<math::ExpOp>;
  table["::Log"] = function<math::LogOp>;
  table["::Erf"] = function<math::ErfOp>;
  table["::Sin"] = function<math::SinOp>;
  table["::Cos"] = function<math::CosOp>;
  table["::Tan"] = function<math::TanOp>;
  table["::Asin"] = function<math::AsinOp>;
  table["::Acos"] = function<math::AcosOp>;
  table["::Atan"] = function<math::AtanOp>;
  table["::Sinh"] = function<math::SinhOp>;
  table["::Cosh"] = function<math::CoshOp>;
  table["::Tanh"] = function<math::TanhOp>;
  table["::Asinh"] = function<math::AsinhOp>;
  table["::Acosh"] = function<math::AcoshOp>;
  table["::Atanh"] = function<math::AtanhOp>;
}
