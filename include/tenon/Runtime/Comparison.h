//===- Comparison.h - How far a tensor is from the expected one -----------===//

#ifndef TENON_RUNTIME_COMPARISON_H
#define TENON_RUNTIME_COMPARISON_H

#include "tenon/Runtime/Tensor.h"

namespace tenon {

/// Element `index` (row-major) as a double; floats of any width, integers,
/// booleans.
double elementAsDouble(const Tensor &tensor, int64_t index);

/// The verdict on one tensor. An element agrees where |got - want| <= atol +
/// rtol |want|; NaN agrees with NaN, an infinity with itself. Integers and
/// booleans must agree exactly unless a tolerance is given that allows more.
struct Comparison {
  bool agrees = true;
  std::string reason; ///< where types or shapes differ
  double largestAbsolute = 0, largestRelative = 0;
  int64_t disagreeing = 0;
  int64_t worst = -1; ///< the element furthest outside its tolerance
  double worstGot = 0, worstWant = 0;

  /// One sentence: errors, where, and both values.
  std::string describe(const Tensor &got) const;
};

Comparison compare(const Tensor &got, const Tensor &want, double rtol,
                   double atol);

/// Values for timing: floats normal around 0 with deviation 1, integers 0 or 1,
/// booleans true; the same for the same seed.
Tensor randomTensor(DataType type, std::vector<int64_t> shape, uint64_t seed);

} // namespace tenon

#endif // TENON_RUNTIME_COMPARISON_H
