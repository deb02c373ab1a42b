//===- Timesteps.cpp - At which training steps a model is called ----------===//

#include "Timesteps.h"

#include <algorithm>
#include <cmath>

namespace tenon::diffusion {

std::vector<double> spaceEvenly(double start, double end, int64_t count) {
  std::vector<double> points;
  double step = count > 1 ? (end - start) / static_cast<double>(count - 1) : 0;
  for (int64_t i = 0; i < count; ++i)
    points.push_back(static_cast<double>(i) * step + start);
  if (count > 1)
    points.back() = end;
  return points;
}

std::vector<float> spaceFloats(double start, double end, int64_t count) {
  auto first = static_cast<float>(start), last = static_cast<float>(end);
  float step = count > 1 ? (last - first) / static_cast<float>(count - 1) : 0;
  std::vector<float> points;
  // Both ends are met exactly: torch counts the second half backwards.
  for (int64_t i = 0; i < count; ++i)
    points.push_back(i < count / 2
                         ? first + step * static_cast<float>(i)
                         : last - step * static_cast<float>(count - 1 - i));
  if (count == 1)
    points.front() = first;
  return points;
}

static std::vector<double> spaceLeading(Settings &settings, int64_t points,
                                        int64_t last) {
  int64_t ratio = last / points;
  if (ratio < 1)
    settings.config.complain(std::to_string(settings.options.steps) +
                             " steps are too many for timestep_spacing "
                             "\"leading\" over " +
                             std::to_string(last) + " training steps");
  std::vector<double> timesteps;
  for (int64_t i = points; i-- > 0;)
    timesteps.push_back(static_cast<double>(i * ratio + settings.offset));
  return timesteps;
}

/// Down from `last` in steps of trainSteps / steps.
static std::vector<double> spaceTrailing(const Settings &settings,
                                         int64_t last) {
  auto begin = static_cast<double>(last);
  double ratio = static_cast<double>(settings.trainSteps) /
                 static_cast<double>(settings.options.steps);
  auto count = static_cast<int64_t>(std::ceil(begin / ratio));
  // The step that numpy.arange takes is that between its first two values.
  double step = (begin - ratio) - begin;
  std::vector<double> timesteps;
  for (int64_t i = 0; i < count; ++i)
    timesteps.push_back(std::nearbyint(begin + static_cast<double>(i) * step) -
                        1);
  // For some counts (61 of 1000 is the first) rounding makes diffusers take a
  // step more, at timestep -1, which wraps round to the noisiest.
  while (timesteps.size() > 1 && timesteps.back() < 0)
    timesteps.pop_back();
  return timesteps;
}

std::vector<double> spaceTimesteps(Settings &settings,
                                   const SpacingRule &rule) {
  int64_t last = rule.last > 0 ? rule.last : settings.trainSteps;
  int64_t points = settings.options.steps + (rule.dropsZero ? 1 : 0);
  std::vector<double> timesteps;
  if (settings.spacing == Spacing::Trailing) {
    timesteps = spaceTrailing(settings, last);
  } else {
    if (settings.spacing == Spacing::Leading) {
      timesteps = spaceLeading(settings, points, last);
    } else {
      timesteps = spaceEvenly(0, static_cast<double>(last - 1), points);
      std::reverse(timesteps.begin(), timesteps.end());
      for (double &each : timesteps)
        each = rule.isRounded ? std::nearbyint(each) : static_cast<float>(each);
    }
    if (rule.dropsZero)
      timesteps.pop_back();
  }
  for (double each : timesteps)
    if (each < 0 || each > static_cast<double>(settings.trainSteps - 1)) {
      settings.config.complain(
          "timestep " + std::to_string(static_cast<int64_t>(each)) +
          " is beyond the table of " + std::to_string(settings.trainSteps) +
          " (" + std::to_string(settings.options.steps) +
          " steps with steps_offset " + std::to_string(settings.offset) + ")");
      break;
    }
  if (settings.begin() >= timesteps.size())
    settings.config.complain("strength leaves no step");
  return timesteps;
}

} // namespace tenon::diffusion
