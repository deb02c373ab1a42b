//===- ElementConversion.cpp - Scalars from type to type ------------------===//
//
// Floats of 8 bits and less have no instructions and no LLVM type: they are
// taken apart and put together by integer arithmetic.
//
//===----------------------------------------------------------------------===//

#include "ElementConversion.h"
#include "LoweringBuilders.h"

#include <cmath>

using namespace mlir;
using namespace mlir::tenon;
using arith::CmpFPredicate;
using arith::CmpIPredicate;

namespace {
/// A float of 8 bits or less. Codes count upwards with the magnitude.
struct SmallFloat {
  unsigned width;
  unsigned mantissaBits;
  int bias;
  /// Codes of magnitudes: the largest finite one and what overflow becomes
  /// (infinity, or NaN, or the largest one where there is neither).
  unsigned largest;
  unsigned overflow;
  /// Code of NaN, with its sign bit; none where the type has no NaN.
  std::optional<unsigned> nan;
  /// The code of -0 means NaN.
  bool lacksNegativeZero = false;

  unsigned signBit() const { return 1u << (width - 1); }
};
} // namespace

static std::optional<SmallFloat> getSmallFloat(Type type) {
  if (isa<Float8E4M3FNType>(type))
    return SmallFloat{8, 3, 7, 0x7E, 0x7F, 0x7F};
  if (isa<Float8E4M3FNUZType>(type))
    return SmallFloat{8, 3, 8, 0x7F, 0x80, 0x80, true};
  if (isa<Float8E5M2Type>(type))
    return SmallFloat{8, 2, 15, 0x7B, 0x7C, 0x7F};
  if (isa<Float8E5M2FNUZType>(type))
    return SmallFloat{8, 2, 16, 0x7F, 0x80, 0x80, true};
  if (isa<Float4E2M1FNType>(type))
    return SmallFloat{4, 1, 1, 0x7, 0x7, std::nullopt};
  return std::nullopt;
}

bool tenon::isConvertible(Type element) {
  return isa<IntegerType, Float16Type, BFloat16Type, Float32Type, Float64Type>(
             element) ||
         getSmallFloat(element);
}

static Value createInteger(ImplicitLocOpBuilder &b, Type type, uint64_t value) {
  APInt bits(type.getIntOrFloatBitWidth(), value, false, true);
  return arith::ConstantOp::create(b, b.getIntegerAttr(type, bits));
}

static Value createSelect(ImplicitLocOpBuilder &b, Value condition, Value yes,
                          Value no) {
  return arith::SelectOp::create(b, condition, yes, no);
}

/// The magnitude's code, shifted to the place of f32's exponent and mantissa,
/// is the value but for the difference of the biases; subnormals included.
static Value decodeSmallFloat(ImplicitLocOpBuilder &b, Value scalar,
                              const SmallFloat &format) {
  Type i32 = b.getI32Type(), f32 = b.getF32Type();
  Value code =
      arith::BitcastOp::create(b, b.getIntegerType(format.width), scalar);
  code = arith::ExtUIOp::create(b, i32, code);
  Value magnitude = arith::AndIOp::create(
      b, code, createInteger(b, i32, format.signBit() - 1));
  Value sign =
      arith::AndIOp::create(b, code, createInteger(b, i32, format.signBit()));
  sign =
      arith::ShLIOp::create(b, sign, createInteger(b, i32, 32 - format.width));
  Value bits = arith::ShLIOp::create(
      b, magnitude, createInteger(b, i32, 23 - format.mantissaBits));
  Value value = arith::MulFOp::create(
      b, arith::BitcastOp::create(b, f32, bits),
      createScalar(b, f32, std::ldexp(1.0, 127 - format.bias)));
  bits = arith::BitcastOp::create(b, i32, value);
  auto replace = [&](CmpIPredicate predicate, Value tested, unsigned than,
                     uint64_t with) {
    Value applies = arith::CmpIOp::create(b, predicate, tested,
                                          createInteger(b, i32, than));
    bits = createSelect(b, applies, createInteger(b, i32, with), bits);
  };
  constexpr uint64_t infinity = 0x7F800000, nan = 0x7FC00000;
  if (format.lacksNegativeZero) {
    bits = arith::OrIOp::create(b, bits, sign);
    replace(CmpIPredicate::eq, code, *format.nan, nan);
    return arith::BitcastOp::create(b, f32, bits);
  }
  if (format.nan) {
    replace(CmpIPredicate::ugt, magnitude, format.largest, nan);
    if (format.overflow != *format.nan)
      replace(CmpIPredicate::eq, magnitude, format.overflow, infinity);
  }
  bits = arith::OrIOp::create(b, bits, sign);
  return arith::BitcastOp::create(b, f32, bits);
}

/// Rounds an f32 or f64 to a small float.
static Value encodeSmallFloat(ImplicitLocOpBuilder &b, Value scalar, Type type,
                              const SmallFloat &format, bool saturate) {
  auto wide = cast<FloatType>(scalar.getType());
  unsigned width = wide.getWidth();
  unsigned wideMantissa = wide.getFPMantissaWidth() - 1;
  int wideBias = width == 32 ? 127 : 1023;
  Type integer = b.getIntegerType(width);
  auto constant = [&](uint64_t value) {
    return createInteger(b, integer, value);
  };
  Value bits = arith::BitcastOp::create(b, integer, scalar);
  Value sign = arith::ShRUIOp::create(b, bits, constant(width - 1));
  sign = arith::ShLIOp::create(b, sign, constant(format.width - 1));
  Value magnitude = arith::AndIOp::create(
      b, bits, constant((uint64_t(1) << (width - 1)) - 1));

  // Normal: the mantissa's tail is rounded away to nearest even, a carry runs
  // into the exponent as it should, and the bias is exchanged.
  unsigned tail = wideMantissa - format.mantissaBits;
  Value last = arith::ShRUIOp::create(b, magnitude, constant(tail));
  last = arith::AndIOp::create(b, last, constant(1));
  Value rounded = arith::AddIOp::create(
      b, magnitude, constant((uint64_t(1) << (tail - 1)) - 1));
  rounded = arith::AddIOp::create(b, rounded, last);
  rounded = arith::ShRUIOp::create(b, rounded, constant(tail));
  Value code = arith::SubIOp::create(
      b, rounded,
      constant(uint64_t(wideBias - format.bias) << format.mantissaBits));

  // Subnormal: adding the number whose last place is the format's smallest step
  // leaves the count of steps in the last places, rounded by the addition.
  int step = 1 - format.bias - static_cast<int>(format.mantissaBits);
  Value magic = createScalar(
      b, wide, std::ldexp(1.0, static_cast<int>(wideMantissa) + step));
  Value sum = arith::AddFOp::create(
      b, arith::BitcastOp::create(b, wide, magnitude), magic);
  Value steps =
      arith::SubIOp::create(b, arith::BitcastOp::create(b, integer, sum),
                            arith::BitcastOp::create(b, integer, magic));
  uint64_t smallestNormal = uint64_t(wideBias + 1 - format.bias)
                            << wideMantissa;
  Value isSubnormal = arith::CmpIOp::create(b, CmpIPredicate::ult, magnitude,
                                            constant(smallestNormal));
  code = createSelect(b, isSubnormal, steps, code);

  Value overflows = arith::CmpIOp::create(b, CmpIPredicate::ugt, code,
                                          constant(format.largest));
  code =
      createSelect(b, overflows,
                   constant(saturate ? format.largest : format.overflow), code);
  Value signedCode = arith::OrIOp::create(b, code, sign);
  if (format.lacksNegativeZero) {
    Value isZero =
        arith::CmpIOp::create(b, CmpIPredicate::eq, code, constant(0));
    signedCode = createSelect(b, isZero, code, signedCode);
  }
  if (format.nan) {
    Value isNan = arith::CmpFOp::create(b, CmpFPredicate::UNO, scalar, scalar);
    signedCode = createSelect(b, isNan, constant(*format.nan), signedCode);
  }
  Value narrow =
      arith::TruncIOp::create(b, b.getIntegerType(format.width), signedCode);
  return arith::BitcastOp::create(b, type, narrow);
}

/// Rounds an f64 to the f32 that is odd in its last place unless it is exact. A
/// second rounding, to 16 bits, then gives what one rounding would have given.
static Value roundToOdd(ImplicitLocOpBuilder &b, Value scalar) {
  Type i32 = b.getI32Type(), f64 = b.getF64Type();
  Value nearest = arith::TruncFOp::create(b, b.getF32Type(), scalar);
  Value back = arith::ExtFOp::create(b, f64, nearest);
  Value bits = arith::BitcastOp::create(b, i32, nearest);
  Value isInexact = arith::CmpFOp::create(b, CmpFPredicate::ONE, back, scalar);
  Value lastBit = arith::AndIOp::create(b, bits, createInteger(b, i32, 1));
  Value isEven = arith::CmpIOp::create(b, CmpIPredicate::eq, lastBit,
                                       createInteger(b, i32, 0));
  Value isBelow = arith::CmpFOp::create(b, CmpFPredicate::OLT,
                                        math::AbsFOp::create(b, back),
                                        math::AbsFOp::create(b, scalar));
  Value step = createSelect(b, isBelow, createInteger(b, i32, 1),
                            createInteger(b, i32, -1));
  Value odd = arith::AddIOp::create(b, bits, step);
  bits =
      createSelect(b, arith::AndIOp::create(b, isInexact, isEven), odd, bits);
  return arith::BitcastOp::create(b, b.getF32Type(), bits);
}

Value tenon::convertFloat(ImplicitLocOpBuilder &b, Value scalar, Type type,
                          bool saturate) {
  if (scalar.getType() == type)
    return scalar;
  if (std::optional<SmallFloat> format = getSmallFloat(scalar.getType()))
    return convertFloat(b, decodeSmallFloat(b, scalar, *format), type,
                        saturate);
  unsigned width = cast<FloatType>(type).getWidth();
  if (cast<FloatType>(scalar.getType()).getWidth() == 16) {
    scalar = arith::ExtFOp::create(b, b.getF32Type(), scalar);
    return convertFloat(b, scalar, type, saturate);
  }
  if (std::optional<SmallFloat> format = getSmallFloat(type))
    return encodeSmallFloat(b, scalar, type, *format, saturate);
  if (width == 64)
    return arith::ExtFOp::create(b, type, scalar);
  if (width == 16 && scalar.getType().isF64())
    scalar = roundToOdd(b, scalar);
  return arith::TruncFOp::create(b, type, scalar);
}

/// Conversion of a number out of the type's range is undefined in LLVM: it is
/// replaced by the bound.
static Value floatToInteger(ImplicitLocOpBuilder &b, Value scalar,
                            IntegerType type, bool isUnsigned) {
  Type wide = getComputeType(scalar.getType());
  scalar = convertFloat(b, scalar, wide);
  unsigned width = type.getWidth();
  if (width < 8) {
    // As ONNX's own conversion to 4 bits: the low bits of the integer.
    Value integer = floatToInteger(b, scalar, b.getI32Type(), false);
    return arith::TruncIOp::create(b, type, integer);
  }
  // The first numbers outside, exact in any float type.
  double above = std::ldexp(1.0, isUnsigned ? width : width - 1);
  Value converted, isBelow;
  if (isUnsigned) {
    converted = arith::FPToUIOp::create(b, type, scalar);
    isBelow = arith::CmpFOp::create(b, CmpFPredicate::OLE, scalar,
                                    createScalar(b, wide, -1.0));
  } else {
    converted = arith::FPToSIOp::create(b, type, scalar);
    isBelow = arith::CmpFOp::create(b, CmpFPredicate::OLT, scalar,
                                    createScalar(b, wide, -above));
  }
  Value isAbove = arith::CmpFOp::create(b, CmpFPredicate::OGE, scalar,
                                        createScalar(b, wide, above));
  Value isNan = arith::CmpFOp::create(b, CmpFPredicate::UNO, scalar, scalar);
  APInt lowest =
      isUnsigned ? APInt::getMinValue(width) : APInt::getSignedMinValue(width);
  APInt highest =
      isUnsigned ? APInt::getMaxValue(width) : APInt::getSignedMaxValue(width);
  auto constant = [&](const APInt &value) {
    return arith::ConstantOp::create(b, b.getIntegerAttr(type, value));
  };
  converted = createSelect(b, isBelow, constant(lowest), converted);
  converted = createSelect(b, isAbove, constant(highest), converted);
  return createSelect(b, isNan, constant(APInt::getZero(width)), converted);
}

static Value integerToFloat(ImplicitLocOpBuilder &b, Value scalar,
                            FloatType type, const ConversionFlags &flags) {
  auto from = cast<IntegerType>(scalar.getType());
  // A narrow float is rounded from a type that holds the integer exactly. For
  // bf16 that is always f64: from f32 the two steps would be folded into one
  // for which processors have no instruction.
  bool needsDigits = from.getWidth() > 16 || type.isBF16();
  Type exact = type.getWidth() >= 32 ? Type(type)
               : needsDigits         ? Type(b.getF64Type())
                                     : Type(b.getF32Type());
  Value wide = flags.unsignedInput || from.getWidth() == 1
                   ? Value(arith::UIToFPOp::create(b, exact, scalar))
                   : Value(arith::SIToFPOp::create(b, exact, scalar));
  return convertFloat(b, wide, type, flags.saturate);
}

Value tenon::convertElement(ImplicitLocOpBuilder &b, Value scalar, Type type,
                            ConversionFlags flags) {
  Type source = scalar.getType();
  if (source == type)
    return scalar;
  if (auto target = dyn_cast<FloatType>(type))
    return isa<FloatType>(source)
               ? convertFloat(b, scalar, type, flags.saturate)
               : integerToFloat(b, scalar, target, flags);
  auto target = cast<IntegerType>(type);
  if (isa<FloatType>(source)) {
    if (target.getWidth() > 1)
      return floatToInteger(b, scalar, target, flags.unsignedResult);
    Type wide = getComputeType(source);
    return arith::CmpFOp::create(b, CmpFPredicate::UNE,
                                 convertFloat(b, scalar, wide),
                                 createScalar(b, wide, 0.0));
  }
  unsigned from = cast<IntegerType>(source).getWidth(), to = target.getWidth();
  if (to == 1)
    return arith::CmpIOp::create(b, CmpIPredicate::ne, scalar,
                                 createInteger(b, source, 0));
  if (to < from)
    return arith::TruncIOp::create(b, type, scalar);
  if (flags.unsignedInput || from == 1)
    return arith::ExtUIOp::create(b, type, scalar);
  return arith::ExtSIOp::create(b, type, scalar);
}

Value tenon::createMultiplyAdd(ImplicitLocOpBuilder &b, ValueRange elements) {
  Type type = elements[2].getType();
  Value x = convertElement(b, elements[0], type, {});
  Value w = convertElement(b, elements[1], type, {});
  return createAdd(b, elements[2], createMul(b, x, w));
}
