//===- SmallFloats.h - Floats of 16 bits ----------------------------------===//

#ifndef TENON_LIB_EMULATOR_SMALLFLOATS_H
#define TENON_LIB_EMULATOR_SMALLFLOATS_H

#include <bit>
#include <cstdint>

namespace tenon {

inline float fromBf16(uint16_t bits) {
  return std::bit_cast<float>(uint32_t(bits) << 16);
}

/// IEEE 754 binary16.
inline float fromHalf(uint16_t bits) {
  uint32_t sign = uint32_t(bits & 0x8000) << 16, exponent = bits >> 10 & 31,
           fraction = bits & 0x3ff;
  if (exponent == 0) {
    float value = static_cast<float>(fraction) * 0x1p-24f;
    return sign ? -value : value;
  }
  uint32_t wide = exponent == 31 ? 255 : exponent + 112;
  return std::bit_cast<float>(sign | wide << 23 | fraction << 13);
}

} // namespace tenon

#endif // TENON_LIB_EMULATOR_SMALLFLOATS_H
