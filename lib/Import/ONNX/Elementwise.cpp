//===- Elementwise.cpp - Arithmetic, comparison, logic, bits --------------===//

#include "Operands.h"

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failed;
using mlir::failure;
using mlir::LogicalResult;
using mlir::Value;
namespace arith = mlir::arith;

using BinaryMethod = Value (Arithmetic::*)(Value, Value) const;

template <BinaryMethod method> static LogicalResult arithmetic(Node &node) {
  auto inputs = broadcastInputs(node, 0, 2);
  if (failed(inputs))
    return failure();
  Arithmetic math(node, inputs->type());
  node.setOutput(0, (math.*method)((*inputs)[0], (*inputs)[1]), inputs->type());
  return mlir::success();
}

template <BinaryMethod method, bool swap>
static LogicalResult comparison(Node &node) {
  auto inputs = broadcastInputs(node, 0, 2);
  if (failed(inputs))
    return failure();
  Arithmetic math(node, inputs->type());
  node.setOutput(0, (math.*method)((*inputs)[swap], (*inputs)[!swap]),
                 DataType::Bool);
  return mlir::success();
}

/// Max, Min, Sum, Mean: one operand or more.
template <BinaryMethod method, bool isMean>
static LogicalResult variadic(Node &node) {
  auto inputs = broadcastInputs(node, 0, node.inputCount());
  if (failed(inputs))
    return failure();
  // 16-bit sums of several terms are rounded once.
  DataType type = inputs->type();
  bool widen = isFloat(type) && byteWidth(type) < 4 &&
               method == &Arithmetic::add && inputs->values.size() > 2;
  DataType wide = widen ? DataType::Float32 : type;
  Arithmetic math(node, wide);
  Value result = castTo(node.builder, node.loc, inputs->values.front(), wide);
  for (const OnnxValue &value : llvm::drop_begin(inputs->values))
    result =
        (math.*method)(result, castTo(node.builder, node.loc, value, wide));
  if (isMean)
    result = math.div(result, math.constant(result, inputs->values.size()));
  node.setOutput(
      0, castTo(node.builder, node.loc, OnnxValue{result, wide, {}}, type),
      type);
  return mlir::success();
}

template <typename Op> static LogicalResult bits(Node &node) {
  auto inputs = broadcastInputs(node, 0, 2);
  if (failed(inputs))
    return failure();
  if (isFloat(inputs->type()))
    return node.error("it is not defined for floats");
  node.setOutput(0,
                 Op::create(node.builder, node.loc, (*inputs)[0], (*inputs)[1]),
                 inputs->type());
  return mlir::success();
}

static LogicalResult invertBits(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  const OnnxValue &input = node.input(0);
  if (isFloat(input.type))
    return node.error("it is not defined for floats");
  Arithmetic math(node, input.type);
  node.setOutput(0,
                 arith::XOrIOp::create(node.builder, node.loc, input.value,
                                       math.integer(input.value, -1)),
                 input.type);
  return mlir::success();
}

/// A right shift of signed integers repeats the sign. A shift by the width or
/// more (a negative one reads so) leaves the sign or nothing; the op itself
/// would be undefined.
static LogicalResult bitShift(Node &node) {
  auto inputs = broadcastInputs(node, 0, 2);
  if (failed(inputs))
    return failure();
  DataType type = inputs->type();
  if (isFloat(type) || type == DataType::Bool)
    return node.error("it is defined for integers alone");
  std::string direction = node.stringAttribute("direction", "");
  if (direction != "LEFT" && direction != "RIGHT")
    return node.error("its direction '" + direction +
                      "' is neither LEFT nor RIGHT");
  Arithmetic math(node, type);
  mlir::OpBuilder &builder = node.builder;
  Value value = (*inputs)[0], by = (*inputs)[1];
  int64_t width = 8 * int64_t(byteWidth(type));
  Value fits =
      arith::CmpIOp::create(builder, node.loc, arith::CmpIPredicate::ult, by,
                            math.integer(by, width));
  bool isLeft = direction == "LEFT";
  if (!isLeft && !isUnsigned(type)) {
    Value safe = math.select(fits, by, math.integer(by, width - 1));
    node.setOutput(0, arith::ShRSIOp::create(builder, node.loc, value, safe),
                   type);
    return mlir::success();
  }
  Value zero = math.integer(value, 0);
  Value safe = math.select(fits, by, zero);
  Value shifted =
      isLeft ? Value(arith::ShLIOp::create(builder, node.loc, value, safe))
             : Value(arith::ShRUIOp::create(builder, node.loc, value, safe));
  node.setOutput(0, math.select(fits, shifted, zero), type);
  return mlir::success();
}

/// Python's remainder (the divisor's sign), or with fmod C's (the dividend's).
static LogicalResult mod(Node &node) {
  auto inputs = broadcastInputs(node, 0, 2);
  if (failed(inputs))
    return failure();
  DataType type = inputs->type();
  Arithmetic math(node, type);
  Value divisor = (*inputs)[1];
  Value result = math.rem((*inputs)[0], divisor);
  if (!node.intAttribute("fmod", 0) && !isUnsigned(type)) {
    Value zero = math.constant(result, 0);
    Value differ =
        arith::XOrIOp::create(node.builder, node.loc, math.less(result, zero),
                              math.less(divisor, zero));
    Value inexact = math.notEqual(result, zero);
    Value adjust =
        arith::AndIOp::create(node.builder, node.loc, inexact, differ);
    result = math.select(adjust, math.add(result, divisor), result);
    // A float's zero has a sign too.
    if (isFloat(type))
      result = math.select(inexact, result,
                           mlir::math::CopySignOp::create(
                               node.builder, node.loc, result, divisor));
  }
  node.setOutput(0, result, type);
  return mlir::success();
}

static LogicalResult where(Node &node) {
  auto inputs = broadcastInputs(node, 0, 3, /*mixed=*/true);
  if (failed(inputs))
    return failure();
  if (inputs->values[0].type != DataType::Bool ||
      inputs->values[1].type != inputs->values[2].type)
    return node.error("its inputs are not a boolean and two of one type");
  node.setOutput(0,
                 arith::SelectOp::create(node.builder, node.loc, (*inputs)[0],
                                         (*inputs)[1], (*inputs)[2]),
                 inputs->values[1].type);
  return mlir::success();
}

/// A bound of Clip, broadcast; null where there is none.
static mlir::FailureOr<Value> clipBound(Node &node, size_t i,
                                        llvm::StringRef attribute) {
  const OnnxValue &input = node.input(0);
  if (node.opset < 11) {
    if (!node.hasAttribute(attribute))
      return Value();
    return splat(node.builder, node.loc, input.tensorType(),
                 node.floatAttribute(attribute, 0));
  }
  if (!node.has(i))
    return Value();
  const OnnxValue &bound = node.input(i);
  if (bound.type != input.type || bound.tensorType().getNumElements() != 1)
    return mlir::FailureOr<Value>(node.error(
        "its bound '" + attribute + "' is not a scalar of the input's type"));
  Value scalar = reshapeTo(node.builder, node.loc, bound.value, {});
  return broadcastTo(node.builder, node.loc, scalar, input.shape());
}

/// min(max(x, low), high): where the bounds cross, the upper one wins.
static LogicalResult clip(Node &node) {
  if (failed(requireInputs(node, 1)))
    return failure();
  auto low = clipBound(node, 1, "min"), high = clipBound(node, 2, "max");
  if (failed(low) || failed(high))
    return failure();
  const OnnxValue &input = node.input(0);
  Arithmetic math(node, input.type);
  Value result = input.value;
  if (*low)
    result = math.max(result, *low);
  if (*high)
    result = math.min(result, *high);
  node.setOutput(0, result, input.type);
  return mlir::success();
}

/// base^exponent of integers by squaring. Seven bits of the exponent are
/// enough: beyond 63 only 0, 1 and -1 have powers that fit.
static Value integerPower(const Arithmetic &math, Value base, Value exponent) {
  mlir::OpBuilder &builder = math.builder;
  Value one = math.integer(base, 1), zero = math.integer(base, 0);
  auto bit = [&](Value of, int k) {
    Value shifted =
        arith::ShRUIOp::create(builder, math.loc, of, math.integer(base, k));
    return math.notEqual(arith::AndIOp::create(builder, math.loc, shifted, one),
                         zero);
  };
  Value odd = bit(exponent, 0);
  Value beyond =
      math.select(odd, math.integer(base, 65), math.integer(base, 64));
  Value steps = math.select(math.less(exponent, math.integer(base, 64)),
                            exponent, beyond);
  Value result = one, square = base;
  for (int k = 0; k < 7; ++k) {
    result = math.select(bit(steps, k), math.mul(result, square), result);
    square = math.mul(square, square);
  }
  if (isUnsigned(math.type))
    return result;
  // The reciprocal of all but 1 and -1 truncates to 0.
  Value isOne = math.equal(base, one);
  Value isMinusOne = math.equal(base, math.integer(base, -1));
  Value inverse = math.select(
      isOne, one,
      math.select(isMinusOne, math.select(odd, math.integer(base, -1), one),
                  zero));
  return math.select(math.less(exponent, zero), inverse, result);
}

static LogicalResult pow(Node &node) {
  auto inputs = broadcastInputs(node, 0, 2, /*mixed=*/true);
  if (failed(inputs))
    return failure();
  const OnnxValue &base = inputs->values[0], &exponent = inputs->values[1];
  DataType type = base.type;
  if (!isFloat(type) && !isFloat(exponent.type)) {
    Value power = castTo(node.builder, node.loc, exponent, type);
    node.setOutput(0, integerPower(Arithmetic(node, type), base.value, power),
                   type);
    return mlir::success();
  }
  bool wide = type == DataType::Float64 || exponent.type == DataType::Float64 ||
              !isFloat(type);
  DataType computed = wide ? DataType::Float64 : DataType::Float32;
  Arithmetic math(node, computed);
  Value x = castTo(node.builder, node.loc, base, computed);
  Value y = castTo(node.builder, node.loc, exponent, computed);
  // The commonest exponents, exactly and fast.
  mlir::DenseFPElementsAttr constant;
  double known = 0;
  if (mlir::matchPattern(node.input(1).value, mlir::m_Constant(&constant)) &&
      constant.isSplat() && !llvm::is_contained(inputs->shape, 0))
    known = constant.getSplatValue<llvm::APFloat>().convertToDouble();
  Value result =
      known == 1   ? x
      : known == 2 ? math.mul(x, x)
      : known == 3
          ? math.mul(math.mul(x, x), x)
          : Value(mlir::math::PowFOp::create(node.builder, node.loc, x, y));
  node.setOutput(
      0, castTo(node.builder, node.loc, OnnxValue{result, computed, {}}, type),
      type);
  return mlir::success();
}

void onnx_import::addElementwise(OperatorTable &table) {
  table["::Add"] = arithmetic<&Arithmetic::add>;
  table["::Sub"] = arithmetic<&Arithmetic::sub>;
  table["::Mul"] = arithmetic<&Arithmetic::mul>;
  table["::Div"] = arithmetic<&Arithmetic::div>;
  table["::Max"] = variadic<&Arithmetic::max, false>;
  table["::Min"] = variadic<&Arithmetic::min, false>;
  table["::Sum"] = variadic<&Arithmetic::add, false>;
  table["::Mean"] = variadic<&Arithmetic::add, true>;
  table["::Less"] = comparison<&Arithmetic::less, false>;
  table["::LessOrEqual"] = comparison<&Arithmetic::lessOrEqual, false>;
  table["::Greater"] = comparison<&Arithmetic::less, true>;
  table["::GreaterOrEqual"] = comparison<&Arithmetic::lessOrEqual, true>;
  table["::Equal"] = comparison<&Arithmetic::equal, false>;
  table["::And"] = bits<arith::AndIOp>;
  table["::Or"] = bits<arith::OrIOp>;
  table["::Xor"] = bits<arith::XOrIOp>;
  table["::Not"] = invertBits;
  table["::BitwiseAnd"] = bits<arith::AndIOp>;
  table["::BitwiseOr"] = bits<arith::OrIOp>;
  table["::BitwiseXor"] = bits<arith::XOrIOp>;
  table["::BitwiseNot"] = invertBits;
  table["::BitShift"] = bitShift;
  table["::Mod"] = mod;
  table["::Where"] = where;
  table["::Clip"] = clip;
  table["::Pow"] = pow;
  addMath(table);
}
