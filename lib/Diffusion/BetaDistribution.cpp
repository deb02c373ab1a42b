//===- BetaDistribution.cpp - Quantiles of the beta distribution ----------===//

#include "BetaDistribution.h"

#include <cmath>

namespace tenon::diffusion {

/// The regularized incomplete beta function for x up to 1/2, by its power
/// series (DLMF 8.17.8):
///   x^a (1-x)^a / (a B(a, a)) * sum of (2a)_n / (a+1)_n x^n.
/// With x up to 1/2 each term is at most about half of the one before.
static double lowerHalf(double x, double shape) {
  if (x <= 0)
    return 0;
  double logBeta = 2 * std::lgamma(shape) - std::lgamma(2 * shape);
  double front = std::exp(shape * (std::log(x) + std::log1p(-x)) - logBeta);
  double term = 1, sum = 1;
  for (int n = 0; n < 200 && term > 1e-17 * sum; ++n) {
    term *= (2 * shape + n) / (shape + 1 + n) * x;
    sum += term;
  }
  return front / shape * sum;
}

double symmetricBetaQuantile(double probability, double shape) {
  if (probability > 0.5)
    return 1 - symmetricBetaQuantile(1 - probability, shape);
  // Below 1/2 x may be tiny: its logarithm is halved until it is as exact as a
  // double can be.
  if (!(probability > 0))
    return 0;
  double low = -700, high = std::log(0.5);
  for (int i = 0; i < 64; ++i) {
    double middle = (low + high) / 2;
    (lowerHalf(std::exp(middle), shape) < probability ? low : high) = middle;
  }
  return std::exp((low + high) / 2);
}

} // namespace tenon::diffusion
