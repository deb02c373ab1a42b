//===- Timesteps.h - At which training steps a model is called ------------===//

#ifndef TENON_LIB_DIFFUSION_TIMESTEPS_H
#define TENON_LIB_DIFFUSION_TIMESTEPS_H

#include "Settings.h"

namespace tenon::diffusion {

/// `count` numbers from `start` to `end`, as numpy.linspace has them.
std::vector<double> spaceEvenly(double start, double end, int64_t count);
/// The same in float32, as torch.linspace has them.
std::vector<float> spaceFloats(double start, double end, int64_t count);

struct SpacingRule {
  /// Whether timesteps of `linspace` are made whole numbers, or float32 ones.
  bool isRounded = true;
  /// Whether one point more is placed, and that at 0 left out: the solvers that
  /// follow an exponential integrator end beyond the last call.
  bool dropsZero = false;
  /// One past the largest training step; 0 for the configuration's.
  int64_t last = 0;
};

/// The timesteps of the configuration's spacing, the noisiest first. Complains
/// where they leave the table.
std::vector<double> spaceTimesteps(Settings &settings, const SpacingRule &rule);

} // namespace tenon::diffusion

#endif // TENON_LIB_DIFFUSION_TIMESTEPS_H
