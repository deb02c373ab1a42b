//===- Sigmas.h - Noise levels of the schedulers that solve in sigma ------===//

#ifndef TENON_LIB_DIFFUSION_SIGMAS_H
#define TENON_LIB_DIFFUSION_SIGMAS_H

#include "Settings.h"

namespace tenon::diffusion {

/// The noise's standard deviation over the signal's factor.
struct SigmaTable {
  /// One a timestep, then the one that the last step reaches. Rounded to
  /// float32, as diffusers stores them.
  std::vector<double> sigmas = {};
  std::vector<double> timesteps = {};

  double largest() const;
};

struct SigmaRule {
  /// Whether levels of their own span the whole training, or the timesteps.
  bool spansTraining = false;
  /// Whether sigma_min and sigma_max bound Karras' levels. They do bound
  /// others, of schedulers that do not name them as well.
  bool boundsKarras = true;
  bool readsInterpolation = false;
  bool readsRespacing = true;
  bool readsFinalSigma = true;
  /// Whether "sigma_min" as the last means that of the new levels.
  bool endsOnRespaced = false;
};

/// The levels at the timesteps, or with the spacing that `use_karras_sigmas`
/// (arXiv 2206.00364, equation 5), `use_exponential_sigmas` or
/// `use_beta_sigmas` (arXiv 2407.12173) asks for. Timesteps are fractions where
/// they follow from levels.
SigmaTable makeSigmas(Settings &settings, std::vector<double> timesteps,
                      const SigmaRule &rule);

/// What noise begins with, and how an image is mixed with it, where sigma times
/// noise is added to samples.
void startFromSigma(Schedule &schedule, const Settings &settings,
                    const SigmaTable &table, size_t begin);

} // namespace tenon::diffusion

#endif // TENON_LIB_DIFFUSION_SIGMAS_H
