//===- Pndm.cpp - PNDMScheduler -------------------------------------------===//
//
// Pseudo numerical methods (arXiv 2202.09778): the model's outputs are combined
// as a linear multistep or a Runge-Kutta method would, and equation 11 takes
// the combination from one alpha to another.
//
//===----------------------------------------------------------------------===//

#include "Families.h"
#include "Timesteps.h"

#include <cmath>

namespace tenon::diffusion {

namespace {

/// A transfer from one alpha to another: the factors of sample and output.
struct Transfer {
  double sample;
  double output;

  Combination operator()(const Combination &x, const Combination &e) const {
    return sample * x + output * e;
  }
};

class Pndm {
public:
  explicit Pndm(Settings &settings)
      : settings(settings), last(settings.config.flag("set_alpha_to_one", false)
                                     ? 1
                                     : settings.alphas.front()),
        stride(
            static_cast<double>(settings.trainSteps / settings.options.steps)) {
  }

  Transfer transfer(double from, double to) const;
  /// Multistep, after `known` outputs that are in the history.
  Step multistep(double timestep, size_t known) const;
  /// The second call: the first step again, with the mean of both outputs.
  Step again(double timestep) const;
  /// Four calls that make one Runge-Kutta step.
  void rungeKutta(std::span<const double> timesteps,
                  std::vector<Step> &steps) const;

private:
  Settings &settings;
  double last;
  double stride;
};

} // namespace

Transfer Pndm::transfer(double from, double to) const {
  double alpha = settings.alphaAt(from);
  double next = to >= 0 ? settings.alphaAt(to) : last;
  Transfer transfer = {std::sqrt(next / alpha),
                       -(next - alpha) /
                           (alpha * std::sqrt(1 - next) +
                            std::sqrt(alpha * (1 - alpha) * next))};
  Combination noise = predictNoise(settings.prediction, alpha);
  transfer.sample += transfer.output * noise.sample;
  transfer.output *= noise.output;
  return transfer;
}

static Step callAt(double timestep) {
  return {.timestep = timestep, .convert = outputTerm};
}

Step Pndm::multistep(double timestep, size_t known) const {
  static constexpr std::array<std::array<double, 4>, 4> adamsBashforth = {
      {{1, 0, 0, 0},
       {3.0 / 2, -1.0 / 2, 0, 0},
       {23.0 / 12, -16.0 / 12, 5.0 / 12, 0},
       {55.0 / 24, -59.0 / 24, 37.0 / 24, -9.0 / 24}}};
  known = std::min(known, maxHistory);
  Combination output = adamsBashforth[known][0] * outputTerm;
  for (size_t k = 0; k < known; ++k)
    output = output + adamsBashforth[known][k + 1] * historyTerm(k);
  Step step = callAt(timestep);
  step.next = transfer(timestep, timestep - stride)(sampleTerm, output);
  step.push = convertedTerm;
  return step;
}

Step Pndm::again(double timestep) const {
  Step step = callAt(timestep);
  step.next = transfer(timestep + stride, timestep)(
      savedTerm, 0.5 * (outputTerm + historyTerm(0)));
  return step;
}

/// The history has the first output alone, and `saved` one tensor: the sample
/// at the beginning is what takes part in all four, and is found again from the
/// sample that a call was given.
void Pndm::rungeKutta(std::span<const double> timesteps,
                      std::vector<Step> &steps) const {
  double half = std::floor(stride / 2), from = timesteps[0];
  Transfer first = transfer(from, from - half);
  Transfer second = transfer(from, timesteps[1]);
  Transfer third = transfer(from, timesteps[2] - half);
  Transfer fourth = transfer(from, timesteps[3]);

  Step step = callAt(timesteps[0]);
  step.next = first(sampleTerm, outputTerm);
  step.push = convertedTerm;
  steps.push_back(step);

  Combination begin =
      1 / first.sample * (sampleTerm - first.output * historyTerm(0));
  step = callAt(timesteps[1]);
  step.next = second(begin, outputTerm);
  step.save = 1.0 / 6 * historyTerm(0) + 1.0 / 3 * outputTerm;
  steps.push_back(step);

  Combination secondOutput = 3 * (savedTerm - 1.0 / 6 * historyTerm(0));
  begin = 1 / second.sample * (sampleTerm - second.output * secondOutput);
  step = callAt(timesteps[2]);
  step.next = third(begin, outputTerm);
  step.save = fourth(begin, savedTerm + 1.0 / 3 * outputTerm);
  steps.push_back(step);

  step = callAt(timesteps[3]);
  step.next = savedTerm + fourth.output / 6 * outputTerm;
  steps.push_back(step);
}

/// The calls of three Runge-Kutta steps, which begin at the noisiest of the
/// ascending timesteps: each level but the ends is met twice.
static std::vector<double>
rungeKuttaTimesteps(const Settings &settings,
                    const std::vector<double> &timesteps) {
  int64_t half = settings.trainSteps / settings.options.steps / 2;
  std::vector<double> levels;
  for (size_t i = 0; i < 4; ++i) {
    if (i > 0)
      levels.push_back(timesteps[i] + static_cast<double>(half));
    levels.push_back(timesteps[i]);
  }
  std::vector<double> calls;
  for (size_t i = 0; i < levels.size(); ++i)
    calls.insert(calls.end(), i == 0 || i + 1 == levels.size() ? 1 : 2,
                 levels[i]);
  return calls;
}

static void addRungeKuttaSteps(Settings &settings, const Pndm &pndm,
                               const std::vector<double> &timesteps,
                               Schedule &schedule) {
  if (timesteps.size() < 4 || settings.options.strength) {
    settings.config.complain("unsupported: skip_prk_steps false with " +
                             std::string(settings.options.strength
                                             ? "an image to begin from"
                                             : "fewer than 4 steps"));
    return;
  }
  std::vector<double> calls = rungeKuttaTimesteps(settings, timesteps);
  for (size_t i = 0; i < calls.size(); i += 4)
    pndm.rungeKutta(std::span(calls).subspan(i, 4), schedule.steps);
  for (size_t i = 3; i < timesteps.size(); ++i)
    schedule.steps.push_back(pndm.multistep(timesteps[i], maxHistory));
}

Schedule makePndm(Settings &settings) {
  Schedule schedule = settings.start();
  size_t begin = settings.begin();
  std::vector<double> timesteps = spaceTimesteps(settings, {});
  if (!settings.config.status())
    return schedule;
  Pndm pndm(settings);
  if (!settings.config.flag("skip_prk_steps", false)) {
    addRungeKuttaSteps(settings, pndm, timesteps, schedule);
    return schedule;
  }
  // The second step is taken twice.
  if (timesteps.size() > 1)
    timesteps.insert(timesteps.begin() + 1, timesteps[1]);
  startFromAlpha(schedule, settings, timesteps[begin]);
  for (size_t i = begin; i < timesteps.size(); ++i) {
    size_t done = i - begin;
    Step step = done == 1 ? pndm.again(timesteps[i])
                          : pndm.multistep(timesteps[i], done - (done > 1));
    if (done == 0)
      step.save = sampleTerm;
    schedule.steps.push_back(step);
  }
  return schedule;
}

} // namespace tenon::diffusion
