//===- Euler.cpp - Euler's and Heun's methods, in sigma -------------------===//
//
// dx / dsigma = (x - x0) / sigma (arXiv 2206.00364, algorithm 1 with neither
// scaling nor churn, and its first order alone).
//
//===----------------------------------------------------------------------===//

#include "Families.h"
#include "Sigmas.h"
#include "Timesteps.h"

#include <cmath>

namespace tenon::diffusion {

/// A call of the model at a level, with the derivative it gives.
static Step callAt(const Settings &settings, double sigma, double timestep) {
  Step step = {.timestep = static_cast<float>(timestep),
               .inputScale = 1 / std::sqrt(sigma * sigma + 1)};
  step.convert = predictSampleOfSigma(settings.prediction, sigma);
  return step;
}

static Combination derivativeAt(double sigma) {
  return 1 / sigma * (sampleTerm - convertedTerm);
}

/// Whether the model is told logarithms of levels.
static bool readContinuous(Settings &settings) {
  std::string type = settings.config.string("timestep_type", "discrete");
  if (type != "discrete" && type != "continuous")
    settings.config.complain(unsupported("timestep_type", type));
  return type == "continuous" && settings.prediction == Prediction::Velocity;
}

Schedule makeEuler(Settings &settings) {
  Schedule schedule = settings.start();
  size_t begin = settings.begin();
  bool isContinuous = readContinuous(settings);
  SigmaTable table =
      makeSigmas(settings, spaceTimesteps(settings, {.isRounded = false}),
                 {.readsInterpolation = true});
  if (!settings.config.status())
    return schedule;
  startFromSigma(schedule, settings, table, begin);
  for (size_t i = begin; i < table.timesteps.size(); ++i) {
    double sigma = table.sigmas[i];
    Step step =
        callAt(settings, sigma,
               isContinuous ? 0.25 * std::log(sigma) : table.timesteps[i]);
    step.next =
        sampleTerm + (table.sigmas[i + 1] - sigma) * derivativeAt(sigma);
    schedule.steps.push_back(step);
  }
  return schedule;
}

/// Each step goes down further than it must, and adds the noise that is missed
/// then: a variance of up^2.
Schedule makeEulerAncestral(Settings &settings) {
  Schedule schedule = settings.start();
  size_t begin = settings.begin();
  SigmaTable table =
      makeSigmas(settings, spaceTimesteps(settings, {.isRounded = false}),
                 {.readsRespacing = false, .readsFinalSigma = false});
  if (!settings.config.status())
    return schedule;
  startFromSigma(schedule, settings, table, begin);
  for (size_t i = begin; i < table.timesteps.size(); ++i) {
    double from = table.sigmas[i], to = table.sigmas[i + 1];
    double up = std::sqrt(to * to * (from * from - to * to) / (from * from));
    double down = std::sqrt(to * to - up * up);
    Step step = callAt(settings, from, table.timesteps[i]);
    step.next = sampleTerm + (down - from) * derivativeAt(from);
    step.next.noise = up;
    schedule.steps.push_back(step);
  }
  return schedule;
}

/// Heun's method: a step of Euler's, then the mean of the derivatives at both
/// ends. `saved` is the sample with the first half of that mean.
Schedule makeHeun(Settings &settings) {
  Schedule schedule = settings.start();
  size_t begin = settings.begin();
  SigmaTable table =
      makeSigmas(settings, spaceTimesteps(settings, {.isRounded = false}),
                 {.readsFinalSigma = false});
  if (!settings.config.status())
    return schedule;
  startFromSigma(schedule, settings, table, begin);
  for (size_t i = begin; i < table.timesteps.size(); ++i) {
    double from = table.sigmas[i], to = table.sigmas[i + 1];
    Combination first = (to - from) * derivativeAt(from);
    Step step = callAt(settings, from, table.timesteps[i]);
    step.next = sampleTerm + first;
    if (i + 1 == table.timesteps.size()) {
      schedule.steps.push_back(step);
      break;
    }
    step.save = sampleTerm + 0.5 * first;
    schedule.steps.push_back(step);
    Step second = callAt(settings, to, table.timesteps[i + 1]);
    second.next = savedTerm + 0.5 * (to - from) * derivativeAt(to);
    schedule.steps.push_back(second);
  }
  return schedule;
}

} // namespace tenon::diffusion
