//===- Lcm.cpp - LCMScheduler ---------------------------------------------===//

#include "Families.h"

#include <cmath>

namespace tenon::diffusion {

/// Some of the timesteps that a model was distilled on, the noisiest first.
static std::vector<double> pickTimesteps(Settings &settings) {
  int64_t original = settings.config.size("original_inference_steps", 50);
  int64_t steps = settings.options.steps;
  if (original > settings.trainSteps)
    settings.config.complain("'original_inference_steps' is " +
                             std::to_string(original) + ", more than the " +
                             std::to_string(settings.trainSteps) +
                             " of the training");
  else if (steps > original)
    settings.config.complain(std::to_string(steps) +
                             " steps are more than original_inference_steps " +
                             std::to_string(original));
  std::vector<double> timesteps;
  if (!settings.config.status())
    return timesteps;
  int64_t stride = settings.trainSteps / original;
  double ratio = static_cast<double>(original) / static_cast<double>(steps);
  for (int64_t i = 0; i < steps; ++i) {
    auto skipped = static_cast<int64_t>(static_cast<double>(i) * ratio);
    timesteps.push_back(static_cast<double>((original - skipped) * stride - 1));
  }
  return timesteps;
}

/// Multistep consistency sampling (arXiv 2310.04378, algorithm 3), with the
/// boundary of arXiv 2303.01469, appendix C, for data of deviation 0.5.
Schedule makeLcm(Settings &settings) {
  Schedule schedule = settings.start();
  double scaling = settings.config.number("timestep_scaling", 10);
  size_t begin = settings.begin();
  std::vector<double> timesteps = pickTimesteps(settings);
  if (!settings.config.status())
    return schedule;
  startFromAlpha(schedule, settings, timesteps[begin]);
  constexpr double power = 0.5 * 0.5;
  for (size_t i = begin; i < timesteps.size(); ++i) {
    double alpha = settings.alphaAt(timesteps[i]);
    double scaled = timesteps[i] * scaling;
    double sum = scaled * scaled + power;
    Step step = {.timestep = timesteps[i]};
    step.convert = predictSample(settings.prediction, alpha);
    step.next =
        scaled / std::sqrt(sum) * convertedTerm + power / sum * sampleTerm;
    if (i + 1 < timesteps.size()) {
      double next = settings.alphaAt(timesteps[i + 1]);
      step.next = std::sqrt(next) * step.next + std::sqrt(1 - next) * noiseTerm;
    }
    schedule.steps.push_back(step);
  }
  return schedule;
}

} // namespace tenon::diffusion
