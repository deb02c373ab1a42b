//===- Exponential.cpp - Points of the exponential integrators ------------===//

#include "Exponential.h"

#include "Timesteps.h"

#include <cmath>

namespace tenon::diffusion {

Level levelOf(double sigma) {
  double alpha = 1 / std::sqrt(sigma * sigma + 1);
  return {alpha, sigma * alpha, -std::log(sigma)};
}

SigmaTable makeSolverSigmas(Settings &settings, Schedule &schedule,
                            size_t begin, int64_t last, bool isRounded,
                            const SigmaRule &rule) {
  SigmaTable table = makeSigmas(
      settings, spaceTimesteps(settings, {.dropsZero = true, .last = last}),
      rule);
  if (!settings.config.status())
    return table;
  // Where nothing rounds them, ends that lie on a whole number are cut to it or
  // to one less as float32 logarithms fall, which differ between machines.
  for (double &each : table.timesteps)
    each = std::trunc(isRounded ? std::nearbyint(each) : each);
  if (settings.options.strength) {
    Level level = levelOf(table.sigmas[begin]);
    schedule.imageScale = level.alpha;
    schedule.noiseScale = level.sigma;
  }
  return table;
}

size_t readSolverOrder(hugging_face::Config &config) {
  int64_t order = config.size("solver_order", 2);
  if (order > 3)
    config.complain(unsupported("solver_order", order));
  return static_cast<size_t>(order);
}

} // namespace tenon::diffusion
