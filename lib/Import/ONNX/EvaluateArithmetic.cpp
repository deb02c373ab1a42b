//===- EvaluateArithmetic.cpp - Elementwise ops on known values -----------===//

#include "Evaluator.h"

#include "tenon/IR/TenonOps.h"

#include <cmath>
#include <limits>

using namespace tenon;
using namespace tenon::onnx_import;
namespace arith = mlir::arith;
namespace math = mlir::math;

template <typename Function>
static Results mapFloats(Operands operands, Function function) {
  Contents result(operands[0]->shape, operands[0]->element);
  for (size_t i = 0; i < result.size(); ++i)
    result.set(i, static_cast<double>(function(i)));
  return std::vector<Contents>{std::move(result)};
}

template <typename Function>
static Results mapInts(Operands operands, Function function) {
  Contents result(operands[0]->shape, operands[0]->element);
  for (size_t i = 0; i < result.size(); ++i)
    result.set(i, static_cast<int64_t>(function(i)));
  return std::vector<Contents>{std::move(result)};
}

static double maximumOf(double a, double b) {
  return std::isnan(a) ? a : std::isnan(b) ? b : std::max(a, b);
}
static double minimumOf(double a, double b) {
  return std::isnan(a) ? a : std::isnan(b) ? b : std::min(a, b);
}

/// C++'s division, without the two cases that trap.
static int64_t divide(int64_t a, int64_t b) {
  return b == 0 ? 0 : b == -1 ? static_cast<int64_t>(-uint64_t(a)) : a / b;
}
static int64_t remainder(int64_t a, int64_t b) {
  return b == 0 || b == -1 ? 0 : a % b;
}

/// Of the activations the one that occurs in computed sizes: Range as a
/// function.
static bool isRelu(mlir::Operation *op) {
  auto activation = mlir::dyn_cast<mlir::tenon::ActivationOp>(op);
  return activation &&
         activation.getKind() == mlir::tenon::ActivationKind::relu;
}

static Results evaluateFloats(mlir::Operation *op, Operands operands) {
  auto a = [&](size_t i) { return operands[0]->floats[i]; };
  auto b = [&](size_t i) { return operands[1]->floats[i]; };
  using Unary = double (*)(double);
  auto unary =
      llvm::TypeSwitch<mlir::Operation *, Unary>(op)
          .Case<arith::NegFOp>(
              [](auto) { return +[](double x) { return -x; }; })
          .Case<math::AbsFOp>([](auto) { return Unary(std::fabs); })
          .Case<math::CeilOp>([](auto) { return Unary(std::ceil); })
          .Case<math::FloorOp>([](auto) { return Unary(std::floor); })
          .Case<math::RoundEvenOp>([](auto) { return Unary(std::nearbyint); })
          .Case<math::SqrtOp>([](auto) { return Unary(std::sqrt); })
          .Case<math::ExpOp>([](auto) { return Unary(std::exp); })
          .Case<math::LogOp>([](auto) { return Unary(std::log); })
          .Case<math::SinOp>([](auto) { return Unary(std::sin); })
          .Case<math::CosOp>([](auto) { return Unary(std::cos); })
          .Case<math::TanhOp>([](auto) { return Unary(std::tanh); })
          .Default([](auto) { return Unary(nullptr); });
  if (unary)
    return mapFloats(operands, [&](size_t i) { return unary(a(i)); });
  if (isRelu(op))
    return mapFloats(operands, [&](size_t i) { return maximumOf(a(i), 0); });
  return llvm::TypeSwitch<mlir::Operation *, Results>(op)
      .Case<arith::AddFOp>([&](auto) {
        return mapFloats(operands, [&](size_t i) { return a(i) + b(i); });
      })
      .Case<arith::SubFOp>([&](auto) {
        return mapFloats(operands, [&](size_t i) { return a(i) - b(i); });
      })
      .Case<arith::MulFOp>([&](auto) {
        return mapFloats(operands, [&](size_t i) { return a(i) * b(i); });
      })
      .Case<arith::DivFOp>([&](auto) {
        return mapFloats(operands, [&](size_t i) { return a(i) / b(i); });
      })
      .Case<arith::RemFOp>([&](auto) {
        return mapFloats(operands,
                         [&](size_t i) { return std::fmod(a(i), b(i)); });
      })
      .Case<math::PowFOp>([&](auto) {
        return mapFloats(operands,
                         [&](size_t i) { return std::pow(a(i), b(i)); });
      })
      .Case<math::CopySignOp>([&](auto) {
        return mapFloats(operands,
                         [&](size_t i) { return std::copysign(a(i), b(i)); });
      })
      .Case<arith::MaximumFOp>([&](auto) {
        return mapFloats(operands,
                         [&](size_t i) { return maximumOf(a(i), b(i)); });
      })
      .Case<arith::MinimumFOp>([&](auto) {
        return mapFloats(operands,
                         [&](size_t i) { return minimumOf(a(i), b(i)); });
      })
      .Default([](auto) { return std::nullopt; });
}

static Results evaluateInts(mlir::Operation *op, Operands operands) {
  auto a = [&](size_t i) { return operands[0]->ints[i]; };
  auto b = [&](size_t i) { return operands[1]->ints[i]; };
  // The low bits of these do not depend on the sign; unsigned ones wrap.
  auto ua = [&](size_t i) { return operands[0]->unsignedAt(i); };
  auto ub = [&](size_t i) { return operands[1]->unsignedAt(i); };
  uint64_t width = operands[0]->width();
  auto map = [&](auto function) { return mapInts(operands, function); };
  if (isRelu(op))
    return map([&](size_t i) { return std::max<int64_t>(a(i), 0); });
  return llvm::TypeSwitch<mlir::Operation *, Results>(op)
      .Case<arith::AddIOp>(
          [&](auto) { return map([&](size_t i) { return ua(i) + ub(i); }); })
      .Case<arith::SubIOp>(
          [&](auto) { return map([&](size_t i) { return ua(i) - ub(i); }); })
      .Case<arith::MulIOp>(
          [&](auto) { return map([&](size_t i) { return ua(i) * ub(i); }); })
      .Case<arith::DivSIOp>([&](auto) {
        return map([&](size_t i) { return divide(a(i), b(i)); });
      })
      .Case<arith::RemSIOp>([&](auto) {
        return map([&](size_t i) { return remainder(a(i), b(i)); });
      })
      .Case<arith::DivUIOp>([&](auto) {
        return map([&](size_t i) { return ub(i) ? ua(i) / ub(i) : 0; });
      })
      .Case<arith::RemUIOp>([&](auto) {
        return map([&](size_t i) { return ub(i) ? ua(i) % ub(i) : 0; });
      })
      .Case<arith::MaxSIOp>([&](auto) {
        return map([&](size_t i) { return std::max(a(i), b(i)); });
      })
      .Case<arith::MinSIOp>([&](auto) {
        return map([&](size_t i) { return std::min(a(i), b(i)); });
      })
      .Case<arith::MaxUIOp>([&](auto) {
        return map([&](size_t i) { return std::max(ua(i), ub(i)); });
      })
      .Case<arith::MinUIOp>([&](auto) {
        return map([&](size_t i) { return std::min(ua(i), ub(i)); });
      })
      .Case<arith::AndIOp>(
          [&](auto) { return map([&](size_t i) { return a(i) & b(i); }); })
      .Case<arith::OrIOp>(
          [&](auto) { return map([&](size_t i) { return a(i) | b(i); }); })
      .Case<arith::XOrIOp>(
          [&](auto) { return map([&](size_t i) { return a(i) ^ b(i); }); })
      .Case<arith::ShLIOp>([&](auto) {
        return map(
            [&](size_t i) { return ub(i) < width ? ua(i) << ub(i) : 0; });
      })
      .Case<arith::ShRUIOp>([&](auto) {
        return map(
            [&](size_t i) { return ub(i) < width ? ua(i) >> ub(i) : 0; });
      })
      .Case<arith::ShRSIOp>([&](auto) {
        return map([&](size_t i) { return ub(i) < width ? a(i) >> ub(i) : 0; });
      })
      .Case<math::AbsIOp>([&](auto) {
        return map([&](size_t i) { return a(i) < 0 ? -uint64_t(a(i)) : a(i); });
      })
      .Default([](auto) { return std::nullopt; });
}

static bool compareInts(arith::CmpIPredicate predicate, int64_t a, int64_t b,
                        uint64_t ua, uint64_t ub) {
  switch (predicate) {
  case arith::CmpIPredicate::eq:
    return a == b;
  case arith::CmpIPredicate::ne:
    return a != b;
  case arith::CmpIPredicate::slt:
    return a < b;
  case arith::CmpIPredicate::sle:
    return a <= b;
  case arith::CmpIPredicate::sgt:
    return a > b;
  case arith::CmpIPredicate::sge:
    return a >= b;
  case arith::CmpIPredicate::ult:
    return ua < ub;
  case arith::CmpIPredicate::ule:
    return ua <= ub;
  case arith::CmpIPredicate::ugt:
    return ua > ub;
  case arith::CmpIPredicate::uge:
    return ua >= ub;
  }
  return false;
}

/// The predicates that the importers use; nothing for the others.
static std::optional<bool> compareFloats(arith::CmpFPredicate predicate,
                                         double a, double b) {
  switch (predicate) {
  case arith::CmpFPredicate::OEQ:
    return a == b;
  case arith::CmpFPredicate::UNE:
    return a != b;
  case arith::CmpFPredicate::OLT:
    return a < b;
  case arith::CmpFPredicate::OLE:
    return a <= b;
  case arith::CmpFPredicate::OGT:
    return a > b;
  case arith::CmpFPredicate::OGE:
    return a >= b;
  case arith::CmpFPredicate::UNO:
    return std::isnan(a) || std::isnan(b);
  default:
    return std::nullopt;
  }
}

static Results evaluateComparison(mlir::Operation *op, Operands operands) {
  Contents result(operands[0]->shape,
                  mlir::IntegerType::get(op->getContext(), 1));
  for (size_t i = 0; i < result.size(); ++i) {
    if (auto compare = mlir::dyn_cast<arith::CmpIOp>(op)) {
      result.ints[i] = compareInts(
          compare.getPredicate(), operands[0]->ints[i], operands[1]->ints[i],
          operands[0]->unsignedAt(i), operands[1]->unsignedAt(i));
      continue;
    }
    std::optional<bool> holds =
        compareFloats(mlir::cast<arith::CmpFOp>(op).getPredicate(),
                      operands[0]->floats[i], operands[1]->floats[i]);
    if (!holds)
      return std::nullopt;
    result.ints[i] = *holds;
  }
  return std::vector<Contents>{std::move(result)};
}

/// A float as an integer of `width` bits: cut off, clamped, NaN is 0.
static int64_t truncateTo(double value, unsigned width, bool isUnsigned) {
  if (std::isnan(value))
    return 0;
  value = std::trunc(value);
  double least = isUnsigned ? 0 : -std::ldexp(1.0, width - 1);
  double beyond = std::ldexp(1.0, isUnsigned ? width : width - 1);
  if (value < least)
    return isUnsigned ? 0 : static_cast<int64_t>(least);
  if (value >= beyond)
    return static_cast<int64_t>(
        isUnsigned ? std::numeric_limits<uint64_t>::max() >> (64 - width)
                   : std::numeric_limits<uint64_t>::max() >> (65 - width));
  return isUnsigned ? static_cast<int64_t>(static_cast<uint64_t>(value))
                    : static_cast<int64_t>(value);
}

static Results evaluateCast(mlir::tenon::CastOp op, Operands operands) {
  const Contents &input = *operands[0];
  Contents result(input.shape,
                  mlir::getElementTypeOrSelf(op.getResult().getType()));
  bool toBool = result.element.isInteger(1);
  // The range of 8-bit floats is beyond what is needed of shapes.
  if (result.isFloat() && result.width() < 16)
    return std::nullopt;
  for (size_t i = 0; i < result.size(); ++i) {
    if (result.isFloat())
      result.set(i, input.isFloat() ? input.floats[i]
                    : op.getUnsignedInput() || input.element.isInteger(1)
                        ? static_cast<double>(input.unsignedAt(i))
                        : static_cast<double>(input.ints[i]));
    else if (toBool)
      result.ints[i] =
          input.isFloat() ? input.floats[i] != 0 : input.ints[i] != 0;
    else if (input.isFloat())
      result.set(i, truncateTo(input.floats[i], result.width(),
                               op.getUnsignedResult()));
    else
      result.set(i, op.getUnsignedInput()
                        ? static_cast<int64_t>(input.unsignedAt(i))
                        : input.ints[i]);
  }
  return std::vector<Contents>{std::move(result)};
}

Results onnx_import::evaluateArithmetic(mlir::Operation *op,
                                        Operands operands) {
  if (operands.empty() || op->getNumResults() != 1)
    return std::nullopt;
  for (const Contents *operand : operands)
    if (operand->shape != operands[0]->shape)
      return std::nullopt;
  if (mlir::isa<arith::CmpIOp, arith::CmpFOp>(op))
    return evaluateComparison(op, operands);
  if (auto cast = mlir::dyn_cast<mlir::tenon::CastOp>(op))
    return evaluateCast(cast, operands);
  if (mlir::isa<arith::SelectOp>(op)) {
    Contents result(operands[1]->shape, operands[1]->element);
    for (size_t i = 0; i < result.size(); ++i)
      result.copy(i, *operands[operands[0]->ints[i] ? 1 : 2], i);
    return std::vector<Contents>{std::move(result)};
  }
  return operands[0]->isFloat() ? evaluateFloats(op, operands)
                                : evaluateInts(op, operands);
}
