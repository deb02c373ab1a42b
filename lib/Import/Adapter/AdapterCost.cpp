//===- AdapterCost.cpp - What the two forms of an adapted layer cost ------===//

#include "AdapterCost.h"

namespace tenon {

/// Products formed in the time of a byte of memory: 48 GFLOP/s of FMAs beside
/// 12 GB/s, a thread of Zen 3.
static constexpr double productsPerByte = 4;

static double weightElements(const AdaptedSizes &sizes) {
  return static_cast<double>(sizes.out) * static_cast<double>(sizes.in);
}

static double factorElements(const AdaptedSizes &sizes) {
  return static_cast<double>(sizes.rank) *
         (static_cast<double>(sizes.in) + static_cast<double>(sizes.out));
}

double countMergedProducts(const AdaptedSizes &sizes) {
  return weightElements(sizes) * static_cast<double>(sizes.rank);
}

double countBesideProducts(const AdaptedSizes &sizes,
                           const CallPattern &pattern) {
  return static_cast<double>(pattern.rows) * factorElements(sizes);
}

double countMergedBytes(const AdaptedSizes &sizes) {
  return 3 * weightElements(sizes) * static_cast<double>(sizes.elementBytes);
}

double countBesideBytes(const AdaptedSizes &sizes, const CallPattern &pattern) {
  return (static_cast<double>(pattern.calls) + 2) * factorElements(sizes) *
         static_cast<double>(sizes.elementBytes);
}

bool isBesideCheaper(const AdaptedSizes &sizes, const CallPattern &pattern) {
  return countBesideProducts(sizes, pattern) +
             productsPerByte * countBesideBytes(sizes, pattern) <
         countMergedProducts(sizes) + productsPerByte * countMergedBytes(sizes);
}

} // namespace tenon
