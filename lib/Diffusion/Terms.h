//===- Terms.h - Arithmetic with combinations of tensors ------------------===//

#ifndef TENON_LIB_DIFFUSION_TERMS_H
#define TENON_LIB_DIFFUSION_TERMS_H

#include "tenon/Diffusion/Schedule.h"

namespace tenon::diffusion {

inline Combination operator*(double factor, Combination terms) {
  terms.sample *= factor;
  terms.output *= factor;
  terms.converted *= factor;
  terms.saved *= factor;
  for (double &each : terms.history)
    each *= factor;
  terms.noise *= factor;
  return terms;
}

inline Combination operator+(Combination a, const Combination &b) {
  a.sample += b.sample;
  a.output += b.output;
  a.converted += b.converted;
  a.saved += b.saved;
  for (size_t i = 0; i < maxHistory; ++i)
    a.history[i] += b.history[i];
  a.noise += b.noise;
  return a;
}

inline Combination operator-(const Combination &a, const Combination &b) {
  return a + -1.0 * b;
}

inline constexpr Combination sampleTerm = {.sample = 1};
inline constexpr Combination outputTerm = {.output = 1};
inline constexpr Combination convertedTerm = {.converted = 1};
inline constexpr Combination savedTerm = {.saved = 1};
inline constexpr Combination noiseTerm = {.noise = 1};

inline Combination historyTerm(size_t age) {
  Combination terms;
  terms.history.at(age) = 1;
  return terms;
}

} // namespace tenon::diffusion

#endif // TENON_LIB_DIFFUSION_TERMS_H
