//===- FuzzSchedule.cpp - Feeds the schedulers' reader --------------------===//
//
// The first byte is the number of steps, the second asks for another scheduler,
// for noise and for an image to begin from; the rest is the file. A schedule
// that is accepted has steps, and numbers for coefficients.
//
//===----------------------------------------------------------------------===//

#include "tenon/Diffusion/Schedule.h"

#include <cmath>
#include <cstdlib>

using namespace tenon;
using namespace tenon::diffusion;

static bool isFinite(const Combination &sum) {
  bool isSound = std::isfinite(sum.sample) && std::isfinite(sum.output) &&
                 std::isfinite(sum.converted) && std::isfinite(sum.saved) &&
                 std::isfinite(sum.noise);
  for (double factor : sum.history)
    isSound &= std::isfinite(factor);
  return isSound;
}

static bool isSound(const Schedule &schedule) {
  if (schedule.steps.empty() || schedule.history > maxHistory)
    return false;
  if (!std::isfinite(schedule.initialScale) ||
      !std::isfinite(schedule.imageScale) ||
      !std::isfinite(schedule.noiseScale))
    return false;
  for (const Step &step : schedule.steps)
    if (!std::isfinite(step.timestep) || !std::isfinite(step.inputScale) ||
        !isFinite(step.convert) || !isFinite(step.next) ||
        (step.save && !isFinite(*step.save)) ||
        (step.push && !isFinite(*step.push)))
      return false;
  return true;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static constexpr const char *schedulers[] = {
      "",
      "DDPMScheduler",
      "DDIMScheduler",
      "PNDMScheduler",
      "LMSDiscreteScheduler",
      "EulerDiscreteScheduler",
      "EulerAncestralDiscreteScheduler",
      "HeunDiscreteScheduler",
      "DPMSolverMultistepScheduler",
      "UniPCMultistepScheduler",
      "LCMScheduler"};
  if (size < 2)
    return 0;
  ScheduleOptions options;
  options.steps = data[0];
  options.scheduler = schedulers[(data[1] & 15) % std::size(schedulers)];
  if (data[1] & 16)
    options.eta = 0.5;
  if (data[1] & 32)
    options.strength = 0.6;
  std::string_view json(reinterpret_cast<const char *>(data) + 2, size - 2);
  Result<Schedule> schedule = makeSchedule(json, "fuzz.json", options);
  if (schedule ? !isSound(*schedule) : schedule.error().message.empty())
    std::abort();
  return 0;
}
