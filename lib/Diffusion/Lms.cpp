//===- Lms.cpp - LMSDiscreteScheduler -------------------------------------===//

#include "Families.h"
#include "Sigmas.h"
#include "Timesteps.h"

#include <cmath>

namespace tenon::diffusion {

static constexpr size_t order = 4;

/// The integral from sigmas[i] to sigmas[i + 1] of the polynomial that is 1 at
/// sigmas[i - which] and 0 at the other `points` latest sigmas (Adams and
/// Bashforth's method for uneven steps). Two points of Gauss and Legendre are
/// exact up to degree 3.
static double integrate(const std::vector<double> &sigmas, size_t i,
                        size_t points, size_t which) {
  double middle = (sigmas[i] + sigmas[i + 1]) / 2;
  double half = (sigmas[i + 1] - sigmas[i]) / 2;
  double sum = 0;
  for (double node : {-1 / std::sqrt(3.0), 1 / std::sqrt(3.0)}) {
    double product = 1;
    for (size_t k = 0; k < points; ++k)
      if (k != which)
        product *= (middle + half * node - sigmas[i - k]) /
                   (sigmas[i - which] - sigmas[i - k]);
    sum += product;
  }
  return half * sum;
}

Schedule makeLms(Settings &settings) {
  Schedule schedule = settings.start();
  size_t begin = settings.begin();
  SigmaTable table =
      makeSigmas(settings, spaceTimesteps(settings, {.isRounded = false}),
                 {.boundsKarras = false, .readsFinalSigma = false});
  if (!settings.config.status())
    return schedule;
  startFromSigma(schedule, settings, table, begin);
  for (size_t i = begin; i < table.timesteps.size(); ++i) {
    double sigma = table.sigmas[i];
    Step step = {.timestep = static_cast<float>(table.timesteps[i]),
                 .inputScale = 1 / std::sqrt(sigma * sigma + 1)};
    // What is kept is dx / dsigma.
    step.convert = settings.prediction == Prediction::Epsilon
                       ? outputTerm
                       : 1 / sigma *
                             (sampleTerm -
                              predictSampleOfSigma(settings.prediction, sigma));
    step.next = sampleTerm;
    // In diffusers a loop that begins from an image weighs the few derivatives
    // it has as if it had those of the steps left out.
    size_t points = std::min(i + 1, order);
    for (size_t k = 0; k < std::min(points, i - begin + 1); ++k)
      step.next = step.next + integrate(table.sigmas, i, points, k) *
                                  (k == 0 ? convertedTerm : historyTerm(k - 1));
    step.push = convertedTerm;
    schedule.steps.push_back(step);
  }
  return schedule;
}

} // namespace tenon::diffusion
