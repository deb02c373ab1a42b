//===- Ddim.cpp - DDPMScheduler and DDIMScheduler -------------------------===//

#include "Families.h"
#include "Timesteps.h"

#include <algorithm>
#include <cmath>

namespace tenon::diffusion {

using hugging_face::Config;

static bool complainOfMoreSteps(Settings &settings) {
  if (settings.options.steps <= settings.trainSteps)
    return false;
  settings.config.complain(
      std::to_string(settings.options.steps) + " steps are more than the " +
      std::to_string(settings.trainSteps) + " of the training");
  return true;
}

enum class Variance { Small, Large };

static Variance readVariance(Config &config) {
  std::string type = config.string("variance_type", "fixed_small");
  // The two are one: a standard deviation, by way of a logarithm or not.
  if (type == "fixed_small" || type == "fixed_small_log")
    return Variance::Small;
  // "fixed_large_log" takes the root of a logarithm of less than 1.
  if (type != "fixed_large")
    config.complain(unsupported("variance_type", type));
  return Variance::Large;
}

/// The posterior of arXiv 2006.11239, equations 6 and 7, between the timesteps
/// of a list that may leave some out.
Schedule makeDdpm(Settings &settings) {
  Schedule schedule = settings.start();
  Variance variance = readVariance(settings.config);
  size_t begin = settings.begin();
  if (complainOfMoreSteps(settings))
    return schedule;
  std::vector<double> timesteps = spaceTimesteps(settings, {});
  if (!settings.config.status())
    return schedule;
  startFromAlpha(schedule, settings, timesteps[begin]);
  for (size_t i = begin; i < timesteps.size(); ++i) {
    double alpha = settings.alphaAt(timesteps[i]);
    double previous =
        i + 1 < timesteps.size() ? settings.alphaAt(timesteps[i + 1]) : 1;
    double ratio = alpha / previous, beta = 1 - ratio;
    Step step = {.timestep = timesteps[i]};
    step.convert = predictSample(settings.prediction, alpha);
    step.next = std::sqrt(previous) * beta / (1 - alpha) * convertedTerm +
                std::sqrt(ratio) * (1 - previous) / (1 - alpha) * sampleTerm;
    // diffusers makes a variance of 0 one of 1e-20, which no sample shows.
    if (timesteps[i] > 0)
      step.next.noise = std::sqrt(variance == Variance::Large
                                      ? beta
                                      : (1 - previous) / (1 - alpha) * beta);
    schedule.steps.push_back(step);
  }
  return schedule;
}

/// arXiv 2010.02502, equations 12 and 16.
Schedule makeDdim(Settings &settings) {
  Schedule schedule = settings.start();
  bool endsAtOne = settings.config.flag("set_alpha_to_one", true);
  size_t begin = settings.begin();
  if (complainOfMoreSteps(settings))
    return schedule;
  std::vector<double> timesteps = spaceTimesteps(settings, {});
  if (!settings.config.status())
    return schedule;
  startFromAlpha(schedule, settings, timesteps[begin]);
  auto stride =
      static_cast<double>(settings.trainSteps / settings.options.steps);
  double last = endsAtOne ? 1 : settings.alphas.front();
  double eta = settings.options.eta;
  for (size_t i = begin; i < timesteps.size(); ++i) {
    double timestep = timesteps[i];
    double alpha = settings.alphaAt(timestep);
    double previous =
        timestep >= stride ? settings.alphaAt(timestep - stride) : last;
    // The part of the noise's variance that is drawn anew. An eta of 1 may draw
    // all of it, where float32 leaves diffusers a root of less than 0.
    double part = eta * eta * (1 - alpha / previous) / (1 - alpha);
    double kept = std::max(1 - part, 0.0);
    Step step = {.timestep = timestep};
    step.convert = predictSample(settings.prediction, alpha);
    step.next = std::sqrt(previous) * convertedTerm +
                std::sqrt((1 - previous) * kept) *
                    predictNoise(settings.prediction, alpha);
    step.next.noise = std::sqrt((1 - previous) * part);
    schedule.steps.push_back(step);
  }
  return schedule;
}

} // namespace tenon::diffusion
