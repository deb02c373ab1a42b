//===- Operands.cpp - Operands that broadcast, and arithmetic on them -----===//

#include "Operands.h"

using namespace tenon;
using namespace tenon::onnx_import;
using mlir::failure;
using mlir::FailureOr;
using mlir::LogicalResult;
using mlir::RankedTensorType;
using mlir::Value;
namespace arith = mlir::arith;

LogicalResult onnx_import::requireInputs(const Node &node, size_t count) {
  for (size_t i = 0; i < count; ++i)
    if (!node.has(i))
      return node.error("it lacks input " + llvm::Twine(i));
  return mlir::success();
}

static std::string shapeText(llvm::ArrayRef<int64_t> shape) {
  return shapeString(std::span<const int64_t>(shape.data(), shape.size()));
}

/// Before opset 7 operands broadcast only where attributes said so, and along
/// axes they named.
static bool hasOldBroadcast(const Node &node) {
  return node.opset < 7 &&
         (node.proto.domain().empty() || node.proto.domain() == "ai.onnx") &&
         node.hasAttribute("axis") && node.intAttribute("broadcast", 0);
}

FailureOr<Broadcast> onnx_import::broadcastInputs(const Node &node,
                                                  size_t first, size_t count,
                                                  bool mixed) {
  if (count == 0 || failed(requireInputs(node, first + count)))
    return count ? failure() : node.error("it has no inputs");
  if (hasOldBroadcast(node))
    return node.unsupported("broadcasting along an axis, opset " +
                            llvm::Twine(node.opset));
  Broadcast result;
  for (size_t i = first; i < first + count; ++i) {
    const OnnxValue &value = node.input(i);
    if (!mixed && i > first && value.type != result.type())
      return node.error("its inputs are of the types " +
                        std::string(name(result.type())) + " and " +
                        std::string(name(value.type)));
    auto shape = broadcastShape(result.shape, value.shape());
    if (failed(shape))
      return node.error("the shapes " + shapeText(result.shape) + " and " +
                        shapeText(value.shape()) + " do not broadcast");
    result.shape = std::move(*shape);
    result.values.push_back(value);
  }
  for (OnnxValue &value : result.values) {
    value.value =
        broadcastTo(node.builder, node.loc, value.value, result.shape);
    value.constant.reset();
  }
  return result;
}

Value Arithmetic::constant(Value like, double value) const {
  return splat(builder, loc, mlir::cast<RankedTensorType>(like.getType()),
               value);
}

Value Arithmetic::integer(Value like, int64_t value) const {
  return splatInt(builder, loc, mlir::cast<RankedTensorType>(like.getType()),
                  value);
}

Value Arithmetic::add(Value a, Value b) const {
  return real() ? Value(arith::AddFOp::create(builder, loc, a, b))
                : Value(arith::AddIOp::create(builder, loc, a, b));
}

Value Arithmetic::sub(Value a, Value b) const {
  return real() ? Value(arith::SubFOp::create(builder, loc, a, b))
                : Value(arith::SubIOp::create(builder, loc, a, b));
}

Value Arithmetic::mul(Value a, Value b) const {
  return real() ? Value(arith::MulFOp::create(builder, loc, a, b))
                : Value(arith::MulIOp::create(builder, loc, a, b));
}

/// Whether no element of a divisor traps: it is a constant without 0 and -1.
static bool isHarmless(Value divisor) {
  mlir::DenseIntElementsAttr constant;
  if (!mlir::matchPattern(divisor, mlir::m_Constant(&constant)))
    return false;
  return llvm::none_of(constant.getValues<llvm::APInt>(),
                       [](const llvm::APInt &value) {
                         return value.isZero() || value.isAllOnes();
                       });
}

/// `divisor` with what traps (0, and for signed integers -1) made 1.
static Value withoutTraps(const Arithmetic &math, Value divisor,
                          bool isSigned) {
  Value one = math.integer(divisor, 1), zero = math.integer(divisor, 0);
  Value traps = math.equal(divisor, zero);
  if (isSigned)
    traps =
        arith::OrIOp::create(math.builder, math.loc, traps,
                             math.equal(divisor, math.integer(divisor, -1)));
  return math.select(traps, one, divisor);
}

Value Arithmetic::div(Value a, Value b) const {
  if (real())
    return arith::DivFOp::create(builder, loc, a, b);
  auto divide = [&](Value by) {
    return natural() ? Value(arith::DivUIOp::create(builder, loc, a, by))
                     : Value(arith::DivSIOp::create(builder, loc, a, by));
  };
  if (isHarmless(b))
    return divide(b);
  Value zero = integer(b, 0);
  Value quotient = divide(withoutTraps(*this, b, !natural()));
  if (!natural())
    quotient = select(equal(b, integer(b, -1)), sub(zero, a), quotient);
  return select(equal(b, zero), zero, quotient);
}

Value Arithmetic::rem(Value a, Value b) const {
  if (real())
    return arith::RemFOp::create(builder, loc, a, b);
  // A divisor made 1 leaves the remainder 0, which is what -1 leaves and what
  // is wanted of 0.
  Value by = isHarmless(b) ? b : withoutTraps(*this, b, !natural());
  return natural() ? Value(arith::RemUIOp::create(builder, loc, a, by))
                   : Value(arith::RemSIOp::create(builder, loc, a, by));
}

Value Arithmetic::max(Value a, Value b) const {
  if (real())
    return arith::MaximumFOp::create(builder, loc, a, b);
  return natural() ? Value(arith::MaxUIOp::create(builder, loc, a, b))
                   : Value(arith::MaxSIOp::create(builder, loc, a, b));
}

Value Arithmetic::min(Value a, Value b) const {
  if (real())
    return arith::MinimumFOp::create(builder, loc, a, b);
  return natural() ? Value(arith::MinUIOp::create(builder, loc, a, b))
                   : Value(arith::MinSIOp::create(builder, loc, a, b));
}

Value Arithmetic::neg(Value a) const {
  return real() ? Value(arith::NegFOp::create(builder, loc, a))
                : sub(integer(a, 0), a);
}

static Value compare(const Arithmetic &math, Value a, Value b,
                     arith::CmpFPredicate floats,
                     arith::CmpIPredicate signedInts,
                     arith::CmpIPredicate unsignedInts) {
  if (isFloat(math.type))
    return arith::CmpFOp::create(math.builder, math.loc, floats, a, b);
  bool natural = isUnsigned(math.type) || math.type == DataType::Bool;
  return arith::CmpIOp::create(math.builder, math.loc,
                               natural ? unsignedInts : signedInts, a, b);
}

Value Arithmetic::less(Value a, Value b) const {
  return compare(*this, a, b, arith::CmpFPredicate::OLT,
                 arith::CmpIPredicate::slt, arith::CmpIPredicate::ult);
}

Value Arithmetic::lessOrEqual(Value a, Value b) const {
  return compare(*this, a, b, arith::CmpFPredicate::OLE,
                 arith::CmpIPredicate::sle, arith::CmpIPredicate::ule);
}

Value Arithmetic::equal(Value a, Value b) const {
  return compare(*this, a, b, arith::CmpFPredicate::OEQ,
                 arith::CmpIPredicate::eq, arith::CmpIPredicate::eq);
}

Value Arithmetic::notEqual(Value a, Value b) const {
  return compare(*this, a, b, arith::CmpFPredicate::UNE,
                 arith::CmpIPredicate::ne, arith::CmpIPredicate::ne);
}

Value Arithmetic::select(Value condition, Value a, Value b) const {
  return arith::SelectOp::create(builder, loc, condition, a, b);
}
