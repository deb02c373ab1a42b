//===- Comparison.cpp - How far a tensor is from the expected one ---------===//

#include "tenon/Runtime/Comparison.h"

#include <bit>
#include <cmath>
#include <cstdio>
#include <limits>
#include <random>

using namespace tenon;

/// A float of `exponentBits` and `mantissaBits` below a sign bit, IEEE style
/// unless `finite` (no infinity; the all-ones pattern is NaN) or `unsignedZero`
/// (the negative zero pattern is the only NaN, bias one higher).
static double decodeFloat(uint32_t bits, int exponentBits, int mantissaBits,
                          bool finite, bool unsignedZero) {
  uint32_t mantissa = bits & ((1u << mantissaBits) - 1);
  uint32_t exponent = (bits >> mantissaBits) & ((1u << exponentBits) - 1);
  bool negative = (bits >> (mantissaBits + exponentBits)) & 1;
  uint32_t highest = (1u << exponentBits) - 1;
  double nan = std::numeric_limits<double>::quiet_NaN();
  if (unsignedZero && negative && exponent == 0 && mantissa == 0)
    return nan;
  if (!finite && !unsignedZero && exponent == highest)
    return mantissa
               ? nan
               : (negative ? -1 : 1) * std::numeric_limits<double>::infinity();
  if (finite && exponent == highest && mantissa == (1u << mantissaBits) - 1)
    return nan;
  int bias = (1 << (exponentBits - 1)) - (unsignedZero ? 0 : 1);
  double value = exponent == 0
                     ? std::ldexp(mantissa, 1 - bias - mantissaBits)
                     : std::ldexp(mantissa + (1u << mantissaBits),
                                  int(exponent) - bias - mantissaBits);
  return negative ? -value : value;
}

double tenon::elementAsDouble(const Tensor &tensor, int64_t index) {
  const void *data = tensor.data();
  switch (tensor.type()) {
  case DataType::Bool:
  case DataType::UInt4:
  case DataType::UInt8:
    return static_cast<const uint8_t *>(data)[index];
  case DataType::Int4:
  case DataType::Int8:
    return static_cast<const int8_t *>(data)[index];
  case DataType::Int16:
    return static_cast<const int16_t *>(data)[index];
  case DataType::UInt16:
    return static_cast<const uint16_t *>(data)[index];
  case DataType::Int32:
    return static_cast<const int32_t *>(data)[index];
  case DataType::UInt32:
    return static_cast<const uint32_t *>(data)[index];
  case DataType::Int64:
    return static_cast<double>(static_cast<const int64_t *>(data)[index]);
  case DataType::UInt64:
    return static_cast<double>(static_cast<const uint64_t *>(data)[index]);
  case DataType::Float8E4M3FN:
    return decodeFloat(static_cast<const uint8_t *>(data)[index], 4, 3, true,
                       false);
  case DataType::Float8E4M3FNUZ:
    return decodeFloat(static_cast<const uint8_t *>(data)[index], 4, 3, false,
                       true);
  case DataType::Float8E5M2:
    return decodeFloat(static_cast<const uint8_t *>(data)[index], 5, 2, false,
                       false);
  case DataType::Float8E5M2FNUZ:
    return decodeFloat(static_cast<const uint8_t *>(data)[index], 5, 2, false,
                       true);
  case DataType::Float16:
    return decodeFloat(static_cast<const uint16_t *>(data)[index], 5, 10, false,
                       false);
  case DataType::BFloat16:
    return std::bit_cast<float>(
        uint32_t(static_cast<const uint16_t *>(data)[index]) << 16);
  case DataType::Float32:
    return static_cast<const float *>(data)[index];
  case DataType::Float64:
    return static_cast<const double *>(data)[index];
  }
  return 0;
}

/// Whether 64-bit integers, which a double may not tell apart, are equal bit
/// for bit.
static bool sameWideInteger(const Tensor &got, const Tensor &want,
                            int64_t index) {
  if (got.type() != DataType::Int64 && got.type() != DataType::UInt64)
    return false;
  return got.as<uint64_t>()[index] == want.as<uint64_t>()[index];
}

Comparison tenon::compare(const Tensor &got, const Tensor &want, double rtol,
                          double atol) {
  Comparison result;
  if (got.type() != want.type())
    result.reason = "type " + std::string(name(got.type())) + " for " +
                    std::string(name(want.type()));
  else if (got.shape() != want.shape())
    result.reason = "shape " + shapeString(got.shape()) + " for " +
                    shapeString(want.shape());
  if (!result.reason.empty()) {
    result.agrees = false;
    return result;
  }
  double furthest = 0;
  for (int64_t index = 0; index < want.elements(); ++index) {
    double a = elementAsDouble(got, index), b = elementAsDouble(want, index);
    if ((std::isnan(a) && std::isnan(b)) || (a == b && std::isinf(a)) ||
        sameWideInteger(got, want, index))
      continue;
    double difference = std::abs(a - b);
    result.largestAbsolute = std::max(result.largestAbsolute, difference);
    if (b != 0)
      result.largestRelative =
          std::max(result.largestRelative, difference / std::abs(b));
    bool wide = got.type() == DataType::Int64 || got.type() == DataType::UInt64;
    if (difference <= atol + rtol * std::abs(b) && !(wide && difference == 0))
      continue;
    ++result.disagreeing;
    double outside = std::isnan(difference)
                         ? std::numeric_limits<double>::infinity()
                         : difference / (atol + rtol * std::abs(b) + 1e-300);
    if (result.worst < 0 || outside > furthest) {
      furthest = outside;
      result.worst = index;
      result.worstGot = a;
      result.worstWant = b;
    }
  }
  result.agrees = result.disagreeing == 0;
  return result;
}

std::string Comparison::describe(const Tensor &got) const {
  if (!reason.empty())
    return reason;
  char text[256];
  std::snprintf(text, sizeof text, "largest absolute error %.3g, relative %.3g",
                largestAbsolute, largestRelative);
  std::string sentence = text;
  if (worst < 0)
    return sentence;
  std::string place;
  int64_t rest = worst;
  for (size_t axis = got.shape().size(); axis-- > 0;) {
    place = std::to_string(rest % got.shape()[axis]) +
            (place.empty() ? "" : ", ") + place;
    rest /= got.shape()[axis];
  }
  std::snprintf(text, sizeof text,
                "; %lld of %lld elements disagree, the worst at [%s]: got "
                "%.9g, expected %.9g",
                static_cast<long long>(disagreeing),
                static_cast<long long>(got.elements()), place.c_str(), worstGot,
                worstWant);
  return sentence + text;
}

Tensor tenon::randomTensor(DataType type, std::vector<int64_t> shape,
                           uint64_t seed) {
  Tensor tensor(type, std::move(shape));
  std::mt19937_64 generator(seed);
  std::normal_distribution<double> normal;
  for (int64_t index = 0; index < tensor.elements(); ++index) {
    float value = static_cast<float>(normal(generator));
    auto bits = std::bit_cast<uint32_t>(value);
    switch (type) {
    case DataType::Float64:
      tensor.as<double>()[index] = value;
      break;
    case DataType::Float32:
      tensor.as<float>()[index] = value;
      break;
    case DataType::BFloat16:
      tensor.as<uint16_t>()[index] = bits >> 16;
      break;
    case DataType::Float16: {
      // Between 2^-14 and 2^16 the exponent is rebiased, the mantissa cut;
      // smaller values become 0.
      int exponent = int((bits >> 23) & 0xff) - 127 + 15;
      tensor.as<uint16_t>()[index] = exponent <= 0
                                         ? 0
                                         : ((bits >> 16) & 0x8000) |
                                               (std::min(exponent, 30) << 10) |
                                               ((bits >> 13) & 0x3ff);
      break;
    }
    default:
      // The lowest byte of an integer, a boolean or a small float.
      static_cast<uint8_t *>(tensor.data())[index * byteWidth(type)] =
          type == DataType::Bool ? 1 : value > 0;
    }
  }
  return tensor;
}
