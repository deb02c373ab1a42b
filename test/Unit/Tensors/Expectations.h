//===- Expectations.h - What the golden tensors hold ----------------------===//

#ifndef TENON_TEST_UNIT_TENSORS_EXPECTATIONS_H
#define TENON_TEST_UNIT_TENSORS_EXPECTATIONS_H

#include "Support/TemporaryFolder.h"
#include "tenon/Import/Tensors/TensorFiles.h"

#include <cmath>
#include <cstring>
#include <gmock/gmock.h>

namespace tenon::test {

inline std::filesystem::path inputPath(const std::string &name) {
  return std::filesystem::path(TENON_TEST_INPUTS) / "tensors" / name;
}

/// The value of a float with `mantissaBits` and an exponent of `exponentBits`;
/// no infinities or NaNs.
inline double decodeFloat(uint64_t bits, int exponentBits, int mantissaBits,
                          int bias) {
  uint64_t mantissa = bits & ((1ull << mantissaBits) - 1);
  int exponent =
      static_cast<int>(bits >> mantissaBits) & ((1 << exponentBits) - 1);
  double sign = bits >> (exponentBits + mantissaBits) & 1 ? -1 : 1;
  double fraction = std::ldexp(static_cast<double>(mantissa), -mantissaBits);
  return exponent ? sign * std::ldexp(1 + fraction, exponent - bias)
                  : sign * std::ldexp(fraction, 1 - bias);
}

inline double valueAt(const Tensor &tensor, int64_t i) {
  switch (tensor.type()) {
  case DataType::Bool:
  case DataType::UInt4:
  case DataType::UInt8:
    return tensor.as<uint8_t>()[i];
  case DataType::Int4:
  case DataType::Int8:
    return tensor.as<int8_t>()[i];
  case DataType::Int16:
    return tensor.as<int16_t>()[i];
  case DataType::UInt16:
    return tensor.as<uint16_t>()[i];
  case DataType::Int32:
    return tensor.as<int32_t>()[i];
  case DataType::UInt32:
    return tensor.as<uint32_t>()[i];
  case DataType::Int64:
    return static_cast<double>(tensor.as<int64_t>()[i]);
  case DataType::UInt64:
    return static_cast<double>(tensor.as<uint64_t>()[i]);
  case DataType::Float8E4M3FN:
    return decodeFloat(tensor.as<uint8_t>()[i], 4, 3, 7);
  case DataType::Float8E4M3FNUZ:
    return decodeFloat(tensor.as<uint8_t>()[i], 4, 3, 8);
  case DataType::Float8E5M2:
    return decodeFloat(tensor.as<uint8_t>()[i], 5, 2, 15);
  case DataType::Float8E5M2FNUZ:
    return decodeFloat(tensor.as<uint8_t>()[i], 5, 2, 16);
  case DataType::Float16:
    return decodeFloat(tensor.as<uint16_t>()[i], 5, 10, 15);
  case DataType::BFloat16:
    return decodeFloat(tensor.as<uint16_t>()[i], 8, 7, 127);
  case DataType::Float32:
    return tensor.as<float>()[i];
  case DataType::Float64:
    return tensor.as<double>()[i];
  }
  return NAN;
}

/// Number i as test/Inputs/tensors/make.py wrote it.
inline double goldenValue(DataType type, int64_t i) {
  double number = static_cast<double>(i);
  if (type == DataType::Bool)
    return i % 2;
  if (isFloat(type))
    return number / 2 - 1;
  return isUnsigned(type) ? number : number - 1;
}

inline void expectGolden(const Tensor &tensor, DataType type,
                         const std::vector<int64_t> &shape) {
  EXPECT_EQ(name(tensor.type()), name(type));
  EXPECT_EQ(tensor.shape(), shape);
  if (tensor.type() == type)
    for (int64_t i = 0; i < tensor.elements(); ++i)
      EXPECT_EQ(valueAt(tensor, i), goldenValue(type, i)) << "element " << i;
}

inline void expectEqual(const Tensor &a, const Tensor &b) {
  EXPECT_EQ(name(a.type()), name(b.type()));
  EXPECT_EQ(a.shape(), b.shape());
  ASSERT_EQ(a.bytes(), b.bytes());
  EXPECT_TRUE(a.bytes() == 0 ||
              std::memcmp(a.data(), b.data(), a.bytes()) == 0);
}

/// A tensor whose bytes count up (booleans alternate).
inline Tensor counting(DataType type, std::vector<int64_t> shape) {
  Tensor tensor(type, std::move(shape));
  auto *bytes = static_cast<uint8_t *>(tensor.data());
  for (size_t i = 0; i < tensor.bytes(); ++i)
    bytes[i] = static_cast<uint8_t>(type == DataType::Bool ? i % 2 : i % 8);
  return tensor;
}

/// The message of a result that should be an error.
template <typename T> std::string messageOf(const Result<T> &result) {
  return result.ok() ? "no error" : result.error().message;
}

} // namespace tenon::test

#endif // TENON_TEST_UNIT_TENSORS_EXPECTATIONS_H
