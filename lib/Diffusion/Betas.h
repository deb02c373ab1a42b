//===- Betas.h - How much noise each training step adds -------------------===//

#ifndef TENON_LIB_DIFFUSION_BETAS_H
#define TENON_LIB_DIFFUSION_BETAS_H

#include "Settings.h"

namespace tenon::diffusion {

/// The largest table: real models have 1000 entries.
inline constexpr int64_t maxTrainSteps = 100000;

struct BetaRule {
  int64_t steps = 1000;
  double start = 0;
  double end = 0;
  std::string schedule;
};

BetaRule readBetaRule(hugging_face::Config &config, const Traits &traits);

/// The betas of a rule, or the configuration's `trained_betas`. Complains where
/// one is not from 0 to below 1.
std::vector<float> makeBetas(const BetaRule &rule,
                             hugging_face::Config &config);

/// Betas after whose last nothing of the signal is left (arXiv 2305.08891,
/// algorithm 1).
std::vector<float> rescaleToZeroSnr(const std::vector<float> &betas);

/// The products of 1 - beta up to each step.
std::vector<float> cumulateAlphas(const std::vector<float> &betas);

} // namespace tenon::diffusion

#endif // TENON_LIB_DIFFUSION_BETAS_H
