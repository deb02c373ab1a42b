//===- Exponential.h - Points of the exponential integrators --------------===//

#ifndef TENON_LIB_DIFFUSION_EXPONENTIAL_H
#define TENON_LIB_DIFFUSION_EXPONENTIAL_H

#include "Sigmas.h"

namespace tenon::diffusion {

/// A noise level: the factors of signal and noise, whose squares sum to 1, and
/// half the logarithm of their powers' ratio (infinite without noise).
struct Level {
  double alpha;
  double sigma;
  double lambda;
};

/// `sigma` is noise over signal.
Level levelOf(double sigma);

/// What the multistep solvers share: levels that span the training, whole
/// timesteps, and the image's factors.
SigmaTable makeSolverSigmas(Settings &settings, Schedule &schedule,
                            size_t begin, int64_t last, bool isRounded,
                            const SigmaRule &rule);

/// The solver's order, from 1 to 3.
size_t readSolverOrder(hugging_face::Config &config);

} // namespace tenon::diffusion

#endif // TENON_LIB_DIFFUSION_EXPONENTIAL_H
